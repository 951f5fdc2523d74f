"""What only the disk knows of a source: the SHA-256 of its files, and the times of its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from migrate.mappers.standing import WRITTEN
from migrate.model.document import Key
from migrate.model.site import Media, Site
from migrate.writers.wordpress.layout import Disk

PIECE = 1 << 20


def look_at(site: Site) -> Disk:
    """Read all files of a site once. What cannot be read has no digest."""
    return Disk(digests=_digests(site.media), times=_times(site))


def _digests(media: Mapping[Key, Media]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for item in media.values():
        with suppress(OSError):
            found[item.key] = _sha256(item.path)
    return found


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _times(site: Site) -> dict[Key, int]:
    """Times of the files of pages that name no date."""
    found: dict[Key, int] = {}
    for document in site.documents:
        if document.standing in WRITTEN and not (document.dates.created or document.dates.published):
            path = site.odd_paths.get(document.source) or f"{site.pages_root}/{document.source}"
            with suppress(OSError):
                found[document.key] = Path(path).stat().st_mtime_ns
    return found
