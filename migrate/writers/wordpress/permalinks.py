"""Addresses as WordPress makes them, worked out beforehand; and which structure an existing link shows.

A prediction is checked against the reply. Where it was wrong (permalinks with numbers, filters of a plug-in),
the texts that used it are mended in the same run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from migrate.writers.wordpress.facts import TargetFacts

USUAL = "/%postname%/"
_DATE_TAGS = ("%year%", "%monthnum%", "%day%")


def post_link(facts: TargetFacts, slug: str, moment: datetime | None, *, category: str = "uncategorized",
              author: str = "") -> str:
    """Where a post will be. `category` is the path of its first category (`drinks/tea`)."""
    local = facts.local(moment) if moment else None
    values = {
        "%postname%": slug,
        "%year%": f"{local.year:04}" if local else "0000",
        "%monthnum%": f"{local:%m}" if local else "00",
        "%day%": f"{local:%d}" if local else "00",
        "%hour%": f"{local:%H}" if local else "00",
        "%minute%": f"{local:%M}" if local else "00",
        "%second%": f"{local:%S}" if local else "00",
        "%category%": category,
        "%author%": author,
        "%post_id%": "0",
    }
    path = facts.structure
    for tag, value in values.items():
        path = path.replace(tag, value)
    return facts.url + path


def page_link(facts: TargetFacts, slugs: Sequence[str]) -> str:
    """Where a page will be, by the slugs from the top down; none: the front page."""
    if not slugs:
        return facts.url + "/"
    return f"{facts.url}{_index(facts)}/{'/'.join(slugs)}{_slash(facts)}"


def term_link(facts: TargetFacts, kind: str, slugs: Sequence[str]) -> str:
    """Where a category or tag is listed, by the slugs from the top down."""
    start = facts.structure.partition("%")[0].rstrip("/")
    return f"{facts.url}{start}/{kind}/{'/'.join(slugs)}{_slash(facts)}"


def structure_of(link: str, url: str, *, slug: str, number: int, local: datetime, author: str = "") -> str | None:
    """The permalink structure that a published post's link shows; None where it shows none (`?p=12`)."""
    path = urlsplit(link).path
    base = urlsplit(url).path.rstrip("/")
    if urlsplit(link).query or not path.startswith(base) or path.rstrip("/") == base:
        return None
    parts = path[len(base):].split("/")
    dates = [f"{local:%Y}", f"{local:%m}", f"{local:%d}"]
    found: list[str] = []
    seen = 0                                            # of year, month and day, which come in this order
    for part in parts:
        if part == slug:
            found.append("%postname%")
        elif seen < len(dates) and part == dates[seen]:
            found.append(_DATE_TAGS[seen])
            seen += 1
        elif part == str(number):
            found.append("%post_id%")
        else:
            found.append("%author%" if author and part == author else part)
    structure = "/".join(found)
    return structure if "%postname%" in found or "%post_id%" in found else None


def path_of(link: str) -> str:
    """A link as a path from the root of its host."""
    parts = urlsplit(link)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_pretty(link: str) -> bool:
    """Whether it is the address for visitors, not the plain one of a draft (`?p=12`)."""
    return bool(link) and not urlsplit(link).query


def _index(facts: TargetFacts) -> str:
    """`/index.php` in front of everything, where the web server cannot rewrite."""
    return "/index.php" if facts.structure.startswith("/index.php") else ""


def _slash(facts: TargetFacts) -> str:
    return "/" if facts.structure.endswith("/") else ""
