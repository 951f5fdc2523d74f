"""Which parts of a block no Markdown says: found by writing each part alone and asking the judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migrate.content.compare import Rendering
from migrate.content.goldmark.blocks import say_blocks
from migrate.content.goldmark.judge import Judge
from migrate.content.goldmark.voice import UnsayableError, Voice
from migrate.content.tree import Block, List, ListItem, Notice, Quote

_DEEPEST = 8          # each level is written and judged with all that is in it: further down that would cost too much


def forced_nodes(blocks: Sequence[Block], voice: Voice, judge: Judge) -> frozenset[int]:
    """`id()` of the smallest blocks and list items that must become HTML; empty where that would not help."""
    forced: set[int] = set()
    containers = [block for block in blocks if isinstance(block, List | Quote | Notice)]
    for block in containers:
        _look_into(block, voice, judge, forced)
    return frozenset(forced)


def _look_into(block: Block, voice: Voice, judge: Judge, forced: set[int], depth: int = 0) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(block, List):
        for item in block.items:
            _look_into_item(item, block, voice, judge, forced, depth)
    elif isinstance(block, Quote | Notice):
        for child in block.children:
            if not _sayable((child,), voice, judge, forced):
                _look_into(child, voice, judge, forced, depth + 1)
                if not _sayable((child,), voice, judge, forced):
                    forced.add(id(child))


def _look_into_item(item: ListItem, block: List, voice: Voice, judge: Judge, forced: set[int], depth: int) -> None:
    alone = (block._replace(items=(item,)),)
    if _sayable(alone, voice, judge, forced):
        return
    for child in item.children:
        if isinstance(child, List | Quote | Notice):
            _look_into(child, voice, judge, forced, depth + 1)
    if not _sayable(alone, voice, judge, forced):
        forced.add(id(item))


def _sayable(blocks: Sequence[Block], voice: Voice, judge: Judge, forced: set[int]) -> bool:
    try:
        text = say_blocks(blocks, replace(voice, forced=frozenset(forced)))
    except (UnsayableError, RecursionError):
        return False
    return judge.agrees(judge.with_definitions(text), Rendering(judge.html(blocks)))
