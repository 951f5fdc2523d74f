"""What the doctor says of a folder, and of a site that does not answer. Of a real WordPress: tests/wordpress."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from migrate import wordpress
from migrate.doctor import examined
from migrate.errors import Unreachable
from migrate.ledger import open_ledger
from migrate.options import Options
from migrate.writers.hugo import check

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hugo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "find_hugo", lambda: check.HugoBinary("/usr/bin/hugo", (0, 150)))


def told(out: Path | str, **more: str) -> tuple[int, str]:
    examination = examined(Options(source="", out=str(out), **more), NOW)
    return examination.code, "\n".join(examination.lines)


def test_a_folder(tmp_path: Path) -> None:
    assert told(tmp_path / "new")[0] == 0
    assert "state: not there yet; a run makes it" in told(tmp_path / "new")[1]
    assert "state: empty" in told(tmp_path)[1]
    (tmp_path / "mine.txt").write_text("Mine")
    assert "state: with files that stay as they are" in told(tmp_path)[1]
    (tmp_path / ".grav-migrate").mkdir()
    open_ledger(tmp_path / ".grav-migrate").close()
    assert "state: of an earlier run" in told(tmp_path)[1]


def test_where_no_project_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert told(tmp_path / "file") == (5, f"✗ {tmp_path / 'file'} is not a folder. Give a folder, new or already there.")
    assert told(tmp_path / "file" / "site")[0] == 5


def test_a_site_that_does_not_answer_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def connect(address: str, *_: object) -> None:
        tries.append(address)
        raise Unreachable("nobody there")

    monkeypatch.setattr(wordpress, "connect", connect)
    assert told("https://example.org", target="wordpress", user="a", password="b") == (5, "✗ nobody there")
    assert tries == ["https://example.org"]
