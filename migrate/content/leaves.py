"""Blocks without blocks in them: headings, rules, code."""

from __future__ import annotations

import re
from typing import Any

from migrate.content.attributes import split_attributes
from migrate.content.block_nodes import Block, CodeBlock, Heading, Rule
from migrate.content.inline_nodes import Attributes
from migrate.content.inlines import inlines
from migrate.content.reading import WHITE, Level
from migrate.content.tags import parts_of

_RULES = {char: re.compile(rf"[{char}](?: *[{char}]){{2,}} *") for char in "*-_"}
_FENCES = {char: (re.compile(rf"{char}{{3,}}+ *+([^`]++)?"), re.compile(rf"{char}{{3,}} *")) for char in "`~"}
_WORD_END = re.compile(r"[ \t\n\f\r]")


def heading(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`#`, with or without a space behind it."""
    size = len(text) - len(text.lstrip("#"))
    if len(text) < 2 or size > 6:
        return 0
    return level.add(paragraph, index, index + 1, _finish_heading, (size, text))


def _finish_heading(level: Level, first: int, last: int, data: Any) -> Block:
    size, line = data
    reading = level.reading
    text = line.strip("# ")
    before = level.lines[first].index(line) + len(line) - len(line.lstrip("# "))
    attributes: Attributes = ()
    if reading.dialect.extra and "{" in text:
        text, attributes = split_attributes(text, " #")
    children = inlines(reading, text, reading.at(level.offsets[first] + before))
    return Heading(size, children, attributes, False, *level.span(first, last))


def setext(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """A line of `=` or `-` under a paragraph, whatever number of lines that has."""
    if paragraph < 0 or text.strip(text[0]):
        return 0
    level.drafts.append((_finish_setext, paragraph, index + 1, 1 if text[0] == "=" else 2))
    return index + 1


def _finish_setext(level: Level, first: int, last: int, size: Any) -> Block:
    reading = level.reading
    text, at = level.text(first, last - 1)
    attributes: Attributes = ()
    if reading.dialect.extra and "{" in text:
        text, attributes = split_attributes(text, " ")
    return Heading(size, inlines(reading, text, at), attributes, True, *level.span(first, last))


def rule(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`***`, `- - -`, `___`."""
    if not _RULES[text[0]].fullmatch(text):
        return 0
    return level.add(paragraph, index, index + 1, _finish_rule)


def _finish_rule(level: Level, first: int, last: int, _: Any) -> Block:
    return Rule(*level.span(first, last))


def indented_code(level: Level, index: int) -> int:
    """Lines of four spaces and more; blank lines within count once, however many there are."""
    lines = level.lines
    bodies: list[str] = []
    interrupted = False
    last, first = index, index
    for last in range(index, len(lines)):
        line = lines[last]
        if line.startswith("    ") and line.strip(WHITE):
            if interrupted:
                bodies.append("")
                interrupted = False
            bodies.append(line[4:])
            index = last + 1
        elif line.strip(WHITE):
            break
        else:
            interrupted = True
    return level.add(-1, first, index, _finish_code, (None, False, "\n".join(bodies)))


def fenced_code(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """Three or more backticks or tildes, up to three or more of them; without those up to the end of the level."""
    opening, closing = _FENCES[text[0]]
    match = opening.fullmatch(text)
    if match is None:
        return 0
    info = _WORD_END.split(match[1], 1)[0] if match[1] is not None else None
    fence, lines = text[0] * 3, level.lines
    bodies: list[str] = []
    interrupted = False
    last = index + 1
    for place in range(index + 1, len(lines)):
        line = lines[place]
        if not line.strip(WHITE):
            interrupted = True
            continue
        last = place + 1
        if interrupted:
            bodies.append("")
            interrupted = False
        if fence in line and closing.fullmatch(line.lstrip(" ")):
            return level.add(paragraph, index, last, _finish_code, (info, True, "\n".join(bodies)))
        bodies.append(line)
    code = "".join("\n" + body for body in bodies)
    return level.add(paragraph, index, last, _finish_code, (info, True, code))


def _finish_code(level: Level, first: int, last: int, data: Any) -> Block:
    info, fenced, text = data
    reading = level.reading
    start, end = level.span(first, last)
    text, parts = parts_of(reading, text, start, code=True)
    return CodeBlock(text, reading.plain(info) if info else info, fenced, start, end, parts)
