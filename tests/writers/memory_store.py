"""A Store in memory, believed because it passes the same suite as the folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.plan import Entry, Observed
from migrate.model.resource import Resource, digest_of


class MemoryStore:
    """`files` is the target; `step` is called before and after each write, and may raise to play a crash."""

    def __init__(
        self, files: dict[str, str] | None = None, step: Callable[[str], None] = lambda _: None
    ) -> None:
        self.files = {} if files is None else files
        self.step = step
        self.writes = 0

    def settle(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> tuple[Resource, ...]:
        return tuple(r if r.digest else replace(r, digest=digest_of(_text(r))) for r in resources)

    def observe(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> Mapping[Key, Observed]:
        places = {r.key: r.natural_key for r in resources} | {key: e.target_id for key, e in entries.items()}
        return {key: self._observed(place) for key, place in places.items() if place in self.files}

    def occupied(self, natural_keys: Sequence[str]) -> frozenset[str]:
        return frozenset(key for key in natural_keys if key in self.files)

    def create(self, resource: Resource) -> Observed:
        _check(resource.natural_key)
        if resource.natural_key in self.files:
            raise TargetError(f"{resource.natural_key} exists already")
        return self._put(resource)

    def update(self, entry: Entry, resource: Resource) -> Observed:
        _check(resource.natural_key)
        moves = entry.target_id != resource.natural_key
        if moves and resource.natural_key in self.files:
            raise TargetError(f"{resource.natural_key} exists already")
        observed = self._put(resource)
        if moves:
            self.step("before the old place is cleared")
            self.files.pop(entry.target_id, None)
            self.step("after the old place is cleared")
        return observed

    def delete(self, entry: Entry) -> None:
        self.step("before a removal")
        self.files.pop(entry.target_id, None)
        self.writes += 1
        self.step("after a removal")

    def read(self, natural_key: str) -> bytes | None:
        text = self.files.get(natural_key)
        return None if text is None else text.encode()

    def close(self) -> None:
        pass

    def _put(self, resource: Resource) -> Observed:
        self.step("before a write")
        self.files[resource.natural_key] = _text(resource)
        self.writes += 1
        self.step("after a write")
        return self._observed(resource.natural_key)

    def _observed(self, place: str) -> Observed:
        return Observed(target_id=place, digest=digest_of(self.files[place]))


def _text(resource: Resource) -> str:
    if "copy" in resource.fields:
        try:
            return Path(resource.fields["copy"]).read_text(encoding="utf-8")
        except OSError as error:
            raise TargetError(f"{resource.natural_key}: could not read its source") from error
    return str(resource.fields["text"])


def _check(natural_key: str) -> None:
    if any(part in ("", ".", "..") for part in natural_key.split("/")):
        raise TargetError(f"{natural_key} leads out of the target")
