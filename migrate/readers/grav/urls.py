"""Addresses taken apart and put together as Grav does it, and as it should."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SLASHES = re.compile(r"(?<=[^:/])/{2,}")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'", "&#39;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Query = tuple[tuple[str, str | None], ...]
"""Items of a query in order; None for an item without `=`."""


class Address(NamedTuple):
    """A URL in its parts; None where a part is missing. Nothing is decoded."""

    scheme: str | None
    host: str | None
    path: str
    query: str | None
    fragment: str | None


def split_address(url: str) -> Address:
    """Take a URL apart. Never raises, whatever it is."""
    rest, hash_sign, fragment = url.partition("#")
    rest, question, query = rest.partition("?")
    scheme = None
    if match := _SCHEME.match(rest):
        scheme, rest = match[1], rest[match.end():]
    host = None
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        rest = slash + path
    return Address(scheme, host, rest, query if question else None, fragment if hash_sign else None)


def join_address(scheme: str | None, host: str | None, path: str, query: str, fragment: str | None) -> str:
    """Put a URL together; empty parts leave no sign."""
    return ((f"{scheme}:" if scheme else "") + (f"//{host}" if host is not None else "") + path
            + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else ""))


def decoded(url: str) -> str:
    """Percent signs and the five basic entities decoded, as Grav does before it looks at a URL (e.1)."""
    text = unquote(url) if "%" in url else url
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], text) if "&" in text else text


def query_items(query: str) -> Query:
    """The items of a query, names as they stand, values decoded: Grav's own reading (e.2)."""
    items: dict[str, str | None] = {}
    for item in query.split("&"):
        name, equals, value = item.partition("=")
        items[name] = unquote(value) if equals else None
    return tuple(items.items())


def build_query(items: Query) -> str:
    """A query as PHP's http_build_query makes it: `?b` becomes `b=1`, everything is encoded (e.2)."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote('1' if value is None else value, safe='-_.~')}"
                    for name, value in items)


def without_items(query: str, names: frozenset[str]) -> str:
    """A query as the author wrote it, without the items of these names."""
    return "&".join(item for item in query.split("&") if unquote(item.partition("=")[0]) not in names)


def collapse(path: str) -> str:
    """Runs of slashes inside a path become one (Grav: Uri::parseUrl)."""
    return _SLASHES.sub("/", path) if "//" in path else path


def normal_path(path: str) -> str:
    """`..` resolved by text, only where it occurs; then `.` and empty parts vanish too (Grav: Utils::normalizePath)."""
    if ".." not in path:
        return ("/" if path.startswith("/") else "") + path.lstrip("/")
    return ("/" if path.startswith("/") else "") + "/".join(_resolved(path))


def clean_path(path: str) -> str:
    """A path without `.`, `..`, empty parts and trailing slash."""
    return "/" + "/".join(_resolved(path))


def _resolved(path: str) -> list[str]:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return parts


def inner_path(folder: str, path: str) -> str | None:
    """`path` seen from `folder`, under pages/ and cleaned; None where it climbs out of pages/."""
    parts: list[str] = []
    for part in f"{folder}/{path}".split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def suspicious(url: str) -> bool:
    """Whether a URL holds what no address may: control characters, backslashes in its path."""
    return bool(_CONTROL.search(url)) or "\\" in url.partition("?")[0]
