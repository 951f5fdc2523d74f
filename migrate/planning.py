"""From wanted resources to operations, chunk by chunk, so that a large site is never in memory as a whole.

What must wait for the end (a place that another resource still has, what is left over) comes last. Entries
are read as they are when a chunk is decided: the caller carries out each chunk before it asks for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from migrate.diff import CAREFUL, Permits, decide_heir, decide_leftover, diff, forced, moves, refuse
from migrate.errors import IncompleteRun, TargetError
from migrate.model.document import EMPTY, Key
from migrate.model.plan import Action, Entry, Operation
from migrate.model.resource import Resource
from migrate.writers import Renames, Store

Result = TypeVar("Result")

CHUNK = 500
FEW = 20  # deleting this many needs no thought


def plan(
    chunks: Iterable[Sequence[Resource]],
    entries: Mapping[Key, Entry],
    store: Store,
    permits: Permits = CAREFUL,
    *,
    spared: Set[Key] = frozenset(),
    whole: bool = True,
    max_delete: int | None = None,
    refused: Mapping[Key, str] = EMPTY,
) -> Iterator[tuple[Operation, ...]]:
    """Decide about everything.

    `refused`: what the target would not have when it was sent, and why; it is not sent again unless it is forced.
    `spared` may grow while chunks are read: keys of what could not be made this time, and is no orphan.
    `whole` False: the wish is a selection, so what it leaves out is no orphan either.
    Raises IncompleteRun, before the first removal, when more than `max_delete` would be removed.
    """
    holders = {entry.natural_key: key for key, entry in entries.items()}
    wanted: dict[str, Key] = {}
    seen: set[Key] = set()
    waiting: list[Resource] = []
    for chunk in chunks:
        ready, rejected = [], []
        settled, unreadable = _settled(chunk, entries, store)
        for resource in settled:
            seen.add(resource.key)
            if resource.key in refused and resource.key not in entries and not forced(resource, permits):
                rejected.append(refuse(resource, None, "G448", again_by(refused[resource.key], resource)))
                continue
            rival = wanted.setdefault(resource.natural_key, resource.key)
            if rival != resource.key:
                rejected.append(refuse(resource, entries.get(resource.key), "G444", rival))
            elif holders.get(resource.natural_key, resource.key) != resource.key:
                waiting.append(resource)
            else:
                ready.append(resource)
        seen.update(operation.key for operation in unreadable)
        yield (*_decided(ready, entries, store, permits), *rejected, *unreadable)
    orphans = frozenset(entries) - seen - spared if whole else frozenset()
    yield from _late(waiting, orphans, entries, store, permits)
    yield from _leftovers(orphans, entries, store, permits, max_delete)
    yield from _late(waiting, frozenset(), entries, store, permits)
    holders = {entry.natural_key: key for key, entry in entries.items()}
    yield tuple(refuse(r, entries.get(r.key), "G445", holders[r.natural_key]) for r in waiting)


def again_by(why: str, resource: Resource) -> str:
    """The reason for which something is not sent again, and what sends it all the same."""
    return f"{why} (refused by an earlier run, so it was not sent again; --force {resource.natural_key} does)"


def _settled(
    chunk: Sequence[Resource], entries: Mapping[Key, Entry], store: Store
) -> tuple[Sequence[Resource], tuple[Operation, ...]]:
    """The chunk with its digests, and what has none because it cannot be read."""
    try:
        return store.settle(chunk, entries), ()
    except TargetError:
        return _one_by_one(chunk, entries, lambda resource: store.settle((resource,), entries))


def _decided(
    resources: Sequence[Resource], entries: Mapping[Key, Entry], store: Store, permits: Permits
) -> tuple[Operation, ...]:
    """Look at the target once for a whole chunk, and decide."""
    try:
        return _looked_up(resources, entries, store, permits)
    except TargetError:
        decided, refused = _one_by_one(
            resources, entries, lambda resource: _looked_up((resource,), entries, store, permits)
        )
        return (*decided, *refused)


def _looked_up(
    resources: Sequence[Resource], entries: Mapping[Key, Entry], store: Store, permits: Permits
) -> tuple[Operation, ...]:
    known = {resource.key: entries[resource.key] for resource in resources if resource.key in entries}
    observed = store.observe(resources, known)
    moving = {r.natural_key: known[r.key] for r in resources if r.key in known and moves(r, known[r.key])}
    renames = store if isinstance(store, Renames) else None
    arrived = frozenset(name for name, entry in moving.items() if renames and renames.stands(entry, name))
    occupied = store.occupied([name for name in moving if name not in arrived]) if moving else arrived
    return diff(resources, known, observed, permits, occupied, arrived)


def _one_by_one(
    resources: Sequence[Resource],
    entries: Mapping[Key, Entry],
    step: Callable[[Resource], tuple[Result, ...]],
) -> tuple[tuple[Result, ...], tuple[Operation, ...]]:
    """Find those in a chunk that the target refuses, so that the others go on."""
    results: list[Result] = []
    refused = []
    for resource in resources:
        try:
            results.extend(step(resource))
        except TargetError as error:
            refused.append(refuse(resource, entries.get(resource.key), "G448", str(error)))
    return tuple(results), tuple(refused)


def _late(
    waiting: list[Resource],
    orphans: frozenset[Key],
    entries: Mapping[Key, Entry],
    store: Store,
    permits: Permits,
) -> Iterator[tuple[Operation, ...]]:
    """Decide, in rounds, about what waited for a place; what can have it now is taken out of `waiting`."""
    while waiting:
        holders = {entry.natural_key: entry for entry in entries.values()}
        free, heirs, still = [], [], []
        for resource in waiting:
            holder = holders.get(resource.natural_key)
            if holder is None:
                free.append(resource)
            elif holder.key in orphans and resource.key not in entries:
                heirs.append((resource, holder))
            else:
                still.append(resource)
        if len(still) == len(waiting):
            return
        waiting[:] = still
        yield (
            *_decided(free, entries, store, permits),
            *(_inherited(resource, holder, store, permits) for resource, holder in heirs),
        )


def _inherited(resource: Resource, holder: Entry, store: Store, permits: Permits) -> Operation:
    return decide_heir(resource, holder, store.observe((), {holder.key: holder}).get(holder.key), permits)


def _leftovers(
    orphans: frozenset[Key],
    entries: Mapping[Key, Entry],
    store: Store,
    permits: Permits,
    max_delete: int | None,
) -> Iterator[tuple[Operation, ...]]:
    """Decide about what the ledger knows and nothing wants, in the ledger's order."""
    left = [entry for key, entry in entries.items() if key in orphans]
    decided = []
    for start in range(0, len(left), CHUNK):
        chunk = left[start : start + CHUNK]
        observed = store.observe((), {entry.key: entry for entry in chunk})
        decided.append(tuple(decide_leftover(entry, observed.get(entry.key), permits) for entry in chunk))
    deletions = sum(operation.action is Action.DELETE for chunk in decided for operation in chunk)
    _limit(deletions, len(entries), max_delete)
    yield from decided


def _limit(deletions: int, held: int, max_delete: int | None) -> None:
    """Refuse to remove more than was said, or than is likely to be meant."""
    limit = max(FEW, held // 2) if max_delete is None else max_delete
    if deletions > limit:
        raise IncompleteRun(
            f"--prune would remove {deletions} of {held} things that earlier runs made, more than "
            f"{'--max-delete allows' if max_delete is not None else 'half of them'}. None was removed. "
            f"Look at them with --dry-run; if it is right, run again with --max-delete {deletions}."
        )
