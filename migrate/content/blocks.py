"""The grammar of lines: which blocks they make, in Parsedown's order of trying.

Reading has two steps, as in Parsedown: first all lines of a level are sorted into blocks, which collects the
definitions among them, then the content of each block is read, in order. What a quote or a list defines is
therefore known only behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any

from migrate.content import containers, extra, html_blocks, leaves, lines, tables
from migrate.content.block_nodes import Blank, Block, Divider, Document, Paragraph
from migrate.content.inline_nodes import Text
from migrate.content.inlines import inlines, marker_for, takers_for
from migrate.content.reading import WHITE, Grammar, Level, Reading, Starter
from migrate.content.shortcodes import Names, pair
from migrate.content.tree import Tree
from migrate.model.document import Dialect


def parse_blocks(source: str, dialect: Dialect) -> Tree:
    """See `tree.parse`."""
    if not dialect.markdown:
        return _untouched(source, dialect)
    reading = Reading(source, dialect, grammar_for(dialect))
    split = reading.working.text.split("\n")
    offsets = [0, *accumulate(len(line) + 1 for line in split[:-1])]
    document = read_document(reading, split, offsets)
    partners, inert = _pairs(reading)
    marks = sorted(reading.marks, key=lambda node: node.start)
    return Tree(source, dialect, _with_blanks(document.blocks, len(source)), document.notes, reading.definitions,
                partners, inert, tuple(node for node in marks if node.id not in inert), tuple(reading.problems),
                document.footnotes)


def read_document(reading: Reading, texts: list[str], offsets: list[int]) -> Document:
    """A text of its own: it starts without definitions, and shows its footnotes at its end."""
    reading.forget()
    blocks = read_lines(reading, texts, offsets)
    if reading.footnotes:
        return Document(blocks, extra.notes(reading), True)
    return Document(blocks)


def read_lines(reading: Reading, texts: list[str], offsets: list[int]) -> tuple[Block, ...]:
    """The blocks of some lines that stand at `offsets` of the working text; the lines of a list item, say."""
    level = Level(reading, texts, offsets)
    sort_lines(level)
    return tuple([finish(level, first, last, data) for finish, first, last, data in level.drafts])


def sort_lines(level: Level) -> None:
    """Sort the lines of a level into drafts of blocks."""
    texts, drafts = level.lines, level.drafts
    starters_at = level.reading.grammar.starters.get
    index, paragraph, count = 0, -1, len(texts)
    while index < count:
        text = texts[index]
        starters = starters_at(text[:1])
        if starters is None:                     # begins like nothing else
            if paragraph < 0:
                paragraph = index
            index += 1
            continue
        indent = 0
        if not starters:                         # blank, or indented
            if not text.strip(WHITE):
                if paragraph >= 0:
                    drafts.append((finish_paragraph, paragraph, index, None))
                    paragraph = -1
                index += 1
                continue
            indent = len(text)
            text = text.lstrip(" ")
            indent -= len(text)
            if indent >= 4 and paragraph < 0:
                index = leaves.indented_code(level, index)
                continue
            starters = starters_at(text[0]) or ()
        for start in starters:
            behind = start(level, index, text, indent, paragraph)
            if behind:
                index, paragraph = behind, -1
                break
        else:
            if paragraph < 0:
                paragraph = index
            index += 1
    if paragraph >= 0:
        drafts.append((finish_paragraph, paragraph, count, None))


def finish_paragraph(level: Level, first: int, last: int, _: Any) -> Block:
    """A paragraph, or the divider."""
    reading = level.reading
    text, at = level.text(first, last)
    start, end = level.span(first, last)
    children = inlines(reading, text, at)
    if text == reading.dialect.divider and len(children) == 1 and type(children[0]) is Text:
        return Divider(text, start, end)
    return Paragraph(children, start, end)


def _with_blanks(blocks: tuple[Block, ...], size: int) -> tuple[Block, ...]:
    """The blocks with what lies between them, so that they cover the whole source."""
    out: list[Block] = []
    place = 0
    for block in blocks:
        if block.start > place:
            out.append(Blank(place, block.start))
        out.append(block)
        place = block.end
    if place < size:
        out.append(Blank(place, size))
    return tuple(out)


def _pairs(reading: Reading) -> tuple[Mapping[int, int], frozenset[int]]:
    """Which shortcode tags belong together, and which are none."""
    return pair(reading.events, nested=reading.dialect.shortcode_parser == "regular")


def _untouched(source: str, dialect: Dialect) -> Tree:
    """A page that does not use Markdown: its body is one piece of HTML."""
    reading = Reading(source, dialect, grammar_for(dialect))
    block = html_blocks.whole(reading) if source else None
    partners, inert = _pairs(reading)
    marks = tuple(node for node in reading.marks if node.id not in inert)
    return Tree(source, dialect, (block,) if block else (), partners=partners, inert=inert, occurrences=marks)


@lru_cache(maxsize=64)
def grammar_for(dialect: Dialect) -> Grammar:
    """The grammar with the switches of `dialect`."""
    live, alone = ({name for name in names if ":" not in name}
                   for names in (dialect.shortcodes, dialect.shortcode_lines))
    names = Names(live, alone) if live or alone else None
    starters: dict[str, list[Starter]] = {
        "#": [leaves.heading],
        "*": [leaves.rule, containers.bullets],
        "+": [containers.bullets],
        "-": [leaves.setext, tables.table, leaves.rule, containers.bullets],
        **{digit: [containers.numbers] for digit in "0123456789"},
        ":": [tables.table],
        "<": [] if dialect.escape_markup else [html_blocks.comment, html_blocks.element],
        "=": [leaves.setext],
        ">": [containers.quote],
        "[": [lines.definition],
        "_": [leaves.rule],
        "`": [leaves.fenced_code],
        "|": [tables.table],
        "~": [leaves.fenced_code],
        "{": [lines.twig_line],
    }
    if dialect.extra:
        starters[":"].append(extra.definition_list)
        starters["*"].append(extra.abbreviation)
        starters["["].insert(0, extra.footnote)
    if names:
        starters["["].append(lines.shortcode_line)
    if dialect.notices:
        starters["!"] = [containers.notice]
    table = {char: tuple(found) for char, found in starters.items() if found}
    table.update(dict.fromkeys(("", *WHITE), ()))
    urls = dialect.auto_url_links
    return Grammar(table, takers_for(extra=dialect.extra, urls=urls), marker_for(abbreviations=False, urls=urls),
                   marker_for(abbreviations=True, urls=urls), names, finish_paragraph)
