"""Twig's statements over a whole body: `if`, `for` and `set` are carried out before Markdown is read.

Grav runs Twig after Markdown, which tears loops apart (`<p>{% for … %}</p><ul>…`); what an author meant with a loop
around a list comes out only this way. What a tag prints is set down as a Twig text of its own (`{{ "…"|raw }}`),
which Markdown does not touch, unless Twig comes first by the page's own wish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from migrate.mappers.twig import VERBATIM, inside, names_set, spans_of
from migrate.mappers.twig_grammar import TwigSyntaxError, read_expression
from migrate.mappers.twig_library import UnknownError, items_of, truth
from migrate.mappers.twig_values import NOT_KNOWN, Evaluator

_NAME = re.compile(r"\w+")
_SET = re.compile(r"([A-Za-z_]\w*)\s*=\s*(.+)\Z", re.DOTALL)
_IN, _IF = re.compile(r"\sin\s"), re.compile(r"\sif\s")
_ENDS = {"if": "endif", "for": "endfor", "set": "endset"}
_MOST_ROUNDS, _LONGEST, _DEEPEST = 2000, 2_000_000, 50


class Ran(NamedTuple):
    """A body with what its Twig prints. `unknown`: (offset in the body as given, tag) of what nobody can work out;
    `missing`: the same for names that only a plug-in or theme could have, `regions` for statements around lines.
    """

    text: str
    unknown: tuple[tuple[int, str], ...]
    missing: tuple[tuple[int, str], ...]
    regions: tuple[tuple[int, str], ...]


class _Piece(NamedTuple):
    """A tag or the text between two; `kind` is text, print or the statement's name."""

    kind: str
    text: str
    start: int


class _Branch(NamedTuple):
    """A part of a statement: its own tag and what follows, up to the next part."""

    tag: _Piece
    inner: list[Any]


class _Block(NamedTuple):
    """`{% if %}` … `{% endif %}` with all its parts."""

    branches: list[_Branch]
    end: _Piece


class _SpentError(Exception):
    """The loops of a page go round too often."""


def run(text: str, context: Mapping[str, Any], *, literal: bool) -> Ran:
    """Carry out what can be; `literal`: what tags print is kept from Markdown."""
    runner = _Runner(context, literal)
    try:
        shown = runner.shown(_nest(_pieces(text)))
    except (TwigSyntaxError, _SpentError) as error:
        return Ran(text, ((max(0, text.find(str(error))), str(error).strip()),), (), ())
    return Ran(shown, tuple(runner.unknown), tuple(runner.missing), tuple(runner.regions))


def as_literal(text: str) -> str:
    """A tag that prints exactly this."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '{{ "' + quoted.replace("{", "\\x7b").replace("}", "\\x7d") + '"|raw }}' if text else ""


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    place, verbatim = 0, ""
    for start, end in spans_of(text):
        tag = text[start:end]
        name = _told(tag)[0] if tag.startswith("{%") else ""
        if verbatim and name != verbatim:
            continue
        if not tag.startswith("{{") and text.startswith("\n", end):
            tag, end = tag + "\n", end + 1                # Twig takes the end of the line along
        kind = "verbatim" if verbatim or name in VERBATIM else name or ("print" if tag.startswith("{{") else "comment")
        pieces += [_Piece("text", text[place:start], place), _Piece(kind, tag, start)]
        verbatim = "" if verbatim else VERBATIM.get(name, "")
        place = end
    return [*pieces, _Piece("text", text[place:], place)]


def _nest(pieces: list[_Piece]) -> list[Any]:
    """Statements with what stands in them; raises TwigSyntaxError where they do not match."""
    top: list[Any] = []
    opened: list[tuple[list[_Branch], list[Any]]] = []
    current = top
    for piece in pieces:
        if piece.kind in ("if", "for") or (piece.kind == "set" and "=" not in piece.text):
            if len(opened) >= _DEEPEST:
                raise TwigSyntaxError(piece.text)
            opened.append(([_Branch(piece, [])], current))
            current = opened[-1][0][-1].inner
        elif piece.kind in ("else", "elseif") and opened:
            opened[-1][0].append(_Branch(piece, []))
            current = opened[-1][0][-1].inner
        elif piece.kind in _ENDS.values():
            if not opened or _ENDS[opened[-1][0][0].tag.kind] != piece.kind:
                raise TwigSyntaxError(piece.text)
            branches, current = opened.pop()
            current.append(_Block(branches, piece))
        else:
            current.append(piece)
    if opened:
        raise TwigSyntaxError(opened[-1][0][0].tag.text)
    return top


class _Runner:
    """One run over one body."""

    def __init__(self, context: Mapping[str, Any], literal: bool) -> None:
        self.evaluator = Evaluator(context)
        self.literal = literal
        self.unknown: list[tuple[int, str]] = []
        self.missing: list[tuple[int, str]] = []
        self.regions: list[tuple[int, str]] = []
        self.rounds = self.length = 0

    def shown(self, nodes: list[Any]) -> str:
        """The text of nodes that are carried out."""
        text = "".join(self._node(node) for node in nodes)
        self.length += len(text)
        if self.length > _LONGEST:
            raise _SpentError(text[:80])
        return text

    def _node(self, node: Any) -> str:
        if isinstance(node, _Block):
            return self._block(node)
        if node.kind == "text":
            return str(node.text)
        if node.kind in ("verbatim", "comment"):
            return node.text if node.kind == "verbatim" and self.literal else ""
        try:
            return self._print(node) if node.kind == "print" else self._set(node)
        except (UnknownError, TwigSyntaxError, RecursionError):
            return self._given_up(node, str(node.text))

    def _given_up(self, piece: _Piece, written: str) -> str:
        """What stays as it is written; what it sets is unknown from now on."""
        if (piece.start, piece.text.strip()) not in self.unknown:
            self.unknown.append((piece.start, piece.text.strip()))
        self.evaluator.variables |= dict.fromkeys(names_set(written), NOT_KNOWN)
        return written

    def _value(self, source: str, piece: _Piece) -> Any:
        return self._watched(lambda: self.evaluator.value(read_expression(source)), piece)

    def _watched(self, work: Any, piece: _Piece) -> Any:
        before = len(self.evaluator.missing)
        value = work()
        if self.evaluator.missing[before:] and (piece.start, piece.text.strip()) not in self.missing:
            self.missing.append((piece.start, piece.text.strip()))
        del self.evaluator.missing[before:]
        return value

    def _print(self, piece: _Piece) -> str:
        text = self._watched(lambda: self.evaluator.shown(read_expression(inside(piece.text))), piece)
        return as_literal(text) if self.literal else text

    def _set(self, piece: _Piece) -> str:
        match = _SET.match(_told(piece.text)[1]) if piece.kind == "set" else None
        if match is None:
            raise UnknownError(piece.text)
        self.evaluator.variables[match[1]] = self._value(match[2], piece)
        return ""

    def _block(self, block: _Block) -> str:
        first = block.branches[0].tag
        try:
            text = {"if": self._if, "for": self._for, "set": self._capture}[first.kind](block)
        except (UnknownError, TwigSyntaxError, RecursionError):
            return self._given_up(first, self._as_written(block))
        place = (first.start, first.text.strip())
        if first.kind != "set" and first.text.endswith("\n") and place not in self.regions:
            self.regions.append(place)
        return text

    def _as_written(self, block: _Block) -> str:
        """A statement that cannot be carried out, with all that stands in it."""
        parts = [branch.tag.text + self._untouched(branch.inner) for branch in block.branches]
        return "".join((*parts, block.end.text))

    def _untouched(self, nodes: list[Any]) -> str:
        return "".join(self._as_written(node) if isinstance(node, _Block) else str(node.text) for node in nodes)

    def _if(self, block: _Block) -> str:
        for branch in block.branches:
            source = _told(branch.tag.text)[1]
            if branch.tag.kind == "else" or truth(self._value(source, branch.tag)):
                return self.shown(branch.inner)
        return ""

    def _capture(self, block: _Block) -> str:
        self.evaluator.variables[_told(block.branches[0].tag.text)[1]] = self.shown(block.branches[0].inner)
        return ""

    def _for(self, block: _Block) -> str:
        first = block.branches[0]
        loop = _loop(first.tag)
        outer = dict(self.evaluator.variables)
        rows = self._rows(loop, first.tag)
        texts = [self._round(loop, first, row, number, len(rows)) for number, row in enumerate(rows)]
        self.evaluator.variables = outer
        if not rows and len(block.branches) > 1:
            return self.shown(block.branches[1].inner)
        return "".join(texts)

    def _rows(self, loop: _Loop, tag: _Piece) -> list[tuple[Any, Any]]:
        rows = items_of(self._value(loop.over, tag))
        if loop.only:
            rows = [row for row in rows if truth(self._with(loop, row, lambda: self._value(loop.only, tag)))]
        self.rounds += len(rows)
        if self.rounds > _MOST_ROUNDS:
            raise _SpentError(tag.text)
        return rows

    def _with(self, loop: _Loop, row: tuple[Any, Any], work: Any) -> Any:
        self.evaluator.variables[loop.value] = row[1]
        if loop.key:
            self.evaluator.variables[loop.key] = row[0]
        return work()

    def _round(self, loop: _Loop, branch: _Branch, row: tuple[Any, Any], number: int, count: int) -> str:
        self.evaluator.variables["loop"] = {
            "index": number + 1, "index0": number, "first": number == 0, "last": number == count - 1, "length": count,
            "revindex": count - number, "revindex0": count - number - 1}
        return str(self._with(loop, row, lambda: self.shown(branch.inner)))


class _Loop(NamedTuple):
    """`for key, value in over if only`."""

    key: str
    value: str
    over: str
    only: str


def _loop(tag: _Piece) -> _Loop:
    names, *rest = _IN.split(_told(tag.text)[1], maxsplit=1)
    found = _NAME.findall(names)
    if not rest or len(found) not in (1, 2):
        raise TwigSyntaxError(tag.text)
    over, *only = _IF.split(rest[0], maxsplit=1)
    return _Loop(found[0] if len(found) == 2 else "", found[-1], over, only[0] if only else "")


def _told(tag: str) -> tuple[str, str]:
    """The name of a statement, and what it says."""
    text = inside(tag.rstrip("\n"))
    match = _NAME.match(text)
    return (match[0], text[match.end():].strip()) if match else ("", text)
