"""How to write: what the printers of inlines, lists and blocks share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from migrate.content.decisions import Decisions
from migrate.content.goldmark_options import GoldmarkOptions
from migrate.content.tree import Block, Tree


class UnsayableError(Exception):
    """This cannot be said in Markdown: the block around it becomes raw HTML. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How to write, and what to look up on the way."""

    tree: Tree
    decisions: Decisions
    options: GoldmarkOptions
    html: Callable[[Sequence[Block]], str]     # the HTML to write where blocks become raw HTML
    notes_in_markdown: bool = True             # footnotes are `[^label]`; else they are HTML
    strict: bool = False                       # escape whatever can be escaped, mark emphasis by HTML tags
    forced: frozenset[int] = frozenset()       # `id()` of nodes that must become HTML
    one_line: bool = False                     # in a table cell or an ATX heading
    table: bool = False
    label: bool = False                        # within the brackets of a link
    mark: str = "*"                            # for emphasis; the other one at the edge of another
