"""Line ends within text, where the whole site's Goldmark makes each of them a line break (`hard_wraps`).

The library behind `preview` prints only the line end where Goldmark, set up with hard wraps, prints `<br>` too. So
both sides of a comparison get one mark for each, and the author's own `<br />` is spelled otherwise for as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from migrate.content.compare import BLOCKS, fold
from migrate.content.goldmark.preview import with_marked_lines
from migrate.content.tree import (
    Autolink,
    Comment,
    Description,
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
_HTML_LINE = "\ue01f"                     # in front of a line of an HTML block
_HTML_LINE_END = re.compile(r"[ \t]*+\n[ \t\n]*+(?!\Z)")
_PART_LINE_END = re.compile(r"[ \t]*+\n[ \t\n]*+")
_SHOWN_LINE_END = re.compile(rf"[ \t]*+(?:\n{_HTML_LINE}[ \t]*+)++")
_APART = "\ue01e"                         # makes the comparison fail, so that another way to write it is found
_WITH_LINE_ENDS = frozenset((Text, Autolink, Twig, Shortcode, TwigLine, ShortcodeLine))
_RAW = frozenset((HtmlBlock, Comment))
_CODE = re.compile(r"(<pre\b.*?(?:</pre>|\Z)|<textarea\b.*?(?:</textarea>|\Z))", re.DOTALL | re.IGNORECASE)
_WITHIN = "".join(f"(?<!</{name}>\n)" for name in ("p", "blockquote", "li", "[uod]l", "table", "pre", "div", "h[1-6]"))
_BEFORE_TAG = re.compile(rf"\n{_WITHIN}(?:(?=<br|</(?:td|th|p|div|iframe|h[1-6])>)"
                         r"|(?<!<p>\n)(?<!<li>\n)(?<!<hr />\n)(?=<(?:hr|iframe)\b))",
                         re.IGNORECASE)               # `fold` would drop it
_LINE_END = re.compile(r"\n[ \t\n]*")
_ANY_LINE_END = re.compile(r"\r\n?|\n")      # Twig stands in the tree as its author wrote it
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
    return _outside_code(fold(_BEFORE_TAG.sub(BREAK, html)), lambda piece: _LINE_END.sub(BREAK, piece))


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
        broken = "\n" in node.text or "\r" in node.text
        return node._replace(text=_ANY_LINE_END.sub(" ", node.text)) if broken else node
    if kind is Html:
        return node._replace(text=marked_tags(node.text)) if _BREAK in node.text and not node.parts else node
    if kind is HtmlBlock:
        return _marked_html(node)
    if kind is List:
        return node._replace(items=tuple([_marked_item(item) for item in node.items]))
    for inner in ("children", "blocks", "items", "pieces"):
        if inner in getattr(node, "_fields", ()):
            node = node._replace(**{inner: with_marked_tags(getattr(node, inner))})
    if kind is Description and node.document is not None:
        return node._replace(document=_marked(node.document))
    return node


def _marked_html(block: HtmlBlock) -> HtmlBlock:
    """An HTML block with spaces for its line ends: no line break comes of them."""
    parts = block.parts
    if not _CODE.search(block.text):          # code may begin in one part and end in another
        last = len(parts)
        parts = tuple([part._replace(text=_on_one_line(part.text, whole=number == last))
                       if isinstance(part, Html | Text) else part for number, part in enumerate(parts, start=1)])
    return block._replace(text=_on_one_line(block.text), parts=parts)


def _on_one_line(html: str, *, whole: bool = True) -> str:
    """`whole`: the block ends with this text, and so it may with a line end."""
    html, line_end = marked_tags(html), _HTML_LINE_END if whole else _PART_LINE_END
    return _outside_code(html, lambda piece: line_end.sub(" ", piece)) if "\n" in html else html


def _outside_code(html: str, change: Callable[[str], str]) -> str:
    return "".join(piece if number % 2 else change(piece) for number, piece in enumerate(_CODE.split(html)))


def with_lines(text: str, show: Callable[[str], str], *, extra: bool) -> str:
    """What `show` makes of the Markdown, with spaces for the line ends within HTML blocks."""
    text = marked_tags(text)
    if "<" not in text:
        return show(text)
    html = show(with_marked_lines(text, _HTML_LINE, extra=extra))
    return _outside_code(html, lambda piece: _SHOWN_LINE_END.sub(" ", piece)).replace(_HTML_LINE, "")


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
