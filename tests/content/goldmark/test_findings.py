"""Each finding about Markdown, and that nothing else is reported."""

from __future__ import annotations

import pytest

from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import parse
from migrate.findings import Severity
from migrate.model.document import Dialect

SHORTCODES = Dialect(shortcodes=frozenset({"u"}))


def codes(text: str, dialect: Dialect = Dialect(), options: GoldmarkOptions = GoldmarkOptions()) -> list[tuple[str, int]]:  # noqa: B008
    rendered = render(parse(text, dialect), {}, options, subject="a/item.md", first_line=5)
    assert {finding.subject for finding in rendered.findings} <= {"a/item.md"}
    return [(finding.code, finding.line) for finding in rendered.findings]


@pytest.mark.parametrize(("text", "wanted"), [
    ("plain *text*\n", []),
    ("x\n\n| a | b |\n|---|---|\n| 1 |\n", [("G206", 7)]),
    ("- a\n- b\n\n  c\n- d\n", []),
    ("<div>\n\n</div>\n", []),
    ("x\n\n<script>\nvar a = '{{<';\n</script>\n", [("G211", 7)]),
    ("- a\n\n  ===\n- b\n", [("G208", 5)]),
    ("===\n\n- a\n\n  ===\n", [("G206", 7)]),
    ("```\na\n\n\nb\n```\n", [("G209", 5)]),
    ("```\na\n\nb\n```\n\n\n\nc\n", []),
    ("a\n\nthe <title> tag\n\nb\n", [("G212", 7)]),
    ("the <title>x</title> tag and `<script>`\n", []),
    ("a\n\nopen the <directory>\n", [("G213", 7)]),
    ("a\n\n<b>b</b>\n</div>\n", [("G213", 8)]),
    ("a <!-- b -->\n\n<ul><li>a<li>b</ul>\n\n<p>c\n", []),
    ("a <b <i>c</i>\n\n<img src=x>\n\n<!-- b\n", [("G213", 9)]),
])
def test_findings(text: str, wanted: list[tuple[str, int]]) -> None:
    assert codes(text) == wanted


def test_a_line_without_a_paragraph() -> None:
    assert codes("a\n[under construction]\nb\n", SHORTCODES) == [("G210", 6)]


def test_what_is_named() -> None:
    finding = render(parse("x\n\n| a | b |\n|---|---|\n| 1 |\n", Dialect())).findings[0]
    assert finding.severity is Severity.INFO
    assert finding.message == "a table is written as HTML here, because Hugo's Markdown has no way to say it"
    image = render(parse("<br>\n", Dialect())).findings[0]
    assert image.message.startswith("a paragraph is written")


def test_what_cannot_be_shown_is_a_warning() -> None:
    found = render(parse("<b ![x](y)\n</div>\n<!-- a--b\n> <table <i>\n", Dialect()), subject="p").findings
    assert all(finding.severity in (Severity.INFO, Severity.WARNING) for finding in found)


def test_an_element_that_swallows_what_follows() -> None:
    """A page that differs after all is announced: the last resort of the whole package."""
    from migrate.content.compare import Rendering
    from migrate.content.goldmark.noticing import noticed_of_units
    from migrate.content.goldmark.units import Unit

    unit = Unit((), 7, 9, "", Rendering(""), sure=False)
    assert [notice.code for notice in noticed_of_units([unit], None)] == ["G207"]
    assert [notice.code for notice in noticed_of_units([unit], 0)] == ["G207"]


def test_what_is_too_much_to_read_is_announced() -> None:
    assert ("G200", 7) in codes("a\n\n" + "> " * 60 + "b\n")
    assert "G200" not in dict(codes("> " * 40 + "b\n"))
    assert [finding for finding in codes("a\n\n" + "*" * 5000 + "b" + "*" * 5000 + "\n") if finding[0] == "G201"] == [("G201", 7)]
    assert "G201" not in dict(codes("*a* **b** " * 100 + "\n"))
