"""What is kept of everything that passes through a run: a line of each thing, and nothing of its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migrate.apply import Outcome
from migrate.batches import Batch
from migrate.ledger import Ledger
from migrate.model.document import Key
from migrate.report_rows import FAILED, Line, Page, line_of

Difference = tuple[str, ...]


class Tally:
    """Pages and lines, in the order in which they came; `refused`: what the target will not have, and why."""

    def __init__(self, known: Mapping[Key, str], ledger: Ledger, tell: Callable[[Line, Difference], None]) -> None:
        """`known`: refusals that earlier runs met; `tell` hears of each line, with the difference that goes with it."""
        self.pages: list[Page] = []
        self.lines: list[Line] = []
        self.refused: dict[Key, str] = {}
        self.spared: set[Key] = set()  # what this run could not make, or has no part in, and is no orphan
        self._known, self._ledger, self._tell = known, ledger, tell
        self._places: dict[Key, int] = {}

    def passed(self, batch: Batch) -> None:
        """Pages whose resources will be decided about next."""
        self.pages.extend(batch.pages)
        self.spared.update(batch.spared, (page.key for page in batch.pages if page.broken))

    def ended(self, outcome: Outcome, difference: Difference) -> None:
        """What became of one thing."""
        key = outcome.operation.key
        line = line_of(outcome.operation, outcome.failure, self._ledger.entries.get(key))
        if outcome.final:
            self.refused[key] = outcome.failure
        elif line.action == FAILED and key in self._known:
            self.refused[key] = self._known[key]
        if self._noted(line):
            self._tell(line, difference)

    def _noted(self, line: Line) -> bool:
        """Note it; False where it was a second look, to mend its links, that changed nothing."""
        place = self._places.setdefault(line.key, len(self.lines))
        if place == len(self.lines):
            self.lines.append(line)
            return True
        before = self.lines[place]
        again = before.action in (FAILED, "conflict")
        if again or line.action in (FAILED, "conflict") or (line.action == "update" and before.action == "keep"):
            self.lines[place] = line
            return True
        self.lines[place] = before._replace(url=line.url or before.url)
        return False
