"""Small Grav sites, written from a table of files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from migrate.findings import Finding
from migrate.model.document import Document
from migrate.model.site import Site
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.readers.grav_answers import NOW, PNG


def write_site(place: Path, files: dict[str, str]) -> Path:
    """Write files below `place`; pictures get a picture's bytes."""
    for name, text in files.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PNG if name.endswith((".png", ".jpg")) and not text else text.encode())
    (place / "pages").mkdir(parents=True, exist_ok=True)
    return place


def read_files(place: Path, files: dict[str, str], **options: Any) -> Site:
    """Write a user folder and read it."""
    return read_site(locate(write_site(place, files)), ReadOptions(now=NOW, **options))


def codes(site: Site) -> set[str]:
    """The codes of all findings, on pages and on the site."""
    return {finding.code for finding in all_findings(site)}


def all_findings(site: Site) -> list[Finding]:
    """Findings on pages and on the site."""
    return [*site.findings, *(finding for document in site.documents for finding in document.findings)]


def page(site: Site, folder: str, language: str = "") -> Document:
    """The document of a folder."""
    return next(item for item in site.documents if (item.folder, item.language) == (folder, language))


def can_make_odd_names(place: Path) -> bool:
    """Whether the file system takes names that are no UTF-8."""
    try:
        odd = Path(os.fsdecode(os.fsencode(place) + b"/\xff"))
        odd.mkdir()
        odd.rmdir()
    except OSError:
        return False
    return True
