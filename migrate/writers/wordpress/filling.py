"""What only the site knows, filled into resources, and a memory of what was filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migrate.errors import TargetError
from migrate.model.document import EMPTY, Key
from migrate.model.plan import Entry
from migrate.model.reference import Reference, filled_in
from migrate.model.resource import Resource
from migrate.writers.wordpress.elsewhere import Elsewhere
from migrate.writers.wordpress.inventory import FINAL_LINK, Inventory
from migrate.writers.wordpress.kinds import KINDS, digest_for

Answer = tuple[Key, str, Any]  # whose, which part, and what was said
_ATTRIBUTES = re.compile(r"(<!-- wp:\S+ \{)(.*?)(\} /?-->)")
_NO_NUMBER = re.compile(r'"id":0(?:,|\Z)|,"id":0(?=\Z)')
_PICTURE = re.compile(r"<img\b[^>]*>")
_NO_CLASS = re.compile(r' class="wp-image-0"|(?<=")wp-image-0 | wp-image-0(?=[ "])')
NEEDED = "parent"  # a field that nothing can take the place of


class Filling:
    """Answers references, and remembers the answers that may change."""

    def __init__(self, inventory: Inventory, elsewhere: Elsewhere) -> None:
        """Nothing is predicted yet."""
        self._inventory, self._elsewhere = inventory, elsewhere
        self._links: Mapping[Key, str] = EMPTY
        self._places: Mapping[Key, str] = EMPTY
        self._answers: dict[Key, tuple[Answer, ...]] = {}

    def predict(self, links: Mapping[Key, str], places: Mapping[Key, str]) -> None:
        """Addresses and natural keys of what is not made yet."""
        self._links, self._places = links, places

    def settled(self, resource: Resource, entries: Mapping[Key, Entry]) -> Resource:
        """The resource with everything filled in, and its digest."""
        if resource.digest:
            return resource
        answers: list[Answer] = []

        def look_up(key: Key, part: str) -> str | int:
            known = self._known(entries.get(key), part)
            answer = self._guess(key, part, entries) if known is None else known
            if known is None or part == "url":
                answers.append((key, part, answer))  # numbers never change, addresses do: of the front page, say
            return answer

        needed = resource.fields.get(NEEDED)
        fields = filled_in(resource.fields, look_up)
        if isinstance(needed, Reference) and not fields[NEEDED]:
            raise TargetError(f"what it belongs under ({needed.key}) is not on the site")
        fields |= {name: _without_zeros(value) for name, value in fields.items() if isinstance(value, list | dict)}
        if isinstance(fields.get("content"), str) and any(part == "id" and not answer for _, part, answer in answers):
            fields["content"] = without_numbers(fields["content"])
        if answers:
            self._answers[resource.key] = tuple(answers)
        else:
            self._answers.pop(resource.key, None)
        return replace(resource, fields=fields, digest=digest_for(resource.kind, fields))

    def mistaken(self, entries: Mapping[Key, Entry]) -> frozenset[Key]:
        """Who was given an answer that is another one now, or is itself at another address than the ledger says."""
        mistaken = {
            key
            for key, answers in self._answers.items()
            for whose, part, answer in answers
            if self._known(entries.get(whose), part) not in (None, answer)
        }
        moved = (key for key, entry in entries.items() if entry.url and self._known(entry, "url") != entry.url)
        return frozenset(mistaken.union(moved))

    def _known(self, entry: Entry | None, part: str) -> str | int | None:
        """What site and ledger answer; in a rehearsal, what is only pretended has its natural key for a number."""
        if entry is None:
            return None
        if not entry.target_id.isdigit():
            return None if part == "url" else entry.target_id
        number = int(entry.target_id)
        if part != "url":
            return number
        row = self._inventory.by_id(entry.kind, number) if entry.kind in KINDS else None
        return (row.link if row is not None and row.status in FINAL_LINK else entry.url) or None

    def _guess(self, key: Key, part: str, entries: Mapping[Key, Entry]) -> str | int:
        row = self._elsewhere.standing(key, entries)
        if part == "url":
            return row.link if row is not None and row.status in FINAL_LINK else self._links.get(key, "")
        if row is None and key in self._places:
            row = self._inventory.by_place(self._places[key])
        return row.id if row is not None else 0


def without_numbers(content: str) -> str:
    """Blocks without the numbers of files that are not there (the site refused them): it calls `"id":0` invalid."""
    content = _ATTRIBUTES.sub(lambda found: f"{found[1]}{_NO_NUMBER.sub('', found[2])}{found[3]}", content)
    return _PICTURE.sub(lambda found: _NO_CLASS.sub("", found[0]), content)


def _without_zeros(value: list[Any] | dict[str, Any]) -> list[Any] | dict[str, Any]:
    """Without what is not there: a term that failed, a translation that comes later."""
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if item != 0 or isinstance(item, bool)}
    return [item for item in value if item != 0]
