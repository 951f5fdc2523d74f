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

_TAG = re.compile(r"\{%-?\s*(\w+)")
_BINDING = re.compile(r"\{%-?\s{0,9}(?:set|for)\s([^%=]{1,200})")
_WORD = re.compile(r"\w+")
_OPENING = re.compile(r"\{[{%#]")
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
