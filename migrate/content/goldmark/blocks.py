"""Blocks → Markdown that Goldmark shows in the same way, written anew from the tree.

Nothing here needs to be believed: the caller renders the result and compares. What is known not to work in
Markdown (a table whose rows differ in length, a list item with a class) raises UnsayableError or becomes raw HTML at
once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from migrate.content.decisions import Decisions, Relink
from migrate.content.goldmark.escapes import destination, fence, guard_heading, guard_line_starts, title
from migrate.content.goldmark.inlines import say_inlines
from migrate.content.goldmark.lists import say_list
from migrate.content.goldmark.raw_html import EMPTY_COMMENT, for_hugo, html_block
from migrate.content.goldmark.texts import literal_html
from migrate.content.goldmark.voice import UnsayableError, Voice
from migrate.content.tree import (
    Block,
    Cell,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Divider,
    Document,
    Footnote,
    Heading,
    HtmlBlock,
    List,
    MixedHtml,
    Notice,
    Paragraph,
    Quote,
    Rule,
    ShortcodeLine,
    Table,
    TwigLine,
)


def say_blocks(blocks: Sequence[Block], voice: Voice) -> str:
    """The Markdown of blocks, parted by blank lines; no line end at the end."""
    out: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = say_block(block, voice)
        if text:
            if previous is not None and would_merge(previous, block):
                out.append(EMPTY_COMMENT)
            out.append(text)
            previous = block
    return "\n\n".join(out)


def would_merge(first: Block, second: Block) -> bool:
    """True for two blocks that Goldmark would read as one though a blank line parts them."""
    if isinstance(first, List) and isinstance(second, List):
        return first.ordered == second.ordered
    return isinstance(first, List) and isinstance(second, CodeBlock) and not second.fenced


def say_block(block: Block, voice: Voice) -> str:
    """The Markdown of one block without a line end; "" for one that shows nothing."""
    if id(block) in voice.forced:
        return html_block(voice.html((block,)))
    say = _SAY.get(type(block))
    return say(block, voice) if say else ""


def _paragraph(block: Paragraph, voice: Voice) -> str:
    return guard_line_starts(say_inlines(block.children, voice).strip(" \t\n"))


def _heading(block: Heading, voice: Voice) -> str:
    if block.attributes and not _plain_attributes(block, voice):
        return html_block(voice.html((block,)))
    text = say_inlines(block.children, replace(voice, one_line=True)).strip(" \t\n")
    text = guard_heading(text, attributes=voice.options.extra)
    return ("#" * block.level + " " + text + _heading_attributes(block)).rstrip(" ")


_NAME = re.compile(r"[A-Za-z][\w-]*\Z")


def _plain_attributes(block: Heading, voice: Voice) -> bool:
    return voice.options.extra and all(_NAME.match(word) for _, value in block.attributes for word in value.split(" "))


def _heading_attributes(block: Heading) -> str:
    words = [("#" if name == "id" else ".") + word for name, value in block.attributes for word in value.split(" ")]
    return " {" + " ".join(words) + "}" if words else ""


def _rule(block: Rule, voice: Voice) -> str:
    return "___" if voice.mark == "_" else "---"


def _code(block: CodeBlock, voice: Voice) -> str:
    decided = any(getattr(part, "id", None) in voice.decisions for part in block.parts)
    info = block.info or ""
    if decided or "{{<" in block.text or "{{%" in block.text or "<!--more-->" in block.text or "`" in info:
        return html_block(for_hugo(voice.html((block,))))
    marks = fence(block.text)
    info = info.replace("\\", "\\\\").replace("&", "&amp;")
    return f"{marks}{info}\n{block.text}\n{marks}" if block.text else f"{marks}{info}\n{marks}"


def _quote(block: Quote, voice: Voice) -> str:
    inner = say_blocks(block.children, voice)
    return prefixed(inner, "> ", ">") if inner else ">"


def prefixed(text: str, prefix: str, empty: str = "") -> str:
    """Every line with `prefix`, empty lines with `empty`."""
    return "\n".join([prefix + line if line else empty for line in text.split("\n")])


def _list(block: List, voice: Voice) -> str:
    return say_list(block, voice, say_blocks, say_block)


def _table(block: Table, voice: Voice) -> str:
    width = len(block.head)
    if any(len(row) != width for row in block.rows) or not width:
        raise UnsayableError
    voice = replace(voice, one_line=True, table=True)
    lines = [_row(block.head, voice), "| " + " | ".join(_MARKS[cell.align] for cell in block.head) + " |"]
    lines += [_row(row, voice) for row in block.rows]
    return "\n".join(lines)


_MARKS = {"": "---", "left": ":---", "right": "---:", "center": ":---:"}


def _row(cells: Sequence[Cell], voice: Voice) -> str:
    texts = [say_inlines(cell.children, voice).strip(" \t\n") for cell in cells]
    return "| " + " | ".join(texts) + " |"


def _html(block: HtmlBlock | Comment, voice: Voice) -> str:
    text = voice.html((block,)) if block.parts else block.text
    return html_block(for_hugo(text))


def _mixed(block: MixedHtml, voice: Voice) -> str:
    pieces: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, Document):
            if piece.notes:
                raise UnsayableError
            pieces.append(say_blocks(piece.blocks, voice))
        else:
            pieces.append(html_block(piece) if isinstance(piece, str) else _html(piece, voice))
    return "\n\n".join(piece for piece in pieces if piece)


def _definition(block: Definition, voice: Voice) -> str:
    if voice.tree.definitions.get(block.key) is not block:
        return ""                            # Grav takes the last of several, Goldmark the first
    return say_definition(decided(block, voice.decisions))


def decided(block: Definition, decisions: Decisions) -> Definition:
    """The definition with the address that was decided for it."""
    decision = decisions.get(block.id)
    return block._replace(url=decision.url, title=decision.title) if isinstance(decision, Relink) else block


def say_definition(block: Definition) -> str:
    """The definition as a line of its own."""
    label = block.label.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{label}]: {destination(block.url)}" + (f" {title(block.title)}" if block.title else "")


def _footnote(block: Footnote, voice: Voice) -> str:
    note = next((note for note in voice.tree.notes if note.label == block.label), None)
    if not voice.notes_in_markdown or note is None:
        return ""
    inner = say_blocks(note.children, voice)
    return f"[^{block.label}]: " + prefixed(inner, "    ").lstrip(" ")


def _notice(block: Notice, voice: Voice) -> str:
    return f'<div class="{block.classes}">\n\n{say_blocks(block.children, voice)}\n\n</div>'


def _bare_line(block: TwigLine | ShortcodeLine, voice: Voice) -> str:
    if isinstance(block, ShortcodeLine) and block.tag is not None:
        return guard_line_starts(say_inlines((block.tag,), voice))
    if any(getattr(part, "id", None) in voice.decisions for part in block.parts):
        return say_inlines(block.parts, voice)
    return guard_line_starts(literal_html(block.text, voice).strip(" \t\n"))


def _divider(block: Divider, voice: Voice) -> str:
    return ""


def _definition_list(block: DefinitionList, voice: Voice) -> str:
    return html_block(voice.html((block,)))


_SAY: dict[type, Callable[..., str]] = {
    Paragraph: _paragraph, Heading: _heading, Rule: _rule, CodeBlock: _code, Quote: _quote, List: _list,
    Table: _table, HtmlBlock: _html, Comment: _html, MixedHtml: _mixed, Definition: _definition,
    Footnote: _footnote, Notice: _notice, TwigLine: _bare_line, ShortcodeLine: _bare_line, Divider: _divider,
    DefinitionList: _definition_list,
}
