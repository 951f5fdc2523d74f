"""Which header keys feed which date, where the mapping file says otherwise than the source does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from migrate.findings import Finding, find
from migrate.mappers import tables
from migrate.mappers.tables import Mapping
from migrate.mappers.values import found_at, path_of
from migrate.model.document import Dates, Document, changed
from migrate.model.site import Site

ReadDate = Callable[[Any], datetime | None]
"""Reads a header value as the source would; None where it cannot."""

_SOURCE_KEYS = {"date": "created", "publish_date": "published", "modified": "modified", "unpublish_date": "expires"}
_PARTS = ("created", "published", "modified", "expires")


def map_dates(site: Site, mapping: Mapping, read_date: ReadDate | None = None) -> Site:
    """Read further date keys (`event.start`), or the source's own again with other formats (`dates.formats`).

    `read_date` is the reader's parser with these formats; without it only ISO dates are understood.
    """
    if not _asks_for_more(mapping.dates):
        return site
    read = read_date or iso_reader(ZoneInfo(site.timezone))
    documents = tuple(_dated(document, mapping.dates, read) for document in site.documents)
    return replace(site, documents=documents)


def iso_reader(zone: tzinfo) -> ReadDate:
    """Understands `2019-07-22` and `2019-07-22 10:00`, in `zone` where there is no offset."""

    def read(value: Any) -> datetime | None:
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    return read


def _asks_for_more(dates: tables.Dates) -> bool:
    return bool(dates.formats) or any(key not in _SOURCE_KEYS for part in _PARTS for key in getattr(dates, part))


def _dated(document: Document, rules: tables.Dates, read: ReadDate) -> Document:
    unread: dict[str, Any] = {}
    moments = {part: _first(document, getattr(rules, part), rules, read, unread) for part in _PARTS}
    dates = Dates(**moments)
    findings = tuple(_findings(document, unread))
    if dates == document.dates and not findings:
        return document
    return changed(document, dates=dates, findings=(*document.findings, *findings))


def _first(document: Document, keys: tuple[str, ...], rules: tables.Dates, read: ReadDate,
           unread: dict[str, Any]) -> datetime | None:
    """The first of these keys that can be read; values that cannot are added to `unread`."""
    for key in keys:
        value = found_at(document.header, path_of(key))
        known = getattr(document.dates, _SOURCE_KEYS[key]) if key in _SOURCE_KEYS else None
        moment = known if value is None or (known and not rules.formats) else read(value) or known
        if moment is not None:
            return moment
        if value not in (None, ""):
            unread[key] = value
    return None


def _findings(document: Document, unread: dict[str, Any]) -> Iterator[Finding]:
    for key, value in unread.items():
        if key not in _SOURCE_KEYS:              # the reader has spoken about its own
            yield find("G304", document.source, key=key, value=str(value)[:80])
