"""Lists → Markdown. A list is tight or loose as a whole to Goldmark; to Parsedown each item is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from migrate.content.goldmark.raw_html import EMPTY_COMMENT, html_block
from migrate.content.goldmark.voice import UnsayableError, Voice
from migrate.content.tree import (
    Block,
    CodeBlock,
    Comment,
    Heading,
    HtmlBlock,
    List,
    ListItem,
    MixedHtml,
    Notice,
    Paragraph,
    Quote,
    Rule,
    ShortcodeLine,
    Table,
    TwigLine,
)

SayBlocks = Callable[[Sequence[Block], Voice], str]
SayBlock = Callable[[Block, Voice], str]
_TEXT = (Paragraph, TwigLine, ShortcodeLine)
_BARE = (TwigLine, ShortcodeLine)
_INTERRUPTS = (Quote, Heading, Rule, CodeBlock)


def say_list(block: List, voice: Voice, say_blocks: SayBlocks, say_block: SayBlock) -> str:
    """The Markdown of a list. UnsayableError where an item can only be HTML and HTML cannot stand in an item."""
    number = int(block.number or "1") if block.ordered else 0
    if number + len(block.items) > 999_999_999:
        raise UnsayableError
    loose = _is_loose(block)
    voice = replace(voice, mark="_")         # `- ---` would be a rule
    out = []
    for position, item in enumerate(block.items):
        mark = f"{number + position}. " if block.ordered else "- "
        if id(item) in voice.forced or not _fits(item, loose=loose):
            body = _as_html(item, voice)
        elif loose:
            body = say_blocks(item.children, voice)
        else:
            body = _tight(item.children, voice, say_block)
        out.append(_indented(body, mark))
    return ("\n\n" if loose else "\n").join(out)


def _is_loose(block: List) -> bool:
    """True where the list can be written loose: no item's text stands without `<p>`, and something parts it."""
    parted = len(block.items) > 1 or any(len(item.children) > 1 for item in block.items)
    return parted and not any(_needs_tight(item) for item in block.items) and any(
        isinstance(child, Paragraph) for item in block.items for child in item.children)


def _needs_tight(item: ListItem) -> bool:
    return item.tight and bool(item.children) and isinstance(item.children[0], _TEXT)


def _fits(item: ListItem, *, loose: bool) -> bool:
    if loose:
        return not _needs_tight(item)
    if item.tight:
        return not any(isinstance(child, Paragraph) for child in item.children[1:])
    return not any(isinstance(child, _TEXT) for child in item.children)


def _as_html(item: ListItem, voice: Voice) -> str:
    inner = voice.html((List(False, "", (item,), item.start, item.end),))
    inner = inner[inner.index("<li>") + 4:inner.rindex("</li>")]
    text = html_block(inner)
    if "\n\n" in text:
        raise UnsayableError
    return text


def _tight(children: Sequence[Block], voice: Voice, say_block: SayBlock) -> str:
    """Blocks of a tight item: no blank line, but where one would run into the next, an empty comment."""
    out: list[str] = []
    previous: Block | None = None
    for child in children:
        text = say_block(child, voice)
        if not text:
            continue
        if previous is not None:
            if isinstance(previous, HtmlBlock | Comment | MixedHtml | Notice) or "\n\n" in text.split("```")[0]:
                raise UnsayableError
            if not (_parted(previous, child) or (isinstance(previous, _TEXT) and isinstance(child, _BARE))):
                out.append(EMPTY_COMMENT)
        out.append(text)
        previous = child
    return "\n".join(out)


def _parted(previous: Block, child: Block) -> bool:
    """True where `child` starts a new block on the line after `previous`, in Goldmark's eyes."""
    if isinstance(previous, CodeBlock | Heading | Rule):
        return not isinstance(child, Table) or not isinstance(previous, Paragraph)
    if isinstance(child, List):
        return isinstance(previous, Paragraph) and (not child.ordered or child.number == "") and bool(
            child.items and child.items[0].children)
    return isinstance(child, _INTERRUPTS)


def _indented(body: str, mark: str) -> str:
    if not body:
        return mark.rstrip(" ")
    margin = " " * len(mark)
    first, *rest = body.split("\n")
    return "\n".join([mark + first, *(margin + line if line else "" for line in rest)])
