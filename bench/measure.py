"""Time a command, by the clock and by the processors, and sample the memory of it and all its children."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

INTERVAL = 0.05      # seconds between two samples of the memory, at least
SHARE = 100          # times what a sample takes (the kernel goes through all pages): what is measured must not notice


class Cost(NamedTuple):
    """What a command took, with all processes that it started."""

    seconds: float       # by the clock
    processor: float     # seconds of all cores, user and system: what a busy machine does not change much
    memory: int          # bytes: the largest sum of PSS over the processes
    code: int
    words: str           # the end of what it said on stderr


def measure(command: Sequence[str]) -> Cost:
    """Run the command to its end, its output thrown away; what was written before is on the disk first.

    Python may keep its bytecode, whatever the environment says: an installed program has it.
    """
    os.sync()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as words:
        spent, start = spent_by_children(), time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words,
                                   env=environment)
        peak = [0]
        done = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, peak, done))
        watcher.start()
        code = process.wait()
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        words.seek(0)
        return Cost(seconds, spent_by_children() - spent, peak[0], code, words.read()[-2000:])


def spent_by_children() -> float:
    """Processor seconds of all processes that were started here, with their own children, and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch(root: int, peak: list[int], done: threading.Event) -> None:
    """Keep the largest sum in `peak[0]` until told that it is over."""
    pause = INTERVAL
    while not done.wait(pause):
        begun = time.perf_counter()
        peak[0] = max(peak[0], sum(memory_of(process) for process in family(root)))
        pause = max(INTERVAL, SHARE * (time.perf_counter() - begun))


def family(root: int) -> Iterator[int]:
    """A process and all that came from it."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:                       # it ended while we looked
            continue
        for child in children:
            yield from family(int(child))


def memory_of(process: int) -> int:
    """Bytes that the process holds, its share of what it shares with others (PSS); 0 when it is gone."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(text.partition("\nPss:")[2].split()[0]) * 1024 if "\nPss:" in text else 0
