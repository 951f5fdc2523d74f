"""Folders, drafts and settings → a Site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migrate.findings import Finding, find
from migrate.model.document import Key
from migrate.model.site import Media, Site
from migrate.readers.grav.languages import prefix_of, site_languages
from migrate.readers.grav.media import read_media
from migrate.readers.grav.names import page_name
from migrate.readers.grav.nodes import Pages, plant
from migrate.readers.grav.page import Draft
from migrate.readers.grav.plugins import PluginDialect, plugin_states
from migrate.readers.grav.routes import settle_routes
from migrate.readers.grav.scan import Tree
from migrate.readers.grav.settled import Settings
from migrate.readers.grav.siblings import number_siblings
from migrate.readers.grav.weave import Tongue, Weaver


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that was read of a site. `metas`: path of a `.meta.yaml` → its values."""

    tree: Tree
    settings: Settings
    drafts: Mapping[str, Draft]              # page file under pages/ → what it says
    metas: Mapping[str, Any]
    plugins: Mapping[str, bool]              # the run's own word on plug-ins
    shortcodes: Mapping[str, str]         # further ones → the plug-in that registers each, "" for any
    timezone: str
    timezone_known: bool
    now: datetime
    findings: tuple[Finding, ...] = ()


def assemble(material: Material, root: str, streams: Mapping[Key, Media]) -> Site:
    """Put the Site together: all languages, their routes, media and redirects, and what was noticed."""
    tree, settings = material.tree, material.settings
    pages, unseen = sort_pages(tree, material.drafts, settings)
    tongues = [_grow(tree, pages, code, settings) for code in settings.languages.supported or ("",)]
    used = Counter(name for draft in material.drafts.values() for name in draft.plugins)
    states = plugin_states(settings, used, material.plugins)
    media, beside = _all_media(tree, settings, material.metas)
    weaver = Weaver(tongues, media, PluginDialect(settings, states.on, material.shortcodes), settings)
    documents = tuple(weaver.documents())
    return Site(
        root=root, pages_root=tree.pages_root, title=settings.title, metadata=settings.metadata,
        timezone=material.timezone, timezone_known=material.timezone_known, now=material.now,
        languages=site_languages(settings.languages), taxonomies=settings.taxonomies, documents=documents,
        media={item.key: item for items in media.values() for item in items.values()} | dict(streams),
        authors=settings.authors, redirects=tuple(weaver.redirects()), plugins=states.on,
        config={"system": settings.system, "site": settings.site}, empty_folders=weaver.empty_folders(),
        fallbacks=weaver.fallbacks(),
        files={path: tuple(file.name for file in folder.files) for path, folder in tree.folders.items()},
        odd_paths=dict(tree.disk),
        findings=(*settings.findings, *material.findings, *states.findings, *tree.findings, *unseen, *beside,
                  *weaver.findings(), *_never_shown(pages, tongues, settings)))


def sort_pages(tree: Tree, drafts: Mapping[str, Draft], settings: Settings) -> tuple[Pages, list[Finding]]:
    """The page file of each folder and language suffix; findings on files that Grav never shows (0.2, 0.3)."""
    suffixes = {"", *settings.languages.supported}
    pages: dict[str, dict[str, tuple[str, Draft]]] = {}
    unseen: list[Finding] = []
    for path, folder in tree.folders.items():
        for file in folder.files:
            if not file.name.lower().endswith((".md", ".markdown")):
                continue
            source = folder.inside(file.name)
            name = page_name(file.name)
            reason = _unseen_reason(name, path, suffixes)
            if reason or name is None:
                unseen.append(find("G134", source, reason=reason))
            elif (taken := pages.setdefault(path, {}).get(name.language)) is not None:
                unseen.append(find("G135", source, shown=taken[1].source))
            elif source in drafts:
                pages[path][name.language] = (name.template, drafts[source])
    return pages, unseen


def _unseen_reason(name: Any, folder: str, suffixes: set[str]) -> str:
    if not folder:
        return "files in pages/ itself belong to no page"
    if name is None:
        return "its name holds a further dot, or does not end in .md"
    if name.language not in suffixes:
        return f"“{name.language}” is none of the site's languages"
    return ""


def _grow(tree: Tree, pages: Pages, code: str, settings: Settings) -> Tongue:
    nodes = plant(tree.folders, pages, code, settings)
    number_siblings(nodes, settings)
    routes, losers = settle_routes(nodes, settings.home_for(code))
    return Tongue(code, prefix_of(code, settings.languages), nodes, routes, losers)


def _all_media(tree: Tree, settings: Settings,
               metas: Mapping[str, Any]) -> tuple[dict[str, dict[str, Media]], list[Finding]]:
    media: dict[str, dict[str, Media]] = {}
    findings: list[Finding] = []
    for path, folder in tree.folders.items():
        if folder.files:
            found = read_media(folder, tree.place, settings.media_types, metas)
            media[path] = found.media
            findings += found.findings
    return media, findings


def _never_shown(pages: Pages, tongues: list[Tongue], settings: Settings) -> Iterator[Finding]:
    """Page files that no language takes, because another file of the folder comes first (g.2).

    Where languages are only inferred, Grav itself may have shown such a file.
    """
    shown = {node.draft.source for tongue in tongues for node in tongue.nodes if node.draft}
    for files in pages.values():
        taken = next((draft.source for _, draft in files.values() if draft.source in shown), "")
        for suffix, (_, draft) in files.items():
            if draft.source not in shown and settings.languages.inferred and not suffix:
                yield find("G135", draft.source, shown=taken)
            elif draft.source not in shown:
                yield find("G134", draft.source, reason="in every language another file of its folder comes first")
