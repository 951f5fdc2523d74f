"""Every address at which real Grav answered is an address, or leads to one: its own answers over HTTP."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from migrate.mappers import map_site
from migrate.mappers.standing import SHOWN
from migrate.model.site import Site
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.mappers.sites import HUGO
from tests.readers.grav_answers import records, write_probe

NOW = datetime(2025, 6, 1, tzinfo=UTC)
PROBES = ["http:redirects", "http:lang-http", "http:lang-http-nodef", "http:home-http"]

LEFT_OUT = {
    "/blog/post.html": "the extension of no page: links in texts are rewritten, other sites rarely write it",
    "/blog/post.json": "the same",
    "/jungle-x": "a redirect takes whole parts of a path along, not the rest of a word",
    "/extra": "the same", "/external": "the same: the redirect /ext(.*) is a finding",
    "/CASE": "a pattern without regard to case is a finding",
    "/blog/tag:foo": "a filter by a term that no page has", "/blog/tag:a/x:b": "the same",
    "/blog/page:2": "the second page of a list that has one",
    "/another/zzz": "404", "/another/post": "a rewrite with a pattern: redirected",
    "/": "where the default language has a prefix the target itself leads there",
    "/fr/only": "the page of the other language, not its text at this address",
    "/en/old": "Grav knows it without its prefix only",
    "/blog/post/a.png": "a file", "/blog/post/d.pdf": "a file", "/user/pages/02.blog/post/a.png": "a file",
}


def decided(probe: dict[str, Any], folder: Path) -> Site:
    user = write_probe(probe, folder / "user")
    return map_site(read_site(locate(user), ReadOptions(now=NOW)), HUGO)


def shown_at(site: Site, asked: str) -> str | None:
    """The address or URL at which a visitor of the new site ends, None for 404."""
    path = "/" + unquote(asked).strip("/")
    led = False
    for _ in range(5):
        page = next((page for page in site.documents
                     if page.standing in SHOWN and page.address.rstrip("/") == path.rstrip("/")), None)
        if page is not None and page.standing != "redirect":
            return page.address.rstrip("/") or "/"
        line = next((line for line in site.redirects
                     if line.origin == path or (line.pattern and path.startswith(line.origin[:-1]))), None)
        if line is None:
            return path if led else None
        goal = line.goal.replace(":splat", path[len(line.origin) - 1:]) if line.pattern else line.goal
        led = not line.pattern
        if not goal.startswith("/"):
            return goal
        tail = urlsplit(goal)
        if tail.query or tail.fragment:
            return goal
        path = "/" + goal.strip("/")
    raise AssertionError(f"{asked} leads round in circles")


def grav_ends(responses: dict[str, Any], asked: str) -> tuple[str | None, bytes]:
    """Where Grav's redirects end, and what it showed there."""
    for _ in range(5):
        status, goal, _, body = ast.literal_eval(responses[asked])
        if status == 200:
            return asked, body
        if status == 404 or goal is None:
            return None, b""
        if urlsplit(goal).netloc and "localhost" not in goal:
            return goal, b""
        asked = urlsplit(goal).path if "localhost" in goal else goal
        if asked not in responses:
            return asked, b""
    raise AssertionError(asked)


def normal(goal: str | None) -> str | None:
    """Without what both sides may say differently: slashes at the end, the extension that Grav adds by itself."""
    return goal and goal.replace("/?", "?").rstrip("/").removesuffix(".html")


@pytest.mark.parametrize("name", PROBES)
def test_what_grav_answered_is_answered(shared: Path, tmp_path: Path, name: str) -> None:
    probe = next(record for record in records(shared / "facts/grav-probes.jsonl") if record["name"] == name)
    site = decided(probe, tmp_path)
    responses = dict(probe["responses"])
    bodies = {grav_ends(responses, asked)[0]: grav_ends(responses, asked)[1] for asked in responses}
    wrong = {}
    for asked in responses:
        if asked in LEFT_OUT or "?" in asked:
            continue
        end, body = grav_ends(responses, asked)
        ours = shown_at(site, asked)
        same = body and ours is not None and bodies.get(ours) == body
        if not (same or normal(end) == normal(ours)):
            wrong[asked] = (end, ours)
    assert wrong == {}


UNREACHABLE = {("odd-files", "/m%20n"), ("odd-hideempty", "/m%20n")}
"""A folder's name with a percent sign: no address can hold it (G321)."""


def prefixes_of(pages: dict[tuple[str, str], dict[str, Any]]) -> dict[str, str]:
    """Language → what stands before the routes in its addresses."""
    found: dict[str, str] = {}
    for (language, _), record in pages.items():
        url = unquote(record["url"])
        if record["route"] != "/" and url.startswith("/") and record["route"] in url:
            found.setdefault(language, url.partition(record["route"])[0])
    return found


def test_every_route_of_every_probe_leads_to_a_page(shared: Path, tmp_path: Path) -> None:
    lost, asked = set(), 0
    for number, probe in enumerate(records(shared / "facts/grav-probes.jsonl")):
        rows = probe.get("pages", ())
        pages = {(row.get("language") or "", row["folder"]): row for row in rows if "route" in row}
        prefixes = prefixes_of(pages)
        site = decided(probe, tmp_path / str(number))
        for row in (row for row in rows if "language_record" in row):
            language = row["language_record"]
            for route, folder in (row["routes"] or {}).items():
                record = pages.get((language, folder), {})
                if record.get("file") and record["routable"] and record["published"]:
                    asked += 1
                    if shown_at(site, prefixes.get(language, "") + route) is None:
                        lost.add((probe["name"], route))
    assert lost == UNREACHABLE
    assert asked > 1300
