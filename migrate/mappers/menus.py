"""The main menu of each language: visible pages in folder order, as Grav's themes show them."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from migrate.mappers.standing import ADDRESSED
from migrate.mappers.tables import Mapping
from migrate.model.document import Document
from migrate.model.site import MenuEntry, Site


def map_menus(site: Site, mapping: Mapping) -> Site:
    """Decide `Site.menus`."""
    if not mapping.menus.name:
        return site
    below = _below(site)
    menus: dict[str, tuple[MenuEntry, ...]] = {}
    for language in [item.code for item in site.languages] or [""]:
        entries = tuple(_entries("", "", language, below, mapping.menus.depth))
        if entries:
            menus[language] = entries
    return replace(site, menus=menus)


def _below(site: Site) -> Map[tuple[str, str], list[Document]]:
    """(folder above, language) → the visible pages in it, in order."""
    below: dict[tuple[str, str], list[Document]] = {}
    for document in site.documents:
        if document.visible and document.owns_route and document.standing in ADDRESSED - {"draft"}:
            below.setdefault((document.folder.rpartition("/")[0], document.language), []).append(document)
    for pages in below.values():
        pages.sort(key=lambda document: (document.position, document.folder))
    return below


def _entries(folder: str, parent: str, language: str, below: Map[tuple[str, str], list[Document]],
             depth: int) -> list[MenuEntry]:
    """The entries for one folder, each followed by those below it."""
    entries: list[MenuEntry] = []
    for weight, document in enumerate(below.get((folder, language), ()), start=1):
        identifier = document.translation_group.strip("/") or "home"
        elsewhere = document.external_url
        entries.append(MenuEntry(name=document.menu or document.title, address=elsewhere or document.address,
                                 key=None if elsewhere else document.key, weight=weight, identifier=identifier,
                                 parent=parent))
        if depth > 1:
            entries += _entries(document.folder, identifier, language, below, depth - 1)
    return entries
