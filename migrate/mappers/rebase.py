"""A text moved to another page: relative addresses are written so that they lead where they led."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.content.tree import Definition, Image, Link, Tree, parse
from migrate.mappers.place import Around
from migrate.mappers.rawhtml import Edit, apply
from migrate.model.document import Document

_NOT_RELATIVE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?{]|$", re.IGNORECASE)


def rebased(body: str, home: Document, around: Around) -> str:
    """The Markdown of `home`, its relative addresses written from the root of pages/."""
    edits = sorted(_edits(parse(body, home.dialect), home, around))
    return apply(body, tuple(edits)) if edits else body


def _edits(tree: Tree, home: Document, around: Around) -> Iterator[Edit]:
    for node in tree.occurrences:
        if not isinstance(node, Link | Image | Definition) or _NOT_RELATIVE.match(node.url):
            continue
        start = node.start if isinstance(node, Definition) else node.tail
        at = tree.source.find(node.url, start, node.end)
        if at >= 0 and (isinstance(node, Definition) or node.patchable):
            yield Edit(at, at + len(node.url), _absolute(node.url, home, around, image=isinstance(node, Image)))


def _absolute(url: str, home: Document, around: Around, *, image: bool) -> str:
    """By the folder, as Grav looks for files first; by the route where that finds something else (e.6)."""
    goal = around.resolver(url, document=home, image=image).key
    by_folder = f"/{home.folder}/{url}"
    if goal is not None and around.resolver(by_folder, document=home, image=image).key == goal:
        return by_folder
    return f"{(home.raw_route if home.home else home.route).rstrip('/')}/{url}"
