"""Each unit in the form closest to the author's that shows the right thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from migrate.content.compare import canonical, differ_surely
from migrate.content.goldmark.blocks import say_blocks
from migrate.content.goldmark.doubts import comment_doubt, html_doubt, hugo_doubt
from migrate.content.goldmark.forcing import forced_nodes
from migrate.content.goldmark.html_markdown import markdown_of
from migrate.content.goldmark.judge import Judge
from migrate.content.goldmark.patches import Edit, Edits, apply_edits
from migrate.content.goldmark.raw_html import for_hugo, html_block
from migrate.content.goldmark.touches import with_escapes
from migrate.content.goldmark.units import COPIED, HTML, PARTLY_HTML, WRITTEN, Unit, holds_block_tags, wrong_units
from migrate.content.goldmark.voice import UnsayableError, Voice
from migrate.content.tree import (
    Block,
    CodeBlock,
    Comment,
    Definition,
    Divider,
    Footnote,
    FootnoteReference,
    HtmlBlock,
    List,
    Notice,
    Paragraph,
    Quote,
    Tree,
    walk,
)


class Writer:
    """Writes units, one form after the other."""

    __slots__ = ("edits", "judge", "tree", "voice")

    def __init__(self, tree: Tree, edits: Edits, judge: Judge) -> None:
        self.tree = tree
        self.edits = edits
        self.judge = judge
        self.voice = Voice(tree, judge.decisions, judge.options, judge.raw_html,
                           notes_in_markdown=judge.notes_in_markdown)

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
            elif self._is_broken(unit):
                self.write(unit, HTML)
            elif self._mentions_notes(unit) or self._is_shadowed(unit):
                self.write(unit, WRITTEN)
            elif id(unit) in wrong or self._wants_markdown(unit) or (not sure and self._needs_care(unit)):
                self.write(unit, undoubted=sure)
            else:
                unit.text = self._copied(unit)
            previous = unit.blocks[-1]

    def _is_shadowed(self, unit: Unit) -> bool:
        """True for a definition that Grav does not use: of several the last one counts, in Hugo the first."""
        block = unit.blocks[0]
        return isinstance(block, Definition) and self.tree.definitions.get(block.key) is not block

    def _is_broken(self, unit: Unit) -> bool:
        """True for text with hard wraps and the tags of blocks in it: a line end beside such a tag is none."""
        return (self.judge.options.hard_wraps and isinstance(unit.blocks[0], Paragraph | List | Quote)
                and holds_block_tags(unit.blocks) and "\n" in self.tree.source[unit.start:unit.end].strip())

    def _mentions_notes(self, unit: Unit) -> bool:
        """True where the author's text holds footnotes though the page's are written as HTML."""
        return bool(self.tree.notes) and not self.judge.notes_in_markdown and any(
            isinstance(node, Footnote | FootnoteReference) for block in unit.blocks for node in (block, *walk(block)))

    def _wants_markdown(self, unit: Unit) -> bool:
        return self.judge.options.html_to_markdown and type(unit.blocks[0]) is HtmlBlock

    def _needs_care(self, unit: Unit) -> bool:
        if not self.edits.possible(unit.start, unit.end):
            return True
        return self.is_doubtful(self._copied(unit), unit)

    def _copied(self, unit: Unit, edits: Sequence[Edit] | None = None) -> str:
        """The author's text with the edits made, by default what the decisions ask for."""
        chosen = self.edits.within(unit.start, unit.end) if edits is None else edits
        return self.judge.clean(apply_edits(self.tree.source, chosen, unit.start, unit.end))

    def write(self, unit: Unit, level: int = COPIED, *, undoubted: bool = False) -> None:
        """Give the unit the first form, from `level` on, that shows what Grav shows.

        `undoubted`: nothing in the author's own text makes the judge doubt it.
        """
        tried: set[str] = set()
        for form, text in self._forms(unit, level):
            unit.text, unit.level = text, form
            unit.sure = text not in tried and (
                form == HTML or (undoubted and form == COPIED) or not self.is_doubtful(text, unit)
            ) and self._agrees(text, unit, form)
            if unit.sure:
                return
            tried.add(text)

    def _agrees(self, text: str, unit: Unit, form: int) -> bool:
        unit.shown = self.judge.folded(self.judge.with_definitions(text), notes=False)
        if unit.shown == unit.expected.folded:
            return True
        if form == HTML:
            return self.judge.agrees_on_html(text, unit.blocks, unit.notes)
        if "\ue010" not in text and unit.is_plain and differ_surely(unit.shown, unit.expected.folded):
            return False
        return canonical(unit.shown) == unit.expected.canonical

    def is_doubtful(self, text: str, unit: Unit) -> bool:
        """True where the judge may be wrong about the unit in this form; code is beyond doubt."""
        if isinstance(unit.blocks[0], CodeBlock):
            return hugo_doubt(text) is not None
        if isinstance(unit.blocks[0], Comment):
            return comment_doubt(text) is not None
        if isinstance(unit.blocks[0], HtmlBlock):
            return hugo_doubt(text) is not None or html_doubt(text) is not None
        return self.judge.doubt(text) is not None

    def _forms(self, unit: Unit, level: int) -> Iterator[tuple[int, str]]:
        if level <= WRITTEN and self._wants_markdown(unit):
            yield WRITTEN, _line(markdown_of(self.judge.raw_html(unit.blocks)))
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
            forced = forced_nodes(unit.blocks, self.voice, self.judge)
            if forced:
                yield from ((PARTLY_HTML, text) for text in self._written(unit.blocks, forced))
        yield HTML, _line(html_block(for_hugo(self.judge.raw_html(unit.blocks, unit.notes))))

    def _written(self, blocks: Sequence[Block], forced: frozenset[int] = frozenset()) -> Iterator[str]:
        for strict in (False, True):
            voice = replace(self.voice, strict=strict, forced=forced)
            try:
                yield self.judge.clean(_line(say_blocks(blocks, voice)))
            except (UnsayableError, RecursionError):
                return


def _line(text: str) -> str:
    return text + "\n" if text else ""
