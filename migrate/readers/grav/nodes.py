"""The tree of pages that Grav has in one language: every folder is a node, with or without a page file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrate.readers.grav.names import order_of, upper_first, without_order
from migrate.readers.grav.page import Draft
from migrate.readers.grav.scan import Folder
from migrate.readers.grav.settled import Settings

Pages = Mapping[str, Mapping[str, tuple[str, Draft]]]
"""Folder → language suffix → (template in the file's name, its draft)."""


@dataclass(slots=True, eq=False)
class Node:
    """A folder in one language. `draft` None: no page file answers here."""

    folder: Folder
    language: str
    parent: Node | None
    draft: Draft | None = None
    suffix: str = ""                 # language in the file's name; "" for a file without
    stem: str = ""                   # template in the file's name
    slug: str = ""
    route: str = ""
    raw_route: str = ""
    own_route: str = ""              # before `routes.default` and the home rule
    module: bool = False
    owner: bool = True               # False: another folder took its route
    position: int = 0
    children: list[Node] = field(default_factory=list)
    aliases: tuple[str, ...] = ()    # further routes that lead here

    @property
    def native(self) -> bool:
        """Whether its file belongs to the language, or to none: not one shown for want of a translation."""
        return self.draft is not None and self.suffix in ("", self.language)

    @property
    def published(self) -> bool:
        """Folders without a page count as published (0.4)."""
        return self.draft is None or self.draft.published

    @property
    def routable(self) -> bool:
        """Whether Grav answers here with a page (f.4, f.5, i.1)."""
        if self.draft is None or not self.draft.published:
            return False
        said = self.draft.routable
        return bool(said) if self.module else said is not False

    def visible(self, hide_empty: bool) -> bool:
        """Whether menus show it (b.5, 0.4)."""
        if self.draft is None:
            return not hide_empty and order_of(self.folder.name) is not None
        if self.module or not self.draft.published:
            return False
        return order_of(self.folder.name) is not None if self.draft.visible is None else self.draft.visible

    @property
    def template(self) -> str:
        """Header `template`, else the file's stem, under `modular/` for a module (0.6)."""
        if self.draft is None:
            return "default"
        return self.draft.template or ("modular/" if self.module else "") + self.stem

    @property
    def title(self) -> str:
        """The header's, else the slug with its first letter in upper case (0.7)."""
        return (self.draft.title if self.draft else "") or upper_first(self.slug)

    @property
    def modified(self) -> int:
        """The newest time of a file in the folder, in nanoseconds (0.8)."""
        return max((file.modified for file in self.folder.files), default=0)


def plant(folders: Mapping[str, Folder], pages: Pages, language: str, settings: Settings) -> list[Node]:
    """The nodes of one language, parents before children, with slugs and routes but before any rule of home."""
    order = tuple(suffix_of(extension) for extension in settings.languages.file_order(language))
    home = settings.home_for(language) if settings.home_hide_in_urls else None
    nodes: dict[str, Node] = {}
    for path, folder in folders.items():
        if not path:
            continue
        node = nodes[path] = Node(folder, language, nodes.get(path.rpartition("/")[0]))
        if node.parent is not None:
            node.parent.children.append(node)
        _choose_file(node, pages.get(path, {}), order)
        _find_route(node, settings, home)
    return list(nodes.values())


def suffix_of(extension: str) -> str:
    """`.fr.md` → `fr`, `.md` → ``."""
    return extension.removesuffix(".md").lstrip(".")


def _choose_file(node: Node, files: Mapping[str, tuple[str, Draft]], order: Sequence[str]) -> None:
    """The first file of the language's fallback list (g.2)."""
    for suffix in order:
        if suffix in files:
            node.suffix = suffix
            node.stem, node.draft = files[suffix]
            return


def _find_route(node: Node, settings: Settings, hidden_home: str | None) -> None:
    """Slug, route and raw route (Grav: Page::slug, route, rawRoute; b.2 to b.4, b.6)."""
    draft, parent = node.draft, node.parent
    bare = without_order(node.folder.name)
    if settings.force_lowercase_urls:
        bare = bare.lower()
    node.slug = (draft.slug if draft else "") or bare
    node.module = node.slug.startswith("_") and draft is not None
    node.raw_route = f"{parent.raw_route if parent else ''}/{bare}"
    base = parent.route if parent else ""
    node.own_route = f"{'' if base == hidden_home else base}/{node.slug}"
    node.route = (draft.default_route if draft else "") or node.own_route
