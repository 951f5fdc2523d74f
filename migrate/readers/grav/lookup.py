"""From the path that Grav prints to the page or file behind it; and what was meant where nothing is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from migrate.model.document import Document, Key
from migrate.readers.grav.index import SiteIndex, Target, loosely
from migrate.readers.grav.streams import stream_path
from migrate.readers.grav.urls import clean_path

NOWHERE = "there is no page or file at that address"
SPELLING = "capitals or accents are other ones than in the file's name"


class Found(NamedTuple):
    """What a path leads to. `problem` with a key: found in spite of it, where Grav finds nothing."""

    kind: str
    key: Key | None = None
    url: str = ""
    problem: str | None = None


def look_up_page(path: str, inner: str | None, written: str, document: Document, index: SiteIndex) -> Found:
    """The page or file that Grav answers at `path`, a full path with language prefix (m.1).

    `inner` is the path under pages/ that the author may have meant, `written` the path in the author's words.
    """
    language, route = split_language(path, index)
    found = _at_route(route, language, index) if language is not None else None
    if found is None and (key := _written_out(written, index)):      # the web server's own answer
        return Found("stream", key, written)
    if found is None and path in index.redirects:
        return Found("redirect", url=path)
    if found is None and any(pattern.match(path) for pattern in index.patterns):
        return Found("redirect", url=path)
    return found or next(_meant(path, inner, written, document, index), Found("unresolved", problem=NOWHERE))


def split_language(path: str, index: SiteIndex) -> tuple[str | None, str]:
    """The language whose prefix a path carries, and its route; None where no language has such paths."""
    best: str | None = None
    for code, prefix in index.prefixes.items():
        if (path == prefix or path.startswith(f"{prefix}/")) and (
                best is None or len(prefix) > len(index.prefixes[best])):
            best = code
    return best, path if best is None else path.removeprefix(index.prefixes[best]) or "/"


def _at_route(route: str, language: str, index: SiteIndex) -> Found | None:
    """A page at a route, with or without a slash or a known extension at its end; or a file beside one (m.1)."""
    routes = index.routes[language]
    target = routes.get(route) or routes.get(route.rstrip("/") or "/")
    if target is None:
        stem, _, extension = route.rpartition(".")
        if extension in index.page_types:
            target = routes.get(stem)
    if target is not None:
        return _page(target, index)
    above, _, name = route.rpartition("/")
    beside = routes.get(above or "/")
    if beside is not None and (key := index.media.get(beside.folder, {}).get(name)):
        return Found("media", key, f"{beside.url.rstrip('/')}/{name}")
    return None


def _page(target: Target, index: SiteIndex) -> Found:
    if target.key is not None:
        return Found("page", target.key, target.url)
    if target.url in index.redirects:
        return Found("redirect", url=target.url)
    return Found("unresolved", url=target.url, problem="its folder has no page")


def _meant(path: str, inner: str | None, written: str, document: Document, index: SiteIndex) -> Iterator[Found]:
    """What the author meant where Grav finds nothing, the surest reading first."""
    language = document.language
    if inner and (target := index.folders[language].get(inner)):
        yield _despite(_page(target, index), "Grav does not look at folders when . or / surround their names")
    if inner is None:
        return
    for route, code, reason in _other_routes(path, written, document, index):
        found = _at_route(route, code, index)
        if found is not None and found.key is not None:
            yield _despite(found, reason)


def _other_routes(path: str, written: str, document: Document, index: SiteIndex) -> Iterator[tuple[str, str, str]]:
    """Further readings of an address: (route, language, what is wrong with the address)."""
    here, route = split_language(path, index)
    here = document.language if here is None else here
    code, rest = _named_language(written, index)
    if code is not None:
        yield rest, code, "Grav puts a second language prefix before it"
    tidy = clean_path(route)
    yield tidy, here, "it is not written in its plain form"
    bare = _without_params(tidy)
    if bare != tidy:
        yield bare, here, "its parameters mean something to Grav only"
    if tidy.endswith((".md", ".html", ".htm")):
        yield tidy.rpartition(".")[0], here, "the page has no such ending in its address"
    loose = index.loose[here].get(loosely(tidy))
    if loose is not None:
        yield loose, here, "capitals or accents are other ones than in the page's address"
    above, _, name = tidy.rpartition("/")
    beside = index.routes[here].get(above or "/") or index.routes[here].get(index.loose[here].get(loosely(above), ""))
    if beside is not None and (spelled := _spelling(name, beside.folder, index)):
        yield f"{beside.url.removeprefix(index.prefixes[here])}/{spelled}", here, SPELLING


def _without_params(route: str) -> str:
    """`/blog/tag:a/page:2` → `/blog` (e.7)."""
    return "/".join(part for part in route.split("/") if ":" not in part) or "/"


def _named_language(written: str, index: SiteIndex) -> tuple[str | None, str]:
    """A language that the author wrote at the beginning of an address: `/fr/blog` → (fr, /blog)."""
    first, _, rest = written.removeprefix("/").partition("/")
    if written.startswith("/") and first in index.prefixes and first:
        return first, clean_path(rest)
    return None, written


def _despite(found: Found, reason: str) -> Found:
    return found._replace(problem=reason) if found.key is not None else found


def _spelling(name: str, folder: str, index: SiteIndex) -> str | None:
    """The name of a file in `folder` that differs from `name` in case or in the form of accents only."""
    wanted = loosely(name)
    return next((other for other in index.media.get(folder, {}) if loosely(other) == wanted), None)


def user_file(path: str, index: SiteIndex) -> Key | None:
    """The media at a path under user/: beside a page, or outside pages/."""
    if path.startswith("pages/"):
        folder, _, name = path.removeprefix("pages/").rpartition("/")
        return index.media.get(folder, {}).get(name)
    return index.streams.get(path)


def _written_out(written: str, index: SiteIndex) -> Key | None:
    """The file that an address such as `/user/images/a.png` spells out."""
    path = stream_path(written, index.theme, index.place) if written.startswith("/user/") else None
    return user_file(path, index) if path else None


def look_up_media(path: str, inner: str | None, written: str, document: Document, index: SiteIndex) -> Found:
    """The picture, film or file that `![](…)` shows; `path` is what e.A made of it, without language prefix (e.11)."""
    above, _, name = path.rpartition("/")
    folder = _folder_at(above or "/", document, index)
    plus = written.rpartition("/")[2]
    if folder is not None:
        for spelled in (plus, name, name.replace("+", " ")):
            if key := index.media.get(folder, {}).get(spelled):
                return Found("media", key, f"/user/pages/{folder}/{spelled}")
    return next(_meant_media(name, inner, written, document, index), _missing(folder, name, index))


def _folder_at(route: str, document: Document, index: SiteIndex) -> str | None:
    """The folder whose media Grav searches for a picture at `route`: this page's own, or the page's there."""
    if route in (document.route, document.raw_route):
        return document.folder
    target = index.routes[document.language].get(route)
    return target.folder if target else None


def _meant_media(name: str, inner: str | None, written: str, document: Document,
                 index: SiteIndex) -> Iterator[Found]:
    if key := _written_out(written, index):
        yield Found("stream", key, written)
    if inner is not None:
        folder, _, own = inner.rpartition("/")
        if key := index.media.get(folder, {}).get(own):
            yield Found("media", key, f"/user/pages/{inner}", "Grav does not find names with ./ before them")
        if spelled := _spelling(own, folder, index):
            yield Found("media", index.media[folder][spelled], f"/user/pages/{folder}/{spelled}",
                        SPELLING)
    code, rest = _named_language(written, index)
    if code is not None:
        target = index.routes[code].get(rest.rpartition("/")[0] or "/")
        if target and (key := index.media.get(target.folder, {}).get(name)):
            yield Found("media", key, f"/user/pages/{target.folder}/{name}",
                        "Grav does not find pictures by addresses with a language")


def _missing(folder: str | None, name: str, index: SiteIndex) -> Found:
    if folder is not None and name in index.files.get(folder, ()):
        return Found("unresolved", problem="Grav shows no files of this kind")
    return Found("unresolved", problem="there is no such file")
