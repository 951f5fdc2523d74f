"""Cases as data: a text, the switches it is read with, and the HTML that the real Parsedown made of it.

`cases/*.jsonl` hold one object a line: `{"title", "switches", "text", "html"}`. A line without `html` is a new case;
`python -m tests.content.parsedown_cases` asks Parsedown for what is missing and writes it in.

Switches: `extra`, `breaks`, `urls`, `notices`, `shortcodes`, `twig`, `escape`, `special`, apart by blanks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from migrate.model.document import Dialect

FOLDER = Path(__file__).parent / "cases"
SWITCHES: dict[str, dict[str, Any]] = {
    "extra": {"extra": True}, "breaks": {"auto_line_breaks": True}, "urls": {"auto_url_links": True},
    "notices": {"notices": ("yellow", "red", "blue", "green")}, "twig": {"twig": True}, "escape": {"escape_markup": True},
    "shortcodes": {"shortcodes": frozenset(("u", "fa", "center", "raw", "color", "ui-tabs"))},
    "special": {"special_chars": (("<", "lt"), (">", "gt"), ('"', "quot"))},
}


class Case(NamedTuple):
    """One of them; `subject` is its file's name."""

    subject: str
    title: str
    text: str
    dialect: Dialect
    html: str


def cases() -> list[Case]:
    """All cases, in the order of their files."""
    return [Case(file.stem, record["title"], record["text"], dialect_of(record.get("switches", "")), record.get("html", ""))
            for file in sorted(FOLDER.glob("*.jsonl")) for record in _records(file)]


def dialect_of(switches: str) -> Dialect:
    """The dialect with these switches on."""
    chosen: dict[str, Any] = {}
    for name in switches.split():
        chosen |= SWITCHES[name]
    return Dialect(**chosen)


def switches_of(dialect: Dialect) -> str:
    """The switches that make this dialect."""
    return " ".join(name for name, fields in SWITCHES.items()
                    if all(getattr(dialect, field) == value for field, value in fields.items()))


def line(record: dict[str, str]) -> str:
    """A case as a line of its file."""
    return json.dumps({key: record[key] for key in ("title", "switches", "text", "html") if key in record},
                      ensure_ascii=False)


def _records(file: Path) -> list[dict[str, str]]:
    return [json.loads(text) for text in file.read_text(encoding="utf-8").split("\n") if text]


def main() -> None:
    """Fill in what Parsedown says, where it is missing."""
    from tests.content.parsedown_oracle import Parsedown

    with Parsedown() as parsedown:
        for file in sorted(FOLDER.glob("*.jsonl")):
            records = _records(file)
            for record in records:
                if "html" not in record:
                    record["html"] = parsedown.render(record["text"], dialect_of(record.get("switches", ""))) or ""
            file.write_text("".join(line(record) + "\n" for record in records), encoding="utf-8")


if __name__ == "__main__":
    main()
