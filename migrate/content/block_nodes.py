"""The nodes that are made of whole lines. What their spans mean: see `tree.py`."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from migrate.content.inline_nodes import Attributes, Inline, Part, Shortcode


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

    `parts` is empty unless a live shortcode tag or Twig tag stands in it (both work in code too): then the
    text cut into `Text`, `Shortcode` and `Twig`.
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
    """Raw HTML as it is printed (Markdown Extra sends it through an HTML parser first, so it may differ
    from the source). `parts` as in `CodeBlock`.
    """

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class MixedHtml(NamedTuple):
    """Raw HTML with `markdown="1"` in it (Extra): the pieces are HTML text (an `HtmlBlock` where there are tags in
    it) and the Markdown between it, in turn.
    """

    pieces: tuple[str | HtmlBlock | Document, ...]
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
    count: int                                   # type: ignore[assignment]  # hides tuple.count
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
    """A line that starts with `{` and holds `{{…}}`, `{%…%}` or `{#…#}`: printed raw, without `<p>`. On a
    page that runs Twig this happens only with `twig_first` off and the protection off, so the tags are
    seldom alive: `parts`.
    """

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class ShortcodeLine(NamedTuple):
    """A line that looks like one tag of a live shortcode: printed raw, without `<p>`. `parts` as in
    `CodeBlock`: one `Shortcode` (empty when the line is no tag after all: `[under construction]` where `u`
    is live).
    """

    text: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    @property
    def tag(self) -> Shortcode | None:
        """The tag of the line."""
        return next((part for part in self.parts if isinstance(part, Shortcode)), None)


class Document(NamedTuple):
    """Blocks that Grav renders as a text of its own, and the footnotes that are shown at its end.

    `footnotes`: the section of footnotes is shown; also an empty one, where none of the notes is mentioned.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    footnotes: bool = False


Block: TypeAlias = (
    Blank | Paragraph | Divider | Heading | Rule | CodeBlock | Quote | List | Table | HtmlBlock | MixedHtml
    | Comment | Definition | Footnote | Abbreviation | DefinitionList | Notice | TwigLine | ShortcodeLine
)
