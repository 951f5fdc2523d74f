"""Date text → aware datetime, as PHP reads it: the site's format first, then PHP's free parser.

Grav: Utils::date2timestamp, Page::date; PHP: DateTime::createFromFormat, strtotime. Where Grav itself goes wrong
(unquoted dates, missing clock times, a bare year) the better reading is taken, and a problem says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from migrate.readers.grav.date_formats import parse_by_format
from migrate.readers.grav.free_dates import parse_free
from migrate.readers.grav.moment import Parts, UnreadableError
from migrate.readers.grav.problem import Problem

_YEAR_ALONE = re.compile(r"\s*(1[89]\d\d|20\d\d)\s*\Z")
_TWO_DIGITS = re.compile(r"(?<![\d:.])\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}(?![\d:])")
_OLDEST = 1970
_AHEAD = timedelta(days=2 * 366)


class DateResult(NamedTuple):
    """`moment` is aware, or None where the value names no date (then Grav takes the file's time).

    `format` is the one that read it, "" for the free parser or for a date object. `problems` say what
    is doubtful (implausible year, ambiguous order, relative to now), or why `moment` is None; give them a place with
    `problem.at(subject, line)`.
    """

    moment: datetime | None
    problems: tuple[Problem, ...] = ()
    format: str = ""


def parse_date(value: Any, *, formats: Sequence[str], zone: tzinfo, now: datetime, field: str = "date") -> DateResult:
    """Read a header's date. `value` is what `read_page_text` gave (text, number, date object or anything else).

    `formats`: the header's `dateformat` or the site's `pages.dateformat.default` (empty texts are skipped);
    `zone`: the site's; `now`: aware, for relative words; `field` names the key in messages. None gives
    `DateResult(None)` without a problem. Never raises.
    """
    if value is None:
        return DateResult(None)
    if isinstance(value, date):
        return _checked(_of_object(value, zone), str(value), now, field, (Problem("G112", fields={"key": field}),))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, zone, now, field)
    if not isinstance(value, str) or not value.strip():
        return DateResult(None, (Problem("G110", fields={"key": field, "value": _shown(value)}),))
    return _of_text(value, formats, zone, now, field)


def _of_text(text: str, formats: Sequence[str], zone: tzinfo, now: datetime, field: str) -> DateResult:
    for form in formats:
        if form and (moment := _moment(parse_by_format, (text, form), zone, now)) is not None:
            return _checked(moment, text, now, field, (), form)
    if year := _YEAR_ALONE.match(text):
        return _checked(datetime(int(year[1]), 1, 1, tzinfo=zone), "", now, field,
                        (Problem("G113", fields={"key": field, "value": text}),))
    try:
        parts = parse_free(text)
        moment = parts.moment(zone, now)
    except (UnreadableError, ValueError, OverflowError, OSError):
        return DateResult(None, (Problem("G110", fields={"key": field, "value": _shown(text)}),))
    relative = (Problem("G114", fields={"key": field, "value": text}),) if _depends_on_now(parts) else ()
    return _checked(moment, text, now, field, relative)


def _moment(read: Any, arguments: tuple[str, ...], zone: tzinfo, now: datetime) -> datetime | None:
    try:
        parts: Parts = read(*arguments)
        return parts.moment(zone, now)
    except (UnreadableError, ValueError, OverflowError, OSError):
        return None


def _depends_on_now(parts: Parts) -> bool:
    return parts.timestamp is None and (parts.month is None or parts.year is None or bool(parts.shift))


def _of_object(value: date, zone: tzinfo) -> datetime:
    """A date written without quotes: 00:00 in the site's zone (Grav reads its number as words, a.5)."""
    if not isinstance(value, datetime):
        return datetime.combine(date(value.year, value.month, value.day), time(), zone)
    return datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond,
                    tzinfo=value.tzinfo or zone)


def _of_number(value: int | float, zone: tzinfo, now: datetime, field: str) -> DateResult:
    """A number is a Unix time (as in Grav 2), or a year."""
    if isinstance(value, int) and 1800 <= value <= 2099:
        return _of_text(str(value), (), zone, now, field)
    try:
        moment = datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return DateResult(None, (Problem("G110", fields={"key": field, "value": _shown(value)}),))
    if moment.year < 1971:
        return DateResult(None, (Problem("G110", fields={"key": field, "value": _shown(value)}),))
    return _checked(moment.astimezone(zone), "", now, field, (Problem("G112", fields={"key": field}),))


def _checked(moment: datetime, text: str, now: datetime, field: str, problems: tuple[Problem, ...],
             form: str = "") -> DateResult:
    """The result, with a word about a year that is hardly meant."""
    doubtful = moment.year < _OLDEST or moment > now + _AHEAD
    if doubtful and field != "unpublish_date":
        problems += (Problem("G111", fields={"key": field, "value": text or moment.date().isoformat(),
                                             "year": moment.year}),)
    elif not form and _TWO_DIGITS.search(text):
        problems += (Problem("G115", fields={"key": field, "value": text, "date": moment.date().isoformat()}),)
    return DateResult(moment, problems, form)


def _shown(value: Any) -> str:
    return " ".join(str(value).split())[:60]
