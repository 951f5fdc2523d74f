"""Blocks with blocks in them: quotes, lists, notices."""

from __future__ import annotations

import re
from typing import Any

from migrate.content.block_nodes import Block, Divider, List, ListItem, Notice, Paragraph, Quote
from migrate.content.inline_nodes import Text
from migrate.content.inlines import inlines
from migrate.content.lines import define, make_definition, read_definition
from migrate.content.reading import DEEPEST, WHITE, Level, Reading

_BULLET = re.compile(r"([*+-] +)(.*)")
_NUMBER = re.compile(r"([0-9]+\. +)(.*)")
_NEXT_BULLET = re.compile(r"[*+-](?: +(.*)|$)")
_NEXT_NUMBER = re.compile(r"[0-9]+\.(?: +(.*)|$)")


class Lines:
    """Lines collected for a container, with their offsets in the working text."""

    __slots__ = ("offsets", "texts")

    def __init__(self, text: str, offset: int) -> None:
        self.texts = [text]
        self.offsets = [offset]

    def add(self, text: str, offset: int) -> None:
        """Add a line."""
        self.texts.append(text)
        self.offsets.append(offset)


def quote(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`>`; lines without it go on until a blank one."""
    offset = level.offsets[index] + indent
    inner = Lines(*_behind(text, 1, offset))
    last, interrupted = index + 1, False
    for place in range(index + 1, len(level.lines)):
        line = level.lines[place]
        if not line.strip(WHITE):
            interrupted = True
            continue
        bare = line.lstrip(" ")
        offset = level.offsets[place] + len(line) - len(bare)
        if bare[0] == ">":
            if interrupted:
                inner.add("", offset)
                interrupted = False
            inner.add(*_behind(bare, 1, offset))
        elif interrupted:
            break
        else:
            inner.add(bare, offset)
        last = place + 1
    return level.add(paragraph, index, last, _finish_quote, inner)


def _behind(text: str, mark: int, offset: int) -> tuple[str, int]:
    """What follows a mark of so many characters and one space, with its offset."""
    size = mark + text.startswith(" ", mark)
    return text[size:], offset + size


def _finish_quote(level: Level, first: int, last: int, inner: Any) -> Block:
    return Quote(_blocks(level.reading, inner), *level.span(first, last))


def notice(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`!` to as many as there are levels, of the markdown-notices plug-in; ends with a blank line."""
    levels = len(level.reading.dialect.notices)
    size = _marks(text, levels)
    if not text.startswith(" ", size):
        return 0
    inner = Lines(text[size + 1:], level.offsets[index] + indent + size + 1)
    last = index + 1
    while last < len(level.lines):
        line = level.lines[last]
        bare = line.lstrip(" ")
        if not bare.startswith("!"):
            break
        inner.add(*_behind(bare, _marks(bare, levels), level.offsets[last] + len(line) - len(bare)))
        last += 1
    return level.add(paragraph, index, last, _finish_notice, (size, inner))


def _marks(text: str, most: int) -> int:
    size = len(text) - len(text.lstrip("!"))
    return min(size, most)


def _finish_notice(level: Level, first: int, last: int, data: Any) -> Block:
    size, inner = data
    dialect = level.reading.dialect
    base = dialect.notices_base.replace(",", " ")
    classes = f"{base} {dialect.notices[size - 1]}" if base else dialect.notices[size - 1]
    return Notice(size, classes, _blocks(level.reading, inner), *level.span(first, last))


def bullets(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`-`, `+` or `*` and a space."""
    match = _BULLET.match(text)
    return _list(level, index, match, indent, paragraph, _NEXT_BULLET) if match else 0


def numbers(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """A number, a full stop and a space."""
    match = _NUMBER.match(text)
    return _list(level, index, match, indent, paragraph, _NEXT_NUMBER) if match else 0


def _list(level: Level, index: int, match: re.Match[str], indent: int, paragraph: int,
          following: re.Pattern[str]) -> int:
    """Collect the items. What is not a sibling belongs to the last item until a blank line; then what is indented."""
    lines, offsets = level.lines, level.offsets
    items = [Lines(match[2], offsets[index] + indent + match.start(2))]
    loose = interrupted = False
    last = index + 1
    for place in range(index + 1, len(lines)):
        line = lines[place]
        bare = line.lstrip(" ")
        if not bare.strip(WHITE):
            interrupted = True
            continue
        depth = len(line) - len(bare)
        sibling = following.match(bare) if depth == indent else None
        if sibling:
            if interrupted:
                items[-1].add("", offsets[place])
                loose, interrupted = True, False
            start = sibling.start(1) if sibling[1] is not None else len(bare)
            items.append(Lines(sibling[1] or "", offsets[place] + depth + start))
        elif bare[0] == "[" and _defines(level, place, bare):
            pass
        elif interrupted and not depth:
            break
        else:
            if interrupted:
                items[-1].add("", offsets[place])
                interrupted = False
            size = min(depth, 4)
            items[-1].add(line[size:], offsets[place] + size)
        last = place + 1
    if loose:
        for item in items:
            if item.texts[-1]:
                item.add("", item.offsets[-1])
    number = match[1].partition(".")[0] if following is _NEXT_NUMBER else None
    return level.add(paragraph, index, last, _finish_list, (number, items))


def _defines(level: Level, index: int, text: str) -> bool:
    """Whether the line is a definition: within a list it is taken out of the items."""
    found = read_definition(text)
    if found is None:
        return False
    define(level.reading, found)
    make_definition(level.reading, found, *level.span(index, index + 1))
    return True


def _finish_list(level: Level, first: int, last: int, data: Any) -> Block:
    number, items = data
    reading = level.reading
    made = tuple([_item(reading, item) for item in items])
    shown = "" if number in (None, "1") else number
    return List(number is not None, shown, made, *level.span(first, last))


def _item(reading: Reading, item: Lines) -> ListItem:
    """One item. Without a blank line in it, its first paragraph stands without `<p>`, so it is no divider."""
    tight = "" not in item.texts
    start, end = _span(reading, item)
    if len(item.texts) == 1 and tight and item.texts[0][0] not in reading.grammar.starters:
        children = inlines(reading, item.texts[0], reading.at(item.offsets[0]))
        return ListItem((Paragraph(children, start, end),), True, start, end)
    blocks = _blocks(reading, item)
    if tight and blocks and type(blocks[0]) is Divider:
        text, first, last = blocks[0]
        blocks = (Paragraph((Text(text, first, first + len(text)),), first, last), *blocks[1:])
    return ListItem(blocks, tight, start, end)


def _span(reading: Reading, inner: Lines) -> tuple[int, int]:
    start = inner.offsets[0]
    end = min(inner.offsets[-1] + len(inner.texts[-1]) + 1, reading.size)
    if reading.working.exact:
        return start, end
    return reading.working.offset(start), reading.working.offset(end)


def _blocks(reading: Reading, inner: Lines) -> tuple[Block, ...]:
    """The blocks within a container; too deep, its text as one paragraph."""
    from migrate.content.blocks import read_lines  # lines make blocks, blocks hold lines

    if reading.depth < DEEPEST:
        reading.depth += 1
        blocks = read_lines(reading, inner.texts, inner.offsets)
        reading.depth -= 1
        return blocks
    start, end = _span(reading, inner)
    reading.give_up("G200", start, most=DEEPEST)
    text = "\n".join(inner.texts)
    return (Paragraph((Text(text, start, end),), start, end),)
