"""Footnotes of Markdown Extra: `[^label]: note` anywhere, `[^label]` where it is mentioned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrate.content.inline_nodes import FootnoteReference

if TYPE_CHECKING:
    from migrate.content.inlines import Run
    from migrate.content.links import Hit

FOOTNOTE = re.compile(r"\[\^(.+?)\]: ?(.*)")
FOOTNOTE_START = re.compile(r"\[\^(.+?)\]:")
_MARKER = re.compile(r"\[\^(.+?)\]")


def footnote_reference(run: Run, place: int) -> Hit | None:
    """`[^label]`, if such a note has been read; numbers it when it is the first mention."""
    if not run.reading.footnotes or not run.text.startswith("^", place + 1):
        return None
    match = _MARKER.match(run.text, place)
    note = run.reading.footnotes.get(match[1]) if match else None
    if match is None or note is None:
        return None
    note.count += 1
    if not note.number:
        run.reading.noted += 1
        note.number = run.reading.noted
    return place, match.end(), FootnoteReference(match[1], note.number, note.count, run.at(run.lo + place),
                                                 run.at(run.lo + match.end() - 1) + 1)
