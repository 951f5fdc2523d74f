"""A page put together block by block: each block in the form closest to the author's that shows the right thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from migrate.content.block_markdown import say_blocks
from migrate.content.compare import Rendering, canonical, fold, squeezed
from migrate.content.forcing import forced_nodes
from migrate.content.inline_markdown import Unsayable, Voice
from migrate.content.judge import Judge
from migrate.content.patches import Edit, Edits, apply_edits, with_escapes
from migrate.content.preview import html_doubt
from migrate.content.raw_html import html_block, without_openers
from migrate.content.tree import (
    Blank,
    Block,
    CodeBlock,
    Comment,
    DefinitionList,
    Divider,
    Footnote,
    FootnoteReference,
    Html,
    HtmlBlock,
    MixedHtml,
    Note,
    Notice,
    Shortcode,
    Tree,
    Twig,
    TwigLine,
    walk,
)

_TELLING = 40
_NEAR = 12
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
    notes: tuple[Note, ...] = ()          # footnotes that are written as HTML with it
    text: str = ""
    level: int = COPIED
    shown: str | None = None              # what is shown for `text`, folded; None: as in `expected`
    before: str = ""                      # "blank" or "comment": what had to part it from its neighbour
    sure: bool = True                     # False: no form of it is sure to show the right thing

    @property
    def is_self_contained(self) -> bool:
        """True where it shows exactly what it should, or opens no element that it does not close."""
        if self.shown is None or squeezed(self.shown) == squeezed(self.expected.folded):
            return True
        return self.is_plain and not any(type(node) is Html for block in self.blocks for node in walk(block))

    @property
    def is_plain(self) -> bool:
        """True where it is Markdown and inline tags only: what differs in more than white space is different."""
        return not any(type(node) in _RAW for block in self.blocks for node in (block, *walk(block)))


def units_of(tree: Tree, edits: Edits, judge: Judge) -> list[Unit]:
    """The page's blocks, in order, with the blank lines in front of each."""
    units: list[Unit] = []
    gap: list[str] = []
    for blocks in _groups(tree, edits):
        if type(blocks[0]) is Blank:
            gap.append(judge.clean(tree.source[blocks[0].start:blocks[0].end]))
            continue
        units.append(Unit(blocks, blocks[0].start, blocks[-1].end, "".join(gap), Rendering(judge.html(blocks))))
        gap.clear()
    if tree.notes and not judge.notes_in_markdown:
        end = len(tree.source)
        units.append(Unit((), end, end, "".join(gap), Rendering(judge.html((), tree.notes)), tree.notes))
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
            while shown.startswith("\n", place):
                place += 1
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
    for following in range(number, min(len(units), number + _NEAR)):
        text = ""
        for unit in units[following:following + _NEAR]:
            text += unit.expected.folded
            if len(text) >= _TELLING:
                break
        found = shown.find(text, place) if len(text) >= _TELLING else -1
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


class Writer:
    """Writes units, one form after the other."""

    __slots__ = ("_definitions", "edits", "judge", "tree", "voice")

    def __init__(self, tree: Tree, edits: Edits, judge: Judge) -> None:
        self.tree = tree
        self.edits = edits
        self.judge = judge
        self.voice = Voice(tree, judge.decisions, judge.options, notes_in_markdown=judge.notes_in_markdown)
        self._definitions = judge.definitions()

    def write_all(self, units: Sequence[Unit], shown: str, *, sure: bool) -> None:
        """Give each unit its form, the author's where it is seen in what the whole page shows (`shown`, folded).

        `sure`: nothing in the page makes the judge doubt what is shown.
        """
        wrong = {id(unit) for unit in wrong_units(units, shown)}
        previous: Block | None = None
        for unit in units:
            if not unit.blocks:
                self.write(unit, HTML)
                continue
            indented = isinstance(unit.blocks[0], CodeBlock) and not unit.blocks[0].fenced
            if isinstance(previous, Divider) and indented:
                self.write(unit, WRITTEN)     # Hugo would drop the indentation of what follows its divider
            elif self._mentions_notes(unit):
                self.write(unit, WRITTEN)
            elif id(unit) in wrong or (not sure and self._needs_care(unit)):
                self.write(unit)
            else:
                unit.text = self._copied(unit)
            previous = unit.blocks[-1]

    def _mentions_notes(self, unit: Unit) -> bool:
        """True where the author's text holds footnotes though the page's are written as HTML."""
        return bool(self.tree.notes) and not self.judge.notes_in_markdown and any(
            isinstance(node, Footnote | FootnoteReference) for block in unit.blocks for node in (block, *walk(block)))

    def _needs_care(self, unit: Unit) -> bool:
        if not self.edits.possible(unit.start, unit.end):
            return True
        return self.is_doubtful(self._copied(unit), unit)

    def _copied(self, unit: Unit, edits: Sequence[Edit] | None = None) -> str:
        """The author's text with the edits made, by default what the decisions ask for."""
        chosen = self.edits.within(unit.start, unit.end) if edits is None else edits
        return self.judge.clean(apply_edits(self.tree.source, chosen, unit.start, unit.end))

    def write(self, unit: Unit, level: int = COPIED) -> None:
        """Give the unit the first form, from `level` on, that shows what Grav shows."""
        tried: set[str] = set()
        for form, text in self._forms(unit, level):
            unit.text, unit.level = text, form
            unit.sure = text not in tried and self._agrees(text, unit, form)
            if unit.sure:
                return
            tried.add(text)

    def _agrees(self, text: str, unit: Unit, form: int) -> bool:
        if form != HTML and self.is_doubtful(text, unit):
            return False
        unit.shown = fold(self.judge.shown(self._definitions + text if "[" in text else text, notes=False))
        if unit.shown == unit.expected.folded:
            return True
        if "\ue010" not in text and unit.is_plain and squeezed(unit.shown) != squeezed(unit.expected.folded):
            return False
        return canonical(unit.shown) == unit.expected.canonical

    def is_doubtful(self, text: str, unit: Unit) -> bool:
        """True where the judge may be wrong about the unit in this form; code is beyond doubt."""
        if isinstance(unit.blocks[0], CodeBlock):
            return False
        return (html_doubt(text) if isinstance(unit.blocks[0], HtmlBlock) else self.judge.doubt(text)) is not None

    def _forms(self, unit: Unit, level: int) -> Iterator[tuple[int, str]]:
        if level <= WRITTEN and self.edits.possible(unit.start, unit.end) and type(unit.blocks[0]) is not Notice:
            edits = self.edits.within(unit.start, unit.end)
            if level <= COPIED:
                yield COPIED, self._copied(unit)
            escaped = with_escapes(unit.blocks, edits, self.voice)
            if len(escaped) > len(edits) and not self._mentions_notes(unit):
                yield WRITTEN, self._copied(unit, escaped)
        if level <= WRITTEN:
            yield from ((WRITTEN, text) for text in self._written(unit.blocks))
        if level <= PARTLY_HTML:
            forced = forced_nodes(unit.blocks, self.voice, self.judge, self._definitions)
            if forced:
                yield from ((PARTLY_HTML, text) for text in
                            self._written(unit.blocks, forced))
        yield HTML, _line(html_block(without_openers(self.judge.raw_html(unit.blocks, unit.notes))))

    def _written(self, blocks: Sequence[Block], forced: frozenset[int] = frozenset()) -> Iterator[str]:
        for strict in (False, True):
            voice = replace(self.voice, strict=strict, forced=forced)
            try:
                yield self.judge.clean(_line(say_blocks(blocks, voice, self.judge.raw_html)))
            except (Unsayable, RecursionError):
                return


def _line(text: str) -> str:
    return text + "\n" if text else ""
