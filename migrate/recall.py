"""What the last complete run was made from, so that a run with nothing to do need not read the site again.

The mark names everything that a result depends on: the source's files by size and time, the mapping, the options,
and this program. A page that will be shown from, or until, a later moment ends the mark's life then.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from migrate import __version__
from migrate.ledger import Ledger
from migrate.model.document import Document
from migrate.model.resource import digest_of
from migrate.options import Options
from migrate.readers.grav.layout import SourceLayout, fingerprint
from migrate.report import Report, group_rows, unchanged
from migrate.writers import Store

NAME = "last run"
LIBRARIES = ("pyromark", "yaml", "lxml")  # what they do is part of what we do


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A run that found nothing to do: what it has to tell."""

    content: dict[str, Any]
    groups: list[dict[str, Any]]
    warnings: int


def mark_of(options: Options, layout: SourceLayout, mapping: str, facts: Callable[[], str]) -> str:
    """Name everything that a result depends on. No page is read: folders are listed, files looked up.

    `mapping` is the mapping with all its layers, as text; `facts` what the target is, asked for last: it may still
    be answering.
    """
    ours = {
        "source": fingerprint(layout),
        "root": layout.pages_root,
        "wish": options.wish(),
        "mapping": mapping,
        "program": list(_program()),
    }
    return digest_of({**ours, "target": facts()})


def remember(mark: str, report: Report, now: datetime, documents: Iterable[Document]) -> bytes:
    """What the next run may know of a complete one."""
    memory = {
        "mark": mark,
        "until": _next_moment(documents, now),
        "content": unchanged(report.content),
        "groups": group_rows(report.groups),
        "warnings": report.warnings,
    }
    return zlib.compress(json.dumps(memory, ensure_ascii=False).encode(), 1)


def recall(mark: str, store: Store, ledger: Ledger, now: datetime, *, prune: bool) -> Repetition | None:
    """What the last run told, if this one would do the same again; None: there may be something to do."""
    note = ledger.note(NAME)
    if note is None:
        return None
    memory = json.loads(zlib.decompress(note))
    expired = memory["until"] is not None and now >= datetime.fromisoformat(memory["until"])
    if memory["mark"] != mark or expired or (prune and memory["content"]["left_over"]):
        return None
    if not _untouched(store, ledger):
        return None
    return Repetition(content=memory["content"], groups=memory["groups"], warnings=memory["warnings"])


def _untouched(store: Store, ledger: Ledger) -> bool:
    """Whether everything that we made stands as we left it, to the moment of its last change."""
    observed = store.observe((), ledger.entries)
    return len(observed) == len(ledger.entries) and all(
        (seen.digest, seen.size, seen.modified, seen.url or entry.url)
        == (entry.observed, entry.size, entry.modified, entry.url)
        for entry in ledger.entries.values()
        for seen in (observed[entry.key],)
    )


def _next_moment(documents: Iterable[Document], now: datetime) -> str | None:
    """When the next page begins or ends to be shown."""
    dates = (date for document in documents for date in (document.dates.published, document.dates.expires) if date)
    next_one = min((date for date in dates if date > now), default=None)
    return next_one.isoformat() if next_one else None


def _program() -> Iterator[str]:
    """This program's version and files, so that an edited checkout counts as another one, and its libraries."""
    yield f"{__version__} {sys.version_info[:2]}"
    places = [Path(__file__).parent]
    while places:
        for path in sorted(places.pop().iterdir()):
            if path.name == "__pycache__":  # files come and go there while modules are being loaded
                continue
            if path.is_dir():
                places.append(path)
            else:
                yield f"{path.name}:{path.stat().st_mtime_ns}"
    for name in LIBRARIES:
        found = find_spec(name)
        if found and found.origin:
            yield f"{name}:{Path(found.origin).stat().st_mtime_ns}"
