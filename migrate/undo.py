"""Take back what runs have made on a target. Only the ledger decides: what it does not own was there before us.

The way back is the way there: the same table of decisions with an empty wish, each intent committed before its
write, so that it can be interrupted and started again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from migrate import __version__
from migrate.apply import apply, recover
from migrate.diff import Permits
from migrate.errors import ConfigError
from migrate.ledger import NAME as LEDGER
from migrate.options import Options
from migrate.planning import plan
from migrate.recall import NAME as LAST_RUN
from migrate.report_rows import FAILED, Line, line_of
from migrate.screen import Screen
from migrate.steps import Bench, opened
from migrate.targets import TARGETS


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of everything that the ledger knew. `declined`: somebody was asked, and said no."""

    lines: tuple[Line, ...] = ()
    declined: bool = False

    @property
    def removed(self) -> int:
        """Things that were, or in a dry run would be, removed."""
        return sum(line.action == "delete" for line in self.lines)

    @property
    def strangers(self) -> int:
        """Things that are forgotten: not there any more, or there before the migration."""
        return sum(line.action == "forget" for line in self.lines)

    @property
    def edited(self) -> int:
        """Things that somebody has edited since."""
        return sum(line.action == "conflict" for line in self.lines)

    @property
    def trouble(self) -> int:
        """Things that somebody has edited since, or that could not be removed."""
        return sum(line.action in ("conflict", FAILED) for line in self.lines)


def undo(options: Options, screen: Screen, now: datetime) -> Undone:
    """Remove what earlier runs made on the target, but not what was edited since. Raises a MigrateError."""
    target = TARGETS[options.target](options)
    if not (target.state / LEDGER).is_file():
        where = (
            "Give the folder that a migration has written." if options.target == "hugo" else
            "Start in the folder from which the migration was run, or name the ledger's folder with --state."
        )
        raise ConfigError(f"There is no ledger in {target.state}, so nobody knows what was made. {where}")
    with opened(options, target, now) as bench:
        recover(bench.store, bench.ledger)
        count = sum(entry.owned for entry in bench.ledger.entries.values())
        if screen.asks and not options.dry_run and not screen.confirm({"delete": count}):
            return Undone(declined=True)
        number = bench.ledger.begin_run(now.isoformat(), __version__, "", [LAST_RUN])
        screen.stage("Removing", len(bench.ledger.entries))
        lines = tuple(_taken_back(options, screen, bench))
        totals = json.dumps(Counter(line.action for line in lines))
        bench.ledger.end_run(number, now.isoformat(), totals)
    return Undone(lines)


def _taken_back(options: Options, screen: Screen, bench: Bench) -> Iterator[Line]:
    """Carry out an empty wish."""
    entries = bench.ledger.entries
    permits = Permits(prune=True, forced=options.forced)
    for some in plan((), entries, bench.store, permits, max_delete=len(entries)):
        for outcome in apply(some, bench.store, bench.ledger, screen.advance):
            line = line_of(outcome.operation, outcome.failure)
            screen.line(line)
            yield line
