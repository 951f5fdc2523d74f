"""The picture that stands for a page: named by a header key, else the first of its folder."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from migrate.findings import Finding, find
from migrate.mappers.tables import Featured, Mapping
from migrate.mappers.values import KeyPath, found_at, path_of
from migrate.model.document import Document, Key, changed
from migrate.model.site import Media, Site

_PICTURES = frozenset({"image", "animated", "vector"})
_INNER = ("file", "src", "name", "image", "path", "url")
_STREAMS = {"image": "user:images/", "user": "user:", "page": ""}
_DEEPEST = 4


def map_featured(site: Site, mapping: Mapping) -> Site:
    """Decide `Document.featured`."""
    rules = mapping.images.featured
    if not rules.keys and not rules.first:
        return site
    paths = tuple(path_of(key) for key in rules.keys)
    documents = tuple(_featured(document, rules, paths, site.media) for document in site.documents)
    return replace(site, documents=documents)


def _featured(document: Document, rules: Featured, paths: tuple[KeyPath, ...], media: Map[Key, Media]) -> Document:
    if document.modular:
        return document
    missing: list[str] = []
    key = _named(document, paths, media, missing)
    if key is None and rules.first:
        key = next((key for key in document.media if media[key].kind == "image"), None)
    if key is None and not missing:
        return document
    return changed(document, featured=key, findings=(*document.findings, *_findings(document, missing)))


def _named(document: Document, paths: tuple[KeyPath, ...], media: Map[Key, Media], missing: list[str]) -> Key | None:
    """The first picture that a header key names; files that are not there are added to `missing`."""
    header = document.header
    for path in paths:
        if path[0] not in header and (len(path) == 1 or ".".join(path) not in header):
            continue
        for name in _names(found_at(document.header, path), 0):
            key = _key_of(name, document, media)
            if key is not None:
                return key
            if _is_ours(name):
                missing.append(name)
    return None


def _names(value: Any, depth: int) -> Iterator[str]:
    """File names in a header value: a text, or a map as upload fields write it (`{path: {name: x.jpg}}`)."""
    if isinstance(value, str):
        if "." in value and "\n" not in value:
            yield value.strip()
    elif isinstance(value, Map) and depth < _DEEPEST:
        inner = [value[name] for name in _INNER if isinstance(value.get(name), str)]
        for item in inner or value.values():
            yield from _names(item, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value[:1]:
            yield from _names(item, depth + 1)


def _key_of(name: str, document: Document, media: Map[Key, Media]) -> Key | None:
    """The picture behind a name: a file of the folder, a stream, or a path from the site's root."""
    for inside in _places(name, document):
        found = media.get(Key(f"media:{inside}"))
        if found is not None and found.kind in _PICTURES:
            return found.key
    return None


def _places(name: str, document: Document) -> Iterator[str]:
    """Where a name may lie, as in media keys: `02.blog/a.jpg`, `user:images/a.jpg`."""
    scheme, colon, rest = (f"https:{name}" if name.startswith("//") else name).partition("://")
    if colon and scheme in _STREAMS:
        yield _STREAMS[scheme] + unquote(rest)
        return
    if colon:
        _, inside, rest = rest.partition("/user/")          # a whole address: which host it is does not matter then
        if not inside:
            return
        name = f"user/{rest}"
    path = urlsplit(name).path if "?" in name else name
    for spelled in dict.fromkeys((path, unquote(path))):
        bare = spelled.removeprefix("./").lstrip("/")
        if bare.startswith("user/pages/"):
            yield bare.removeprefix("user/pages/")
        elif bare.startswith("user/"):
            yield f"user:{bare.removeprefix('user/')}"
        else:
            yield f"{document.folder}/{bare}"
            yield bare


def _is_ours(name: str) -> bool:
    return not name.startswith(("http://", "https://", "//"))


def _findings(document: Document, missing: list[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(missing):
        yield find("G305", document.source, name=name)
