"""Which header keys feed which date, as the mapping file says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
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

ReadDate = Callable[[Any, Map[str, Any]], datetime | None]
"""Reads a value of a header as the source would; None where it cannot. The header may name a format of its own."""

_SOURCE_KEYS = {"date": "created", "publish_date": "published", "modified": "modified", "unpublish_date": "expires"}
_PARTS = ("created", "published", "modified", "expires")


def map_dates(site: Site, mapping: Mapping, read_date: ReadDate | None = None) -> Site:
    """Decide which of the source's dates is which, and read further keys (`event.start`).

    `read_date` is the reader's parser; without it only ISO dates are understood.
    """
    read = read_date or iso_reader(ZoneInfo(site.timezone))
    documents = tuple(_dated(document, mapping.dates, read) for document in site.documents)
    return replace(site, documents=documents)


def has_further_keys(dates: tables.Dates) -> bool:
    """Whether the mapping names keys that the reader does not know for dates."""
    return any(key not in _SOURCE_KEYS for part in _PARTS for key in getattr(dates, part))


def iso_reader(zone: tzinfo) -> ReadDate:
    """Understands `2019-07-22` and `2019-07-22 10:00`, in `zone` where there is no offset."""

    def read(value: Any, _: Map[str, Any]) -> datetime | None:
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    return read


def _dated(document: Document, rules: tables.Dates, read: ReadDate) -> Document:
    unread: dict[str, Any] = {}
    dates = Dates(created=_first(document, rules.created, read, unread),
                  published=_first(document, rules.published, read, unread),
                  modified=_first(document, rules.modified, read, unread),
                  expires=_first(document, rules.expires, read, unread))
    if dates == document.dates and not unread:
        return document
    return changed(document, dates=dates, findings=(*document.findings, *_findings(document, unread)))


def _first(document: Document, keys: tuple[str, ...], read: ReadDate, unread: dict[str, Any]) -> datetime | None:
    """The first of these keys that can be read; values that cannot are added to `unread`."""
    for key in keys:
        if key in _SOURCE_KEYS:                  # the reader has read it, and spoken about it
            moment: datetime | None = getattr(document.dates, _SOURCE_KEYS[key])
        else:
            value = found_at(document.header, path_of(key))
            moment = None if value in (None, "") else read(value, document.header)
            if moment is None and value not in (None, ""):
                unread[key] = value
        if moment is not None:
            return moment
    return None


def _findings(document: Document, unread: dict[str, Any]) -> Iterator[Finding]:
    for key, value in unread.items():
        yield find("G304", document.source, key=key, value=str(value)[:80])
