"""One run at a time: a lock on a file, which the system lets go of whatever way the run ends.

The file says who holds it. Where a file system knows no locks, what the file says is all there is: a holder
that is alive, or that is on another machine, is believed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migrate.errors import LedgerError

NO_LOCKS = {errno.ENOLCK, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}


@contextlib.contextmanager
def held(path: Path, since: str) -> Iterator[None]:
    """Hold the lock, or raise LedgerError naming who does. What a dead run left is taken over."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise LedgerError(f"Cannot write {path}: {error.strerror}. Is the folder writable?") from error
    try:
        _take(descriptor, path, shared=False)
        _write(descriptor, {"pid": os.getpid(), "host": socket.gethostname(), "since": since})
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def looked_at(path: Path) -> Iterator[None]:
    """Keep writers away while something is only read; nothing is written, and no lock file made."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # no run has been here, so none is going on
        yield
        return
    try:
        _take(descriptor, path, shared=True)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path, *, shared: bool) -> None:
    try:
        taken = _system_lock(descriptor, shared=shared)
    except OSError as error:
        raise _refusal(_read(descriptor), path) from error
    if not taken:
        _believe(descriptor, path)


def _system_lock(descriptor: int, *, shared: bool) -> bool:
    """Take the system's lock; False where there is none to take. OSError when somebody has it."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        # lockf, not flock: a worker process must not keep the lock of a parent that was killed.
        fcntl.lockf(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in NO_LOCKS:
            return False
        raise
    return True


def _believe(descriptor: int, path: Path) -> None:
    holder = _read(descriptor)
    if not holder or holder.get("pid") == os.getpid():
        return
    if holder.get("host") != socket.gethostname() or _alive(int(holder.get("pid", 0))):
        raise _refusal(holder, path)


def _refusal(holder: dict[str, Any], path: Path) -> LedgerError:
    who = f"process {holder['pid']} on {holder['host']}, since {holder['since']}" if holder else "another process"
    return LedgerError(
        f"Another run is working on this target: {who}. Wait for its end. "
        f"If it is surely over, remove {path} and run again."
    )


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _write(descriptor: int, holder: dict[str, Any]) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _read(descriptor: int) -> dict[str, Any]:
    """Who holds it, as the file says; nothing where the file is empty or no longer makes sense."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(descriptor, 4096).decode())
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) and {"pid", "host", "since"} <= holder.keys() else {}
