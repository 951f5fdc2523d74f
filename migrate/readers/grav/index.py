"""What a link can point to: a light, picklable index of a site, with look-ups in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from migrate.model.document import EMPTY, Key
from migrate.model.site import Site


class Target(NamedTuple):
    """A page as links need it."""

    key: Key
    url: str                # with language prefix, without the extension that the site may append; decoded
    fallback: bool = False  # shown here only because the page has no file in this language


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIndex:
    """Look-ups by language, route and folder. Build it once, send it to every worker."""

    routes: Mapping[str, Mapping[str, Target]]     # language → route (raw route, alias) → page
    folders: Mapping[str, Mapping[str, Target]]    # language → folder under pages/ → page
    media: Mapping[str, Mapping[str, Key]]         # folder under pages/ → file name → media
    streams: Mapping[str, Key] = field(default_factory=lambda: EMPTY)   # path under user/ → media
    prefixes: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # language → "/kk" or ""


def index_of(site: Site) -> SiteIndex:
    """Make the index of a site as `read_site` returned it."""
    raise NotImplementedError
