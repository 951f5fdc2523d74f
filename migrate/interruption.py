"""Ctrl-C: the run is wound up, but not for longer than somebody waits who has just said stop.

A request that a server does not answer ends by itself, after minutes. Everything that matters is in the ledger by then,
as for a run that is killed, so the program may go before its threads do.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from types import FrameType

from migrate.errors import INTERRUPTED

GRACE = 3.0  # seconds for what is on its way
WORDS = "\nInterrupted. What was done is recorded; the same command goes on from there."

_said = threading.Event()


def be_impatient() -> None:
    """From now on, end after `GRACE` seconds at most; at a second Ctrl-C at once. Only where Ctrl-C counts at all."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


def say_so() -> None:
    """Tell it, once."""
    if not _said.is_set():
        _said.set()
        sys.stderr.write(f"{WORDS}\n")
        sys.stderr.flush()


def _interrupted(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _at_once)
    timer = threading.Timer(GRACE, _leave)
    timer.daemon = True
    timer.start()
    signal.default_int_handler(number, frame)


def _at_once(number: int, frame: FrameType | None) -> None:
    del number, frame
    _leave()


def _leave() -> None:
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # in the middle of another word, or nobody reads
        say_so()
    os._exit(INTERRUPTED)
