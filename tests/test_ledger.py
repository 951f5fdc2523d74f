"""The ledger: what it keeps, what it refuses, and how fast it is."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from migrate.errors import LedgerError
from migrate.ledger import NAME, copy_ledger, open_ledger
from migrate.model.document import Key
from migrate.model.plan import Action, Intent
from tests.resources import made

INTENT = Intent(action=Action.CREATE, key=Key("b"), kind="page", natural_key="content/b.md", digest="d", former="x")


def test_what_is_recorded_is_there_the_next_time(tmp_path):
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        ledger.record([made("a"), made("b", owned=False)])
        ledger.intend([INTENT])
        number = ledger.begin_run("2026-01-01", "1.0", "/site")
        ledger.end_run(number, "2026-01-02", "{}", [("note", b"remembered"), ("other", b"x")])
        ledger.end_run(number, "2026-01-02", "{}", [("other", None)])
        ledger.begin_run("2026-01-03", "1.0", "/site")
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        assert ledger.entries == {"a": made("a"), "b": made("b", owned=False)}
        assert ledger.intents() == (INTENT,)
        assert ledger.runs() == (("2026-01-01", "2026-01-02", "{}"), ("2026-01-03", None, None))
        assert (ledger.note("note"), ledger.note("other")) == (b"remembered", None)
        ledger.record([made("a", "new")], [Key("b")], [Key("b")])
        assert ledger.entries == {"a": made("a", "new")}
        assert ledger.intents() == ()


def test_ten_thousand_entries_take_a_moment(tmp_path):
    entries = [made(f"document:/news/page-{number}@kk") for number in range(10_000)]
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        began = time.perf_counter()
        ledger.record(entries)
        assert time.perf_counter() - began < 0.3
    began = time.perf_counter()
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        assert len(ledger.entries) == 10_000
    assert time.perf_counter() - began < 0.5


def test_a_failed_transaction_leaves_nothing(tmp_path):
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        ledger.record([made("a")])
        with pytest.raises(LedgerError):
            ledger.record([made("b"), made(object())])  # type: ignore[arg-type]
        assert set(ledger.entries) == {"a"}
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        assert set(ledger.entries) == {"a"}


def test_a_newer_ledger_is_refused(tmp_path):
    open_ledger(tmp_path).close()
    with contextlib.closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for opener in (open_ledger, copy_ledger):
        with pytest.raises(LedgerError, match="newer version"):
            opener(tmp_path)


def wreck_the_middle(path):
    with contextlib.closing(open_ledger(path.parent)) as ledger:
        ledger.record([made(f"page-{number}") for number in range(500)])
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 8192))


def write_words(path):
    path.write_text("this is no database at all, but long enough to look like a file " * 40, encoding="utf-8")


def write_another_database(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")


@pytest.mark.parametrize("wreck", [wreck_the_middle, write_words, write_another_database])
def test_a_damaged_ledger_is_refused_with_advice(tmp_path, wreck):
    wreck(tmp_path / NAME)
    for opener in (open_ledger, copy_ledger):
        with pytest.raises(LedgerError, match="Move it away"):
            opener(tmp_path)


def test_a_folder_that_cannot_be_written(tmp_path):
    with pytest.raises(LedgerError, match="writable"):
        open_ledger(tmp_path / "missing")


def test_a_copy_leaves_no_trace(tmp_path):
    assert copy_ledger(tmp_path).entries == {}
    assert list(tmp_path.iterdir()) == []
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        ledger.record([made("a")])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    copy = copy_ledger(tmp_path)
    copy.record([made("b")])
    assert set(copy.entries) == {"a", "b"}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


KILLED = """
import os, signal, sys
from pathlib import Path
from migrate.ledger import open_ledger
from tests.resources import made
ledger = open_ledger(Path(sys.argv[1]))
for number in range(1000):
    ledger.record([made(f"page-{number}")])
    print(number, flush=True)
    if number == 300:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_committed_survives_a_kill_and_a_copy_sees_it(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert done.returncode == -signal.SIGKILL
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(copy_ledger(tmp_path).entries) == 301
    assert sorted(path.name for path in tmp_path.iterdir()) == names, "reading a copy touches nothing"
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        assert len(ledger.entries) == 301
