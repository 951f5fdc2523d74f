"""Elements that take the rest of a page for their own text where nothing closes them."""

from __future__ import annotations

import re

SWALLOWING = frozenset(("script", "style", "textarea", "title", "iframe", "noscript", "xmp", "pre"))
COMMENT = "!--"
_OPENING = re.compile(r"<(script|style|textarea|title|iframe|noscript|xmp|pre)\b|<!--")


def first_unclosed(html: str, names: frozenset[str]) -> str | None:
    """The name of the first of these elements that is never closed; `COMMENT` is a name, too."""
    html = html.lower()
    last: dict[str, int] = {}
    for match in _OPENING.finditer(html):
        name = match[1] or COMMENT
        if name not in last:
            last[name] = html.rfind("-->" if name == COMMENT else "</" + name)
        if name in names and last[name] < match.end():
            return name
    return None
