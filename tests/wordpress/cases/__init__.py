"""Bodies and what becomes of them, as tables of cases. blocks.txt: name, version of WordPress, findings; the body; the
blocks, in which `«url x»` and `«id x»` stand for what only the target knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_CASE = re.compile(r"^##### ([^|\n]+) \| (\d+)\.(\d+) \| ?([^\n]*)\n(.*?)\n#####\n(.*?)\n(?=\n##### |\Z)",
                   re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    """One body."""

    name: str
    version: tuple[int, int]
    codes: list[str]
    body: str
    blocks: str


def shown(text: str) -> str:
    """A text with its references made visible."""
    return re.sub("\ufdd0([a-z_]+) ([^\ufdd1]*)\ufdd1", r"«\1 \2»", text)


def filled(text: str) -> str:
    """A text with references as a target would fill them in."""
    numbers: dict[str, int] = {}

    def value(match: re.Match[str]) -> str:
        if match[1] == "id":
            return str(numbers.setdefault(match[2], len(numbers) + 1))
        return "https://new.example.org/" + re.sub(r"[^\w/.]", "-", match[2])

    return re.sub("\ufdd0([a-z_]+) ([^\ufdd1]*)\ufdd1", value, text)


def cases() -> list[Case]:
    """All of blocks.txt."""
    text = Path(__file__).with_name("blocks.txt").read_text(encoding="utf-8")
    return [Case(name, (int(major), int(minor)), codes.split(), body, blocks)
            for name, major, minor, codes, body, blocks in _CASE.findall(text)]
