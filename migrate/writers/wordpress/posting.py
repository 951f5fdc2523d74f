"""Post or page, and in which state: what each document becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from migrate.mappers.standing import WRITTEN
from migrate.mappers.tables import Mapping as MappingFile
from migrate.mappers.tables import matches
from migrate.mappers.wordpress_table import Kind
from migrate.model.document import Document, Key
from migrate.model.site import Site

PAGE = Kind(kind="page")


def kinds_of(site: Site, rules: Iterable[Kind]) -> dict[Key, Kind]:
    """The rule for every document that WordPress gets something of: the first that fits, else a page."""
    rules = tuple(rules)
    templates = {document.key: document.template for document in site.documents}
    return {document.key: _kind(document, templates.get(document.parent, "") if document.parent else "", rules)
            for document in site.documents if document.standing in WRITTEN}


def _kind(document: Document, above: str, rules: tuple[Kind, ...]) -> Kind:
    rule = next((rule for rule in rules if _fits(rule, document, above)), PAGE)
    if rule.kind == "post" and (document.has_children or document.home):
        return rule.model_copy(update={"kind": "page", "category": "", "format": ""})
    return rule


def _fits(rule: Kind, document: Document, above: str) -> bool:
    """Whether all that a rule names is so."""
    named = (
        not rule.templates or matches(rule.templates, document.template),
        not rule.routes or matches(rule.routes, document.route),
        not rule.parents or matches(rule.parents, above),
        not rule.languages or document.language in rule.languages,
        rule.dated is None or rule.dated == bool(document.dates.created or document.dates.published),
        rule.terms is None or rule.terms == bool(document.terms),
    )
    return all(named)


def status_of(document: Document, site: Site, mapping: MappingFile, forced: str = "") -> str:
    """publish, future, draft or private. `forced`: what the user wants for everything.

    Grav shows a page whose date lies ahead; WordPress keeps it until then, so that is `future`.
    """
    if forced:
        return forced
    states = mapping.wordpress.statuses
    if document.standing == "draft":
        return "draft"
    if document.standing == "hidden":
        return states.hidden
    if not document.published:
        return "future" if _waits(document, site.now) else states.expired
    if document.standing == "unlisted":
        return states.unlisted
    moment = document.dates.created or document.dates.published
    return "future" if moment and site.now and moment > site.now else "publish"


def moment_of(document: Document, site: Site, mapping: MappingFile, times: Mapping[Key, int]) -> datetime:
    """The date that a document gets: its own, that from which it is shown if it waits for it, else as the mapping
    says. `times`: of the source files, in nanoseconds since 1970."""
    if not document.draft and not document.published and _waits(document, site.now) and document.dates.published:
        return document.dates.published
    moment = document.dates.created or document.dates.published
    if moment:
        return moment
    if mapping.wordpress.undated != "file":
        return datetime.fromisoformat(mapping.wordpress.undated).replace(hour=12, tzinfo=UTC)
    return datetime.fromtimestamp(times.get(document.key, 0) // 10**9, UTC)


def gmt(moment: datetime) -> str:
    """A date as the API reads it: `2019-07-22T04:00:00`, in UTC."""
    with suppress(OverflowError):                      # the first day of the year 1, east of Greenwich
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def _waits(document: Document, now: datetime | None) -> bool:
    """Whether a page is shown from a later moment on."""
    return bool(now and document.dates.published and document.dates.published > now)
