"""The parts of a moment as they are found in a text, and the moment that they make together, as PHP adds them up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS = {name: number for number, names in enumerate((
    ("january", "jan", "i"), ("february", "feb", "ii"), ("march", "mar", "iii"), ("april", "apr", "iv"), ("may", "v"),
    ("june", "jun", "vi"), ("july", "jul", "vii"), ("august", "aug", "viii"), ("september", "sept", "sep", "ix"),
    ("october", "oct", "x"), ("november", "nov", "xi"), ("december", "dec", "xii")), 1) for name in names}
WEEKDAYS = {name: number for number, names in enumerate((
    ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "wednes", "wed"), ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"), ("saturday", "satur", "sat"), ("sunday", "sun"))) for name in names}
ZONES = {"utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
         "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
         "pdt": -420}
"""Abbreviations → minutes east of Greenwich; those that PHP and everybody else agree on."""


class UnreadableError(ValueError):
    """The text is no date."""


@dataclass(slots=True)
class Parts:
    """What was found so far; None: not named. Months and days may overflow, as in PHP."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    micro: int = 0
    zone: tzinfo | None = None
    weekday: int | None = None
    shift: dict[str, int] = field(default_factory=dict)    # relative words: unit → amount
    edge: str = ""                                          # "first" or "last" day of the month
    timestamp: int | None = None
    relative: bool = False                                  # depends on now

    def set_date(self, year: int | None, month: int, day: int) -> None:
        """Name the date; a second one is an error."""
        if self.month is not None:
            raise UnreadableError("two dates")
        self.year, self.month, self.day = year, month, day

    def set_time(self, hour: int, minute: int = 0, second: int = 0, micro: int = 0) -> None:
        """Name the time of day; a second one is an error."""
        if self.hour is not None:
            raise UnreadableError("two times of day")
        self.hour, self.minute, self.second, self.micro = hour, minute, second, micro

    def moment(self, zone: tzinfo, now: datetime) -> datetime:
        """The moment in `zone` (or in the zone that was named); OverflowError, ValueError where there is none."""
        if self.timestamp is not None:
            return self._shifted(datetime.fromtimestamp(self.timestamp, UTC))
        where = self.zone or zone
        today = now.astimezone(where)
        named = self.month is not None
        self.relative = self.relative or not named or self.year is None
        year = self.year if self.year is not None else today.year
        month = self.month if self.month is not None else today.month
        day = self.day if self.day is not None else today.day
        start = datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)  # noqa: DTZ001  made aware below
        start += timedelta(days=day - 1, hours=self.hour or 0, minutes=self.minute, seconds=self.second,
                           microseconds=self.micro)
        return self._shifted(_placed(start, where))

    def _shifted(self, moment: datetime) -> datetime:
        months = moment.month - 1 + self.shift.get("month", 0) + 12 * self.shift.get("year", 0)
        if months != moment.month - 1:
            day = moment.day
            moment = moment.replace(day=1, month=months % 12 + 1, year=moment.year + months // 12) + timedelta(day - 1)
        if self.edge == "first":
            moment = moment.replace(day=1)
        if self.edge == "last":
            moment = (moment.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        clock = timedelta(days=self.shift.get("day", 0), hours=self.shift.get("hour", 0),
                          minutes=self.shift.get("minute", 0), seconds=self.shift.get("second", 0))
        moment = moment + clock if clock else moment       # adding forgets which of two equal clock times it is
        if self.weekday is not None and self.month is None:
            moment += timedelta(days=(self.weekday - moment.weekday()) % 7)
        return moment


def _placed(plain: datetime, zone: tzinfo) -> datetime:
    """The clock time in a zone. For one that the clocks repeat, PHP takes the offset that holds when the same
    figures are read as UTC: the later one in Berlin, the earlier one in New York.
    """
    first, second = plain.replace(tzinfo=zone), plain.replace(tzinfo=zone, fold=1)
    earlier, later = first.utcoffset(), second.utcoffset()
    if earlier is None or later is None or earlier <= later:
        return first
    return second if plain.replace(tzinfo=UTC).astimezone(zone).utcoffset() == later else first


def full_year(text: str) -> int:
    """Two digits are 1970 to 2069, as in PHP."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def zone_named(text: str) -> tzinfo | None:
    """A zone by name, abbreviation or offset (`+05:30`, `GMT-3`); None where there is no such zone."""
    name = text.strip("()")
    bare = name[3:] if name[:3].upper() in ("GMT", "UTC") and name[3:4] in ("+", "-") else name
    if bare[:1] in ("+", "-"):
        digits = bare[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if bare[0] == "-" else offset)
    if name.lower() in ZONES:
        return timezone(timedelta(minutes=ZONES[name.lower()]))
    try:
        return ZoneInfo(name) if "/" in name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
