"""A laid out site in WordPress' words: fields of the REST API for each page, term, file and setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate.mappers.values import found_at, is_true, path_of
from migrate.mappers.weights import weights_of
from migrate.model.document import EMPTY, Document, Key
from migrate.model.reference import Reference
from migrate.model.resource import Resource
from migrate.writers.wordpress.excerpts import excerpt_of
from migrate.writers.wordpress.kinds import plain_slug
from migrate.writers.wordpress.languages import with_language_line
from migrate.writers.wordpress.layout import Layout
from migrate.writers.wordpress.places import Folder, Place
from migrate.writers.wordpress.posting import gmt
from migrate.writers.wordpress.terms import TermPlace

FRONT = Key("setting:front")
FOLDER_DATE = "2000-01-01T12:00:00"
"""Of drafts that hold a place: any, but always the same."""


class Printer:
    """Prints the pages of one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._weights = weights_of(layout.site.documents)

    def page(self, document: Document, text: str, meta: Mapping[str, Any] = EMPTY, *,
             summary: str = "") -> tuple[Resource, ...]:
        """The post or page; () for what is shown inside another one, or lives on another site.

        `text`: its blocks; `summary`: the words before the divider.
        """
        place = self.layout.places.get(document.key)
        if place is None or document.key not in self.layout.statuses:
            return ()
        fields = self._shared(document, text, summary) | (
            self._post(document) if place.kind == "post" else self._page(document, place))
        if meta:
            fields["meta"] = dict(meta)
        return (Resource(key=document.key, kind=place.kind, natural_key=natural_key(place), fields=fields, digest="",
                         source=document.source),)

    def _shared(self, document: Document, text: str, summary: str) -> dict[str, Any]:
        """What posts and pages both have."""
        layout, rules = self.layout, self.layout.mapping.wordpress
        kind = layout.kinds[document.key]
        fields: dict[str, Any] = {
            "title": document.title.strip() or layout.places[document.key].slug,
            "slug": layout.places[document.key].slug,
            "status": layout.statuses[document.key],
            "date_gmt": gmt(layout.moments[document.key]),
            "content": with_language_line(text, document, layout),
            "excerpt": excerpt_of(document.header, summary, rules.excerpt),
            "featured_media": self._featured(document),
        }
        if author := layout.authors.get(document.key):
            fields["author"] = author  # else it is who makes the page, and stays so whoever runs the program later
        if comments := kind.comments or rules.comments:
            fields["comment_status"] = comments
        return fields | self._language(document)

    def _post(self, document: Document) -> dict[str, Any]:
        layout = self.layout
        terms = layout.terms.of.get(document.key, EMPTY)
        return {
            "categories": tuple(Reference(key) for key in terms.get("categories", ())),
            "tags": tuple(Reference(key) for key in terms.get("tags", ())),
            "sticky": self._is_sticky(document),
            "format": layout.kinds[document.key].format or "standard",
        }

    def _page(self, document: Document, place: Place) -> dict[str, Any]:
        kind = self.layout.kinds[document.key]
        known = self.layout.facts.templates
        fields: dict[str, Any] = {
            "parent": Reference(place.parent) if place.parent else 0,
            "menu_order": self._weights.get(document.key, 0),
        }
        if kind.template and (not known or kind.template in known):
            fields["template"] = kind.template
        return fields

    def _is_sticky(self, document: Document) -> bool:
        keys = self.layout.mapping.wordpress.sticky
        return self.layout.statuses[document.key] == "publish" and any(
            is_true(found_at(document.header, path_of(key))) for key in keys)

    def _featured(self, document: Document) -> Reference | int:
        library = self.layout.media_library
        if document.featured is None or document.featured not in library.pictures:
            return 0
        return Reference(library.keys[document.featured])

    def _language(self, document: Document) -> dict[str, Any]:
        """The fields of Polylang Pro."""
        if self.layout.mode != "polylang" or not document.language:
            return {}
        group = self.layout.translations.get(document.translation_group, {})
        others = {code: Reference(key) for code, key in group.items() if code != document.language}
        return {"lang": document.language} | ({"translations": others} if others else {})


def render_terms(layout: Layout) -> tuple[Resource, ...]:
    """Categories and tags, parents first."""
    return tuple(_term(term, layout) for term in layout.terms.terms)


def render_folders(layout: Layout) -> tuple[Resource, ...]:
    """Drafts that hold the places of page-less folders, those above first."""
    return tuple(_folder(folder) for folder in layout.folders)


def render_settings(layout: Layout) -> tuple[Resource, ...]:
    """Which page is in front, where we may say so."""
    if layout.front is None:
        return ()
    posts = layout.posts_page
    shown = posts if posts and posts != layout.front and layout.statuses.get(posts) == "publish" else None
    if posts == layout.front:                          # a blog in front is what WordPress shows by itself
        fields: dict[str, Any] = {"show_on_front": "posts"}
    else:
        fields = {"show_on_front": "page", "page_on_front": Reference(layout.front),
                  "page_for_posts": Reference(shown) if shown else 0}
    return (Resource(key=FRONT, kind="settings", natural_key="settings:front", fields=fields,
                     digest=""),)


def natural_key(place: Place) -> str:
    """What WordPress itself knows a post or page by, in letters that people read."""
    return plain_slug(f"post:{place.slug}" if place.kind == "post" else f"page:{'/'.join(place.slugs)}")


def names_of(layout: Layout) -> dict[Key, str]:
    """The natural keys of the posts and pages of this site, and of the drafts that hold places."""
    folders = {folder.key: _name_of(folder) for folder in layout.folders}
    return folders | {key: natural_key(place) for key, place in layout.places.items() if key in layout.statuses}


def date_of(key: Key, layout: Layout) -> str:
    """The date that one of these gets."""
    return gmt(layout.moments[key]) if key in layout.moments else FOLDER_DATE


def _name_of(folder: Folder) -> str:
    return plain_slug(f"page:{'/'.join(folder.slugs)}")


def _term(term: TermPlace, layout: Layout) -> Resource:
    fields: dict[str, Any] = {"name": term.name, "slug": term.slug}
    if term.kind == "category":
        fields["parent"] = Reference(term.parent) if term.parent else 0
    if layout.mode == "polylang" and term.language:
        fields["lang"] = term.language
    return Resource(key=term.key, kind=term.kind, natural_key=plain_slug(f"{term.kind}:{term.slug}"),
                    fields=fields, digest="")


def _folder(folder: Folder) -> Resource:
    fields: dict[str, Any] = {
        "title": folder.title, "slug": folder.slug, "status": "draft", "date_gmt": FOLDER_DATE, "content": "",
        "parent": Reference(folder.parent) if folder.parent else 0,
    }
    return Resource(key=folder.key, kind="page", natural_key=_name_of(folder), fields=fields, digest="")
