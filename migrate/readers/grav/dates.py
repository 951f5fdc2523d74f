"""Date text → aware datetime, as PHP reads it: the site's format first, then PHP's free parser.

Grav: Utils::date2timestamp, Page::date; PHP: DateTime::createFromFormat, strtotime. Where Grav itself goes wrong
(unquoted dates, missing clock times, a bare year) the better reading is taken, and a problem says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from migrate.readers.grav.date_formats import parse_by_format
from migrate.readers.grav.free_dates import parse_free
from migrate.readers.grav.moment import Parts, UnreadableError
from migrate.readers.grav.problem import Problem

_YEAR_ALONE = re.compile(r"\s*(1[89]\d\d|20\d\d)\s*", re.ASCII)
_EITHER_ORDER = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/\d{2,4}(?!\d)", re.ASCII)
_OLDEST = 1970
_AHEAD = timedelta(days=2 * 366)
_LONGEST = 200                            # characters of a text that may be a date


class DateResult(NamedTuple):
    """`moment` is aware, or None where the value names no date (then Grav takes the file's time).

    `format` is the one that read it, "" for the free parser or for a date object. `problems` say what is doubtful
    (implausible year, relative to now), or why `moment` is None; give them a place with `problem.at(subject, line)`.
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
        return _dated(_of_object(value, zone), str(value), now, field, ["G112"])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, zone, now, field)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        return _no_date(value, field)
    return _of_text(value, formats, zone, now, field)


def _of_text(text: str, formats: Sequence[str], zone: tzinfo, now: datetime, field: str) -> DateResult:
    for form in formats:
        read = _read(parse_by_format, (text, form), zone, now) if form else None
        if read is not None:
            return _dated(read[0], text, now, field, _doubts(read[1]), form)
    if year := _YEAR_ALONE.fullmatch(text):
        return _dated(datetime(int(year[1]), 1, 1, tzinfo=zone), text, now, field, ["G113"])
    read = _read(parse_free, (text,), zone, now)
    if read is None:
        return _no_date(text, field)
    ambiguous = ["G116"] if _EITHER_ORDER.search(text) and _differs_in_other_order(text) else []
    return _dated(read[0], text, now, field, [*_doubts(read[1]), *ambiguous])


def _read(parse: Callable[..., Parts], arguments: tuple[str, ...], zone: tzinfo, now: datetime
          ) -> tuple[datetime, Parts] | None:
    try:
        parts = parse(*arguments)
        moment = parts.moment(zone, now)
        moment.astimezone(UTC)
    except (UnreadableError, ValueError, OverflowError, OSError):
        return None
    return moment, parts


def _doubts(parts: Parts) -> list[str]:
    """What makes a reading doubtful: the codes of the findings."""
    found = (("G114", parts.relative), ("G115", parts.short_year), ("G117", parts.overflow), ("G118", parts.moved),
             ("G119", parts.untimed))
    return [code for code, is_so in found if is_so]


def _differs_in_other_order(text: str) -> bool:
    match = _EITHER_ORDER.search(text)
    return match is not None and int(match[1]) != int(match[2])


def _of_object(value: date, zone: tzinfo) -> datetime:
    """A date written without quotes: 00:00 in the site's zone (Grav reads its number as words, a.5)."""
    if not isinstance(value, datetime):
        return datetime.combine(date(value.year, value.month, value.day), time(), zone)
    return datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond,
                    tzinfo=value.tzinfo or zone)


def _of_number(value: int | float, zone: tzinfo, now: datetime, field: str) -> DateResult:
    """A number is a Unix time (as in Grav 2), or a year, or a day as in 20190722."""
    if isinstance(value, int) and (1800 <= value <= 2099 or 18000101 <= value <= 20991231):
        return _of_text(str(value), (), zone, now, field)
    try:
        moment = datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return _no_date(value, field)
    if moment.year < 1971:
        return _no_date(value, field)
    return _dated(moment.astimezone(zone), str(value), now, field, ["G112"])


def _no_date(value: Any, field: str) -> DateResult:
    return DateResult(None, (Problem("G110", fields={"key": field, "value": _shown(value)}),))


def _dated(moment: datetime, text: str, now: datetime, field: str, doubts: list[str], form: str = "") -> DateResult:
    """The result with its problems; a year that is hardly meant is one of them (an end may lie far ahead)."""
    if (moment.year < _OLDEST or moment > now + _AHEAD) and field != "unpublish_date":
        doubts = [code for code in doubts if code != "G115"] + ["G111"]
    if not doubts:
        return DateResult(moment, (), form)
    fields = {"key": field, "value": _shown(text), "date": moment.date().isoformat(), "year": moment.year}
    return DateResult(moment, tuple(Problem(code, fields=fields) for code in doubts), form)


def _shown(value: Any) -> str:
    return " ".join(str(value)[:300].split())[:60]
