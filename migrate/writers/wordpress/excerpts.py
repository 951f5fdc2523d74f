"""Excerpts: what the header says, else what stands before the summary's divider, as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from migrate.mappers.values import found_at, path_of
from migrate.mappers.wordpress_table import Excerpt

DIVIDER = "<!-- wp:more"

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style|template|figcaption|figure|iframe|video|audio)\b.*?</\1\s*>",
                     re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|tr|div|dt|dd)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_TOKEN = re.compile("\ufdd0[^\ufdd1]*\ufdd1")


def excerpt_of(header: Mapping[str, Any], text: str, rules: Excerpt) -> str:
    """The excerpt of a page whose blocks are `text`; "" where WordPress is to make one itself."""
    for key in rules.keys:
        value = found_at(header, path_of(key))
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).strip()
    if not rules.divider or DIVIDER not in text:
        return ""
    return plain_text(text.partition(DIVIDER)[0])


def plain_text(blocks: str) -> str:
    """The words of blocks, each paragraph on a line of its own with an empty line between, escaped for HTML."""
    text = _HIDDEN.sub("", _COMMENT.sub("", blocks))
    text = html.unescape(_TOKEN.sub("", _TAG.sub("", _BREAK.sub("\n\n", text))))
    lines = (" ".join(line.split()) for line in text.split("\n\n"))
    return html.escape("\n\n".join(line for line in lines if line), quote=False)
