"""Where the files of pages go: beside their page once for all languages, or into `static/` at their address.

Hugo publishes a bundle's file next to one page of the bundle, the one in the default language, or, with
`duplicateResourceFiles`, next to every one. Without a page in the default language and without that setting
the file is lost in silence; so the setting is made for sites that have such a bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from migrate.findings import Finding, find
from migrate.model.document import Document, Key
from migrate.model.site import Media, Site
from migrate.writers.hugo.folders import Folders, is_written
from migrate.writers.hugo.languages import own_language
from migrate.writers.hugo.paths import bundle_folder, clean_name, is_publishable, resource_key


class Attachments(NamedTuple):
    """The files with their addresses, the place in the project of each, and what Hugo must be told."""

    media: Mapping[Key, Media]
    places: Mapping[Key, str]             # content/news/x/photo.jpg, static/kk/news/x/list.html
    duplicate: bool                       # markup.goldmark.duplicateResourceFiles
    findings: tuple[Finding, ...]


class Owner(NamedTuple):
    """The page whose bundle gets a folder's files, and the folder within the bundle ("_hero/" or "")."""

    page: Document
    within: str


def lay_attachments(site: Site, folders: Folders) -> Attachments:
    """Find a place and an address for every file of the site."""
    placing = _Placing(site, folders)
    merged = placing.merged_folders()
    waiting = [key for key, media in site.media.items() if media.folder not in merged and not placing.beside(key)]
    for key in waiting:
        placing.static(key)
    for key, media in site.media.items():
        if media.folder in merged:
            placing.same_as(key, merged[media.folder])
    return Attachments({key: placing.media[key] for key in site.media}, placing.places, placing.duplicate,
                       tuple(placing.findings))


class _Placing:
    """The work of one call: what has been placed, and which names and addresses are taken."""

    def __init__(self, site: Site, folders: Folders) -> None:
        self.site, self.folders = site, folders
        self.order = {language.code: number for number, language in enumerate(site.languages)}
        self.suffixes = frozenset(code.lower() for code in self.order) or {own_language(site) or "en"}
        self.by_key = {document.key: document for document in site.documents}
        self.owners = self._owners()
        self.names: dict[str, set[str]] = {}                  # route of a node → names taken in its bundle
        self.addresses: set[str] = set()
        self.media: dict[Key, Media] = {}
        self.places: dict[Key, str] = {}
        self.placed: dict[tuple[str, str], Media] = {}
        self.findings: list[Finding] = []
        self.duplicate = False

    def merged_folders(self) -> dict[str, str]:
        """Folders that equal another one, with nothing else in them → that other folder."""
        winners = {(page.language, page.route): page for page in self.site.documents if page.owns_route}
        merged = {page.folder: winners[page.language, page.route].folder for page in self.site.documents
                  if page.standing == "merged" and (page.language, page.route) in winners}
        kept = {page.folder for page in self.site.documents if is_written(page)}
        return {folder: winner for folder, winner in merged.items() if folder not in kept}

    def beside(self, key: Key) -> bool:
        """Put a file beside its page; False where it has none, or Hugo would not publish it there."""
        media = self.site.media[key]
        owner = self.owners.get(media.folder)
        if owner is None or self._shadowed(owner.page):
            return False
        if not is_publishable(media.name, self.suffixes):
            self.findings.append(find("G403", _subject(media), name=media.name))
            return False
        node = self.folders.node_of[owner.page.key]
        taken = self.names.setdefault(node.route, {child.folder.rpartition("/")[2] for child in node.children})
        name = _free(owner.within, media.name, taken)
        if name != owner.within + media.name:
            self.findings.append(find("G404", _subject(media), name=media.name, place=name))
        taken.add(resource_key(name))
        self._put(key, "/".join(part for part in ("content", node.folder, name) if part),
                  bundle_folder(owner.page.address) + name, beside=name == media.name)
        self.duplicate |= bool(self.order) and not self._in_default_language(node.pages)
        return True

    def static(self, key: Key) -> None:
        """Put a file where Hugo copies it as it is to the address that it has in our plan."""
        media = self.site.media[key]
        folder = (media.address or f"/{media.folder}/{media.name}").removesuffix(media.name)
        name, number = media.name, 1
        while f"{folder}{name}".casefold() in self.addresses:
            number += 1
            name = f"files-{number}/{media.name}"
        self._put(key, f"static{folder}{name}", folder + name, beside=False)

    def same_as(self, key: Key, winner: str) -> None:
        """Give a file that is not written the address of the file that equals it."""
        if not self.placed:
            self.placed = {(media.folder, media.name): media for media in self.media.values()}
        media = self.site.media[key]
        twin = self.placed.get((winner, media.name), media)
        self.media[key] = replace(media, address=twin.address, beside=twin.beside)

    def _put(self, key: Key, place: str, address: str, *, beside: bool) -> None:
        self.places[key] = place
        self.addresses.add(address.casefold())
        self.media[key] = replace(self.site.media[key], address=address, beside=beside)

    def _owners(self) -> dict[str, Owner]:
        """Source folder → the page whose bundle gets its files: one that is published, in the first language."""
        found: dict[str, Owner] = {}
        for document in sorted(self.site.documents, key=self._rank):
            carrier = self.folders.carriers.get(document.key)
            page = self.by_key[carrier] if carrier is not None else document
            place = self.folders.places.get(page.key)
            if document.folder not in found and place is not None and not place.hidden:
                within = f"_{clean_name(document.raw_route.rpartition('/')[2]).strip('_')}/" if carrier else ""
                found[document.folder] = Owner(page, within)
        return found

    def _rank(self, document: Document) -> tuple[bool, int]:
        return not document.published, self.order.get(document.language, -1)

    def _shadowed(self, owner: Document) -> bool:
        """Whether a page in the default language waits to be published while others are: it takes the bundle's
        files with it (Hugo before 0.153).
        """
        waiting = self.folders.node_of[owner.key].pages.get(self.site.languages[0].code) if self.order else None
        return waiting is not None and not waiting.published and owner.published

    def _in_default_language(self, pages: Mapping[str, Document]) -> bool:
        page = pages.get(self.site.languages[0].code)
        return page is not None and page.published and not self.folders.places[page.key].hidden


def _free(within: str, name: str, taken: Iterable[str]) -> str:
    """The name under which a file can stand in a bundle: its own, or in a folder of its own."""
    place, number = within + name, 1
    while resource_key(place) in taken:
        number += 1
        place = f"{within}files-{number}/{name}"
    return place


def _subject(media: Media) -> str:
    return f"{media.folder}/{media.name}" if media.folder else media.name
