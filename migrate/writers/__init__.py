"""Writers: a decided Site becomes the resources of a target, and a Store carries them there.

Each target has a folder: its pure half turns documents into `Resource`s, its `Store` is the only thing that
touches the target. `diff` and `apply` know a target by this protocol alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from migrate.model.document import Key
from migrate.model.plan import Entry, Observed
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
