"""Which parts of a block no Markdown says: found by writing each part alone and asking the judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migrate.content.compare import Rendering
from migrate.content.goldmark.blocks import say_blocks
from migrate.content.goldmark.judge import Judge
from migrate.content.goldmark.voice import UnsayableError, Voice
from migrate.content.tree import Block, List, ListItem, Notice, Quote


def forced_nodes(blocks: Sequence[Block], voice: Voice, judge: Judge, definitions: str) -> frozenset[int]:
    """`id()` of the smallest blocks and list items that must become HTML; empty where that would not help."""
    forced: set[int] = set()
    containers = [block for block in blocks if isinstance(block, List | Quote | Notice)]
    for block in containers:
        _look_into(block, voice, judge, definitions, forced)
    return frozenset(forced)


def _look_into(block: Block, voice: Voice, judge: Judge, definitions: str, forced: set[int]) -> None:
    if isinstance(block, List):
        for item in block.items:
            _look_into_item(item, block, voice, judge, definitions, forced)
    elif isinstance(block, Quote | Notice):
        for child in block.children:
            if not _sayable((child,), voice, judge, definitions, forced):
                _look_into(child, voice, judge, definitions, forced)
                if not _sayable((child,), voice, judge, definitions, forced):
                    forced.add(id(child))


def _look_into_item(item: ListItem, block: List, voice: Voice, judge: Judge, definitions: str,
                    forced: set[int]) -> None:
    alone = (block._replace(items=(item,)),)
    if _sayable(alone, voice, judge, definitions, forced):
        return
    for child in item.children:
        if isinstance(child, List | Quote | Notice):
            _look_into(child, voice, judge, definitions, forced)
    if not _sayable(alone, voice, judge, definitions, forced):
        forced.add(id(item))


def _sayable(blocks: Sequence[Block], voice: Voice, judge: Judge, definitions: str, forced: set[int]) -> bool:
    try:
        text = say_blocks(blocks, replace(voice, forced=frozenset(forced)))
    except (UnsayableError, RecursionError):
        return False
    return judge.agrees(definitions + text if "[" in text else text, Rendering(judge.html(blocks)))
