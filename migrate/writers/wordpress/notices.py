"""What WordPress has no place for, said once each and not once a page."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from migrate.findings import Finding, find
from migrate.mappers.tables import Mapping as MappingFile
from migrate.model.document import Document, Key
from migrate.writers.wordpress.kinds import plain_slug

if TYPE_CHECKING:
    from migrate.writers.wordpress.layout import Layout

SETTINGS = "config/site.yaml"
LONGEST = 80  # characters of a value that are shown
_OWN = frozenset({"taxonomy", "redirect", "publish_date", "unpublish_date"})


def notices_of(layout: Layout) -> Iterator[Finding]:
    """Findings about the site as a whole, and about pages whose date or terms WordPress treats in its own way."""
    yield from _about_the_site(layout)
    yield from _header_keys(layout)
    modules = {page.key: page for page in layout.site.documents if page.modular}
    for document in layout.site.documents:
        status = layout.statuses.get(document.key)
        if status is None:
            continue
        if status == "future" and document.published:
            yield find("G630", document.source)
        elif not document.published and not document.draft and status == layout.mapping.wordpress.statuses.expired:
            yield find("G631", document.source)
        if layout.kinds[document.key].kind == "page" and (names := terms_in(document.fields)):
            yield find("G628", document.source, names=", ".join(names))
        yield from _names(document, modules, layout)
        featured = document.featured
        if featured and featured not in layout.media_library.pictures:
            yield find("G632", document.source, name=layout.site.media[featured].name)
    yield from _names_beside_no_page(layout)
    yield from _templates(layout)
    for folder in layout.folders:
        yield find("G633", "/".join(map(plain_slug, folder.slugs)), slug=plain_slug(folder.slug), title=folder.title)


def _about_the_site(layout: Layout) -> Iterator[Finding]:
    """What the source says of itself as a whole: the site's title and tagline are its owner's to choose."""
    site, there = layout.site, html.unescape(layout.facts.title)
    if site.title and there and site.title != there:
        yield find("G639", SETTINGS, what="title", value=site.title, there=f", it is “{there}” there")
    for name, value in sorted(site.metadata.items()):
        if value.strip():
            yield find("G639", SETTINGS, what=name, value=" ".join(value.split())[:LONGEST], there="")


def _names(document: Document, modules: Mapping[Key, Document], layout: Layout) -> Iterator[Finding]:
    """Files beside a page or its modules whose name is another one in WordPress."""
    inside = (modules[key].media for key in document.modules if key in modules)
    for key in dict.fromkeys((*document.media, *chain.from_iterable(inside))):
        yield from _name(key, document.source, layout)


def _names_beside_no_page(layout: Layout) -> Iterator[Finding]:
    """The same for files in folders without a page: the page above is told, which is the one that uses them mostly."""
    library, media = layout.media_library, layout.site.media
    pages: dict[str, list[str]] = {}
    for document in layout.site.documents:
        if document.key in layout.statuses:
            pages.setdefault(document.folder, []).append(document.source)
    beside = {key for document in layout.site.documents for key in document.media}
    for key in sorted((library.shared.keys() | library.renamed.keys()) - beside):
        folder = media[key].folder
        while folder and folder not in pages:
            folder = folder.rpartition("/")[0]
        for source in pages.get(folder) or [f"{media[key].folder}/{media[key].name}".strip("/")]:
            yield from _name(key, source, layout)


def _name(key: Key, source: str, layout: Layout) -> Iterator[Finding]:
    library = layout.media_library
    if key in library.shared:
        yield find("G636", source, name=layout.site.media[key].name, other=library.shared[key])
    elif key in library.renamed:
        yield find("G635", source, name=layout.site.media[key].name, new=library.renamed[key])


def terms_in(fields: Any) -> list[str]:
    """Names of the categories and tags of a document."""
    return [str(name) for plural in ("categories", "tags") for name in fields.get(plural, ()) or ()]


def used_keys(mapping: MappingFile) -> frozenset[str]:
    """Header keys that this target makes something of."""
    rules = mapping.wordpress
    featured = (key.partition(".")[0] for key in mapping.images.featured.keys)
    return _OWN | {"author", "authors", *rules.excerpt.keys, *rules.sticky, *featured}


def _header_keys(layout: Layout) -> Iterator[Finding]:
    """Header keys for which there is no field."""
    used = used_keys(layout.mapping)
    holders: dict[str, list[str]] = {}
    for document in layout.site.documents:
        if document.key in layout.statuses:
            for key in document.fields.get("params") or {}:
                holders.setdefault(key, []).append(document.source)
    for key in sorted(holders.keys() - used):
        yield find("G629", holders[key][0], key=key, count=len(holders[key]))


def _templates(layout: Layout) -> Iterator[Finding]:
    """Templates that the theme does not have."""
    known = layout.facts.templates
    pages = {rule.template: page for page in layout.site.documents
             if (rule := layout.kinds.get(page.key)) and rule.template}
    for name in sorted(pages.keys() - set(known)) if known else ():
        yield find("G634", pages[name].source, name=name)
