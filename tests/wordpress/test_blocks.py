"""Bodies as blocks: the table of cases, and what it cannot say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from migrate.content.tree import parse
from migrate.mappers.wordpress_table import WordPress
from migrate.model.document import Dialect
from migrate.writers.wordpress.blocks import BlockOptions, BlockTemplate, joined, options_of, to_blocks
from migrate.writers.wordpress.style import STYLES, style_of
from tests.mappers.sites import Mapping
from tests.wordpress.bodies import DIALECT, HERE, MODULE, OTHER, WORDPRESS, blocks, seen
from tests.wordpress.cases import Case, cases, shown

CAROUSEL = '[owl-carousel items=2]\n![A](a.jpg "One & \'two\'")\n![B](b.jpg)\n[/owl-carousel]'
SLIDESHOW = BlockTemplate(
    open='<!-- wp:jetpack/slideshow {{"ids":[{ids}]}} -->\n<div class="slides-{count}"><ul>',
    slide='<li><img src="{url}" alt="{alt}" data-id="{id}">{?caption}<i>{caption}</i>{/}</li>', between="\n",
    close="</ul></div>\n<!-- /wp:jetpack/slideshow -->")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_body_becomes_these_blocks(case: Case) -> None:
    made = blocks(case.body, version=case.version)
    assert shown(made.text) == case.blocks
    assert sorted({finding.code for finding in made.findings}) == case.codes


def mapped(**shortcodes: object) -> Mapping:
    """wordpress.yaml with these rules for shortcodes."""
    values = WORDPRESS.model_dump(by_alias=True, exclude_unset=True)
    return Mapping.model_validate({**values, "shortcodes": {**values["shortcodes"], **shortcodes}})


def test_a_plug_ins_block_comes_from_its_template() -> None:
    options = BlockOptions(templates={"jetpack/slideshow": SLIDESHOW})
    mapping = mapped(**{"owl-carousel": {"shortcode": "jetpack/slideshow", "body": "slides"}})
    made = blocks(CAROUSEL, options=options, mapping=mapping)
    assert shown(made.text) == (
        '<!-- wp:jetpack/slideshow {"ids":[«id media:a.jpg»,«id media:b.jpg»]} -->\n<div class="slides-2"><ul>'
        '<li><img src="«url media:a.jpg»" alt="A" data-id="«id media:a.jpg»"><i>One &amp; \'two\'</i></li>\n'
        '<li><img src="«url media:b.jpg»" alt="B" data-id="«id media:b.jpg»"></li>'
        "</ul></div>\n<!-- /wp:jetpack/slideshow -->")
    assert not made.findings


@pytest.mark.parametrize(("templates", "body"), [
    ({}, CAROUSEL), ({"jetpack/slideshow": SLIDESHOW}, CAROUSEL.replace("![B]", "text\n\n![B]"))])
def test_without_a_template_that_fits_there_is_a_gallery(templates: dict[str, BlockTemplate], body: str) -> None:
    mapping = mapped(**{"owl-carousel": {"shortcode": "jetpack/slideshow", "body": "slides"}})
    made = blocks(body, options=BlockOptions(templates=templates), mapping=mapping)
    assert [finding.code for finding in made.findings] == ["G604", "G602"]
    assert "grav-carousel" in made.text


def test_a_plug_ins_shortcode_is_run() -> None:
    mapping = mapped(**{"owl-carousel": {"shortcode": "metaslider", "body": "markdown", "others": "keep"}})
    made = blocks('[owl-carousel id="a \'b\'" items=2]\nText\n[/owl-carousel]', mapping=mapping).text
    assert made == ('<!-- wp:shortcode -->\n[metaslider id="a \'b\'" items="2"]\n<!-- /wp:shortcode -->\n\n'
                    "<!-- wp:paragraph -->\n<p>Text</p>\n<!-- /wp:paragraph -->\n\n"
                    "<!-- wp:shortcode -->\n[/metaslider]\n<!-- /wp:shortcode -->")


@pytest.mark.parametrize(("captions", "part"), [
    ("text", '<figcaption class="wp-element-caption">One &amp; &#39;two&#39;</figcaption>'),
    ("style", '<span data-caption="One &amp; \'two\'"></span>'), ("none", 'title="One &amp; \'two\'"')])
def test_captions_are_words_style_or_hints(captions: str, part: str) -> None:
    text = blocks(CAROUSEL, options=BlockOptions(captions=captions)).text
    assert part in text
    assert text.count("figcaption") == (0 if captions == "none" else 2)


def test_style_is_told_or_stands_in_the_page() -> None:
    told = blocks(CAROUSEL + "\n\n! Notice")
    assert told.extra["styles"] == ("captions", "carousel", "notices")
    assert "<style>" not in told.text
    inline = blocks(CAROUSEL, options=BlockOptions(inline_style=True))
    assert inline.text.startswith("<!-- wp:html -->\n<style>\n.grav-carousel{")
    assert not inline.findings


def test_style_is_small_and_each_name_has_some() -> None:
    assert len(style_of()) < 2500
    assert style_of(["justify"]) == STYLES["justify"]
    assert style_of([]) == ""


def test_options_come_from_the_mapping() -> None:
    rules = WordPress.model_validate({"captions": "text", "style": "inline", "blocks": {"x/y": {"open": "a", "slide": "b"}}})
    options = options_of(rules, modern=True)
    assert options.version == (6, 3)
    assert (options.captions, options.inline_style) == ("text", True)
    assert options.templates == {"x/y": BlockTemplate(open="a", slide="b")}
    assert options_of(rules, modern=False).version == (6, 1)


def test_texts_of_a_page_are_joined_with_their_footnotes() -> None:
    own = blocks("intro[^1]\n\n===\n\nrest\n\n[^1]: one")
    module = blocks("part[^1]\n\n[^1]: two", here=MODULE)
    empty = blocks("")
    content, extra = joined([own, empty, module])
    assert content == f"{own.text}\n\n{module.text}\n\n<!-- wp:footnotes /-->"
    assert [note["content"] for note in extra["footnotes"]] == ["one", "two"]
    assert extra["summary"] == "intro"
    assert joined([empty]) == ("", {})


def test_names_of_footnotes_are_always_the_same_and_differ_between_pages() -> None:
    once, again = blocks("a[^1]\n\n[^1]: x"), blocks("a[^1]\n\n[^1]: x")
    assert once == again
    assert once.extra["footnotes"][0]["id"] in once.text


def test_findings_say_on_which_line() -> None:
    made = blocks("text\n\n<form></form>\n\n![A](a.jpg?sepia)")
    assert [(finding.code, finding.line) for finding in made.findings] == [("G603", 9), ("G600", 7)]


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- -->", "<p></p>", "<p> </p>", "&nbsp;", "<div></div>", "- \n", "> \n", "#\n",
                                  "<ul></ul>", "<table></table>", "<pre></pre>", "<h1></h1>", "<blockquote></blockquote>"])
def test_nothing_becomes_little(text: str) -> None:
    made = blocks(text)
    assert seen(made.text) == "" or made.text.count("wp:paragraph") == 2


def test_deep_nesting_ends_somewhere() -> None:
    for text in ("> " * 300 + "x", "<div class='a'>" * 5000 + "x", "<b>" * 5000 + "x", "- " * 300 + "x",
                 "".join("  " * depth + "- x\n" for depth in range(200))):
        assert "x" in seen(blocks(text, dialect=Dialect()).text)


def test_a_page_that_is_not_markdown_stays_what_it_is() -> None:
    made = blocks("<h2>Title</h2>\n<p>*not* bold</p>", dialect=Dialect(markdown=False))
    assert made.text == ('<!-- wp:heading -->\n<h2 class="wp-block-heading">Title</h2>\n<!-- /wp:heading -->\n\n'
                         "<!-- wp:paragraph -->\n<p>*not* bold</p>\n<!-- /wp:paragraph -->")


def test_links_to_a_module_lead_to_its_page() -> None:
    text = blocks("[a](/blog/second/_part)", here=HERE).text
    assert shown(text).count("«url document:/blog/second»") in (0, 1)
    assert OTHER.key not in text.replace(f"url {OTHER.key}", "")


def test_block_json_is_json() -> None:
    text = blocks(CAROUSEL, dialect=replace(DIALECT, extra=False)).text
    first = text.splitlines()[0].removeprefix("<!-- wp:gallery ").removesuffix(" -->")
    assert json.loads(first)["className"] == "grav-carousel"


@pytest.mark.parametrize(("body", "tag", "line"), [
    ("- a\n- b\n<!--\n- c\n- d-->\n\n# Gone\n", "<!--", 3), ("<div>\na <!-- b\n</div>\n-->\n", "<!--", 2),
    ("a\n\nthe <title> tag\n\nb\n", "<title>", 3), ("a <!-- b --> c <b>d\n", None, 0), ("`<!--` <b>a\n", None, 0),
])
def test_what_swallows_the_rest_of_the_page_is_told_of(body: str, tag: str | None, line: int) -> None:
    found = [finding for finding in to_blocks(parse(body, Dialect())).findings if finding.code == "G212"]
    assert [(finding.message.partition(" is ")[0], finding.line) for finding in found] == ([(tag, line)] if tag else [])
