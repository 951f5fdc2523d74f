"""Writers: a decided Site becomes the resources of a target, and a Store carries them there.

Each target has a folder: its pure half turns documents into `Resource`s, its `Store` is the only thing that
touches the target. `diff` and `apply` know a target by this protocol alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.plan import Action, Entry, Intent, Observed
from migrate.model.resource import Resource


class Store(Protocol):
    """Where a target keeps what we make. Only `create`, `update` and `delete` write.

    Everything raises `TargetError` for one resource that the target refuses (the run records it and goes on).
    A folder's digests are `digest_of` the file's bytes, so `desired == observed` means "as we want it".
    """

    def settle(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> tuple[Resource, ...]:
        """Give resources whose digest only reading can tell (copies of media) their digest.

        A copy whose source still has the size and time that the ledger remembers is not read again.
        """
        ...

    def observe(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> Mapping[Key, Observed]:
        """What stands on the target now, for every key of `resources` and `entries`; no key: nothing there.

        Looked up where the entry says (`target_id`), without an entry under the resource's natural key. What
        has the size and time that the entry remembers is taken as unchanged and not read again.
        """
        ...

    def occupied(self, natural_keys: Sequence[str]) -> frozenset[str]:
        """Those of `natural_keys` under which something stands: asked before a resource moves there."""
        ...

    def create(self, resource: Resource) -> Observed:
        """Make what does not exist. Refuses to touch something else that stands under the natural key."""
        ...

    def update(self, entry: Entry, resource: Resource) -> Observed:
        """Replace what `entry` made; under a new natural key, the old one goes once the new is there."""
        ...

    def delete(self, entry: Entry) -> None:
        """Remove what `entry` made; nothing happens when it is gone already."""
        ...

    def read(self, natural_key: str) -> bytes | None:
        """The bytes that stand under a natural key, for diffs; None where nothing (readable) stands."""
        ...

    def close(self) -> None:
        """Finish: let go of connections, remove what an earlier, interrupted run left half-written."""
        ...


class Write(NamedTuple):
    """One write of many: CREATE with a resource, UPDATE with both, DELETE with an entry."""

    action: Action
    resource: Resource | None
    entry: Entry | None


@runtime_checkable
class WritesTogether(Protocol):
    """A Store that carries out many writes at once.

    `together` is the number of resources that are worth deciding about, and writing, at once.
    """

    together: int

    def write_all(self, writes: Sequence[Write]) -> Iterator[tuple[int, Observed | TargetError | None]]:
        """Send all on their way. What it gives says the place in the list and the outcome of each, as they come.

        None: removed. A TargetError is the refusal of one; Unreachable is raised, with the outcomes of the writes
        that were under way unknown.
        """
        ...


@runtime_checkable
class Recognises(Protocol):
    """A Store where a reply may be lost, and where things may come out otherwise than they were wanted."""

    def recognises(self, intent: Intent, observed: Observed) -> bool:
        """Whether what stands there is what an interrupted run made, though it may hold something else."""
        ...

    def left_elsewhere(self, intent: Intent, entries: Mapping[Key, Entry]) -> tuple[Observed, ...]:
        """What an interrupted run made under another name than it wanted, because the target gave it that one: the
        oldest first; more than one where it was tried again."""
        ...


@runtime_checkable
class Renames(Protocol):
    """A Store where the name of a thing may change without our doing: by a person's hand, or with what is above it."""

    def stands(self, entry: Entry, natural_key: str) -> bool:
        """Whether what an entry made has this name already."""
        ...


@runtime_checkable
class Mends(Protocol):
    """A store that fills in addresses before they are known, and says where they turned out otherwise."""

    def unsettled(self, entries: Mapping[Key, Entry]) -> frozenset[Key]:
        """Keys of resources to be settled again."""
        ...


@runtime_checkable
class ShowsFields(Protocol):
    """A store whose things have fields: differences are shown field by field."""

    def shown(self, natural_key: str, names: Sequence[str], target_id: str = "") -> Mapping[str, Any] | None:
        """These fields of what has this id, else of what stands under the natural key, as they are compared; None:
        nothing does."""
        ...

    def compared(self, resource: Resource) -> Mapping[str, Any]:
        """The fields of a resource in the same form."""
        ...
