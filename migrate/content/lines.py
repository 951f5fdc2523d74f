"""Blocks that are one line: reference definitions, and the lines that Grav prints as they are."""

from __future__ import annotations

import re
from typing import Any

from migrate.content.block_nodes import Block, Definition, ShortcodeLine, TwigLine
from migrate.content.links import lower
from migrate.content.reading import WHITE, Level, Reading
from migrate.content.tags import parts_of

_DEFINITION = re.compile(r"\[(.+?)\]: *<?(\S+?)>?(?: +[\"'(](.+)[\"')])? *", re.ASCII)
_TAIL = re.compile(r" *<?(\S+?)>?(?: +[\"'(](.+)[\"')])? *", re.ASCII)
_LONG = 1000
_SPACE = re.compile(r"\s", re.ASCII)


def definition(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`[label]: url "title"`."""
    found = read_definition(text)
    if found is None:
        return 0
    define(level.reading, found)
    return level.add(paragraph, index, index + 1, _finish_definition, found)


def define(reading: Reading, found: tuple[str, str, str | None]) -> None:
    """Remember a definition; a later one of the same label replaces it."""
    reading.references[lower(found[0])] = (found[1], found[2])


def read_definition(text: str) -> tuple[str, str, str | None] | None:
    """Label, url and title, if the line `text` is a definition."""
    if "]:" not in text:
        return None
    if len(text) > _LONG:
        return _read_long(text)
    match = _DEFINITION.fullmatch(text)
    return (match[1], match[2], match[3]) if match else None


def _read_long(text: str) -> tuple[str, str, str | None] | None:
    """The same in linear time: all `]:` within one word fail or work alike."""
    place = text.find("]:", 2)
    while place >= 0:
        match = _TAIL.fullmatch(text, place + 2)
        if match:
            return text[1:place], match[1], match[2]
        rest = text[place + 2:].lstrip(" ")
        word = _SPACE.search(rest)
        if not rest or word is None:
            return None
        place = text.find("]:", len(text) - len(rest) + word.start())
    return None


def make_definition(reading: Reading, found: tuple[str, str, str | None], start: int, end: int) -> Definition:
    """The node of a definition that stands at `start`."""
    label, url, title = found
    key = lower(label)
    node = Definition(reading.next_id(), reading.plain(label), key, reading.plain(url),
                      reading.plain(title) if title else title, start, end, not reading.altered)
    reading.definitions[key] = node
    reading.marks.append(node)
    return node


def _finish_definition(level: Level, first: int, last: int, found: Any) -> Block:
    return make_definition(level.reading, found, *level.span(first, last))


def twig_line(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """A line that starts with a brace and holds a Twig tag, whether the page runs Twig or not."""
    starts = [place for place in (text.find(mark) for mark in ("{{", "{%", "{#")) if place >= 0]
    if not starts or max(text.rfind(mark) for mark in ("}}", "%}", "#}")) < min(starts) + 2:
        return 0
    return level.add(paragraph, index, index + 1, _finish_line, TwigLine)


def shortcode_line(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """A line that is one shortcode tag, or looks like one (Grav: ShortcodeManager::setupMarkdown)."""
    names = level.reading.names
    if names is None or text.find("]") != len(text.rstrip(WHITE)) - 1 or not names.line.fullmatch(text.strip(WHITE)):
        return 0
    return level.add(paragraph, index, index + 1, _finish_line, ShortcodeLine)


def _finish_line(level: Level, first: int, last: int, kind: Any) -> Block:
    start, end = level.span(first, last)
    text, parts = parts_of(level.reading, level.lines[first], start, code=False)
    made: Block = kind(text, start, end, parts)
    return made
