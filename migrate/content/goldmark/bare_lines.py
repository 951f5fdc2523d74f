"""Lines that Grav prints without a paragraph around them: Twig that nobody runs, what looks like a shortcode.

Markdown cannot say text without a paragraph. Such a line becomes one: the words are the same, the space around
them is a paragraph's. Everything that compares with Grav's HTML takes it so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from migrate.content.decisions import Decisions
from migrate.content.tree import (
    Block,
    Html,
    List,
    ListItem,
    Notice,
    Paragraph,
    Quote,
    Shortcode,
    ShortcodeLine,
    Twig,
    TwigLine,
)

_BARE = frozenset((TwigLine, ShortcodeLine))
_TAG = re.compile(r"<[A-Za-z/!?]")


def has_bare_lines(blocks: Sequence[Block]) -> bool:
    """True where such a line is among these blocks or in a list, quote or notice among them."""
    for block in blocks:
        if type(block) in _BARE:
            return True
        if isinstance(block, List):
            if any(has_bare_lines(item.children) for item in block.items):
                return True
        elif isinstance(block, Quote | Notice) and has_bare_lines(block.children):
            return True
    return False


def is_bare(block: Block, decisions: Decisions, partners: Mapping[int, int]) -> bool:
    """True for a line that shows as text without a paragraph: nothing was decided about what is in it."""
    if not isinstance(block, TwigLine | ShortcodeLine):
        return False
    numbers = [part.id for part in block.parts if isinstance(part, Shortcode | Twig)]
    return not any(number in decisions or partners.get(number, -1) in decisions for number in numbers)


def as_paragraphs(blocks: Sequence[Block], bare: Callable[[Block], bool], *, within_items: bool) -> tuple[Block, ...]:
    """The blocks with a paragraph for each line that is `bare`.

    In a tight item a paragraph shows as text without `<p>` too, so a bare line stays one there; unless
    `within_items`.
    """
    return tuple([_as_paragraph(block, bare, within_items) for block in blocks])


def _as_paragraph(block: Block, bare: Callable[[Block], bool], within_items: bool) -> Block:
    if isinstance(block, TwigLine | ShortcodeLine):
        if bare(block):
            text = block.text.strip("\n")
            if not _TAG.search(text):
                text = text.replace("<", "&lt;").replace(">", "&gt;")
            return Paragraph((Html(text, block.start, block.end),), block.start, block.end)
    elif isinstance(block, Quote | Notice):
        return block._replace(children=as_paragraphs(block.children, bare, within_items=within_items))
    elif isinstance(block, List):
        return block._replace(items=tuple([_item(item, bare, within_items) for item in block.items]))
    return block


def _item(item: ListItem, bare: Callable[[Block], bool], within_items: bool) -> ListItem:
    children = tuple([child if item.tight and not within_items and type(child) in _BARE
                      else _as_paragraph(child, bare, within_items) for child in item.children])
    return item._replace(children=children)
