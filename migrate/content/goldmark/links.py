"""Links, pictures and bare addresses → Markdown, or a tag where Markdown has no way to say an attribute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape as escape_attribute

from migrate.content.decisions import Relink, Replace, opaque
from migrate.content.goldmark.escapes import destination, escape_text, title
from migrate.content.goldmark.texts import in_place, say_text
from migrate.content.goldmark.tokens import tag_token
from migrate.content.goldmark.voice import Voice
from migrate.content.tree import Autolink, Image, Link

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")       # Goldmark would make it %25


def tag(name: str, attributes: Sequence[tuple[str, str | None]]) -> str:
    """An opening tag, or a whole image; attributes whose value is None are left out."""
    inside = "".join(f' {key}="{escape_attribute(value)}"' for key, value in attributes if value is not None)
    return f"<{name}{inside}{' /' if name == 'img' else ''}>"


def decided(node: Link | Image, voice: Voice) -> Relink:
    """Address, title and attributes as they shall be."""
    decision = voice.decisions.get(node.id)
    return decision if isinstance(decision, Relink) else Relink(node.url, node.title, node.attributes)


def needs_tag(relink: Relink) -> bool:
    """True where only a tag can say it: attributes, or a `%` that Goldmark would code again."""
    return bool(relink.attributes) or _LONE_PERCENT.search(relink.url) is not None


def tag_of(node: Link | Image, relink: Relink, voice: Voice) -> str | None:
    """The tag to write instead of Markdown; None where Markdown will do."""
    if not needs_tag(relink):
        return None
    return tag_token(node.id, relink) or in_place(plain_tag(node, relink), voice)


def plain_tag(node: Link | Image, relink: Relink) -> str:
    """A link's opening tag, or a picture's whole element."""
    if isinstance(node, Link):
        return tag("a", (("href", relink.url), ("title", relink.title), *relink.attributes))
    return tag("img", (("src", relink.url), ("alt", node.alt), ("title", relink.title), *relink.attributes))


def target(relink: Relink, voice: Voice) -> str:
    """`(address "title")`."""
    title_part = f" {title(relink.title)}" if relink.title else ""
    return in_place(f"({destination(relink.url)}{title_part})", voice)


def say_image(node: Image, voice: Voice) -> str:
    """A picture in Markdown, or its element, or what a decision puts instead."""
    if isinstance(voice.decisions.get(node.id), Replace):
        return opaque(node.id)
    relink = decided(node, voice)
    element = tag_of(node, relink, voice)
    if element is not None:
        return element
    return f"![{say_text(node.alt, replace(voice, label=True))}]{target(relink, voice)}"


_SOUND_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*\Z")
_SOUND_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
                          r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\Z", re.ASCII)


def say_autolink(node: Autolink) -> str:
    """An address in angle brackets, or a link element where Goldmark would not take it for one."""
    sound = _SOUND_EMAIL.match(node.text) if node.kind == "email" else _SOUND_AUTOLINK.match(node.url)
    if sound and not _LONE_PERCENT.search(node.url):
        return f"<{node.text}>"
    return tag("a", (("href", node.url),)) + escape_text(node.text, strict=True) + "</a>"
