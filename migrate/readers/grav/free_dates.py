"""PHP's free date parser (strtotime): at each place the longest form that fits is taken, until the text is used up.

Slash is month first, dash and dot are day first, four leading digits are a year. PHP: "Supported Date and Time
Formats"; checked against PHP itself in tests/readers/test_dates.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from migrate.readers.grav import date_words as words
from migrate.readers.grav.moment import MONTHS, ROMAN, Parts, UnreadableError, full_year
from migrate.readers.grav.zones import zone_named

Match = re.Match[str]
Take = Callable[[Parts, Match], None]
Form = tuple[re.Pattern[str], Take]

_BLANK = r"(?:[ \t]+|\xa0+|\u202f+)"
_HOUR, _HOUR2, _HOUR12 = r"(?P<h>2[0-4]|[01]?\d)", r"(?P<h>2[0-4]|[01]\d)", r"(?P<h>1[0-2]|0?[1-9])"
_MINUTE, _MINUTE2 = r"(?P<i>[0-5]?\d)", r"(?P<i>[0-5]\d)"
_SECOND, _SECOND2 = r"(?P<s>60|[0-5]?\d)", r"(?P<s>60|[0-5]\d)"
_NOON = r"(?P<ap>[ap])\.?m\.?[\0\t ]"
_DAY, _DAY2 = r"(?P<d>3[01]|[0-2]?\d)(?-i:st|nd|rd|th)?", r"(?P<d>3[01]|[0-2]\d)"
_MONTH, _MONTH2 = r"(?P<m>1[0-2]|0?\d)", r"(?P<m>1[0-2]|0\d)"
_YEAR, _YEAR4 = r"(?P<y>\d{1,4})", r"(?P<y>\d{4})"
_LONG = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_NAME = rf"(?:{_LONG}|(?-i:(?P<roman>VIII|VII|VI|IV|IX|V|III|II|XII|XI|I|X)))"
_SHORT = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sept|sep|oct|nov|dec)"
_OFFSET = (r"(?:(?-i:GMT)?[+-](?:(?:2[0-4]|[01]\d):[0-5]\d:(?:60|[0-5]\d)|(?:2[0-4]|[01]\d)[0-5]\d(?:60|[0-5]\d)"
           r"|(?:2[0-4]|[01]?\d)(?::?[0-5]?\d)?))")
_ZONE = rf"(?P<z>{_OFFSET}|(?-i:[A-Z][a-z]+(?:[_/-][A-Za-z]+)+)|\(?[a-z]{{1,6}}\)?)"
_SHORT_DATE = rf"{_NAME}[ .\t-]*{_DAY}(?:(?-i:[,.stndrh\t ])+|\0)"


_USUAL = re.compile(
    r"(?:(?P<h>[01]\d|2[0-3]):(?P<i>[0-5]\d) )?"
    r"(?:(?P<d>0[1-9]|[12]\d|3[01])(?P<sign>[-.])(?P<m>0[1-9]|1[0-2])(?P=sign)(?P<y>\d{4})"
    r"|(?P<Y>\d{4})-(?P<M>0[1-9]|1[0-2])-(?P<D>0[1-9]|[12]\d|3[01])"
    r"|(?P<US>0[1-9]|1[0-2])/(?P<DS>0[1-9]|[12]\d|3[01])/(?P<YS>\d{4}))"
    r"(?(h)|(?: (?P<H>[01]\d|2[0-3]):(?P<I>[0-5]\d)(?::(?P<S>[0-5]\d))?)?)", re.ASCII)


def parse_free(text: str) -> Parts:
    """The parts that a text names; UnreadableError where some of it is no date."""
    usual = _USUAL.fullmatch(text)
    if usual:
        return _usual(usual)
    parts = Parts()
    text = text.strip(" \t\n\r\x0b\x0c") + "\0"
    place = 0
    while place < len(text):
        if text[place] in " ,.\t\n\0\xa0\u202f":
            place += 1
            continue
        best: tuple[int, Match, Take] | None = None
        for pattern, take in _forms(_kind(text[place])):
            match = pattern.match(text, place)
            if match and (best is None or match.end() > best[0]):
                best = match.end(), match, take
        if best is None:
            raise UnreadableError(f"“{text[place:-1]}” cannot be read")
        best[2](parts, best[1])
        place = best[0]
    return parts


def _usual(match: Match) -> Parts:
    """The shapes that most sites write, without trying all forms."""
    hour, minute, day, _, month, year, year2, month2, day2, month3, day3, year3, hour2, minute2, second = match.groups()
    return Parts(year=int(year or year2 or year3), month=int(month or month2 or month3), day=int(day or day2 or day3),
                 hour=int(hour or hour2 or 0), minute=int(minute or minute2 or 0), second=int(second or 0), micro=0,
                 has_date=True, times=1)


def _kind(character: str) -> str:
    return "digit" if character.isdigit() else "letter" if character.isalpha() else "sign"


def _day_and_month(parts: Parts, match: Match) -> None:
    found = match.groupdict()
    year = found.get("y")
    if year is not None:
        parts.short_year = parts.short_year or len(year) < 4
    if found.get("roman"):
        month = ROMAN[found["roman"]]
    else:
        month = MONTHS[found["name"].lower()] if found.get("name") else int(found["m"])
    parts.set_date(full_year(year) if year else None, month, int(found["d"]) if found.get("d") else None)


def _month_of_year(parts: Parts, match: Match) -> None:
    _day_and_month(parts, match)
    parts.day = 1


def _clock(parts: Parts, match: Match) -> None:
    found = match.groupdict()
    hour = int(found["h"])
    if found.get("ap"):
        hour = hour % 12 + (12 if found["ap"] in "pP" else 0)
    micro = int(((found.get("f") or "0") + "000000")[:6])
    parts.set_time(hour, int(found.get("i") or 0), int(found.get("s") or 0), micro)


def _date_and_clock(parts: Parts, match: Match) -> None:
    if match.groupdict().get("dot") == ".":
        raise UnreadableError("a dot before the seconds")
    _clock(parts, match)
    _day_and_month(parts, match)
    if match.groupdict().get("z"):
        _only_zone(parts, match)


def _four_digits(parts: Parts, match: Match) -> None:
    """Four digits are a time of day, or the year where there is one already."""
    if parts.times > 1:
        raise UnreadableError("two times of day")
    if parts.times == 1:
        parts.year = int(match["h"] + match["i"])
    else:
        parts.hour, parts.minute, parts.second = int(match["h"]), int(match["i"]), 0
    parts.times += 1


def _year(parts: Parts, match: Match) -> None:
    parts.year = int(match["y"])


def _year_day(parts: Parts, match: Match) -> None:
    parts.set_date(int(match["y"]), 1, int(match["n"]))


def _week(parts: Parts, match: Match) -> None:
    year, week, day = int(match["y"]), int(match["k"]), int(match["n"]) if match["n"] else 1
    start = date(year, 1, 4)
    monday = start - timedelta(days=start.weekday())
    there = monday + timedelta(weeks=week - 1, days=day - 1)
    parts.set_date(year, 1, 1)
    parts.add("day", (there - date(year, 1, 1)).days)


def _timestamp(parts: Parts, match: Match) -> None:
    if parts.times or parts.has_date or parts.year is not None:
        raise UnreadableError("a Unix time beside another date")
    parts.forget_time()
    parts.year, parts.month, parts.day = 1970, 1, 1
    parts.timestamp = True
    _set_zone(parts, "UTC")
    seconds = int(match["t"])
    parts.add("second", seconds)
    if match["f"]:
        parts.add("micro", int((match["f"] + "000000")[:6]) * (-1 if match["t"][0] == "-" else 1))


def _only_zone(parts: Parts, match: Match) -> None:
    _set_zone(parts, match["z"])


def _set_zone(parts: Parts, name: str) -> None:
    """One zone only: PHP takes now the first and now the last of two, which no author means."""
    if parts.zone is not None:
        raise UnreadableError("two time zones")
    parts.zone = zone_named(name)
    if parts.zone is None:
        raise UnreadableError(f"there is no time zone “{name}”")


def _around_hour(parts: Parts, match: Match) -> None:
    """`back of 7pm` is 19:15, `front of 7pm` is 18:45."""
    hour = int(match["h"]) - (match["w"].lower() == "front")
    if match["ap"]:
        hour += (-12 if hour == 12 else 0) if match["ap"] in "aA" else (12 if hour != 12 else 0)
    parts.forget_time()
    parts.set_time(hour, 15 if match["w"].lower() == "back" else 45)


def _edge_of_month(parts: Parts, match: Match) -> None:
    parts.edge = match["e"].lower()


# In PHP's order: of forms that fit equally far, the first counts. The first word says what a form begins with.
_ALL: tuple[tuple[str, str, Take], ...] = (
    ("letter", "yesterday", words.day_word(None, -1)),
    ("letter", "now", words.now),
    ("letter", "noon", words.day_word(12, None)),
    ("letter", "midnight|today", words.day_word(None, None)),
    ("letter", "tomorrow", words.day_word(None, 1)),
    ("sign", r"@(?P<t>-?\d+)(?:\.(?P<f>\d{0,6}))?", _timestamp),
    ("letter", r"(?P<e>first|last) day of", _edge_of_month),
    ("letter", rf"(?P<w>back|front) of {_HOUR}(?:{_BLANK}?(?P<ap>[ap])\.?m\.?[\0\t ])?", _around_hour),
    ("letter", words.WEEKDAY_OF, words.weekday_of),
    ("digit", rf"{_HOUR12}{_BLANK}?{_NOON}", _clock),
    ("digit", rf"{_HOUR12}[:.]{_MINUTE2}{_BLANK}?{_NOON}", _clock),
    ("digit", rf"{_HOUR12}[:.]{_MINUTE}[:.]{_SECOND2}{_BLANK}?{_NOON}", _clock),
    ("digit", rf"{_HOUR12}:{_MINUTE2}:{_SECOND2}[:.](?P<f>\d+){_NOON}", _clock),
    ("letter", rf"t{_HOUR}", _clock),
    ("digit letter", rf"t?{_HOUR}[:.]{_MINUTE}(?:[:.]{_SECOND}(?:\.(?P<f>\d+))?)?", _clock),
    ("digit letter", rf"t?{_HOUR2}{_MINUTE2}", _four_digits),
    ("digit letter", rf"t?{_HOUR2}{_MINUTE2}{_SECOND2}", _clock),
    ("digit", rf"{_MONTH}/{_DAY}(?:/{_YEAR})?", _day_and_month),
    ("digit sign", rf"(?P<y>[+-]?\d{{4}})-{_MONTH2}-{_DAY2}", _day_and_month),
    ("digit", rf"{_YEAR4}/{_MONTH2}/{_DAY2}/?", _day_and_month),
    ("digit", rf"{_YEAR4}/{_MONTH}/{_DAY}", _day_and_month),
    ("digit", rf"(?P<y>\d\d)-{_MONTH2}-{_DAY2}", _day_and_month),
    ("sign", rf"(?P<y>[+-]\d{{5,19}})-{_MONTH2}-{_DAY2}", _day_and_month),
    ("digit", rf"{_YEAR4}-{_MONTH}", _month_of_year),
    ("digit", rf"{_YEAR}-{_MONTH}-{_DAY}", _day_and_month),
    ("digit", rf"{_DAY}[ \t.-]*{_NAME}[ \t.-]*{_YEAR}", _day_and_month),
    ("digit", rf"{_DAY}[.\t-]{_MONTH}[.-]{_YEAR4}", _day_and_month),
    ("digit", rf"{_DAY}[.\t]{_MONTH}\.(?P<y>\d\d)", _day_and_month),
    ("letter", rf"{_NAME}[ .\t-]*{_YEAR4}", _month_of_year),
    ("digit", rf"{_YEAR4}[ .\t-]*{_NAME}", _month_of_year),
    ("letter", rf"{_NAME}[ .\t-]*{_DAY}(?-i:[,.stndrh\t ])+{_YEAR}", _day_and_month),
    ("letter", _SHORT_DATE, _day_and_month),
    ("digit", rf"{_DAY}[ .\t-]*{_NAME}", _day_and_month),
    ("digit", rf"{_YEAR4}{_MONTH2}{_DAY2}", _day_and_month),
    ("digit", rf"{_YEAR4}{_MONTH2}{_DAY2}(?-i:T){_HOUR}:{_MINUTE2}:{_SECOND2}", _date_and_clock),
    ("digit", rf"{_YEAR4}{_MONTH2}{_DAY2}t{_HOUR}{_MINUTE2}{_SECOND2}", _date_and_clock),
    ("digit", rf"{_YEAR4}-{_MONTH2}-{_DAY2}(?-i:T){_HOUR2}:{_MINUTE2}:{_SECOND2}\.(?P<f>\d+)(?P<z>{_OFFSET})?",
          _date_and_clock),
    ("digit", rf"{_YEAR4}-{_MONTH}-{_DAY}(?-i:T){_HOUR}:{_MINUTE}:{_SECOND}", _date_and_clock),
    ("digit", rf"{_YEAR4}:{_MONTH2}:{_DAY2} {_HOUR2}:{_MINUTE2}:{_SECOND2}", _date_and_clock),
    ("digit", rf"{_YEAR4}[.-]?(?P<n>00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])", _year_day),
    ("digit", rf"{_YEAR4}-?(?-i:W)(?P<k>0[1-9]|[1-4]\d|5[0-3])(?:-?(?P<n>[0-7]))?", _week),
    ("letter", rf"{_SHORT}-{_DAY2}-{_YEAR}", _day_and_month),
    ("digit", rf"{_YEAR}-{_SHORT}-{_DAY2}", _day_and_month),
    ("digit", rf"{_DAY}/{_SHORT}/{_YEAR4}:{_HOUR2}:{_MINUTE2}:{_SECOND2}{_BLANK}(?P<z>{_OFFSET})",
          _date_and_clock),
    ("digit", _YEAR4, _year),
    ("letter", "ago", words.ago),
    ("letter", words.WEEKDAY, words.weekday),
    ("letter", words.STEP_OF_WEEKS, words.step_of_weeks),
    ("letter", words.STEP, words.step),
    ("letter", _LONG, _day_and_month),
    ("letter sign", _ZONE, _only_zone),
    ("letter", rf"{_SHORT_DATE}{_HOUR12}[:.]{_MINUTE2}(?:[:.]{_SECOND2})?{_BLANK}?{_NOON}", _date_and_clock),
    ("letter", rf"{_SHORT_DATE}t?{_HOUR}[:.]{_MINUTE}(?:(?P<dot>[:.]){_SECOND}(?:{_BLANK}?{_ZONE})?)?",
          _date_and_clock),
    ("digit sign", words.AMOUNT, words.amount),
)


@cache
def _forms(kind: str) -> tuple[Form, ...]:
    """The forms that begin with a digit, letter or sign; made when a site first writes a date that needs them."""
    return tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), take)
                 for starts, pattern, take in _ALL if kind in starts.split())
