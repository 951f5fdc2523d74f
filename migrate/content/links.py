"""Links and images: `[label](url "title")`, `[label][reference]`, `[reference]`, `{#id .class}` with Extra."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from migrate.content.attributes import INLINE_ATTRIBUTES, read_attributes
from migrate.content.inline_nodes import Attributes, Image, Inline, Link, Plugin

if TYPE_CHECKING:
    from migrate.content.inlines import Run

_LABEL = re.compile(r"\[([^\[\]]*+)\]")
_BRACKET = re.compile(r"[\[\]]")
_TARGET = re.compile(
    r"\(\s*+((?:[^ ()]++|\([^ )]++\))++)(?:[ ]+(\"[^\"]*+\"|'[^']*+'))?\s*\)", re.ASCII)
_TWIG_TARGET = re.compile(r"\((\{([{%#])\s*(?:.*?)\s*(?:\2|\})\})\)")
_REFERENCE = re.compile(r"\s*\[(.*?)\]", re.ASCII)

Hit = tuple[int, int, Inline]


def lower(text: str) -> str:
    """PHP's `strtolower`: ASCII letters only."""
    return text.lower() if text.isascii() else text.encode().lower().decode()


def _counted(text: str, place: int, label: str) -> int:
    """So many bytes behind `place` as `label` has; -1 in the middle of a character."""
    size = len(label.encode(errors="surrogatepass"))
    passed = text[place:place + size].encode(errors="surrogatepass")[:size]
    try:
        return place + len(passed.decode(errors="surrogatepass"))
    except UnicodeDecodeError:
        return -1


class Brackets:
    """Which brackets of a text belong together."""

    __slots__ = ("closed", "opened")

    def __init__(self, text: str) -> None:
        self.closed: dict[int, int] = {}
        waiting: list[int] = []
        for match in _BRACKET.finditer(text):
            if match[0] == "[":
                waiting.append(match.start())
            elif waiting:
                self.closed[waiting.pop()] = match.start()
        self.opened = sorted(self.closed)

    def first(self, place: int) -> tuple[int, int] | None:
        """The first pair that opens at `place` or later."""
        found = bisect_left(self.opened, place)
        if found == len(self.opened):
            return None
        return self.opened[found], self.closed[self.opened[found]]


def link(run: Run, place: int) -> Hit | None:
    """A link whose `[` stands at `place`."""
    if not run.links:
        return None
    parts = _parts(run, place, place)
    if parts is None:
        return None
    label_start, label_end, tail, end, url, title, attributes, reference = parts
    reading = run.reading
    label = run.text[label_start:label_end]
    if label.startswith("plugin:") and reference is None and label in reading.dialect.shortcodes:
        return place, end, _plugin(run, place, end, label, url, title)
    number = reading.next_id()
    children = run.within(label_start, label_end, links=False)
    start, stop, same = reading.span(run.at, run.lo + place, run.lo + end)
    node = Link(number, url, title, children, attributes, reference, start, stop, run.at(run.lo + tail - 1) + 1,
                same and label_start == place + 1)
    reading.marks.append(node)
    return place, end, node


def image(run: Run, place: int) -> Hit | None:
    """An image whose `!` stands at `place`."""
    if not run.text.startswith("[", place + 1):
        return None
    parts = _parts(run, place + 1, place)
    if parts is None:
        return None
    label_start, label_end, tail, end, url, title, attributes, reference = parts
    reading = run.reading
    start, stop, same = reading.span(run.at, run.lo + place, run.lo + end)
    alt = reading.plain(run.text[label_start:label_end])
    node = Image(reading.next_id(), url, title, alt, attributes, reference, start, stop,
                 run.at(run.lo + tail - 1) + 1, same and label_start == place + 2)
    reading.marks.append(node)
    return place, end, node


def _plugin(run: Run, place: int, end: int, label: str, url: str, title: str | None) -> Plugin:
    reading = run.reading
    start, stop, same = reading.span(run.at, run.lo + place, run.lo + end)
    node = Plugin(reading.next_id(), label.removeprefix("plugin:"), url, title, start, stop, same)
    reading.marks.append(node)
    return node


Parts = tuple[int, int, int, int, str, str | None, Attributes, str | None]


def _parts(run: Run, place: int, shown_from: int) -> Parts | None:
    """Label (start, end), where its tail begins, the end, url, title, attributes and reference, if it is a link.

    Parsedown looks for the first balanced brackets *anywhere* behind `place`, but counts their length from
    `place`: after an unbalanced `[` a shortcut reference further on is taken for this one. Kept.
    """
    text, reading = run.text, run.reading
    match = _LABEL.match(text, place)
    if match:
        opened, closed = place, match.end() - 1
    else:
        if run.brackets is None:
            run.brackets = Brackets(text)
        found = run.brackets.first(place)
        if found is None:
            return None
        opened, closed = found
    tail = closed + 1 if opened == place else _counted(text, place, text[opened:closed + 1])
    if tail < 0:
        return None
    reference: str | None = None
    if twig := (text.startswith("({", tail) and run.match(_TWIG_TARGET, tail)):
        url, title, end = twig[1], None, twig.end()
    elif target := (text.startswith("(", tail) and run.match(_TARGET, tail)):
        url, title, end = target[1], target[2], target.end()
        title = title[1:-1] if title is not None else None
    elif not reading.references:
        return None
    else:
        named = run.match(_REFERENCE, tail)
        reference = lower((named[1] if named else "") or text[opened + 1:closed])
        if reference not in reading.references:
            return None
        url, title = reading.references[reference]
        end = named.end() if named else tail
    attributes: Attributes = ()
    if reading.dialect.extra and (more := INLINE_ATTRIBUTES.match(text, end)) is not None:
        attributes, end = read_attributes(more[1]), more.end()
    if reading.twig:
        url, title = reading.plain(url), reading.plain(title) if title else title
    return opened + 1, closed, tail, end, url, title, attributes, reference
