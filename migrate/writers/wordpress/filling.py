"""What only the site knows, filled into resources, and a memory of where that was a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migrate.errors import TargetError
from migrate.model.document import EMPTY, Key
from migrate.model.plan import Entry
from migrate.model.reference import Reference, filled_in
from migrate.model.resource import Resource
from migrate.writers.wordpress.inventory import Inventory
from migrate.writers.wordpress.kinds import digest_for

Guess = tuple[Key, str, Any]  # whose, which part, and what was said
NEEDED = "parent"  # a field that nothing can take the place of


class Filling:
    """Answers references, and remembers the answers that were not the ledger's."""

    def __init__(self, inventory: Inventory) -> None:
        """Nothing is predicted yet."""
        self._inventory = inventory
        self._links: Mapping[Key, str] = EMPTY
        self._places: Mapping[Key, str] = EMPTY
        self._guesses: dict[Key, tuple[Guess, ...]] = {}

    def predict(self, links: Mapping[Key, str], places: Mapping[Key, str]) -> None:
        """Addresses and natural keys of what is not made yet."""
        self._links, self._places = links, places

    def settled(self, resource: Resource, entries: Mapping[Key, Entry]) -> Resource:
        """The resource with everything filled in, and its digest."""
        if resource.digest:
            return resource
        guesses: list[Guess] = []

        def look_up(key: Key, part: str) -> str | int:
            known = _known(entries.get(key), part)
            if known is not None:
                return known
            guess = self._guess(key, part)
            guesses.append((key, part, guess))
            return guess

        needed = resource.fields.get(NEEDED)
        fields = filled_in(resource.fields, look_up)
        if isinstance(needed, Reference) and not fields[NEEDED]:
            raise TargetError(f"what it belongs under ({needed.key}) is not on the site")
        if not fields.get("author", 1):
            del fields["author"]
        fields |= {name: _without_zeros(value) for name, value in fields.items() if isinstance(value, list)}
        if guesses:
            self._guesses[resource.key] = tuple(guesses)
        else:
            self._guesses.pop(resource.key, None)
        return replace(resource, fields=fields, digest=digest_for(resource.kind, fields))

    def mistaken(self, entries: Mapping[Key, Entry]) -> frozenset[Key]:
        """Whose guesses the ledger now answers otherwise."""
        return frozenset(
            key
            for key, guesses in self._guesses.items()
            for whose, part, guess in guesses
            if _known(entries.get(whose), part) not in (None, guess)
        )

    def _guess(self, key: Key, part: str) -> str | int:
        if part == "url":
            return self._links.get(key, "")
        row = self._inventory.by_place(self._places[key]) if key in self._places else None
        return row.id if row is not None else 0


def _known(entry: Entry | None, part: str) -> str | int | None:
    """What the ledger answers; in a rehearsal, what is only pretended has its natural key for a number."""
    if entry is None:
        return None
    if part == "url":
        return entry.url or None
    return int(entry.target_id) if entry.target_id.isdigit() else entry.target_id


def _without_zeros(values: list[Any]) -> list[Any]:
    return [value for value in values if value != 0]
