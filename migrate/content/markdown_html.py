"""Raw HTML under Markdown Extra: sent through an HTML parser, with the Markdown of `markdown="1"` elements read.

ParsedownExtra::processTag parses each element with libxml, keeps only the first element of what it finds, and prints
it again; lxml is the same library.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from migrate.content.block_nodes import Block, Document, HtmlBlock, MixedHtml
from migrate.content.html_tokens import Tokens
from migrate.content.markup import INLINE
from migrate.content.reading import DEEPEST, Level, Reading
from migrate.content.tags import parts_of

Piece = str | Document
_PLACEHOLDER = "\ue014"
_TWIG = re.compile("/zTwig([0-9]+)z/")
_UNSAFE = re.compile(r"""["$\[\\\]^`{|}]""")


def parsed(reading: Reading, text: str, start: int) -> tuple[Piece, ...]:
    """The element `text` as pieces of HTML and of Markdown that has been read; `start` is where it stands."""
    return tuple(_Element(reading, text, start).pieces())


def finish(level: Level, first: int, last: int, pieces: tuple[Piece, ...]) -> Block:
    """The block that the pieces make."""
    start, end = level.span(first, last)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        text, parts = parts_of(level.reading, pieces[0], start, code=False)
        return HtmlBlock(text, start, end, parts)
    out: list[Piece | HtmlBlock] = []
    for piece in pieces:
        if isinstance(piece, str):
            text, parts = parts_of(level.reading, piece, start, code=False)
            out.append(HtmlBlock(text, start, end, parts) if parts else text)
        else:
            out.append(piece)
    return MixedHtml(tuple(out), start, end)


class _Element:
    """One element on its way through the HTML parser."""

    def __init__(self, reading: Reading, text: str, start: int) -> None:
        self.reading = reading
        self.start = start
        self.twig = [tag for tag in reading.twig if tag in text] if reading.twig else []
        for number, tag in enumerate(self.twig):  # ASCII, which libxml does not alter in addresses
            text = text.replace(tag, f"/zTwig{number}z/")
        self.tokens = Tokens(text)

    def pieces(self) -> list[Piece]:
        """HTML and Markdown in turn."""
        text = self.tokens.readable()
        if "markdown" in text:
            return [self.restore(piece) if isinstance(piece, str) else piece
                    for piece in _joined(self.process(text, 0))]
        root = _root(text)
        return [self.restore(text if root is None else _printed_one_by_one(root))]

    def restore(self, html: str) -> str:
        """What libxml printed, with everything in it that was put out of its reach."""
        html = self.tokens.restore(html)
        return _TWIG.sub(lambda match: self.twig[int(match[1])], html) if self.twig else html

    def process(self, text: str, depth: int) -> list[Piece]:
        """As ParsedownExtra::processTag: parse, read the Markdown in it or go into its children, print."""
        root = _root(text)
        if root is None or not isinstance(root.tag, str):
            return [text]
        inner: list[Piece] = []
        if root.get("markdown") == "1" and self.reading.depth < DEEPEST:
            source = _escape_text(root.text) + "".join(_printed(child) + _escape_text(child.tail) for child in root)
            del root.attrib["markdown"]
            inner = ["\n", self.read(self.restore(source)), "\n"]
        else:
            inner.append(_text_of(root, root.text))
            for child in root:
                html = _printed(child)
                nested = isinstance(child.tag, str) and child.tag not in INLINE and self.reading.depth + depth < DEEPEST
                inner += self.process(html, depth + 1) if nested else [html]
                inner.append(_text_of(root, child.tail))
        for child in list(root):
            root.remove(child)
        root.text = _PLACEHOLDER
        before, found, after = _printed(root).partition(_PLACEHOLDER)
        return [before, *inner, after] if found else [before]

    def read(self, source: str) -> Document:
        """Read Markdown that came out of the HTML parser: nothing in it can be patched in the source any more."""
        from migrate.content.blocks import read_document  # HTML holds Markdown, Markdown holds HTML

        reading = self.reading
        lines = source.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
        altered, reading.altered = reading.altered, True
        reading.depth += 2
        document = read_document(reading, lines, [self.start] * len(lines))
        reading.depth -= 2
        reading.altered = altered
        return document


def _root(text: str) -> Any:
    """The first element that libxml finds in `text`."""
    html = etree.HTML(text.encode("ascii", "xmlcharrefreplace"))
    return html[0][0] if html is not None and len(html) and len(html[0]) else None


def _printed(element: Any) -> str:
    """The element as libxml 2.9 prints it, which PHP uses; newer ones leave more characters of an address alone."""
    for node in element.iter(etree.Element):
        for name, value in node.attrib.items():
            if value and (name in ("href", "src", "action") or (name == "name" and node.tag == "a")):
                node.set(name, _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", value))
    return str(etree.tostring(element, method="html", encoding="unicode", with_tail=False))


def _printed_one_by_one(root: Any) -> str:
    """As Parsedown prints all elements down to those of a line: each with a text in it, which it removes again.

    libxml leaves out the end of an `li` without a text.
    """
    empty = [item for item in root.iter("li") if not len(item) and not item.text
             and not any(parent.tag in INLINE for parent in item.iterancestors())]
    for item in empty:
        item.text = _PLACEHOLDER
    return _printed(root).replace(_PLACEHOLDER, "") if empty else _printed(root)


def _escape_text(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text_of(parent: Any, text: str | None) -> str:
    """Text within `parent` as libxml prints it: raw in scripts and styles."""
    return (text or "") if parent.tag in ("script", "style") else _escape_text(text)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbouring texts as one."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece != "":
            out.append(piece)
    return out
