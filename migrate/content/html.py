"""The HTML that Grav's Markdown gives, to the character; with decisions, the HTML that the target shall show.
Decided shortcode pairs are replaced in the finished text, as Grav does it, whatever they open or close."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from migrate.content.block_nodes import (
    Abbreviation,
    Blank,
    Block,
    Cell,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Description,
    Divider,
    Document,
    Footnote,
    Heading,
    HtmlBlock,
    List,
    ListItem,
    MixedHtml,
    Note,
    Notice,
    Paragraph,
    Quote,
    Rule,
    ShortcodeLine,
    Table,
    Term,
    TwigLine,
)
from migrate.content.decisions import NONE, Decisions, Relink, Replace, Wrap, opaque
from migrate.content.html_escapes import attribute_with_twig, escape_attribute, escape_code, printed_attributes
from migrate.content.inline_nodes import (
    Abbr,
    Autolink,
    Break,
    Code,
    Emphasis,
    Entity,
    Escape,
    FootnoteReference,
    Html,
    Image,
    Inline,
    Link,
    Plugin,
    Shortcode,
    Strike,
    Strong,
    Text,
    Twig,
)
from migrate.content.tree import Tree
from migrate.model.document import Dialect

_HIDDEN = frozenset((Blank, Definition, Footnote, Abbreviation))
_BLOCK_START, _BLOCK_END = "\ue012", "\ue013"
_ALONE = re.compile(f"<p>\\s*{_BLOCK_START}([^{_BLOCK_START}{_BLOCK_END}]*){_BLOCK_END}\\s*</p>")
_CUT = re.compile("\ue015([0-9]+)([<>])\ue015")
_MERGED_LISTS = re.compile(r"</dl>\s+<dl>\s+")
_SPECIAL = re.compile(r"[&<>\"]")


def to_html(tree: Tree, decisions: Decisions = NONE) -> str:
    """The body as HTML. A node without a decision is printed as Grav's Markdown prints it."""
    printer = Printer(tree.dialect, tree, decisions)
    return printer.finish(printer.document(tree))


@lru_cache(maxsize=16)
def _bare(dialect: Dialect) -> Printer:
    return Printer(dialect, None, NONE)


def inline_html(node: Inline, dialect: Dialect, *, raw: bool | None = None) -> str:
    """One inline node as HTML. `raw`: a text within raw HTML (False) or code (True) is escaped as there."""
    printer = _bare(dialect)
    if raw is not None and type(node) is Text:
        return escape_code(node.text) if raw else node.text
    return printer.inlines((node,))


class Printer:
    """Prints the nodes of one tree."""

    def __init__(self, dialect: Dialect, tree: Tree | None, decisions: Decisions) -> None:
        self.special = {"&": "&amp;", **{char: f"&{name};" for char, name in dialect.special_chars}}
        self.decisions = decisions
        self.partners = tree.partners if tree else {}
        self.extra = dialect.extra
        self.attribute = attribute_with_twig if dialect.twig and not dialect.twig_first else escape_attribute

    # Texts

    def document(self, document: Document | Tree) -> str:
        """Blocks that Parsedown renders as one text, with their footnotes."""
        html = self.blocks(document.blocks).strip("\n")
        if self.extra:
            if "</dl>" in html:
                html = _MERGED_LISTS.sub("", html)
            if document.footnotes:
                html += "\n" + self.notes(document.notes)
        return html

    def finish(self, html: str) -> str:
        """Carry out what concerns whole regions."""
        if not self.decisions:
            return html
        html = self._cut_regions(html) if "\ue015" in html else html
        if _BLOCK_START in html:
            html = _ALONE.sub(r"\1", html).replace(_BLOCK_START, "").replace(_BLOCK_END, "")
        return html

    def _cut_regions(self, html: str) -> str:
        """Put the replacement of a shortcode pair where its tags and all between them stand."""
        outs: list[list[str]] = [[]]
        opened: list[int] = []
        done = 0
        for match in _CUT.finditer(html):
            outs[-1].append(html[done:match.start()])
            done = match.end()
            number = int(match[1])
            if match[2] == "<":
                opened.append(number)
                outs.append([])
            elif opened and opened[-1] == number:
                opened.pop()
                outs.pop()
                outs[-1].append(self._replacement(number))
        outs[-1].append(html[done:])
        while opened:                            # a closing tag that is not shown
            rest = outs.pop()
            outs[-1].append(self._replacement(opened.pop()))
            outs[-1] += rest
        return "".join(outs[0])

    def _replacement(self, number: int) -> str:
        decision = self.decisions[number]
        assert isinstance(decision, Replace)
        html = opaque(number) if decision.html is None else decision.html
        return f"{_BLOCK_START}{html}{_BLOCK_END}" if decision.block else html

    def blocks(self, blocks: Iterable[Block]) -> str:
        """As Parsedown's `lines`: a newline before each block and one at the end."""
        printers = _BLOCKS
        parts = [printers[type(block)](self, block) for block in blocks if type(block) not in _HIDDEN]
        return "\n" + "\n".join(parts) + "\n" if parts else "\n"

    def inlines(self, nodes: Iterable[Inline]) -> str:
        """The nodes of a line."""
        printers = _INLINES
        return "".join([printers[type(node)](self, node) for node in nodes])

    # Blocks

    def paragraph(self, node: Paragraph) -> str:
        return f"<p>{self.inlines(node.children)}</p>"

    def divider(self, node: Divider) -> str:
        return f"<p>{self.escape(node.text)}</p>"

    def heading(self, node: Heading) -> str:
        return f"<h{node.level}{printed_attributes(node.attributes)}>{self.inlines(node.children)}</h{node.level}>"

    def rule(self, node: Rule) -> str:
        return "<hr />"

    def code_block(self, node: CodeBlock) -> str:
        info = "" if node.info is None else f' class="language-{self.attribute(node.info)}"'
        return f"<pre><code{info}>{self.code_text(node)}</code></pre>"

    def code_text(self, node: CodeBlock | Code) -> str:
        if not node.parts:
            return escape_code(node.text)
        return "".join([escape_code(part.text) if type(part) is Text else self.inlines((part,))
                        for part in node.parts])

    def quote(self, node: Quote) -> str:
        return f"<blockquote>{self.blocks(node.children)}</blockquote>"

    def list(self, node: List) -> str:
        name = "ol" if node.ordered else "ul"
        start = f' start="{node.number}"' if node.number else ""
        items = "".join([f"\n<li>{self.item(item)}</li>" for item in node.items])
        return f"<{name}{start}>{items}\n</{name}>"

    def item(self, node: ListItem) -> str:
        """Without a blank line in it, an item loses the first `<p>` and the first `</p>` after it, if it has them."""
        html = self.blocks(node.children)
        if node.tight:
            trimmed = html.strip(" \t\n\r\0\x0b")
            if trimmed.startswith("<p>"):
                before, found, after = trimmed[3:].partition("</p>")
                return before + after if found else before.encode()[4:].decode(errors="replace")   # PHP cuts bytes
        return html

    def table(self, node: Table) -> str:
        head = "".join([self.cell(cell, "th") for cell in node.head])
        rows = "".join(["\n<tr>" + "".join([self.cell(cell, "td") for cell in row]) + "\n</tr>" for row in node.rows])
        return f"<table>\n<thead>\n<tr>{head}\n</tr>\n</thead>\n<tbody>{rows}\n</tbody>\n</table>"

    def cell(self, node: Cell, name: str) -> str:
        align = f' style="text-align: {node.align};"' if node.align else ""
        return f"\n<{name}{align}>{self.inlines(node.children)}</{name}>"

    def raw(self, node: HtmlBlock | Comment | Html | TwigLine | ShortcodeLine) -> str:
        if not node.parts:
            return node.text
        return "".join([part.text if type(part) is Text else self.inlines((part,)) for part in node.parts])

    def mixed(self, node: MixedHtml) -> str:
        return "".join([piece if isinstance(piece, str) else self.document(piece)
                        if isinstance(piece, Document) else self.raw(piece) for piece in node.pieces])

    def definitions(self, node: DefinitionList) -> str:
        items = [f"\n<dt>{self.inlines(item.children)}</dt>" if isinstance(item, Term)
                 else f"\n<dd>{self.description(item)}</dd>" for item in node.items]
        return f"<dl>{''.join(items)}\n</dl>"

    def description(self, node: Description) -> str:
        return self.document(node.document) if node.document else \
            self.inlines(node.children)

    def notice(self, node: Notice) -> str:
        return f'<div class="{escape_attribute(node.classes)}">{self.blocks(node.children)}</div>'

    def notes(self, notes: tuple[Note, ...]) -> str:
        """The footnotes with their links back."""
        items = "".join([f'\n<li id="fn:{escape_attribute(note.label)}">\n{self.note(note)}\n</li>' for note in notes])
        return f'<div class="footnotes">\n<hr />\n<ol>{items}\n</ol>\n</div>'

    def note(self, note: Note) -> str:
        html = self.blocks(note.children).strip("\n")
        back = " ".join([f'<a href="#fnref{count}:{note.label}" rev="footnote" class="footnote-backref">&#8617;</a>'
                         for count in range(1, note.count + 1)])
        if html.endswith("</p>"):
            return f"{html[:-4]}&#160;{back}</p>"
        return f"{html}\n<p>{back}</p>"

    # Inlines

    def escape(self, text: str) -> str:
        """As Grav's `special_chars` say; a bare `&` always."""
        if _SPECIAL.search(text):
            for char, name in self.special.items():
                text = text.replace(char, name)
        return text

    def text(self, node: Text) -> str:
        text = node.text
        return self.escape(text) if _SPECIAL.search(text) else text

    def code(self, node: Code) -> str:
        return f"<code>{self.code_text(node)}</code>"

    def link(self, node: Link) -> str:
        label = self.inlines(node.children)
        decision = self.decisions.get(node.id)
        if decision is None:
            return f"<a{self.target('href', node)}{printed_attributes(node.attributes)}>{label}</a>"
        if isinstance(decision, Relink):
            return f"<a{self.target('href', decision)}{printed_attributes(decision.attributes)}>{label}</a>"
        return self.decided(node.id)

    def image(self, node: Image) -> str:
        decision = self.decisions.get(node.id)
        if decision is not None and not isinstance(decision, Relink):
            return self.decided(node.id)
        chosen = decision or node
        title = "" if chosen.title is None else f' title="{self.attribute(chosen.title)}"'
        attributes = title + printed_attributes(chosen.attributes)
        return f'<img src="{self.attribute(chosen.url)}" alt="{self.attribute(node.alt)}"{attributes} />'

    def plugin(self, node: Plugin) -> str:
        if node.id in self.decisions:
            return self.decided(node.id)
        return f"<a{self.target('href', node)}>plugin:{escape_code(node.name)}</a>"

    def twig(self, node: Twig) -> str:
        return self.decided(node.id) if node.id in self.decisions else node.text

    def shortcode(self, node: Shortcode) -> str:
        """A tag: as it is, replaced, or with its partner marked for `_cut_regions`."""
        opening = node.id if node.form != "close" else self.partners.get(node.id, 0)
        decision = self.decisions.get(opening)
        partner = opening in self.partners
        if isinstance(decision, Wrap):
            first = opaque(opening) if decision.opening.startswith("{{") else decision.opening
            second = opaque(opening, closing=True) if decision.closing.startswith("{{") else decision.closing
            if decision.block:
                first, second = _BLOCK_START + first, second + _BLOCK_END
            return first + second if not partner else second if node.form == "close" else first
        if isinstance(decision, Replace):
            if partner:
                return f"\ue015{opening}{'>' if node.form == 'close' else '<'}\ue015"
            return self.decided(opening)
        return node.text

    def decided(self, number: int) -> str:
        """What a decision shows for a single node."""
        decision = self.decisions[number]
        if isinstance(decision, Replace):
            return self._replacement(number)
        return f"{decision.opening}{decision.closing}" if isinstance(decision, Wrap) else ""

    def target(self, name: str, node: Link | Plugin | Relink) -> str:
        """Address and title."""
        shown = f' {name}="{self.attribute(node.url)}"'
        return shown if node.title is None else f'{shown} title="{self.attribute(node.title)}"'

    def autolink(self, node: Autolink) -> str:
        return f'<a href="{self.attribute(node.url)}">{escape_code(node.text)}</a>'

    def footnote_reference(self, node: FootnoteReference) -> str:
        label = escape_attribute(node.label)
        return (f'<sup id="fnref{node.count}:{label}"><a href="#fn:{label}" class="footnote-ref">{node.number}</a>'
                "</sup>")


_BLOCKS: dict[type, Callable[[Printer, Any], str]] = {
    Paragraph: Printer.paragraph, Divider: lambda printer, node: printer.divider(node), Heading: Printer.heading,
    Rule: Printer.rule, CodeBlock: Printer.code_block, Quote: Printer.quote, List: Printer.list, Table: Printer.table,
    HtmlBlock: Printer.raw, MixedHtml: Printer.mixed, Comment: Printer.raw, TwigLine: Printer.raw,
    ShortcodeLine: Printer.raw, DefinitionList: Printer.definitions, Notice: Printer.notice,
}
_INLINES: dict[type, Callable[[Printer, Any], str]] = {
    Text: Printer.text, Escape: lambda _, node: str(node.char), Entity: lambda _, node: str(node.text),
    Break: lambda _, node: "<br />\n", Code: Printer.code,
    Emphasis: lambda printer, node: f"<em>{printer.inlines(node.children)}</em>",
    Strong: lambda printer, node: f"<strong>{printer.inlines(node.children)}</strong>",
    Strike: lambda printer, node: f"<del>{printer.inlines(node.children)}</del>",
    Link: lambda printer, node: printer.link(node), Image: lambda printer, node: printer.image(node),
    Plugin: Printer.plugin, Autolink: Printer.autolink, Html: Printer.raw, Twig: Printer.twig,
    FootnoteReference: Printer.footnote_reference, Shortcode: Printer.shortcode,
    Abbr: lambda _, node: f'<abbr title="{node.title}">{node.text}</abbr>',
}
