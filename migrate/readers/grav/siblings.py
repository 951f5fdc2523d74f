"""The order of pages under one parent, and which modules a modular page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate.model.document import EMPTY
from migrate.readers.grav.nodes import Node
from migrate.readers.grav.ordering import collation_key
from migrate.readers.grav.settled import Settings
from migrate.readers.grav.values import as_list, as_map, as_text

_MODULES = frozenset({"modular", "modules"})


def number_siblings(nodes: Iterable[Node], settings: Settings) -> None:
    """Sort every node's children, and give each its position (Grav: Pages::sort; o.1, o.2)."""
    top: list[Node] = []
    for node in nodes:
        if node.parent is None:
            top.append(node)
        if node.children:
            header = node.draft.header if node.draft else EMPTY
            node.children = arrange(node.children, by=as_text(header.get("order_by")) or settings.order_by,
                                    direction=as_text(header.get("order_dir")) or settings.order_dir,
                                    manual=header.get("order_manual"))
            _number(node.children)
    _number(arrange(top, by=settings.order_by, direction=settings.order_dir))


def _number(nodes: list[Node]) -> None:
    for position, node in enumerate(nodes):
        node.position = position


def arrange(nodes: Iterable[Node], *, by: str, direction: str, manual: Any = None) -> list[Node]:
    """Sort nodes by a field; slugs named in `manual` come first, in its order (o.2)."""
    ordered = sorted(nodes, key=lambda node: collation_key(node.folder.name))
    if by not in ("default", "random", "manual", ""):
        ordered.sort(key=lambda node: _sort_value(node, by))
    if direction.lower() == "desc":
        ordered.reverse()
    first = [text for item in as_list(manual) if (text := as_text(item))]
    if not first:
        return ordered
    places = {slug: place for place, slug in reversed(list(enumerate(first)))}
    return sorted(ordered, key=lambda node: places.get(node.slug, len(first)))


def _sort_value(node: Node, by: str) -> Any:
    draft = node.draft
    if by == "date":
        created = draft.dates.created if draft else None
        return created.timestamp() if created else node.modified / 1e9
    if by == "publish_date":
        published = draft.dates.published if draft else None
        return published.timestamp() if published else 0.0
    if by == "modified":
        return node.modified
    return collation_key(_text_of(node, by))


def _text_of(node: Node, by: str) -> str:
    if by == "title":
        return node.title
    if by == "slug":
        return node.slug
    if by in ("basename", "folder"):
        return node.folder.name
    value: Any = node.draft.header if node.draft else EMPTY
    for step in by.removeprefix("header.").split("."):
        value = as_map(value).get(step.partition("|")[0])
    return as_text(value) or ""


def shown_modules(node: Node) -> list[Node] | None:
    """The modules that a page's own collection names, in its order; None where it names none (i.3)."""
    content = as_map(node.draft.header.get("content")) if node.draft else EMPTY
    if not _names_modules(content.get("items")):
        return None
    order = as_map(content.get("order"))
    modules = [child for child in node.children if child.module and child.published]
    return arrange(modules, by=as_text(order.get("by")) or "default", direction=as_text(order.get("dir")) or "asc",
                   manual=order.get("custom"))


def unshown_modules(node: Node) -> list[Node]:
    """Published modules of a page that its collection does not name; a theme may show them all the same."""
    if shown_modules(node) is not None:
        return []
    return [child for child in node.children if child.module and child.published and child.native]


def unpublished_modules(node: Node) -> list[str]:
    """Page files of the modules below a page that nobody sees, so that they are part of no page."""
    return [child.draft.source for child in node.children
            if child.module and child.native and not child.published and child.draft]


def _names_modules(items: Any) -> bool:
    """Whether collection items are the page's modules: `@self.modular`, `self@.modules`, `{'@self': modular}` …"""
    if isinstance(items, Mapping):
        return any(_is_modules(str(key), value) for key, value in items.items())
    return any(_is_modules(text, None) if (text := as_text(item)) else _names_modules(item)
               for item in as_list(items) if not isinstance(item, list))


def _is_modules(name: str, value: Any) -> bool:
    base, _, kind = name.replace("@", "").partition(".")
    return base == "self" and (kind or as_text(value) or "") in _MODULES
