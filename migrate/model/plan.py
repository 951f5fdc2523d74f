"""What a run will do, what the ledger remembers, and what the target shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrate.model.document import Key
from migrate.model.resource import Resource


class Action(StrEnum):
    """What happens to one resource; the decision table stands in docs/architecture.md."""

    CREATE = "create"
    ADOPT = "adopt"
    UPDATE = "update"
    KEEP = "keep"
    CONFLICT = "conflict"
    ORPHAN = "orphan"
    DELETE = "delete"
    FORGET = "forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the ledger: what was made under which name.

    `desired` is the digest of what we wanted, `observed` of what the target showed after our write; they are
    equal for a folder. `size` and `modified` (nanoseconds) let a folder be checked without reading it.
    `natural_key` is the resource's at the time of our write: another one now means that it moves.
    """

    key: Key
    kind: str
    target_id: str
    url: str = ""
    desired: str
    observed: str
    owned: bool = True
    size: int = -1
    modified: int = -1
    natural_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A write that was about to happen; still there when a run begins, its outcome is unknown.

    `digest` is of what was to be written, "" for a removal. `former` is the target id that a move leaves behind.
    """

    action: Action
    key: Key
    kind: str
    natural_key: str
    digest: str
    former: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What the target shows under a natural key now.

    `code` and `why` may say what the target made of it that was not asked for: a finding. `found` says that it stood
    there already: after a write, that it is not ours; before one, that it is what is wanted though not to the letter.
    Where it is not found, a code before a write says why it cannot be had, not even by force.
    """

    target_id: str
    digest: str
    size: int = -1
    modified: int = -1
    url: str = ""                         # "": unknown, or the target has none
    code: str = ""
    why: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of a plan: pure data, shown in a dry run and carried out in a run.

    `entry` has another key than the operation where a resource takes over what was made under a name that is gone.
    `code` is the finding that says why, with its places filled in by `why`.
    """

    action: Action
    key: Key
    resource: Resource | None = None
    entry: Entry | None = None
    observed: Observed | None = None      # what stood on the target when it was decided
    changed: tuple[str, ...] = ()
    why: str = ""                         # what the finding says beyond its code: a name, a path, a message
    code: str = ""                        # the finding that this operation is reported with; "" for none
