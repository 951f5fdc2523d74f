"""Nodes of all languages → documents, with keys that know each other; fallbacks, redirects, empty folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrate.findings import Finding, find
from migrate.model.document import Document, Key
from migrate.model.site import Media, Redirect
from migrate.readers.grav.media import media_in_order
from migrate.readers.grav.names import order_of
from migrate.readers.grav.nodes import Node
from migrate.readers.grav.ordering import collation_key
from migrate.readers.grav.plugins import PluginDialect
from migrate.readers.grav.routes import address, compare_losers, lost_aliases, page_redirects
from migrate.readers.grav.settled import Settings
from migrate.readers.grav.siblings import shown_modules, unpublished_modules, unshown_modules


@dataclass(slots=True)
class Tongue:
    """One language's tree with its routes settled."""

    code: str
    prefix: str
    nodes: list[Node]
    routes: dict[str, Node]
    losers: list[tuple[Node, Node]]


class Weaver:
    """Makes the documents of a site whose trees are settled. Every result is in a stable order."""

    def __init__(self, tongues: list[Tongue], media: Mapping[str, Mapping[str, Media]], dialects: PluginDialect,
                 settings: Settings) -> None:
        """`media`: folder → name → medium."""
        self._tongues = tongues
        self._media = media
        self._dialects = dialects
        self._settings = settings
        self._groups = _groups(tongues)
        self._losers = {id(loser): winner for tongue in tongues for loser, winner in tongue.losers}
        self._above = _raw_routes_with_children(tongues)
        self._notes = self._findings_by_source()

    def key_of(self, node: Node, language: str) -> Key:
        """The key of the document that a node's folder has in `language`."""
        return Key(f"document:{self._groups[node.folder.path]}" + (f"@{language}" if language else ""))

    def documents(self) -> Iterator[Document]:
        """One for each folder and language that has a file of its own, or one without a language."""
        for tongue in self._tongues:
            for node in tongue.nodes:
                if node.native:
                    yield self._document(node, tongue)

    def _document(self, node: Node, tongue: Tongue) -> Document:
        draft = node.draft
        assert draft is not None
        extension = "" if node.route == "/" else self._extension(node)
        aliases = [address(alias, tongue.prefix) for alias in node.aliases]
        if extension:
            aliases.insert(0, address(node.route, tongue.prefix))
        plain = self._plain_address(node, tongue)
        if plain:
            aliases.append(plain)
        return Document(
            key=self.key_of(node, tongue.code), source=draft.source, folder=node.folder.path, language=tongue.code,
            language_neutral=bool(tongue.code) and not node.suffix,
            translation_group=self._groups[node.folder.path], template=node.template, parent=self._parent(node),
            order=order_of(node.folder.name), position=node.position, slug=node.slug, route=node.route,
            raw_route=node.raw_route, url=address(node.route, tongue.prefix) + extension, aliases=tuple(aliases),
            owns_route=node.owner, title=node.title, menu=draft.menu or node.title, published=draft.published,
            draft=draft.unpublished_by_header, routable=node.routable,
            visible=node.visible(self._settings.hide_empty_folders), modular=node.module,
            home=node.route == "/" and node.owner,
            has_children=node.raw_route in self._above, dates=draft.dates, terms=draft.terms, authors=draft.authors,
            metadata=draft.metadata, summary=draft.summary,
            media=media_in_order(self._media.get(node.folder.path, {}).values(), draft.header.get("media_order")),
            modules=tuple(self.key_of(module, tongue.code) for module in shown_modules(node) or ()
                          if module.native),
            unshown_modules=tuple(self.key_of(module, tongue.code) for module in unshown_modules(node)),
            redirect=draft.redirect, external_url=draft.external_url, header=draft.header,
            dialect=self._dialects.complete(draft.dialect, draft.header), body_line=draft.body_line,
            findings=(*self._notes.pop(draft.source, ()), *self._moved(draft.source, plain, tongue)))

    def _plain_address(self, node: Node, tongue: Tongue) -> str:
        """Where Grav shows a file without a language while no languages are configured; "" for all others."""
        asked = self._settings.languages.inferred and tongue.code == self._settings.languages.default and tongue.prefix
        return node.route if asked and not node.suffix and node.routable and node.route != "/" else ""

    def _moved(self, source: str, plain: str, tongue: Tongue) -> tuple[Finding, ...]:
        return (find("G151", source, path=plain, url=tongue.prefix + plain),) if plain else ()

    def _extension(self, node: Node) -> str:
        said = node.draft.url_extension if node.draft else None
        return self._settings.url_extension if said is None else said

    def _parent(self, node: Node) -> Key | None:
        """The nearest folder above with a document in the language; of two with one route, the one that is shown."""
        above = node.parent
        while above is not None:
            above = self._losers.get(id(above), above)
            if above.native:
                return self.key_of(above, above.language)
            above = above.parent
        return None

    def fallbacks(self) -> dict[str, Key]:
        """Addresses at which a page of another language is shown for want of a translation (g.2) → that page."""
        found: dict[str, Key] = {}
        for tongue in self._tongues:
            for node in tongue.nodes:
                if node.draft is None or node.native or not node.owner or not node.routable:
                    continue
                extension = "" if node.route == "/" else self._extension(node)
                for route in dict.fromkeys((node.route, node.route + extension, *node.aliases)):
                    found[address(route, tongue.prefix)] = self.key_of(node, node.suffix)
        return found

    def redirects(self) -> Iterator[Redirect]:
        """Those of the settings, then those of pages and folders."""
        yield from self._settings.redirects
        for tongue in self._tongues:
            yield from page_redirects(tongue.nodes, tongue.prefix, self._settings)

    def empty_folders(self) -> dict[str, str]:
        """Folders without a page in any language → their route in the first language."""
        filled = {node.folder.path for tongue in self._tongues for node in tongue.nodes if node.draft is not None}
        return {node.folder.path: node.route for node in self._tongues[0].nodes if node.folder.path not in filled}

    def findings(self) -> Iterator[Finding]:
        """What concerns no page file: homes that are missing."""
        for tongue in self._tongues:
            home = self._settings.home_for(tongue.code)
            if "/" not in tongue.routes:
                yield find("G146", "config/system.yaml", home=home, language=tongue.code or "the site")

    def _findings_by_source(self) -> dict[str, list[Finding]]:
        """Page file → what is said about it, each thing once though several languages show it."""
        notes: dict[str, dict[Finding, None]] = {}
        for tongue in self._tongues:
            for source, findings in compare_losers(tongue.losers).items():
                notes.setdefault(source, {}).update(dict.fromkeys(findings))
            for source, finding in lost_aliases(tongue.nodes, tongue.routes):
                notes.setdefault(source, {})[finding] = None
            for node in tongue.nodes:
                if node.draft is not None and node.draft.findings:
                    notes.setdefault(node.draft.source, {}).update(dict.fromkeys(node.draft.findings))
        for source, finding in (*self._borrowed(), *self._hidden_modules()):
            notes.setdefault(source, {})[finding] = None
        return {source: list(findings) for source, findings in notes.items()}

    def _borrowed(self) -> Iterator[tuple[str, Finding]]:
        """Pages that are shown in languages which have no file of their own."""
        codes: dict[str, list[str]] = {}
        for tongue in self._tongues:
            for node in tongue.nodes:
                if node.draft is not None and not node.native and node.routable:
                    codes.setdefault(node.draft.source, []).append(tongue.code)
        for source, languages in codes.items():
            yield source, find("G150", source, languages=", ".join(languages))

    def _hidden_modules(self) -> Iterator[tuple[str, Finding]]:
        """Modules that no collection of their page names, and no other page injects."""
        injected = {route for tongue in self._tongues for node in tongue.nodes if node.draft
                    for route in node.draft.injected}
        for tongue in self._tongues:
            for node in tongue.nodes:
                if node.native and node.draft and any(child.module for child in node.children):
                    for module in unshown_modules(node):
                        if module.draft and not injected & {module.route, module.raw_route}:
                            yield node.draft.source, find("G148", node.draft.source, module=module.draft.source)
                    for source in unpublished_modules(node):
                        yield node.draft.source, find("G149", node.draft.source, module=source)


def _groups(tongues: list[Tongue]) -> dict[str, str]:
    """Folder → a name that is the same in all languages and no other folder's: its raw route, if it owns that."""
    shown = {node.folder.path for tongue in tongues for node in tongue.nodes if node.draft and node.owner}
    claims: dict[str, list[str]] = {}
    for node in tongues[0].nodes:
        claims.setdefault(node.raw_route, []).append(node.folder.path)
    groups: dict[str, str] = {}
    for raw_route, folders in claims.items():
        first, *others = sorted(folders, key=lambda path: (path not in shown, collation_key(path)))
        groups[first] = raw_route
        groups.update((path, f"{raw_route}#{path}") for path in others)
    return groups


def _raw_routes_with_children(tongues: list[Tongue]) -> set[str]:
    """Raw routes that have a page below them, in any language, modules not counted."""
    found: set[str] = set()
    for tongue in tongues:
        for node in tongue.nodes:
            above = node.parent if node.draft is not None and not node.module else None
            while above is not None and above.raw_route not in found:
                found.add(above.raw_route)
                above = above.parent
    return found
