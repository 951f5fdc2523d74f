"""Walk a Grav site and hand its texts to the pure modules: the only one of them that opens files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from migrate.model.document import EMPTY, Document
from migrate.model.site import Site
from migrate.readers.grav.layout import SourceLayout, locate

__all__ = ["ReadOptions", "SourceLayout", "fingerprint", "locate", "read_body", "read_chunk", "read_site"]

Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""`map`, or a pool's `map`: applies a picklable function to picklable chunks and keeps their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user asked for. `only`, `limit` and `languages` fill `Site.selected`; the index is always whole."""

    timezone: str | None = None                    # used where system.timezone is silent
    environment: str | None = None                 # name of an environment folder whose config is merged last
    only: tuple[str, ...] = ()                     # shell patterns on the page's path, folder or route
    limit: int | None = None
    languages: tuple[str, ...] = ()
    now: datetime | None = None                    # aware; None: the clock
    plugins: Mapping[str, bool] = field(default_factory=lambda: EMPTY)   # plug-in → on, whatever the configuration says


def read_site(layout: SourceLayout, options: ReadOptions, *, mapper: Mapper = map) -> Site:
    """Read everything but the bodies."""
    raise NotImplementedError


def read_chunk(chunk: Any) -> Any:
    """Read the headers of some page files (for a pool's worker)."""
    raise NotImplementedError


def read_body(site: Site, document: Document) -> str:
    """The Markdown of one page or module, read again from its file; "" where it has gone or cannot be read."""
    raise NotImplementedError


def fingerprint(layout: SourceLayout) -> str:
    """A digest over path, size and mtime of every file that a run would look at; found by scandir alone."""
    raise NotImplementedError
