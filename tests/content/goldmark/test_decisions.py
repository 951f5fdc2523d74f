"""Decisions end up in the author's own text, at their places."""

from __future__ import annotations

import pytest

from migrate.content.decisions import Decision, Relink, Replace, Wrap
from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import Definition, Image, Link, Plugin, Shortcode, Tree, parse
from migrate.model.document import Dialect
from tests.content.goldmark.differences import Text, differences

DIALECT = Dialect(shortcodes=frozenset({"u", "center", "fig", "box", "raw", "plugin:youtube"}))


def decided(tree: Tree, **choices: Decision) -> dict[int, Decision]:
    """Decisions by the kind of node, or by the shortcode's name."""
    found: dict[int, Decision] = {}
    for node in tree.occurrences:
        name = node.name if isinstance(node, Shortcode | Plugin) else type(node).__name__.lower()
        if name in choices and not (isinstance(node, Shortcode) and node.form == "close"):
            found[node.id] = choices[name]
    return found


CASES = [
    ("a [b](c) d", {"link": Relink("/new/")}, "a [b](/new/) d"),
    ("a [b *c*](c 'T') d", {"link": Relink("/new/", "T")}, 'a [b *c*](/new/ "T") d'),
    ("a [b](c) d", {"link": Relink("/a b(c/")}, "a [b](</a b(c/>) d"),
    ("a [b](c) d", {"link": Relink("/new/", None, (("class", "btn"),))}, 'a <a href="/new/" class="btn">b</a> d'),
    ("[b][x]\n\n[x]: old 'T'", {"link": Relink("/new/", "T"), "definition": Relink("/new/", "T")},
     '[b][x]\n\n[x]: /new/ "T"'),
    ("[b][x]\n\n[x]: old", {"link": Relink("/new/")}, "[b](/new/)\n\n[x]: old"),
    ("a ![b](c.png) d", {"image": Relink("/c.png", "T")}, 'a ![b](/c.png "T") d'),
    ("![b](c.png)", {"image": Relink("/c.png", None, (("class", "x"),))},
     '<p><img src="/c.png" alt="b" class="x" /></p>'),
    ("[![b](c.png)](d)", {"image": Relink("/c.png"), "link": Relink("/d/")}, "[![b](/c.png)](/d/)"),
    ("| [a](b) |\n|---|\n| ![](c) |", {"link": Relink("/x|y"), "image": Relink("/z")},
     "| [a](/x%7Cy) |\n|---|\n| ![](/z) |"),
    ("a [u]x[/u] b", {"u": Wrap("<u>", "</u>")}, "a <u>x</u> b"),
    ("[center]\n**a**\n[/center]", {"center": Wrap('<div class="c">', "</div>", block=True)},
     '<div class="c">\n\n**a**\n\n</div>'),
    ("text\n[center]\n**a**\n[/center]\nmore", {"center": Wrap("{{< c >}}", "{{< /c >}}", block=True)},
     "text\n\n{{< c >}}\n\n**a**\n\n{{< /c >}}\n\nmore"),
    ("text\n[fig]\n**a**\n\n[b](c)\n[/fig]\nmore", {"fig": Replace("{{< fig >}}", block=True), "link": Relink("/x/")},
     "text\n\n{{< fig >}}\n\nmore"),
    ("a [fig x=1 /] b", {"fig": Replace("{{< fig >}}")}, "a {{< fig >}} b"),
    ("a [fig /] b", {"fig": Replace("*1*", html="<em>1</em>")}, "a *1* b"),
    ("[plugin:youtube](https://youtu.be/x)", {"youtube": Replace("{{< youtube x >}}", block=True)}, "{{< youtube x >}}"),
    ("- [fig /]\n- {{< x >}}", {"fig": Replace("{{< fig >}}")}, "- {{< fig >}}\n- {{</* x */>}}"),
    ("`[fig /]`", {"fig": Replace("{{< fig >}}")}, "`{{< fig >}}`"),
    ("a [nope] [b]", {}, "a [nope] [b]"),
]


@pytest.mark.parametrize(("given", "choices", "wanted"), CASES)
def test_decisions_are_put_in(given: str, choices: dict[str, Decision], wanted: str) -> None:
    tree = parse(given + "\n", DIALECT)
    rendered = render(tree, decided(tree, **choices), GoldmarkOptions())
    assert rendered.text.strip("\n") == wanted
    assert "G207" not in {finding.code for finding in rendered.findings}


SHORTCODES = {"c": "<c>{{ .Inner }}</c>", "fig": "<figure></figure>", "youtube": "<video></video>", "a": "/x/"}


@pytest.mark.hugo
def test_hugo_builds_them(hugo: str) -> None:
    from tests.content.hugo_oracle import goldmark_html

    trees = [(parse(given + "\n", DIALECT), choices) for given, choices, _ in CASES]
    texts = [render(tree, decided(tree, **choices)).text for tree, choices in trees]
    pages = goldmark_html(hugo, texts, GoldmarkOptions(), shortcodes=SHORTCODES)
    assert "<figure></figure>" in pages[13]
    assert "<p><figure>" not in pages[13]
    assert pages[17].startswith("<ul>\n<li><figure></figure></li>\n<li>{{&lt; x &gt;}}")


def test_links_in_raw_html_get_the_target_s_own_words() -> None:
    tree = parse("<br>\n[b](c)\n\n***\n\n| a | b |\n|---|---|\n| [x](y) |\n", DIALECT)
    links = [node for node in tree.occurrences if isinstance(node, Link)]
    choices = {node.id: Relink(f"/new{number}/", html=f'<a href="{{{{< a {number} >}}}}">')
               for number, node in enumerate(links)}
    text = render(tree, choices).text
    assert '<td><a href="{{< a 1 >}}">x</a></td>' in text


def test_pictures_in_raw_html_get_the_target_s_own_words() -> None:
    tree = parse("![a](b.png?classes=x)\n", DIALECT)
    image = next(node for node in tree.occurrences if isinstance(node, Image))
    choice = Relink("/b.png", None, (("class", "x"),), html='<img src="{{< a >}}" class="x">')
    assert render(tree, {image.id: choice}).text == '<p><img src="{{< a >}}" class="x"></p>\n'


def test_a_definition_without_a_decision_stays() -> None:
    tree = parse("[x]\n\n  [x]:  /y  'T' \n", DIALECT)
    assert any(isinstance(node, Definition) for node in tree.occurrences)
    assert render(tree).text == "[x]\n\n  [x]:  /y  'T' \n"


@pytest.mark.hugo
def test_hugo_shows_the_links(hugo: str) -> None:
    texts = []
    for given, choices, wanted in CASES:
        if "{{<" not in wanted:
            tree = parse(given + "\n", DIALECT)
            decisions = decided(tree, **choices)
            texts.append(Text(given, tree, decisions, GoldmarkOptions(), render(tree, decisions)))
    assert differences(hugo, texts) == []
