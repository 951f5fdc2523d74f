"""The judge: does this Markdown show what Grav shows?"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.content.bare_lines import as_paragraphs, may_have_bare_lines
from migrate.content.block_markdown import decided, say_definition
from migrate.content.compare import Rendering
from migrate.content.decisions import Decisions
from migrate.content.goldmark_options import GoldmarkOptions
from migrate.content.html import to_html
from migrate.content.preview import fill_tokens, doubt, preview, shown_tokens, unwrap_tokens
from migrate.content.tree import Block, Divider, Note, Paragraph, ShortcodeLine, Tree, TwigLine


class Judge:
    """Compares Markdown with what Grav shows of the page, or of some of its blocks."""

    __slots__ = ("_bare_lines", "_divider", "_shown", "decisions", "options", "page", "tree")

    def __init__(self, tree: Tree, decisions: Decisions, options: GoldmarkOptions) -> None:
        self.tree = tree
        self.decisions = decisions
        self.options = options
        self._shown = shown_tokens(decisions) if decisions else {}
        self._bare_lines = may_have_bare_lines(tree)
        self._divider = f"<p>{tree.dialect.divider}</p>"
        self.page = Rendering(self.html(tree.blocks, tree.notes))

    def html(self, blocks: Sequence[Block], notes: tuple[Note, ...] = ()) -> str:
        """The HTML that Grav shows for these blocks, the summary divider left out."""
        if self._bare_lines:
            blocks = as_paragraphs(blocks, self.decisions, self.tree.partners)
        html = to_html(self.tree._replace(blocks=tuple(blocks), notes=notes), self.decisions)
        if self._divider in html:
            html = html.replace(self._divider, "")
        return unwrap_tokens(html) if "\ue010" in html else html

    def agrees(self, text: str, expected: Rendering | None = None, *, masked: str | None = None) -> bool:
        """True where Goldmark is sure to show `expected` (the whole page) for the text.

        `masked`: the text in which to look for doubts, where parts of it are known to be beyond them.
        """
        text = fill_tokens(text, self._shown)
        if doubt(text if masked is None else masked) is not None:
            return False
        return (expected or self.page).shows(preview(text, self.options))

    def definitions(self) -> str:
        """All reference definitions, to stand in front of a block that is judged alone."""
        lines = [say_definition(decided(block, self.decisions)) for block in self.tree.definitions.values()]
        return "\n".join(lines) + "\n\n" if lines else ""

    def shown(self, text: str) -> str:
        """The HTML that Goldmark is thought to show for the text."""
        return preview(fill_tokens(text, self._shown), self.options)
