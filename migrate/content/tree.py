"""The nodes of a parsed body, and the ways to walk over them.

Every node is a NamedTuple, made once and never changed. `start` and `end` are offsets into `Tree.source`, which is
the body exactly as it was given.

* **Top-level blocks tile the source**: joining `source[b.start:b.end]` over `Tree.blocks` gives it back, with its
  line ends, tabs and blank runs (`Blank`). Blocks are made of whole lines, the line end included; a list, a quote, an
  HTML block contain the blank lines within them, not those after them.
* **Nested blocks** have spans of whole lines too, from their first to their last line; the marks of what contains
  them (`> `, `- `, indentation) may lie inside the span.
* **Inline nodes** span from the first to the last character of their own text. Where the parser saw the text of a
  node exactly as it stands in the source, `source[start:end]` is the node's own text and `patchable` is True. It is
  False inside of what was altered on the way: a tab within it, a nested line break whose indentation was dropped,
  text that came out of `markdown="1"` or a footnote. Only nodes that can carry a decision say `patchable`; for the
  other inline nodes the offsets are right under the same conditions and else only near the place.
* **Safe to patch in the source** (when `patchable`): `Link`, `Image`, `Plugin`, `Shortcode`, `Twig` as a whole;
  of `Link` and `Image` also only `source[tail:end]`, what follows the closing `]` of the label: `(url "title")`,
  `[reference]`, nothing at all for a shortcut reference, with the `{…}` attributes of Markdown Extra. `Definition` as
  the whole line. All top-level blocks, always.

Nodes that can carry a decision have an `id`, unique on the page and rising in document order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from migrate.model.document import Dialect

Attributes: TypeAlias = tuple[tuple[str, str], ...]
Form: TypeAlias = Literal["open", "close", "self"]


# Inlines


class Text(NamedTuple):
    """Characters as the reader sees them; "\\n" is a line end that shows as a space. A `&` in it is a bare one."""

    text: str
    start: int
    end: int


class Escape(NamedTuple):
    """A character that a backslash protects; `char` without the backslash. Printed raw, `\\>` gives `>`."""

    char: str
    start: int
    end: int


class Entity(NamedTuple):
    """Anything of the form `&name;` or `&#1;`, known to HTML or not: goes through as it is."""

    text: str
    start: int
    end: int


class Break(NamedTuple):
    """A hard line break, its line end included: `<br />` and a newline."""

    start: int
    end: int


class Code(NamedTuple):
    """A code span. `parts` as in `CodeBlock`."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class Emphasis(NamedTuple):
    """`*…*` or `_…_`."""

    children: tuple[Inline, ...]
    start: int
    end: int


class Strong(NamedTuple):
    """`**…**` or `__…__`."""

    children: tuple[Inline, ...]
    start: int
    end: int


class Strike(NamedTuple):
    """`~~…~~`."""

    children: tuple[Inline, ...]
    start: int
    end: int


class Link(NamedTuple):
    """`[label](url "title"){attributes}` or `[label][reference]`.

    `url` and `title` are as written (no entity decoded, query included), or the definition's. `attributes` are those
    of Markdown Extra. `reference` is the key into `Tree.definitions`, None for an inline link. `tail`: offset just
    behind the label's `]`.
    """

    id: int
    url: str
    title: str | None
    children: tuple[Inline, ...]
    attributes: Attributes
    reference: str | None
    start: int
    end: int
    tail: int
    patchable: bool


class Image(NamedTuple):
    """`![alt](url "title"){attributes}`; the fields are as in `Link`. `alt` is the label's source text, unparsed."""

    id: int
    url: str
    title: str | None
    alt: str
    attributes: Attributes
    reference: str | None
    start: int
    end: int
    tail: int
    patchable: bool


class Plugin(NamedTuple):
    """`[plugin:name](url)` of a plug-in that is on, which replaces it before Markdown; `name` without `plugin:`."""

    id: int
    name: str
    url: str
    title: str | None
    start: int
    end: int
    patchable: bool


class Autolink(NamedTuple):
    """`<https://…>` ("angle"), `<me@example.org>` ("email") or a bare address ("bare"); never rewritten by Grav."""

    url: str
    text: str
    kind: Literal["angle", "email", "bare"]
    start: int
    end: int


class Html(NamedTuple):
    """One raw tag or comment within text. `parts` as in `CodeBlock`."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class FootnoteReference(NamedTuple):
    """`[^label]` whose note exists: `number` of the note, `count`-th mention of it."""

    label: str
    number: int
    count: int
    start: int
    end: int


class Abbr(NamedTuple):
    """A word that an `Abbreviation` explains: `<abbr title="…">`. `title` is printed unescaped."""

    text: str
    title: str
    start: int
    end: int


class Twig(NamedTuple):
    """One Twig tag on a page that runs Twig, with its braces."""

    id: int
    text: str
    start: int
    end: int
    patchable: bool


class Shortcode(NamedTuple):
    """One tag of a live shortcode: `[name=value key=x]`, `[/name]`, `[name /]`.

    `value` is the `=value` of the name (BBCode), None when there is none; flags have the value None. Attribute values
    are text as Grav's shortcode plug-in sees it: after Markdown, so HTML. `text` is the tag as it is printed when
    nobody decides about it. The partner of an opening or closing tag is `Tree.partners[id]`.
    """

    id: int
    name: str
    value: str | None
    attributes: tuple[tuple[str, str | None], ...]
    form: Form
    text: str
    start: int
    end: int
    patchable: bool


# Blocks


class Blank(NamedTuple):
    """A run of blank lines between, before or after top-level blocks."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """`<p>`."""

    children: tuple[Inline, ...]
    start: int
    end: int


class Divider(NamedTuple):
    """A paragraph that is exactly the summary divider. Its `text` is the delimiter."""

    text: str
    start: int
    end: int


class Heading(NamedTuple):
    """`# …`, or `setext` with a line below. `attributes` are those of Markdown Extra."""

    level: int
    children: tuple[Inline, ...]
    attributes: Attributes
    setext: bool
    start: int
    end: int


class Rule(NamedTuple):
    """`<hr />`."""

    start: int
    end: int


class CodeBlock(NamedTuple):
    """`<pre><code>`. `info` is the fence's first word, None where there is none (and for indented code).

    `parts` is empty unless a live shortcode tag or Twig tag stands in it (both work in code too): then the text cut
    into `Text`, `Shortcode` and `Twig`.
    """

    text: str
    info: str | None
    fenced: bool
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class Quote(NamedTuple):
    """`<blockquote>`."""

    children: tuple[Block, ...]
    start: int
    end: int


class ListItem(NamedTuple):
    """`<li>`. In a `tight` one the paragraph that comes first has no `<p>`."""

    children: tuple[Block, ...]
    tight: bool
    start: int
    end: int


class List(NamedTuple):
    """`<ul>` or `<ol>`; `number` is the first number as written where it is not "1", else ""."""

    ordered: bool
    number: str
    items: tuple[ListItem, ...]
    start: int
    end: int


class Cell(NamedTuple):
    """A table cell; `align` is "left", "center", "right" or ""."""

    children: tuple[Inline, ...]
    align: str


class Table(NamedTuple):
    """Rows may be shorter or longer than the head, they are printed as they are."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int


class HtmlBlock(NamedTuple):
    """Raw HTML as it is printed (Markdown Extra sends it through an HTML parser first, so it may differ from the
    source). `parts` as in `CodeBlock`."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class MixedHtml(NamedTuple):
    """Raw HTML with `markdown="1"` in it (Extra): the pieces are HTML text and the blocks between it, in turn."""

    pieces: tuple[str | Document, ...]
    start: int
    end: int


class Comment(NamedTuple):
    """`<!-- … -->` that starts a line; as printed, with what follows on the last line."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class Definition(NamedTuple):
    """`[label]: url "title"`; shows nothing. `key` is the label as it is looked up."""

    id: int
    label: str
    key: str
    url: str
    title: str | None
    start: int
    end: int
    patchable: bool


class Footnote(NamedTuple):
    """`[^label]: …`; shows nothing where it stands, see `Document.notes`. `text` is its Markdown."""

    label: str
    text: str
    start: int
    end: int


class Note(NamedTuple):
    """A footnote that is shown, at the end of its document, with `count` links back."""

    label: str
    number: int
    count: int
    children: tuple[Block, ...]


class Abbreviation(NamedTuple):
    """`*[label]: title`; shows nothing where it stands."""

    label: str
    title: str
    start: int
    end: int


class Term(NamedTuple):
    """`<dt>`."""

    children: tuple[Inline, ...]


class Description(NamedTuple):
    """`<dd>`: inline nodes, or, after a blank line, a whole document of its own."""

    children: tuple[Inline, ...]
    document: Document | None


class DefinitionList(NamedTuple):
    """`<dl>`; lists that follow each other are shown as one."""

    items: tuple[Term | Description, ...]
    start: int
    end: int


class Notice(NamedTuple):
    """`! …` of the markdown-notices plug-in; `level` from 1, `classes` as printed."""

    level: int
    classes: str
    children: tuple[Block, ...]
    start: int
    end: int


class TwigLine(NamedTuple):
    """A line that starts with `{` and holds `{{…}}`, `{%…%}` or `{#…#}`: printed raw, without `<p>`. On a page that
    runs Twig this happens only with `twig_first` off and the protection off, so the tags are seldom alive: `parts`."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class ShortcodeLine(NamedTuple):
    """A line that looks like one tag of a live shortcode: printed raw, without `<p>`. `parts` as in `CodeBlock`: one
    `Shortcode` (empty when the line is no tag after all: `[under construction]` where `u` is live)."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    @property
    def tag(self) -> Shortcode | None:
        """The tag of the line."""
        return next((part for part in self.parts if isinstance(part, Shortcode)), None)


class Document(NamedTuple):
    """Blocks that Grav renders as a text of its own, and the footnotes that are shown at its end."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


Part: TypeAlias = Text | Shortcode | Twig
Inline: TypeAlias = (
    Text | Escape | Entity | Break | Code | Emphasis | Strong | Strike | Link | Image | Plugin | Autolink | Html
    | FootnoteReference | Abbr | Twig | Shortcode
)
Block: TypeAlias = (
    Blank | Paragraph | Divider | Heading | Rule | CodeBlock | Quote | List | Table | HtmlBlock | MixedHtml | Comment
    | Definition | Footnote | Abbreviation | DefinitionList | Notice | TwigLine | ShortcodeLine
)
Node: TypeAlias = Block | Inline | ListItem | Cell | Term | Description | Note | Document
Occurrence: TypeAlias = Link | Image | Definition | Shortcode | Twig | Plugin


class Problem(NamedTuple):
    """Something that the parser gave up on: a finding code (G200 to G205), where, and the message's fields."""

    code: str
    start: int
    fields: Mapping[str, Any] = MappingProxyType({})


class Tree(NamedTuple):
    """A parsed body.

    `definitions`: what `Link.reference` looks up. `partners`: ids of shortcode tags that belong together, both ways.
    `inert`: ids of tags that Grav leaves as text (a closing tag without an opening one, what stands within `[raw]`).
    `occurrences`: see the function of that name.
    """

    source: str
    dialect: Dialect
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    definitions: Mapping[str, Definition] = MappingProxyType({})
    partners: Mapping[int, int] = MappingProxyType({})
    inert: frozenset[int] = frozenset()
    occurrences: tuple[Occurrence, ...] = ()
    problems: tuple[Problem, ...] = ()


def parse(text: str, dialect: Dialect) -> Tree:
    """Read `text` as Grav reads it with these switches. Never fails; takes time linear in the text."""
    from migrate.content.blocks import parse_blocks   # the grammar is written in terms of this module's nodes

    return parse_blocks(text, dialect)


def occurrences(tree: Tree) -> tuple[Occurrence, ...]:
    """The nodes that can carry a decision, in document order: those of `inert` shortcode tags are left out."""
    return tree.occurrences


# What stands directly within a node, in document order; types that are not listed hold nothing.
_WITHIN: dict[type, Callable[[Any], Iterator[Any] | tuple[Any, ...]]] = {
    Tree: lambda n: (*n.blocks, *n.notes),
    Document: lambda n: (*n.blocks, *n.notes),
    List: lambda n: n.items,
    Table: lambda n: (*n.head, *(cell for row in n.rows for cell in row)),
    MixedHtml: lambda n: tuple(piece for piece in n.pieces if not isinstance(piece, str)),
    DefinitionList: lambda n: n.items,
    Description: lambda n: (*n.children, *((n.document,) if n.document else ())),
    **{kind: lambda n: n.children for kind in (Paragraph, Heading, Quote, ListItem, Cell, Note, Term, Notice, Emphasis,
                                               Strong, Strike, Link)},
    **{kind: lambda n: n.parts for kind in (Code, CodeBlock, Html, HtmlBlock, Comment, TwigLine, ShortcodeLine)},
}


def within(node: Node | Tree) -> tuple[Node, ...]:
    """The nodes directly within `node`."""
    inside = _WITHIN.get(type(node))
    return tuple(inside(node)) if inside else ()


def walk(node: Node | Tree) -> Iterator[Node]:
    """Every node within `node` in document order, parents before their children; `node` itself not."""
    pending = list(reversed(within(node)))
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(within(node)))
