"""The order of pages as weights: Grav sorts by the numbers before folder names, Hugo by `weight`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate.model.document import Document, Key

_BY_FOLDER = frozenset({"", "default", "folder", "basename", "manual"})


def weights_of(documents: Iterable[Document]) -> dict[Key, int]:
    """Weight of each page that has one, from 1: of siblings among which one has a number before its name.

    Where the page above lists its children by something else (`content.order.by: date`), they have none; `desc`
    turns the order round, and slugs in `content.order.custom` come first (Grav: Pages::sort).
    """
    groups: dict[tuple[str, str], list[Document]] = {}
    by_folder: dict[tuple[str, str], Document] = {}
    for document in documents:
        groups.setdefault((document.folder.rpartition("/")[0], document.language), []).append(document)
        by_folder[document.folder, document.language] = document
    weights: dict[Key, int] = {}
    for (folder, language), siblings in groups.items():
        if any(document.order is not None for document in siblings):
            ordered = _ordered(siblings, by_folder.get((folder, language)))
            weights.update((document.key, place) for place, document in enumerate(ordered, start=1))
    return weights


def _ordered(siblings: list[Document], above: Document | None) -> list[Document]:
    order = _order(above)
    if str(order.get("by") or "") not in _BY_FOLDER:
        return []
    ordered = sorted(siblings, key=lambda document: (document.position, document.folder))
    if str(order.get("dir") or "").lower() == "desc":
        ordered.reverse()
    custom = order.get("custom")
    if isinstance(custom, list):
        places = {str(slug): place for place, slug in reversed(list(enumerate(custom)))}
        ordered.sort(key=lambda document: places.get(document.slug, len(places)))
    return ordered


def _order(above: Document | None) -> Mapping[str, Any]:
    content = above.header.get("content") if above else None
    order = content.get("order") if isinstance(content, Mapping) else None
    return order if isinstance(order, Mapping) else {}
