"""A piece of HTML as a tree: elements, comments, and texts as they read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from migrate.writers.wordpress.html_names import BLOCKS, MARK, RAW

BLANK = " \t\n\r\f"
"""White space of HTML."""


class Comment(NamedTuple):
    """`<!-- text -->`."""

    text: str


class Element:
    """One element: its name in lower case, its attributes as they read, and what stands in it."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str] | None = None, children: list[Node] | None = None) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.children: list[Node] = children or []

    @property
    def classes(self) -> list[str]:
        """The words of its class attribute."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Element]:
        """The elements directly within it."""
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """All text within it, as it reads."""
        return "".join(text_of(self.children))


Node = Element | Comment | str


def text_of(nodes: list[Node]) -> Iterator[str]:
    """The texts in these nodes; what scripts and styles hold is none."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Element) and node.name not in RAW:
            yield from text_of(node.children)


def is_blank(node: Node) -> bool:
    """Whether a node shows nothing: white space, or a comment."""
    return not node.strip(BLANK) if isinstance(node, str) else isinstance(node, Comment)


def holds_blocks(element: Element) -> bool:
    """Whether an element that belongs in a line holds something that does not."""
    return any(child.name in BLOCKS or child.name == MARK or holds_blocks(child) for child in element.elements)
