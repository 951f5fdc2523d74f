"""What an address in a page points to, by Grav's rules: file first, then route with the page as a directory."""

from __future__ import annotations

from typing import NamedTuple

from migrate.model.document import Document, Key
from migrate.readers.grav.index import SiteIndex


class Reference(NamedTuple):
    """Where one link or image leads.

    `url` is what Grav itself prints, its bugs included, without `attributes`. `better` is what it should have
    printed: for an external address as the author wrote it, for an internal one the page's or file's true address.
    """

    kind: str                                   # page media external fragment mail stream unresolved
    key: Key | None = None                      # the page or file, where there is one
    url: str = ""
    better: str = ""
    fragment: str = ""                          # without #
    query: tuple[tuple[str, str], ...] = ()     # what stays in the address; for an image: its actions, in order
    attributes: tuple[tuple[str, str], ...] = ()   # class, id, target, rel taken from the query
    problem: str | None = None                  # what is wrong, in plain English; None when it resolves


def resolve(url: str, *, document: Document, image: bool, index: SiteIndex) -> Reference:
    """Resolve `url` as written in `document` (Grav: Excerpts.php, Uri.php::convertUrl). Never looks at the disk."""
    raise NotImplementedError
