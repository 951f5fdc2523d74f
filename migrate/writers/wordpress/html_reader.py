"""HTML as a tree of elements, read as browsers read it: whatever comes in, printing the tree gives HTML that a browser
leaves as it is.

WordPress' editor compares what stands in a block with what a browser makes of it; a forgotten closing tag, a row
without `tbody` or a paragraph within a paragraph is "invalid content" there. So the repairs of the HTML standard that
real pages need are made here (implied ends, implied table parts, what stands wrongly in a table); where a browser would
do more (formatting that crosses blocks), the text stays and the formatting ends.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from migrate.writers.wordpress.elements import BLANK, Comment, Element, Node
from migrate.writers.wordpress.entities import attribute_value, simple_attributes
from migrate.writers.wordpress.html_names import (
    DIRECT,
    ENDS_P,
    ESCAPABLE,
    FOREIGN,
    FORMATTING,
    HEADINGS,
    IGNORED,
    IMPLIED_ENDS,
    IN_TABLE,
    KIN,
    MARK,
    NEVER_TWICE,
    NOTHING,
    PARTS_OF_TABLE,
    RAW,
    RUBY,
    SECTIONS,
    SPECIAL,
    TABLE_PARTS,
    VOID,
    WALLS,
)

_DEEPEST = 120                                   # elements within each other; what lies deeper joins its parent

_PIECE = re.compile(r"""([^<]*+)(?:<(/?)([a-z][a-z0-9]*+)((?:\s++[a-z][a-z0-9:.\-]*+="[^"<>]*+")*+)\s*+(/?)>)?""")
"""Text, and a tag as nearly all tags are: small letters, each value in double quotes."""

_NAME = re.compile(r"</?([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(["']?))?""")
_GOOD_NAME = re.compile(r"[A-Za-z_:@][\w:.@\-]*+\Z")
_UNQUOTED = re.compile(r"[^\s>]*+")
_EMPTY_COMMENT = re.compile(r"<!--(?:-?>|-->)")
_COMMENT_END = re.compile(r"--!?>")


class Fragment(NamedTuple):
    """What was read, and how many tags had to be mended: closed, opened, moved or left out."""

    children: list[Node]
    mended: int


def read_html(html: str) -> Fragment:
    """Read a piece of HTML as the content of a `div`. Never fails; takes time linear in its length."""
    reader = _Reader(html)
    reader.read()
    return Fragment(reader.root.children, reader.mended)


class _Reader:
    """Cuts HTML into tags and builds the tree."""

    __slots__ = ("_endless", "_homes", "_html", "_place", "_stack", "mended", "root")

    def __init__(self, html: str) -> None:
        self._html = html
        self._place = 0
        self._homes: dict[int, list[Node]] = {}      # open table → the children among which it is
        self._endless: set[str] = set()              # signs that were looked for to the end in vain
        self.root = Element("")
        self._stack = [self.root]
        self.mended = 0

    def read(self) -> None:
        html, stack = self._html, self._stack
        while self._place < len(html):
            match = _PIECE.match(html, self._place)
            assert match
            text, closing, name, pairs, itself = match.groups()
            self._place = match.end()
            if text:
                self._text(unescape(text) if "&" in text else text)
            if name is None:
                self._bracket(html, self._place)
            elif closing:
                if stack[-1].name == name:
                    stack.pop()
                else:
                    self._tag(name, {}, closing=True, itself=False)
            else:
                attributes = simple_attributes(pairs) if pairs else {}
                if name in DIRECT.get(stack[-1].name, NOTHING) and len(stack) < _DEEPEST:
                    element = Element(name, attributes)
                    stack[-1].children.append(element)
                    if name not in VOID:
                        stack.append(element)
                else:
                    self._tag(name, attributes, closing=False, itself=bool(itself))
        self.mended += sum(element.name not in IMPLIED_ENDS for element in stack[1:])

    # Cutting

    def _bracket(self, html: str, place: int) -> None:
        """What is no simple tag."""
        if place >= len(html):
            return
        if html.startswith("<!--", place):
            self._comment(html, place)
        elif match := _NAME.match(html, place):
            attributes, itself = self._attributes(html, match.end(), match[1].lower() in FOREIGN)
            self._tag(self._spelled(match[1]), attributes, closing=html[place + 1] == "/", itself=itself)
        elif html[place + 1:place + 2] in ("!", "?", "/"):
            end = html.find(">", place)
            self._place = len(html) if end < 0 else end + 1
            self.mended += 1
        else:
            self._text("<")
            self._place = place + 1

    def _comment(self, html: str, place: int) -> None:
        empty = _EMPTY_COMMENT.match(html, place)
        if empty:
            self._place = empty.end()
            return
        match = None if "-->" in self._endless else _COMMENT_END.search(html, place + 4)
        if match is None:
            self._endless.add("-->")
            self.mended += 1
        self._insert(Comment(html[place + 4:match.start() if match else len(html)]))
        self._place = match.end() if match else len(html)

    def _attributes(self, html: str, place: int, capitals: bool) -> tuple[dict[str, str], bool]:
        """The attributes of a tag that is not simple, the first of each name, and whether it closes itself."""
        found: dict[str, str] = {}
        while match := _ATTRIBUTE.match(html, place):
            place = match.end()
            quote, value = match[2], ""
            if quote:
                end = -1 if quote in self._endless else html.find(quote, place)
                if end < 0:
                    self._endless.add(quote)
                    end = len(html)
                value, place = html[place:end], end + 1
            elif quote is not None:
                bare = _UNQUOTED.match(html, place)
                value, place = (bare[0], bare.end()) if bare else ("", place)
            if _GOOD_NAME.match(match[1]):
                found.setdefault(match[1] if capitals else self._spelled(match[1]), attribute_value(value))
        end = html.find(">", place)
        self._place = len(html) if end < 0 else end + 1
        return found, html[max(place, end - 1):end] == "/" or html[place - 1:place] == "/"

    def _spelled(self, name: str) -> str:
        """A name as HTML has it; within pictures and formulas capitals count."""
        return name if name.islower() or self._foreign() else name.lower()

    def _foreign(self) -> bool:
        return any(element.name in FOREIGN for element in self._stack)

    # Building

    def _tag(self, name: str, attributes: dict[str, str], *, closing: bool, itself: bool) -> None:
        nothing = name == "image" and not self._foreign()          # browsers take it for a picture without a source
        if nothing or name in IGNORED or not (_GOOD_NAME.match(name) or name == MARK):
            self.mended += 1
        elif closing:
            self._close(name)
        else:
            self._open(name, attributes, itself=itself)

    def _text(self, text: str) -> None:
        if text.startswith("\n") and self._stack[-1].name == "pre" and not self._stack[-1].children:
            text = text[1:]                          # browsers drop it
        if self._stack[-1].name in TABLE_PARTS and text.strip(BLANK):
            self._before_table(text)
        else:
            self._insert(text)

    def _insert(self, node: Node) -> None:
        children = self._stack[-1].children
        if isinstance(node, str) and children and isinstance(children[-1], str):
            children[-1] += node
        else:
            children.append(node)

    def _before_table(self, node: Node) -> None:
        """Where browsers put what does not belong into a table: an open one is among the last in its home."""
        table = next(element for element in reversed(self._stack) if element.name == "table")
        around = self._homes[id(table)]
        behind = next(number for number, other in enumerate(reversed(around)) if other is table)
        around.insert(len(around) - 1 - behind, node)
        self.mended += 1

    def _open(self, name: str, attributes: dict[str, str], *, itself: bool) -> None:
        if name in PARTS_OF_TABLE and not self._make_table_room(name):
            self.mended += 1
            return
        self._make_room(name)
        if self._is_too_much(name):
            self.mended += 1
            return
        element = Element(name, attributes)
        home = self._place_element(element)
        if name in VOID or (itself and (name in FOREIGN or self._foreign())):
            return
        if name in RAW or name in ESCAPABLE:
            self._hold_text(element)
        elif len(self._stack) < _DEEPEST:
            self._stack.append(element)
            if name == "table":
                self._homes[id(element)] = home

    def _place_element(self, element: Element) -> list[Node]:
        """Put it where it belongs; gives the children among which it is."""
        home = self._stack[-1].children
        if self._stack[-1].name in TABLE_PARTS and element.name not in IN_TABLE:
            home = self._homes[id(next(other for other in reversed(self._stack) if other.name == "table"))]
            self._before_table(element)
        else:
            home.append(element)
        return home

    def _is_too_much(self, name: str) -> bool:
        """Whether it cannot begin here, and nothing can be ended for it."""
        if name not in KIN or (name in HEADINGS and self._stack[-1].name not in TABLE_PARTS):
            return False
        kin, others = KIN[name]
        return next((element.name in kin for element in reversed(self._stack)
                     if element.name in kin or (element.name in others and name != "form")), False)

    def _hold_text(self, element: Element) -> None:
        """Everything up to the closing tag is text."""
        sign = f"</{element.name}"
        match = None if sign in self._endless else re.compile(rf"</{element.name}(?=[\s/>])[^>]*>?", re.I).search(
            self._html, self._place)
        if match is None:
            self._endless.add(sign)
            self.mended += 1
            if element.name == "iframe":             # it would swallow the rest of the page
                return
        text = self._html[self._place:match.start() if match else len(self._html)]
        self._place = match.end() if match else len(self._html)
        if element.name == "iframe" and "<" in text:
            return                                   # shown to browsers without frames only, and there are none
        if text:
            element.children.append(text if element.name in RAW else unescape(text))

    def _make_room(self, name: str) -> None:
        """End what cannot hold an element of this name."""
        if name in ENDS_P or name == MARK:
            self._end("p", WALLS)
            if name in HEADINGS and self._stack[-1].name in HEADINGS:
                self._stack.pop()
                self.mended += 1
        elif name == "li":
            self._end_item(("li",), ("ul", "ol", "menu"))
        elif name in ("dd", "dt"):
            self._end_item(("dd", "dt"), ("dl",))
        elif name in ("option", "optgroup"):
            self._end("option", frozenset(("select",)))
        elif name in RUBY and any(element.name == "ruby" for element in self._stack):
            while self._stack[-1].name in RUBY[name]:
                self._stack.pop()
        elif name in NEVER_TWICE and self._end(name, WALLS - {name}):
            self.mended += 1

    def _end_item(self, names: tuple[str, ...], lists: tuple[str, ...]) -> None:
        self._end("p", WALLS | frozenset(lists))
        for name in names:
            self._end(name, WALLS | frozenset(lists))

    def _make_table_room(self, name: str) -> bool:
        """End what stands between a table and this part of one; False where there is no table."""
        if not any(element.name == "table" for element in self._stack):
            return False
        walls = frozenset(("table",))
        if name == "col" and self._stack[-1].name == "colgroup":
            return True
        for cell in ("td", "th", "caption"):
            self._end(cell, walls)
        while self._stack[-1].name not in TABLE_PARTS:
            self._stack.pop()
        if name in SECTIONS or name in ("tr", "caption", "colgroup", "col"):
            self._end("tr", walls)
        if name in SECTIONS or name in ("caption", "colgroup", "col"):
            for section in SECTIONS:
                self._end(section, walls)
        if name == "col":
            self._push("colgroup")
        if name in ("tr", "td", "th") and self._stack[-1].name == "table":
            self._push("tbody")
        if name in ("td", "th") and self._stack[-1].name in SECTIONS:
            self._push("tr")
        return True

    def _push(self, name: str) -> None:
        element = Element(name)
        self._insert(element)
        self._stack.append(element)

    def _end(self, name: str, walls: frozenset[str]) -> bool:
        """Close the nearest open element of this name, unless a wall stands before it; whether there was one."""
        for number in range(len(self._stack) - 1, 0, -1):
            other = self._stack[number].name
            if other == name:
                del self._stack[number:]
                return True
            if other in walls:
                return False
        return False

    def _close(self, name: str) -> None:
        if name == "br":
            self._insert(Element("br"))
        if name in VOID:
            self.mended += 1
            return
        at = self._opened(name)
        if at is None:
            self.mended += name != "p"               # a paragraph that a block has ended already
            return
        above = self._stack[at + 1:]
        del self._stack[at:]
        self.mended += any(element.name not in IMPLIED_ENDS for element in above)
        if name in FORMATTING:
            for element in above:
                if element.name in FORMATTING:      # <b><i></b></i>: the inner one goes on
                    again = Element(element.name, dict(element.attributes))
                    self._place_element(again)
                    self._stack.append(again)

    def _opened(self, name: str) -> int | None:
        """Where the element that a closing tag means stands on the stack."""
        walls = WALLS if name not in WALLS and name not in TABLE_PARTS else frozenset[str]()
        for number in range(len(self._stack) - 1, 0, -1):
            other = self._stack[number].name
            if other == name or (name in HEADINGS and other in HEADINGS):
                return number
            if other in walls or (other in SPECIAL and name not in SPECIAL):
                return None
        return None
