"""Texts as PHP escapes them for HTML, and attributes as Grav prints them."""

from __future__ import annotations

import re

_TWIG = re.compile(r"(\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\})")


def escape_code(text: str) -> str:
    """As `htmlspecialchars` with ENT_NOQUOTES."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def escape_attribute(text: str) -> str:
    """As `htmlspecialchars` with ENT_QUOTES."""
    text = escape_code(text)
    return text.replace('"', "&quot;").replace("'", "&#039;")


def attribute_with_twig(text: str) -> str:
    """Grav keeps Twig tags out of reach while it prints attributes."""
    if "{" not in text:
        return escape_attribute(text)
    return "".join([part if number % 2 else escape_attribute(part) for number, part in enumerate(_TWIG.split(text))])


def printed_attributes(pairs: tuple[tuple[str, str], ...]) -> str:
    """Attributes behind a tag's name, in this order."""
    return "".join([f' {name}="{escape_attribute(value)}"' for name, value in pairs]) if pairs else ""
