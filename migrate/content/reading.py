"""What is known while a body is being read: switches, definitions found so far, numbers given so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from migrate.content.block_nodes import Block, Definition
from migrate.content.emphasis import Patience
from migrate.content.shortcodes import Names, TagEvent, closing_names
from migrate.content.source import Offsets, Working, restore
from migrate.content.tree import Occurrence, Problem
from migrate.model.document import Dialect

WHITE = " \t\n\r\0\x0b"
"""What PHP's `trim` takes away."""

DEEPEST = 50
"""How many lists, quotes and notices may stand within each other before the rest is taken for text."""

ZONE = 1 << 40

Finish = Callable[["Level", int, int, Any], Block]
Draft = tuple[Finish, int, int, Any]
"""A block whose lines are known (first, behind the last) and whose content is read later."""

Starter = Callable[["Level", int, str, int, int], int]
"""Tries to start a block: level, line number, the line without its indentation, that indentation, and where the
paragraph began that goes on (-1: none). Gives the number of the first line behind the block, 0 when it is none."""


class Grammar(NamedTuple):
    """What a dialect switches on."""

    starters: Mapping[str, tuple[Starter, ...]]
    takers: Mapping[str, Callable[[Any, int], Any]]
    marker: re.Pattern[str]                      # finds what may begin an inline
    every_marker: re.Pattern[str]                # finds all markers, also those that only cut texts
    names: Names | None
    paragraph: Finish                            # how a paragraph is read


class Reading:
    """The state of one parse, handed through the whole grammar."""

    __slots__ = ("abbreviations", "altered", "closing", "count", "definitions", "depth", "dialect", "emphasis",
                 "events", "footnotes", "grammar", "marker", "marks", "names", "noted", "patience", "problems",
                 "references", "size", "source", "tagging", "takers", "twig", "working", "zone")

    def __init__(self, source: str, dialect: Dialect, grammar: Grammar) -> None:
        self.source = source
        self.grammar = grammar
        self.takers = grammar.takers
        self.marker = grammar.marker
        self.dialect = dialect
        protect = dialect.twig and not dialect.twig_first
        self.working = Working(source, protect_twig=protect)
        self.size = len(self.working.text)
        self.patience = Patience(self.size)
        self.twig = self.working.twig
        self.names = grammar.names
        self.tagging = bool(self.twig or self.names)
        self.closing = closing_names(source) if grammar.names else frozenset()
        self.references: dict[str, tuple[str, str | None]] = {}
        self.footnotes: dict[str, FootnoteText] = {}
        self.abbreviations: dict[str, str] = {}
        self.noted = 0                           # footnotes numbered so far
        self.definitions: dict[str, Definition] = {}
        self.count = 0                           # ids given so far
        self.marks: list[Occurrence] = []
        self.events: list[TagEvent] = []
        self.problems: list[Problem] = []
        self.depth = 0                           # lists, quotes and notices around what is being read
        self.emphasis = 0                        # emphases around it
        self.altered = False                     # reading text that does not stand in the source like that
        self.zone = 0                            # what is shown at the end of the page counts from a higher one

    def next_id(self) -> int:
        """A number for a node that can carry a decision."""
        self.count += 1
        return self.count

    def give_up(self, code: str, start: int, **fields: Any) -> None:
        """Remember, once a page, that something from here on was too much to read as Parsedown would."""
        if all(problem.code != code for problem in self.problems):
            self.problems.append(Problem(code, start, fields))

    def forget(self) -> None:
        """Parsedown forgets all definitions whenever it starts to read a text, also one within another."""
        self.references = {}
        self.footnotes = {}
        self.abbreviations = {}
        self.marker = self.grammar.marker

    def abbreviate(self, word: str, meaning: str) -> None:
        """Remember an abbreviation, for all texts that are read from now on."""
        self.abbreviations[word] = meaning
        self.marker = self.grammar.every_marker

    def plain(self, text: str) -> str:
        """`text` with its Twig tags back in it."""
        return restore(text, self.twig) if self.twig else text

    def at(self, base: int) -> Offsets:
        """Offsets of a text that stands at `base` in the working text as it is."""
        if self.working.exact:
            return base.__add__
        offset = self.working.offset
        return lambda place: offset(base + place)

    def at_lines(self, lines: list[str], offsets: list[int]) -> Offsets:
        """Offsets of `lines` joined by newlines, each standing at its place in the working text."""
        base = place = offsets[0]
        starts = [0]
        for line, offset in zip(lines, offsets, strict=True):
            if offset != place:
                break
            place += len(line) + 1
        else:
            return self.at(base)
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        to_source = self.working.offset

        def offset_of(place: int) -> int:
            found = min(bisect_right(starts, place) - 1, len(offsets) - 1)
            return to_source(offsets[found] + place - starts[found])

        return offset_of

    def span(self, at: Offsets, start: int, end: int) -> tuple[int, int, bool]:
        """Start and end in the source of a node, and whether it stands there just so."""
        first, last = at(start), at(end - 1) + 1
        return first, last, last - first == end - start and not self.altered


class FootnoteText:
    """A footnote's lines, and how often it has been mentioned."""

    __slots__ = ("count", "lines", "number", "offsets")

    def __init__(self, lines: list[str], offsets: list[int]) -> None:
        self.lines = lines
        self.offsets = offsets
        self.number = 0
        self.count = 0


class Level:
    """Lines that are read together: the body, a list item, a quote."""

    __slots__ = ("drafts", "lines", "offsets", "reading")

    def __init__(self, reading: Reading, lines: list[str], offsets: list[int]) -> None:
        self.reading = reading
        self.lines = lines
        self.offsets = offsets
        self.drafts: list[Draft] = []

    def add(self, paragraph: int, first: int, last: int, finish: Finish, data: Any = None) -> int:
        """Take lines `first` to `last` (not included) for a block; what went on before it ends. Gives `last`."""
        if paragraph >= 0:
            self.drafts.append((self.reading.grammar.paragraph, paragraph, first, None))
        self.drafts.append((finish, first, last, data))
        return last

    def text(self, first: int, last: int) -> tuple[str, Offsets]:
        """Lines `first` to `last` (not included) as one text without indentation, and its offsets."""
        lines, offsets = self.lines, self.offsets
        if last - first == 1:
            text = lines[first].lstrip(" ")
            return text, self.reading.at(offsets[first] + len(lines[first]) - len(text))
        lines = lines[first:last]
        text = "\n".join(lines)
        if "\n " not in text and text[0] != " ":
            return text, self.reading.at_lines(lines, offsets[first:last])
        stripped = [line.lstrip(" ") for line in lines]
        places = [offset + len(line) - len(bare)
                  for offset, line, bare in zip(offsets[first:last], lines, stripped, strict=True)]
        return "\n".join(stripped), self.reading.at_lines(stripped, places)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where lines `first` to `last` (not included) stand in the source, the last line end included."""
        reading = self.reading
        start, end = self.offsets[first], self.offsets[last - 1] + len(self.lines[last - 1]) + 1
        end = min(end, reading.size)
        if reading.working.exact:
            return start, end
        return reading.working.offset(start), reading.working.offset(end)
