"""Where in `content/` each page lies: folders from the source's folder names, files by language.

A page with children is a branch (`x/_index.kk.md`), one with files of its own a leaf bundle (`x/index.kk.md`),
any other a single file (`x.kk.md`), which is ten times quicker to write. Whatever Hugo would lose in silence
is ruled out here: pages under a leaf bundle, two files for one path, a page where a term list will be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from migrate.mappers.standing import WRITTEN
from migrate.mappers.tables import TemplateRule, matches
from migrate.model.document import Document, Key
from migrate.model.site import Site
from migrate.writers.hugo.paths import clean_name, hugo_address, unique_name, url_value

HOME = ""


@dataclass(slots=True, eq=False)
class Node:
    """One folder of the content tree; `route` is made of the source's folder names, HOME for the root."""

    route: str
    pages: dict[str, Document] = field(default_factory=dict)      # by language
    folder: str = ""                                              # below content/
    children: list[Node] = field(default_factory=list)
    bundle: bool = False                                          # has files, or texts that are only carried
    alive: bool = False                                           # it, or something below it, is to be seen

    @property
    def branch(self) -> bool:
        """Whether Hugo must know it as a section."""
        return self.route == HOME or any(child.alive for child in self.children)


class Place(NamedTuple):
    """Where a page is written. `url` is "" where Hugo finds the old address by itself."""

    path: str                             # content/news/silk-road/index.kk.md
    folder: str                           # news/silk-road; "" the home page
    url: str
    hidden: bool                          # carried in the project, without an address


class Folders(NamedTuple):
    """The content tree: its nodes, the one of every page, its place, and which page shows a module."""

    nodes: tuple[Node, ...]
    node_of: Mapping[Key, Node]
    places: Mapping[Key, Place]
    carriers: Mapping[Key, Key]


def lay_folders(site: Site, templates: Mapping[str, TemplateRule], reserved: Collection[str]) -> Folders:
    """Find a place for every page; no folder at the top gets one of the `reserved` names."""
    tree = _Tree(templates)
    carriers = _carriers(site.documents)
    for document in sorted(site.documents, key=_precedence):
        if document.key not in carriers and is_written(document):
            tree.enter(document)
    tree.link()
    files = {media.folder for media in site.media.values()}
    for document in site.documents:
        node = tree.node_of.get(carriers.get(document.key, document.key))
        if node is not None and document.folder in files:
            node.bundle = True
    nodes = [tree.nodes[route] for route in sorted(tree.nodes)]        # parents before their children
    _settle(nodes)
    _name(nodes, reserved)
    return Folders(tuple(nodes), tree.node_of, _places(site, tree), carriers)


def is_hidden(document: Document) -> bool:
    """Whether a page is carried without an address: so decided, or a module that no page shows."""
    return document.standing in ("hidden", "module")


def is_written(document: Document) -> bool:
    """Whether the project gets a file for the page, if it is no module inside another one."""
    return document.standing in WRITTEN or document.standing == "module"


class _Tree:
    """The nodes while they are being found."""

    def __init__(self, templates: Mapping[str, TemplateRule]) -> None:
        self.nodes: dict[str, Node] = {HOME: Node(HOME)}
        self.node_of: dict[Key, Node] = {}
        self._sections = tuple((name, rule.section.strip("/")) for name, rule in templates.items())

    def enter(self, document: Document) -> None:
        """Put a page into the node of its route; the second of one language gets a node of its own."""
        route = HOME if document.home else self._route(document)
        if document.language in self.nodes.setdefault(route, Node(route)).pages:
            route = f"{route}\0{document.folder}"
        node = self.nodes.setdefault(route, Node(route))
        node.pages[document.language] = document
        self.node_of[document.key] = node

    def link(self) -> None:
        """Tie every node to its parent, making the folders between where the source has no page in them."""
        for route in sorted(self.nodes):
            while route != HOME:
                above = route.partition("\0")[0].rpartition("/")[0]
                missing = above not in self.nodes
                self.nodes.setdefault(above, Node(above)).children.append(self.nodes[route])
                if not missing:
                    break
                route = above

    def _route(self, document: Document) -> str:
        route = "/" + document.raw_route.strip("/")
        if document.has_children or document.modular:
            return route
        section = next((section for name, section in self._sections if matches((name,), document.template)), "")
        return f"/{section}/{route.rpartition('/')[2]}" if section else route


def _carriers(documents: tuple[Document, ...]) -> dict[Key, Key]:
    """Each module that a page shows → the nearest page above it that is no module itself."""
    shown = {module: document.key for document in documents for module in document.modules}
    found = {}
    for module, owner in shown.items():
        seen = {module}
        while owner in shown and owner not in seen:
            seen.add(owner)
            owner = shown[owner]
        found[module] = owner
    return found


def _precedence(document: Document) -> tuple[bool, str, str]:
    return not document.owns_route, document.folder, document.language


def _settle(nodes: list[Node]) -> None:
    """Find out, from the leaves up, what is to be seen at all; what is only carried makes its parent a bundle."""
    for node in reversed(nodes):
        node.alive = node.branch or not all(is_hidden(page) for page in node.pages.values())
        node.bundle |= any(not child.alive for child in node.children)


def _name(nodes: list[Node], reserved: Collection[str]) -> None:
    """Give every folder a name that is safe and its own among its siblings."""
    for node in nodes:
        taken = set(reserved if node.route == HOME else ())
        for child in sorted(node.children, key=lambda child: child.route):
            name = unique_name(clean_name(child.route.partition("\0")[0].rpartition("/")[2]), taken)
            taken.add(name)
            child.folder = f"{node.folder}/{name}" if node.folder else name


def _places(site: Site, tree: _Tree) -> dict[Key, Place]:
    default = site.languages[0] if site.languages else None
    return {page.key: _place(page, node, default is not None and (bool(default.prefix) or code != default.code))
            for node in tree.nodes.values() for code, page in node.pages.items()}


def _place(document: Document, node: Node, in_subfolder: bool) -> Place:
    name = "_index" if node.branch else "index" if node.bundle else ""
    suffix = f".{document.language.lower()}.md" if document.language else ".md"
    path = "/".join(part for part in ("content", node.folder, name) if part) + suffix
    hidden = is_hidden(document)
    own = hugo_address(node.folder, document.language, in_subfolder=in_subfolder)
    same = hidden or not document.address or document.address in (own, own.rstrip("/"))
    url = "" if same else url_value(document.address)
    return Place(path, node.folder, url, hidden)
