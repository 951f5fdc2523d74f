"""Dates against PHP itself: the same instant, or a problem that says why ours is better."""

from __future__ import annotations

import json
import random
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from migrate.readers.grav.dates import DateResult, parse_date
from migrate.readers.grav.yaml.scalars import WrittenDate

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ALMATY = ZoneInfo("Asia/Almaty")

BETTER = frozenset({"G113", "G114", "G119"})
"""A year only, a date that depends on now, a format without a time of day: read better than PHP reads them."""

CENSUS = [
    ("", "'22-07-2019 10:00'"), ("", "03-05-2024 00:00"), ("", "18:46 05/30/2020"), ("", "08:22 05-03-2026"),
    ("", "01-08-2011"), ("", "2022-06-10 20:00"), ("", "06/13/2014 11:00pm"), ("", "06/13/2014 11:00 pm"),
    ("", "03.09.2024"), ("", "2016-08-01"), ("", "11-05-21"), ("", "Thu Jun 05 07:05:21 +0000 2014"),
    ("", "2017/06/19 20:00"), ("", "16-12-2016, 21:5"), ("", "07/22/2019"), ("", "17:00 2019-07-22"),
    ("", "17:00 22.07.2019"), ("", "Jan 27th 2014 10:00am"), ("", "17/01/2018 11:11 pm"), ("", "22/06/2022"),
    ("", "July 22, 2019"), ("", "22 July 2019 5pm"), ("", "2019-07-22T10:00:00+02:00"), ("", "2019-7-2 9:05"),
    ("", "Mon, 22 Jul 2019 10:00:00 GMT"), ("", "22.07.2019 10:00:30"), ("", "@1563789600"), ("", "1563789600"),
    ("", "2019-07"), ("", "20190722"), ("", "20190722T101500"), ("", "31-02-2019"), ("", "2019-02-29 24:00"),
    ("", "garbage"), ("", "29 Feb 2020"), ("", "22-Jul-2019"), ("", "2019-07-22 10:00 Europe/Berlin"), ("", "5 May 21"),
    ("d-m-Y H:i", "22-07-2019 10:00"), ("d-m-Y H:i", "22-07-2019"), ("d-m-Y H:i", "07/22/2019"),
    ("H:i d-m-Y", "10:00 22-07-2019"), ("m/d/y h:i a", "06/05/14 01:34 pm"), ("d.m.Y H:i", "06/30/2009"),
    ("Y-m-d H:i:s", "2019-07-22 10:00:01"), ("jS F Y g:ia", "22nd July 2019 5:30pm"),
    ("d M Y H:i", "22 Jul 2019 10:00"),
]


def read(text: str, form: str = "", zone: str = "Asia/Almaty") -> DateResult:
    return parse_date(text, formats=(form,), zone=ZoneInfo(zone), now=NOW)


def php_answers(php: str, cases: list[tuple[str, str, str]]) -> list[int | None]:
    """The Unix time that PHP gives for each (zone, format, text)."""
    lines = "".join(json.dumps({"zone": zone, "format": form, "text": text}) + "\n" for zone, form, text in cases)
    script = str(Path(__file__).with_name("dates.php"))
    run = subprocess.run([php, script], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def disagreements(php: str, cases: list[tuple[str, str, str]], *, allowed: frozenset[str] = BETTER) -> list[str]:
    """The cases in which PHP gives another instant, and no finding of `allowed` says why ours is better."""
    found = []
    for (zone, form, text), theirs in zip(cases, php_answers(php, cases), strict=True):
        result = read(text, form, zone)
        ours = int(result.moment.timestamp() // 1) if result.moment else None
        codes = {problem.code for problem in result.problems}
        if ours != theirs and not codes & allowed:
            found.append(f"{text!r} by {form!r} in {zone}: PHP {theirs}, ours {ours} {codes}")
    return found


@pytest.mark.php
def test_every_pattern_of_the_census(php: str) -> None:
    assert disagreements(php, [("Asia/Almaty", form, text.strip("'")) for form, text in CENSUS]) == []


@pytest.mark.php
def test_thousands_of_generated_dates(php: str, seed: int) -> None:
    dice = random.Random(seed)
    assert disagreements(php, [generated(dice) for _ in range(6000)])[:10] == []


def generated(dice: random.Random) -> tuple[str, str, str]:
    """A date as authors write it, in one of many spellings."""
    year, month, day = dice.randint(1971, 2027), dice.randint(1, 12), dice.randint(1, 28)
    hour, minute, second = dice.randint(0, 23), dice.randint(0, 59), dice.randint(0, 59)
    year += year == 2000                  # “00” by Y is the year 0 for PHP, which we do not believe
    moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  printed, never compared
    dates = ["%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y",
             "%b %d %Y", "%d-%b-%Y", "%a, %d %b %Y", f"{day}-{month}-%Y", f"{month}/{day}/%Y", f"%Y-{month}-{day}",
             "%y-%m-%d", "%Y%m%d"]
    times = ["", "%H:%M", "%H:%M:%S", "%I:%M%p", "%I:%M %p", f"{hour}:%M", "%I%p", "%H.%M", "T%H:%M:%S"]
    shape = dice.choice(dates)
    clock = dice.choice(times)
    offset = dice.choice(["", "", "", "", "+02:00", "Z", " +0300", " UTC"]) if clock and "p" not in clock else ""
    glued = shape in ("%Y-%m-%d", "%Y%m%d")
    clock = clock if glued or not clock.startswith("T") else "%H:%M"
    order = [shape, clock] if clock.startswith("T") or dice.random() < 0.7 or offset else [clock, shape]
    text = ("" if clock.startswith("T") else " ").join(part for part in order if part) + offset
    zone = dice.choice(["UTC", "Asia/Almaty", "Europe/Berlin", "America/New_York", "Asia/Shanghai"])
    form = dice.choice(["", "", "d-m-Y H:i", "m/d/Y h:i a", "Y-m-d H:i:s"])
    return zone, form, moment.strftime(text)


MONTHS = ["January", "Feb", "march", "Sept", "sep", "DEC", "December", "Jul", "may", "juin", "Mai", "XII", "iv"]
DAYS = ["Mon", "Monday", "tues", "Wed", "thursday", "Fri", "Sat", "Sunday", "wednesday,", "Fri,", "lun.", "mardi"]
ZONES = ["UTC", "GMT", "Z", "CET", "CEST", "EST", "PDT", "MSK", "+0200", "+02:00", "-5", "+05:30", "GMT+2", "Europe/Paris",
         "(PST)", "BST", "JST", "America/New_York", "europe/berlin", "+2", "UTC+3", "NZST", "+06", "HKT", "Uhr"]
AFTER = ["+1 day", "-2 weeks", "+1 month", "next week", "last monday", "tomorrow", "yesterday", "first day of next month",
         "last day of", "+1 week 2 days", "-1 year", "3 days ago", "monday", "next friday", "+2 weekdays", "midnight",
         "saturday this week", "+3 hours", "next month", "-90 min", "+1 fortnight", "-7 weekdays", "third friday of"]
FORMATS = ["d-m-Y H:i", "m/d/Y", "Y-m-d", "d/m/Y", "d/m/Y H:i", "jS M Y", "F jS \\a\\t g:ia", "H:i d-m-Y",
           "D M d H:i:s O Y", "Y-m-d\\TH:i:sP", "d.m.y", "U", "l, j F Y", "Y-m-d H:i:s T", "Y z", "j n y", "d M y, H\\hi",
           "G:i", "!d/m/Y", "d/m/Y|", "d?m?Y", "Y-m-d+", "d#m#Y", "*, d M Y", "Y-m-d H:i:s.u", "h:i A d/m/Y", "dmY",
           "YmdHis", "e Y-m-d", "d  m  Y", "n/j/Y H:i", "d M"]


def wild(dice: random.Random) -> tuple[str, str, str]:
    """Something that may be a date for PHP: every documented form, odd joints, slips of the finger."""
    year = dice.choice([dice.randint(1971, 2027)] * 6 + [dice.randint(100, 9000)])
    month, day = dice.choice(["{:02d}", "{}"]).format(dice.randint(1, 13)), dice.choice(["{:02d}", "{}"])
    day, name, short = day.format(dice.randint(1, 31)), dice.choice(MONTHS), f"{year % 100:02d}"
    suffix, weekday = dice.choice(["st", "nd", "rd", "th", ""]), dice.choice(DAYS)
    date_text = dice.choice([
        f"{day}-{month}-{year}", f"{day}.{month}.{year}", f"{month}/{day}/{year}", f"{year}-{month}-{day}",
        f"{year}/{month}/{day}", f"{year}.{month}.{day}", f"{day} {name} {year}", f"{name} {day}, {year}", f"{name} {year}",
        f"{name} {day}{suffix} {year}", f"{day}-{name}-{year}", f"{day}{suffix} of {name} {year}", f"{year} {name}",
        f"{weekday} {day} {name} {year}", f"{weekday} {day}-{month}-{year}", f"{day}-{month}-{short}", f"{year}-{month}",
        f"{day}.{month}.{short}", f"{month}/{day}/{short}", f"{day} {name} {short}", f"{year}{month:0>2}{day:0>2}",
        f"{year}-W{dice.randint(1, 53):02d}", f"{year}W{dice.randint(1, 53):02d}{dice.randint(1, 7)}", f"{day} {name}",
        f"{year}-{name}-{day}", f"{name}-{day:0>2}-{year}", f"{name} {day}", f"{year}.{dice.randint(1, 366):03d}",
        f"{day} - {month} - {year}", f"{day}/{name}/{year}", f"{month}-{year}", f"{day},{month},{year}", f"{day}{name}{year}"])
    hour, minute, second = dice.randint(0, 24), dice.randint(0, 59), dice.randint(0, 60)
    noon = dice.choice(["am", "pm", "AM", " PM", " a.m.", "p.m.", "p"])
    clock = dice.choice([
        "", f"{hour}:{minute:02d}", f"{hour:02d}:{minute:02d}:{second:02d}", f"{hour}:{minute}", f"{hour % 13}:{minute:02d}{noon}",
        f"{hour % 13}{noon}", f"{hour}.{minute:02d}", f"{hour}h{minute:02d}", f"{hour:02d}{minute:02d}", f"at {hour}:{minute:02d}",
        f"T{hour:02d}:{minute:02d}:{second:02d}", f"{hour}:{minute:02d}:{second:02d}.{dice.randint(0, 999999)}", "noon",
        f"t{hour:02d}{minute:02d}", "24:00"])
    zone = dice.choice(["", "", "", " ", ""]) + dice.choice(ZONES) if dice.random() < 0.15 else ""
    joint = dice.choice([" ", " ", " ", " ", ", ", "T", "  ", " - ", ""])
    text = f"{date_text}{joint}{clock}{zone}" if dice.random() < 0.7 else f"{clock}{joint}{date_text}{zone}"
    if dice.random() < 0.08:
        text += " " + dice.choice(AFTER)
    if dice.random() < 0.1:
        place = dice.randint(0, len(text))
        text = text[:place] + dice.choice(" -/.,:01Txé()+\t") + text[place + dice.randint(0, 1):]
    return dice.choice(["UTC", "Asia/Almaty", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]), "", text


def formatted(dice: random.Random) -> tuple[str, str, str]:
    """A date by one of many formats, sometimes of another format, sometimes with a slip of the finger."""
    form = dice.choice(FORMATS)
    moment = datetime(dice.randint(1971, 2027), dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23),
                      dice.randint(0, 59), dice.randint(0, 59), tzinfo=UTC)
    letters = {
        "d": "%d", "j": str(moment.day), "m": "%m", "n": str(moment.month), "Y": "%Y", "y": "%y", "H": "%H", "i": "%M",
        "G": str(moment.hour), "h": "%I", "g": str(moment.hour % 12 or 12), "s": "%S", "a": "pm", "A": "AM", "M": "%b",
        "F": "%B", "D": "%a", "l": "%A", "S": "th", "z": str(moment.timetuple().tm_yday - 1), "u": "0815", "#": "/",
        "U": str(int(moment.timestamp())), "e": "Europe/Paris", "T": "CET", "O": "+0200", "P": "+02:00", "?": "x",
        "*": "foo", "+": "junk", "!": "", "|": ""}
    text, escaped = "", False
    for letter in form:
        escaped, text = (False, text + letter) if escaped else (letter == "\\", text + letters.get(letter, letter)
                                                               * (letter != "\\"))
    text = moment.strftime(text)
    if dice.random() < 0.15:
        place = dice.randint(0, len(text))
        text = text[:place] + dice.choice(" -/.019x") + text[place + dice.randint(0, 1):]
    return dice.choice(["UTC", "Asia/Almaty", "Europe/Berlin", "America/New_York"]), form, text


@pytest.mark.php
def test_thousands_of_wild_texts(php: str, seed: int) -> None:
    dice = random.Random(seed)
    cases = [wild(dice) for _ in range(4000)] + [formatted(dice) for _ in range(3000)]
    unsaid = disagreements(php, cases, allowed=BETTER | {"G110"})
    assert unsaid == []
    refused = disagreements(php, cases)     # PHP reads “2017-August-29” as the 2nd, in a zone 29 hours west of Greenwich
    assert len(refused) < 70, refused[:10]


@pytest.mark.php
def test_hours_that_the_clocks_leave_out_or_repeat(php: str) -> None:
    """Every half hour around every change of the clocks, of several zones and years."""
    days = {"Europe/Berlin": ["2024-03-31", "2024-10-27"], "America/New_York": ["2024-03-10", "2024-11-03"],
            "Australia/Lord_Howe": ["2024-04-07", "2024-10-06"], "Asia/Almaty": ["2004-03-28", "2004-10-31", "2024-03-01"],
            "Europe/Dublin": ["2024-03-31", "2024-10-27"], "America/Sao_Paulo": ["2018-02-18", "2018-11-04"],
            "Africa/Casablanca": ["2024-03-10", "2024-04-14"], "Pacific/Apia": ["2011-12-30", "2012-04-01"]}
    cases = [(zone, "", f"{day} {hour:02d}:{minute}") for zone, named in days.items() for day in named
             for hour in range(6) for minute in ("00", "15", "30", "45")]
    assert disagreements(php, cases) == []


def test_a_date_without_quotes_is_the_date_that_it_says() -> None:
    result = parse_date(WrittenDate.read("2019-07-22", 2019, 7, 22), formats=(), zone=ALMATY, now=NOW)
    assert result.moment == datetime(2019, 7, 22, tzinfo=ALMATY)
    assert [problem.code for problem in result.problems] == ["G112"]


def test_a_format_without_a_time_means_midnight() -> None:
    result = read("06/01/2022", "d/m/Y")
    assert result.moment == datetime(2022, 1, 6, tzinfo=ALMATY)
    assert [problem.code for problem in result.problems] == ["G119"]


@pytest.mark.parametrize(("text", "code"), [
    ("garbage", "G110"), ("22/07/2019", "G110"), ("", "G110"), ("0022-07-2019", "G110"), ("31-05-11", "G111"),
    ("2019", "G113"), ("tomorrow", "G114"), ("10:00", "G114"), ("11-05-21", "G115"), ("06/05/2014", "G116"),
    ("31-02-2019", "G117"), ("Thursday 8 July 2012", "G118"), ("x" * 5000, "G110"), ("5 May", "G114"),
])
def test_doubtful_dates_say_so(text: str, code: str) -> None:
    assert code in {problem.code for problem in read(text).problems}


@pytest.mark.parametrize("value", [True, [1], {"a": 1}, 10**30, -5, float("inf"), "9" * 400, "\0", "@" + "9" * 14])
def test_nothing_raises(value: object) -> None:
    assert parse_date(value, formats=("d-m-Y",), zone=ALMATY, now=NOW).problems


def test_a_number_is_a_unix_time_or_a_year() -> None:
    assert parse_date(1563789600, formats=(), zone=UTC, now=NOW).moment == datetime(2019, 7, 22, 10, tzinfo=UTC)
    assert parse_date(2019, formats=(), zone=UTC, now=NOW).moment == datetime(2019, 1, 1, tzinfo=UTC)


def test_plain_dates_carry_no_problem() -> None:
    assert read("22-07-2019 10:00") == DateResult(datetime(2019, 7, 22, 10, tzinfo=ALMATY))
    assert date(2019, 7, 22) == read("2019-07-22").moment.date()  # type: ignore[union-attr]
