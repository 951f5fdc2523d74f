"""mappings/common.yaml against Grav: each rule's HTML is what Grav's own plug-ins showed."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from migrate.mappers.placeholders import fill, read_template
from migrate.mappers.shortcode_table import ShortcodeRule
from tests.mappers.sites import HUGO

TAG = re.compile(r'\[([a-z][\w-]*)(?:=("[^"]*"|[^\s\]]+))?((?:\s+(?:[\w-]+=)?(?:"[^"]*"|[^\s"\]/]+))*)\s*'
                 r"(?:/\]|\](?:((?:(?!\[\1).)*?)\[/\1\])?)", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S+))')

INLINE = {"sc-core": ["p04", "p05", "p06", "p08", "p09", "p13", "p15", "p18", "p32", "p40", "p41", "p43", "p51", "p53",
                      "p54"],
          "youtube": ["p01"]}
BLOCK = {"sc-core": ["p07", "p11", "p12", "p14", "p17", "p46"], "ui": ["p02", "p04"]}


def shown(rule: ShortcodeRule, values: dict[str, str], body: str) -> str:
    """The HTML that an `html` rule gives, as the body mapper fills it."""
    assert rule.html is not None
    if rule.extract is not None:
        match = re.search(rule.extract.pattern, body if rule.extract.source == "body" else values[rule.extract.source])
        assert match
        values = values | match.groupdict()
    inner = "" if rule.html.body == "drop" else body
    return fill(read_template(rule.html.open), values) + inner + fill(read_template(rule.html.close), values)


def replaced(text: str) -> str:
    """A text with its shortcodes worked out by the rules, innermost first. Enough for these pages."""
    def one(match: re.Match[str]) -> str:
        name, value, attributes, body = match.groups()
        values = {key: quoted or bare for key, quoted, bare in ATTRIBUTE.findall(attributes)}
        values |= {"value": value.strip('"')} if value else {}
        return shown(HUGO.shortcodes[name], values, replaced(body or ""))
    return TAG.sub(one, text)


def tags_of(source: str) -> list[Any]:
    """Elements with their attributes and text, without white space that nobody sees."""
    root = lxml_html.fragment_fromstring(source, create_parent="div")
    elements = list(root.iter())[1:]
    return [(node.tag, sorted(node.attrib.items()), squeezed(node.text), squeezed(node.tail)) for node in elements]


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


@cache
def probes(path: Path) -> dict[str, dict[str, Any]]:
    records = (json.loads(line) for line in path.open(encoding="utf-8"))
    return {record["name"]: record for record in records}


def probe(shared: Path, name: str, number: str) -> tuple[str, str]:
    """The body of a probe page, and what Grav showed."""
    record = probes(shared / "facts" / "grav-probes.jsonl")[name]
    body = record["files"][f"pages/{number}/item.md"].split("---\n", 2)[2].strip()
    content = next(page["content"] for page in record["pages"] if page.get("file") == f"{number}/item.md")
    return body, content


@pytest.mark.parametrize(("name", "number"), [(name, number) for name, numbers in INLINE.items() for number in numbers])
def test_inline_shortcodes_are_as_grav_shows_them(shared: Path, name: str, number: str) -> None:
    body, content = probe(shared, name, number)
    assert tags_of(f"<p>{replaced(body)}</p>") == tags_of(content)


@pytest.mark.parametrize(("name", "number"), [(name, number) for name, numbers in BLOCK.items() for number in numbers])
def test_block_shortcodes_are_as_grav_shows_them(shared: Path, name: str, number: str) -> None:
    body, content = probe(shared, name, number)
    paragraphs = re.sub(r"^(?!\[)(\S.*)$", r"<p>\1</p>", body, flags=re.MULTILINE)
    strong = re.sub(r"\*\*(\w+)\*\*", r"<strong>\1</strong>", paragraphs)
    marked = re.sub(r"!\[(\w+)\]\((\S+?)\)", r'<img src="\2" alt="\1" />', strong)
    assert tags_of(replaced(marked)) == tags_of(content)


@pytest.mark.parametrize(("address", "number"), [
    ("https://www.youtube.com/watch?v=BK8guP9ov2U", "BK8guP9ov2U"),
    ("https://youtu.be/BK8guP9ov2U", "BK8guP9ov2U"),
    ("https://www.youtube-nocookie.com/embed/BK8guP9ov2U", "BK8guP9ov2U"),
    ("https://www.youtube.com/watch?list=x&v=BK8guP9ov2U", "BK8guP9ov2U"),
    ("https://www.youtube.com/watch?v=BK8guP9ov2U?size=300,400", "BK8guP9ov2U"),
    ("https://www.youtube.com/watch?v=BK8guP9ov2U&t=30", None),
    ("https://example.org/watch?v=BK8guP9ov2U", None),
])
def test_the_youtube_plugin_takes_the_addresses_that_grav_takes(address: str, number: str | None) -> None:
    extract = HUGO.shortcodes["plugin:youtube"].extract
    assert extract is not None
    match = re.search(extract.pattern, address)
    assert (match["id"] if match else None) == number


SEEN = """center left right justify color size u mark div span h1 h2 h3 h4 h5 h6 columns details figure notice fa raw
section lang safe-email lorem prism ui-tabs ui-tab ui-accordion ui-accordion-item ui-browser ui-callout ui-callout-item
ui-polaroid ui-image-compare ui-animated-text owl-carousel gallery youtube vimeo plugin:youtube plugin:vimeo
plugin:content-inject plugin:page-inject content-inject page-inject version TOC h5p qrcode pdfjs button cite svg-icon
iframe mermaid datatables ti fullcalendar embedly googleslides presentation bibtexify clearboth"""


@pytest.mark.parametrize("name", SEEN.split())
def test_every_shortcode_of_real_sites_has_a_rule(name: str) -> None:
    assert name in HUGO.shortcodes


def test_every_option_of_owl_carousel_is_decided() -> None:
    owl = HUGO.shortcodes["owl-carousel"]
    options = """items loop center rewind mouseDrag touchDrag pullDrag freeDrag margin stagePadding merge mergeFit
    autoWidth startPosition rtl smartSpeed fluidSpeed dragEndSpeed responsive lazyLoad autoHeight video videoHeight
    videoWidth animateOut animateIn autoplay autoplayTimeout autoplayHoverPause autoplaySpeed nav navText
    navSpeed slideBy dots dotsEach dotsData dotsSpeed URLhashListener"""
    assert set(options.split()) <= set(owl.options)
    assert owl.options["items"].default == 3
    assert owl.options["class"].drop
