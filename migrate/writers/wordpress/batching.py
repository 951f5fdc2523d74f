"""Many writes over several connections: what may go at once, in pieces of which size, and what must wait.

Posts and pages go in batches of 25, side by side; files one by one, side by side; terms in batches, one after
the other, for two at once would get the same slug.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from threading import Lock

from migrate.errors import MigrateError, TargetError
from migrate.model.plan import Action, Observed
from migrate.writers import Write
from migrate.writers.wordpress.client import Client
from migrate.writers.wordpress.inventory import Inventory
from migrate.writers.wordpress.jobs import Job, job_of
from migrate.writers.wordpress.kinds import KINDS
from migrate.writers.wordpress.second_look import looked_again
from migrate.writers.wordpress.writing import Result, Writing

MOST = 25  # parts that a batch may have
MANY = 25  # writes from which on it pays to look at some fields afterwards
LARGEST = 600_000  # characters of text in a batch: web servers often refuse a megabyte


class Batching:
    """Threads, one for each connection, and a Writing that they share."""

    def __init__(self, client: Client, inventory: Inventory) -> None:
        """No thread is started yet."""
        self._writing, self._inventory = Writing(client, inventory), inventory
        self._connections = client.manners.connections
        self._pool = ThreadPoolExecutor(self._connections, "writing")
        self._alone = Lock()  # two calls may have writes under way

    def carried_out(self, writes: Sequence[tuple[int, Write]]) -> Iterator[tuple[int, Observed | TargetError | None]]:
        """Send all on their way, and give an iterator over place and outcome of each, as they come."""
        jobs, moved = [], {}
        for place, write in writes:
            jobs.append(job_of(place, write))
            if _changes_kind(write):
                jobs[-1] = job_of(place, write._replace(action=Action.CREATE))
                moved[place] = job_of(place, write._replace(action=Action.DELETE))
        if len(jobs) >= MANY:
            for job in jobs:
                job.be_brief()
        return self._heard(self._submitted(jobs), moved)

    def close(self) -> None:
        """Let the threads end."""
        self._pool.shutdown(cancel_futures=True)

    def _submitted(self, jobs: Sequence[Job]) -> set[Future[list[Result]]]:
        """The requests, in the order in which they shall go. Terms, and sticky posts, wait for each other."""
        return {self._pool.submit(self._lane, lane) for lane in _lanes(jobs, self._connections) if lane}

    def _heard(
        self, running: set[Future[list[Result]]], moved: Mapping[int, Job]
    ) -> Iterator[tuple[int, Observed | TargetError | None]]:
        for job, result in looked_again(self._done(running), self._inventory, self._writing.seen):
            if job.place in moved and isinstance(result, Observed):
                list(self._done(self._submitted([moved[job.place]])))  # the other kind stands; a leftover is no failure
            yield job.place, result

    def _done(self, running: set[Future[list[Result]]]) -> Iterator[Result]:
        failure: MigrateError | None = None
        try:
            while running:
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    try:
                        results = future.result()
                    except MigrateError as error:
                        failure = failure or error
                        running -= {other for other in running if other.cancel()}
                    else:
                        yield from results
        finally:
            for future in running:
                future.cancel()
        if failure is not None:
            raise failure

    def _lane(self, pieces: Sequence[Sequence[Job]]) -> list[Result]:
        with self._alone if _is_alone(pieces[0][0]) else nullcontext():
            return [result for piece in pieces for result in self._writing.together(piece)]


def _lanes(jobs: Sequence[Job], connections: int) -> Iterator[list[list[Job]]]:
    """Pieces that go one after the other: one lane for all terms and sticky posts, one for every other piece."""
    yield list(_pieces([job for job in jobs if _is_alone(job)], MOST))
    free = [job for job in jobs if KINDS[job.kind].batches and not _is_alone(job)]
    for piece in _pieces(free, min(MOST, max(1, -(-len(free) // connections)))):
        yield [piece]
    for job in jobs:
        if not KINDS[job.kind].batches:
            yield [[job]]


def _is_alone(job: Job) -> bool:
    """Terms, for their slugs; sticky posts, for WordPress keeps them all in one setting, and two at once lose one."""
    return KINDS[job.kind].alone or bool(job.fields.get("sticky"))


def _pieces(jobs: Sequence[Job], most: int) -> Iterator[list[Job]]:
    piece: list[Job] = []
    size = 0
    for job in jobs:
        its = _size(job)
        if piece and (len(piece) >= most or size + its > LARGEST):
            yield piece
            piece, size = [], 0
        piece.append(job)
        size += its
    if piece:
        yield piece


def _size(job: Job) -> int:
    return sum(len(value) for value in job.fields.values() if isinstance(value, str))


def _changes_kind(write: Write) -> bool:
    """A post that becomes a page is another thing."""
    entry, resource = write.entry, write.resource
    return write.action is Action.UPDATE and bool(entry and resource and entry.kind != resource.kind)


