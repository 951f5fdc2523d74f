"""What an address in a page points to, by Grav's rules: file first, then route with the page as a directory.

Grav: Page/Markdown/Excerpts.php, Uri.php::convertUrl, buildUrl. Nothing here looks at the disk.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote_plus

from migrate.model.document import Document, Key
from migrate.readers.grav.index import SiteIndex
from migrate.readers.grav.lookup import look_up_media, look_up_page, user_file
from migrate.readers.grav.streams import FOLDERS, stream_path
from migrate.readers.grav.urls import (
    Address,
    Query,
    build_query,
    collapse,
    decoded,
    inner_path,
    join_address,
    normal_path,
    query_items,
    split_address,
    suspicious,
    without_items,
)

_MAIL = frozenset({"mailto", "tel", "sms"})


class Reference(NamedTuple):
    """Where one link or image leads.

    `kind`: page, media, external, fragment, mail, stream (a file under user/), redirect (an address that leads
    elsewhere, to be kept), unresolved. `url` is what Grav itself prints, its bugs included, without `attributes`.
    `better` is what it should have printed: for an external address what the author wrote, for an internal one the
    page's or file's true address. `problem` says what is wrong; with a `key`, the goal was found in spite of it,
    where Grav did not find it.
    """

    kind: str
    key: Key | None = None
    url: str = ""
    better: str = ""
    fragment: str = ""                          # without #
    query: tuple[tuple[str, str], ...] = ()     # what stays in the address; for an image: its actions, in order
    attributes: tuple[tuple[str, str], ...] = ()   # class, id, target, rel taken from the query
    problem: str | None = None


class _Asked(NamedTuple):
    """One question: the address in parts, read by Grav (decoded first) and as the author wrote it."""

    url: str
    grav: Address
    written: Address
    kept: Query
    attributes: tuple[tuple[str, str], ...]


def resolve(url: str, *, document: Document, image: bool, index: SiteIndex) -> Reference:
    """Resolve `url` as written in `document`. Never raises, and never leads out of the site."""
    if suspicious(url):
        return Reference("unresolved", url=url, better=url, problem="it holds signs that no address can have")
    asked = _ask(url, document)
    scheme = (asked.grav.scheme or "").lower()
    if scheme and scheme not in ("http", "https"):
        return _other_scheme(asked, scheme, document, image=image, index=index)
    if scheme or asked.grav.host is not None:
        return _external(asked, document)
    if not asked.grav.path and asked.grav.fragment is not None and asked.grav.query is None:
        return Reference("fragment", url=f"#{asked.grav.fragment}", better=url, fragment=asked.grav.fragment)
    return _image(asked, document, index) if image else _link(asked, document, index)


def _ask(url: str, document: Document) -> _Asked:
    grav = split_address(collapse(decoded(url)))
    written = split_address(url)
    if written.query is None:
        return _Asked(url, grav, written, (), ())
    kept, attributes = _take_attributes(query_items(decoded_query(written.query)),
                                        document.dialect.link_attributes)
    return _Asked(url, grav, written, kept, attributes)


def decoded_query(query: str) -> str:
    """A query with its entities decoded, but not its percent signs: `&amp;` separates items as `&` does."""
    return query.replace("&amp;", "&")


def _take_attributes(items: Query, names: frozenset[str]) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """Split a query into what stays and what becomes attributes of the element (e.3)."""
    skipped: frozenset[str] = frozenset()
    plain = dict(items)
    if "noprocess" in plain:
        value = plain.pop("noprocess")
        skipped = frozenset(plain) if value is None else frozenset(value.split(","))
    kept: list[tuple[str, str | None]] = []
    attributes: dict[str, str] = {}
    for name, value in plain.items():
        if name in names and name not in skipped:
            attributes["class" if name == "classes" else name] = ("1" if value is None else value).replace(",", " ")
        else:
            kept.append((name, value))
    return tuple(kept), tuple(attributes.items())


def _plain(kept: Query) -> tuple[tuple[str, str], ...]:
    return tuple((name, value or "") for name, value in kept)


def _grav_query(asked: _Asked, document: Document) -> str:
    """The query as Grav prints it: read from the decoded address, encoded again (e.2)."""
    if not asked.grav.query:
        return ""
    kept, _ = _take_attributes(query_items(asked.grav.query), document.dialect.link_attributes)
    return build_query(kept)


def _own_words(asked: _Asked) -> str:
    """The address as the author wrote it, without the items that became attributes."""
    if asked.written.query is None or not (asked.attributes or "noprocess" in asked.written.query):
        return asked.url
    names = frozenset(name for name, _ in asked.attributes) | {"classes", "noprocess"}
    written = asked.written
    query = without_items(written.query or "", names)
    return join_address(written.scheme, written.host, written.path, query, written.fragment)


def _reference(kind: str, asked: _Asked, url: str, *, key: Key | None = None, better: str | None = None,
               problem: str | None = None) -> Reference:
    return Reference(kind, key, url, url if better is None else better, asked.grav.fragment or "",
                     _plain(asked.kept), asked.attributes, problem)


def _external(asked: _Asked, document: Document) -> Reference:
    grav = asked.grav
    if grav.scheme is None and not grav.host:    # `///x` is no address for PHP
        return _reference("external", asked, f"{document.url.rstrip('/')}/", better=asked.url)
    if grav.scheme is None and not grav.path:    # Grav takes the missing path for a relative one
        grav = grav._replace(path=f"{document.route.rstrip('/')}/")
    if "\ufffd" in "".join(part or "" for part in grav) and "\ufffd" not in asked.url:
        # Bytes that are no UTF-8, such as %E9: Grav cannot take the address apart and prints the page's own.
        return _reference("external", asked, f"{document.url.rstrip('/')}/", better=_own_words(asked))
    url = join_address(grav.scheme, grav.host, grav.path, _grav_query(asked, document), grav.fragment)
    return _reference("external", asked, url, better=_own_words(asked))


def _other_scheme(asked: _Asked, scheme: str, document: Document, *, image: bool, index: SiteIndex) -> Reference:
    """mailto and its like, Grav's streams, and whatever else browsers know (e.4)."""
    grav = asked.grav
    query = _grav_query(asked, document)
    if scheme in FOLDERS and grav.host is not None:
        return _stream(asked, f"{scheme}://{grav.host}{grav.path}", "" if image else query, index)
    host = None if scheme == "file" and not grav.host else grav.host
    url = join_address(grav.scheme, host, grav.path, query, grav.fragment)
    return _reference("mail" if scheme in _MAIL else "external", asked, url, better=_own_words(asked))


def _stream(asked: _Asked, address: str, query: str, index: SiteIndex) -> Reference:
    path = stream_path(address, index.theme)
    key = user_file(path, index) if path else None
    if path is None or key is None:
        return _reference("unresolved", asked, asked.url, problem="there is no such file")
    url = join_address(None, None, f"/user/{path}", query, asked.grav.fragment)
    return _reference("stream", asked, url, key=key)


def _paths(path: str, document: Document, prefix: str) -> tuple[str, str | None]:
    """Where Grav's address falls back to, and the path under pages/ that it looks for first (e.6)."""
    if path.startswith("/"):
        return normal_path(prefix + path), inner_path("", path)
    route = document.raw_route if document.home and path else document.route
    return prefix + normal_path(f"{route.rstrip('/')}/{path}"), inner_path(document.folder, path)


def _by_file(inner: str | None, path: str, document: Document, prefix: str, index: SiteIndex) -> str | None:
    """The address of the folder or file of that path, if there is one; language prefix of links (e.6)."""
    literal = ".." not in path and (not path or path.endswith("/") or "/." in f"/{path}" or "//" in path)
    if inner is None or not inner or literal:
        return None
    folders = index.folders[document.language]
    if inner in folders:
        return _with_prefix(folders[inner].url, document, prefix, index).rstrip("/")
    folder, _, name = inner.rpartition("/")
    if folder in folders and name in index.files.get(folder, ()):
        base = _with_prefix(folders[folder].url, document, prefix, index).rstrip("/")
        return base if name.endswith(".md") else f"{base}/{name}"
    return None


def _with_prefix(url: str, document: Document, prefix: str, index: SiteIndex) -> str:
    """A page's address with another prefix: images carry none."""
    own = index.prefixes[document.language]
    return url if own == prefix else (prefix + url.removeprefix(own)) or "/"


def _grav_path(path: str, document: Document, prefix: str, index: SiteIndex) -> tuple[str, str | None]:
    """The path that Grav prints, and the path under pages/ that was meant."""
    fallback, inner = _paths(path, document, prefix)
    if path == "/" or (prefix and path.startswith(prefix)):
        return prefix + path, inner
    if fallback == "/" or (inner == document.folder and ".." in path):
        return fallback, inner
    found = _by_file(inner, path, document, prefix, index)
    return (fallback if found is None else found), inner


def _link(asked: _Asked, document: Document, index: SiteIndex) -> Reference:
    prefix = index.prefixes[document.language]
    path, inner = _grav_path(asked.grav.path, document, prefix, index)
    query = _grav_query(asked, document)
    url = join_address(None, None, path, query, asked.grav.fragment)
    found = look_up_page(path or prefix or "/", inner, asked.grav.path, document, index)
    better = join_address(None, None, found.url or path or "/", query, asked.grav.fragment)
    return _reference(found.kind, asked, url, key=found.key, better=better, problem=found.problem)


def _image(asked: _Asked, document: Document, index: SiteIndex) -> Reference:
    """Look a picture up beside the page, then beside the page at that route (e.10, e.11)."""
    path, inner = _grav_path(asked.grav.path, document, "", index)
    found = look_up_media(path, inner, asked.grav.path, document, index)
    missed = join_address(None, None, path, unquote_plus(_grav_query(asked, document)), asked.grav.fragment)
    if found.key is None:
        return _reference(found.kind, asked, missed, problem=found.problem)
    shown = join_address(None, None, found.url, "", asked.grav.fragment)
    return _reference(found.kind, asked, missed if found.problem else shown, key=found.key, better=shown,
                      problem=found.problem)
