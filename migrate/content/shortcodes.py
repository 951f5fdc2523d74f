"""The grammar of shortcode tags, as the `regular` parser of thunderer/shortcode reads them in finished HTML.

`[name]`, `[name=value]`, `[name key=value key="value" flag]`, `[/name]`, `[name /]`. A value is quoted, or a run
without blanks, quotes, `=`, `/` and brackets. A backslash keeps the character after it from ending a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from migrate.content.inline_nodes import Form

_STRING = r'(?:\\.|[^\[\]/="\\\s])'
_VALUE = rf'(?:"(?:\\.|[^"\\])*+"|{_STRING}++)'
_TAG = re.compile(
    rf"\[\s*+(?:(?P<name>[A-Za-z0-9\-_*]++)(?!{_STRING})\s*+(?:=\s*+(?P<value>{_VALUE})\s*+)?+"
    rf"(?P<attributes>(?:{_STRING}++\s*+(?:=\s*+{_VALUE}\s*+)?+)*+)(?P<self>/\s*+)?+"
    rf"|/\s*+(?P<close>{_STRING}++)\s*+)\]", re.DOTALL)
_ATTRIBUTE = re.compile(rf"({_STRING}++)\s*+(?:=\s*+({_VALUE}))?", re.DOTALL)
_CLOSING_NAME = re.compile(r"\[\s*/\s*([A-Za-z0-9\-_*]+)\s*\]")


class Tag(NamedTuple):
    """One tag within a text."""

    name: str
    value: str | None
    attributes: tuple[tuple[str, str | None], ...]
    form: Form
    start: int
    end: int


class TagEvent(NamedTuple):
    """A tag in the order of the page; `id` 0 for a tag of no live name, which can still close over others."""

    form: Form
    name: str
    id: int
    place: int                                   # rises in the order in which the page shows things


class Names:
    """The live names of a site, and what Grav's Markdown makes of lines with them."""

    __slots__ = ("line", "live")

    def __init__(self, live: Iterable[str], lines: Iterable[str] = ()) -> None:
        self.live = frozenset(live)
        either = "|".join(re.escape(name) for name in sorted(self.live.union(lines)))
        self.line = re.compile(rf"\[/?(?:{either})[^\]]*\]")
        """A line that is not put into a paragraph (a prefix match, as in Grav: ShortcodeManager::setupMarkdown)."""


def tags(text: str) -> Iterator[Tag]:
    """Every well-formed tag in `text`, whatever its name; a bracket behind a backslash opens none."""
    place = text.find("[")
    while place >= 0:
        match = None if _is_escaped(text, place) else _TAG.match(text, place)
        tag = _read(match) if match else None
        if tag:
            yield tag
        place = text.find("[", tag.end if tag else place + 1)


def _is_escaped(text: str, place: int) -> bool:
    start = place
    while start and text[start - 1] == "\\":
        start -= 1
    return (place - start) % 2 == 1


def _read(match: re.Match[str]) -> Tag | None:
    start, end = match.span()
    if match["close"] is not None:
        return Tag(match["close"], None, (), "close", start, end) if match["close"] != "0" else None
    attributes = tuple((name, _unquoted(value)) for name, value in _pairs(match["attributes"]))
    if any(name == "0" for name, _ in attributes):   # PHP takes "0" for nothing
        return None
    form: Form = "self" if match["self"] else "open"
    return Tag(match["name"], _unquoted(match["value"]), attributes, form, start, end)


def _pairs(text: str) -> Iterator[tuple[str, str | None]]:
    for match in _ATTRIBUTE.finditer(text):
        yield match[1], match[2]


def _unquoted(value: str | None) -> str | None:
    return value[1:-1] if value and value[0] == '"' else value


def closing_names(text: str) -> frozenset[str]:
    """The names that any closing tag in `text` names."""
    return frozenset(_CLOSING_NAME.findall(text)) if "[/" in text or "[ " in text else frozenset()


def pair(events: list[TagEvent], *, nested: bool = True) -> tuple[dict[int, int], frozenset[int]]:
    """Which tags belong together (both ways), and which are nothing but text.

    A closing tag closes the last opening one of its name; what was opened in between stays without a partner, and
    is then shown as if it were empty. Within `[raw]` nothing is a tag. Not `nested` (the parsers `regex` and
    `wordpress`): it closes the first one of its name.
    """
    partners: dict[int, int] = {}
    inert: set[int] = set()
    opened: list[TagEvent] = []
    names: Counter[str] = Counter()
    events = sorted(events, key=attrgetter("place"))
    for event in events:
        if event.form == "open":
            opened.append(event)
            names[event.name] += 1
        elif event.form == "close" and not names[event.name]:
            inert.add(event.id)
        elif event.form == "close":
            opening = opened.pop()
            while opening.name != event.name or (names[event.name] > 1 and not nested):
                names[opening.name] -= 1
                opening = opened.pop()
            names[event.name] -= 1
            partners[opening.id], partners[event.id] = event.id, opening.id
    inert |= _within_raw(events, partners)
    inert.discard(0)
    return {a: b for a, b in partners.items() if a not in inert and b not in inert}, frozenset(inert)


def _within_raw(events: list[TagEvent], partners: dict[int, int]) -> set[int]:
    inside: set[int] = set()
    until = 0
    for event in events:
        if until == 0:
            until = partners.get(event.id, 0) if event.name == "raw" and event.form == "open" else 0
        elif event.id == until:
            until = 0
        else:
            inside.add(event.id)
    return inside
