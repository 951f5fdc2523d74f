"""What stops a run: one tree of exceptions, each with the exit code that the command ends with.

MigrateError            never raised itself
├── WorkerError     1   a worker process died or failed
├── ConfigError     2   a mapping file, an option or the environment is wrong
├── IncompleteRun   3   finished, but something failed, is in conflict, or `--strict` found something
├── SourceError     4   not a Grav site, or it cannot be read
├── TargetError     5   the target cannot be reached, written or built
│   ├── Refused         it will not have this one thing, now or later
│   ├── Undecided       nobody knows what has become of this one thing
│   └── Unreachable     it does not answer any more: nothing that is asked of it next would succeed either
└── LedgerError     6   the ledger is locked, damaged or newer than this program

A message says what happened, where, and what to do next.
"""

from __future__ import annotations


class MigrateError(Exception):
    """Base of everything that stops a run with a message instead of a traceback."""

    exit_code = 1


class WorkerError(MigrateError):
    """A worker process was killed, or failed by a mistake of ours."""

    exit_code = 1


class ConfigError(MigrateError):
    """A mapping file, an option or the environment is wrong."""

    exit_code = 2


class IncompleteRun(MigrateError):  # noqa: N818  it names an outcome, not a mistake
    """The run finished, but something failed or is in conflict."""

    exit_code = 3


class SourceError(MigrateError):
    """The source is not a Grav site, or cannot be read."""

    exit_code = 4


class TargetError(MigrateError):
    """The target cannot be reached, written or built."""

    exit_code = 5


class Refused(TargetError):  # noqa: N818  it names an answer, not a mistake
    """The target will not have this one thing as it is, however often it is sent."""


class Undecided(TargetError):  # noqa: N818  it names a state, not a mistake
    """What has become of this one write cannot be found out now; the next run looks it up."""


class Unreachable(TargetError):  # noqa: N818  it names a state, not a mistake
    """The target does not answer any more, so the run stops; what it was doing is looked up by the next one."""


class LedgerError(MigrateError):
    """The ledger is locked by another run, damaged, or newer than this program."""

    exit_code = 6


CHANGES_PENDING = 10
INTERRUPTED = 130
