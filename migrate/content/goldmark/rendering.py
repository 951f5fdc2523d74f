"""The page as a whole: judged at once, taken apart only where it must be, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from migrate.content.decisions import NONE, Decisions
from migrate.content.goldmark.finishing import finish
from migrate.content.goldmark.judge import Judge
from migrate.content.goldmark.mending import mend
from migrate.content.goldmark.noticing import Notice, noticed_of_page, noticed_of_units
from migrate.content.goldmark.patches import apply_edits, collect_edits
from migrate.content.goldmark.units import COPIED, PARTLY_HTML, Unit, holds_block_tags, units_of
from migrate.content.goldmark.writer import Writer
from migrate.content.goldmark_options import GoldmarkOptions
from migrate.content.tree import Blank, Footnote, FootnoteReference, HtmlBlock, Problem, Tree, walk
from migrate.findings import Finding, find

_USUAL = GoldmarkOptions()


class Rendered(NamedTuple):
    """The Markdown of a page, what was noticed, and how many of its blocks are the author's own text."""

    text: str
    findings: tuple[Finding, ...]
    copied_blocks: int
    total_blocks: int


def render(tree: Tree, decisions: Decisions = NONE, options: GoldmarkOptions = _USUAL, *,
           subject: str = "", first_line: int = 1) -> Rendered:
    """The page's Markdown for Hugo.

    `subject` names the page in findings, `first_line` is the line of its file on which the body begins. Never
    fails: what cannot be said in Markdown becomes HTML, and what cannot be shown as it was is a finding.
    """
    total = sum(1 for block in tree.blocks if type(block) is not Blank)
    judge = Judge(tree, decisions, options)
    page, noticed = _page(judge, total)
    everything: list[Problem | Notice] = [*tree.problems, *noticed, *noticed_of_page(judge, page.units)]
    findings = _findings(everything, tree, subject, first_line)
    return Rendered(finish(page.text, decisions), findings, page.copied, total)


def _findings(noticed: list[Problem | Notice], tree: Tree, subject: str, line: int) -> tuple[Finding, ...]:
    """Notices as findings, in the order of the page; `line`: where it begins."""
    found = []
    place = 0
    for notice in sorted(noticed, key=lambda notice: notice.start):
        line += tree.source.count("\n", place, notice.start)
        place = notice.start
        found.append(find(notice.code, subject, line, **notice.fields))
    return tuple(found)


class _Page(NamedTuple):
    """A page put together: its text, its units (none: all of it is the author's), and how many blocks are copied."""

    text: str
    units: Sequence[Unit]
    copied: int


def _page(judge: Judge, total: int) -> tuple[_Page, Sequence[Notice]]:
    tree = judge.tree
    edits = collect_edits(tree, judge.decisions)
    text = judge.clean(apply_edits(tree.source, edits.edits, 0, len(tree.source)))
    shown = judge.folded(text)
    sure = not edits.impossible and judge.doubt(text) is None
    broken = judge.options.hard_wraps and "<" in tree.source and holds_block_tags(tree.blocks)
    if sure and not broken and shown == judge.page.folded and not _wants_markdown(judge):
        return _Page(text, (), total), ()
    page, wrong = _block_by_block(shown, Writer(tree, edits, judge), sure=sure)
    if judge.notes_in_markdown and not _keeps_notes(page.units, wrong):
        judge = Judge(tree, judge.decisions, judge.options, notes_in_markdown=False)
        page, wrong = _block_by_block(judge.folded(text), Writer(tree, edits, judge), sure=sure)
    return page, noticed_of_units(page.units, wrong)


def _wants_markdown(judge: Judge) -> bool:
    return judge.options.html_to_markdown and any(type(block) is HtmlBlock for block in judge.tree.blocks)


def _block_by_block(shown: str, writer: Writer, *, sure: bool) -> tuple[_Page, int | None]:
    units = units_of(writer.tree, writer.edits, writer.judge)
    writer.write_all(units, shown, sure=sure)
    text, wrong = mend(units, writer)
    copied = sum(sum(type(block) is not Blank for block in unit.blocks) for unit in units if unit.level == COPIED)
    return _Page(text, units, copied), wrong


def _keeps_notes(units: Sequence[Unit], wrong: int | None) -> bool:
    """True where Goldmark finds every mention of a footnote, none being HTML."""
    return wrong is None and not any(
        isinstance(node, FootnoteReference | Footnote)
        for unit in units if unit.level >= PARTLY_HTML for block in unit.blocks for node in (block, *walk(block)))
