"""The main menu of each language: visible pages in folder order, as Grav's themes show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import NamedTuple

from migrate.mappers.copies import language_of
from migrate.mappers.standing import SHOWN
from migrate.mappers.tables import Mapping
from migrate.mappers.values import found_at, is_true
from migrate.model.document import Document, Key
from migrate.model.site import Language, MenuEntry, Site

_NUMBERED = re.compile(r"([0-9]+)\.")
_LAST = 10**12


class Item(NamedTuple):
    """Something visible in a folder: the number before its name, its place among its siblings …"""

    order: int
    position: int
    folder: str
    name: str
    address: str
    key: Key | None
    identifier: str


def map_menus(site: Site, mapping: Mapping) -> Site:
    """Decide `Site.menus`; comes after the redirects, which tell where folders without a page lead."""
    if not mapping.menus.name:
        return site
    menus: dict[str, tuple[MenuEntry, ...]] = {}
    borrowed = _borrowed(site) if mapping.languages.missing == "redirect" else {}
    for language in site.languages or (Language(code=""),):
        below = _below(site, language, borrowed.get(language.code, ()))
        entries = tuple(_entries("", "", below, mapping.menus.depth))
        if entries:
            menus[language.code] = entries
    return replace(site, menus=menus)


def _borrowed(site: Site) -> Map[str, Iterable[Document]]:
    """Language → pages of other languages that the source shows for want of its own; their entries lead there."""
    documents = {document.key: document for document in site.documents}
    found: dict[str, dict[Key, Document]] = {}
    for path, key in site.fallbacks.items():
        language = language_of(path, site.languages)
        if language is not None and key in documents:
            found.setdefault(language.code, {})[key] = documents[key]
    return {code: pages.values() for code, pages in found.items()}


def _below(site: Site, language: Language, borrowed: Iterable[Document]) -> Map[str, list[Item]]:
    """Folder → what is visible in it, in order."""
    below: dict[str, list[Item]] = {}
    own = (document for document in site.documents if document.language == language.code)
    for document in (*own, *borrowed):
        if document.visible and document.owns_route and document.standing in SHOWN:
            item = _page_item(document)
            if document.language != language.code:      # Hugo knows no page of that path in this language
                item = item._replace(key=None)
            below.setdefault(document.folder.rpartition("/")[0], []).append(item)
    for items in below.values():
        items.sort(key=lambda item: item[1:3])
    for item in _folder_items(site, language):
        items = below.setdefault(item.folder.rpartition("/")[0], [])
        items.append(item)
        items.sort(key=lambda item: item[:3])
    return below


def _page_item(document: Document) -> Item:
    elsewhere = document.external_url
    return Item(_order(document.folder), document.position, document.folder, document.menu or document.title,
                elsewhere or document.address, None if elsewhere else document.key,
                document.translation_group.strip("/") or "home")


def _folder_items(site: Site, language: Language) -> Iterator[Item]:
    """Numbered folders without a page are visible too, and lead to their first page (Grav: 0.4, f.5)."""
    if is_true(found_at(site.config, ("system", "pages", "hide_empty_folders"))):
        return
    goals = {redirect.origin: redirect.goal for redirect in site.redirects}
    pages = {document.address: document.key for document in site.documents
             if document.language == language.code and document.owns_route and document.standing in SHOWN}
    for folder, route in site.empty_folders.items():
        goal = goals.get(language.prefix + route)
        if goal and _order(folder) < _LAST:
            slug = route.rpartition("/")[2]
            yield Item(_order(folder), 0, folder, slug[:1].upper() + slug[1:], goal, pages.get(goal),
                       route.strip("/"))


def _order(folder: str) -> int:
    match = _NUMBERED.match(folder.rpartition("/")[2])
    return int(match[1]) if match else _LAST


def _entries(folder: str, parent: str, below: Map[str, list[Item]], depth: int) -> Iterator[MenuEntry]:
    """The entries for one folder, each followed by those below it."""
    for weight, item in enumerate(below.get(folder, ()), start=1):
        yield MenuEntry(name=item.name, address=item.address, key=item.key, weight=weight,
                        identifier=item.identifier, parent=parent)
        if depth > 1:
            yield from _entries(item.folder, item.identifier, below, depth - 1)
