"""Fields of posts and pages that cost the server much in the reply to each write, and little in a list of a hundred.

To show the excerpt, a category and two tags in its reply, WordPress asks its database 7 of 61 questions and takes an
eighth of the time of the whole write (6.1, median of 120 posts); a list of a hundred posts takes 50 ms, whatever it
shows. So where many are written, those fields are left out of the replies and looked at afterwards, a hundred at a
time. What the site has made of them is known all the same before anything is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from migrate.errors import TargetError
from migrate.model.plan import Observed
from migrate.writers.wordpress.inventory import PAGE, Inventory
from migrate.writers.wordpress.jobs import Job

Result = tuple[Job, Observed | TargetError | None]
Seen = Callable[[Job, Mapping[str, Any]], Observed]


def looked_again(results: Iterable[Result], inventory: Inventory, seen: Seen) -> Iterator[Result]:
    """The results; those whose reply did not show everything come a little later, as `seen` makes them of all of it.

    Raises TargetError where the site does not show its lists any more: what became of those writes is then unknown.
    """
    waiting: list[tuple[Job, Observed]] = []
    for job, result in results:
        if not job.reply or not isinstance(result, Observed):
            yield job, result
            continue
        waiting.append((job, result))
        if len(waiting) >= PAGE:
            yield from _looked(waiting, inventory, seen)
            waiting = []
    yield from _looked(waiting, inventory, seen)


def _looked(waiting: list[tuple[Job, Observed]], inventory: Inventory, seen: Seen) -> Iterator[Result]:
    for kind in dict.fromkeys(job.kind for job, _ in waiting):
        some = {int(result.target_id): (job, result) for job, result in waiting if job.kind == kind}
        names = sorted({name for job, _ in some.values() for name in job.later})
        there = inventory.fetched(kind, list(some), names)
        for number, (job, _) in some.items():
            yield job, seen(job, _together(job, there.get(number)))


def _together(job: Job, shown: Mapping[str, Any] | None) -> dict[str, Any]:
    """The reply, with what it left out. Of all the rest it is the better witness: a person's edit since is not ours.

    What is gone again since (`shown` None) was as it was wished, for all that we know.
    """
    looked = {} if shown is None else {name: shown.get(name) for name in job.later}
    return {**job.presumed, **job.reply, **looked}
