"""The plan of the whole Hugo project: made once from the decided site, then the same for every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from migrate.content.goldmark_options import GoldmarkOptions
from migrate.findings import Finding, find
from migrate.mappers.tables import Mapping as MappingFile
from migrate.model.document import Document, Key
from migrate.model.site import Site
from migrate.writers.hugo.attachments import lay_attachments
from migrate.writers.hugo.folders import Node, Place, lay_folders
from migrate.writers.hugo.paths import is_possible, term_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Where everything goes. `site` has the addresses of media filled in: bodies are to be mapped with it."""

    site: Site
    mapping: MappingFile
    nodes: tuple[Node, ...]
    places: Mapping[Key, Place]           # pages that are written; modules and merged copies are not among them
    media_places: Mapping[Key, str]
    aliases: Mapping[Key, tuple[str, ...]]
    translation_keys: Mapping[Key, str]   # only where the paths of translations differ
    duplicate_files: bool
    markdown: GoldmarkOptions             # how the whole site's Markdown is to be written
    modules: Mapping[Key, Document]       # shown inside pages
    findings: tuple[Finding, ...]


def lay_out(site: Site, mapping: MappingFile) -> Project:
    """Plan the project. The findings are about places and addresses; those of pages name the page's source."""
    folders = lay_folders(site, mapping.templates, frozenset(site.taxonomy_names.values()) | {"404"})
    files = lay_attachments(site, folders)
    site = replace(site, media=files.media)
    aliases = _aliases(site, folders.places) if mapping.addresses.aliases else {}
    findings = (*files.findings, *_nameless_terms(site))
    return Project(site=site, mapping=mapping, nodes=folders.nodes, places=folders.places, media_places=files.places,
                   aliases=aliases, translation_keys=_translation_keys(site, folders.places),
                   duplicate_files=files.duplicate,
                   modules={page.key: page for page in site.documents if page.modular},
                   markdown=markdown_options(site, mapping), findings=findings)


def markdown_options(site: Site, mapping: MappingFile) -> GoldmarkOptions:
    """Each switch as most pages have it; what other pages need is written out in their text."""
    dialects = [document.dialect for document in site.documents]
    half = len(dialects) / 2
    return GoldmarkOptions(
        hard_wraps=sum(dialect.auto_line_breaks for dialect in dialects) > half,
        extra=sum(dialect.extra for dialect in dialects) > half,
        html_to_markdown=mapping.html == "markdown")


def _slashed(path: str) -> str:
    return path if path.endswith("/") else path + "/"


def _aliases(site: Site, places: Mapping[Key, Place]) -> dict[Key, tuple[str, ...]]:
    """Old paths as front matter aliases; what is in use by a page or a file is left out."""
    taken = {page.address.casefold() for page in site.documents if page.key in places and not places[page.key].hidden}
    taken |= {_slashed(media.address).casefold() for media in site.media.values()} | {"/"}
    root = "/.." if site.languages else ""
    found: dict[Key, tuple[str, ...]] = {}
    for document in site.documents:
        if document.key in places and not places[document.key].hidden and document.redirects_from:
            old = tuple(_free_paths(document, taken))
            # Hugo 0.158 and newer put an alias into the page's language, older ones at the root; this form means
            # the root to all of them.
            found[document.key] = tuple(root + path for path in old)
    return found


def _free_paths(document: Document, taken: set[str]) -> Iterator[str]:
    for old in document.redirects_from:
        path = "/" + old.strip("/")
        if not is_possible(path) or "#" in path or _slashed(path).casefold() in taken:
            continue
        taken.add(_slashed(path).casefold())
        yield path if path.endswith(".html") else _slashed(path)


def _translation_keys(site: Site, places: Mapping[Key, Place]) -> dict[Key, str]:
    """Pages of one folder that do not lie in one folder of the project, so that Hugo must be told."""
    if not site.languages:
        return {}
    groups: dict[str, list[Document]] = {}
    for document in site.documents:
        if document.key in places and not places[document.key].hidden:
            groups.setdefault(document.translation_group, []).append(document)
    return {page.key: name for name, pages in groups.items()
            if len({places[page.key].folder for page in pages}) > 1 for page in pages}


def _nameless_terms(site: Site) -> Iterator[Finding]:
    """Terms that Hugo would give the address of something else, and that are left out (`..`, `a/../b`)."""
    for document in site.documents:
        for plural in site.taxonomy_names.values():
            for name in document.fields.get(plural, ()):
                if term_key(name) is None:
                    yield find("G405", document.source, name=name)
