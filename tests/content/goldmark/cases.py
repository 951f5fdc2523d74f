"""Cases as text files: what an author wrote, and what Hugo gets.

    %%% title [switches]
    input
    %%%
    output

Switches: `extra`, `breaks`, `urls`, `notices`, `shortcodes` for the page's dialect; `hard` for Hugo's hard wraps.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from migrate.content.goldmark import GoldmarkOptions
from migrate.model.document import Dialect

FOLDER = Path(__file__).parent / "cases"
_CASE = re.compile(r"^%%% (?P<title>[^\[\n]+?)(?: \[(?P<switches>[\w ]+)\])?\n(?P<given>.*?)^%%%\n(?P<wanted>.*?)(?=^%%% |\Z)",
                   re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    """One of them; `subject` is its file's name."""

    subject: str
    title: str
    given: str
    wanted: str
    dialect: Dialect
    options: GoldmarkOptions


def cases() -> list[Case]:
    """All cases, in the order of their files."""
    return [_case(file.stem, match) for file in sorted(FOLDER.glob("*.txt"))
            for match in _CASE.finditer(file.read_text(encoding="utf-8"))]


def _case(subject: str, match: re.Match[str]) -> Case:
    switches = set((match["switches"] or "").split())
    dialect = Dialect(extra="extra" in switches, auto_line_breaks="breaks" in switches, auto_url_links="urls" in switches,
                      notices=("yellow", "red", "blue", "green") if "notices" in switches else (),
                      shortcodes=frozenset({"u", "center"}) if "shortcodes" in switches else frozenset())
    options = GoldmarkOptions(extra="extra" in switches, hard_wraps="hard" in switches)
    return Case(subject, match["title"], match["given"].rstrip("\n") + "\n", match["wanted"].rstrip("\n") + "\n", dialect,
                options)
