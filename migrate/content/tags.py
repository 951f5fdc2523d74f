"""Shortcode and Twig tags among the inlines and in texts that Markdown leaves alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from migrate.content.inline_nodes import Escape, Inline, Part, Shortcode, Text, Twig
from migrate.content.reading import Reading
from migrate.content.shortcodes import Tag, TagEvent, tags
from migrate.content.source import stand_ins

_PRINTED_ENTITY = re.compile("&(?:lt|gt|quot|amp);")


def tagged(reading: Reading, nodes: list[Inline], text: str) -> tuple[Inline, ...]:
    """The inlines of `text` with what is a tag in their texts made a node."""
    if reading.twig:
        nodes = [part for node in nodes for part in (_with_twig(reading, node) if type(node) is Text else (node,))]
    if reading.names and "[" in text and any((type(node) is Text and "[" in node.text)
                                             or (type(node) is Escape and node.char == "[") for node in nodes):
        nodes = _with_shortcodes(reading, nodes)
    return tuple(nodes)


def parts_of(reading: Reading, text: str, start: int, *, code: bool) -> tuple[str, tuple[Part, ...]]:
    """The real text of code or raw HTML that begins at `start`, and its parts if there are tags in it."""
    if not reading.twig and not (reading.names and "[" in text):
        return text, ()
    whole = Text(text, start, start + len(text))
    nodes: list[Inline] = [*_with_twig(reading, whole)] if reading.twig else [whole]
    real = reading.plain(text)
    if reading.names and "[" in real:
        nodes = _with_shortcodes(reading, nodes, code=code)
    return real, tuple(nodes) if any(type(node) is not Text for node in nodes) else ()    # type: ignore[arg-type]


def _with_twig(reading: Reading, node: Text) -> list[Inline]:
    out: list[Inline] = []
    done = 0
    for match in stand_ins(node.text, reading.twig):
        start, end = match.span()
        if start > done:
            out.append(Text(node.text[done:start], node.start + done, node.start + start))
        same = node.end - node.start == len(node.text) and not reading.altered
        twig = Twig(reading.next_id(), reading.plain(match[0]), node.start + start, node.start + end, same)
        reading.marks.append(twig)
        out.append(twig)
        done = end
    if done < len(node.text):
        out.append(Text(node.text[done:], node.start + done, node.end))
    return out


def _with_shortcodes(reading: Reading, nodes: list[Inline], *, code: bool | None = None) -> list[Inline]:
    """Grav looks for tags in the finished HTML, so they are looked for in what the nodes print.

    `code` is True within code, False within raw HTML, None in text. A tag that begins in one text and ends in
    another one of the same line swallows what stands between, as HTML within its attributes.
    """
    from migrate.content.html import inline_html  # the printer knows nothing of the grammar

    assert reading.names is not None
    prints = [_Print(node, inline_html(node, reading.dialect, raw=code)) for node in nodes]
    html = "".join([made.html for made in prints])
    found = [tag for tag in tags(html) if tag.name in reading.names.live or tag.name in reading.closing]
    if not found:
        return nodes
    starts = [0, *accumulate(len(made.html) for made in prints)]
    out: list[Inline] = []
    at = done = 0                                # node; how far in its print
    for tag in found:
        while starts[at + 1] <= tag.start:
            _rest(out, prints[at], done, code)
            at, done = at + 1, 0
        last = at
        while starts[last + 1] < tag.end:
            last += 1
        if type(nodes[at]) not in (Text, Escape) or type(nodes[last]) not in (Text, Escape):
            continue
        first = tag.start - starts[at]
        if tag.name not in reading.names.live:
            reading.events.append(TagEvent(tag.form, tag.name, 0, reading.zone + prints[at].offset(first)))
            continue
        if first > done:
            out.append(prints[at].piece(done, first, code))
        end = tag.end - starts[last]
        start, stop = prints[at].offset(first), prints[last].offset(end)
        out.append(_shortcode(reading, tag, html[tag.start:tag.end], start, stop))
        at, done = last, end
    for index in range(at, len(nodes)):
        _rest(out, prints[index], done, code)
        done = 0
    return out


def _rest(out: list[Inline], made: _Print, done: int, code: bool | None) -> None:
    if not done:
        out.append(made.node)
    elif done < len(made.html):
        out.append(made.piece(done, len(made.html), code))


class _Print:
    """What a node prints, and the way back from a place in it to the offset in the source."""

    __slots__ = ("_ends", "_lost", "html", "node")

    def __init__(self, node: Inline, html: str) -> None:
        self.node = node
        self.html = html
        self._ends: list[int] | None = None      # where entities end that stand for one character each
        self._lost: list[int] = []               # characters that those up to then have too many

    def offset(self, place: int) -> int:
        """The offset in the source; only for texts and escapes."""
        node = self.node
        if type(node) is Escape:
            return node.end if place else node.start
        assert type(node) is Text
        if self._ends is None:
            found = [] if self.html == node.text else [*_PRINTED_ENTITY.finditer(self.html)]
            self._ends = [match.end() for match in found]
            self._lost = [0, *accumulate(match.end() - match.start() - 1 for match in found)]
        return node.start + place - self._lost[bisect_right(self._ends, place)]

    def piece(self, start: int, end: int, code: bool | None) -> Text:
        """A part of what a text prints, as a text again."""
        piece = self.html[start:end]
        if code is not False and "&" in piece:
            for char, name in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
                piece = piece.replace(name, char)
        return Text(piece, self.offset(start), self.offset(end))


def _shortcode(reading: Reading, tag: Tag, html: str, start: int, end: int) -> Shortcode:
    text = reading.source[start:end]
    same = not reading.altered and text.startswith(("[", "\\[")) and text.endswith("]")
    node = Shortcode(reading.next_id(), tag.name, tag.value, tag.attributes, tag.form, html, start, end, same)
    reading.marks.append(node)
    reading.events.append(TagEvent(tag.form, tag.name, node.id, reading.zone + start))
    return node
