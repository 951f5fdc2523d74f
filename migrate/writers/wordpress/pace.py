"""How many requests are under way at once: more while it pays, fewer when the server has enough.

Two things have a say: what the server bears (trouble halves it), and for what is compared with its like, batches of so
many posts, what is worth it (`worth.py`).
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from migrate.writers.wordpress.worth import Worth

SMOOTH = 0.2  # weight of the newest latency
SLOW = 4.0  # times the best latency: so many at once no longer pay
CALM = 20  # replies without trouble before one more is tried again


class Pace:
    """Turns for requests. Begins with half of what is allowed."""

    def __init__(self, most: int) -> None:
        """At most so many at once."""
        self.most = max(1, most)
        self.limit = self._least = max(1, (self.most + 1) // 2)
        self._worth: dict[str, Worth] = {}
        self._under_way = 0
        self._calm = 0
        self._fresh = True  # until the first trouble: then it grows slowly
        self._latency: dict[str, tuple[float, float]] = {}  # of each sort: smoothed, and the best of that
        self._not_before = 0.0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def turn(self, sort: str = "") -> Iterator[int]:
        """Wait until one more request may go, and say how many are under way then. `sort`: with its like alone is it
        compared; "" for what is like nothing else."""
        with self._changed:
            while (pause := self._not_before - time.monotonic()) > 0 or self._under_way >= self._allowed(sort):
                self._changed.wait(pause if pause > 0 else None)
            self._under_way += 1
            at_once = self._under_way
        try:
            yield at_once
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def compared(self, sort: str, at_once: int, seconds: float) -> None:
        """A reply to a request of this sort came after so long, when so many were under way."""
        with self._changed:
            self._worth.setdefault(sort, Worth(self._least, self.most)).answered(at_once, seconds)
            self._changed.notify_all()

    def answered(self, sort: str, seconds: float) -> None:
        """A reply to a request of this sort came after so long; sorts are not compared with each other."""
        with self._changed:
            smooth, best = self._latency.get(sort, (seconds, seconds))
            smooth += SMOOTH * (seconds - smooth)
            best = min(best, smooth)
            self._latency[sort] = (smooth, best)
            self._calm += 1
            if self._calm >= CALM and smooth > SLOW * best and self.limit > 1:
                self._set(self.limit - 1)
            elif self.limit < self.most and (self._calm >= CALM or (self._fresh and smooth < SLOW / 2 * best)):
                self._set(self.limit + 1)

    def usual(self, method: str) -> float:
        """Seconds that the slowest sort of request with this method has taken lately; 0.0 when there was none."""
        with self._changed:
            taken = [smooth for sort, (smooth, _) in self._latency.items() if sort.split()[0] == method]
        return max(taken, default=0.0)

    def troubled(self) -> None:
        """The server failed: half as many from now on."""
        with self._changed:
            self._halve()

    def throttled(self, seconds: float) -> None:
        """The server asked for less: half as many, and none for so long."""
        with self._changed:
            self._not_before = max(self._not_before, time.monotonic() + seconds)
            self._halve()

    def _allowed(self, sort: str) -> int:
        if not sort:
            return self.limit
        worth = self._worth.get(sort)
        return min(self.limit, worth.limit if worth else self._least)

    def _halve(self) -> None:
        self._fresh = False
        self._set(max(1, self.limit // 2))

    def _set(self, limit: int) -> None:
        self.limit = limit
        self._calm = 0
        self._changed.notify_all()
