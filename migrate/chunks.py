"""Resources in pieces that are decided about, and written, together; and the piece that is on its way meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

from migrate.apply import Applying, Outcome
from migrate.batches import PAUSE, Batch
from migrate.errors import MigrateError
from migrate.ledger import Ledger
from migrate.model.document import Key
from migrate.model.plan import Operation
from migrate.model.reference import numbers_needed
from migrate.model.resource import Resource
from migrate.tally import Difference
from migrate.writers import Store, WritesTogether

TOGETHER = 128  # resources that share their transactions
WORTH_IT = 100  # resources that are enough to go out when nothing is on its way
ENOUGH = 200  # resources that are, while others are still being converted: twice that, for there is time


class UnderWay:
    """The chunk that is being written while the next one is decided about: connections never wait for us to think.

    There is one at most, and only with a store that writes many things together: with any other, everything is done
    when `start` returns. The intents of a chunk are committed before its writes in any case.
    """

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        advance: Callable[[int], None],
        ended: Callable[[Outcome, Difference], None],
    ) -> None:
        """`advance` hears how many were done, `ended` of each, in order, with the difference that goes with it."""
        self._store, self._ledger = store, ledger
        self._advance, self._ended = advance, ended
        self._last: tuple[Applying, Sequence[Difference]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        """Wait for what is on its way, also where the run cannot go on; who interrupts it does not want to wait."""
        if error is None:
            self.land()
        elif isinstance(error, MigrateError):
            with contextlib.suppress(MigrateError):
                self.land()

    def start(self, operations: Sequence[Operation], shown: Sequence[Difference]) -> None:
        """Send a chunk on its way, then wait for the one before it."""
        if not isinstance(self._store, WritesTogether):
            self.land()
        try:
            sent = Applying(operations, self._store, self._ledger)
        finally:
            self.land()
        self._last = (sent, shown)

    def land(self) -> None:
        """Wait until nothing is on its way: the ledger then knows everything."""
        if self._last is None:
            return
        (sent, shown), self._last = self._last, None
        for outcome, difference in zip(sent.outcomes(self._advance), shown, strict=True):
            self._ended(outcome, difference)


def chunks(
    batches: Iterable[Batch], together: int, passed: Callable[[Batch], None], land: Callable[[], None]
) -> Iterator[Sequence[Resource]]:
    """Resources in pieces of up to `together`; `passed` sees every batch first.

    What needs the number of another one never stands in the same piece, and `land` is called before a piece that needs
    a number of the piece before it: that number is known then. At a border everything goes out and lands; the piece
    after it is a small one, for nothing is on its way then. Where the conversion pauses, what is ready goes out, in
    hundreds, so that requests are full.
    """
    waiting, most = _Waiting(land), together
    for batch in batches:
        passed(batch)
        if batch is PAUSE and len(waiting) >= min(most, ENOUGH):
            yield waiting.out(len(waiting) // WORTH_IT * WORTH_IT)
            most = together
        for resource in batch.resources:
            needs = numbers_needed(resource.fields)
            if len(waiting) >= most or waiting.holds(needs):
                yield waiting.out(len(waiting))
                most = together
            waiting.add(resource, needs)
        if batch.border:
            yield waiting.out(len(waiting))
            land()
            most = min(WORTH_IT, together)
    yield waiting.out(len(waiting))
    land()


class _Waiting:
    """Resources that wait for company."""

    def __init__(self, land: Callable[[], None]) -> None:
        self._land = land
        self._resources: list[tuple[Resource, frozenset[Key]]] = []
        self._keys: set[Key] = set()
        self._sent: frozenset[Key] = frozenset()  # what the last piece was

    def __len__(self) -> int:
        return len(self._resources)

    def holds(self, needs: frozenset[Key]) -> bool:
        """Whether one of these is among them."""
        return not self._keys.isdisjoint(needs)

    def add(self, resource: Resource, needs: frozenset[Key]) -> None:
        """One more."""
        self._resources.append((resource, needs))
        self._keys.add(resource.key)

    def out(self, count: int) -> list[Resource]:
        """The first ones, once the numbers that they need are known."""
        some, self._resources = self._resources[:count], self._resources[count:]
        if any(not self._sent.isdisjoint(needs) for _, needs in some):
            self._land()
        self._sent = frozenset(resource.key for resource, _ in some)
        self._keys -= self._sent
        return [resource for resource, _ in some]
