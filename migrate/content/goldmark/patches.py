"""The author's own source with the decisions patched in: the Markdown that changes nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from migrate.content.decisions import Decision, Decisions, Relink, Replace, Wrap, opaque
from migrate.content.goldmark.escapes import destination, title
from migrate.content.goldmark.links import needs_tag, plain_tag, say_autolink
from migrate.content.goldmark.tokens import DIVIDER, tag_token
from migrate.content.tree import (
    Abbreviation,
    Autolink,
    Blank,
    Block,
    Definition,
    Divider,
    Image,
    Link,
    Occurrence,
    Shortcode,
    ShortcodeLine,
    Tree,
    walk,
)


class Edit(NamedTuple):
    """`source[start:end]` becomes `text`; `alone`: as a block between blank lines."""

    start: int
    end: int
    text: str
    alone: bool = False


class Edits(NamedTuple):
    """What to change, in order and apart from each other; `impossible`: where a decision cannot be patched in."""

    edits: tuple[Edit, ...]
    impossible: tuple[int, ...]

    def within(self, start: int, end: int) -> Sequence[Edit]:
        """The edits that lie in this part of the source."""
        return self.edits[bisect_left(self.edits, (start,)):bisect_left(self.edits, (end,))]

    def possible(self, start: int, end: int) -> bool:
        """True where every decision in this part of the source is among the edits."""
        return bisect_left(self.impossible, start) == bisect_left(self.impossible, end)


def apply_edits(source: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """`source[start:end]` with the edits made."""
    if not edits:
        return source[start:end]
    out: list[str] = []
    position = start
    for edit in edits:
        out.append(source[position:edit.start])
        if edit.alone and edit.text:
            _part(out)
        out.append(edit.text)
        position = edit.end
        if edit.alone and edit.text:
            out.append("\n" if source[position:position + 1] in ("\n", "") else "\n\n")
    out.append(source[position:end])
    return "".join(out)


def _part(out: list[str]) -> None:
    """See to it that the text so far ends in a blank line."""
    tail = "".join(out[-3:])[-2:]
    if tail and tail != "\n\n":
        out.append("\n" if tail[-1] == "\n" else "\n\n")


def collect_edits(tree: Tree, decisions: Decisions) -> Edits:
    """What the decisions, the divider and hidden lines ask for, as edits of the source."""
    edits: list[Edit] = [*_block_edits(tree), *_address_edits(tree)]
    impossible: list[int] = []
    lines = {block.tag.id: block for block in tree.blocks if isinstance(block, ShortcodeLine) and block.tag}
    closers = {node.id: node for node in tree.occurrences if isinstance(node, Shortcode)} if decisions else {}
    for node in tree.occurrences if decisions else ():
        opener = node.id
        if isinstance(node, Shortcode) and node.form == "close":
            opener = tree.partners.get(node.id, node.id)
        decision = decisions.get(opener)
        if decision is None:
            continue
        if not node.patchable:
            impossible.append(node.start)
            continue
        edits.extend(_edits(node, decision, tree, decisions, lines, closers, impossible))
    return Edits(disjoint(edits), tuple(sorted(impossible)))


def disjoint(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """In order, without those that lie within another."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not out or edit.start >= out[-1].end:
            out.append(edit)
    return tuple(out)


def _block_edits(tree: Tree) -> Iterator[Edit]:
    first = True
    for number, block in enumerate(tree.blocks):
        if isinstance(block, Divider) and first:
            yield Edit(block.start, block.end, DIVIDER, alone=True)
            first = False
        elif isinstance(block, Divider):
            following = tree.blocks[number + 1] if number + 1 < len(tree.blocks) else block
            yield Edit(block.start, following.end if isinstance(following, Blank) else block.end, "")
        elif isinstance(block, Abbreviation):
            yield Edit(block.start, block.end, "")
        elif type(block) is Blank and " \t" in tree.source[block.start:block.end]:   # Goldmark has its own idea of it
            yield Edit(block.start, block.end, tree.source[block.start:block.end].replace(" ", "").replace("\t", ""))


def _address_edits(tree: Tree) -> Iterator[Edit]:
    """Bare addresses that are links get their angle brackets: Goldmark's own rule for them is another."""
    if not tree.dialect.auto_url_links or "://" not in tree.source:
        return
    for node in walk(tree):
        if isinstance(node, Autolink) and node.kind == "bare" and tree.source[node.start:node.end] == node.url:
            yield Edit(node.start, node.end, say_autolink(node))


def _edits(node: Occurrence, decision: Decision, tree: Tree, decisions: Decisions,
           lines: dict[int, ShortcodeLine], tags: dict[int, Shortcode], impossible: list[int]) -> Iterator[Edit]:
    match node, decision:
        case Link(), Relink():
            yield from _link_edits(node, decision, tree, decisions)
        case Image(), Relink():
            yield from _image_edits(node, decision, tree, decisions)
        case Definition(), Relink():
            yield _definition_edit(node, decision, tree)
        case Shortcode(), Replace() | Wrap():
            yield from _shortcode_edits(node, decision, tree, lines, tags, impossible)
        case _, Replace():
            yield Edit(node.start, node.end, opaque(node.id))
        case _:
            impossible.append(node.start)


def _target(decision: Relink) -> str:
    """`(url "title")`, fit for a table's cell too."""
    words = f' {title(decision.title).replace("|", "&#124;")}' if decision.title else ""
    return f"({destination(decision.url).replace('|', '%7C')}{words})"


def _is_said(node: Link | Image, decision: Relink, tree: Tree, decisions: Decisions) -> bool:
    """True where the source says already what was decided."""
    if node.attributes:
        return False
    said: tuple[str, str | None] = (node.url, node.title)
    if node.reference is not None:
        definition = tree.definitions[node.reference]
        other = decisions.get(definition.id)
        said = (other.url, other.title) if isinstance(other, Relink) else (definition.url, definition.title)
    return said == (decision.url, decision.title)


def _link_edits(node: Link, decision: Relink, tree: Tree, decisions: Decisions) -> Iterator[Edit]:
    if needs_tag(decision):
        opening = tag_token(node.id, decision) or plain_tag(node, decision).replace("|", "&#124;")
        yield Edit(node.start, node.start + 1, opening)
        yield Edit(node.tail - 1, node.end, "</a>")
    elif not _is_said(node, decision, tree, decisions):
        yield Edit(node.tail, node.end, _target(decision))


def _image_edits(node: Image, decision: Relink, tree: Tree, decisions: Decisions) -> Iterator[Edit]:
    if needs_tag(decision):
        element = tag_token(node.id, decision) or plain_tag(node, decision).replace("|", "&#124;")
        yield Edit(node.start, node.end, element)
    elif not _is_said(node, decision, tree, decisions):
        yield Edit(node.tail, node.end, _target(decision))


def _definition_edit(node: Definition, decision: Relink, tree: Tree) -> Edit:
    line = tree.source[node.start:node.end]
    after = line.index("]:", len(node.label)) + 2
    words = f" {title(decision.title)}" if decision.title else ""
    ending = line[len(line.rstrip("\r\n")):]
    return Edit(node.start, node.end, f"{line[:after]} {destination(decision.url)}{words}{ending}")


def _shortcode_edits(node: Shortcode, decision: Replace | Wrap, tree: Tree, lines: dict[int, ShortcodeLine],
                     tags: dict[int, Shortcode], impossible: list[int]) -> Iterator[Edit]:
    line = lines.get(node.id)
    start, end, alone = (line.start, line.end, True) if line else (node.start, node.end, False)
    partner = tree.partners.get(node.id)
    if isinstance(decision, Wrap):
        text = opaque(node.id if node.form != "close" else partner or 0, closing=node.form == "close")
        if node.form != "close" and partner is None:
            text += opaque(node.id, closing=True)
        yield Edit(start, end, text, alone)
    elif node.form != "close":
        if partner is not None and not tags[partner].patchable:
            impossible.append(node.start)
            return
        last: Block | Shortcode | None = lines.get(partner) or tags.get(partner) if partner is not None else None
        yield Edit(start, last.end if last else end, opaque(node.id), alone)
