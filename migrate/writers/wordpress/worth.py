"""How many requests of one sort are worth it at once: more at once must also be more in a second.

A server with one or two processors does four batches side by side no faster than two: each of the four only takes twice
as long, and a question put meanwhile waits behind them all. One with more of them, or far away, does. Which it is shows
in the time that replies take: by Little's law a number at once, divided by that time, is what comes back in a second.
"""

from __future__ import annotations

from statistics import median

GAIN = 0.3  # of what one more would bring to a server without limits: less is not worth it
SAMPLE = 4  # replies by which a number is judged, at least
REST = 60  # replies until one more is tried again


class Worth:
    """Climbs while it pays, goes back by one where it did not, and tries again much later."""

    def __init__(self, least: int, most: int) -> None:
        """Begin with `least` at once."""
        self.limit, self._most = least, most
        self._rates: dict[int, float] = {}
        self._taken: list[float] = []
        self._rest = 0

    def answered(self, at_once: int, seconds: float) -> None:
        """A reply came after so long, when so many were under way. Only full use of the limit says anything of it."""
        self._rest -= 1
        if at_once != self.limit:
            return
        self._taken.append(seconds)
        if len(self._taken) >= max(SAMPLE, self.limit):
            self._judge(self.limit / max(median(self._taken), 1e-6))

    def _judge(self, rate: float) -> None:
        self._taken = []
        self._rates[self.limit] = rate
        fewer = self._rates.get(self.limit - 1)
        if fewer is not None and rate < fewer * (1 + GAIN / (self.limit - 1)):
            self.limit -= 1
            self._rest = REST
        elif self.limit < self._most and self._rest <= 0:
            self.limit += 1
