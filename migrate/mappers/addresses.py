"""At which path each page, term and file answers on the new site: the old one wherever that is possible."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

from migrate.findings import Finding, find
from migrate.mappers.address_table import Addresses, Override
from migrate.mappers.standing import ADDRESSED
from migrate.mappers.tables import Mapping
from migrate.mappers.taxonomies import slug_of
from migrate.model.document import Document, Key, changed
from migrate.model.site import Language, Media, Site, TermPage

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\%?]")
"""What an address cannot hold: Hugo stops at `%`, and what follows `?` is no part of a path."""

_LONGEST = 240
"""Bytes of one part of an address: a longer one can be no folder's name on most file systems (255, with a tail)."""
_WRITTEN_BY_TARGET = frozenset({"404.html", "index.html", "index.xml", "sitemap.xml"})
"""Files that a generator puts beside the pages; none of them can be a folder as well."""


def map_addresses(site: Site, mapping: Mapping) -> Site:
    """Decide `Document.address`, `Media.address` and `TermPage.address`."""
    prefixes = {language.code: language.prefix for language in site.languages}
    settled, findings = settle(site.documents, prefixes, mapping.addresses)
    documents = tuple(_addressed(document, settled.get(document.key, ""), findings.get(document.key))
                      for document in site.documents)
    taken = frozenset(settled.values())
    terms, moved = place_terms(site.terms, taken, tuple(prefixes.values()) or ("",))
    return replace(site, documents=documents, terms=terms, media=place_media(site, documents),
                   findings=(*site.findings, *moved))


def settle(documents: Iterable[Document], prefixes: dict[str, str],
           rules: Addresses) -> tuple[dict[Key, str], dict[Key, Finding]]:
    """Each page's address, no two alike, whatever the order of the documents.

    Who owned the address in the source keeps it, shown pages before drafts; others get a number behind theirs.
    """
    addressed = sorted((document for document in documents if document.standing in ADDRESSED), key=_rank)
    wished = {document.key: _wish(document, prefixes.get(document.language, ""), rules) for document in addressed}
    all_wishes = set(wished.values())
    settled: dict[Key, str] = {}
    findings: dict[Key, Finding] = {}
    owners: dict[str, Document] = {}
    for document in addressed:
        wish = wished[document.key]
        address = wish if wish not in owners else free_address(wish, all_wishes | owners.keys())
        if address != wish:
            findings[document.key] = find("G320" if document.owns_route else "G323", document.source, address=address,
                                          wish=wish, other=owners[wish].source)
        elif _unsafe(document.url):
            findings[document.key] = find("G321", document.source, url=document.url, address=address)
        owners[address] = document
        settled[document.key] = address
    settled.update(_of_twins(documents, owners, prefixes, rules))
    return settled, findings


def _of_twins(documents: Iterable[Document], owners: Map[str, Document], prefixes: dict[str, str],
              rules: Addresses) -> Iterator[tuple[Key, str]]:
    """Pages whose twin is shown in their place have its address, so that links to them arrive."""
    for document in documents:
        if document.standing == "merged":
            wish = _wish(document, prefixes.get(document.language, ""), rules)
            if wish in owners:
                yield document.key, wish


def free_address(wish: str, taken: Collection[str]) -> str:
    """The first of `/a-2/`, `/a-3/` … that nobody has or wants."""
    extension = _EXTENSION.search(wish)
    ending = "/" if wish.endswith("/") else extension.group() if extension else ""
    stem = wish.removesuffix(ending) or "/index"
    number = 2
    while f"{stem}-{number}{ending}" in taken:
        number += 1
    return f"{stem}-{number}{ending}"


def _rank(document: Document) -> tuple[bool, bool, str]:
    return not document.owns_route, document.standing == "draft", document.key


def _wish(document: Document, prefix: str, rules: Addresses) -> str:
    """The address that a page should have, were it alone."""
    extension = _extension(document, {document.language: prefix})
    if rules.keep:
        path = document.url
    else:
        parts = (slug_of(part) or "page" for part in document.raw_route.split("/") if part)
        path = prefix if document.home else "/".join((prefix, *parts))
        extension = ""
    return _overridden(_formed(path, extension, rules), rules.overrides)


def _extension(document: Document, prefixes: dict[str, str]) -> str:
    """`.html` where the source put one behind the route."""
    prefix = prefixes.get(document.language, "")
    rest = document.url.removeprefix(prefix).removeprefix(document.route)
    return rest if _EXTENSION.fullmatch(rest) and document.url.endswith(document.route + rest) else ""


def _formed(path: str, extension: str, rules: Addresses) -> str:
    """A path as the target has it: clean, from the root, with a slash behind it unless it has an extension."""
    parts = [possible_part(part) for part in _UNSAFE.sub("", path).split("/") if part not in ("", ".", "..")]
    if not parts:
        return "/"
    joined = "/" + "/".join(parts)
    return joined if extension or not rules.trailing_slash else joined + "/"


def possible_part(part: str) -> str:
    """A part of an address that can be a folder's name."""
    if part.casefold() in _WRITTEN_BY_TARGET:
        return part.replace(".", "-")
    encoded = part.encode("utf-8", "surrogatepass")
    return part if len(encoded) <= _LONGEST else encoded[:_LONGEST].decode("utf-8", "ignore")


def _unsafe(path: str) -> bool:
    parts = path.split("/")
    return bool(_UNSAFE.search(path)) or any(part in (".", "..") or possible_part(part) != part for part in parts)


def _overridden(address: str, overrides: tuple[Override, ...]) -> str:
    bare = address.rstrip("/") or "/"
    for rule in overrides:
        start, star, end = rule.old.rstrip("/").partition("*")
        if not star and bare == (start or "/"):
            return _as_written(rule.new, "", address)
        if star and bare.startswith(start) and bare.endswith(end) and len(bare) >= len(start) + len(end):
            return _as_written(rule.new, bare[len(start):len(bare) - len(end)], address)
    return address


def _as_written(new: str, middle: str, address: str) -> str:
    path = re.sub("/{2,}", "/", new.replace("*", middle))
    return path if path.endswith("/") or not address.endswith("/") else path + "/"


def _addressed(document: Document, address: str, finding: Finding | None) -> Document:
    if not address and finding is None:
        return document
    found = (*document.findings, finding) if finding else document.findings
    return changed(document, address=address, findings=found)


def place_terms(terms: tuple[TermPage, ...], taken: Collection[str],
                prefixes: tuple[str, ...]) -> tuple[tuple[TermPage, ...], tuple[Finding, ...]]:
    """Addresses of terms, after the language's prefix: `/tags/` and `/tags/news/`.

    A taxonomy whose address a page has, or has pages below it, gets another one.
    """
    under = {"/".join(address.split("/")[:depth]) for address in taken for depth in (2, 3)}
    places: dict[str, str] = {}
    for plural in sorted({term.taxonomy for term in terms}):
        place = slug_of(plural) or "terms"
        while any(f"{prefix}/{place}" in under for prefix in prefixes):
            place += "-terms"
        places[plural] = place
    placed = tuple(replace(term, address=f"/{places[term.taxonomy]}/" + (f"{term.slug}/" if term.slug else ""))
                   for term in terms)
    moved = tuple(find("G314", "config/site.yaml", plural=plural, address=f"/{place}/")
                  for plural, place in places.items() if place != (slug_of(plural) or "terms"))
    return placed, moved


def place_media(site: Site, documents: Iterable[Document]) -> dict[Key, Media]:
    """Files keep their place beside their page: its address and their name.

    With several languages beside the page of the first one that has an address; a module's beside the page that
    shows it; files of folders without a page, and those under user/, where the source printed them.
    """
    homes = _folder_addresses(documents, site.languages)
    return {key: replace(media, address=f"{homes.get(media.folder) or _printed_at(media)}{media.name}")
            for key, media in site.media.items()}


def _folder_addresses(documents: Iterable[Document], languages: tuple[Language, ...]) -> dict[str, str]:
    """Page folder → the path, with a slash behind it, below which its files answer."""
    ranks = {language.code: place for place, language in enumerate(languages)}
    ordered = sorted(documents, key=lambda document: (ranks.get(document.language, len(ranks)), document.key))
    modules = {module: document.address for document in reversed(ordered) for module in document.modules}
    homes: dict[str, str] = {}
    for document in ordered:
        address = document.address or modules.get(document.key, "")
        if address:
            homes.setdefault(document.folder, address if address.endswith("/") else _EXTENSION.sub("", address) + "/")
    return homes


def _printed_at(media: Media) -> str:
    """Where the source itself showed a file that is beside no page: `/user/pages/images/`."""
    if media.folder:
        return f"/user/pages/{media.folder}/"
    inside = media.key.removeprefix("media:user:").rpartition("/")[0]
    return f"/user/{inside}/" if inside else "/user/"
