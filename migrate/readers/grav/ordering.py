"""Grav's two orders of names: ICU collation for pages, PHP's natural order for media."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cmp_to_key, lru_cache

_PUNCTUATION = {mark: rank for rank, mark in enumerate("_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$", start=1)}
_FOLDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "ı": "i", "þ": "th"})
_RUNS = re.compile(r"(\d+)")
_DIGITS = 1000
_LETTERS = 2000

_HIGHEST = 0x10FFFF

Collated = tuple[str, str, str]
"""Texts, because there are many of them at once, and tuples of numbers take ten times the room."""


def collation_key(text: str) -> Collated:
    """A sort key as ICU's root collation with numeric order gives (Grav: Pages::buildSort).

    White space, punctuation, digits by value, letters; accents and case only break ties, lower case first.
    """
    primary: list[str] = []
    bare = _without_accents(text.casefold()).translate(_FOLDED)
    for part in _RUNS.split(bare):
        if part.isdecimal():
            digits = str(int(part[:4000]))
            primary.append(f"{chr(_DIGITS)}{chr(len(digits))}{digits}")  # the longer number is the larger one
        else:
            primary.append(part.translate(_WEIGHTS))
    return "".join(primary), text.casefold(), text.swapcase()


def _without_accents(text: str) -> str:
    """Latin and Greek letters without their marks; other scripts keep theirs (й is a letter of its own)."""
    if text.isascii():
        return text
    kept = []
    for character in unicodedata.normalize("NFC", text):
        base = unicodedata.normalize("NFD", character)[0]
        kept.append(base if base < "\u0400" else character)
    return "".join(kept)


class _Weights(dict[int, str]):
    """Character → one that sorts where it belongs; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            weight = 0
        else:
            weight = _PUNCTUATION.get(character) or (_LETTERS if character.isalpha() else 100) + code
        self[code] = chr(min(weight, _HIGHEST))
        return self[code]


_WEIGHTS = _Weights()


def natural_order(names: Iterable[str]) -> list[str]:
    """Sort names as PHP's strnatcasecmp does (Grav: AbstractMedia::orderMedia)."""
    return sorted(sorted(names), key=cmp_to_key(_compare_natural))


@lru_cache(maxsize=65536)
def _tokens(name: str) -> tuple[tuple[int, str], ...]:
    tokens: list[tuple[int, str]] = []
    for part in _RUNS.split("".join(name.split())):
        if part.isdecimal() and part.isascii():
            tokens.append((ord("0"), part if tokens else part.lstrip("0") or "0"))
        else:
            tokens.extend((ord(letter), "") for letter in part.upper())
    return tuple(tokens)


def _compare_natural(left: str, right: str) -> int:
    ours, theirs = _tokens(left), _tokens(right)
    for (a, digits), (b, others) in zip(ours, theirs, strict=False):
        if a != b:
            return -1 if a < b else 1
        if digits != others:
            return _compare_runs(digits, others)
    return len(ours) - len(theirs)


def _compare_runs(a: str, b: str) -> int:
    """Numbers by value; after a leading zero digit by digit, as fractions."""
    if a.startswith("0") or b.startswith("0"):
        return -1 if a < b else 1
    return -1 if (len(a), a) < (len(b), b) else 1
