"""What is common to all makers of blocks: the options of the target, and what was noticed on one page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from migrate.mappers.wordpress_table import WordPress
from migrate.writers.wordpress.elements import Element, Node
from migrate.writers.wordpress.html_names import MARK
from migrate.writers.wordpress.markup import html_of
from migrate.writers.wordpress.texts import attribute_html, block

BLOCK_ELEMENT = MARK
_CLASS = re.compile(r"[^&<>\"'\[\]{}]+\Z")   # others are read in two ways
_ALIGN = re.compile(r"\s*text-align\s*:\s*(left|right|center|justify)\s*;?\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTemplate:
    """How a plug-in's block is written, with placeholders for each picture: {id} {url} {alt} {caption} {number}."""

    open: str
    slide: str
    between: str = ""
    close: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOptions:
    """What the target's WordPress understands. `version` decides where forms differ: details, footnotes, sizes."""

    version: tuple[int, int] = (6, 1)
    templates: Mapping[str, BlockTemplate] = field(default_factory=lambda: MappingProxyType({}))
    captions: str = "style"               # of pictures in galleries, from their titles: text, style (by CSS), none
    inline_style: bool = False            # the style that a page needs stands in the page
    frames: bool = False                  # videos of other sites stay frames, as they were; else blocks of type embed

    @property
    def modern(self) -> bool:
        """6.3 and newer: details, footnotes, sizes of pictures as style."""
        return self.version >= (6, 3)


def options_of(rules: WordPress, *, modern: bool, free: bool = False) -> BlockOptions:
    """What the mapping says about blocks. `modern`: the target is 6.3 or newer (its posts have footnotes); `free`: the
    user may write any HTML."""
    templates = {name: BlockTemplate(open=rule.open, slide=rule.slide, between=rule.between, close=rule.close)
                 for name, rule in rules.blocks.items()}
    return BlockOptions(version=(6, 3) if modern else (6, 1), templates=templates, captions=rules.captions,
                        inline_style=rules.style == "inline",
                        frames=rules.videos == "frame" or (rules.videos == "auto" and free))


class Shape(NamedTuple):
    """What any block can say of itself: classes, an anchor, and how its text is aligned."""

    classes: tuple[str, ...]
    anchor: str
    align: str

    def attributes(self, **more: Any) -> dict[str, Any]:
        """As block attributes; the anchor is read from the HTML."""
        named = {"className": " ".join(self.classes)} if self.classes else {}
        return {**more, **named}

    def html(self, *classes: str) -> str:
        """As HTML attributes, the block's own classes first."""
        words = " ".join((*classes, *self.classes))
        anchor = f' id="{attribute_html(self.anchor)}"' if self.anchor else ""
        return (f' class="{attribute_html(words)}"' if words else "") + anchor


class Page:
    """One page on its way: makers of blocks ask it for what is nested, and tell it what they could not say."""

    def __init__(self, options: BlockOptions, flow: Callable[[Sequence[Node], Page], list[str]]) -> None:
        self.options = options
        self._flow = flow
        self.kept: list[str] = []                # names of elements that stay HTML
        self.asked: set[str] = set()             # styles that the theme must be given
        self.found: list[tuple[str, str, dict[str, Any]]] = []   # code, what to look for in the source, fields

    def flow(self, nodes: Sequence[Node]) -> list[str]:
        """The blocks of these nodes."""
        return self._flow(nodes, self)

    def inner(self, nodes: Sequence[Node]) -> str:
        """The same as one text."""
        return "\n\n".join(self.flow(nodes))

    def html(self, nodes: Sequence[Node]) -> list[str]:
        """The nodes as a block of HTML, for want of another one; none where nothing is there."""
        text = html_of(nodes).strip("\n")
        if not text.strip():
            return []
        self.kept += [node.name for node in nodes if isinstance(node, Element)]
        return [block("html", text)]


def shape_of(element: Element, *others: str) -> Shape | None:
    """Classes, anchor and alignment, if that is all there is besides `others`; else no block can say it."""
    align, given = "", element.attributes
    if not given:
        return PLAIN
    for name, value in given.items():
        if name in ("class", "id") or name in others:
            continue
        match = _ALIGN.match(value) if name == "style" else None
        if match:
            align = match[1]
        elif name == "align" and value.lower() in ("left", "right", "center", "justify"):
            align = value.lower()
        else:
            return None
    return Shape(tuple(word for word in element.classes if _CLASS.match(word)), given.get("id", ""), align)


PLAIN = Shape((), "", "")
