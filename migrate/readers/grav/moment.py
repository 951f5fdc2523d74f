"""The parts of a moment as they are found in a text, and the moment that they make together, as PHP adds them up.

PHP: timelib's timelib_fill_holes and timelib_update_ts. The steps and their order are PHP's: they decide what
`last friday of` or `31-02-2019` mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

MONTHS = {name: number for number, names in enumerate((
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
    ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
    ("december", "dec")), 1) for name in names}
ROMAN = {name: number for number, name in enumerate(
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)}
WEEKDAYS = {name: number for number, names in enumerate((
    ("sunday", "sundays", "sun"), ("monday", "mondays", "mon"), ("tuesday", "tuesdays", "tue"),
    ("wednesday", "wednesdays", "wed"), ("thursday", "thursdays", "thu"), ("friday", "fridays", "fri"),
    ("saturday", "saturdays", "sat"))) for name in names}
"""Names → 0 for Sunday to 6."""


class UnreadableError(ValueError):
    """The text is no date."""


@dataclass(slots=True)
class Parts:
    """What was found so far; None: not named. Days, hours and months may overflow, as in PHP."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    micro: int | None = None
    has_date: bool = False
    times: int = 0                        # how often a time of day was named
    zone: tzinfo | None = None
    weekday: int | None = None            # 0 Sunday; negative after `ago`
    weekday_rule: int = 0                 # 0 this day counts, 1 it does not, 2 within this week
    shift: dict[str, int] = field(default_factory=dict)    # relative words: unit → amount
    edge: str = ""                        # "first" or "last" day of the month
    nth: str = ""                         # "nth" or "last" weekday of the month
    weekdays: int | None = None           # so many working days on
    short_year: bool = False              # the year had two digits
    untimed: bool = False                 # a format that names no time of day: midnight was taken
    timestamp: bool = False               # a Unix time was named
    relative: bool = False                # set by `moment`: the day depends on now
    overflow: bool = False                # set by `moment`: the calendar has no such day
    moved: bool = False                   # set by `moment`: the weekday is not that of the date

    def set_date(self, year: int | None, month: int, day: int | None) -> None:
        """Name the date; a second one is an error."""
        if self.has_date:
            raise UnreadableError("two dates")
        self.has_date = True
        self.month = month
        self.year = year if year is not None else self.year
        self.day = day if day is not None else self.day

    def set_time(self, hour: int, minute: int = 0, second: int = 0, micro: int = 0) -> None:
        """Name the time of day; a second one is an error."""
        if self.times:
            raise UnreadableError("two times of day")
        self.times = 1
        self.hour, self.minute, self.second, self.micro = hour, minute, second, micro

    def forget_time(self) -> None:
        """Midnight, as if no time of day had been named."""
        self.times = 0
        self.hour = self.minute = self.second = self.micro = 0

    def add(self, unit: str, amount: int) -> None:
        """Go so far from the date; all units are added up."""
        self.shift[unit] = self.shift.get(unit, 0) + amount

    def moment(self, zone: tzinfo, now: datetime) -> datetime:
        """The moment in `zone` (or in the zone that was named); OverflowError, ValueError beyond the calendar."""
        where = self.zone or zone
        day, seconds, micro = self._filled(now.astimezone(where))
        return _placed(datetime.fromordinal(day) + timedelta(seconds=seconds, microseconds=micro), where)

    def _filled(self, now: datetime) -> tuple[int, int, int]:
        """The day's number, the seconds of the day and the rest, all relative words carried out."""
        if self.has_date and not self.times:
            self.forget_time()
        named = (self.year, self.month, self.day, self.hour, self.minute, self.second)
        self.relative = None in named[:3]
        micro = _or(self.micro, now.microsecond if named == (None,) * 6 else 0)
        year, month, day = (_or(part, here) for part, here in zip(named, (now.year, now.month, now.day), strict=False))
        seconds = (3600 * _or(self.hour, now.hour) + 60 * _or(self.minute, now.minute) + _or(self.second, now.second))
        self.overflow = month > 12 or (day > 28 and _day_number(year, month, day) >= _day_number(year, month + 1, 1))
        shift = dict(self.shift)
        if self.nth:
            day, month = 1, month + shift.pop("month", 0) + (self.nth == "last")
        months, day = _edge(self.edge) or (0, day)
        number = _day_number(year, month + months, day)
        number, seconds = number + seconds // 86400, seconds % 86400
        return self._shifted(number, seconds, micro, shift)

    def _shifted(self, number: int, seconds: int, micro: int, shift: dict[str, int]) -> tuple[int, int, int]:
        before = number
        if self.weekday is not None:
            number += self._days_to_weekday(number, shift.get("day", 0))
            self.moved = not self.relative and not self.shift and not self.nth and number != before
        here = date.fromordinal(number)
        months, day = _edge(self.edge) or (0, here.day + shift.get("day", 0))
        number = _day_number(here.year + shift.get("year", 0), here.month + shift.get("month", 0) + months, day)
        micro += shift.get("micro", 0)
        seconds += (shift.get("second", 0) + 60 * shift.get("minute", 0) + 3600 * shift.get("hour", 0) + micro // 10**6)
        number, seconds, micro = number + seconds // 86400, seconds % 86400, micro % 10**6
        if self.weekdays is not None:
            number += _working_days(number % 7, self.weekdays)
        return number, seconds, micro

    def _days_to_weekday(self, number: int, days: int) -> int:
        """How far it is to the weekday that was named. PHP: do_adjust_for_weekday."""
        today, wanted = number % 7, self.weekday or 0
        if self.weekday_rule == 2:
            if today == 0 and wanted != 0:
                wanted -= 7
            return (7 if wanted == 0 and today != 0 else wanted) - today
        difference = wanted - today
        if (days < 0 and difference < 0) or (days >= 0 and difference <= -self.weekday_rule):
            difference += 7
        return difference if wanted >= 0 else -(7 - (abs(wanted) - today))


def _or(part: int | None, here: int) -> int:
    return here if part is None else part


def _edge(edge: str) -> tuple[int, int] | None:
    """Months to add and day to take for the first or last day of the month."""
    return {"first": (0, 1), "last": (1, 0)}.get(edge)


def _day_number(year: int, month: int, day: int) -> int:
    """The day's number in the calendar; month and day may overflow."""
    number = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1).toordinal() + day - 1
    if not 1 <= number <= date.max.toordinal():
        raise OverflowError("beyond the calendar")
    return number


def _working_days(today: int, count: int) -> int:
    """How many days so many working days are, from the weekday `today`. PHP: do_adjust_special_weekday."""
    weeks, rest = (abs(count) // 5) * (1 if count > 0 else -1), abs(count) % 5 * (1 if count > 0 else -1)
    days = 7 * weeks + rest
    if count > 0:
        if rest == 0:
            return days - {0: 2, 6: 1}.get(today, 0)
        return days + (1 if today == 6 else 2 if today + rest > 5 else 0)
    if rest == 0:
        return days + {6: 2, 0: 1}.get(today, 0)
    return days - (1 if today == 0 else 2 if today + rest < 1 else 0)


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
    """Fewer than four digits below 100 are 1970 to 2069, as in PHP."""
    year = int(text)
    if len(text) > 3 or year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)
