"""The plan of the whole WordPress site: made once from the decided site, then the same for every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from migrate.errors import ConfigError
from migrate.findings import Finding
from migrate.mappers.redirects import bare, without_parameters
from migrate.mappers.standing import SHOWN, WRITTEN
from migrate.mappers.tables import Mapping as MappingFile
from migrate.mappers.wordpress_table import Kind
from migrate.model.document import Document, Key, changed
from migrate.model.site import Redirect, Site
from migrate.writers.wordpress.authors import authors_of
from migrate.writers.wordpress.facts import TargetFacts
from migrate.writers.wordpress.media_library import Library, copied_to, homes_of, lay_library
from migrate.writers.wordpress.menus import Menu, lay_menus, menu_notices
from migrate.writers.wordpress.notices import notices_of
from migrate.writers.wordpress.permalinks import path_of
from migrate.writers.wordpress.places import Folder, Place, Places, lay_places
from migrate.writers.wordpress.posting import kinds_of, moment_of, status_of
from migrate.writers.wordpress.terms import Terms, lay_terms, term_goals

MOVED = 301


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """What only the disk knows: SHA-256 of the files, times of page files in nanoseconds since 1970, and pictures that
    texts show only as the source made them anew."""

    digests: Mapping[Key, str]
    times: Mapping[Key, int]
    remade: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything goes. `site` has the addresses of the new site; bodies are to be mapped with it."""

    site: Site
    mapping: MappingFile
    facts: TargetFacts
    mode: str                             # plain, polylang or separate
    kinds: Mapping[Key, Kind]
    places: Mapping[Key, Place]
    folders: tuple[Folder, ...]           # that hold places, those above first
    moments: Mapping[Key, datetime]
    statuses: Mapping[Key, str]
    authors: Mapping[Key, int]            # user of each document that has one of its own
    terms: Terms
    media_library: Library
    predicted_links: Mapping[Key, str]    # of documents and terms; of files, where they are without an attachment
    translations: Mapping[str, Mapping[str, Key]]   # group → language → document, where there are several
    front: Key | None                     # the home page, where it becomes the front page
    posts_page: Key | None                # the page at whose address the posts are listed
    menus: tuple[Menu, ...]               # of the default language first
    findings: tuple[Finding, ...]

    @property
    def media_keys(self) -> Mapping[Key, Key]:
        """File → attachment."""
        return self.media_library.keys

    @property
    def media_urls(self) -> Mapping[Key, str]:
        """File that WordPress refuses → its address once it is copied there."""
        return self.media_library.urls


def lay_out(site: Site, mapping: MappingFile, facts: TargetFacts, disk: Disk, *, status: str = "") -> Layout:
    """Plan the site. `status`: for everything, whatever its own. Raises ConfigError where the mapping names no site
    for the target's address."""
    mode = mode_of(site, mapping, facts)
    targets = _targets(site, mapping, facts, mode)
    kinds = kinds_of(site, mapping.wordpress.kinds)
    moments = {page.key: moment_of(page, site, mapping, disk.times) for page in site.documents if page.key in kinds}
    front = _front(site, mapping, targets, facts, status)
    places = lay_places(site, kinds, targets, moments, front=front)
    here = [page for page in site.documents if page.key in kinds and targets[page.language].url == facts.url]
    posts = [page for page in here if kinds[page.key].kind == "post"]
    extra = {page.key: kinds[page.key].category for page in posts if kinds[page.key].category}
    terms = lay_terms(site, posts, mapping, facts, extra, mode=mode)
    library = lay_library(site, disk.digests, mapping.wordpress.media, facts, homes_of(site, here), disk.remade)
    links = {key: place.link for key, place in places.documents.items()}
    links |= {term.key: term.link for term in terms.terms}
    # Of a file that WordPress refuses although its kind is right: texts lead to where it can be copied.
    links |= {key: copied_to(path, mapping.wordpress.media, facts) for key, path in library.paths.items()}
    authors, strangers = authors_of(site, mapping, facts)
    statuses = {page.key: status_of(page, site, mapping, status) for page in here}
    new = _moved(site, places.documents, terms, places.findings)
    menus = lay_menus(new, mapping.menus.name, targets, facts, status)
    layout = Layout(
        site=_selected(new, here, mode, places), mapping=mapping, facts=facts, mode=mode, kinds=kinds,
        places=places.documents, folders=tuple(sorted(places.folders, key=lambda folder: (folder.depth, folder.key))),
        moments=moments, statuses=statuses, authors=authors, terms=terms, media_library=library, predicted_links=links,
        translations=_translations(new, kinds), front=front,
        posts_page=_posts_page(new, mapping, kinds, front), menus=menus,
        findings=(*strangers, *terms.findings, *library.findings, *menu_notices(new, menus, targets, facts)))
    return replace(layout, findings=(*layout.findings, *notices_of(layout)))


def mode_of(site: Site, mapping: MappingFile, facts: TargetFacts) -> str:
    """How several languages live together."""
    wish = mapping.wordpress.languages.mode
    if len(site.languages) < 2:
        return "plain"
    return ("polylang" if facts.polylang else "plain") if wish == "auto" else wish


def _targets(site: Site, mapping: MappingFile, facts: TargetFacts, mode: str) -> dict[str, TargetFacts]:
    """The WordPress of each language: this one, unless each has its own."""
    codes = {document.language for document in site.documents}
    if mode != "separate":
        return dict.fromkeys(codes, facts)
    sites = {code: url.rstrip("/") for code, url in mapping.wordpress.languages.sites.items()}
    if facts.url not in sites.values():
        named = ", ".join(sorted(set(sites.values()))) or "none"
        raise ConfigError(f"wordpress.languages.sites names no language for {facts.url} (it names {named}). Name one "
                          "there, or choose another mode.")
    return {code: replace(facts, url=sites.get(code, f"{facts.url}/{code}")) for code in codes}


def _front(site: Site, mapping: MappingFile, targets: Mapping[str, TargetFacts], facts: TargetFacts, status: str
           ) -> Key | None:
    """The home page of the default language of those that live here, where we may put it in front and it is public."""
    if not mapping.wordpress.front or not facts.can("manage_options"):
        return None
    codes = [language.code for language in sorted(site.languages, key=lambda item: not item.default)] or [""]
    for code in codes:
        if code in targets and targets[code].url == facts.url:
            homes = (page for page in site.documents
                     if page.home and page.language == code and page.standing in WRITTEN)
            return next((page.key for page in homes if status_of(page, site, mapping, status) == "publish"), None)
    return None


def _posts_page(site: Site, mapping: MappingFile, kinds: Mapping[Key, Kind], front: Key | None) -> Key | None:
    """The page whose address lists the posts: the one that is named, or that has most of them below it."""
    wish = mapping.wordpress.posts_page
    if wish == "none":
        return None
    documents = {page.key: page for page in site.documents}
    language = documents[front].language if front else next((item.code for item in site.languages), "")
    if wish != "auto":
        return next((page.key for page in site.documents
                     if page.route == wish and page.language == language and page.key in kinds), None)
    counts: dict[Key, int] = {}
    for page in site.documents:
        if page.language == language and page.parent and page.key in kinds and kinds[page.key].kind == "post":
            counts[page.parent] = counts.get(page.parent, 0) + 1
    fit = [key for key in counts if key in kinds and documents[key].standing in SHOWN]
    return min(fit, key=lambda key: (-counts[key], key), default=None)


def _moved(site: Site, places: Mapping[Key, Place], terms: Terms, findings: Mapping[Key, list[Finding]]) -> Site:
    """The site with the addresses that WordPress gives; old ones lead there."""
    goals = term_goals(site, terms.terms)
    documents: list[Document] = []
    added: dict[str, Redirect] = {}
    for page in site.documents:
        place = places.get(page.key)
        address = unquote(path_of(place.link)) if place else page.address
        if place and page.address:
            goals[bare(page.address)] = address
            if bare(page.address) != bare(address) and page.standing in SHOWN:
                added[bare(page.address)] = Redirect(origin=bare(page.address), goal=address, status=MOVED,
                                                     subject=page.source)
        noticed = (*page.findings, *findings.get(page.key, ()))
        documents.append(changed(page, address=address, findings=noticed) if place or len(noticed) > len(page.findings)
                         else page)
    redirects = [replace(item, goal=_led(item, goals)) for item in site.redirects]
    known = {item.origin for item in redirects}
    redirects += [item for origin, item in sorted(added.items()) if origin not in known and origin != "/"]
    live = {bare(page.address) for page in documents if page.address and page.standing in SHOWN}
    kept = tuple(item for item in redirects if item.pattern or item.origin not in live)
    menus = {code: tuple(replace(entry, address=_now_at(entry.address, goals)) for entry in entries)
             for code, entries in site.menus.items()}
    return replace(site, documents=tuple(documents), redirects=tuple(sorted(kept, key=_specific)), menus=menus)


def _led(item: Redirect, goals: Mapping[str, str]) -> str:
    """Where a redirect leads now; what follows the path stays. For a list that nothing fills: the page it stood on."""
    if goals.get(bare(item.goal)) == "":
        listing = without_parameters(item.origin)
        return item.goal if listing == item.origin else goals.get(bare(listing)) or listing
    return _now_at(item.goal, goals)


def _now_at(address: str, goals: Mapping[str, str]) -> str:
    """Where what was at an address is now, with what follows its path."""
    path = goals.get(bare(address))
    return path + address[len(address.split("?")[0].split("#")[0]):] if path else address


def _specific(redirect: Redirect) -> tuple[bool, int, str]:
    """Plain paths first, then patterns, the longest first."""
    return redirect.pattern, -len(redirect.origin) if redirect.pattern else 0, redirect.origin


def _selected(site: Site, here: list[Document], mode: str, places: Places) -> Site:
    """Only the languages that live on this site; with what is selected, the pages above it."""
    chosen = site.selected
    if mode == "separate":
        kept = frozenset(page.key for page in here)
        kept |= frozenset(page.key for page in site.documents if page.standing not in WRITTEN)
        chosen = kept if chosen is None else kept & chosen
    if chosen is None:
        return site
    above = {folder.key: folder.parent for folder in places.folders}
    above |= {key: place.parent for key, place in places.documents.items()}
    found = set(chosen)
    for key in chosen:
        parent = above.get(key)
        while parent is not None and parent not in found:
            found.add(parent)
            parent = above.get(parent)
    return replace(site, selected=frozenset(found))


def _translations(site: Site, kinds: Mapping[Key, Kind]) -> dict[str, dict[str, Key]]:
    groups: dict[str, dict[str, Key]] = {}
    for page in site.documents:
        if page.key in kinds and page.language:
            groups.setdefault(page.translation_group, {})[page.language] = page.key
    return {name: group for name, group in sorted(groups.items()) if len(group) > 1}
