"""Names and addresses as Hugo makes them: which file names are safe, what Hugo calls them, what it cannot say.

Hugo lowers the case of a content path, turns blanks into hyphens and drops most punctuation. We give it only
names that it leaves alone, so that the address it will choose is known, and say `url:` wherever the old
address is another one. Every rule here was tried on real Hugo; tests/writers/hugo does it again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from migrate.mappers.addresses import possible_part
from migrate.model.resource import digest_of

LONGEST = 180
"""Bytes of a file name: leaves room for a language, an extension and a number below the usual 255."""

RESERVED = frozenset({"index", "_index", "_content"})
"""Names that make a file the page of its folder instead of a page of its own."""

_SAFE = re.compile(r"[a-z0-9_+-]+")

CONTENT_EXTENSIONS = frozenset({
    "ad", "adoc", "asciidoc", "gotmpl", "htm", "html", "markdown", "md", "mdown", "org", "pandoc", "pdc", "rest", "rst",
})
"""Files that Hugo takes for pages: in a bundle they are refused (`html`, `org`) or never reach the visitor."""


_IMPOSSIBLE = re.compile(r"[%?\\\x00-\x1f\x7f]")


@lru_cache(maxsize=65536)
def clean_name(name: str) -> str:
    """A file or folder name that Hugo publishes exactly as it is: letters, digits, `-`, `_` and `+`.

    `About Us` → `about-us`, `C++` stays, `five.six` → `five-six` (a dot could be taken for a language).
    """
    if _SAFE.fullmatch(name) and len(name) <= LONGEST and name not in RESERVED:
        return name
    kept = "".join(letter if _is_kept(letter) else "-" for letter in name.lower())
    if kept != name:
        kept = re.sub("-{2,}", "-", kept).strip("-")
    kept = kept or "page"
    if len(kept.encode("utf-8", "replace")) > LONGEST:
        kept = kept.encode("utf-8", "replace")[: LONGEST - 9].decode("utf-8", "ignore") + "-" + digest_of(name)[:8]
    return f"{kept.strip('_')}-page" if kept in RESERVED else kept


def _is_kept(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in "-_+"
    category = unicodedata.category(letter)
    return (category[0] in "LM" and letter == letter.lower()) or category == "Nd"


def unique_name(name: str, taken: Collection[str]) -> str:
    """`name`, or the first of `name-2`, `name-3` … that is not taken."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def hugo_address(folder: str, language: str, *, in_subfolder: bool) -> str:
    """The address that Hugo itself gives to the page at `folder` (`news/silk-road`, "" the home page)."""
    prefix = f"/{language.lower()}" if language and in_subfolder else ""
    return f"{prefix}/{folder}/" if folder else f"{prefix}/"


def is_possible(address: str) -> bool:
    """Whether Hugo can publish something at an address.

    `%` stops Hugo (or, doubled, ends up doubled in the file's name); `?` is printed bare, so that the rest of
    the address is taken for a query. A part must be possible as a folder's name.
    """
    return not _IMPOSSIBLE.search(address) and not any(part in (".", "..") or possible_part(part) != part
                                                       for part in address.split("/"))


def url_value(address: str) -> str:
    r"""An address as the front matter key `url` takes it: a colon would begin a placeholder (`:year`)."""
    return address.replace(":", "\\:")


def bundle_folder(address: str) -> str:
    """Where the files of a page's bundle are published: its address, without `.html` when it has that."""
    if address.endswith("/"):
        return address
    head, _, last = address.rpartition("/")
    stem, dot, _ = last.rpartition(".")
    return f"{head}/{stem if dot else last}/"


def resource_key(name: str) -> str:
    """What Hugo takes for the same file: two files of one bundle with equal keys, and one is lost."""
    parts = [_normal(part) for part in name.split("/")]
    return "/".join(parts)


def _normal(name: str) -> str:
    if name.isascii() and _SAFE.fullmatch(name.replace(".", "")):
        return name
    return "".join("-" if letter.isspace() else letter for letter in name.lower()
                   if letter.isspace() or letter in ".-_#+~@" or _is_kept(letter))


def is_publishable(name: str, languages: Collection[str]) -> bool:
    """Whether a file of this name, put into a bundle, is published under its name, for every language.

    No: pages (`CONTENT_EXTENSIONS`), names that Hugo skips (`.x`, `#x#`, `x~`), names with a percent sign, of whose
    address Hugo makes an error that ends the build, and `photo.ru.jpg` where `ru` is a language: it would be shown
    in that language only, instead of `photo.jpg`.
    """
    stem, _, extension = name.rpartition(".")
    if extension.lower() in CONTENT_EXTENSIONS and stem:
        return False
    if name[0] in ".#" or name[-1] in "~#" or "\\" in name or "%" in name:
        return False
    return stem.rpartition(".")[2].lower() not in languages or "." not in stem


def term_key(name: str) -> str | None:
    """The last part of a term's address; None for a term that Hugo gives no address, or a wrong one."""
    parts = [_normal(part) for part in name.replace("\\", "-").split("/")]
    usable = any(parts) and ".." not in parts and all(possible_part(part) == part for part in parts)
    return "/".join(part for part in parts if part) if usable else None
