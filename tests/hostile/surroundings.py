"""What lies around a run: the folder that holds source, output and things that are nobody's business."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SECRET = "SECRET-5d41402a-nobody-may-carry-this-over"
ROOT = Path(__file__).resolve().parents[2]


class Place(NamedTuple):
    """The folders of one trial."""

    base: Path

    @property
    def user(self) -> Path:
        """The Grav site."""
        return self.base / "user"

    @property
    def out(self) -> Path:
        """Where the Hugo site goes."""
        return self.base / "out"

    @property
    def outside(self) -> Path:
        """Secrets; nothing of it may be read."""
        return self.base / "outside"


class Ran(NamedTuple):
    """How the program ended, what it said, and which files it touched: (event, real path, writes)."""

    code: int
    out: str
    err: str
    touched: tuple[tuple[str, str, bool], ...]

    @property
    def said(self) -> str:
        """All that it said."""
        return self.out + self.err


def lay_secrets(place: Place) -> None:
    """Fill the outside with things that a careless program would take along."""
    for name in ("secret.txt", "secret.png", "secret.md", "secret.yaml", "item.md", "passwd"):
        put(place.outside / name, f"---\ntitle: {SECRET}\n---\n{SECRET}\n".encode())
    put(place.outside / "folder" / "item.md", f"---\ntitle: {SECRET}\n---\n{SECRET}\n".encode())
    for name in ("home", "tmp"):
        (place.base / name).mkdir()


def put(path: Path, content: bytes) -> None:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def run(place: Place, *options: str, timeout: float = 240) -> Ran:
    """Migrate in a process of its own, watched, with a home and a temporary folder inside the trial."""
    log = place.base / "spy.log"
    log.unlink(missing_ok=True)
    command = [sys.executable, str(ROOT / "tests" / "hostile" / "spy.py"), str(log),
               "hugo", str(place.user), str(place.out), "--yes", *options]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(place.base / "home"), "LC_ALL": "C.UTF-8",
                   "TMPDIR": str(place.base / "tmp"), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=place.base, env=environment, stdin=subprocess.DEVNULL, check=False,
                          capture_output=True, timeout=timeout)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    log.unlink()
    return Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"),
               tuple((event, path, writes) for event, path, writes in lines))


def snapshot(folder: Path, *, leave_out: tuple[Path, ...] = ()) -> dict[str, tuple[object, ...]]:
    """Every file, folder and link below `folder`: kind, time of change, and what it holds."""
    without = {os.fspath(path) for path in leave_out}
    return {path: describe(path) for path in everything(os.fspath(folder)) if not below(path, without)}


def below(path: str, places: set[str]) -> bool:
    """Whether the path is one of the places or lies in one."""
    return any(path == place or path.startswith(place + os.sep) for place in places)


def everything(folder: str) -> Iterator[str]:
    """All paths below a folder; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry.path
            if entry.is_dir(follow_symlinks=False):
                yield from everything(entry.path)


def describe(path: str) -> tuple[object, ...]:
    """What would change if somebody had touched the path."""
    facts = os.lstat(path)
    if stat.S_ISLNK(facts.st_mode):
        return "link", os.fspath(Path(path).readlink())
    if stat.S_ISREG(facts.st_mode):
        return "file", facts.st_mtime_ns, facts.st_mode, digest(path)
    return "other", facts.st_mode


def digest(path: str) -> str:
    """A name for a file's bytes."""
    with open(path, "rb") as file:  # noqa: PTH123  names need not be valid text
        return hashlib.file_digest(file, "blake2b").hexdigest()


def contents(folder: Path) -> bytes:
    """All bytes of all files below a folder, for searching."""
    parts = []
    for path in everything(os.fspath(folder)):
        if stat.S_ISREG(os.lstat(path).st_mode):
            with open(path, "rb") as file:  # noqa: PTH123
                parts.append(file.read())
    return b"\n".join(parts)
