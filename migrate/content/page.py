"""A page put together block by block: each block in the form closest to the author's that shows the right thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from migrate.content.block_markdown import say_blocks
from migrate.content.compare import Rendering
from migrate.content.forcing import forced_nodes
from migrate.content.inline_markdown import Unsayable, Voice
from migrate.content.judge import Judge
from migrate.content.patches import Edits, apply_edits
from migrate.content.raw_html import html_block
from migrate.content.tree import Blank, Block, CodeBlock, HtmlBlock, Tree

COPIED, WRITTEN, PARTLY_HTML, HTML = range(4)


@dataclass(slots=True)
class Unit:
    """Top-level blocks that are written together: one, but where a replaced region spans several."""

    blocks: tuple[Block, ...]
    start: int
    end: int
    gap: str                              # blank lines in front of it
    expected: Rendering
    text: str = ""
    level: int = COPIED
    before: str = ""                      # "blank" or "comment": what had to part it from its neighbour
    sure: bool = True                     # False: no form of it is sure to show the right thing


def units_of(tree: Tree, edits: Edits, judge: Judge) -> list[Unit]:
    """The page's blocks, in order, with the blank lines in front of each."""
    units: list[Unit] = []
    gap: list[str] = []
    for blocks in _groups(tree, edits):
        if type(blocks[0]) is Blank:
            gap.append(tree.source[blocks[0].start:blocks[0].end])
            continue
        units.append(Unit(blocks, blocks[0].start, blocks[-1].end, "".join(gap), Rendering(judge.html(blocks))))
        gap.clear()
    return units


def _groups(tree: Tree, edits: Edits) -> Iterator[tuple[Block, ...]]:
    """Blocks one by one, and those together that one edit reaches over."""
    group: list[Block] = []
    reach = 0
    pending = iter(edits.edits)
    edit = next(pending, None)
    for block in tree.blocks:
        if group and block.start >= reach:
            yield tuple(group)
            group.clear()
        group.append(block)
        reach = max(reach, block.end)
        while edit is not None and edit.start < block.end:
            reach = max(reach, edit.end)
            edit = next(pending, None)
    if group:
        yield tuple(group)


class Writer:
    """Writes units, one form after the other."""

    __slots__ = ("_definitions", "edits", "judge", "tree", "voice")

    def __init__(self, tree: Tree, edits: Edits, judge: Judge) -> None:
        self.tree = tree
        self.edits = edits
        self.judge = judge
        self.voice = Voice(tree, judge.decisions, judge.options)
        self._definitions = judge.definitions()

    def write(self, unit: Unit, level: int = COPIED) -> None:
        """Give the unit the first form, from `level` on, that shows what Grav shows."""
        for form, text in self._forms(unit, level):
            unit.text, unit.level = text, form
            masked = "" if isinstance(unit.blocks[0], CodeBlock | HtmlBlock) else None
            checked = self._definitions + text if "[" in text else text
            unit.sure = self.judge.agrees(checked, unit.expected, masked=masked)
            if unit.sure:
                return

    def _forms(self, unit: Unit, level: int) -> Iterator[tuple[int, str]]:
        if level <= COPIED and self.edits.possible(unit.start, unit.end):
            edits = self.edits.within(unit.start, unit.end)
            yield COPIED, apply_edits(self.tree.source, edits, unit.start, unit.end)
        if level <= WRITTEN:
            yield from ((WRITTEN, text) for text in self._written(unit.blocks))
        if level <= PARTLY_HTML:
            forced = forced_nodes(unit.blocks, self.voice, self.judge, self._definitions)
            if forced:
                yield from ((PARTLY_HTML, text) for text in
                            self._written(unit.blocks, forced))
        yield HTML, _line(html_block(unit.expected.html))

    def _written(self, blocks: Sequence[Block], forced: frozenset[int] = frozenset()) -> Iterator[str]:
        for strict in (False, True):
            voice = replace(self.voice, strict=strict, forced=forced)
            try:
                yield _line(say_blocks(blocks, voice, self.judge.html))
            except (Unsayable, RecursionError):
                return


def _line(text: str) -> str:
    return text + "\n" if text else ""
