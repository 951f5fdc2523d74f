"""Worker processes: order, errors, and what becomes of them when something dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from migrate.errors import SourceError, WorkerError
from migrate.workers import AHEAD, in_workers


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 37])
def test_results_come_in_order(jobs, count):
    def task(number):
        time.sleep(0.003 * (number % 3))  # the later ones would overtake
        return number * number

    assert list(in_workers(task, count, jobs)) == [number * number for number in range(count)]


def test_the_work_is_done_elsewhere():
    assert os.getpid() not in set(in_workers(lambda _: os.getpid(), 8, 2))
    assert set(in_workers(lambda _: os.getpid(), 8, 1)) == {os.getpid()}


def test_large_results_do_not_block():
    results = in_workers(lambda number: bytes([number]) * 3_000_000, 12, 2)
    assert [result[0] for result in results] == list(range(12))


def test_the_workers_do_not_run_far_ahead(tmp_path):
    def task(number):
        (tmp_path / str(number)).touch()
        return number

    results = in_workers(task, 100, 2)
    next(results)
    time.sleep(0.3)
    assert len(list(tmp_path.iterdir())) <= 2 * AHEAD + 1
    results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_our_errors_arrive(jobs):
    def task(number):
        if number == 5:
            raise SourceError("the source is gone")
        return number

    results = in_workers(task, 10, jobs)
    with pytest.raises(SourceError, match="the source is gone"):
        list(results)


def test_a_mistake_arrives_with_its_traceback():
    with pytest.raises(WorkerError, match=r"ZeroDivisionError") as error:
        list(in_workers(lambda number: number // 0, 4, 2))
    assert error.value.exit_code == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_is_killed_is_an_error_and_no_wait(how):
    def task(number):
        if number == 7:
            os.kill(os.getpid(), how)
        return number

    with pytest.raises(WorkerError, match=f"signal {how.value}") as error:
        list(in_workers(task, 40, 2))
    assert "run the same command again" in str(error.value)
    assert ("out of memory" in str(error.value)) == (how is signal.SIGKILL)


PARENT = """
import os, sys, time
from migrate.workers import in_workers
def task(number):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0.05)
    return number
for result in in_workers(task, 1000, 3):
    pass
"""


def test_the_workers_of_a_killed_parent_end():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}
    )
    assert parent.stdout
    workers = {int(parent.stdout.readline()) for _ in range(12)}
    assert len(workers) == 3
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    parent.stdout.close()
    assert not any(alive(pid) for pid in workers)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stopping_half_way_leaves_no_process():
    results = in_workers(lambda number: (number, os.getpid()), 1000, 2)
    pids = {next(results)[1] for _ in range(6)}
    results.close()
    assert not any(alive(pid) for pid in pids)
