"""One run at a time, and a killed one is in nobody's way."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from migrate import lock
from migrate.errors import LedgerError
from migrate.lock import held, looked_at

HOLDER = """
import sys, time
from pathlib import Path
from migrate.lock import held
with held(Path(sys.argv[1]), "2026-01-01T10:00"):
    print("held", flush=True)
    if sys.argv[2:] == ["fork"]:
        import os
        os.fork()
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path, request):
    arguments = getattr(request, "param", [])
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path / "lock", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
        start_new_session=True,
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("attempt", [lambda path: held(path, "now"), looked_at])
def test_a_second_run_is_refused_and_told_who_holds_it(tmp_path, holder, attempt):
    with pytest.raises(LedgerError) as refusal, attempt(tmp_path / "lock"):
        pass
    for words in (str(holder.pid), socket.gethostname(), "2026-01-01T10:00", str(tmp_path / "lock")):
        assert words in str(refusal.value)


@pytest.mark.parametrize("holder", [[], ["fork"]], indirect=True, ids=["alone", "with a worker that lives on"])
def test_the_lock_of_a_killed_run_is_taken_over(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with held(tmp_path / "lock", "later"):
        assert json.loads((tmp_path / "lock").read_text(encoding="utf-8"))["pid"] == os.getpid()
    assert (tmp_path / "lock").read_text(encoding="utf-8") == ""


def test_looking_makes_no_lock(tmp_path):
    with looked_at(tmp_path / "lock"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_two_may_look(tmp_path):
    with held(tmp_path / "lock", "before"):
        pass
    with looked_at(tmp_path / "lock"), looked_at(tmp_path / "lock"):
        pass


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(LedgerError, match="writable"), held(tmp_path / "missing" / "lock", "now"):
        pass


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "theirs").write_text("theirs", encoding="utf-8")
    (tmp_path / "lock").symlink_to(tmp_path / "theirs")
    with pytest.raises(LedgerError), held(tmp_path / "lock", "now"):
        pass
    assert (tmp_path / "theirs").read_text(encoding="utf-8") == "theirs"


class TestWithoutLocksInTheSystem:
    """Where the file's own words are all there is."""

    @pytest.fixture(autouse=True)
    def no_locks(self, monkeypatch):
        monkeypatch.setattr(lock, "_system_lock", lambda descriptor, shared: False)

    @pytest.mark.parametrize(
        ("pid", "host", "refused"),
        [
            (1, socket.gethostname(), True),  # alive, though not ours to signal
            (2**22 + 1, socket.gethostname(), False),  # higher than any process number
            (2**22 + 1, "another-machine", True),
        ],
    )
    def test_a_holder_is_believed_when_it_may_live(self, tmp_path, pid, host, refused):
        path = tmp_path / "lock"
        path.write_text(json.dumps({"pid": pid, "host": host, "since": "then"}), encoding="utf-8")
        if refused:
            with pytest.raises(LedgerError, match=host), held(path, "now"):
                pass
        else:
            with held(path, "now"):
                pass

    @pytest.mark.parametrize("words", ["", "no json", "[]", '{"pid": 1}'])
    def test_words_that_make_no_sense_hold_nothing(self, tmp_path, words):
        (tmp_path / "lock").write_text(words, encoding="utf-8")
        with held(tmp_path / "lock", "now"):
            pass


def test_a_file_system_without_locks_is_noticed(tmp_path, monkeypatch):
    import fcntl

    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", refuse)
    with held(tmp_path / "lock", "now"):
        assert (tmp_path / "lock").read_text(encoding="utf-8")
