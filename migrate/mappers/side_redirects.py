"""Addresses that the source answered by its nature, without anybody having written them down."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import astuple

from migrate.mappers.standing import SHOWN
from migrate.mappers.tables import Mapping
from migrate.mappers.taxonomies import plural_names, slug_of
from migrate.model.document import Document, Term
from migrate.model.site import Language, Redirect, Site

FOUND = 302
MOVED = 301
FEED = "feed"  # Grav's plug-in for RSS and Atom
FEEDS = ("rss", "atom")


def side_redirects(site: Site, mapping: Mapping) -> Iterator[Redirect]:
    """Missing translations, the default language without its prefix, term lists, feeds, files under `/user/pages`."""
    if mapping.languages.missing == "redirect":
        yield from _missing_translations(site)
    yield from _default_language(site)
    if mapping.addresses.taxonomy_filters:
        yield from _term_lists(site, mapping)
    if mapping.addresses.feed and site.plugins.get(FEED):
        yield from _feeds(site, mapping.addresses.feed)
    yield from _page_files(site)


def _missing_translations(site: Site) -> Iterator[Redirect]:
    """`/fr/about` shows the English page for want of a French one (Grav: g.2)."""
    addresses = {document.key: document for document in site.documents if document.standing in SHOWN}
    for path, key in sorted(site.fallbacks.items()):
        document = addresses.get(key)
        if document is not None and document.address:
            yield Redirect(origin=path, goal=document.address, status=FOUND, subject=document.source)


def _default_language(site: Site) -> Iterator[Redirect]:
    """`/about` leads to `/en/about`, or the other way round where the prefix is left out (Grav: g.8)."""
    default = next((language for language in site.languages if language.default), None)
    if default is None:
        return
    if not default.prefix:
        yield Redirect(origin=f"/{default.code}", goal="/", status=FOUND, subject="config/system.yaml")
        yield Redirect(origin=f"/{default.code}/*", goal="/:splat", status=FOUND, pattern=True,
                       subject="config/system.yaml")
        return
    for part in sorted(_first_parts(site, default)):
        yield Redirect(origin=f"/{part}", goal=f"{default.prefix}/{part}/", status=FOUND, subject="config/system.yaml")
        yield Redirect(origin=f"/{part}/*", goal=f"{default.prefix}/{part}/:splat", status=FOUND, pattern=True,
                       subject="config/system.yaml")


def _first_parts(site: Site, language: Language) -> set[str]:
    """First parts of the language's addresses behind its prefix. A rule for everything would run in circles."""
    paths = (document.address.removeprefix(language.prefix) for document in site.documents
             if document.language == language.code and document.standing in SHOWN)
    parts = {path.split("/")[1] for path in paths if path.count("/") > 1}
    return parts - {other.prefix.strip("/") for other in site.languages} - {""}


def _term_lists(site: Site, mapping: Mapping) -> Iterator[Redirect]:
    """`/blog/tag:news` leads to `/tags/news/`: for each listing page and the terms of the pages below it."""
    prefixes = {language.code: language.prefix for language in site.languages}
    goals = {(term.taxonomy, slug_of(term.name)): term.address for term in site.terms if term.slug}
    listings = [document for document in site.documents if document.standing in SHOWN and _lists_pages(document)]
    used = _terms_below({(document.folder, document.language) for document in listings}, site)
    plurals = plural_names(site, mapping)
    for document in listings:
        for term in sorted(used.get((document.folder, document.language), ()), key=astuple):
            name = mapping.taxonomies.rename.get(term.taxonomy, {}).get(term.name, term.name)
            goal = goals.get((plurals.get(term.taxonomy, ""), slug_of(name)))
            if goal and "/" not in term.name:
                yield Redirect(origin=f"{document.url.rstrip('/')}/{term.taxonomy}:{term.name}", status=FOUND,
                               goal=prefixes.get(document.language, "") + goal, subject=document.source)


def _feeds(site: Site, goal: str) -> Iterator[Redirect]:
    """`/blog.rss` and `/blog.atom`: the plug-in Feed answers beside each page with a list that others stand below.

    The home page has its feed under its folder's name, as themes link it: `/home.rss`.
    """
    for document in site.documents:
        if document.standing in SHOWN and _lists_pages(document) and (document.has_children or document.home):
            path = document.url.rstrip("/") + (f"/{document.slug}" if document.home else "")
            for kind in FEEDS:
                yield Redirect(origin=f"{path}.{kind}", goal=goal.replace("{address}", document.address), status=MOVED,
                               subject=document.source)


def _terms_below(folders: set[tuple[str, str]], site: Site) -> dict[tuple[str, str], set[Term]]:
    """(folder, language) → the terms of the pages in folders below it, as their authors spelled them."""
    found: dict[tuple[str, str], set[Term]] = {}
    for document in site.documents:
        if document.terms and document.standing in SHOWN:
            above = document.folder
            while above:
                above = above.rpartition("/")[0]
                if (above, document.language) in folders:
                    found.setdefault((above, document.language), set()).update(document.terms)
    return found


def _lists_pages(document: Document) -> bool:
    content = document.header.get("content")
    items = str(content.get("items", "")) if isinstance(content, Map) else ""
    return bool(items) and "modular" not in items and "modules" not in items


def _page_files(site: Site) -> Iterator[Redirect]:
    """`/user/pages/02.blog/post/a.jpg`, as the source printed it, leads to the file beside its page."""
    folders: dict[str, str] = {}
    for media in site.media.values():
        if media.folder and media.address:
            folders.setdefault(media.folder, media.address.removesuffix(media.name))
    for folder, address in sorted(folders.items()):
        if not address.startswith("/user/pages/"):
            yield Redirect(origin=f"/{site.place}/pages/{folder}/*", goal=f"{address}:splat", status=MOVED,
                           pattern=True, subject=folder)
    if site.place != "user":                             # files beside no page are under /user/ now
        yield Redirect(origin=f"/{site.place}/*", goal="/user/:splat", status=MOVED, pattern=True, subject=site.place)
