"""The judge: does this Markdown show what Grav shows?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrate.content.compare import Rendering, fold
from migrate.content.decisions import Decisions, Relink, Replace, opaque
from migrate.content.goldmark.bare_lines import as_paragraphs, has_bare_lines, is_bare
from migrate.content.goldmark.blocks import decided, say_definition
from migrate.content.goldmark.doubts import doubt
from migrate.content.goldmark.footnotes import in_one_form, without_notes
from migrate.content.goldmark.preview import preview
from migrate.content.goldmark.raw_html import without_stray_ends
from migrate.content.goldmark.soft_breaks import (
    BREAK,
    marked_breaks,
    tag_on_next_line,
    with_lines,
    with_marked_tags,
)
from migrate.content.goldmark.tokens import fill_tokens, has_controls, shown_tokens, unwrap_tokens, without_controls
from migrate.content.goldmark_options import GoldmarkOptions
from migrate.content.html import Printer
from migrate.content.tree import Block, Document, Image, Link, Note, Tree

__all__ = ["BREAK", "Judge"]

_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)++)\]", re.DOTALL)
_BLOCK_MARKS = re.compile("[\ue012\ue013]")


class Judge:
    """Compares Markdown with what Grav shows of the page, or of some of its blocks."""

    def __init__(self, tree: Tree, decisions: Decisions, options: GoldmarkOptions, *,
                 notes_in_markdown: bool = True) -> None:
        self.tree = tree
        self.decisions = decisions
        self.options = options
        self.notes_in_markdown = options.extra and notes_in_markdown and bool(tree.notes)
        self.bare_lines = has_bare_lines(tree.blocks)
        self.divider = f"<p>{tree.dialect.divider}</p>"
        self._printer = Printer(tree.dialect, tree, decisions)
        self._controls = has_controls(tree.source)
        self._cuts_regions = any(isinstance(decisions.get(number), Replace) for number in tree.partners)
        self._tags = self._target_tags() if decisions else {}
        self._definitions: dict[str, str] | None = None
        self._shown = {**shown_tokens(decisions), **{token: plain for plain, token in self._tags.items()}}
        self.page = Rendering(self.html(tree.blocks, tree.notes))

    def _target_tags(self) -> dict[str, str]:
        """Tags of links and pictures as they are printed, and the tokens of the target's own words for them."""
        tags: dict[str, str] = {}
        for node in self.tree.occurrences:
            decision = self.decisions.get(node.id)
            if isinstance(node, Link | Image) and isinstance(decision, Relink) and decision.html is not None:
                tags[self._printed_tag(node)] = opaque(node.id)
        return tags

    def _printed_tag(self, node: Link | Image) -> str:
        if isinstance(node, Image):
            return self._printer.image(node)
        return self._printer.link(node._replace(children=())).removesuffix("</a>")

    def html(self, blocks: Sequence[Block], notes: tuple[Note, ...] = ()) -> str:
        """The HTML that Grav shows for these blocks, the summary divider left out, as the judge compares it."""
        if self.options.hard_wraps:
            blocks, notes = with_marked_tags(blocks), with_marked_tags(notes)
        return self._spelled(self._printed(blocks, notes), notes=True)

    def raw_html(self, blocks: Sequence[Block], notes: tuple[Note, ...] = ()) -> str:
        """The HTML to write where these blocks are written as HTML; links in the target's own words are tokens."""
        html = self._printed(blocks, notes)
        for plain, token in self._tags.items():
            html = html.replace(plain, token)
        return html

    def _printed(self, blocks: Sequence[Block], notes: tuple[Note, ...]) -> str:
        if self.bare_lines:
            blocks = as_paragraphs(blocks, self._is_bare, within_items=self.options.hard_wraps)
        html = self._printer.finish(self._printer.document(Document(tuple(blocks), notes, bool(notes))))
        if "\ue012" in html or "\ue013" in html:
            html = _BLOCK_MARKS.sub("", html)     # of a region whose other end stands in another block
        if self._cuts_regions:
            html = without_stray_ends(html)
        if self.divider in html:
            html = html.replace(self.divider, "")
        return self.clean(html)

    def _is_bare(self, block: Block) -> bool:
        return is_bare(block, self.decisions, self.tree.partners)

    def shown(self, text: str, *, notes: bool = True) -> str:
        """The HTML that Goldmark is thought to show for the text, with or without the footnotes at the end."""
        text = fill_tokens(text, self._shown)
        if self.options.hard_wraps:
            html = with_lines(text, lambda marked: preview(marked, self.options), extra=self.options.extra)
        else:
            html = preview(text, self.options)
        return self._spelled(html, notes=notes)

    def _spelled(self, html: str, *, notes: bool) -> str:
        if self.notes_in_markdown and "footnote" in html:
            html = in_one_form(html, notes=notes)
        elif self.options.extra and "footnote-definition" in html:
            html = without_notes(html)        # nothing mentions them, so Goldmark does not show them
        if "\ue010" in html:
            html = unwrap_tokens(html)
        return marked_breaks(html) if self.options.hard_wraps else html

    def agrees_on_html(self, html: str, blocks: Sequence[Block], notes: tuple[Note, ...]) -> bool:
        """True where raw HTML, as Goldmark passes it on, is what Grav shows for these blocks."""
        expected = unwrap_tokens(self._printed(blocks, notes))
        return Rendering(expected).shows(preview(fill_tokens(html, self._shown), self.options))

    def folded(self, text: str, *, notes: bool = True) -> str:
        """What is shown for the text, folded."""
        return fold(self.shown(text, notes=notes))

    def agrees(self, text: str, expected: Rendering) -> bool:
        """True where Goldmark is sure to show `expected` for the text, a piece of the page."""
        return self.doubt(text) is None and expected.shows(self.shown(text, notes=False))

    def doubt(self, text: str) -> int | None:
        """Where in the text Goldmark may think differently than `shown`."""
        text = fill_tokens(text, self._shown)
        place = doubt(text, extra=self.options.extra)
        return tag_on_next_line(text) if place is None and self.options.hard_wraps and "<" in text else place

    def clean(self, text: str) -> str:
        """The text with newlines for all line ends, and without control characters."""
        return without_controls(text) if self._controls else text

    def with_definitions(self, text: str) -> str:
        """The text of a block that is judged alone, behind the definitions of the references and notes in it."""
        if "[" not in text or not (self.tree.definitions or self.notes_in_markdown):
            return text
        if self._definitions is None:
            self._definitions = self._definitions_by_label()
        labels = dict.fromkeys(_one_spelling(label) for label in _LABEL.findall(text))
        lines = [self._definitions[label] for label in labels if label in self._definitions]
        return "\n".join([*lines, "", text]) if lines else text

    def _definitions_by_label(self) -> dict[str, str]:
        """The lines that define references and notes, by their labels as Goldmark compares them."""
        blocks = self.tree.definitions.values()
        lines = {_one_spelling(block.label): say_definition(decided(block, self.decisions)) for block in blocks}
        if self.notes_in_markdown:
            lines |= {_one_spelling(f"^{note.label}"): f"[^{note.label}]: x\n" for note in self.tree.notes}
        return lines


def _one_spelling(label: str) -> str:
    return " ".join(label.casefold().split())
