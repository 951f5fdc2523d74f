"""Run the program and write down each file that it opens, lists, makes, moves or removes.

    python spy.py LOG ARGUMENTS…

One JSON list a line: [event, real path, whether it writes]. Python's audit events see every way to a file that
Python has, in worker processes too, which inherit them.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

READS = {"os.listdir", "os.scandir"}
WRITES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link", "os.truncate", "os.chmod",
          "os.chown", "os.utime", "sqlite3.connect"}


def watch(log: str) -> None:
    """Write the events to `log` from now on."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    busy = False

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal busy
        if busy or (event != "open" and event not in READS and event not in WRITES):
            return
        busy = True
        try:
            for path, writes in touched(event, arguments):
                os.write(out, (json.dumps([event, path, writes]) + "\n").encode())
        finally:
            busy = False

    sys.addaudithook(note)


def touched(event: str, arguments: tuple[Any, ...]) -> list[tuple[str, bool]]:
    """The real paths that an event touches, and whether it writes there."""
    if event == "open":
        path, _, flags = arguments
        if not isinstance(path, str | bytes | os.PathLike):
            return []
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        return [(real(path, follow=not flags & os.O_NOFOLLOW), writes)]
    paths = arguments[:2] if event in {"os.rename", "os.link"} else arguments[1:2] if event == "os.symlink" \
        else arguments[:1]
    listed = [path for path in paths if isinstance(path, str | bytes | os.PathLike)]
    return [(real(path, follow=event in READS), event in WRITES) for path in listed]


def real(path: Any, *, follow: bool) -> str:
    """The path with links resolved, all but the last step where that is not followed."""
    text = os.fsdecode(path)
    if follow:
        return os.path.realpath(text)
    return os.path.join(os.path.realpath(os.path.dirname(text) or "."), os.path.basename(text))  # noqa: PTH118, PTH119, PTH120


if __name__ == "__main__":
    watch(sys.argv[1])
    sys.argv = ["grav-migrate", *sys.argv[2:]]
    from migrate.cli import main

    main()
