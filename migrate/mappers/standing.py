"""What kind of page each document becomes: public, draft, hidden … (see `Document.standing`)."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from migrate.findings import Finding, find
from migrate.mappers.tables import Mapping, Pages
from migrate.mappers.values import is_true
from migrate.model.document import EMPTY, Document

ADDRESSED = frozenset({"public", "draft", "unlisted", "redirect"})
"""Standings of pages that have an address of their own."""

SHOWN = frozenset({"public", "unlisted", "redirect"})
"""Standings of pages that answer a visitor."""

WRITTEN = frozenset({"public", "draft", "unlisted", "hidden", "redirect"})
"""Standings of pages for which the target gets a page of its own."""

_SAME_TEXT = "G138"


def standing_of(document: Document, pages: Pages) -> str:
    """Decide by the header and the policies of the mapping file."""
    if document.modular:
        return "module"
    if not document.owns_route and any(finding.code == _SAME_TEXT for finding in document.findings):
        return "merged"
    chosen = _chosen(document, pages)
    if chosen == "skip":
        return "hidden" if document.has_children else "skipped"
    return chosen


def _chosen(document: Document, pages: Pages) -> str:
    if is_true(document.header.get("access")):
        return pages.protected
    if document.draft:
        return pages.unpublished
    if not document.published:
        return "public"                       # its dates hide it, and they come over
    if not document.routable:
        return pages.unroutable
    if document.redirect:
        return {"redirect": "redirect", "skip": "skip"}.get(pages.redirecting, "public")
    return "public"


def findings_on(document: Document, standing: str) -> tuple[Finding, ...]:
    """What has to be said where a page is not public."""
    if standing == "skipped":
        return (find("G325", document.source, reason=_reason(document)),)
    if standing == "hidden" and document.draft:
        return (find("G325", document.source, reason=_reason(document)),)
    if standing in ("hidden", "unlisted"):
        return (find("G322" if standing == "hidden" else "G326", document.source, url=document.url),)
    return ()


def _reason(document: Document) -> str:
    if is_true(document.header.get("access")):
        return "behind a login"
    if document.draft:
        return "unpublished"
    return "without an address" if not document.routable else "only a redirect"


def fields_of_standing(standing: str, mapping: Mapping) -> Map[str, Any]:
    """The front matter that makes the target treat a page so."""
    if standing == "draft" and mapping.frontmatter.names.draft:
        return {mapping.frontmatter.names.draft: True}
    if standing == "hidden":
        return mapping.pages.hidden_fields
    return mapping.pages.unlisted_fields if standing == "unlisted" else EMPTY
