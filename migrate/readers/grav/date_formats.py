"""PHP's DateTime::createFromFormat: a text read by a format of single letters (`d-m-Y H:i`)."""

from __future__ import annotations

import re
from functools import lru_cache

from migrate.readers.grav.moment import MONTHS, WEEKDAYS, Parts, UnreadableError, full_year, zone_named

_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > 2), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))

LETTERS = {
    "d": r"(?P<d>\d{1,2})", "j": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "n": r"(?P<m>\d{1,2})",
    "Y": r"(?P<Y>\d{1,4})", "y": r"(?P<y>\d\d)", "M": rf"(?P<M>{_MONTH})", "F": rf"(?P<M>{_MONTH})",
    "H": r"(?P<H>\d{1,2})", "G": r"(?P<H>\d{1,2})", "h": r"(?P<h>\d{1,2})", "g": r"(?P<h>\d{1,2})",
    "i": r"(?P<i>\d\d)", "s": r"(?P<s>\d\d)", "u": r"(?P<u>\d{1,6})", "v": r"(?P<u>\d{1,3})",
    "a": r"(?P<a>[ap]\.?m\.?)", "A": r"(?P<a>[ap]\.?m\.?)", "D": rf"(?:{_WEEKDAY})", "l": rf"(?:{_WEEKDAY})",
    "S": r"(?:st|nd|rd|th)", "z": r"(?P<z>\d{1,3})", "U": r"(?P<U>-?\d+)",
    **dict.fromkeys("eTOPp", r"(?P<e>[+-]\d\d?:?\d\d|\(?[A-Za-z]+(?:/[A-Za-z_+-]+)*\)?)"),
    "?": r"[\s\S]", "*": r"[^\s,;:/.\\()-]*", "#": r"[;:/.,()-]", "+": r"[\s\S]*", "!": "", "|": "", " ": r"[ \t]*",
}


@lru_cache(maxsize=64)
def _pattern(form: str) -> re.Pattern[str] | None:
    """The format as a pattern; None where a letter is unknown or given twice."""
    pieces, escaped = [], False
    for letter in form:
        if escaped or letter not in LETTERS:
            pieces += [re.escape(letter)] if escaped or letter != "\\" else []
            escaped = letter == "\\" and not escaped
        else:
            pieces.append(LETTERS[letter])
    try:
        return re.compile("".join(pieces), re.IGNORECASE | re.ASCII)
    except re.error:
        return None


def parse_by_format(text: str, form: str) -> Parts:
    """The parts that `text` names by `form`; UnreadableError where it does not fit. No time named: 00:00."""
    pattern = _pattern(form)
    match = pattern.fullmatch(text) if pattern else None
    if match is None:
        raise UnreadableError(f"“{text}” is not of the form {form}")
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    parts = Parts(timestamp=int(found["U"]) if "U" in found else None)
    if found.keys() & set("dmMYyz"):
        parts.year = int(found["Y"]) if "Y" in found else full_year(found["y"]) if "y" in found else None
        parts.month = MONTHS[found["M"].lower()] if "M" in found else int(found["m"]) if "m" in found else None
        parts.day = int(found["d"]) if "d" in found else None
    if "z" in found:
        parts.month, parts.day = 1, int(found["z"]) + 1
    parts.set_time(_hour(found), int(found.get("i", 0)), int(found.get("s", 0)), int(found.get("u", "0").ljust(6, "0")))
    if "e" in found and (zone := zone_named(found["e"])) is not None:
        parts.zone = zone
    elif "e" in found:
        raise UnreadableError(f"there is no time zone “{found['e']}”")
    return parts


def _hour(found: dict[str, str]) -> int:
    if "h" not in found:
        return int(found.get("H", 0))
    hour = int(found["h"])
    if not 1 <= hour <= 12:
        raise UnreadableError(f"{hour} is no hour of a twelve-hour clock")
    return hour % 12 + (12 if found.get("a", "a").lower().startswith("p") else 0)
