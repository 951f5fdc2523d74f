"""Ctrl-C ends the program though something on its way does not end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.program import ROOT

WAITING = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from migrate.interruption import be_impatient, say_so
be_impatient()
try:
    with ThreadPoolExecutor() as pool:
        pool.submit(time.sleep, 60)
        print("waiting", flush=True)
        time.sleep(60)
except KeyboardInterrupt:
    say_so()
"""


@pytest.fixture
def waiting():
    with subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:
        assert process.stdout is not None and process.stdout.readline() == "waiting\n"
        yield process
        process.kill()


def test_it_waits_a_little_for_what_is_on_its_way(waiting):
    begun = time.monotonic()
    waiting.send_signal(signal.SIGINT)
    _, words = waiting.communicate(timeout=30)
    assert 2 < time.monotonic() - begun < 20
    assert (waiting.returncode, words.strip().count("Interrupted."), "Traceback" in words) == (130, 1, False)


def test_a_second_time_it_waits_for_nothing(waiting):
    waiting.send_signal(signal.SIGINT)
    time.sleep(0.3)
    begun = time.monotonic()
    waiting.send_signal(signal.SIGINT)
    _, words = waiting.communicate(timeout=30)
    assert time.monotonic() - begun < 2
    assert (waiting.returncode, words.strip().count("Interrupted."), "Traceback" in words) == (130, 1, False)
