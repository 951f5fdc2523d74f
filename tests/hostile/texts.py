"""Texts of any size that make readers of Markdown slow: most were slow here once."""

from __future__ import annotations

from collections.abc import Callable

from migrate.model.document import Dialect

END = " x\" ' ) ] > } ` * _ ~~ --> @ y"                 # closes nothing, but may
DIALECT = Dialect(extra=True, auto_url_links=True, notices=("yellow", "red"), shortcodes=frozenset(("u", "center", "raw")))
TWIG = Dialect(twig=True, auto_line_breaks=True, shortcodes=frozenset(("u",)))

RUNS = (
    "[", "![", "[a](", "[a](b \"", "[[]", "*", "**", "*a **b ", "a**b*", "_", "__a _", "\\*", "~~", "~~a ", "`", "``a`", "<", "<a ", "<a b=\"",
    "<ab=c", "<!--", "<x@", "<http://", "&a", "\\[", "{{", "{#a {", "|", "`|", "a\\|`", "[a]:", "[a]: b\n", "[^1]", "[^1]: a\n", "*[a]: b\n",
    "a\n: b\n", "a\n\n: b\n\n", "- ", "- a\n", "> - ", "1. - ", "> a\n", "! a\n", "# {a #", "    a\n", "\t", "<div>\n", "<p>a</p>\n", "</div>\n", "<div markdown=\"1\">\n",
    "<!--\n", "```a\n", "~~~\n", "[u]", "[/u]", "[u]\n", "[u a=\"", "[u][/u]", "[u] [/x]", "[center][raw]", "http://x ", "a|b\n-|-\n", "a\n===\n", "[a](b){.c", " ", "\n", "\r",
)


def _rows(row: Callable[[int], str], size: int) -> str:
    lines: list[str] = []
    have = number = 0
    while have < size:
        lines.append(row(number))
        have += len(lines[-1]) + 1
        number += 1
    return "\n".join(lines)


SHAPES: dict[str, Callable[[int], str]] = {
    "stars around a letter": lambda size: "*" * (size // 2) + "a" + "*" * (size // 2),
    "brackets around a letter": lambda size: "[" * (size // 6) + "a" + "](b)" * (size // 6),
    "lists that go in": lambda size: _rows(lambda number: "  " * number + "- a", size),
    "quotes that go in": lambda size: _rows(lambda number: "> " * number + "a", size),
    "numbers that go in": lambda size: _rows(lambda number: "   " * number + "1. a", size),
    "runs of backticks, each longer": lambda size: " ".join("`" * length for length in range(1, int((2 * size) ** 0.5))),
    "runs of backticks, each shorter": lambda size: " ".join("`" * length for length in range(int((2 * size) ** 0.5), 0, -1)),
    "definitions and mentions": lambda size: _rows(lambda number: f"[a{number}]: b", size // 2) + "\n\n" + _rows(
        lambda number: f"[a{number}]", size // 2),
    "footnotes and mentions": lambda size: _rows(lambda number: f"[^{number}]: b", size // 2) + "\n\n" + _rows(
        lambda number: f"[^{number}]", size // 2),
    "elements in elements": lambda size: "<div>\n" * (size // 13) + "a\n" + "</div>\n" * (size // 13),
    "a paragraph that becomes a heading": lambda size: "a\n" * (size // 2) + "===",
    "a table of one row": lambda size: "a|" * (size // 4) + "\n" + "-|" * (size // 4),
    "spaces before a letter": lambda size: " " * size + "a",
    "tabs before a letter": lambda size: "\t" * size + "a",
}


def hostile_texts(size: int) -> dict[str, str]:
    """About `size` characters of each."""
    found = {shape: make(size) for shape, make in SHAPES.items()}
    for run in RUNS:
        text = (run * (size // len(run) + 1))[:size]
        found[f"{run!r} again and again, with an end"] = text + END
        found[f"text and {run!r} again and again"] = "x " + text
    return found
