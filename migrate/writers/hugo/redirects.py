"""Every old path that leads elsewhere, as lines of `static/_redirects` (Netlify, Cloudflare Pages and others).

Aliases in front matter work on every server; this file is for what they cannot do: paths outside the site's
pages, targets elsewhere, status codes, whole folders.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from migrate.writers.hugo.project import Project

_SAFE = "/!$&'()*+,;=:@~-._%"


def redirect_lines(project: Project) -> str:
    """The whole file, "" where nothing is redirected; the most specific lines first."""
    lines = dict.fromkeys((*_page_lines(project), *_site_lines(project)))
    return "".join(f"{line}\n" for line in lines)


def _page_lines(project: Project) -> Iterator[str]:
    for document in project.site.documents:
        place = project.places.get(document.key)
        if place is not None and not place.hidden:
            for old in document.redirects_from:
                if old.strip("/") != document.address.strip("/"):
                    yield _line(old, document.address, 301)


def _site_lines(project: Project) -> Iterator[str]:
    for redirect in project.site.redirects:
        yield _line(redirect.origin, redirect.goal, 200 if redirect.rewrite else redirect.status)


def _line(old: str, goal: str, status: int) -> str:
    old = "/" + _one_line(old).lstrip("/")
    return f"{quote(old, safe=_SAFE)} {quote(_one_line(goal), safe=_SAFE + '?#')} {status}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
