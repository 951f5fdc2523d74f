"""The nodes of a parsed body, and the ways to walk over them.

Every node is a NamedTuple, made once and never changed. `start` and `end` are offsets into `Tree.source`,
which is the body exactly as it was given.

* **Top-level blocks tile the source**: joining `source[b.start:b.end]` over `Tree.blocks` gives it back, with
  its line ends, tabs and blank runs (`Blank`). Blocks are made of whole lines, the line end included; a list,
  a quote, an HTML block contain the blank lines within them, not those after them.
* **Nested blocks** have spans of whole lines too, from their first to their last line; the marks of what
  contains them (`> `, `- `, indentation) may lie inside the span.
* **Inline nodes** span from the first to the last character of their own text. Where the parser saw the text
  of a node exactly as it stands in the source, `source[start:end]` is the node's own text and `patchable` is
  True. It is False for what was altered on the way: a tab within it, a nested line break whose indentation was
  dropped, text that came out of `markdown="1"`. Only nodes that can carry a decision say `patchable`; for the
  other inline nodes the offsets are right under the same conditions and else only near the place.
* **Safe to patch in the source** (when `patchable`): `Link`, `Image`, `Plugin`, `Shortcode`, `Twig` as a whole;
  of `Link` and `Image` also only `source[tail:end]`, what follows the closing `]` of the label: `(url "title")`,
  `[reference]`, nothing at all for a shortcut reference, with the `{…}` attributes of Markdown Extra.
  `Definition` as the whole line. All top-level blocks, always.

Nodes that can carry a decision have an `id`, unique on the page and rising in document order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

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
from migrate.content.inline_nodes import (
    Abbr,
    Attributes,
    Autolink,
    Break,
    Code,
    Emphasis,
    Entity,
    Escape,
    FootnoteReference,
    Form,
    Html,
    Image,
    Inline,
    Link,
    Part,
    Plugin,
    Shortcode,
    Strike,
    Strong,
    Text,
    Twig,
)
from migrate.model.document import Dialect

__all__ = (
    "Abbr", "Abbreviation", "Attributes", "Autolink", "Blank", "Block", "Break", "Cell", "Code",
    "CodeBlock", "Comment", "Definition", "DefinitionList", "Description", "Divider", "Document",
    "Emphasis", "Entity", "Escape", "Footnote", "FootnoteReference", "Form", "Heading", "Html",
    "HtmlBlock", "Image", "Inline", "Link", "List", "ListItem", "MixedHtml", "Node", "Note", "Notice",
    "Occurrence", "Paragraph", "Part", "Plugin", "Problem", "Quote", "Rule", "Shortcode", "ShortcodeLine",
    "Strike", "Strong", "Table", "Term", "Text", "Tree", "Twig", "TwigLine", "occurrences", "parse",
    "walk", "within",
)

Node: TypeAlias = Block | Inline | ListItem | Cell | Term | Description | Note | Document
Occurrence: TypeAlias = Link | Image | Definition | Shortcode | Twig | Plugin


class Problem(NamedTuple):
    """Something that the parser gave up on: a finding code (G200, G201), where, and the message's fields."""

    code: str
    start: int
    fields: Mapping[str, Any] = MappingProxyType({})


class Tree(NamedTuple):
    """A parsed body.

    `definitions`: what `Link.reference` looks up. `partners`: ids of shortcode tags that belong together,
    both ways. `inert`: ids of tags that Grav leaves as text (a closing tag without an opening one, what
    stands within `[raw]`). `occurrences`: see the function of that name.
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
    footnotes: bool = False


def parse(text: str, dialect: Dialect) -> Tree:
    """Read `text` as Grav reads it with these switches. Never fails; takes time linear in the text."""
    from migrate.content.blocks import parse_blocks  # the grammar is written in terms of this module's nodes

    return parse_blocks(text, dialect)


def occurrences(tree: Tree) -> tuple[Occurrence, ...]:
    """The nodes that can carry a decision, in document order: those of `inert` shortcode tags are left out.
    """
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
