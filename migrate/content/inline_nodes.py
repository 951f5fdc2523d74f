"""The nodes within a line of text. What their spans mean: see `tree.py`."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Attributes: TypeAlias = tuple[tuple[str, str], ...]
Form: TypeAlias = Literal["open", "close", "self"]


class Text(NamedTuple):
    """Characters as the reader sees them; "\\n" is a line end that shows as a space. A `&` in it is a bare
    one.
    """

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

    `url` and `title` are as written (no entity decoded, query included), or the definition's. `attributes`
    are those of Markdown Extra. `reference` is the key into `Tree.definitions`, None for an inline link.
    `tail`: offset just behind the label's `]`.
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
    """`![alt](url "title"){attributes}`; the fields are as in `Link`. `alt` is the label's source text,
    unparsed.
    """

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
    """`[plugin:name](url)` of a plug-in that is on, which replaces it before Markdown; `name` without
    `plugin:`.
    """

    id: int
    name: str
    url: str
    title: str | None
    start: int
    end: int
    patchable: bool


class Autolink(NamedTuple):
    """`<https://…>` ("angle"), `<me@example.org>` ("email") or a bare address ("bare"); never rewritten by
    Grav.
    """

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
    count: int                                   # type: ignore[assignment]  # hides tuple.count
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

    `value` is the `=value` of the name (BBCode), None when there is none; flags have the value None.
    Attribute values are text as Grav's shortcode plug-in sees it: after Markdown, so HTML. `text` is the
    tag as it is printed when nobody decides about it. The partner of an opening or closing tag is
    `Tree.partners[id]`.
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


Part: TypeAlias = Text | Shortcode | Twig
Inline: TypeAlias = (
    Text | Escape | Entity | Break | Code | Emphasis | Strong | Strike | Link | Image | Plugin | Autolink | Html
    | FootnoteReference | Abbr | Twig | Shortcode
)
