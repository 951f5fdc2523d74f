"""Inline nodes → Markdown that Goldmark shows in the same way.

What Markdown cannot say at its place (bold that ends within a word after a full stop, a link with a class) is
written as an HTML tag around Markdown. The caller checks the result; nothing here needs to be believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrate.content.decisions import Relink, Wrap, opaque
from migrate.content.goldmark.escapes import closes, code_span, escape_text, opens
from migrate.content.goldmark.links import decided, say_autolink, say_image, tag_of, target
from migrate.content.goldmark.texts import in_place, literal_html, say_text
from migrate.content.goldmark.voice import UnsayableError, Voice
from migrate.content.tree import (
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


@dataclass(frozen=True, slots=True)
class _Marked:
    """Emphasis whose marks are chosen when its neighbours are known."""

    tag: str
    mark: str
    inner: str


def say_inlines(nodes: Sequence[Inline], voice: Voice, *, before: str = "", after: str = "") -> str:
    """The Markdown of inline nodes; `before` and `after` are the characters that will stand around it.

    UnsayableError where a shortcode reaches out of these nodes.
    """
    pieces = _pieces(nodes, voice)
    out: list[str] = []
    last = before
    for number, piece in enumerate(pieces):
        following = _first_character(pieces, number + 1, after)
        text = piece if isinstance(piece, str) else _marked(piece, last, following, voice)
        if text.endswith("!") and following == "[":
            text = text[:-1] + "\\!"
        out.append(text)
        last = text[-1:] or last
    return "".join(out)


def _first_character(pieces: Sequence[str | _Marked], start: int, after: str) -> str:
    for number in range(start, len(pieces)):
        piece = pieces[number]
        if not isinstance(piece, str):
            return "*"
        if piece:
            return piece[0]
    return after


def _marked(piece: _Marked, before: str, after: str, voice: Voice) -> str:
    marks = ("~~",) if piece.tag == "del" else _marks(piece, voice)
    inner = piece.inner
    for mark in () if voice.strict or not inner else marks:
        char = mark[0]
        clear = char not in (before, after, inner[0], inner[-1])
        if clear and opens(char, before, inner[0]) and closes(char, inner[-1], after):
            return mark + inner + mark
    return f"<{piece.tag}>{inner}</{piece.tag}>"


def _marks(piece: _Marked, voice: Voice) -> tuple[str, ...]:
    size = 2 if piece.tag == "strong" else 1
    other = "_" if piece.mark == "*" else "*"
    return (piece.mark * size, other * size)


def _pieces(nodes: Sequence[Inline], voice: Voice) -> list[str | _Marked]:
    pieces: list[str | _Marked] = []
    number = 0
    while number < len(nodes):
        node = nodes[number]
        number += 1
        if isinstance(node, Shortcode):
            text, number = _say_shortcode(node, nodes, number, voice)
            pieces.append(text)
        elif isinstance(node, Text):
            text, number = _joined_text(node, nodes, number)
            pieces.append(say_text(text, voice))
        elif isinstance(node, Emphasis | Strong | Strike):
            pieces.append(_emphasis(node, voice))
        else:
            pieces.append(_say(node, voice))
    return pieces


def _joined_text(node: Text, nodes: Sequence[Inline], number: int) -> tuple[str, int]:
    """Text nodes in a row as one, so that what only together means something is seen."""
    text = node.text
    while number < len(nodes) and isinstance(following := nodes[number], Text):
        text += following.text
        number += 1
    return text, number


_TAGS = {Emphasis: "em", Strong: "strong", Strike: "del"}


def _emphasis(node: Emphasis | Strong | Strike, voice: Voice) -> _Marked:
    tag = _TAGS[type(node)]
    mark = voice.mark if tag != "del" else "~"
    inner_voice = voice if tag == "del" else replace(voice, mark="_" if mark == "*" else "*")
    return _Marked(tag, mark, say_inlines(node.children, inner_voice, before=mark, after=mark))


def _say(node: Inline, voice: Voice) -> str:
    match node:
        case Escape():
            return "\\" + node.char if node.char != "|" or not voice.table else "\\|"
        case Entity():
            return node.text
        case Break():
            return _say_break(voice)
        case Code():
            return _say_code(node, voice)
        case Link():
            return _say_link(node, voice)
        case Image():
            return say_image(node, voice)
        case Autolink():
            return say_autolink(node)
        case _:
            return _say_rare(node, voice)


def _say_rare(node: Inline, voice: Voice) -> str:
    match node:
        case Html():
            return in_place(_inert_comment(node.text), voice)
        case FootnoteReference():
            return _say_footnote_reference(node, voice)
        case Abbr():
            return f'<abbr title="{node.title}">{say_text(node.text, voice)}</abbr>'
        case Twig() | Plugin():
            return _say_replaceable(node, voice)
        case _:
            raise UnsayableError


def _inert_comment(html: str) -> str:
    return html.replace("<!--more-->", "<!-- more -->")


def _say_break(voice: Voice) -> str:
    if voice.one_line:
        return "<br />"
    return "\n" if voice.options.hard_wraps else "  \n"


def _say_code(node: Code, voice: Voice) -> str:
    if node.parts and any(getattr(part, "id", None) in voice.decisions for part in node.parts):
        raise UnsayableError
    if "<!--more-->" in node.text or "{{<" in node.text or "{{%" in node.text:
        return in_place(f"<code>{escape_text(node.text, strict=True)}</code>", voice)
    if not node.text.strip(" "):
        return "<code></code>"
    return code_span(node.text, table=voice.table)


def _say_link(node: Link, voice: Voice) -> str:
    relink = decided(node, voice)
    opening = tag_of(node, relink, voice)
    if opening is not None:
        return opening + say_inlines(node.children, voice, before=">", after="<") + "</a>"
    label = say_inlines(node.children, replace(voice, label=True), before="[", after="]")
    return f"[{label}]{target(relink, voice)}"


def _say_footnote_reference(node: FootnoteReference, voice: Voice) -> str:
    if voice.notes_in_markdown:
        return f"[^{node.label}]"
    return (f'<sup id="fnref{node.count}:{node.label}"><a href="#fn:{node.label}" class="footnote-ref">'
            f"{node.number}</a></sup>")


def _say_replaceable(node: Twig | Plugin, voice: Voice) -> str:
    if node.id in voice.decisions:
        return opaque(node.id)
    if isinstance(node, Twig):
        return in_place(literal_html(node.text, voice), voice)
    label = escape_text(f"plugin:{node.name}", strict=voice.strict)
    return f"[{label}]" + target(Relink(node.url, node.title), voice)


def _say_shortcode(node: Shortcode, nodes: Sequence[Inline], number: int, voice: Voice) -> tuple[str, int]:
    """The tag's text and the number of the node to go on with."""
    tree = voice.tree
    partner = tree.partners.get(node.id)
    opener = node.id if node.form != "close" else partner
    decision = voice.decisions.get(opener) if opener is not None else None
    if decision is None:
        return literal_html(node.text, voice), number
    if isinstance(decision, Wrap):
        return opaque(opener or 0, closing=node.form == "close") + _lone(node, partner), number
    if partner is None:
        return opaque(node.id), number
    if node.form == "close":
        raise UnsayableError
    for place in range(number, len(nodes)):
        if getattr(nodes[place], "id", None) == partner:
            return opaque(node.id), place + 1
    raise UnsayableError


def _lone(node: Shortcode, partner: int | None) -> str:
    """A wrapping tag that was never closed is closed at once."""
    return opaque(node.id, closing=True) if partner is None and node.form != "close" else ""
