"""docs/markdown.md is true: what it says an author's text becomes, it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.content.decisions import Relink
from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import parse
from migrate.model.document import Dialect

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "markdown.md").read_text(encoding="utf-8")
EXTRA = Dialect(extra=True)
ROWS: tuple[tuple[str, str, str, Dialect], ...] = (
    ("`#Title`", "#Title\n", "# Title\n", Dialect()),
    ("`1) one`", "1) one\n", "1\\) one\n", Dialect()),
    ("`- a`, then `* b`", "- a\n* b\n", "- a\n- b\n", Dialect()),
    ("`5. five` below a text", "text\n5. five\n", "text\n\n5. five\n", Dialect()),
    ("`> a`, blank line, `> b`", "> a\n\n> b\n", "> a\n>\n> b\n", Dialect()),
    ("`**Note:**text`", "**Note:**text\n", "<strong>Note:</strong>text\n", Dialect()),
    ("`***x***`", "***x***\n", "**_x_**\n", Dialect()),
    ("`Diaspora* is … Diaspora* has`", "Diaspora* is … Diaspora* has\n", "Diaspora<em> is … Diaspora</em> has\n", Dialect()),
    ("`C:\\$x`, `\\\"`, `\\<`", "C:\\$x \\\" \\<\n", "C:\\\\$x \\\\\" \\\\<\n", Dialect()),
    ("backslash at the end of a line", "a\\\nb\n", "a\\\\\nb\n", Dialect()),
    ("`[a]()`, `[a](<b c>)`", "[a]() [a](<b c>)\n", "\\[a\\]() \\[a\\](<b c>)\n", Dialect()),
    ("`a:` above `:-`", "a:\n:-\n", "a:\n\\:-\n", Dialect()),
    ("text right above a table", "text\n| a | b |\n|---|---|\n| 1 | 2 |\n", "<th>text</th>", Dialect()),
    ("a table's row that is too short", "| a | b |\n|---|---|\n| 1 |\n", "<td>1</td>\n</tr>", Dialect()),
    ("`! text` (notices)", "! *text*\n", '<div class="notices yellow">\n\n*text*\n\n</div>\n', Dialect(notices=("yellow",))),
    ("text right below `</div>`", "<div>\nx\n</div>\ntext\n", "</div>\n\ntext\n", Dialect()),
    ("blank line within `<div>…</div>`", "<div>\na\n\n*b*\n</div>\n", "<div>\na\n*b*\n</div>\n", Dialect()),
    ("`<br>` alone on a line", "<br>\n", "<p><br></p>\n", Dialect()),
    ("tabs in code", "```\na\tb\n```\n", "```\na   b\n```\n", Dialect()),
    ("`[a]: x` twice", "[a]: x\n[a]: y\n\n[a]\n", "[a]: y\n\n[a]\n", Dialect()),
    ("bare `https://…` with *auto URL links*", "see https://x.org now\n", "see <https://x.org> now\n", Dialect(auto_url_links=True)),
    ("line ends with *auto line breaks*", "a\nb\n", "a  \nb\n", Dialect(auto_line_breaks=True)),
    ("`---` far to the right below a text", "a\n     ---\nb\n", "## a\n\nb\n", Dialect()),
    ("`[^2]` within a footnote (Extra)", "a[^1] b[^2]\n\n[^1]: c[^2]\n\n[^2]: d\n", "[^1]: c\\[^2\\]\n", EXTRA),
    ("`*[HTML]: …` (Extra)", "*[HTML]: Hyper\n\nHTML\n", '<abbr title="Hyper">HTML</abbr>\n', EXTRA),
    ("`markdown=\"1\"` (Extra)", '<div markdown="1">\n*a*\n</div>\n', "<div>\n\n*a*\n\n</div>\n", EXTRA),
)


@pytest.mark.parametrize(("words", "given", "wanted", "dialect"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_of_the_table(words: str, given: str, wanted: str, dialect: Dialect) -> None:
    assert f"| {words} |" in PAGE
    assert wanted in render(parse(given, dialect), {}, GoldmarkOptions(extra=dialect.extra)).text


def test_every_row_is_tried() -> None:
    table = PAGE.split("## What is written anew")[1].split("\n\n")[1].splitlines()[2:]
    tried = {words for words, *_ in ROWS} | {"a picture with `?classes=x`"}
    assert {row.split("|")[1].strip() for row in table} == tried


def test_a_picture_with_classes() -> None:
    tree = parse("b ![a](x.png?classes=x)\n", Dialect())
    decision = Relink("/x.png", None, (("class", "x"),))
    assert render(tree, {1: decision}).text == 'b <img src="/x.png" alt="a" class="x" />\n'


def test_items_with_and_without_paragraphs() -> None:
    given, wanted = PAGE.split("```\n")[1].splitlines(), []
    for number, line in enumerate(given):
        wanted.append(line[31:].replace("→", " ").rstrip())
        given[number] = line[:26].rstrip()
    text = render(parse("\n".join(given) + "\n", Dialect())).text
    assert text.split() == "\n".join(wanted).split()


def test_what_hugo_reads_before_markdown() -> None:
    assert render(parse("a\n\n===\n\nb <!--more-->\n", Dialect())).text == "a\n\n<!--more-->\n\nb <!-- more -->\n"
    assert render(parse("a {{< x >}} `{{% y %}}`\n", Dialect())).text == "a {{</* x */>}} `{{%/* y */%}}`\n"
    assert "{{\\<" in render(parse("a {{< b\n", Dialect())).text


def test_html_becomes_markdown_where_it_is_asked_for() -> None:
    given, wanted = PAGE.split("```html\n")[1].split("```")[0], PAGE.split("```markdown\n")[1].split("```")[0]
    assert render(parse(given, Dialect()), {}, GoldmarkOptions(html_to_markdown=True)).text == wanted
    assert render(parse(given, Dialect())).text == given
