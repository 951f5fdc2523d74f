"""Slugs as WordPress makes them, so that what it answers can be compared with what was asked for.

WordPress: `sanitize_title` and `wp_unique_post_slug` in wp-includes/formatting.php and post.php. The tests compare
with the PHP of a real WordPress, letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

LONGEST = 200
"""Bytes of a slug, percent-encoding included."""

_ACCENTED = re.compile(
    "[\u00a3\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b"
    "\u0251\u1ea0-\u1ef9\u20ac]"
)
_NOT_BY_PARTS = {
    "£": "", "Æ": "AE", "Ð": "D", "Ø": "O", "Þ": "TH", "ß": "s", "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "Đ": "D",
    "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "ĸ": "k", "Ŀ": "L", "ŀ": "l", "Ł": "L", "ł": "l", "ŉ": "n", "Ŋ": "N",
    "ŋ": "n", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t", "ɑ": "a", "€": "E",
}
"""Letters that Unicode does not take apart, or not as WordPress does."""

_TAG = re.compile(r"<(?![\s<>])[^<>]*>?")
_OCTET = re.compile(r"%([0-9A-Fa-f]{2})")
_GUARDED = re.compile(r"---([0-9A-Fa-f]{2})---")
_BLANKS_AND_DASHES = re.compile(
    "%c2%a0|%e2%80%9[34]|%e2%80%8[0-9a]|%e2%80%a[89f]|/|&nbsp;|&#160;|&[nm]dash;|&#821[12];"
)
_STRIPPED = re.compile(
    "%c2%a[19bde]|%c2%b[04bf]|%e2%80%(?:b[9a]|9[89c-f]|9[ab]|a[26]|8[b-f]|a[abcde])|%e2%84%a2|%cb%8a|%cc%8[014c]|%cd%81"
    "|%ef%bb%bf|%ef%bf%bc"
)
_ENTITY = re.compile(r"&.+?;")
_FOREIGN = re.compile(r"[^%a-z0-9 _-]")
_SPACES = re.compile(r"\s+", re.ASCII)
_DASHES = re.compile("-{2,}")
_FEEDS = frozenset({"feed", "rdf", "rss", "rss2", "atom", "embed"})
_NUMBERED = re.compile(r"(?:page)?[0-9]+\Z")


@lru_cache(maxsize=65536)
def sanitize_title(text: str) -> str:
    """The slug that WordPress stores for a slug or title: percent-encoded in lower case, "" where nothing is left."""
    text = _TAG.sub("", without_accents(text)) if "<" in text else without_accents(text)
    text = _GUARDED.sub(r"%\1", _OCTET.sub(r"---\1---", text).replace("%", ""))
    text = _encoded(_lower(text)).lower()
    text = _BLANKS_AND_DASHES.sub("-", text)
    text = _STRIPPED.sub("", text).replace("%c3%97", "x")
    text = _ENTITY.sub("", text).replace(".", "-")
    text = _DASHES.sub("-", _SPACES.sub("-", _FOREIGN.sub("", text)))
    return text.strip("-")


def is_kept_back(slug: str, *, page: bool, structure: str = "") -> bool:
    """Whether WordPress would put a number behind a slug although nobody has it: feeds, and what looks like a date.

    `structure` is the permalink structure where it is known (`/%year%/%postname%/`).
    """
    if slug in _FEEDS:
        return True
    if page:
        return _NUMBERED.match(slug) is not None
    return slug.isascii() and slug.isdigit() and _looks_like_a_date(int(slug), structure)


def free_slug(wish: str, taken: Callable[[str], bool]) -> str:
    """The first of `a`, `a-2`, `a-3` … that nobody has; shortened so that the number has room."""
    if not taken(wish):
        return wish
    number = 2
    while taken(candidate := f"{_cut(wish, LONGEST - len(str(number)) - 1)}-{number}"):
        number += 1
    return candidate


def _looks_like_a_date(number: int, structure: str) -> bool:
    """WordPress: wp_unique_post_slug, “Prevent new post slugs that could result in URLs that conflict”."""
    parts = [part for part in structure.split("/") if part]
    if not structure or "%postname%" not in parts:
        return False
    place = parts.index("%postname%")
    before = parts[place - 1] if place else ""
    return place == 0 or (before == "%year%" and number < 13) or (before == "%monthnum%" and number < 32)


def without_accents(text: str) -> str:
    """WordPress: remove_accents, for a site without a language of its own rules."""
    if text.isascii():
        return text
    return _ACCENTED.sub(_plain_letter, unicodedata.normalize("NFC", text))


def _plain_letter(match: re.Match[str]) -> str:
    letter = match[0]
    if letter in _NOT_BY_PARTS:
        return _NOT_BY_PARTS[letter]
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def _lower(text: str) -> str:
    """PHP's mb_strtolower, which up to 8.2 knows no sigma at the end of a word."""
    return text.replace("Σ", "σ").lower()


def _encoded(text: str) -> str:
    """Percent-encoded beyond ASCII, cut where the next letter would pass the longest slug."""
    if text.isascii():
        return text[:LONGEST]
    pieces: list[str] = []
    room = LONGEST
    for letter in text:
        piece = letter if letter.isascii() else "".join(f"%{byte:x}" for byte in letter.encode("utf-8", "replace"))
        if len(piece) > room:
            break
        room -= len(piece)
        pieces.append(piece)
    return "".join(pieces)


def _cut(slug: str, length: int) -> str:
    """A slug of at most so many bytes that ends with a whole letter."""
    if len(slug) <= length:
        return slug
    return re.sub(r"%[0-9a-f]?\Z", "", _whole_letters(slug[:length])).rstrip("-")


def _whole_letters(slug: str) -> str:
    """Without the begun sequence of a letter at its end."""
    match = re.search(r"(?:%[0-9a-f]{2})+%?[0-9a-f]?\Z", slug)
    if match is None:
        return slug
    octets = bytes.fromhex("".join(re.findall("%([0-9a-f]{2})", match[0])))
    whole = octets.decode("utf-8", "ignore").encode()
    return slug[: match.start()] + "".join(f"%{byte:x}" for byte in whole)
