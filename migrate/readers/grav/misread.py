"""What Grav made of a date without quotes, where we take it as its author meant it (a.5, a.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from migrate.readers.grav.dates import DateResult

ENDS = ("unpublish_date", "publish_date")


def number_of(value: date) -> int:
    """The Unix time that YAML makes of a date: of midnight, or the time given, in UTC."""
    if not isinstance(value, datetime):
        return int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp())
    moment = datetime(value.year, value.month, value.day, value.hour, value.minute, value.second,
                      tzinfo=value.tzinfo or UTC)
    return int(moment.timestamp())


def misread_end(header: Mapping[str, Any], now: datetime, read: Callable[[Any, str], DateResult]) -> str:
    """The key whose date Grav misread so that it published the page where we do not, or the reverse; "" if none.

    `read` reads a value for a key. Grav reads the digits of the number as if they were a date's.
    """
    named = [key for key in ENDS if isinstance(header.get(key), date)]
    if not named:
        return ""
    ours = {key: read(header.get(key), key).moment for key in ENDS}
    theirs = ours | {key: read(str(number_of(header[key])), key).moment for key in named}
    return named[0] if in_force(ours, now) != in_force(theirs, now) else ""


def in_force(ends: Mapping[str, datetime | None], now: datetime) -> bool:
    """Whether a page with these dates is published now (f.2)."""
    expires, published = ends["unpublish_date"], ends["publish_date"]
    return not (expires is not None and expires < now) and not (published is not None and published > now)
