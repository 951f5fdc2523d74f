"""The author's source with nothing but escapes put in: the lightest way to write a block anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.content.goldmark.escapes import escape_text, guard_line_starts
from migrate.content.goldmark.patches import Edit, disjoint
from migrate.content.goldmark.voice import Voice
from migrate.content.tree import (
    Block,
    Code,
    CodeBlock,
    Comment,
    Html,
    HtmlBlock,
    MixedHtml,
    Node,
    Paragraph,
    ShortcodeLine,
    Text,
    TwigLine,
    within,
)

_CODE = (Code, CodeBlock, Html, HtmlBlock, Comment, MixedHtml, TwigLine, ShortcodeLine)


def with_escapes(blocks: Sequence[Block], edits: Sequence[Edit], voice: Voice) -> tuple[Edit, ...]:
    """The edits, and one for each text in which a character means something to Goldmark that it does not to Grav.

    The layout of the author's source stays. A paragraph's lines that would start something else are guarded too.
    """
    source = voice.tree.source
    found = list(edits)
    brackets = bool(voice.tree.definitions)
    pending: list[Node] = list(blocks)
    while pending:
        node = pending.pop()
        if type(node) is Text:
            escaped = escape_text(node.text, brackets=brackets)
            if escaped != node.text and source.startswith(node.text, node.start):
                found.append(Edit(node.start, node.start + len(node.text), escaped))
        elif not isinstance(node, _CODE):
            pending.extend(within(node))
    if len(blocks) == 1 and type(blocks[0]) is Paragraph:
        found.extend(_guards(blocks[0], source))
    return disjoint(found)


def _guards(block: Paragraph, source: str) -> Iterator[Edit]:
    place = block.start
    for line in source[block.start:block.end].splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        guarded = guard_line_starts(bare)
        if guarded != bare:
            at = next(number for number, (old, new) in enumerate(zip(bare, guarded, strict=False)) if old != new)
            yield Edit(place + at, place + at, "\\")
        place += len(line)
