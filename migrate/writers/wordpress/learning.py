"""After a run: addresses as the site has really given them, in place of those that were expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from migrate.mappers.redirects import bare
from migrate.mappers.standing import SHOWN
from migrate.model.document import Document, Key, changed
from migrate.model.plan import Entry
from migrate.model.site import Media, Redirect, Site
from migrate.writers.wordpress.layout import MOVED, Layout
from migrate.writers.wordpress.permalinks import is_pretty, path_of


def learned(layout: Layout, entries: Mapping[Key, Entry]) -> Site:
    """The site with the addresses that the ledger knows; redirects lead there, also from files to the library."""
    site = layout.site
    real = {page.key: _real(page, layout, entries) for page in site.documents if page.key in layout.places}
    goals = {bare(page.address): real[page.key] for page in site.documents
             if page.key in real and bare(real[page.key]) != bare(page.address)}
    documents = tuple(changed(page, address=real[page.key]) if page.key in real else page for page in site.documents)
    live = {bare(page.address) for page in documents if page.address and page.standing in SHOWN}
    redirects = {item.origin: replace(item, goal=goals.get(bare(item.goal), item.goal)) for item in site.redirects}
    for page in documents:
        origin = bare(page.url)
        if page.key in real and page.standing in SHOWN and page.owns_route and bare(page.address) != origin:
            redirects.setdefault(origin, Redirect(origin=origin, goal=page.address, status=MOVED, subject=page.source))
    kept = [item for item in redirects.values() if item.pattern or bare(item.origin) not in live]
    files = [item for item in _file_redirects(layout, entries) if item.origin not in redirects]
    return replace(site, documents=documents, redirects=(*(item for item in kept if not item.pattern), *files,
                                                         *(item for item in kept if item.pattern)))


def _real(page: Document, layout: Layout, entries: Mapping[Key, Entry]) -> str:
    """Where a page is; what nobody sees yet, and the front page, where they are expected."""
    entry = entries.get(page.key)
    known = entry is not None and is_pretty(entry.url) and page.key != layout.front
    return unquote(path_of(entry.url)) if entry is not None and known else page.address


def _file_redirects(layout: Layout, entries: Mapping[Key, Entry]) -> list[Redirect]:
    """From where the source itself showed files to where they are."""
    found = []
    for key, media in sorted(layout.site.media.items()):
        attachment = layout.media_keys.get(key)
        entry = entries.get(attachment) if attachment else None
        url = entry.url if entry else layout.media_urls.get(key, "")
        if url:
            found.append(Redirect(origin=_shown_at(media), goal=path_of(url), status=MOVED, subject=media.key))
    return found


def _shown_at(media: Media) -> str:
    """Grav's own address of a file."""
    if media.folder:
        return f"/user/pages/{media.folder}/{media.name}"
    return f"/user/{media.key.removeprefix('media:user:')}"
