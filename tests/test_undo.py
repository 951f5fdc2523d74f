"""`undo` takes back what was made, and nothing else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from migrate.errors import ConfigError
from migrate.ledger import NAME, open_ledger
from migrate.options import Options
from migrate.screen import Nobody
from migrate.undo import undo
from tests.grav_site import make_site
from tests.program import ROOT, migrate, state


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "user", 6, media=2)


@pytest.fixture
def done(site: Path, tmp_path: Path) -> Path:
    """A project of our own in a folder with two strangers, one of them just as we would have made it."""
    first, out = tmp_path / "first", tmp_path / "out"
    assert migrate("hugo", site, first).returncode == 0
    same = next(first.rglob("*.md")).relative_to(first)
    (out / same).parent.mkdir(parents=True)
    (out / same).write_bytes((first / same).read_bytes())
    (out / "mine.txt").write_text("Mine")
    assert migrate("hugo", site, out).returncode == 0
    return out


def test_everything_that_was_made_is_gone_and_nothing_else(site, done):
    before = state(done)
    told = migrate("undo", done)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"Removed: {len(before) - 2}. There before the migration, or gone already: 1." in told.stdout
    left = state(done)
    assert len(left) == 2 and "mine.txt" in left
    assert left.items() <= before.items()
    assert not [path for path in done.rglob("*") if path.is_dir() and path.name != ".grav-migrate" and not any(path.iterdir())]
    again = migrate("undo", done)
    assert (again.returncode, "Removed: 0." in again.stdout) == (0, True)


def test_after_it_a_run_makes_all_of_it_anew(site, done):
    before = {name: content for name, (_, content) in state(done).items()}
    migrate("undo", done)
    assert migrate("hugo", site, done).returncode == 0
    assert {name: content for name, (_, content) in state(done).items()} == before


def test_a_dry_run_removes_nothing(done):
    before, ledger = state(done), (done / ".grav-migrate" / NAME).read_bytes()
    told = migrate("undo", done, "--dry-run")
    assert f"To remove: {len(before) - 2}." in told.stdout and "- content/" in told.stdout
    assert state(done) == before
    assert (done / ".grav-migrate" / NAME).read_bytes() == ledger


def test_what_was_edited_stays_until_it_is_named(done):
    page = sorted(done.glob("content/**/*.md"))[-1]
    page.write_text("My own words")
    told = migrate("undo", done)
    name = str(page.relative_to(done))
    assert told.returncode == 3 and f"! {name}" in told.stdout and "1 was edited since, and stays" in told.stdout
    assert page.read_text() == "My own words"
    assert migrate("undo", done, "--force", name).returncode == 0
    assert not page.exists()


def test_without_a_ledger_nothing_is_touched(tmp_path):
    (tmp_path / "mine.txt").write_text("Mine")
    told = migrate("undo", tmp_path)
    assert told.returncode == 2 and "There is no ledger in" in told.stderr and "Give the folder" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_the_ledger_of_a_site_its_folder_can_be_named(tmp_path):
    options = Options(source="", out="https://example.org", target="wordpress", state=str(tmp_path))
    with pytest.raises(ConfigError, match="or name the ledger's folder with --state"):
        undo(options, Nobody(), datetime.now(tz=UTC))


def test_it_asks_on_a_terminal(done):
    before = state(done)
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "migrate", "undo", str(done)], cwd=ROOT, stdin=theirs, stdout=theirs,
                          stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, b"no\n")
        assert process.wait(60) == 0
    os.close(ours)
    assert state(done) == before


def test_interrupted_it_leaves_no_run_in_the_belief_that_all_is_there(site, done):
    before = {name: content for name, (_, content) in state(done).items()}

    class Impatient(Nobody):
        def line(self, line, difference=()):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo(Options(source="", out=str(done)), Impatient(), datetime.now(tz=UTC))
    assert len(state(done)) < len(before)
    told = migrate("hugo", site, done)
    assert "Nothing to do" not in told.stdout
    assert {name: content for name, (_, content) in state(done).items()} == before


def test_the_run_is_noted(done):
    migrate("undo", done)
    ledger = open_ledger(done / ".grav-migrate")
    runs = ledger.runs()
    ledger.close()
    assert len(runs) == 2 and '"delete"' in runs[1][2]
