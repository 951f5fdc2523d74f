"""A real WordPress shows the visitor the words that Grav showed."""

from __future__ import annotations

import json
from random import Random

import pytest

from migrate.content.tree import parse
from migrate.model.document import Dialect
from migrate.writers.wordpress.blocks import BlockOptions, to_blocks
from migrate.writers.wordpress.printing import marked_html
from tests.content.documents import DIALECTS, document
from tests.wordpress.bodies import seen
from tests.wordpress.cases import cases, filled
from tests.wordpress.server import Site

SHOW = """
foreach (json_decode(file_get_contents('%s')) as $text) { $shown[] = apply_filters('the_content', $text); }
echo json_encode($shown);
"""
KEPT = """
wp_set_current_user(1); kses_remove_filters();
foreach (json_decode(file_get_contents('%s')) as $text) { $kept[] = wp_unslash(apply_filters('content_save_pre', wp_slash($text))); }
echo json_encode($kept);
"""
NASTY = [
    '"a" \'b\' "c\'s" 5\'10" \'99 \'tis it\'s "\'x\'" 12" 8\'', "a--b a---b a - b -- c - d- -e xn--x", "... .... ..... . . .", "`` ``` '' '''",
    "5x5 0x10 3 x 3 1.5x2,5", "(tm) (c) (r) a (tm) b", ":) :-) ;) 8-) :D :( :P :o :x :| :?: :!: :arrow: :mrgreen: 8O :-? x:)x",
    "Wordpress is (Wordpress) >Wordpress", "[gallery] [caption]x[/caption] [[gallery]] [embed]y[/embed] [audio src=x] [playlist]",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "a\n\nhttps://youtu.be/dQw4w9WgXcQ\n\nb", "&amp;quot; &#8220; &lt;b&gt; &nbsp; \u00a0",
    "`[gallery]` `\"x\"` `--` `...` `5x5` `:)` `Wordpress`", "```\n[gallery]\nhttps://youtu.be/dQw4w9WgXcQ\n Wordpress -- ... :)\n```",
    "| [gallery] | \"x\" -- |\n|---|---|\n| :) | ... |", "<div style='x:y'>[gallery] \"a\" -- :) https://youtu.be/x</div>",
    "<span title='[gallery] \"x\"'>a</span> <kbd>--</kbd> <tt>\"</tt> <samp>\"--\"</samp> <var>...</var>",
    "« русские » \"кавычки\" — тире - и 'так'", "漢字\"引用\"--漢字...", "e.g. rock 'n' roll, the '80s, O'Neill's", "<pre>\"raw\" -- [gallery]</pre>",
    "<textarea>\"x\" -- [gallery]</textarea>", "* \"a\"\n* -- b\n* ...", "> \"q\" -- 'r'", "# \"T\" -- 5x5", "a <!-- -- \"x\" [gallery] --> b",
    "word<br>https://youtu.be/x<br>word", "https://a.example/?x=1&y=2 at the start", "100% \\\"x\\\" &unknown; &#0; &#x41;",
]


def shown(wordpress: Site, texts: list[str]) -> list[str]:
    """What WordPress makes of post contents."""
    place = wordpress.folder / "texts.json"
    place.write_text(json.dumps(texts), encoding="utf-8")
    answer: list[str] = json.loads(wordpress.run(SHOW % place))
    return answer


def differences(wordpress: Site, bodies: list[tuple[str, Dialect]]) -> list[tuple[str, str, str]]:
    """Body, what Grav showed, what WordPress shows: where they are not the same."""
    trees = [parse(body, dialect) for body, dialect in bodies]
    contents = [filled(to_blocks(tree, {}, BlockOptions()).text) for tree in trees]
    pairs = zip(bodies, trees, shown(wordpress, contents), strict=True)
    return [(body, before, after) for (body, _), tree, html in pairs
            if (before := seen(marked_html(tree, {}))) != (after := seen(html))]


@pytest.mark.wordpress
def test_what_wordpress_would_change_stays_what_it_is(wordpress: Site) -> None:
    assert differences(wordpress, [(text, dialect) for text in NASTY for dialect in (Dialect(), Dialect(extra=True))]) == []


@pytest.mark.wordpress
def test_the_same_words_unguarded_would_be_changed(wordpress: Site) -> None:
    raw = [f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in NASTY[:9]]
    assert all(seen(before) != seen(after) for before, after in zip(raw, shown(wordpress, raw), strict=True))


@pytest.mark.wordpress
def test_pages_that_nobody_wrote_show_the_same_words(wordpress: Site) -> None:
    dice = Random(7)
    assert differences(wordpress, [(document(dice), DIALECTS[number % len(DIALECTS)]) for number in range(600)])[:3] == []


@pytest.mark.wordpress
def test_code_is_shown_to_the_letter(wordpress: Site) -> None:
    code = "if (a[0] < b && c > \"d\") {\n\thttps://youtu.be/x\n  [gallery] -- ... 'e' &amp; :) Wordpress\n}"
    [html] = shown(wordpress, [to_blocks(parse(f"```\n{code}\n```", Dialect())).text])
    assert seen(html) == "".join(code.split())


@pytest.mark.wordpress
def test_wordpress_keeps_what_it_is_sent(wordpress: Site) -> None:
    """What comes back from the site is compared with what was sent: a difference would be somebody's edit."""
    texts = [filled(case.blocks) for case in cases()]
    place = wordpress.folder / "texts.json"
    place.write_text(json.dumps(texts), encoding="utf-8")
    kept = json.loads(wordpress.run(KEPT % place))
    assert [(case.name, text) for case, text in zip(cases(), kept, strict=True)] == [
        (case.name, text) for case, text in zip(cases(), texts, strict=True)]
