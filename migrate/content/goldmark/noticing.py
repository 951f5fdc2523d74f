"""What a reader of the report should know about a page's Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from migrate.content.goldmark.bare_lines import is_bare
from migrate.content.goldmark.broken import first_broken_tag
from migrate.content.goldmark.judge import Judge
from migrate.content.goldmark.openers import lone_openers
from migrate.content.goldmark.units import COPIED, HTML, PARTLY_HTML, Unit
from migrate.content.tree import (
    Block,
    CodeBlock,
    Comment,
    DefinitionList,
    Divider,
    Heading,
    HtmlBlock,
    Image,
    List,
    MixedHtml,
    Paragraph,
    Quote,
    Table,
    walk,
)
from migrate.content.tree import (
    Notice as NoticeBlock,
)
from migrate.content.unclosed import SWALLOWING, first_unclosed


class Notice(NamedTuple):
    """A finding in the making: its code, an offset in the source, and its fields."""

    code: str
    start: int
    fields: Mapping[str, Any] = MappingProxyType({})


_NAMES: dict[type, str] = {
    Paragraph: "a paragraph", Heading: "a heading", List: "a list", Quote: "a quote", Table: "a table",
    CodeBlock: "a piece of code", DefinitionList: "a definition list", NoticeBlock: "a notice",
}
_WERE_HTML = (HtmlBlock, Comment, MixedHtml)
_BLANK_LINES = re.compile(r"\n[ \t>]*\r?\n[ \t>]*\r?\n")
_TAG = re.compile(r"<(?!(?:br|img|hr)\b|https?:|mailto:|!-- ?more ?-->)[A-Za-z/!]", re.IGNORECASE)
_SCRIPT = re.compile(r"<(?:script|style)\b", re.IGNORECASE)


def noticed_of_units(units: Sequence[Unit], wrong: int | None) -> list[Notice]:
    """What had to become HTML, and what may still look different; `wrong`: the unit where the page goes wrong."""
    unsure = [unit for number, unit in enumerate(units) if not unit.sure or number == wrong]
    starts = [unit.start for unit in unsure if not any(_says_hugo(block) for block in unit.blocks)]
    html = [Notice("G206", unit.start, {"what": _name(unit)}) for unit in units
            if unit.level >= PARTLY_HTML and not (unit.blocks and isinstance(unit.blocks[0], _WERE_HTML))]
    return html + [Notice("G207", start) for start in starts]


def _name(unit: Unit) -> str:
    block = unit.blocks[0] if unit.blocks else None
    if block is None:
        return "the list of footnotes"
    if isinstance(block, Paragraph) and len(block.children) == 1 and isinstance(block.children[0], Image):
        return "a picture with a class or other attributes"
    name = _NAMES.get(type(block), "a part of the page")
    return name if unit.level == HTML else "part of " + name


def noticed_of_page(judge: Judge, units: Sequence[Unit]) -> Iterator[Notice]:
    """What concerns the page whether or not it is the author's text throughout."""
    tree = judge.tree
    if judge.tree.dialect.divider in tree.source:
        yield from _nested_divider(judge)
    if "{{" in tree.source and _SCRIPT.search(tree.source):
        yield from (Notice("G211", block.start) for block in tree.blocks if _says_hugo(block))
    opened = _unclosed(judge)
    if opened is not None:
        yield Notice("G212", _place(f"<{opened}", judge), {"tag": f"<{opened}>"})
    elif _TAG.search(tree.source):
        broken = first_broken_tag(judge.page.html)
        if broken is not None:
            yield Notice("G213", _place(broken.removesuffix(">"), judge), {"tag": broken})
    if judge.bare_lines:
        yield from (Notice("G210", block.start) for block in _first(
            block for block in tree.blocks if is_bare(block, judge.decisions, tree.partners)))
    if _BLANK_LINES.search(tree.source):
        yield from (Notice("G209", block.start) for block in _first(_code_with_blank_lines(judge, units)))


def _says_hugo(block: Block) -> bool:
    """True for a script or style with the beginning of what Hugo takes for a shortcode."""
    return (isinstance(block, HtmlBlock) and _SCRIPT.search(block.text) is not None
            and next(lone_openers(block.text), None) is not None)


def _unclosed(judge: Judge) -> str | None:
    """The element that takes the rest of the page for its own text, because nothing closes it."""
    return first_unclosed(judge.page.html, SWALLOWING) if "<" in judge.tree.source else None


def _place(tag: str, judge: Judge) -> int:
    """Where the tag stands last in the source."""
    return max(0, judge.tree.source.lower().rfind(tag))


def _first(blocks: Iterable[Block]) -> Iterator[Block]:
    yield from (block for number, block in enumerate(blocks) if number == 0)


def _nested_divider(judge: Judge) -> Iterator[Notice]:
    """The summary's end within a list, a quote or HTML, where Hugo's own divider would tear the page apart."""
    first = next((block.start for block in judge.tree.blocks if isinstance(block, Divider)), None)
    for block in judge.tree.blocks:
        if first is not None and block.start >= first:
            return
        nested = any(isinstance(node, Divider) for node in walk(block))
        if nested or (isinstance(block, HtmlBlock) and judge.divider in block.text):
            yield Notice("G208", block.start)
            return


def _code_with_blank_lines(judge: Judge, units: Sequence[Unit]) -> Iterator[Block]:
    """Code of the author's own text in which several blank lines follow each other; Grav shows one of them."""
    source = judge.tree.source
    copied = [block for unit in units if unit.level == COPIED for block in unit.blocks] if units else judge.tree.blocks
    for top in copied:
        for block in (top, *walk(top)) if isinstance(top, List | Quote) else (top,):
            if isinstance(block, CodeBlock) and _BLANK_LINES.search(source[block.start:block.end].strip()):
                yield block
