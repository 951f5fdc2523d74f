"""A store that pretends: a dry run is the run with this in front of the target.

It reads the real target and writes to a notebook, so that every step after a pretended write sees its effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.plan import Entry, Intent, Observed
from migrate.model.resource import Resource
from migrate.writers import Recognises, Renames, Store


class Rehearsal:
    """A `Store` in front of another one; whatever would be written is only remembered."""

    def __init__(self, store: Store) -> None:
        """`store` is only read, and not closed: closing may tidy up."""
        self._store = store
        self._notebook: dict[str, Observed | None] = {}  # by natural key; None: pretended to be gone

    @property
    def behind(self) -> Store:
        """The real one, to look at."""
        return self._store

    def settle(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> tuple[Resource, ...]:
        """As the real one."""
        return self._store.settle(resources, entries)

    def observe(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> Mapping[Key, Observed]:
        """As the real one, with what was pretended."""
        observed = dict(self._store.observe(resources, entries))
        if not self._notebook:
            return observed
        places = {resource.key: resource.natural_key for resource in resources}
        places |= {key: entry.natural_key for key, entry in entries.items()}
        for key, place in places.items():
            if place in self._notebook:
                pretended = self._notebook[place]
                observed.pop(key, None)
                observed |= {key: pretended} if pretended else {}
        return observed

    def occupied(self, natural_keys: Sequence[str]) -> frozenset[str]:
        """As the real one, with what was pretended."""
        pretended = {key for key in natural_keys if key in self._notebook}
        return (self._store.occupied(natural_keys) - pretended) | {k for k in pretended if self._notebook[k]}

    def stands(self, entry: Entry, natural_key: str) -> bool:
        """As the real one, where nothing was pretended."""
        real = isinstance(self._store, Renames) and self._store.stands(entry, natural_key)
        return real and natural_key not in self._notebook

    def create(self, resource: Resource) -> Observed:
        """Pretend; TargetError for a copy that has no digest because nobody can read its source."""
        if not resource.digest:
            raise TargetError(f"{resource.natural_key}: its source {resource.fields.get('copy')} cannot be read.")
        made = Observed(target_id=resource.natural_key, digest=resource.digest)
        self._notebook[resource.natural_key] = made
        return made

    def update(self, entry: Entry, resource: Resource) -> Observed:
        """Pretend."""
        self._notebook[entry.natural_key] = None
        return self.create(resource)

    def delete(self, entry: Entry) -> None:
        """Pretend."""
        self._notebook[entry.natural_key] = None

    def recognises(self, intent: Intent, observed: Observed) -> bool:
        """As the real one."""
        return isinstance(self._store, Recognises) and self._store.recognises(intent, observed)

    def left_elsewhere(self, intent: Intent, entries: Mapping[Key, Entry]) -> tuple[Observed, ...]:
        """As the real one."""
        return self._store.left_elsewhere(intent, entries) if isinstance(self._store, Recognises) else ()

    def read(self, natural_key: str) -> bytes | None:
        """What really stands there."""
        return self._store.read(natural_key)

    def close(self) -> None:
        """Nothing was opened."""
