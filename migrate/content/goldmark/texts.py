"""Literal text at its place: escaped, on one line where it must be, with a table's `|` kept out of the way."""

from __future__ import annotations

import re
from html import unescape

from migrate.content.goldmark.escapes import escape_text
from migrate.content.goldmark.voice import Voice


def say_text(text: str, voice: Voice) -> str:
    brackets = voice.label or bool(voice.tree.definitions)
    text = escape_text(text, strict=voice.strict, brackets=brackets)
    if voice.table:
        text = text.replace("|", "\\|").replace("\\\\|", "\\|") if voice.strict else text.replace("|", "\\|")
    if "\n" in text and (voice.one_line or voice.options.hard_wraps):
        text = text.replace("\n", " ")
    return text


def in_place(text: str, voice: Voice) -> str:
    """Text that is not escaped but must not end a table's cell or line."""
    if voice.table:
        text = text.replace("|", "\\|")
    return text.replace("\n", " ") if voice.one_line else text


_TAG_OR_ENTITY = re.compile(r"(</?[A-Za-z][^<>]*>|<!--.*?-->|&#?\w+;)", re.DOTALL)
_NO_COMMENT = re.compile(r"(</?[A-Za-z][^<>]*>|&#?\w+;)")


def literal_html(html: str, voice: Voice) -> str:
    """Text that Grav prints without escaping, as Markdown: its tags and entities stay, the rest is text."""
    last = html.rfind("-->") + 3
    pieces = _TAG_OR_ENTITY.split(html[:last]) if last > 2 else [""]
    first, *rest = _NO_COMMENT.split(html[max(0, last):] if last > 2 else html)
    pieces[-1] += first
    return "".join(piece if number % 2 else say_text(unescape(piece), voice)
                   for number, piece in enumerate([*pieces, *rest]))
