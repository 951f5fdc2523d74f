"""Line ends within text, where the whole site's Goldmark makes each of them a line break (`hard_wraps`).

The library behind `preview` prints only the line end where Goldmark, set up with hard wraps, prints `<br>` too. So
both sides of a comparison get one mark for each, and the author's own `<br />` is spelled otherwise for as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from migrate.content.compare import BLOCKS, fold
from migrate.content.tree import (
    Autolink,
    Comment,
    Html,
    HtmlBlock,
    List,
    ListItem,
    Shortcode,
    ShortcodeLine,
    Text,
    Twig,
    TwigLine,
)

BREAK = "\ue01c"
"""Stands for every line end within text when two pieces of HTML are compared."""

_BREAK, _AUTHORS_BREAK = "<br />", "<br  />"
_APART = "\ue01e"                         # makes the comparison fail, so that another way to write it is found
_WITH_LINE_ENDS = frozenset((Text, Autolink, Twig, Shortcode, TwigLine, ShortcodeLine))
_RAW = frozenset((HtmlBlock, Comment))
_CODE = re.compile(r"(<pre\b.*?(?:</pre>|\Z))", re.DOTALL | re.IGNORECASE)
_WITHIN = "".join(f"(?<!</{name}>\n)" for name in ("p", "blockquote", "li", "[uod]l", "table", "pre", "div", "h[1-6]"))
_BEFORE_TAG = re.compile(rf"\n{_WITHIN}(?:(?=<br|</(?:td|th|p|div|iframe|h[1-6])>)"
                         r"|(?<!<p>\n)(?<!<li>\n)(?<!<hr />\n)(?=<(?:hr|iframe)\b))",
                         re.IGNORECASE)               # `fold` would drop it
_LINE_END = re.compile(r"\n[ \t\n]*")
_SPACES = re.compile(r"(?<! ) ++(?=\n)")
_TAG_WITHIN_TEXT = re.compile(r"(?<=[^\n])\n(?: {4}|[ >]*+\t)[ \t]*+</?+(?:" + "|".join(sorted(BLOCKS)) + r")\b",
                              re.IGNORECASE)


def tag_on_next_line(text: str) -> int | None:
    """Where indentation keeps a block's tag within the text above it: the line end between them is not compared."""
    match = _TAG_WITHIN_TEXT.search(text)
    return match.start() if match else None


def marked_breaks(html: str) -> str:
    """The HTML folded, with one mark for `<br />` and line end, or for the line end alone."""
    if " \n" in html:
        html = _SPACES.sub("", html)
    html = html.replace(_BREAK + "\n", BREAK).replace("&lt;br  /&gt;", "&lt;br /&gt;")
    pieces = _CODE.split(fold(_BEFORE_TAG.sub(BREAK, html)))
    return "".join(piece if number % 2 else _LINE_END.sub(BREAK, piece) for number, piece in enumerate(pieces))


def marked_tags(text: str) -> str:
    """The Markdown with the author's own `<br />` spelled otherwise."""
    return text.replace(_BREAK, _AUTHORS_BREAK)


def with_marked_tags(nodes: Sequence[Any]) -> tuple[Any, ...]:
    """The nodes with the author's own `<br />` spelled otherwise, and a space for every line end that Grav shows as
    one: a few it does even where it makes all others line breaks."""
    return tuple([_marked(node) for node in nodes])


def _marked(node: Any) -> Any:
    kind = type(node)
    if kind in _WITH_LINE_ENDS:
        return node._replace(text=node.text.replace("\n", " ")) if "\n" in node.text else node
    if kind is Html or kind is HtmlBlock:
        return node._replace(text=marked_tags(node.text)) if _BREAK in node.text and not node.parts else node
    if kind is List:
        return node._replace(items=tuple([_marked_item(item) for item in node.items]))
    if "children" in getattr(node, "_fields", ()):
        return node._replace(children=with_marked_tags(node.children))
    return node


def _marked_item(item: ListItem) -> ListItem:
    """In a tight item the line end between its text and HTML is none of the text's, though it looks like one."""
    children = with_marked_tags(item.children)
    if item.tight:
        children = tuple([_apart(child) if number and type(child) in _RAW else child
                          for number, child in enumerate(children)])
    return item._replace(children=children)


def _apart(block: Any) -> Any:
    parts = (Html(_APART, block.start, block.start), *block.parts) if block.parts else ()
    return block._replace(text=_APART + block.text, parts=parts)
