"""The plain front matter of most pages, read line by line: keys, words, quoted words, simple lists and maps.

It reads only what the strict dialect reads in the same way, and gives up on everything else. It exists because a
site has thousands of such headers; `blocks.parse_blocks` is the rule.
"""

from __future__ import annotations

import re
from typing import Any

from migrate.readers.grav.yaml.flow import Dialect, parse_flow
from migrate.readers.grav.yaml.scalars import YamlError, evaluate

_LINE = re.compile(r"( *)(?:([A-Za-z_][A-Za-z0-9_.@-]*):(?: +(.+))?|- +(.+))", re.ASCII)
_BRACKET = re.compile(r"[\[\]{}]")
_ODD_KEYS = frozenset({"true", "false", "null"})
_DEPTH = 12
_UNSURE: Any = object()
_MARKS = frozenset("@`|>%&*!?,#]}:'\"")


def read_quick(text: str) -> tuple[dict[str, Any], dict[str, int]] | None:
    """The map that `text` holds and the line (from 0) of each key at its top, or None where it is not plain."""
    if "\t" in text:
        return None
    reader = _Reader()
    for number, written in enumerate(text.split("\n")):
        line = written.rstrip(" ")
        if not line or line[0] == "#":
            if written and reader.open_key is not None:
                return None
        elif not reader.take(line, number):
            return None
    return (reader.top, reader.key_lines) if reader.top else None


_KEYS: dict[str, str] = {}
"""Each key that was met: thousands of pages share the texts of a few keys."""


class _Reader:
    """The maps and lists that are open, innermost last, each with its indentation."""

    __slots__ = ("holders", "key_lines", "open_key", "top")

    def __init__(self) -> None:
        self.top: dict[str, Any] = {}
        self.key_lines: dict[str, int] = {}
        self.holders: list[tuple[int, Any]] = [(0, self.top)]
        self.open_key: str | None = None  # a key whose block, if any, comes next

    def take(self, line: str, number: int) -> bool:
        """Read one line; False where it is not plain."""
        match = _LINE.fullmatch(line)
        if match is None:
            return False
        spaces, key, plain, item = match.groups()
        holder = self._holder_at(len(spaces), in_list=key is None)
        if holder is None:
            return False
        if key is None:
            value = _value(item)
            holder.append(value)
            return value is not _UNSURE and item[-1] != ":"
        if key in holder or key.lower() in _ODD_KEYS:
            return False
        if holder is self.top:
            self.key_lines[key] = number
        key = _KEYS.setdefault(key, key)
        if plain is None:
            self.open_key = key
            holder[key] = None
            return True
        holder[key] = value = _value(plain)
        return value is not _UNSURE

    def _holder_at(self, indent: int, *, in_list: bool) -> Any:
        """The map or list that a line of this indentation belongs to; None where there is no such."""
        holders = self.holders
        margin, holder = holders[-1]
        if self.open_key is not None:
            if len(holders) > _DEPTH:
                return None
            if indent > margin or (indent == margin and in_list):
                opened: Any = [] if in_list else {}
                holder[self.open_key] = opened
                holders.append((indent, opened))
                self.open_key = None
                return opened
            self.open_key = None
        while len(holders) > 1 and (margin > indent or (margin == indent and not in_list and type(holder) is list)):
            holders.pop()
            margin, holder = holders[-1]
        return holder if margin == indent and (type(holder) is list) == in_list else None


def _value(plain: str) -> Any:
    first = plain[0]
    if first in "'\"":
        inner = plain[1:-1]
        if len(plain) < 2 or plain[-1] != first or "\\" in inner:
            return _UNSURE
        if first not in inner:
            return inner
        return inner.replace("''", "'") if first == "'" and "'" not in inner.replace("''", "") else _UNSURE
    if first in "[{":
        return _bracketed(plain)
    if first in _MARKS or ": " in plain or " #" in plain or (first == "-" and plain[1:2] == " "):
        return _UNSURE
    return evaluate(plain)


def _bracketed(plain: str) -> Any:
    if plain[-1] not in "]}" or "  " in plain or "#" in plain or _BRACKET.search(plain, 1, len(plain) - 1):
        return _UNSURE
    try:
        return parse_flow(plain, Dialect(strict=True))
    except YamlError:
        return _UNSURE
