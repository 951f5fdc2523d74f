"""What a server answered: the JSON in it, even behind a plug-in's notice, or the title of its web page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.S | re.I)
TRIES = 200  # brackets that a notice may hold before the JSON


class Reply:
    """One reply. `headers` have lower-case names; `json` is None where the body holds none."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """`body` as it came."""
        self.status = status
        self.headers = headers
        self.body = body

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8-sig", "replace")

    @cached_property
    def json(self) -> Any:
        """The object or list in the body."""
        return json_in(self.text)


def json_in(text: str) -> Any:
    """The JSON value that a text holds, with or without a notice before or after it; None where there is none.

    PHP prints its notices before the JSON, with file names, line numbers and now and then a bracket in them.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _json_within(text)
    return value if isinstance(value, dict | list) else None


def _json_within(text: str) -> Any:
    decoder = json.JSONDecoder()
    best: Any = None
    for count, match in enumerate(re.finditer(r"[\[{]", text)):
        if count > TRIES:
            break
        try:
            value, end = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        if not text[end:].strip() or _looks_like_ours(value):
            return value
        best = best if best is not None else (value or None)
    return best if _looks_like_ours(best) else None


def _looks_like_ours(value: Any) -> bool:
    """Whether a value can be an answer of the REST API, and not a piece of a notice."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict) and not value.keys().isdisjoint(("id", "code", "responses", "namespaces", "title"))


def title_of(page: str) -> str:
    """The title of a web page, or its first words."""
    found = TITLE.search(page)
    text = found[1] if found else re.sub(r"<[^>]*>", " ", page)
    return html.unescape(" ".join(text.split()))[:80]
