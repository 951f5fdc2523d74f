"""The words of PHP's free date parser: today, weekdays, `+1 week`, `last friday of`, `3 days ago`."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrate.readers.grav.moment import WEEKDAYS, Parts

Match = re.Match[str]

ORDINALS = {name: number for number, name in enumerate((
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth"), 1)} | {"eight": 8}
STEPS = {"next": 1, "last": -1, "previous": -1, "this": 0}
_UNITS = {
    **dict.fromkeys(("ms", "msec", "millisecond"), ("micro", 1000)),
    **dict.fromkeys(("µs", "µsec", "usec", "microsecond"), ("micro", 1)),
    **dict.fromkeys(("sec", "second"), ("second", 1)), **dict.fromkeys(("min", "minute"), ("minute", 1)),
    "hour": ("hour", 1), "day": ("day", 1), "week": ("day", 7), "month": ("month", 1), "year": ("year", 1),
    **dict.fromkeys(("fortnight", "forthnight"), ("day", 14)),
}


def _longest_first(words: dict[str, int] | list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_DAYS = _longest_first(WEEKDAYS)
_PLURALS = _longest_first([name for name in _UNITS if name not in ("ms", "µs", "week")])
_UNIT = rf"(?P<u>(?:{_PLURALS})s?|weeks|weekdays?|{_DAYS}|ms|µs)"
_UNIT_OR_WEEK = rf"(?P<u>(?:{_PLURALS})s?|weekdays?|weeks?|{_DAYS}|ms|µs)"
_SPACE = r"(?:[ \t]+|\xa0+|\u202f+)"
_WORD = rf"(?P<w>{_longest_first(ORDINALS | STEPS)})"

WEEKDAY = rf"(?P<u>weekdays?|{_DAYS})"
WEEKDAY_OF = rf"{_WORD}{_SPACE}(?P<u>{_DAYS}){_SPACE}of"
STEP_OF_WEEKS = rf"(?P<w>{_longest_first(STEPS)}){_SPACE}week"
STEP = rf"{_WORD}{_SPACE}{_UNIT}"
AMOUNT = rf"(?P<n>[+-]*[ \t]*\d{{1,13}}){_SPACE}?{_UNIT_OR_WEEK}"


def day_word(hour: int | None, days: int | None) -> Callable[[Parts, Match], None]:
    """What `today` and its like do: midnight (or `hour`), so many days from the date."""
    def take(parts: Parts, _match: Match) -> None:
        parts.forget_time()
        if hour is not None:
            parts.set_time(hour)
        if days is not None:
            parts.shift["day"] = days
    return take


def now(_parts: Parts, _match: Match) -> None:
    """`now` adds nothing: what is not named is now."""


def weekday(parts: Parts, match: Match) -> None:
    """A weekday alone: that day on or after the date, at midnight."""
    parts.forget_time()
    parts.weekday = WEEKDAYS.get(match["u"].lower(), 1)
    parts.weekday_rule = parts.weekday_rule if parts.weekday_rule == 2 else 1


def weekday_of(parts: Parts, match: Match) -> None:
    """`first monday of`, `last friday of` a month."""
    word = match["w"].lower()
    amount = (ORDINALS | STEPS)[word]
    parts.nth = "nth" if amount > 0 else "last"
    _shift(parts, amount, match["u"], 1 if amount > 0 or word == "this" else 0, keep_time=False)


def step_of_weeks(parts: Parts, match: Match) -> None:
    """`next week`: the same weekday if one is named, else its Monday."""
    parts.add("day", 7 * STEPS[match["w"].lower()])
    parts.weekday_rule = 2
    if parts.weekday is None:
        parts.weekday = 1


def step(parts: Parts, match: Match) -> None:
    """`next month`, `third day`, `last monday`."""
    word = match["w"].lower()
    _shift(parts, (ORDINALS | STEPS)[word], match["u"], 1 if word == "this" else 0, keep_time=False)


def amount(parts: Parts, match: Match) -> None:
    """`+1 week`, `-3 days`, `2 mondays`."""
    said = match["n"]
    number = int(said.lstrip("+- \t")) * (-1 if said.count("-") % 2 else 1)
    _shift(parts, number, match["u"], 1, keep_time=True)


def _shift(parts: Parts, number: int, unit: str, rule: int, *, keep_time: bool) -> None:
    unit = unit.lower()
    if unit in WEEKDAYS or unit.startswith("weekday"):
        if not keep_time:
            parts.forget_time()
        if unit.startswith("weekday"):
            parts.weekdays = number
            return
        parts.add("day", 7 * (number - 1 if number > 0 else number))
        parts.weekday, parts.weekday_rule = WEEKDAYS[unit], rule
        return
    name, times = _UNITS.get(unit) or _UNITS[unit.removesuffix("s")]
    parts.add(name, number * times)


def ago(parts: Parts, _match: Match) -> None:
    """Everything said before it counts backwards."""
    parts.shift = {name: -number for name, number in parts.shift.items()}
    if parts.weekday is not None:
        parts.weekday = -parts.weekday or -7
    if parts.weekdays is not None:
        parts.weekdays = -parts.weekdays
