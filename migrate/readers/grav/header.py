"""Front matter exactly as Grav reads it, and never a lost page.

Grav: toolbox MarkdownFile::decode, Symfony YAML 4.4, then the lenient RocketTheme Compat parser.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from migrate.readers.grav.problem import Problem


class PageText(NamedTuple):
    """A page file taken apart.

    `header` has text keys in the author's order; values are str, int, float, bool, None, list, dict and, for
    dates written without quotes, `scalars.WrittenDate`/`WrittenDatetime` (subclasses of `date`/`datetime` that
    remember their `.text`; `str()` gives the text). `body` has `\\n` line ends and no leading blank lines.
    `body_line` and `key_lines` (top-level key → line) count from 1 in the file.
    """

    header: dict[str, Any]
    body: str
    body_line: int
    problems: tuple[Problem, ...]
    key_lines: dict[str, int]


def read_page_text(raw: bytes) -> PageText:
    """Take a page file apart. Never raises: what Grav would refuse is salvaged, with a problem."""
    raise NotImplementedError


def parse_yaml(text: str, *, first_line: int = 1) -> tuple[Any, tuple[Problem, ...]]:
    """A YAML text (configuration, frontmatter.yaml, *.meta.yaml, languages) as Grav reads it. Never raises."""
    raise NotImplementedError
