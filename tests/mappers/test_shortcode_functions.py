"""Shortcodes that are functions of the program, and the rules' HTML where it meets Markdown: what Hugo gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.mappers.shortcode_functions import BLIND_TEXT, HANDLERS
from migrate.mappers.shortcode_table import HandlerName
from tests.mappers.bodies import convert, found

TABS = ('[ui-tabs position="top-left" active="0" theme="lite"]\n[ui-tab title="First"]\n**One**\n[/ui-tab]\n'
        '[ui-tab title="Second"]\nTwo\n[/ui-tab]\n[/ui-tabs]')
TABBED = ('<div class="tabs-wrapper ui-theme-lite top-left">\n<ul class="tabs-nav"><li class="current">'
          '<a href="#64ac2008a90">First</a></li><li><a href="#64ac2008a91">Second</a></li></ul>\n<div class="tabs">\n\n'
          '<div class="tab" id="64ac2008a90">\n\n**One**\n\n</div>\n\n<div class="tab" id="64ac2008a91">\n\nTwo\n\n</div>'
          "\n\n</div>\n</div>")

CASES = [
    (TABS, TABBED),                                          # the addresses are those that Grav gave the tabs
    ("[ui-tab title=A]\nx\n[/ui-tab]", '<div class="tab" id="tab-1">\n\nx\n\n</div>'),
    (('[ui-accordion open=0]\n[ui-accordion-item title="A"]\nx\n[/ui-accordion-item]\n[ui-accordion-item title="B"]\ny\n'
     "[/ui-accordion-item]\n[/ui-accordion]"),
     ('<div class="accordion-wrapper">\n\n<details open><summary>A</summary>\n\nx\n\n</details>\n\n'
     "<details><summary>B</summary>\n\ny\n\n</details>\n\n</div>")),
    ('a [safe-email autolink="true" icon="envelope" subject="Hi"]a@b.c[/safe-email]',
     ('a <i class="fa fa-envelope"></i> <a href="mailto:&#97;&#64;&#98;&#46;&#99;&#63;&#115;&#117;&#98;&#106;&#101;&#99;'
     '&#116;&#61;&#72;&#105;">&#97;&#64;&#98;&#46;&#99;</a>')),
    ("a [safe-email]a@b.c[/safe-email]", "a &#97;&#64;&#98;&#46;&#99;"),
    ("a [lang=en]x[/lang] b", "a  b"),
    ("a [raw][center]x[/center][/raw] b", "a [center]x[/center] b"),
    ("a [section name=s]**x**[/section] b", "a  b"),
    ('[prism classes="language-bash line-numbers"]\n*a* `b`\n[/prism]', "```bash\n*a* `b`\n```"),
    ("[prism]\n```\nx\n```\n[/prism]", "````\n```\nx\n```\n````"),
    ("[gallery]\n![a](a.png)\n[/gallery]", '<div class="gallery">\n\n![a](a.png)\n\n</div>'),
    ("[lorem=2 /]", f"{BLIND_TEXT}\n\n{BLIND_TEXT}"),
    ('[figure id=i class="a b" caption="C"]\n![a](a.png)\n[/figure]',
     '<figure id="i" class="a b">\n\n![a](a.png)\n\n<figcaption>C</figcaption></figure>'),
    ('[ui-animated-text words="a,b"]x %WORDS% y[/ui-animated-text]', "x a, b y"),
    ("[ui-callout]\n[ui-callout-item title=T]\nx\n[/ui-callout-item]\n[/ui-callout]",
     '<div class="callouts">\n\n<div class="callout-item">\n<h4>T</h4>\n\n\nx\n\n</div>\n\n</div>'),
    ("[ui-image-compare]\n![a](a.png)\n[/ui-image-compare]", '<div class="image-compare">\n\n![a](a.png)\n\n</div>'),
    ("[notice=warning]\nx\n[/notice]", '<div class="sc-notice warning">\n<div>\n\nx\n\n</div>\n</div>'),
    ('[div class="t"]\n| a |\n|---|\n| b |\n[/div]', '<div class="t">\n\n| a |\n|---|\n| b |\n\n</div>'),
    ("a [fa=cog /] b", 'a <i class="fa fa-cog"></i> b'),
    ("a [color=red]x[/color] [size=20]y[/size]", 'a <span style="color: red;">x</span> <span style="font-size: 20px;">y</span>'),
    ('[owl-carousel items=1 loop=true class="gallery-owl"]\n![a](a.png "T")\n[/owl-carousel]',
     '{{< carousel items=1 loop=true >}}\n\n![a](a.png "T")\n\n{{< /carousel >}}'),
    ("[center]x", '<p><div style="text-align: center;"></div>x</p>'),          # never closed: empty, as in Grav
]


@pytest.mark.parametrize(("body", "wanted"), CASES)
def test_what_hugo_gets(tmp_path: Path, body: str, wanted: str) -> None:
    assert convert(tmp_path / "user", body).markdown.strip("\n") == wanted


def test_sections_are_kept_for_a_theme(tmp_path: Path) -> None:
    text = convert(tmp_path / "user", "a [section name=side]**x**[/section][section]y[/section]")
    assert text.fields == {"sections": {"side": "**x**", "section": "y"}}


def test_the_addresses_of_tabs_hang_on_all_that_stands_in_them(tmp_path: Path) -> None:
    body = "[ui-tabs]\n[ui-tab title=A]\n{}\n[/ui-tab]\n[/ui-tabs]"
    made = {inner: convert(tmp_path / "user", body.format(inner)) for inner in ("[l](../02.second)", "![a](a.png)", "x")}
    addresses = {text.markdown.partition('href="#')[2][:11] for text in made.values()}
    assert len(addresses) == 3
    assert not any(found(text) for text in made.values())
    resized = convert(tmp_path / "user", body.format("![a](a.png?resize=10,10)"))
    assert 'href="#tab-1-0"' in resized.markdown
    assert 'id="tab-1-0"' in resized.markdown


def test_every_function_has_a_name_in_mapping_files() -> None:
    assert set(HANDLERS) == set(HandlerName.__args__)
