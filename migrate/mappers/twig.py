"""What one Twig tag of a page prints, where that can be known without the theme and its plug-ins.

Grav: Twig.php::processPage runs Twig after Markdown with HTML escaping on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from migrate.mappers.twig_grammar import TwigSyntaxError, read_expression
from migrate.mappers.twig_library import UnknownError
from migrate.mappers.twig_values import Evaluator
from migrate.model.document import Dialect

_TAG = re.compile(r"\{%-?\s*(\w+)")
_BINDING = re.compile(r"\{%-?\s{0,9}(?:set|for)\s([^%=]{1,200})")
_WORD = re.compile(r"\w+")
_OPENING = re.compile(r"\{[{%#]")
_MARKED = re.compile(r"\*\S|~~|[`<>]|(?<!\w)_\S|&(?!#?\w{1,30};)|\]\(|\\[^\w\s]")
_CLOSINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}

VERBATIM = {"verbatim": "endverbatim", "raw": "endraw"}


class Printed(NamedTuple):
    """What a tag prints, None where only the real site could tell; `missing`: names that Twig and Grav do not know."""

    text: str | None
    missing: tuple[str, ...] = ()


def print_tag(source: str, context: Mapping[str, Any]) -> Printed:
    """The HTML that `{{ … }}` prints, "" for a comment."""
    if source.startswith("{#"):
        return Printed("")
    if not source.startswith("{{"):
        return Printed(None)
    evaluator = Evaluator(context)
    try:
        return Printed(evaluator.shown(read_expression(inside(source))), tuple(evaluator.missing))
    except (UnknownError, TwigSyntaxError, RecursionError):
        return Printed(None)


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where tags stand in a text, in order. They may span lines."""
    never: set[str] = set()
    place = 0
    while match := _OPENING.search(text, place):
        place = match.end()
        end = -1 if match[0] in never else text.find(_CLOSINGS[match[0]], place)
        if end < 0:
            never.add(match[0])
            continue
        place = end + 2
        yield match.start(), place


def slips(text: str, dialect: Dialect) -> Iterator[tuple[str, int, str]]:
    """Tags that Grav printed otherwise than their author meant: a code of findings, where each stands, its text."""
    if not dialect.markdown or dialect.twig_first:
        return
    code, found = ("G235", marked(text)) if dialect.never_cache_twig else ("G234", garbled(text))
    yield from ((code, start, tag) for start, tag in found)


def garbled(text: str) -> Iterator[tuple[int, str]]:
    """Tags that Grav prints as garbage because another follows at once: where each stands, and its text.

    Grav: Page.php::processMarkdown hides the tags of a line from Markdown as base64, and finds the end of that by its
    padding. A tag whose bytes are a multiple of three has none, and takes the beginning of the next one with it.
    """
    before, tag = (0, 0), ""
    for start, end in spans_of(text):
        whole = "\n" not in text[start:end]
        if tag and whole and start == before[1] and len(tag.encode("utf-8", "replace")) % 3 == 0:
            yield before[0], tag
        before, tag = (start, end), text[start:end] if whole else ""


def marked(text: str) -> Iterator[tuple[int, str]]:
    """Tags that Markdown would change if it saw them (`never_cache_twig`). Lines that begin with a tag are safe."""
    for start, end in spans_of(text):
        ahead = text[text.rfind("\n", 0, start) + 1:start].lstrip()
        if ahead and not ahead.startswith("{") and _MARKED.search(text, start + 2, end - 2):
            yield start, text[start:end]


def print_text(source: str, context: Mapping[str, Any]) -> str | None:
    """A text with what its tags print, unescaped: an address. None where one of them is not known."""
    pieces: list[str] = []
    place = 0
    for start, end in spans_of(source):
        printed = print_tag(source[start:end], {**context, "": False}).text
        if printed is None:
            return None
        pieces += [source[place:start], printed]
        place = end
    return "".join((*pieces, source[place:]))


def inside(tag: str) -> str:
    """The expression between the braces."""
    return tag[2:-2].strip("-").strip()


def tag_name(source: str) -> str:
    """The word after `{%`, "" for an expression or a comment."""
    match = _TAG.match(source)
    return match[1] if match else ""


def names_set(text: str) -> frozenset[str]:
    """The variables that statements in a text set, or go through in a loop."""
    return frozenset(name for match in _BINDING.finditer(text) for name in _WORD.findall(match[1].split(" in ")[0]))
