"""What the names of folders and files say: order, slug, template, language."""

from __future__ import annotations

import re
from typing import NamedTuple

_ORDER = re.compile(r"([0-9]+)\.")
_SURROGATE = re.compile(r"[\udc80-\udcff]")


class PageName(NamedTuple):
    """The parts of a page file's name: `item.kk.md` is template `item`, language `kk`; `item.md` has language ""."""

    template: str
    language: str


def order_of(folder_name: str) -> int | None:
    """The number before a folder's name, `02.news` → 2 (Grav: PAGE_ORDER_PREFIX_REGEX)."""
    match = _ORDER.match(folder_name)
    return int(match[1][-18:]) if match else None


def without_order(folder_name: str) -> str:
    """A folder's name without its number: `02.news` → `news`, `01.` → ``."""
    match = _ORDER.match(folder_name)
    return folder_name[match.end():] if match else folder_name


def page_name(file_name: str) -> PageName | None:
    """Take the name of a page file apart; None where Grav could never take it for one (Grav: Pages::recurse).

    The template holds no dot and the tail is `.md` in lower case: `my.new.page.md` and `README.MD` are none.
    """
    parts = file_name.split(".")
    if parts[-1] != "md" or not 2 <= len(parts) <= 3:
        return None
    return PageName(parts[0], parts[1] if len(parts) == 3 else "")


def upper_first(text: str) -> str:
    """PHP's ucfirst, which knows ASCII letters only: `über` stays."""
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def readable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 (surrogates, in Python) are taken for Latin-1."""
    if name.isascii() or not _SURROGATE.search(name):
        return name
    return name.encode("utf-8", "surrogateescape").decode("latin-1")
