"""Texts in the header of a module: what the theme's template showed beside the text, as lists of features do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrate.model.document import Document, Key
from migrate.model.site import Site

_WORDS = re.compile(r"[^\W\d_]{2,}[^\w/]+[^\W\d_]{2,}")
"""Two words beside each other: not an address, a file, a list of classes joined by hyphens, or a colour."""

_LABELS = frozenset({"text", "title", "header", "headline", "heading", "subtitle", "subheader", "name", "label",
                     "caption", "content", "description", "quote"})
"""Keys in maps of a list whose single words are shown as well."""

_SETTINGS = re.compile(r"class|style|colou?r|order|image|icon|media|file|font|src|url|link\Z|process|template|metadata"
                       r"|form\Z|forms\Z|content\Z|sitemap|feed|cache|access|taxonomy|theme", re.IGNORECASE)
"""Keys that say how, where or which, not what: nobody reads their values on the page."""


def shown_modules(site: Site) -> frozenset[Key]:
    """The modules that some page shows."""
    return frozenset(key for document in site.documents for key in document.modules)


def texts_of_theme(document: Document) -> tuple[str, ...]:
    """The header keys of a module whose values hold words for readers, in order."""
    params = document.fields.get("params")
    if not isinstance(params, Mapping):
        return ()
    return tuple(str(key) for key, value in params.items() if not _SETTINGS.search(str(key)) and _is_read(value))


def _is_read(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_WORDS.search(value))
    if isinstance(value, list | tuple):
        return any(_is_read(item) for item in value)
    return isinstance(value, Mapping) and any(_read_below(value))


def _read_below(value: Mapping[Any, Any]) -> Iterator[bool]:
    for key, item in value.items():
        name = str(key).lower()
        if name in _LABELS and isinstance(item, str):
            yield any(sign.isalpha() for sign in item)
        elif not _SETTINGS.search(name):
            yield _is_read(item)
