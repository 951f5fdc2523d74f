"""The judge: does this Markdown show what Grav shows?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrate.content.bare_lines import as_paragraphs, has_bare_lines
from migrate.content.block_markdown import decided, say_definition
from migrate.content.compare import Rendering, fold
from migrate.content.decisions import Decisions
from migrate.content.goldmark_options import GoldmarkOptions
from migrate.content.html import Printer
from migrate.content.notes_compare import in_one_form
from migrate.content.preview import doubt, fill_tokens, has_controls, preview, shown_tokens, unwrap_tokens, without_controls
from migrate.content.tree import Block, Document, Note, Tree

_BLOCK_MARKS = re.compile("[\ue012\ue013]")


class Judge:
    """Compares Markdown with what Grav shows of the page, or of some of its blocks."""

    __slots__ = ("_bare_lines", "_controls", "_divider", "_printer", "_shown", "decisions", "notes_in_markdown", "options", "page", "tree")

    def __init__(self, tree: Tree, decisions: Decisions, options: GoldmarkOptions, *,
                 notes_in_markdown: bool = True) -> None:
        self.tree = tree
        self.decisions = decisions
        self.options = options
        self.notes_in_markdown = options.extra and notes_in_markdown and bool(tree.notes)
        self._shown = shown_tokens(decisions) if decisions else {}
        self._bare_lines = has_bare_lines(tree.blocks)
        self._controls = has_controls(tree.source)
        self._divider = f"<p>{tree.dialect.divider}</p>"
        self._printer = Printer(tree.dialect, tree, decisions)
        self.page = Rendering(self.html(tree.blocks, tree.notes))

    def html(self, blocks: Sequence[Block], notes: tuple[Note, ...] = ()) -> str:
        """The HTML that Grav shows for these blocks, the summary divider left out, as the judge compares it."""
        html = self.raw_html(blocks, notes)
        if self.notes_in_markdown and "footnote" in html:
            html = in_one_form(html)
        return unwrap_tokens(html) if "\ue010" in html else html

    def raw_html(self, blocks: Sequence[Block], notes: tuple[Note, ...] = ()) -> str:
        """The HTML to write where these blocks are written as HTML."""
        if self._bare_lines:
            blocks = as_paragraphs(blocks, self.decisions, self.tree.partners)
        html = self._printer.finish(self._printer.document(Document(tuple(blocks), notes, bool(notes))))
        html = self.clean(html)
        if self.decisions:
            html = _BLOCK_MARKS.sub("", html)     # of a region whose other end stands in another block
        if self._divider in html:
            html = html.replace(self._divider, "")
        return html

    def shown(self, text: str, *, notes: bool = True) -> str:
        """The HTML that Goldmark is thought to show for the text, with or without the footnotes at the end."""
        html = preview(fill_tokens(text, self._shown), self.options)
        return in_one_form(html, notes=notes) if self.notes_in_markdown and "footnote" in html else html

    def agrees(self, text: str, expected: Rendering) -> bool:
        """True where Goldmark is sure to show `expected` for the text, a piece of the page."""
        return self.doubt(text) is None and expected.shows(self.shown(text, notes=False))

    def doubt(self, text: str) -> int | None:
        """Where in the text Goldmark may think differently than `shown`."""
        return doubt(fill_tokens(text, self._shown), extra=self.options.extra)

    def folded(self, text: str) -> str:
        """What is shown for the text, folded."""
        return fold(self.shown(text))

    def clean(self, text: str) -> str:
        """The text with newlines for all line ends, and without control characters."""
        return without_controls(text) if self._controls else text

    def definitions(self) -> str:
        """All reference definitions, to stand in front of a block that is judged alone."""
        lines = [say_definition(decided(block, self.decisions)) for block in self.tree.definitions.values()]
        if self.notes_in_markdown:
            lines += [f"[^{note.label}]: x\n" for note in self.tree.notes]
        return "\n".join(lines) + "\n\n" if lines else ""
