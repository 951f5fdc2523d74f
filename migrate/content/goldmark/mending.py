"""Blocks act on their neighbours: two lists become one, a paragraph runs on, an HTML block swallows what follows.

The page made of blocks that are right each by itself is rendered once more. Where it goes wrong, the two blocks
that meet there are parted by a blank line, then by an empty comment, then written in another form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from migrate.content.compare import canonical, differ_surely, squeezed
from migrate.content.goldmark.blocks import would_merge
from migrate.content.goldmark.judge import BREAK, Judge
from migrate.content.goldmark.raw_html import EMPTY_COMMENT
from migrate.content.goldmark.units import COPIED, HTML, Unit, past_line_ends
from migrate.content.goldmark.writer import Writer
from migrate.content.tree import CodeBlock, Comment, DefinitionList, HtmlBlock, ShortcodeLine, TwigLine
from migrate.content.unclosed import COMMENT, SWALLOWING, first_unclosed

_MOVES = 60
_WORK = 600_000                               # characters: a move costs as much as the page is long
_BARE = (TwigLine, ShortcodeLine)
_UNCLOSED = SWALLOWING | {COMMENT}
_TAG = re.compile(r"<[A-Za-z/!]")
_VERBATIM = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)      # white space counts in them
_INDENTED_TAG = re.compile(r"\n*(?: {4}| {0,3}\t)[ \t]*</?\w+[^\n]?")
_VISIBLE = re.compile(r"\S")
_NEXT_LINE = re.compile(r"(?<=\S)([ \t]*+\n)([ \t]*+)(?=\S)")


class Joined(NamedTuple):
    """The page's text, where in it each unit begins, and the text without what is code or raw HTML."""

    text: str
    starts: list[int]
    masked: str


def joined(units: list[Unit]) -> Joined:
    """The page made of its units."""
    out: list[str] = []
    ends = "\n\n"                             # how the text so far ends; the start is like a blank line
    starts: list[int] = []
    masked: list[str] = []
    length = 0
    previous: Unit | None = None
    for unit in units:
        text = unit.gap
        if previous is not None and unit.text:
            text = _parting(previous, unit, ends + unit.gap)
        starts.append(length + len(text))
        text += unit.text + unit.tail
        out.append(text)
        raw = unit.level == HTML or isinstance(unit.blocks[0], HtmlBlock | Comment)
        masked.append(_masked(text, raw=raw) if raw or isinstance(unit.blocks[0], CodeBlock) else text)
        length += len(text)
        ends = (ends + text)[-2:]
        previous = unit if unit.text else previous
    return Joined("".join(out), starts, "".join(masked))


def _masked(text: str, *, raw: bool) -> str:
    """Code or HTML that is beyond doubt, but for a first line that its indentation may keep within the text above.

    `raw`: HTML, whose lines run on to the next blank one, whatever tabs they begin with.
    """
    indented = _INDENTED_TAG.match(text)
    start = indented.end() if indented else 0
    masked = text[:start] + _VISIBLE.sub("x", text[start:])
    return _NEXT_LINE.sub(lambda edge: edge[1] + edge[2].replace("\t", " "), masked) if raw else masked


def _parting(previous: Unit, unit: Unit, ends: str) -> str:
    """What stands between two units."""
    if not unit.blocks:
        return unit.gap if ends.endswith("\n\n") else unit.gap + "\n\n"
    comment = unit.before == "comment" or (
        (previous.level or unit.level) and would_merge(previous.blocks[-1], unit.blocks[0]))
    bare = isinstance(unit.blocks[0], _BARE) or isinstance(previous.blocks[-1], _BARE)
    if not (comment or unit.before or unit.level or previous.level or bare):
        return unit.gap
    gap = unit.gap
    if not ends.endswith("\n\n"):
        gap += "\n" if ends.endswith("\n") else "\n\n"
    return f"{gap}{EMPTY_COMMENT}\n\n" if comment else gap


class Wrong(NamedTuple):
    """Where a page goes wrong. A doubt comes after everything that is surely wrong: it is only looked for then."""

    doubtful: bool
    unit: int


def mend(units: list[Unit], writer: Writer) -> tuple[str, int | None]:
    """The page's text, and the number of the unit at which it still differs from Grav, or None."""
    text, wrong = _mended(units, writer)
    return text, None if wrong is None else wrong.unit


def _mended(units: list[Unit], writer: Writer) -> tuple[str, Wrong | None]:
    page = joined(units)
    wrong = first_difference(units, page, writer.judge)
    moves = max(4, min(_MOVES, _WORK // (len(page.text) + len(writer.judge.page.html) + 1)))
    while wrong is not None and moves > 0:
        for move in _moves(units, wrong.unit, writer):
            undo = move()
            if undo is None:
                continue
            moves -= 1
            page = joined(units)
            now = first_difference(units, page, writer.judge)
            if now is None or now > wrong:
                wrong = now
                break
            undo()
            if moves <= 0:
                return joined(units).text, wrong
        else:
            return joined(units).text, wrong
    return page.text, wrong


Undo = Callable[[], None]


def _moves(units: list[Unit], wrong: int, writer: Writer) -> Iterator[Callable[[], Undo | None]]:
    near = [number for number in (wrong, wrong + 1, wrong - 1) if 0 <= number < len(units)]
    for how in ("blank", "comment"):
        for number in near:
            if number > 0:
                yield lambda n=number, h=how: _part(units[n], h)          # type: ignore[misc]
    for number in near:
        for level in range(COPIED + 1, HTML + 1):
            yield lambda n=number, v=level: _rewrite(units[n], v, writer)  # type: ignore[misc]


def _part(unit: Unit, how: str) -> Undo | None:
    before = unit.before
    if before == how or before == "comment":
        return None
    unit.before = how

    def undo() -> None:
        unit.before = before

    return undo


def _rewrite(unit: Unit, level: int, writer: Writer) -> Undo | None:
    if unit.level >= level:
        return None
    was = unit.text, unit.level, unit.sure
    writer.write(unit, level)

    def undo() -> None:
        unit.text, unit.level, unit.sure = was

    return undo


def first_difference(units: list[Unit], page: Joined, judge: Judge) -> Wrong | None:
    """The first unit at which the page goes wrong, None where it does not."""
    shown = judge.folded(page.text)
    wrong = _first_wrong(units, shown, judge)
    if wrong is not None:
        return Wrong(False, wrong)
    place = judge.doubt(page.masked)
    return None if place is None else Wrong(True, max(0, sum(1 for start in page.starts if start <= place + 2) - 1))


def _first_wrong(units: list[Unit], shown: str, judge: Judge) -> int | None:
    if shown == judge.page.folded:
        return None
    place = 0
    for number, unit in enumerate(units):
        expected = unit.expected.folded if unit.shown is None else unit.shown
        if not shown.startswith(expected, place):
            return None if _shows_page(shown, units, judge) else number
        place += len(expected)
        place = past_line_ends(shown, place)
    verbatim = _VERBATIM.search(judge.tree.source) is not None
    complete = place == len(shown) and not verbatim and all(unit.is_self_contained for unit in units)
    merging = sum(type(unit.blocks[0]) is DefinitionList for unit in units if unit.blocks) > 1
    complete = complete and not merging and not judge.notes_in_markdown
    if complete and not (_TAG.search(judge.tree.source) and any(unit.level for unit in units)):
        return None
    if place == len(shown) and judge.options.hard_wraps and _shows_units(units, judge):
        return None
    if not verbatim and squeezed(shown) == squeezed(judge.page.folded) and not first_unclosed(shown, _UNCLOSED):
        return None
    if _shows_page(shown, units, judge):
        return None
    return next((number for number, unit in enumerate(units) if not unit.is_self_contained), len(units) - 1)


def _shows_page(shown: str, units: list[Unit], judge: Judge) -> bool:
    """True where the whole page looks as it should: as trees, but where the texts alone show that it does not."""
    tags = _TAG.search(judge.tree.source)
    if not tags and all(unit.is_plain for unit in units) and differ_surely(shown, judge.page.folded):
        return False
    return canonical(shown) == judge.page.canonical


def _shows_units(units: list[Unit], judge: Judge) -> bool:
    """True where what the units show makes the same tree as what they should, without the line ends between them.

    A unit that is sure to be right as HTML is: the line breaks in it are tags, those of Markdown are line ends.
    """
    seen = "".join(unit.expected.folded if unit.shown is None or (unit.level == HTML and unit.sure) else unit.shown
                   for unit in units)
    expected = "".join(unit.expected.folded for unit in units)
    together = squeezed(expected).replace(BREAK, "") == squeezed(judge.page.folded).replace(BREAK, "")
    return together and canonical(seen) == canonical(expected)
