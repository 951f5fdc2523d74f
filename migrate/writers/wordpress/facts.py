"""What a run must know of a WordPress before it can plan: who we are there, and how it makes addresses."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrate.model.document import EMPTY

FIRST_DAY = "2000-01-01T12:00:00"
"""When the first menu of ours was made, where the site has no list of pages that it must be newer than."""


@dataclass(frozen=True, slots=True)
class User:
    """A user as the API shows it: `slug` is mostly the login."""

    id: int
    slug: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """A WordPress as seen by the user who migrates. The defaults are those of a new site, for planning without one."""

    url: str = "https://example.org"      # the site's address, without a slash at its end
    title: str = ""
    structure: str = "/%postname%/"       # permalinks, as far as they could be told from what is there
    structure_known: bool = True
    zone: str = "UTC"                     # the site's time zone, by which dates stand in permalinks
    offset: float = 0.0                   # hours from UTC, where the site has no named zone
    user: User = User(0, "")
    users: tuple[User, ...] = ()
    capabilities: frozenset[str] = frozenset()
    polylang: bool = False                # posts have writable `lang` and `translations` (Polylang Pro)
    footnotes: bool = False               # posts have the meta field of footnotes (6.3 and newer)
    without_sizes: bool = False           # uploads take `generate_sub_sizes` (7.1 and newer)
    schema: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: EMPTY)   # kind → names of its fields
    menu_day: str = FIRST_DAY             # when a menu of ours is to be dated; "" where none can be made
    no_menu: str = ""                     # why none can be made
    templates: tuple[str, ...] = ()       # of the theme, for pages
    plugins: tuple[str, ...] = ()         # name spaces of the API besides WordPress' own

    def can(self, capability: str) -> bool:
        """Whether we may do something (`upload_files`)."""
        return capability in self.capabilities

    @property
    def base(self) -> str:
        """The path of the site: "" or `/blog`."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def clock(self) -> tzinfo:
        """The site's time zone."""
        try:
            return ZoneInfo(self.zone) if self.zone else timezone(timedelta(hours=self.offset))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return UTC

    def local(self, moment: datetime) -> datetime:
        """A moment as the site's clocks show it; the first and last day of all years as it is."""
        with suppress(OverflowError):
            moment = moment.astimezone(self.clock)
        return moment
