"""The HTML that the page shall show, with marks for what only WordPress has a word for."""

from __future__ import annotations

import re
from urllib.parse import unquote

from migrate.content.decisions import Decisions, Relink, Replace
from migrate.content.html import Printer, to_html
from migrate.content.tree import Divider, Image, Link, Tree, parse
from migrate.writers.wordpress.building import BLOCK_ELEMENT
from migrate.writers.wordpress.texts import RUN

_SPELLED_TOKEN = re.compile("%EF%B7%90.*?%EF%B7%91")
"""A reference to what only the target knows, as Markdown Extra's HTML parser leaves it in an address."""

MORE = f'<{BLOCK_ELEMENT} name="core/more"></{BLOCK_ELEMENT}>'


def marked_html(tree: Tree, decisions: Decisions) -> str:
    """As `content.html.to_html`; the first divider is the element for `more`, target texts stand as they are."""
    printer = _Marking(tree, decisions)
    html = printer.finish(printer.document(tree))
    return _SPELLED_TOKEN.sub(lambda match: unquote(match[0]), html) if _SPELLED_TOKEN.search(html) else html


class _Marking(Printer):
    """Prints decided nodes in the words of `WordPressWords`, which are HTML."""

    def __init__(self, tree: Tree, decisions: Decisions) -> None:
        super().__init__(tree.dialect, tree, decisions)
        self._tree = tree
        self._divided = False

    def divider(self, node: Divider) -> str:
        del node
        first, self._divided = not self._divided, True
        return MORE if first else ""      # Grav shows none of them

    def link(self, node: Link) -> str:
        decision = self.decisions.get(node.id)
        if isinstance(decision, Relink) and decision.html is not None:
            return f"{decision.html}{self.inlines(node.children)}</a>"
        return super().link(node)

    def image(self, node: Image) -> str:
        decision = self.decisions.get(node.id)
        if isinstance(decision, Relink) and decision.html is not None:
            return decision.html
        return super().image(node)

    def _replacement(self, number: int) -> str:
        decision = self.decisions[number]
        if isinstance(decision, Replace) and decision.html is None:
            self.decisions = {**self.decisions, number: decision._replace(html=self._shown(decision))}
        return super()._replacement(number)

    def _shown(self, decision: Replace) -> str:
        """A text of WordPress' own, or else Markdown."""
        text = decision.text
        if text.startswith((RUN, f"<{BLOCK_ELEMENT}")):
            return text
        html = to_html(parse(text, self._tree.dialect))
        if not decision.block and html.startswith("<p>") and html.count("<p>") == 1:
            return html.removeprefix("<p>").removesuffix("</p>")
        return html
