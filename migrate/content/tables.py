"""Tables: a row of dashes under a paragraph that has a bar in it makes the whole paragraph the head."""

from __future__ import annotations

import re
from typing import Any

from migrate.content.block_nodes import Block, Cell, Table
from migrate.content.inlines import inlines
from migrate.content.reading import WHITE, Level
from migrate.content.source import Offsets

_CELL = re.compile(r"(?:\\\||[^|`\\]++|\\|`[^`]+`|`)+")


def table(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """The divider row, and the rows below it."""
    if paragraph < 0 or text.strip(" -:|"):
        return 0
    lines = level.lines
    if not any("|" in line for line in lines[paragraph:index]):
        return 0
    last = index + 1
    while last < len(lines) and "|" in lines[last] and lines[last].strip(WHITE):
        last += 1
    level.drafts.append((_finish_table, paragraph, last, index))
    return last


def _finish_table(level: Level, first: int, last: int, divider: Any) -> Block:
    aligns = _alignments(level.lines[divider])
    head, at = level.text(first, divider)
    start = len(head) - len(head.lstrip(WHITE))
    bare = head.strip(WHITE)
    start += len(bare) - len(bare.lstrip("|"))
    cells = []
    for number, cell in enumerate(bare.strip("|").split("|")):
        cells.append(_cell(level, cell, at, start, aligns, number))
        start += len(cell) + 1
    rows = tuple(_row(level, line, aligns) for line in range(divider + 1, last))
    return Table(tuple(cells), rows, *level.span(first, last))


def _alignments(divider: str) -> list[str]:
    """Left, center, right or nothing for each divider that is not empty."""
    found = []
    for cell in divider.strip(WHITE).strip("|").split("|"):
        dashes = cell.strip(WHITE)
        if dashes:
            left, right = dashes[0] == ":", dashes[-1] == ":"
            found.append("center" if left and right else "left" if left else "right" if right else "")
    return found


def _row(level: Level, index: int, aligns: list[str]) -> tuple[Cell, ...]:
    """The cells of one line. Empty ones (`||`) do not count: what follows moves up."""
    line = level.lines[index]
    row = line.strip(WHITE).strip("|")
    start = line.index(row) if row else 0
    at = level.reading.at(level.offsets[index])
    return tuple(_cell(level, match[0], at, start + match.start(), aligns, number)
                 for number, match in enumerate(_CELL.finditer(row)))


def _cell(level: Level, text: str, at: Offsets, start: int, aligns: list[str], number: int) -> Cell:
    bare = text.lstrip(WHITE)
    start += len(text) - len(bare)
    return Cell(inlines(level.reading, bare.rstrip(WHITE), at, start), aligns[number] if number < len(aligns) else "")
