"""Line ends within text, where the whole site's Goldmark makes each of them a line break (`hard_wraps`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from migrate.content.compare import fold
from migrate.content.tree import List, Text

BREAK = "\ue01c"
"""Stands for every line end within text when two pieces of HTML are compared."""

_CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_LINE_END = re.compile(r" *\n\s*")


def marked_breaks(html: str) -> str:
    """The HTML folded, with `<br />` and line end, or the line end alone, as one mark.

    The library behind `preview` prints only the line end where Goldmark, set up with hard wraps, prints both.
    """
    pieces = _CODE.split(fold(html.replace("<br />\n", "\n")))
    return "".join(piece if number % 2 else _LINE_END.sub(BREAK, piece) for number, piece in enumerate(pieces))


def without_soft_breaks(blocks: Sequence[Any]) -> tuple[Any, ...]:
    """The nodes with a space for every line end that Grav shows as one."""
    return tuple([_without(node) for node in blocks])


def _without(node: Any) -> Any:
    if type(node) is Text:
        return node._replace(text=node.text.replace("\n", " ")) if "\n" in node.text else node
    if type(node) is List:
        return node._replace(items=tuple([_without(item) for item in node.items]))
    if "children" in getattr(node, "_fields", ()):
        return node._replace(children=without_soft_breaks(node.children))
    return node

