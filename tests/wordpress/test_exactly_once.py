"""Nothing twice, nothing of somebody else's: ledgers that are lost, shared or held, and passwords that stay unseen."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3

import pytest

from migrate.ledger import LOCK, NAME
from migrate.lock import held
from migrate.options import Options
from migrate.places import common_lock
from tests.wordpress.chaos import Trials, different

pytestmark = [pytest.mark.wordpress, pytest.mark.slow]


@pytest.fixture
def migrated(chaos: Trials) -> Trials:
    """The site after an undisturbed run."""
    assert chaos.ended() == []
    return chaos


def entries(chaos: Trials) -> list[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(chaos.folder / "state" / NAME)) as ledger:
        return ledger.execute("SELECT key, kind, target_id, url, natural_key FROM entries ORDER BY key").fetchall()


def test_a_lost_ledger_is_made_anew_from_the_site_without_a_write(migrated: Trials) -> None:
    before = entries(migrated)
    shutil.rmtree(migrated.folder / "state")
    assert migrated.run({}) == 0
    assert migrated.faults.writes == 0
    assert entries(migrated) == before
    assert different(migrated.expected, migrated.state()) == []


def test_a_lost_ledger_and_an_edit_since(migrated: Trials) -> None:
    migrated.site.run("$p = get_page_by_path('post-2', OBJECT, 'post');"
                      "wp_update_post(['ID' => $p->ID, 'post_content' => 'By hand']);")
    shutil.rmtree(migrated.folder / "state")
    assert migrated.run({}) == 3
    assert migrated.faults.writes == 0
    assert migrated.state()["post/post-2"]["content"] == "By hand"


def test_what_somebody_put_into_the_trash_is_not_made_again(migrated: Trials) -> None:
    migrated.site.run("$p = get_page_by_path('post-2', OBJECT, 'post'); wp_trash_post($p->ID);")
    assert migrated.run({}) == 3
    assert migrated.faults.writes == 0


def test_two_runs_at_once_are_refused(migrated: Trials) -> None:
    with held(migrated.folder / "state" / LOCK, "2026-01-01T00:00:00"):
        assert migrated.run({}) == 6
    assert {method for method, *_ in migrated.faults.log} <= {"HEAD", "GET"}


def test_two_runs_at_once_are_refused_with_other_state_folders_too(migrated: Trials) -> None:
    options = Options(source="", out=migrated.site.url, target="wordpress")
    with held(common_lock(options), "2026-01-01T00:00:00"):
        shutil.rmtree(migrated.folder / "state")
        assert migrated.run({}) == 6
    assert {method for method, *_ in migrated.faults.log} <= {"HEAD", "GET"}
    assert migrated.run({}) == 0


def test_the_ledger_of_another_site_is_refused(migrated: Trials) -> None:
    with contextlib.closing(sqlite3.connect(migrated.folder / "state" / NAME)) as ledger, ledger:
        ledger.execute("UPDATE notes SET value = ? WHERE name = 'place'", (b"example.org",))
    assert migrated.run({}) == 6
    assert migrated.faults.writes == 0


def test_the_password_is_written_nowhere(migrated: Trials, capfd: pytest.CaptureFixture[str]) -> None:
    password = migrated.site.users["admin"].encode()
    migrated.run({1: "500 before", 2: "page before", 3: "drop before"})
    shutil.rmtree(migrated.folder / "state")
    migrated.run({4: "429"})
    files = [path for path in (migrated.folder / "state").rglob("*") if path.is_file()]
    assert len(files) > 3
    assert [path for path in files if password in path.read_bytes()] == []
    assert password.decode() not in "".join(capfd.readouterr())
