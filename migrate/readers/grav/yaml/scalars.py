"""Scalars of Grav's YAML: what an unquoted word means, and what stands between quotes.

Rules: Symfony YAML 4.4 Inline/Unescaper (strict) and the older ones of RocketTheme Compat (lenient). `yes`, `no`,
`on`, `off` are words. Unlike Grav, a date without quotes is kept as a date that remembers how it was written.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

SPACE = " \t\n\r\0\x0b"                   # what PHP's trim() takes off
MAX_INT = 2**63 - 1


class YamlError(ValueError):
    """The text is not YAML in the dialect asked for. `line` counts from 0 in the text, -1 where unknown."""

    def __init__(self, why: str, line: int = -1) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


class TooDeepError(YamlError):
    """The text nests or unfolds beyond what anybody means: reading it in another way would not help."""


class WrittenDate(date):
    """A date written without quotes. `str()` gives it as the author wrote it."""

    text: str

    @classmethod
    def read(cls, text: str, year: int, month: int, day: int) -> WrittenDate:
        """A date with the words it was written in; ValueError where the calendar has no such day."""
        made = cls(year, month, day)
        made.text = text
        return made

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return WrittenDate.read, (self.text, self.year, self.month, self.day)


class WrittenDatetime(datetime):
    """A date and time written without quotes, aware only where an offset was written."""

    text: str

    @classmethod
    def read(cls, text: str, *parts: Any) -> WrittenDatetime:
        """A moment with the words it was written in; `parts` as for `datetime`."""
        made = cls(*parts)
        made.text = text
        return made

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return WrittenDatetime.read, (self.text, self.year, self.month, self.day, self.hour, self.minute,
                                      self.second, self.microsecond, self.tzinfo)

    def __reduce_ex__(self, _protocol: Any) -> tuple[Any, ...]:
        return self.__reduce__()


class Numbers(NamedTuple):
    """How one dialect writes numbers."""

    octal: re.Pattern[str]
    hexadecimal: re.Pattern[str]
    grouped: re.Pattern[str]
    group: str


STRICT = Numbers(re.compile(r"-?0[0-7]+"), re.compile(r"0x[0-9a-f_]+", re.IGNORECASE),
                 re.compile(r"[+-]?[0-9][0-9_]*(\.[0-9_]+)?"), "_")
LENIENT = Numbers(re.compile(r"-?0[0-9]*"), re.compile(r"0x[0-9a-f]+", re.IGNORECASE),
                  re.compile(r"[+-]?[0-9,]+(\.[0-9]+)?"), ",")

_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_UNDERSCORED = re.compile(r"[+-]?[0-9][0-9_]*")
_NUMERIC = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?"
    r"(?:[ \t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
            "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
            "P": "\u2029"}


def evaluate(text: str, *, strict: bool = True) -> Any:
    """What an unquoted word (stripped of spaces, comment gone) means: text unless it is one of the special forms.

    Tags and references are the caller's business.
    """
    first = text[:1]
    if first in "0123456789+-.":
        if first:
            return _number_or_date(text, STRICT if strict else LENIENT)
        return None
    if len(text) < 6 and first in "nNtTfF~":
        return _WORDS.get(text.lower(), text)
    return text


def _number_or_date(text: str, numbers: Numbers) -> Any:
    digits = text
    if numbers is STRICT and "_" in text and _UNDERSCORED.fullmatch(text):
        digits = text.replace("_", "")
    if digits.isascii() and digits.removeprefix("-").isdigit():
        return _integer(digits, numbers)
    if numbers.hexadecimal.fullmatch(digits):
        return _within_range(int(digits.replace("_", "")[2:] or "0", 16)) if digits[1] == "x" else 0.0
    if _NUMERIC.fullmatch(digits):
        return _finite(digits, text)
    if numbers.grouped.fullmatch(digits) and digits.strip("+-,"):
        return _finite(digits.replace(numbers.group, ""), text)
    return _written_date(text)


def _integer(digits: str, numbers: Numbers) -> int | float | str:
    if numbers.octal.fullmatch(digits):
        kept = re.sub("[^0-7]", "", digits)       # PHP: octdec() skips what is no octal digit
        value = int(kept or "0", 8)
        return _within_range(-value if digits[0] == "-" and numbers is STRICT else value)
    value = int(digits) if len(digits) < 21 else MAX_INT + 1
    return value if -MAX_INT - 1 <= value <= MAX_INT and str(value) == digits else digits


def _within_range(value: int) -> int | float:
    return value if abs(value) <= MAX_INT else float(min(value, 10**308))


def _finite(digits: str, text: str) -> float | str:
    """A number that a file can hold: infinity stays the word that was written."""
    value = float(digits)
    return value if math.isfinite(value) else text


def _written_date(text: str) -> Any:
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour, minute, second, fraction, zone, sign, zone_hour, zone_minute = match.groups()
    try:
        if hour is None:
            return WrittenDate.read(text, int(year), int(month), int(day))
        offset = None
        if zone:
            shift = timedelta(hours=int(zone_hour or 0), minutes=int(zone_minute or 0))
            offset = timezone(-shift if sign == "-" else shift)
        return WrittenDatetime.read(text, int(year), int(month), int(day), int(hour), int(minute), int(second),
                                    int(((fraction or "") + "000000")[:6]), offset)
    except ValueError:
        return text


def unescape(text: str, *, strict: bool = True) -> str:
    """The text between double quotes. YamlError for a backslash that means nothing (lenient: it stays)."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _escaped(match[1], strict), text)


def _escaped(code: str, strict: bool) -> str:
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    known = _ESCAPES.get(code)
    if known is not None:
        return known
    if strict:
        raise YamlError(f"unknown escape \\{code}")
    return "\\" + code
