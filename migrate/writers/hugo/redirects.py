"""Every old path that leads elsewhere, as lines of `static/_redirects` (Netlify, Cloudflare Pages and others).

Aliases in front matter work on every server; this file is for what they cannot do: paths outside the site's
pages, targets elsewhere, status codes, whole folders.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from migrate.writers.hugo.project import Project

_SAFE = "/!$&'()*+,;=:@~-._%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def redirect_lines(project: Project) -> str:
    """The whole file, "" where nothing is redirected; the most specific lines first."""
    site = project.site
    lines = [_line(redirect.origin, redirect.goal, 200 if redirect.rewrite else redirect.status)
             for redirect in site.redirects]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _line(old: str, goal: str, status: int) -> str:
    old = "/" + _one_line(old).lstrip("/")
    return f"{_encoded(old, _SAFE)} {_encoded(_one_line(goal), _SAFE + '?#')} {status}"


def _encoded(path: str, safe: str) -> str:
    """Percent-encoded; what is encoded already stays."""
    return _LONE_PERCENT.sub("%25", quote(path, safe=safe))


def _one_line(text: str) -> str:
    return " ".join(text.split())
