"""Tree → Markdown that Goldmark shows in the same way.

The HTML that Grav shows (`html.py`) is the truth. The author's own text, with the decisions patched in, is
rendered as Goldmark would and compared with it: equal, and nothing else is touched. Where it differs the page is
taken block by block: the author's text, else the block written anew, else raw HTML; then the whole page again,
because blocks act on their neighbours. What still differs is a finding.
"""

from __future__ import annotations

from typing import NamedTuple

from migrate.content.decisions import NONE, Decisions
from migrate.content.finishing import finish
from migrate.content.goldmark_options import GoldmarkOptions, hugo_markup
from migrate.content.judge import Judge
from migrate.content.mending import mend
from migrate.content.page import COPIED, PARTLY_HTML, Unit, Writer, units_of
from migrate.content.patches import apply_edits, collect_edits
from migrate.content.tree import Blank, FootnoteReference, Tree, walk
from migrate.findings import Finding, find

__all__ = ["GoldmarkOptions", "Rendered", "hugo_markup", "render"]


class Rendered(NamedTuple):
    """The Markdown of a page, what was noticed, and how many of its blocks are the author's own text."""

    text: str
    findings: tuple[Finding, ...]
    copied_blocks: int
    total_blocks: int


def render(tree: Tree, decisions: Decisions = NONE, options: GoldmarkOptions = GoldmarkOptions(), *,
           subject: str = "", first_line: int = 1) -> Rendered:
    """The page's Markdown for Hugo. `subject` and `first_line` (the body's first line in its file) place findings."""
    total = sum(1 for block in tree.blocks if type(block) is not Blank)
    judge = Judge(tree, decisions, options)
    edits = collect_edits(tree, decisions)
    text = judge.clean(apply_edits(tree.source, edits.edits, 0, len(tree.source)))
    shown = judge.folded(text)
    sure = not edits.impossible and judge.doubt(text) is None
    if sure and shown == judge.page.folded:
        return Rendered(finish(text, decisions), (), total, total)
    page = _block_by_block(shown, Writer(tree, edits, judge), sure=sure)
    if judge.notes_in_markdown and not page.keeps_notes:
        judge = Judge(tree, decisions, options, notes_in_markdown=False)
        page = _block_by_block(judge.folded(text), Writer(tree, edits, judge), sure=sure)
    copied = sum(len(unit.blocks) for unit in page.units if unit.level == COPIED)
    return Rendered(finish(page.text, decisions), _findings(page, tree, subject, first_line), copied, total)


class _Page(NamedTuple):
    """A page put together: its text, its units, and the number of the unit where it still goes wrong."""

    text: str
    units: list[Unit]
    wrong: int | None

    @property
    def keeps_notes(self) -> bool:
        """True where Goldmark finds every mention of a footnote, none being HTML."""
        return self.wrong is None and not any(
            unit.level >= PARTLY_HTML and any(isinstance(node, FootnoteReference) for block in unit.blocks
                                              for node in walk(block)) for unit in self.units)


def _block_by_block(shown: str, writer: Writer, *, sure: bool) -> _Page:
    units = units_of(writer.tree, writer.edits, writer.judge)
    writer.write_all(units, shown, sure=sure)
    text, wrong = mend(units, writer)
    return _Page(text, units, wrong)


def _findings(page: _Page, tree: Tree, subject: str, first_line: int) -> tuple[Finding, ...]:
    def line(unit: Unit) -> int:
        return first_line + tree.source.count("\n", 0, unit.start)

    findings = [find("G206", subject, line(unit), what="a part") for unit in page.units if unit.level >= PARTLY_HTML]
    unsure = [unit for unit in page.units if not unit.sure]
    if page.wrong is not None:
        unsure.append(page.units[page.wrong])
    findings += [find("G207", subject, number) for number in sorted({line(unit) for unit in unsure})]
    return tuple(findings)
