"""Real runs, killed with SIGKILL at many moments: the next run ends exactly where an uninterrupted one ends."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
import traceback
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from migrate.ledger import FOLDER, NAME
from migrate.options import Options
from migrate.pipeline import migrate
from migrate.screen import Nobody
from tests.grav_site import make_site

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = "replace unlink rmdir"
PAGES = 80  # enough for worker processes


def run(source: Path, out: Path, **more) -> None:
    migrate(Options(source=str(source), out=str(out), jobs=2, **more), Nobody(), NOW)


def state(out: Path):
    """Every file and folder, and the ledger but for times: those of files differ from run to run, those of runs too."""
    files = {
        str(path.relative_to(out)): path.read_bytes() if path.is_file() else None
        for path in sorted(out.rglob("*"))
        if FOLDER not in path.parts
    }
    own = sorted(path.name for path in (out / FOLDER).iterdir())
    with closing(sqlite3.connect(out / FOLDER / NAME)) as ledger:
        rows = ledger.execute("SELECT key, kind, target_id, desired, observed, owned, size, natural_key FROM entries")
        return files, own, rows.fetchall(), ledger.execute("SELECT * FROM intents").fetchall()


def killed(source: Path, out: Path, moment: float | tuple[str, int, str], **more) -> bool:
    """Run in a process of its own that is killed after so many seconds, or before or after its n-th change to a file.

    Gives whether it was killed before it had ended.
    """
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        try:
            if isinstance(moment, tuple):
                mine(*moment)
            run(source, out, **more)
            os._exit(0)
        except BaseException:  # noqa: BLE001  the end of a process, told to whoever reads the test
            traceback.print_exc()
        finally:
            os._exit(1)
    if isinstance(moment, float):
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)  # the run alone: its workers must end by themselves
    _, status = os.waitpid(child, 0)
    wait_for_workers(child)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def mine(kinds: str, count: int, when: str) -> None:
    """Lay a mine: this process dies before or after its n-th change of one of these kinds."""
    left = [count]

    def stepping(real):
        def step(*arguments, **more):
            left[0] -= 1
            if left[0] == 0 and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            real(*arguments, **more)
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        return step

    for kind in kinds.split():
        setattr(os, kind, stepping(getattr(os, kind)))


def wait_for_workers(group: int) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("workers outlived their run")


def moments(seconds: float, changes: int, seed: int) -> list[float | tuple[str, int, str]]:
    """Where to kill: some instants, and some changes of files, the last one of all among them."""
    chance = random.Random(seed)
    instants = [seconds * chance.uniform(0.05, 0.7) for _ in range(6)]
    steps = [(KINDS, chance.randint(1, changes), chance.choice(("before", "after"))) for _ in range(9)]
    return [*instants, *steps, (KINDS, changes, "after")]


def timed(source: Path, out: Path, **more) -> float:
    began = time.monotonic()
    run(source, out, **more)
    return time.monotonic() - began


@pytest.mark.slow
def test_a_first_run_killed_anywhere(tmp_path):
    source = make_site(tmp_path / "source", PAGES)
    seconds = timed(source, tmp_path / "whole")
    expected = state(tmp_path / "whole")
    hits = 0
    for trial, moment in enumerate(moments(seconds, len(expected[0]), 1)):
        out = tmp_path / f"out{trial}"
        hits += killed(source, out, moment)
        if trial % 4 == 0:
            hits += killed(source, out, seconds / 2)
        run(source, out)
        assert different(state(out), expected) == [], moment
    assert hits >= 10, "hardly a run was killed: the moments are badly chosen"


@pytest.mark.slow
def test_an_update_with_moves_and_removals_killed_anywhere(tmp_path):
    source = make_site(tmp_path / "source", PAGES)
    run(source, tmp_path / "before")
    make_site(source, PAGES, edition=2)
    for number in range(20, 30):  # what gets a file beside it becomes a bundle: its text moves
        (source / f"pages/02.news/{number:03}.post-{number}/notes.pdf").write_bytes(b"%PDF")
    for number in (0, 1, 2, *range(40, 50)):
        for file in (source / f"pages/02.news/{number:03}.post-{number}").iterdir():
            file.unlink()
    whole = copied(tmp_path / "before", tmp_path / "whole")
    seconds = timed(source, whole, prune=True)
    expected = state(whole)
    assert len(expected[0]) != len(state(tmp_path / "before")[0])
    hits = 0
    for trial, moment in enumerate(moments(seconds, 140, 2)):
        out = copied(tmp_path / "before", tmp_path / f"out{trial}")
        hits += killed(source, out, moment, prune=True)
        run(source, out, prune=True)
        assert different(state(out), expected) == [], moment
    assert hits >= 10


def copied(source: Path, goal: Path) -> Path:
    """A copy with all times, as of a folder that was moved."""
    shutil.copytree(source, goal)
    return goal


def different(one, other) -> list[str]:
    """What differs, by name. The report is left out: it says what the last run did."""
    names = {name for name in one[0].keys() | other[0].keys() if one[0].get(name, "-") != other[0].get(name, "-")}
    parts = ("own files", "entries", "intents")
    return sorted(names - {"migration-report.json"}) + [
        part for part, mine, theirs in zip(parts, one[1:], other[1:], strict=True) if mine != theirs
    ]
