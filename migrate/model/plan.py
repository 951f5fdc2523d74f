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


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What the target shows under a natural key now."""

    target_id: str
    digest: str
    size: int = -1
    modified: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of a plan: pure data, shown in a dry run and carried out in a run."""

    action: Action
    key: Key
    resource: Resource | None = None
    entry: Entry | None = None
    changed: tuple[str, ...] = ()
    why: str = ""
