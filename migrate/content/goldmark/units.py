"""A page's top-level blocks as units that are written one by one, and which of them the whole page shows right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from migrate.content.compare import Rendering, squeezed
from migrate.content.goldmark.judge import BREAK, Judge
from migrate.content.goldmark.patches import Edits, apply_edits
from migrate.content.markup import INLINE
from migrate.content.tree import (
    Blank,
    Block,
    Comment,
    DefinitionList,
    Html,
    HtmlBlock,
    MixedHtml,
    Note,
    Shortcode,
    Tree,
    Twig,
    TwigLine,
    walk,
)

_TAG_NAME = re.compile(r"</?([A-Za-z][\w-]*)")
_TELLING = 40
_NEAR = 12
_FAR, _FARTHEST = 5_000, 30_000
_RAW = frozenset((HtmlBlock, Comment, MixedHtml, Shortcode, Twig, TwigLine))
COPIED, WRITTEN, PARTLY_HTML, HTML = range(4)


@dataclass(slots=True)
class Unit:
    """Top-level blocks that are written together: one, but where a replaced region spans several."""

    blocks: tuple[Block, ...]
    start: int
    end: int
    gap: str                              # blank lines in front of it
    expected: Rendering
    tail: str = ""                        # blank lines behind it, of the last one
    notes: tuple[Note, ...] = ()          # footnotes that are written as HTML with it
    text: str = ""
    level: int = COPIED
    shown: str | None = None              # what is shown for `text`, folded; None: as in `expected`
    before: str = ""                      # "blank" or "comment": what had to part it from its neighbour
    sure: bool = True                     # False: no form of it is sure to show the right thing
    plain: bool | None = None             # what `is_plain` found

    @property
    def is_self_contained(self) -> bool:
        """True where it shows exactly what it should, or opens no element that it does not close."""
        if self.shown is None or squeezed(self.shown) == squeezed(self.expected.folded):
            return True
        return self.is_plain and not any(type(node) is Html for block in self.blocks for node in walk(block))

    @property
    def is_plain(self) -> bool:
        """True where it is Markdown and inline tags only: what differs in more than white space is different."""
        if self.plain is None:
            self.plain = not any(type(block) in _RAW or _holds_raw(block) for block in self.blocks)
        return self.plain


def holds_block_tags(blocks: Sequence[Block]) -> bool:
    """True where tags of blocks stand within text: only a browser knows what they do there."""
    return any(isinstance(node, Html) and not _is_inline(node.text) for block in blocks for node in walk(block))


def _holds_raw(block: Block) -> bool:
    """True where raw HTML is in it that is more than inline tags: a browser may drop it, or move it elsewhere."""
    return any(type(node) in _RAW or (isinstance(node, Html) and not _is_inline(node.text)) for node in walk(block))


@lru_cache(1024)
def _is_inline(html: str) -> bool:
    return "<" not in html or any(name[1].lower() in INLINE for name in _TAG_NAME.finditer(html))


def units_of(tree: Tree, edits: Edits, judge: Judge) -> list[Unit]:
    """The page's blocks, in order, with the blank lines in front of each."""
    units: list[Unit] = []
    gap: list[str] = []
    for blocks in _groups(tree, edits):
        if type(blocks[0]) is Blank:
            start, end = blocks[0].start, blocks[0].end
            gap.append(judge.clean(apply_edits(tree.source, edits.within(start, end), start, end)))
            continue
        units.append(Unit(blocks, blocks[0].start, blocks[-1].end, "".join(gap), Rendering(judge.html(blocks))))
        gap.clear()
    if tree.notes and not judge.notes_in_markdown:
        end = len(tree.source)
        units.append(Unit((), end, end, "".join(gap), Rendering(judge.html((), tree.notes)), notes=tree.notes))
    elif units:
        units[-1].tail = "".join(gap)
    return units


def wrong_units(units: Sequence[Unit], shown: str) -> list[Unit]:
    """Those of the units that are not seen, in their order, in the folded HTML that the whole page shows."""
    wrong: list[Unit] = []
    place = number = 0
    while number < len(units):
        expected = units[number].expected.folded
        if shown.startswith(expected, place):
            number += 1
            place += len(expected)
            place = past_line_ends(shown, place)
            continue
        following, place = _found_again(units, number + 1, shown, place)
        start = number - 1                    # what is too much may belong to the one before, or to a hidden one
        while start > 0 and not units[start].expected.folded:
            start -= 1
        wrong += units[max(0, start):following]
        number = following
    return wrong


def _found_again(units: Sequence[Unit], number: int, shown: str, place: int) -> tuple[int, int]:
    """The next unit that is seen, from `number` on, and where; it must be long enough to be known by its text."""
    reach = place + _FAR
    for following in range(number, len(units)):
        reach += 2 * len(units[following - 1].expected.folded)
        text = ""
        for unit in units[following:following + _NEAR]:
            text += unit.expected.folded
            if len(text) >= _TELLING:
                break
        found = shown.find(text, place, min(reach, place + _FARTHEST)) if len(text) >= _TELLING else -1
        if found >= 0:
            return following, found
    return len(units), len(shown)


def _groups(tree: Tree, edits: Edits) -> Iterator[tuple[Block, ...]]:
    """Blocks one by one, and those together that one edit reaches over."""
    group: list[Block] = []
    reach = 0
    pending = iter(edits.edits)
    edit = next(pending, None)
    for block in tree.blocks:
        if group and block.start >= reach and not _is_merged(group, block):
            yield tuple(group)
            group.clear()
        group.append(block)
        reach = max(reach, block.end)
        while edit is not None and edit.start < block.end:
            reach = max(reach, edit.end)
            edit = next(pending, None)
    if group:
        yield tuple(group)


def _is_merged(group: Sequence[Block], block: Block) -> bool:
    """True for definition lists that follow each other, and the blank lines between them: Grav shows one."""
    return isinstance(group[-1] if type(group[-1]) is not Blank else group[0], DefinitionList) and isinstance(
        block, DefinitionList | Blank)


def past_line_ends(shown: str, place: int) -> int:
    """The place behind what line ends leave between two units in folded HTML."""
    while shown.startswith(("\n", BREAK, " "), place):
        place += 1
    return place
