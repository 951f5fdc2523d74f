"""What only the disk knows of a source: the SHA-256 of its files, the times of its pages, how texts show pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from migrate.mappers.standing import WRITTEN
from migrate.model.document import Key
from migrate.model.site import Media, Site
from migrate.writers.wordpress.layout import Disk
from migrate.writers.wordpress.remade import made_name, mentions

PIECE = 1 << 20


def look_at(site: Site) -> Disk:
    """Read all files of a site once. What cannot be read has no digest."""
    return Disk(digests=_digests(site.media), times=_times(site), remade=_remade(site))


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


def _remade(site: Site) -> frozenset[Key]:
    """Pictures that texts show as the source made them anew, and never as they are."""
    named: dict[str, list[Media]] = {}
    for media in site.media.values():
        if made_name(media.name) != media.name:
            named.setdefault(media.name, []).append(media)
    shown: dict[bool, set[Key]] = {True: set(), False: set()}
    for source, folder in {page.source: page.folder for page in site.documents}.items() if named else ():
        for path, anew in mentions(_body(site.odd_paths.get(source) or f"{site.pages_root}/{source}")):
            files = named.get(path.rpartition("/")[2], ())
            beside = [media for media in files if media.folder == folder and "/" not in path]
            shown[anew].update(media.key for media in beside or files)
    return frozenset(shown[True] - shown[False])


def _body(path: str) -> str:
    """The text of a page file, as far as it can be read."""
    text = ""
    with suppress(OSError):
        text = Path(path).read_bytes().decode("utf-8", "replace")
    return text.partition("\n---")[2] if text.startswith("---") else text
