"""Worker processes that inherit everything by fork, take numbers and give back results, in order.

At most a few results are under way, so memory stays flat; a worker that dies is an error, never a wait. Where
there is no fork, or one core, or little to do, the same happens in this process.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from migrate.errors import MigrateError, WorkerError

Result = TypeVar("Result")

AHEAD = 12  # chunks that each worker may be ahead of the reader, who writes files meanwhile
ROUND = 32  # results after which new workers take over: what each has touched of the shared memory is its own
DEPTH = 2  # chunks given to a worker at once, so that it need not wait for the parent


def cores() -> int:
    """How many processes can really run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_workers(task: Callable[[int], Result], count: int, jobs: int) -> Iterator[Result]:
    """Yield `task(0)` … `task(count - 1)` in order, worked out by `jobs` processes.

    Raises what the task raises where that is a MigrateError; WorkerError when a worker dies or fails.
    """
    if jobs < 2 or count < 2 or not hasattr(os, "fork") or sys.platform == "win32":
        yield from (task(number) for number in range(count))
        return
    gc.collect()
    for first in range(0, count, ROUND):
        workers = _Workers(task, min(jobs, count))
        try:
            yield from workers.results(first, min(first + ROUND, count))
        finally:
            workers.stop()


class _Workers:
    """The processes and their pipes: open connections, closed by `stop`."""

    def __init__(self, task: Callable[[int], Any], jobs: int) -> None:
        from multiprocessing.connection import Connection, Pipe

        self.pids: dict[Any, int] = {}
        pipes: list[Connection[Any, Any]] = []
        # What is here already is shared with the workers as long as nobody's collector moves it about.
        gc.freeze()
        sys.stdout.flush()
        sys.stderr.flush()
        for _ in range(jobs):
            ours, theirs = Pipe()
            pid = os.fork()
            if pid == 0:
                # A sibling's end left open here would keep that sibling waiting after our parent has died.
                for pipe in (*pipes, ours):
                    pipe.close()
                _work(task, theirs)
            theirs.close()
            pipes.append(ours)
            self.pids[ours] = pid

    def results(self, first: int, count: int) -> Iterator[Any]:
        """Hand out the numbers from `first` to before `count`, and give back results in order."""
        from multiprocessing.connection import wait

        load = dict.fromkeys(self.pids, 0)
        waiting: dict[int, Any] = {}
        given = due = first
        while due < count:
            while given < min(count, due + AHEAD * len(load)) and min(load.values()) < DEPTH:
                pipe = min(load, key=load.__getitem__)
                self._send(pipe, given)
                load[pipe] += 1
                given += 1
            for pipe in wait([pipe for pipe in load if load[pipe]]):
                number, waiting[number] = self._receive(pipe)
                load[pipe] -= 1
            while due in waiting:
                yield waiting.pop(due)
                due += 1

    def stop(self) -> None:
        """End the workers: those that wait see their pipe closed, those that work are told."""
        for pipe, pid in self.pids.items():
            pipe.close()
            try:
                os.kill(pid, signal.SIGTERM)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError):
                continue
        self.pids = {}
        gc.unfreeze()

    def _send(self, pipe: Any, number: int) -> None:
        try:
            pipe.send(number)
        except OSError as error:
            raise self._lost(pipe) from error

    def _receive(self, pipe: Any) -> tuple[int, Any]:
        try:
            number, result, failure = pipe.recv()
        except (EOFError, OSError) as error:
            raise self._lost(pipe) from error
        if isinstance(failure, MigrateError):
            raise failure
        if failure:
            raise WorkerError(f"A worker process failed, by a mistake of this program:\n{failure}")
        return number, result

    def _lost(self, pipe: Any) -> WorkerError:
        _, status = os.waitpid(self.pids.pop(pipe), 0)
        pipe.close()
        code = os.waitstatus_to_exitcode(status)
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        hint = " (the system may have run out of memory)" if code == -signal.SIGKILL else ""
        return WorkerError(
            f"A worker process {how}{hint}. What was migrated so far is recorded: run the same command "
            "again to go on; --jobs 1 needs the least memory."
        )


def _work(task: Callable[[int], Any], pipe: Any) -> None:
    """Live as a worker: until the pipe is closed, which also the parent's death does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        while True:
            number = pipe.recv()
            pipe.send(_attempt(task, number))
    except (EOFError, OSError):
        os._exit(0)
    finally:
        os._exit(70)


def _attempt(task: Callable[[int], Any], number: int) -> tuple[int, Any, MigrateError | str]:
    try:
        return number, task(number), ""
    except MigrateError as error:
        return number, None, error
    except Exception:  # noqa: BLE001  the border of the process: reported by the parent, with its traceback
        return number, None, traceback.format_exc()
