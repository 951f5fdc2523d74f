"""PHP's DateTime::createFromFormat: a text read by a format of single letters (`d-m-Y H:i`).

PHP: timelib_parse_from_format. What the format does not name is midnight and the first, not now as in PHP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from migrate.readers.grav.moment import MONTHS, ROMAN, WEEKDAYS, Parts, UnreadableError, full_year
from migrate.readers.grav.zones import zone_named

Match = re.Match[str]
Take = Callable[[Parts, Match], None]
_SEPARATORS = ";:/.,-()"
_WORD = r"(?P<t>[^ ,\t;:/.()-]+)"


def _set(name: str) -> Take:
    def take(parts: Parts, match: Match) -> None:
        setattr(parts, name, int(match["t"]))
        if name in ("year", "month", "day"):
            parts.has_date = True
        else:
            parts.times = 1
    return take


def _nothing(_parts: Parts, _match: Match) -> None:
    """What only has to be there."""


def _short_year(parts: Parts, match: Match) -> None:
    parts.has_date, parts.short_year, parts.year = True, True, full_year(match["t"])


def _month(parts: Parts, match: Match) -> None:
    month = MONTHS.get(match["t"].lower()) or ROMAN.get(match["t"].upper())
    if month is None:
        raise UnreadableError(f"{match['t']} is no month")
    parts.has_date, parts.month = True, month


def _weekday(parts: Parts, match: Match) -> None:
    day = WEEKDAYS.get(match["t"].lower())
    if day is None:
        raise UnreadableError(f"{match['t']} is no weekday")
    parts.weekday, parts.weekday_rule = day, 1


def _hour12(parts: Parts, match: Match) -> None:
    if int(match["t"]) > 12:
        raise UnreadableError(f"{match['t']} is no hour of a twelve-hour clock")
    parts.hour, parts.times = int(match["t"]), 1


def _half_of_day(parts: Parts, match: Match) -> None:
    if parts.hour is None:
        raise UnreadableError("am or pm stands before the hour")
    if match["t"] in "aA":
        parts.hour -= 12 if parts.hour == 12 else 0
    elif parts.hour != 12:
        parts.hour += 12


def _day_of_year(parts: Parts, match: Match) -> None:
    if parts.year is None:
        raise UnreadableError("the day of the year stands before the year")
    parts.has_date, parts.month, parts.day = True, 1, int(match["t"]) + 1


def _fraction(parts: Parts, match: Match) -> None:
    parts.micro = int(match["t"].ljust(6, "0"))


def _unix_time(parts: Parts, match: Match) -> None:
    moment = datetime.fromtimestamp(int(match["t"]), UTC)
    parts.year, parts.month, parts.day = moment.year, moment.month, moment.day
    parts.set_time(moment.hour, moment.minute, moment.second)
    parts.zone, parts.has_date, parts.timestamp = UTC, True, True


def _zone(parts: Parts, match: Match) -> None:
    parts.zone = zone_named(match["t"])
    if parts.zone is None:
        raise UnreadableError(f"there is no time zone “{match['t']}”")


def _letter(pattern: str, take: Take) -> tuple[re.Pattern[str], Take]:
    return re.compile(pattern, re.ASCII | re.DOTALL), take


_ZONE_LETTER = _letter(r"[ \t(]*(?P<t>(?:GMT)?[+-][\d:]{1,8}|[A-Za-z0-9/_+-]+)\)*", _zone)
_HALF = _letter(r"[^AaPp]*(?P<t>[AaPp])(?:[Mm]|\.[Mm]\.)", _half_of_day)
_LETTERS = {
    **dict.fromkeys("dj", _letter(r"(?P<t>\d{1,2})", _set("day"))),
    **dict.fromkeys("mn", _letter(r"(?P<t>\d{1,2})", _set("month"))),
    **dict.fromkeys("MF", _letter(r"(?P<t>[A-Za-z]+)", _month)),
    **dict.fromkeys("Dl", _letter(_WORD, _weekday)),
    **dict.fromkeys("HG", _letter(r"(?P<t>\d{1,2})", _set("hour"))),
    **dict.fromkeys("hg", _letter(r"(?P<t>\d{1,2})", _hour12)),
    **dict.fromkeys("aA", _HALF), **dict.fromkeys("eTOPp", _ZONE_LETTER),
    "Y": _letter(r"(?P<t>\d{1,4})", _set("year")), "y": _letter(r"(?P<t>\d{1,2})", _short_year),
    "x": _letter(r"(?P<t>[+-]?\d{1,19})", _set("year")), "X": _letter(r"(?P<t>[+-]?\d{1,19})", _set("year")),
    "i": _letter(r"(?P<t>\d\d)", _set("minute")), "s": _letter(r"(?P<t>\d\d)", _set("second")),
    "u": _letter(r"(?P<t>\d{1,6})", _fraction), "v": _letter(r"(?P<t>\d{1,3})", _fraction),
    "z": _letter(r"(?P<t>\d{1,3})", _day_of_year), "U": _letter(r"(?P<t>[+-]?\d{1,15})", _unix_time),
    "S": _letter(r"(?i:st|nd|rd|th)?", _nothing), " ": _letter(r"[ \t\xa0\u202f]*", _nothing),
    "?": _letter(r".", _nothing),
    "*": _letter(r".[^ \t.,:;/\-0-9]*", _nothing), "#": _letter(rf"[{re.escape(_SEPARATORS)}]", _nothing),
}


def parse_by_format(text: str, form: str) -> Parts:
    """The parts that `text` names by `form`; UnreadableError where it does not fit."""
    parts, place, letters, extra = Parts(), 0, iter(form), False
    rest = ""
    for letter in letters:
        if place >= len(text):
            rest = letter + "".join(letters)
            break
        if letter == "+":
            extra = True
        elif letter in "!|":
            _reset(parts, everything=letter == "!")
        elif letter in _LETTERS:
            pattern, take = _LETTERS[letter]
            match = pattern.match(text, place)
            if match is None:
                raise UnreadableError(f"“{text}” is not of the form {form}")
            take(parts, match)
            place = match.end()
        else:
            wanted = next(letters, "") if letter == "\\" else letter
            if text[place] != wanted:
                raise UnreadableError(f"“{text}” is not of the form {form}")
            place += 1
    if (place < len(text) and not extra) or rest.strip("!|+"):
        raise UnreadableError(f"“{text}” is not of the form {form}")
    for letter in rest.replace("+", ""):
        _reset(parts, everything=letter == "!")
    return _completed(parts)


def _reset(parts: Parts, *, everything: bool) -> None:
    """`!` and `|`: 1 January 1970, 00:00, for everything or for what is not named yet."""
    start = {"year": 1970, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "micro": 0}
    for name, value in start.items():
        if everything or getattr(parts, name) is None:
            setattr(parts, name, value)


def _completed(parts: Parts) -> Parts:
    """Fill what the format left out: midnight, and the first of the month or year that was named."""
    if parts.hour is None and parts.minute is None and parts.second is None:
        parts.untimed = True
    parts.hour, parts.minute, parts.second = parts.hour or 0, parts.minute or 0, parts.second or 0
    parts.times = 1
    if parts.year is not None or parts.month is not None:
        parts.day = 1 if parts.day is None else parts.day
    if parts.year is not None:
        parts.month = 1 if parts.month is None else parts.month
    return parts
