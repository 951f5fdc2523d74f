"""Lines that Grav prints without a paragraph around them: Twig that nobody runs, what looks like a shortcode.

Markdown cannot say text without a paragraph. Such a line becomes one: the words are the same, the space around
them is a paragraph's. Everything that compares with Grav's HTML takes it so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migrate.content.decisions import Decisions
from migrate.content.tree import Block, Html, List, ListItem, Notice, Paragraph, Quote, ShortcodeLine, TwigLine

_BARE = frozenset((TwigLine, ShortcodeLine))
_CONCERNED = frozenset((TwigLine, ShortcodeLine, List, Quote, Notice))
_HOLDERS = frozenset((Quote, Notice))


def has_bare_lines(blocks: Sequence[Block]) -> bool:
    """True where such a line is among these blocks or in a list, quote or notice among them."""
    for block in blocks:
        kind = type(block)
        if kind in _BARE:
            return True
        if kind is List:
            if any([has_bare_lines(item.children) for item in block.items]):      # type: ignore[union-attr]
                return True
        elif kind in _HOLDERS and has_bare_lines(block.children):                 # type: ignore[union-attr]
            return True
    return False


def as_paragraphs(blocks: Sequence[Block], decisions: Decisions, partners: Mapping[int, int]) -> tuple[Block, ...]:
    """The blocks with a paragraph for each bare line that nothing was decided about."""
    return tuple([_as_paragraph(block, decisions, partners) if type(block) in _CONCERNED else block
                  for block in blocks])


def is_bare(block: Block, decisions: Decisions, partners: Mapping[int, int]) -> bool:
    """True for a line that shows as text without a paragraph."""
    if not isinstance(block, TwigLine | ShortcodeLine):
        return False
    ids = [part.id for part in block.parts if hasattr(part, "id")]
    return not any(number in decisions or partners.get(number) in decisions for number in ids)


def _as_paragraph(block: Block, decisions: Decisions, partners: Mapping[int, int]) -> Block:
    if isinstance(block, TwigLine | ShortcodeLine):
        if is_bare(block, decisions, partners):
            return Paragraph((Html(block.text.strip("\n"), block.start, block.end),), block.start, block.end)
        return block
    changed: dict[str, Any] = {}
    if isinstance(block, Quote | Notice):
        changed = {"children": as_paragraphs(block.children, decisions, partners)}
    elif isinstance(block, List):
        changed = {"items": tuple([_item(item, decisions, partners) for item in block.items])}
    return block._replace(**changed) if changed else block


def _item(item: ListItem, decisions: Decisions, partners: Mapping[int, int]) -> ListItem:
    """In a tight item a paragraph shows as text without `<p>` too, so a bare line stays one."""
    children = tuple([child if item.tight and isinstance(child, TwigLine | ShortcodeLine)
                      else _as_paragraph(child, decisions, partners) for child in item.children])
    return item._replace(children=children)
