"""The blocks of Markdown Extra: footnotes, abbreviations, definition lists."""

from __future__ import annotations

from typing import Any

from migrate.content.abbreviations import read_abbreviation
from migrate.content.block_nodes import (
    Abbreviation,
    Block,
    DefinitionList,
    Description,
    Footnote,
    Note,
    Term,
)
from migrate.content.footnotes import FOOTNOTE, FOOTNOTE_START
from migrate.content.inlines import inlines
from migrate.content.reading import WHITE, ZONE, FootnoteText, Level, Reading


def abbreviation(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`*[word]: meaning`."""
    found = read_abbreviation(text)
    if found is None:
        return 0
    level.reading.abbreviate(*found)
    return level.add(paragraph, index, index + 1, _finish_abbreviation, found)


def _finish_abbreviation(level: Level, first: int, last: int, found: Any) -> Block:
    word, meaning = found
    return Abbreviation(word, meaning, *level.span(first, last))


def footnote(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`[^label]: text`. Once a blank line has been met, only indented lines go on, each a paragraph of its own."""
    match = FOOTNOTE.fullmatch(text)
    if match is None:
        return 0
    note = FootnoteText([match[2]], [level.offsets[index] + indent + match.start(2)])
    last, interrupted = index + 1, False
    for place in range(index + 1, len(level.lines)):
        line = level.lines[place]
        if not line.strip(WHITE):
            interrupted = True
            continue
        bare = line.lstrip(" ")
        depth = len(line) - len(bare)
        if FOOTNOTE_START.match(bare) or (interrupted and depth < 4):
            break
        offset = level.offsets[place] + depth
        if interrupted:
            note.lines.append("")
            note.offsets.append(offset)
        note.lines.append(bare)
        note.offsets.append(offset)
        last = place + 1
    level.reading.footnotes[match[1]] = note
    return level.add(paragraph, index, last, _finish_footnote, (match[1], "\n".join(note.lines)))


def _finish_footnote(level: Level, first: int, last: int, data: Any) -> Block:
    label, text = data
    return Footnote(label, level.reading.plain(text), *level.span(first, last))


def notes(reading: Reading) -> tuple[Note, ...]:
    """The footnotes that were mentioned, in that order. Within a note no other note and no definition is known."""
    from migrate.content.blocks import read_lines  # lines make blocks, notes hold lines

    made = []
    mentioned = [(label, note) for label, note in reading.footnotes.items() if note.number]
    zone = reading.zone
    for label, note in sorted(mentioned, key=lambda item: item[1].number):
        reading.zone = zone + note.number * ZONE
        reading.forget()
        made.append(Note(label, note.number, note.count, read_lines(reading, note.lines, note.offsets)))
    reading.zone = zone
    return tuple(made)


class _Meaning:
    """The lines of one description; `loose`: it is read as a text of its own."""

    __slots__ = ("lines", "loose", "offsets")

    def __init__(self, line: str, offset: int, *, loose: bool) -> None:
        self.lines = [line]
        self.offsets = [offset]
        self.loose = loose


def definition_list(level: Level, index: int, text: str, indent: int, paragraph: int) -> int:
    """`: meaning` under a paragraph, each line of which is a term; a blank line may lie between."""
    drafts = level.drafts
    interrupted = False
    if paragraph < 0:
        if not drafts or drafts[-1][0] is not level.reading.grammar.paragraph:
            return 0
        _, paragraph, behind, _ = drafts.pop()
        interrupted = True
    else:
        behind = index
    meanings = [_meaning(text, level.offsets[index] + indent, loose=interrupted)]
    last, interrupted = index + 1, False
    for place in range(index + 1, len(level.lines)):
        line = level.lines[place]
        if not line.strip(WHITE):
            interrupted = True
            continue
        bare = line.lstrip(" ")
        depth = len(line) - len(bare)
        if bare[0] == ":":
            meanings.append(_meaning(bare, level.offsets[place] + depth, loose=interrupted))
        elif interrupted and not depth:
            break
        else:
            _continue(meanings[-1], line, level.offsets[place], min(depth, 4), interrupted)
        interrupted = False
        last = place + 1
    drafts.append((_finish_definitions, paragraph, last, (behind, meanings)))
    return last


def _meaning(text: str, offset: int, *, loose: bool) -> _Meaning:
    bare = text[1:].lstrip(WHITE)
    return _Meaning(bare.rstrip(WHITE), offset + len(text) - len(bare), loose=loose)


def _continue(meaning: _Meaning, line: str, offset: int, indent: int, interrupted: bool) -> None:
    if interrupted:
        meaning.loose = True
        meaning.lines += ("", "")
        meaning.offsets += (offset, offset)
    meaning.lines.append(line[indent:])
    meaning.offsets.append(offset + indent)


def _finish_definitions(level: Level, first: int, last: int, data: Any) -> Block:
    behind, meanings = data
    reading = level.reading
    items: list[Term | Description] = []
    for index in range(first, behind):
        text, at = level.text(index, index + 1)
        items.append(Term(inlines(reading, text, at)))
    items += [_description(reading, meaning) for meaning in meanings]
    return DefinitionList(tuple(items), *level.span(first, last))


def _description(reading: Reading, meaning: _Meaning) -> Description:
    from migrate.content.blocks import read_document  # lines make blocks, descriptions hold lines

    if meaning.loose:
        return Description((), read_document(reading, meaning.lines, meaning.offsets))
    at = reading.at_lines(meaning.lines, meaning.offsets)
    return Description(inlines(reading, "\n".join(meaning.lines), at), None)
