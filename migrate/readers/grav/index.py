"""What a link can point to: a light, picklable index of a site, with look-ups in one step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from migrate.model.document import EMPTY, Document, Key
from migrate.model.site import Site
from migrate.readers.grav.names import without_order
from migrate.readers.grav.settled import setting
from migrate.readers.grav.values import as_list, texts

USER_MEDIA = "media:user:"
"""How the keys of files under user/ but outside pages/ begin; the path under user/ follows."""


class Target(NamedTuple):
    """A page, or a folder without one (`key` None), as links need it."""

    key: Key | None
    folder: str             # under pages/
    url: str                # language prefix and route, without the extension that the site may append; decoded
    fallback: bool = False  # a page of another language, shown for want of a translation


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIndex:
    """Look-ups by language, route and folder. Build it once, send it to every worker."""

    routes: Mapping[str, Mapping[str, Target]]     # language → route (or raw route, alias), no prefix → page
    loose: Mapping[str, Mapping[str, str]]         # language → route without regard to case and accents' form → route
    folders: Mapping[str, Mapping[str, Target]]    # language → folder under pages/ → page; every folder
    files: Mapping[str, frozenset[str]]            # folder under pages/ → names of all its files
    media: Mapping[str, Mapping[str, Key]]         # folder under pages/ → file name → media
    streams: Mapping[str, Key] = field(default_factory=lambda: EMPTY)   # path under user/ → media
    prefixes: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # language → "/kk" or ""
    redirects: frozenset[str] = frozenset()        # addresses that lead elsewhere
    patterns: tuple[re.Pattern[str], ...] = ()     # … and those of site.yaml
    page_types: frozenset[str] = frozenset()       # extensions that Grav strips from an address: html, json …
    theme: str = ""
    place: str = "user"                            # where the source shows the user folder


def index_of(site: Site) -> SiteIndex:
    """Make the index of a site as `read_site` returned it."""
    prefixes = {language.code: language.prefix for language in site.languages} or {"": ""}
    builder = _Builder(site, prefixes)
    media: dict[str, dict[str, Key]] = {}
    for item in site.media.values():
        if not item.key.startswith(USER_MEDIA):
            media.setdefault(item.folder, {})[item.name] = item.key
    return SiteIndex(
        routes=builder.routes, folders=builder.folders, media=media, prefixes=prefixes,
        loose={code: {loosely(route): route for route in routes} for code, routes in builder.routes.items()},
        files={folder: frozenset(names) for folder, names in site.files.items()},
        streams={key.removeprefix(USER_MEDIA): key for key in site.media if key.startswith(USER_MEDIA)},
        redirects=frozenset(item.origin for item in site.redirects if not item.pattern),
        patterns=tuple(_patterns(site)),
        page_types=frozenset(texts(as_list(setting(site.config.get("system", {}), "pages.types", None)))
                             or ("html", "htm", "xml", "txt", "json", "rss", "atom")),
        place=site.place,
        theme=str(setting(site.config.get("system", {}), "pages.theme", "") or ""))


def loosely(text: str) -> str:
    """A spelling in which names that differ in case or in the form of their accents are equal."""
    return unicodedata.normalize("NFC", text).casefold()


def _patterns(site: Site) -> Iterator[re.Pattern[str]]:
    """Those of the site itself: what is said of files under user/ must not make one that is missing look found."""
    for item in site.redirects:
        if item.pattern and not item.origin.startswith("/user/"):
            try:
                yield re.compile(item.origin)
            except re.error:
                continue              # the settings' reader has said so


class _Builder:
    """Fills the tables of routes and folders of every language."""

    def __init__(self, site: Site, prefixes: Mapping[str, str]) -> None:
        self.routes: dict[str, dict[str, Target]] = {code: {} for code in prefixes}
        self.folders: dict[str, dict[str, Target]] = {code: {} for code in prefixes}
        self._prefixes = prefixes
        self._hide_home = bool(setting(site.config.get("system", {}), "home.hide_in_urls", False))
        owners = [document for document in site.documents if document.owns_route]
        self._homes = {document.folder: document.raw_route for document in owners if document.home}
        for document in owners:
            self._add(document)
        for document in site.documents:
            if not document.owns_route:
                self._add_loser(document)
        self._add_fallbacks(site)
        self._add_empty_folders(site)

    def _add(self, document: Document) -> None:
        code, prefix = document.language, self._prefixes[document.language]
        target = Target(document.key, document.folder, _join(prefix, document.route))
        self.folders[code][document.folder] = target
        self.routes[code][document.route] = target
        for alias in document.aliases:
            self.routes[code].setdefault(alias.removeprefix(prefix) or "/", target)

    def _add_loser(self, document: Document) -> None:
        """A folder whose route another one has: links to it reach the other."""
        shown = self.routes[document.language].get(document.route)
        target = shown or Target(document.key, document.folder, document.url)
        self.folders[document.language][document.folder] = target

    def _add_fallbacks(self, site: Site) -> None:
        documents = {document.key: document for document in site.documents}
        for address, key in site.fallbacks.items():
            document = documents.get(key)
            if document is None:
                continue
            code = self._language_of(address)
            target = Target(key, document.folder, address, fallback=True)
            target = self.folders[code].setdefault(document.folder, target)
            self.routes[code].setdefault(address.removeprefix(self._prefixes[code]) or "/", target)

    def _language_of(self, address: str) -> str:
        """The language whose prefix an address carries; the longest prefix wins, "" is the last resort."""
        fitting = [code for code, prefix in self._prefixes.items()
                   if address == prefix or address.startswith(f"{prefix}/")]
        return max(fitting, key=lambda code: len(self._prefixes[code]))

    def _add_empty_folders(self, site: Site) -> None:
        for code, prefix in self._prefixes.items():
            known = self.folders[code]
            for folder in site.files:
                if folder and folder not in known:
                    url = f"{self._base(known, folder, prefix)}/{without_order(folder.rpartition('/')[2]).lower()}"
                    known[folder] = Target(None, folder, url)
                    self.routes[code].setdefault(url.removeprefix(prefix), known[folder])

    def _base(self, known: Mapping[str, Target], folder: str, prefix: str) -> str:
        """The address that begins those of a folder's children: home's is its old one, or nothing (b.6)."""
        above = folder.rpartition("/")[0]
        if not above:
            return prefix
        if above in self._homes:
            return prefix if self._hide_home else prefix + self._homes[above]
        return known[above].url if above in known else prefix


def _join(prefix: str, route: str) -> str:
    return prefix + ("" if route == "/" and prefix else route)
