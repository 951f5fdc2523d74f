"""Where each document stands: pages in the tree that keeps their addresses, posts under slugs of their own.

The parents of a page are found by its address, not by its folder: what Grav showed at `/kk/news/item` becomes `item`
below `news` below `kk`, so that the addresses stay. Where Grav shows nothing in between, a draft holds the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from migrate.findings import Finding, find
from migrate.mappers.wordpress_table import Kind
from migrate.model.document import Document, Key
from migrate.model.site import Site
from migrate.writers.wordpress.facts import TargetFacts
from migrate.writers.wordpress.permalinks import page_link, post_link
from migrate.writers.wordpress.slugs import free_slug, is_kept_back, sanitize_title

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one document will be."""

    kind: str                             # post or page
    slug: str
    parent: Key | None = None             # of a page: a document, or a folder that holds a place
    slugs: tuple[str, ...] = ()           # of a page: from the top down; () for the front page
    link: str                             # the whole address that WordPress is expected to give it
    front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A page-less folder: a draft that gives the pages below it their address."""

    key: Key
    slug: str
    title: str
    parent: Key | None
    slugs: tuple[str, ...]                # from the top down

    @property
    def depth(self) -> int:
        """1 at the top."""
        return len(self.slugs)


@dataclass(slots=True)
class Places:
    """All places of a site."""

    documents: dict[Key, Place] = field(default_factory=dict)
    folders: list[Folder] = field(default_factory=list)
    findings: dict[Key, list[Finding]] = field(default_factory=dict)

    def say(self, document: Document, code: str, **fields: Any) -> None:
        """Notice something about a document."""
        self.findings.setdefault(document.key, []).append(find(code, document.source, **fields))


def lay_places(site: Site, kinds: Mapping[Key, Kind], facts: Mapping[str, TargetFacts],
               moments: Mapping[Key, datetime], *, front: Key | None) -> Places:
    """Give every document its place. `facts`: of the target of each language; `front`: the home page, if it becomes
    the front page."""
    places = Places()
    ranks = {language.code: rank for rank, language in enumerate(site.languages)}
    ordered = sorted((document for document in site.documents if document.key in kinds),
                     key=lambda page: (not page.owns_route, ranks.get(page.language, 99), page.key))
    _Tree(places, facts, front).lay([page for page in ordered if kinds[page.key].kind == "page"])
    _lay_posts([page for page in ordered if kinds[page.key].kind == "post"], places, facts, moments)
    return places


def _lay_posts(posts: Iterable[Document], places: Places, facts: Mapping[str, TargetFacts],
               moments: Mapping[Key, datetime]) -> None:
    """Slugs of posts, no two alike on one site: translations of a page differ by their language."""
    taken: dict[str, dict[str, Document]] = {}
    for document in posts:
        target = facts[document.language]
        used = taken.setdefault(target.url, {})
        wish = _slug_of(document)
        if is_kept_back(wish, page=False, structure=target.structure):
            places.say(document, "G621", slug=wish, new=f"{wish}-post")
            wish = f"{wish}-post"
        slug = wish
        if slug in used and used[slug].language != document.language:
            slug = sanitize_title(f"{wish}-{document.language}")
        if slug in used:
            slug = free_slug(slug, used.__contains__)
        if slug != wish:
            places.say(document, "G620", slug=wish, new=slug, other=used[wish].source)
        used[slug] = document
        link = post_link(target, slug, moments.get(document.key))
        places.documents[document.key] = Place(kind="post", slug=slug, link=link)


class _Tree:
    """Pages by their addresses."""

    def __init__(self, places: Places, facts: Mapping[str, TargetFacts], front: Key | None) -> None:
        self._places = places
        self._facts = facts
        self._front = front
        self._at: dict[tuple[str, tuple[str, ...]], Document] = {}    # site and address → the document there
        self._holders: dict[tuple[str, tuple[str, ...]], Key] = {}    # … → who holds the place, once laid
        self._slugs: dict[Key, tuple[str, ...]] = {}
        self._taken: dict[tuple[str, Key | None], dict[str, str]] = {}

    def lay(self, pages: list[Document]) -> None:
        """Lay all pages, those above first."""
        wishes: list[tuple[tuple[str, ...], Document]] = []
        for document in pages:
            wishes.append((_parts(document), document))
        # A page that Grav showed to nobody holds its place only where no other page has that address.
        wishes.sort(key=lambda wish: (len(wish[0]), wish[1].standing == "hidden"))
        for parts, document in wishes:
            self._at.setdefault((self._facts[document.language].url, parts), document)
        for parts, document in wishes:
            self._lay(parts, document)

    def _lay(self, parts: tuple[str, ...], document: Document) -> None:
        target = self._facts[document.language]
        front = document.key == self._front
        parent = self._holder(target, parts[:-1], document.language) if len(parts) > 1 else None
        slug = self._slug(document, parent, target)
        above = self._slugs.get(parent, ()) if parent else ()
        self._slugs[document.key] = (*above, slug)
        if self._at.get((target.url, parts)) is document:
            self._holders[target.url, parts] = document.key
        link = page_link(target, () if front else self._slugs[document.key])
        self._places.documents[document.key] = Place(kind="page", slug=slug, parent=parent, front=front, link=link,
                                                     slugs=self._slugs[document.key])

    def _slug(self, document: Document, parent: Key | None, target: TargetFacts) -> str:
        """A slug that no sibling has and that WordPress takes as it is."""
        wish = _slug_of(document)
        used = self._taken.setdefault((target.url, parent), {})
        slug = wish
        if is_kept_back(wish, page=True):
            slug = f"{wish}-page"
            self._places.say(document, "G621", slug=wish, new=slug)
        if slug in used:
            slug = free_slug(slug, used.__contains__)
            self._places.say(document, "G620", slug=wish, new=slug, other=used.get(wish, ""))
        used[slug] = document.source
        return slug

    def _holder(self, target: TargetFacts, parts: tuple[str, ...], language: str) -> Key:
        """The page at an address, or a folder made to hold it."""
        held = self._holders.get((target.url, parts))
        if held is not None:
            return held
        parent = self._holder(target, parts[:-1], language) if len(parts) > 1 else None
        used = self._taken.setdefault((target.url, parent), {})
        wish = sanitize_title(parts[-1]) or "folder"
        slug = free_slug(f"{wish}-page" if is_kept_back(wish, page=True) else wish, used.__contains__)
        key = Key(f"folder:/{'/'.join(parts)}" + (f"@{language}" if language else ""))
        used[slug] = key
        self._holders[target.url, parts] = key
        self._slugs[key] = (*(self._slugs.get(parent, ()) if parent else ()), slug)
        title = parts[-1][:1].upper() + parts[-1][1:]
        self._places.folders.append(Folder(key=key, slug=slug, title=title, parent=parent, slugs=self._slugs[key]))
        return key


def _parts(document: Document) -> tuple[str, ...]:
    """The address as its parts; a home page at the root by its own name."""
    address = document.address or document.url
    return tuple(part for part in address.split("/") if part) or (document.slug or "home",)


def _slug_of(document: Document) -> str:
    """The last part of the address that Grav had, as WordPress writes it."""
    last = _parts(document)[-1]
    if last.casefold() != document.slug.casefold() and document.url.endswith(last):
        shorter = _EXTENSION.sub("", last)
        last = shorter if not document.route.endswith(last) else last
    return sanitize_title(last) or sanitize_title(document.slug) or sanitize_title(document.title) or "page"
