"""Where a body is being mapped: the page, its tree, and the site around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate.content.decisions import Decision
from migrate.content.tree import Tree
from migrate.findings import Finding, find
from migrate.mappers.tables import Mapping as MappingFile
from migrate.mappers.words import Documents, MediaFiles, Reference, Resolver, Words
from migrate.model.document import EMPTY, Document, Key

Decided = tuple[Decision | None, tuple[Finding, ...]]
"""What was decided about one node (None: it stays what the source shows), and what was noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The whole site, as a single body needs it. The same for every page of a run."""

    mapping: MappingFile
    documents: Documents
    media: MediaFiles
    resolver: Resolver
    words: Words
    site_config: Mapping[str, Any]        # what Twig calls `config`: `site`, `system`
    page_addresses: frozenset[str] = frozenset()  # at which the source shows pages
    old_addresses: frozenset[str] = frozenset()   # paths that lead on to a page, without a slash at the end
    pages_at: Mapping[str, Key] = field(default_factory=lambda: EMPTY)
    """Address in the source, old ones too, without a slash at the end → page."""
    leads: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """Old address that leads elsewhere → where, in the words of the new site."""
    hosts: frozenset[str] = frozenset()   # of the source: addresses there are addresses here


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One body: `here` is the page (or module) that it belongs to."""

    tree: Tree
    here: Document
    around: Around

    def resolve(self, url: str, *, image: bool) -> Reference:
        """Where an address written here leads."""
        return self.around.resolver(url, document=self.here, image=image)

    def finding(self, code: str, start: int, **fields: Any) -> Finding:
        """The finding `code` for the node that starts at offset `start` of the body."""
        line = self.here.body_line + self.tree.source.count("\n", 0, start)
        return find(code, self.here.source, line, **fields)
