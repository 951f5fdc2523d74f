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


def disagreements(php: str, cases: list[tuple[str, str, str]]) -> list[str]:
    found = []
    for (zone, form, text), theirs in zip(cases, php_answers(php, cases), strict=True):
        result = read(text, form, zone)
        ours = int(result.moment.timestamp()) if result.moment else None
        codes = {problem.code for problem in result.problems}
        if ours != theirs and not codes & {"G113", "G114"}:
            found.append(f"{text!r} by {form!r} in {zone}: PHP {theirs}, ours {ours} {codes}")
    return found


@pytest.mark.php
def test_every_pattern_of_the_census(php: str) -> None:
    assert disagreements(php, [("Asia/Almaty", form, text.strip("'")) for form, text in CENSUS]) == []


@pytest.mark.php
def test_thousands_of_generated_dates(php: str) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    assert disagreements(php, [generated(dice) for _ in range(6000)])[:10] == []


def generated(dice: random.Random) -> tuple[str, str, str]:
    """A date as authors write it, in one of many spellings."""
    year, month, day = dice.randint(1971, 2027), dice.randint(1, 12), dice.randint(1, 28)
    hour, minute, second = dice.randint(0, 23), dice.randint(0, 59), dice.randint(0, 59)
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


@pytest.mark.php
def test_hours_that_the_clocks_leave_out_or_repeat(php: str) -> None:
    texts = ["2024-03-31 02:30", "2024-10-27 02:30", "31-03-2024 02:00", "2024-03-10 02:15", "2024-11-03 01:30"]
    cases = [(zone, "", text) for text in texts for zone in ("Europe/Berlin", "America/New_York")]
    assert disagreements(php, cases) == []


def test_a_date_without_quotes_is_the_date_that_it_says() -> None:
    result = parse_date(WrittenDate.read("2019-07-22", 2019, 7, 22), formats=(), zone=ALMATY, now=NOW)
    assert result.moment == datetime(2019, 7, 22, tzinfo=ALMATY)
    assert [problem.code for problem in result.problems] == ["G112"]


def test_a_format_without_a_time_means_midnight() -> None:
    assert read("06/01/2022", "d/m/Y").moment == datetime(2022, 1, 6, tzinfo=ALMATY)


@pytest.mark.parametrize(("text", "code"), [
    ("garbage", "G110"), ("22/07/2019", "G110"), ("", "G110"), ("0022-07-2019", "G110"), ("31-05-11", "G111"),
    ("2019", "G113"), ("tomorrow", "G114"), ("10:00", "G114"), ("11-05-21", "G115"),
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
