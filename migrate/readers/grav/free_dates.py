"""PHP's free date parser (strtotime): at each place the longest form that fits is taken, until the text is used up.

Slash is month first, dash and dot are day first, four leading digits are a year. PHP: "Supported Date and Time
Formats"; checked against PHP itself in tests/readers/test_dates.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from migrate.readers.grav.moment import MONTHS, WEEKDAYS, ZONES, Parts, UnreadableError, full_year, zone_named

_MONTH = "(?P<name>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")"
_DAY, _MON, _HOUR = r"(?P<d>3[01]|[0-2]?\d)", r"(?P<m>1[0-2]|0?\d)", r"(?P<h>2[0-4]|[01]?\d)"
_TH = r"(?:st|nd|rd|th)?"
_ZONE = (r"(?P<z>(?:GMT|UTC)?[+-]\d{1,2}:?(?:[0-5]\d)?|[A-Z][a-z]+(?:/[A-Z][A-Za-z_+-]+)+|"
         r"\(?(?:" + "|".join(sorted(ZONES, key=len, reverse=True)) + r")\)?(?![a-z]))")
_MERIDIAN = r"[ \t]*(?P<ap>[ap])\.?m\.?(?![a-z])"
_UNIT = (r"(?P<u>sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|fortnights?|forthnights?|weekdays?|weeks?|months?|mon|years?|"
         + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b")
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
          "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "next": 1, "last": -1, "previous": -1, "this": 0}

Form = tuple[re.Pattern[str], Callable[[Parts, re.Match[str]], None]]


def parse_free(text: str) -> Parts:
    """The parts that a text names; UnreadableError where some of it is no date."""
    parts = Parts()
    text = text.strip(" \t\n\r\0\x0b")
    place = 0
    while place < len(text):
        if text[place] in " ,.\t;":
            place += 1
            continue
        found = [(match.end(), -number, match, take) for number, (pattern, take) in enumerate(_FORMS)
                 if (match := pattern.match(text, place)) and match.end() > place]
        if not found:
            raise UnreadableError(f"“{text[place:]}” cannot be read")
        end, _, match, take = max(found, key=lambda item: item[:2])
        take(parts, match)
        place = end
    return parts


def _numeric(parts: Parts, match: re.Match[str]) -> None:
    year = match["y"] if "y" in match.groupdict() else None
    day = match["d"] if "d" in match.groupdict() else "1"
    parts.set_date(full_year(year) if year else None, int(match["m"]), int(day))


def _textual(parts: Parts, match: re.Match[str]) -> None:
    groups = match.groupdict()
    year = groups.get("y")
    parts.set_date(full_year(year) if year else None, MONTHS[match["name"].lower()], int(groups.get("d") or 1))


def _time24(parts: Parts, match: re.Match[str]) -> None:
    groups = match.groupdict()
    micro = int((groups.get("f") or "0").ljust(6, "0")[:6])
    parts.set_time(int(match["h"]), int(groups.get("i") or 0), int(groups.get("s") or 0), micro)
    _zone(parts, groups.get("z"))


def _time12(parts: Parts, match: re.Match[str]) -> None:
    groups = match.groupdict()
    hour = int(match["h"]) % 12 + (12 if match["ap"].lower() == "p" else 0)
    parts.set_time(hour, int(groups.get("i") or 0), int(groups.get("s") or 0))
    _zone(parts, groups.get("z"))


def _digits4(parts: Parts, match: re.Match[str]) -> None:
    """Four digits are a time of day; the year once there is a time, or a date that lacks one."""
    if parts.hour is None and not (parts.month is not None and parts.year is None):
        hour, minute = int(match["a"]), int(match["b"])
        if hour <= 24 and minute <= 59:
            parts.set_time(hour, minute)
            return
    parts.year = int(match["a"] + match["b"])


def _zone(parts: Parts, name: str | None) -> None:
    if name:
        parts.zone = zone_named(name)
        if parts.zone is None:
            raise UnreadableError(f"there is no time zone “{name}”")


def _only_zone(parts: Parts, match: re.Match[str]) -> None:
    _zone(parts, match["z"])


def _word(parts: Parts, match: re.Match[str]) -> None:
    word = match["w"].lower()
    parts.relative = True
    if word != "now":
        parts.hour, parts.minute, parts.second = 12 if word == "noon" else 0, 0, 0
    parts.shift["day"] = parts.shift.get("day", 0) + {"tomorrow": 1, "yesterday": -1}.get(word, 0)


def _timestamp(parts: Parts, match: re.Match[str]) -> None:
    parts.timestamp = int(match["t"])


def _weekday(parts: Parts, match: re.Match[str]) -> None:
    parts.weekday = WEEKDAYS[match["w"].lower()]
    parts.hour, parts.minute, parts.second = None, 0, 0    # PHP forgets a time of day that stands before it
    parts.relative = True


def _shift(parts: Parts, match: re.Match[str]) -> None:
    said = match["n"].lower().replace(" ", "")
    amount = _WORDS[said] if said in _WORDS else int(said.replace("--", "+").replace("+-", "-"))
    unit = match["u"].lower()
    parts.relative = True
    if unit in WEEKDAYS:
        parts.weekday = WEEKDAYS[unit]
        parts.shift["day"] = parts.shift.get("day", 0) + (1 if amount > 0 else 7 * amount)
        return
    name = next(known for known in ("sec", "min", "hour", "fort", "week", "day", "mon", "year")
                if unit.startswith(known))
    name, amount = {"fort": ("day", 14 * amount), "week": ("day", 7 * amount)}.get(name, (name, amount))
    name = {"sec": "second", "min": "minute", "mon": "month"}.get(name, name)
    parts.shift[name] = parts.shift.get(name, 0) + amount


def _ago(parts: Parts, match: re.Match[str]) -> None:
    parts.shift = {name: -amount for name, amount in parts.shift.items()}


def _edge(parts: Parts, match: re.Match[str]) -> None:
    parts.edge = match["e"].lower()
    parts.relative = True


def _week(parts: Parts, match: re.Match[str]) -> None:
    first = date.fromisocalendar(int(match["y"]), 1, 1)
    day = first + timedelta(weeks=int(match["k"]) - 1, days=int(match["d"] or 1) - 1)
    parts.set_date(day.year, day.month, day.day)


def _year_day(parts: Parts, match: re.Match[str]) -> None:
    parts.set_date(int(match["y"]), 1, int(match["n"]))


def _form(pattern: str, take: Callable[[Parts, re.Match[str]], None]) -> Form:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), take


_FORMS: tuple[Form, ...] = (
    _form(r"(?P<w>now|today|midnight|noon|tomorrow|yesterday)\b", _word),
    _form(r"@(?P<t>-?\d{1,15})(?:\.\d{0,6})?", _timestamp),
    _form(rf"{_HOUR}(?:[:.](?P<i>[0-5]?\d)(?:[:.](?P<s>[0-5]?\d))?)?{_MERIDIAN}(?:[ \t]*{_ZONE})?", _time12),
    _form(rf"t?{_HOUR}[:.](?P<i>[0-5]?\d)(?:[:.](?P<s>60|[0-5]?\d)(?:[.,:](?P<f>\d+))?)?(?:[ \t]*{_ZONE})?", _time24),
    _form(r"t(?P<h>2[0-4]|[01]\d)(?P<i>[0-5]\d)(?P<s>60|[0-5]\d)?", _time24),
    _form(r"(?P<y>[+-]?\d{4})-(?P<m>0\d|1[0-2])-(?P<d>[0-2]\d|3[01])", _numeric),
    _form(rf"(?P<y>\d{{1,4}})-{_MON}-{_DAY}", _numeric),
    _form(rf"(?P<y>\d{{4}})-{_MON}", _numeric),
    _form(rf"(?P<y>\d{{4}})/{_MON}/{_DAY}/?", _numeric),
    _form(rf"{_MON}/{_DAY}(?:/(?P<y>\d{{1,4}}))?", _numeric),
    _form(rf"{_DAY}[.\t-]{_MON}[.-](?P<y>\d{{4}})", _numeric),
    _form(rf"{_DAY}[.\t]{_MON}\.(?P<y>\d\d)", _numeric),
    _form(r"(?P<y>\d{4})(?P<m>0\d|1[0-2])(?P<d>[0-2]\d|3[01])", _numeric),
    _form(rf"{_DAY}{_TH}[ \t.-]*{_MONTH}[ .\t-]*(?P<y>\d{{1,4}})", _textual),
    _form(rf"{_MONTH}[ .\t-]*(?P<y>\d{{4}})", _textual),
    _form(rf"(?P<y>\d{{4}})[ .\t-]*{_MONTH}(?![a-z])", _textual),
    _form(rf"{_MONTH}[ .\t-]*{_DAY}[,.stndrh\t ]+(?P<y>\d{{1,4}})(?![:.]\d)", _textual),
    _form(rf"{_MONTH}[ .\t-]*{_DAY}(?!\d)[,.stndrh\t ]*", _textual),
    _form(rf"{_DAY}{_TH}[ .\t-]*{_MONTH}(?![a-z])", _textual),
    _form(rf"(?P<d>[0-2]?\d|3[01])/{_MONTH}/(?P<y>\d{{4}}):?", _textual),
    _form(rf"{_MONTH}(?![a-z])", lambda parts, match: parts.set_date(None, MONTHS[match["name"].lower()], 1)),
    _form(r"(?P<y>\d{4})-?W(?P<k>[0-4]\d|5[0-3])(?:-?(?P<d>[0-7]))?", _week),
    _form(r"(?P<y>\d{4})\.?(?P<n>[0-3]\d\d)", _year_day),
    _form(r"(?P<a>\d\d)(?P<b>\d\d)(?!\d)", _digits4),
    _form(rf"(?P<n>[+-][ \t]*\d+|\d+|{'|'.join(_WORDS)})[ \t]*{_UNIT}", _shift),
    _form(r"(?P<e>first|last) day of", _edge),
    _form(r"ago\b", _ago),
    _form(rf"(?P<w>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})(?![a-z])", _weekday),
    _form(_ZONE, _only_zone),
)
