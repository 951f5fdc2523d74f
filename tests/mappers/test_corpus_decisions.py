"""The nine real sites: every page answers where it did, and nothing answers twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from migrate.mappers import map_site
from migrate.mappers.standing import ADDRESSED
from migrate.model.site import Site
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.mappers.sites import HUGO

SITES = ["hemcenter-news", "unitexgramlab", "othercodes-blog", "tech-saviours-news", "learn-ru", "skeleton-multilang",
         "skeleton-open-publishing", "disroot-howto", "jibec-blog"]

pytestmark = pytest.mark.corpus


@cache
def decided(user: Path) -> Site:
    return map_site(read_site(locate(user), ReadOptions(now=datetime(2025, 6, 1, tzinfo=UTC))), HUGO)


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, shared: Path) -> Site:
    return decided(shared / "corpus" / request.param / "user")


def test_every_page_answers_where_it_did(site: Site) -> None:
    moved = {page.source: (page.url, page.address) for page in site.documents
             if page.standing in ADDRESSED and page.address.rstrip("/") != page.url.rstrip("/")}
    assert moved == {}


def test_no_two_pages_have_one_address(site: Site) -> None:
    counts = Counter(page.address for page in site.documents if page.standing in ADDRESSED)
    assert not [address for address, count in counts.items() if count > 1]


def test_every_page_has_front_matter(site: Site) -> None:
    assert all(page.fields["title"] == page.title for page in site.documents)


def test_redirects_come_from_nowhere_else_and_end_at_once(site: Site) -> None:
    shown = (page for page in site.documents if page.standing in ADDRESSED - {"redirect"})
    addresses = {page.address.rstrip("/") or "/" for page in shown}
    origins = [redirect.origin for redirect in site.redirects]
    assert len(origins) == len(set(origins))
    assert not addresses & set(origins)
    assert not [redirect for redirect in site.redirects
                if not redirect.pattern and redirect.goal.rstrip("/") in origins]


def test_every_language_has_a_menu_that_leads_to_pages(site: Site) -> None:
    addresses = {page.address for page in site.documents} | {redirect.goal for redirect in site.redirects}
    entries = [entry for menu in site.menus.values() for entry in menu]
    assert entries
    assert all(entry.address in addresses or "://" in entry.address for entry in entries)


def test_twins_are_merged(shared: Path) -> None:
    site = decided(shared / "corpus/hemcenter-news/user")
    assert Counter(page.standing for page in site.documents) == {"public": 45, "merged": 33}
    shown = {page.address for page in site.documents if page.standing == "public"}
    assert all(page.address in shown for page in site.documents if page.standing == "merged")
