"""Blocks of raw HTML: an element up to the line that ends with its closing tag, a comment up to `-->`."""

from __future__ import annotations

import re
from typing import Any

from migrate.content import markdown_html
from migrate.content.block_nodes import Block, Comment, HtmlBlock
from migrate.content.markup import INLINE, OPEN_TAG, VOID, tag_name
from migrate.content.reading import WHITE, Level, Reading
from migrate.content.source import Working
from migrate.content.tags import parts_of


def comment(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`<!--` up to a line that ends with `-->`; blank lines within are lost."""
    if not text.startswith("<!--"):
        return 0
    lines = level.lines
    taken = [lines[index]]
    last = place = index + 1
    while place < len(lines) and not taken[-1].endswith("-->"):
        if lines[place].strip(WHITE):
            taken.append(lines[place])
            last = place + 1
        place += 1
    return level.add(paragraph, index, last, _finish_comment, "\n".join(taken))


def _finish_comment(level: Level, first: int, last: int, text: Any) -> Block:
    start, end = level.span(first, last)
    text, parts = parts_of(level.reading, text, start, code=False)
    return Comment(text, start, end, parts)


def element(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """An element that is not of the inline kind. Depth counts only openings at the start of a line and closings at
    the end of one; blank lines do not end it."""
    match = OPEN_TAG.match(text)
    if match is None:
        return 0
    name = tag_name(match[0])
    if name.lower() in INLINE:
        return 0
    alone = not text[match.end():].strip(WHITE)
    void = match["self"] is not None or name in VOID
    if void and not alone:
        return 0
    closing = f"</{name}>".lower()
    taken = [text]
    last = index + 1
    if not void and (alone or not _ends_with(text[match.end():], closing)):
        last = _until_closed(level, index + 1, name, closing, taken)
    return level.add(paragraph, index, last, *_finisher(level, index, "\n".join(taken), alone and void))


def _until_closed(level: Level, index: int, name: str, closing: str, taken: list[str]) -> int:
    opening = re.compile(rf"<{name}(?=[^\w\-]|[A-Za-z_:])", re.IGNORECASE | re.ASCII)
    lines, last, depth, interrupted = level.lines, index, 0, False
    for place in range(index, len(lines)):
        line = lines[place]
        if not line.strip(WHITE):
            interrupted = True
            continue
        if interrupted:
            taken.append("")
            interrupted = False
        taken.append(line)
        last = place + 1
        bare = line.lstrip(" ")
        if bare[0] == "<" and opening.match(bare) and _opens(bare, name):
            depth += 1
        if _ends_with(line, closing):
            if not depth:
                break
            depth -= 1
    return last


def _ends_with(line: str, closing: str) -> bool:
    return line.rstrip(" ").lower().endswith(closing)


def _opens(text: str, name: str) -> bool:
    """Whether `<name …>` opens at the start of `text`; a longer name counts where its rest could be an attribute."""
    match = OPEN_TAG.match("<x " + text[1 + len(name):])
    return match is not None and match["self"] is None


def _finisher(level: Level, index: int, text: str, void: bool) -> tuple[Any, Any]:
    """With Markdown Extra an element is parsed as soon as its lines are known, which may forget all definitions."""
    if level.reading.dialect.extra and not void:
        return _finish_parsed, markdown_html.parsed(level.reading, text, level.offsets[index])
    return _finish_element, text


def _finish_element(level: Level, first: int, last: int, text: Any) -> Block:
    start, end = level.span(first, last)
    text, parts = parts_of(level.reading, text, start, code=False)
    return HtmlBlock(text, start, end, parts)


def _finish_parsed(level: Level, first: int, last: int, data: Any) -> Block:
    return markdown_html.finish(level, first, last, data)


def whole(reading: Reading) -> Block:
    """The body of a page without Markdown as one block."""
    reading.working = Working(reading.source, protect_twig=reading.dialect.twig, as_it_is=True)
    reading.twig = reading.working.twig
    text = reading.source
    if reading.twig or (reading.names and "[" in text):
        text, parts = parts_of(reading, reading.working.text, 0, code=False)
        return HtmlBlock(reading.source, 0, len(reading.source), parts)
    return HtmlBlock(text, 0, len(text))
