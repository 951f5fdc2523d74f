"""The author's text stays: what Goldmark reads as Grav does is not touched."""

from __future__ import annotations

from hypothesis import given

from migrate.content.compare import Rendering
from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.goldmark.doubts import doubt
from migrate.content.goldmark.preview import preview
from migrate.content.goldmark.tokens import without_controls
from migrate.content.html import to_html
from migrate.content.tree import Divider, parse
from migrate.model.document import Dialect
from tests.content.documents import documents

PLAIN = Dialect(divider="no such divider")
OPTIONS = GoldmarkOptions()


@given(documents())
def test_a_text_that_both_read_alike_is_kept_byte_for_byte(text: str) -> None:
    text = without_controls(text)
    if doubt(text) is not None or not Rendering(to_html(parse(text, PLAIN))).shows(preview(text, OPTIONS)):
        return
    rendered = render(parse(text, PLAIN), {}, OPTIONS)
    assert rendered.text.rstrip("\n") == text.rstrip("\n")
    assert rendered.copied_blocks == rendered.total_blocks


@given(documents())
def test_a_block_that_is_kept_is_the_author_s_own(text: str) -> None:
    tree = parse(without_controls(text), PLAIN)
    rendered = render(tree, {}, OPTIONS)
    kept = sum(tree.source[block.start:block.end].strip("\n") in rendered.text for block in tree.blocks)
    assert kept >= rendered.copied_blocks


def test_only_the_divider_changes() -> None:
    text = "# A\nb *c*\n\n===\n\n1. d\n\n   e\n\n2. f\n\n\n> g\nh\n"
    tree = parse(text, Dialect())
    assert any(isinstance(block, Divider) for block in tree.blocks)
    assert render(tree).text == text.replace("===", "<!--more-->")


def test_blank_lines_and_marks_stay_as_they_are() -> None:
    text = "\n\n* a\n* b\n\n___\n\n\n~~~ js\nx\n~~~\n\nSetext\n------\n***x** y*\n"
    assert render(parse(text, Dialect())).text == text


def test_footnotes_stay_as_the_author_wrote_them() -> None:
    text = "A[^1] b[^note], and b[^note].\n\n[^1]: One of them\n\n[^note]: Named, *one*\n    and on\n[^3]: Not mentioned\n"
    assert render(parse(text, Dialect(extra=True)), {}, GoldmarkOptions(extra=True)).text == text


def test_tabs_in_html_stay_as_they_are() -> None:
    """Editors of WordPress and others begin the lines of a list with a blank and a tab."""
    items = "<ul>\n \t<li>a</li>\n\t <li>b</li>\n</ul>\n\n"
    text = "*Text*\n" + items + 40 * ("## A\n\n" + items)
    rendered = render(parse(text, Dialect()))
    assert rendered.text == text
    assert rendered.findings == ()


def test_a_tab_behind_a_blank_line_ends_html() -> None:
    text = "Text\n\n<ul>\n<li>a</li>\n\n \t<li>b</li>\n</ul>\n\n*x*\n"
    assert "\t" not in render(parse(text, Dialect())).text
