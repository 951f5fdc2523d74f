"""Nine real sites come over to a real WordPress: every field of every page, the yardstick's figure, and once only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.test_corpus import FLOORS
from tests.wordpress.expected import Migrated, author_of, pages_of, parts_of
from tests.wordpress.server import Site
from tests.wordpress.test_runs import Runs

pytestmark = [pytest.mark.wordpress, pytest.mark.corpus, pytest.mark.slow]

# Pages below Hugo's figure.
SHORT = {
    "disroot-howto": 1,   # two pictures with the same bytes are one attachment, under the name of the first (G636)
    "learn-ru": 1,        # the same
    "jibec-blog": 1,      # WordPress takes accents and quotes out of the names of files (G635)
}
# Smaller sizes of pictures take most of the time of an upload, and are no part of what is looked at here.
QUICK = """
add_filter('intermediate_image_sizes_advanced', '__return_empty_array');
add_filter('big_image_size_threshold', '__return_false');
"""
USERS = """
foreach (json_decode(base64_decode('%s')) as $number => $name) {
    $ids[$name] = wp_insert_user(['user_login' => "writer$number", 'user_pass' => 'x', 'role' => 'author',
        'user_email' => "writer$number@example.invalid", 'display_name' => $name]);
}
echo json_encode($ids ?? (object) []);
"""
SLUGS = """
foreach (json_decode(base64_decode('%s')) as $part) { $slugs[$part] = urldecode(sanitize_title($part)); }
echo json_encode($slugs);
"""


def told(site: Site, code: str, names: Iterable[str]) -> dict[str, Any]:
    """What WordPress itself makes of these names."""
    import base64

    text = base64.b64encode(json.dumps(sorted(set(names))).encode()).decode()
    answer: dict[str, Any] = json.loads(site.run(code % text))
    return answer


@pytest.fixture
def runs(empty_site: Site, tmp_path: Path) -> Iterator[Runs]:
    """Runs against an empty site, whose users are those that it began with afterwards."""
    empty_site.plugin("quick", QUICK)
    yield Runs(empty_site, tmp_path)
    empty_site.sql("DELETE FROM wp_usermeta WHERE user_id IN (SELECT ID FROM wp_users WHERE user_login LIKE 'writer%')",
                   "DELETE FROM wp_users WHERE user_login LIKE 'writer%'")


def everything(site: Site) -> Mapping[str, dict[int, Any]]:
    """What the REST API shows of a site, by kind and number; excerpts as they are stored, for showing them renders all
    texts."""
    found: dict[str, dict[int, Any]] = {}
    for kind in ("posts", "pages", "media", "categories", "tags"):
        more = {"status": "any"} if kind in ("posts", "pages") else {}
        fields = "id,type,slug,link,status,date_gmt,title.raw,author,featured_media,parent,categories,tags,name"
        found[kind] = {}
        for page in range(1, 100):
            items = site.reply(f"wp/v2/{kind}", context="edit", per_page=100, page=page, orderby="id", _fields=fields, **more)
            found[kind] |= {item["id"]: item for item in items}
            if len(items) < 100:
                break
    for row in json.loads(site.sql("SELECT ID, post_excerpt FROM wp_posts WHERE post_type IN ('post', 'page')")):
        for kind in ("posts", "pages"):
            if int(row["ID"]) in found[kind]:
                found[kind][int(row["ID"])]["excerpt"] = {"raw": row["post_excerpt"]}
    return found


def measured(shared: Path, name: str, runs: Runs) -> dict[str, Any]:
    """The yardstick's totals."""
    command = [sys.executable, str(shared / "fidelity" / "fidelity.py"), "wordpress",
               str(shared / "corpus" / name / "expected.jsonl"), runs.site.url, "--user", "admin", "--json", "--show", "9",
               "--report", str(runs.state / "migration-report.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600,
                          env={**os.environ, "WP_APPLICATION_PASSWORD": runs.site.users["admin"]})
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    print(done.stdout[-3000:])
    totals: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return totals


@pytest.mark.parametrize("name", FLOORS)
def test_a_real_site(name: str, shared: Path, runs: Runs) -> None:
    source = shared / "corpus" / name / "user"
    pages = pages_of(shared / "corpus" / name / "expected.jsonl")
    assert pages
    users = told(runs.site, USERS, filter(None, map(author_of, pages)))
    runs("wordpress", source, runs.site.url, "--yes", "--quiet")
    report = runs.report

    slugs = told(runs.site, SLUGS, (part for page in pages for part in parts_of(page)))
    migrated = Migrated(source, report["pages"], everything(runs.site), slugs, users, runner=1)
    mistakes = [(page["file"], page["language"], *mistake) for page in pages for mistake in migrated.mistakes(page)]
    assert mistakes == []

    totals = measured(shared, name, runs)
    floor = FLOORS[name]
    silent = totals.get("missing, silent", 0) + totals.get("different, silent", 0)
    assert totals.get("faithful", 0) >= floor.faithful * totals["pages"] - SHORT.get(name, 0) - 1e-9
    assert silent <= floor.silent
    assert totals.get("missing, silent", 0) == 0

    again = runs("wordpress", source, runs.site.url, "--yes")
    assert runs.writes == [] and "Nothing to do." in again.stdout
