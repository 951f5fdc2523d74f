"""The main menu as WordPress keeps it for block themes: a navigation of its own for each language.

A theme whose header names no navigation shows the newest one that is published; a site on which nobody has made one
shows the list of all its pages (and from 6.3 on keeps that list as a navigation of its own). So ours of the first
language is made a second newer than such a list, and older than whatever a person makes: it takes the place of the
list, and never of somebody's work. (WordPress: block_core_navigation_get_fallback_blocks, WP_Navigation_Fallback.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from migrate.findings import Finding, find
from migrate.model.document import Key
from migrate.model.reference import token
from migrate.model.resource import Resource
from migrate.model.site import MenuEntry, Site
from migrate.writers.wordpress.facts import FIRST_DAY, TargetFacts
from migrate.writers.wordpress.texts import Raw, block, text_html

if TYPE_CHECKING:
    from migrate.writers.wordpress.layout import Layout

SLUG = "gm-menu"
"""Begins the slug of all our navigations; people see their titles only."""

LISTED = "<!-- wp:page-list"
NAMED = 8  # entries that a finding names


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The navigation of one language. `status`: that of the whole run, where it has one."""

    language: str
    title: str
    slug: str
    status: str
    date_gmt: str
    entries: Sequence[MenuEntry]

    @property
    def key(self) -> Key:
        """Its name in the ledger."""
        return key_of(self.language)


def key_of(language: str) -> Key:
    """The name in the ledger of the menu of a language."""
    return Key(f"menu:{language}")


def lay_menus(site: Site, name: str, targets: Mapping[str, TargetFacts], facts: TargetFacts, status: str
              ) -> tuple[Menu, ...]:
    """The menus of the languages that live on this site, that of the default language first; none where the theme or
    the user's rights have no place for them."""
    if not facts.menu_day:
        return ()
    codes = _codes(site, targets, facts)
    return tuple(Menu(language=code, title=name if number == 0 else f"{name} ({code})",
                      slug=f"{SLUG}-{code}" if code else SLUG, status=status or "publish",
                      date_gmt=_moved(facts.menu_day, -number), entries=site.menus[code])
                 for number, code in enumerate(codes))


def menu_notices(site: Site, menus: Sequence[Menu], targets: Mapping[str, TargetFacts], facts: TargetFacts
                 ) -> Iterator[Finding]:
    """Menus that WordPress has no place for, and those that it does not show by itself."""
    if not facts.menu_day:
        for code in _codes(site, targets, facts):
            yield find("G637", facts.url, language=f" of {code}" if code else "", names=_named(site.menus[code]),
                       why=facts.no_menu)
    for menu in menus[1:]:
        yield find("G638", facts.url, language=menu.language, title=menu.title)


def render_menus(layout: Layout) -> tuple[Resource, ...]:
    """The navigations."""
    return tuple(
        Resource(key=menu.key, kind="navigation", natural_key=f"navigation:{menu.slug}", digest="",
                 fields={"title": menu.title, "slug": menu.slug, "status": menu.status, "date_gmt": menu.date_gmt,
                         "content": "\n".join(_blocks(menu.entries, "", layout))})
        for menu in layout.menus)


def menu_day(rows: Iterable[Mapping[str, object]]) -> str:
    """When our first menu is to be dated, by the navigations that the site shows (`context=edit`)."""
    lists = [str(row.get("date_gmt")) for row in rows
             if row.get("date_gmt") and not str(row.get("slug")).startswith(SLUG)
             and _text_of(row.get("content")).startswith(LISTED)]
    return _moved(max(lists), 1) if lists else FIRST_DAY


def _codes(site: Site, targets: Mapping[str, TargetFacts], facts: TargetFacts) -> list[str]:
    languages = sorted(site.languages, key=lambda item: not item.default)
    codes = [language.code for language in languages] or [""]
    return [code for code in codes if site.menus.get(code) and targets.get(code, facts).url == facts.url]


def _blocks(entries: Sequence[MenuEntry], parent: str, layout: Layout) -> Iterator[str]:
    for entry in entries:
        if entry.parent == parent:
            inner = list(_blocks(entries, entry.identifier, layout)) if entry.identifier else []
            name = "navigation-submenu" if inner else "navigation-link"
            yield block(name, "\n".join(inner), _attributes(entry, layout))


def _attributes(entry: MenuEntry, layout: Layout) -> dict[str, object]:
    """As the editor writes them. By the number WordPress knows which pages are not published, and leaves them out."""
    place = layout.places.get(entry.key) if entry.key else None
    if entry.key is None or place is None:
        return {"label": text_html(entry.name), "url": entry.address, "kind": "custom"}
    return {"label": text_html(entry.name), "type": place.kind, "id": Raw(token(entry.key, "id")),
            "url": f"{layout.facts.url}/" if entry.key == layout.front else token(entry.key, "url"),
            "kind": "post-type"}


def _named(entries: Sequence[MenuEntry]) -> str:
    names = [entry.name for entry in entries]
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _text_of(content: object) -> str:
    return str(content.get("raw") or "").strip() if isinstance(content, Mapping) else ""


def _moved(moment: str, seconds: int) -> str:
    return (datetime.fromisoformat(moment.removesuffix("Z")) + timedelta(seconds=seconds)).isoformat()
