"""Character references in texts and attributes, as browsers read them."""

from __future__ import annotations

import re
from html import unescape

_PAIR = re.compile(r'([^\s=]++)="([^"]*+)"')
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)(?P<more>[=A-Za-z0-9]?)")


def attribute_value(html: str) -> str:
    """An attribute's value without its references: `?a=1&copy=2` holds none, however it looks."""
    return _REFERENCE.sub(_read, html) if "&" in html else html


def _read(match: re.Match[str]) -> str:
    reference, more = match[0], match["more"]
    if more:
        reference = reference[:-1]
    if not reference.endswith(";") and more and reference[1] != "#":
        return match[0]
    return unescape(reference) + more


def simple_attributes(text: str) -> dict[str, str]:
    """Attributes with their values in double quotes, the first of each name."""
    found: dict[str, str] = {}
    for name, value in _PAIR.findall(text):
        found.setdefault(name, attribute_value(value) if "&" in value else value)
    return found
