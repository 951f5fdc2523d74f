"""Tree → block markup that WordPress' own editor calls valid, from 6.1 on.

The HTML that Grav shows, with the decisions in it, is read as a browser reads it (`html_reader.py`), and each element
becomes the block that says the same. What no block can say stays as HTML in a `core/html` block, with a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from migrate.content.decisions import NONE, Decisions
from migrate.content.tree import Tree
from migrate.content.unclosed import COMMENT, SWALLOWING, first_unclosed
from migrate.findings import Finding, find
from migrate.model.document import EMPTY
from migrate.writers.wordpress.building import BLOCK_ELEMENT, BlockOptions, BlockTemplate, Page, options_of
from migrate.writers.wordpress.carousels import named_block
from migrate.writers.wordpress.containers import details, group
from migrate.writers.wordpress.elements import BLANK, Element, Node, holds_blocks
from migrate.writers.wordpress.figures import figure
from migrate.writers.wordpress.footnotes import as_list, section_of, take_notes
from migrate.writers.wordpress.html_names import BLOCKS, RAW
from migrate.writers.wordpress.html_reader import read_html
from migrate.writers.wordpress.paragraphs import paragraph_element, run
from migrate.writers.wordpress.printing import marked_html
from migrate.writers.wordpress.style import style_of
from migrate.writers.wordpress.texts import block
from migrate.writers.wordpress.writings import heading, list_of_items, preformatted, quote, separator, table

__all__ = ["BlockOptions", "BlockTemplate", "Blocks", "joined", "options_of", "to_blocks"]

FOOTNOTES = "<!-- wp:footnotes /-->"
_USUAL = BlockOptions()
_BLANKS = re.compile(r"\s+")


class Blocks(NamedTuple):
    """A body in blocks, what was noticed, and what the page must be told besides.

    `extra`: `footnotes` ([{"id", "content"}], for the field of that name), `summary` (the plain text before the
    divider), `styles` (names of what the theme's style must know, see `style.py`); only what there is.
    """

    text: str
    findings: tuple[Finding, ...]
    extra: Mapping[str, Any] = EMPTY


class Text(Protocol):
    """A body in blocks, as others hand it on."""

    @property
    def text(self) -> str: ...
    @property
    def extra(self) -> Mapping[str, Any]: ...


def to_blocks(tree: Tree, decisions: Decisions = NONE, options: BlockOptions = _USUAL, *, subject: str = "",
              first_line: int = 1) -> Blocks:
    """The page as block markup; `subject` and `first_line` as for every body. Never fails."""
    html = marked_html(tree, decisions)
    fragment = read_html(html)
    nodes, page = fragment.children, Page(options, flow)
    extra: dict[str, Any] = {}
    section = section_of(nodes) if tree.footnotes else None
    if section is not None and options.modern:
        extra["footnotes"] = take_notes(nodes, section, subject)
    elif section is not None:
        at = nodes.index(section)
        nodes[at:at + 1] = as_list(section)
        page.found.append(("G605", "[^", {}))
    summary = _summary(nodes)
    if summary:
        extra["summary"] = summary
    opened = first_unclosed(html, SWALLOWING | {COMMENT}) if fragment.mended else None
    if opened is not None:
        page.found.append(("G212", f"<{opened}", {"tag": f"<{opened}" if opened == COMMENT else f"<{opened}>"}))
    text = page.inner(nodes)
    if page.asked:
        extra["styles"] = tuple(sorted(page.asked))
    if page.asked and options.inline_style:
        text = block("html", f"<style>\n{style_of(page.asked)}</style>") + "\n\n" + text
    return Blocks(text, _findings(page, fragment.mended, tree.source, subject, first_line), extra)


def joined(texts: Sequence[Text]) -> tuple[str, dict[str, Any]]:
    """The texts of one page, its modules' after its own, as one; and what they say besides, together."""
    content = "\n\n".join(text.text for text in texts if text.text.strip())
    notes = [note for text in texts for note in text.extra.get("footnotes", ())]
    styles = sorted({name for text in texts for name in text.extra.get("styles", ())})
    extra = {"footnotes": notes, "styles": tuple(styles), "summary": texts[0].extra.get("summary", "") if texts else ""}
    if notes:
        content += f"\n\n{FOOTNOTES}"
    return content, {name: value for name, value in extra.items() if value}


def flow(nodes: Sequence[Node], page: Page) -> list[str]:
    """The blocks of nodes that follow each other."""
    out: list[str] = []
    line: list[Node] = []
    for node in nodes:
        if not isinstance(node, Element):
            if line or not isinstance(node, str) or node.strip(BLANK):
                line.append(node)
            continue
        if not _stands_alone(node):
            line.append(node)
            continue
        if line:
            out += run(line, page)
            line = []
        out += _MAKERS.get(node.name, _as_html)(node, page)
    return out + run(line, page) if line else out


def _stands_alone(element: Element) -> bool:
    return element.name in BLOCKS or element.name == BLOCK_ELEMENT or holds_blocks(element)


def _as_html(element: Element, page: Page) -> list[str]:
    return page.html([element])


_MAKERS: Mapping[str, Callable[[Element, Page], list[str]]] = MappingProxyType({
    "p": paragraph_element, **{f"h{level}": heading for level in range(1, 7)},
    "ul": list_of_items, "ol": list_of_items, "blockquote": quote, "pre": preformatted, "table": table,
    "hr": separator, "figure": figure, "details": details, BLOCK_ELEMENT: named_block,
    **dict.fromkeys(("div", "section", "article", "aside", "main", "header", "footer"), group),
})


def _summary(nodes: Sequence[Node]) -> str:
    """The plain text before the divider; "" where there is none."""
    for number, node in enumerate(nodes):
        if isinstance(node, Element) and node.name == BLOCK_ELEMENT and node.attributes.get("name") == "core/more":
            return _BLANKS.sub(" ", "".join(_words(nodes[:number]))).strip()
    return ""


def _words(nodes: Sequence[Node]) -> Iterator[str]:
    """Their texts, with blanks between blocks and without the numbers of footnotes."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Element) and node.name not in RAW and node.name != "sup":
            apart = " " if node.name in BLOCKS or node.name == "br" else ""
            yield apart
            yield from _words(node.children)
            yield apart


def _findings(page: Page, mended: int, source: str, subject: str, first_line: int) -> tuple[Finding, ...]:
    found = list(page.found)
    kept = Counter(name for name in page.kept if name != BLOCK_ELEMENT)
    if kept:
        names = ", ".join(f"<{name}>" + (f" ({count} times)" if count > 1 else "") for name, count in kept.items())
        found.append(("G600", f"<{next(iter(kept))}", {"names": names}))
    if mended:
        found.append(("G601", "<", {"count": mended}))
    if "carousel" in page.asked and not page.options.inline_style:
        found.append(("G602", "[", {}))
    return tuple(find(code, subject, _line(sign, source, first_line), **fields) for code, sign, fields in found)


def _line(sign: str, source: str, first_line: int) -> int:
    """The line on which a finding's cause stands, as far as it can be found in the source; else the body's first."""
    at = source.find(sign)
    return first_line + source.count("\n", 0, at) if at > 0 else first_line
