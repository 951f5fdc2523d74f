"""Carry out operations: the intent is committed before the write, its result after it.

Killed at any moment, the ledger therefore names everything that may or may not have happened since, and
`recover` finds out which. A batch shares one transaction for its intents and one for its results.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from migrate.errors import Refused, TargetError, Undecided, Unreachable
from migrate.ledger import Ledger
from migrate.model.document import Key
from migrate.model.plan import Action, Entry, Intent, Observed, Operation
from migrate.model.resource import Resource
from migrate.writers import Recognises, Store, Write, WritesTogether

WRITES = frozenset({Action.CREATE, Action.UPDATE, Action.DELETE})
HOPELESS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})  # nothing after it would succeed either


Heard = tuple[int, Observed | TargetError | None]  # the place of a write, and what became of it


class Outcome(NamedTuple):
    """What became of an operation; `failure` is the target's reason, "" when it was carried out. `final`: it would
    give the same reason again."""

    operation: Operation
    failure: str = ""
    final: bool = False


class _Results:
    """What a batch has learned so far, to be committed at its end, however it ends."""

    def __init__(self) -> None:
        self.made: list[Entry] = []
        self.gone: list[Key] = []
        self.settled: list[Key] = []

    def add(self, operation: Operation, entry: Entry | None) -> None:
        """`entry` None: the operation left nothing to remember."""
        former = operation.entry.key if operation.entry else operation.key
        if entry is None or former != operation.key:
            self.gone.append(former)
        if entry is not None:
            self.made.append(entry)
        self.settled.append(operation.key)


class Applying:
    """Operations on their way: their intents are committed, and what a store writes together has been sent."""

    def __init__(self, operations: Sequence[Operation], store: Store, ledger: Ledger) -> None:
        """Commit the intents, and begin."""
        self._operations, self._store, self._ledger = operations, store, ledger
        self._results = _Results()
        intents = [_intent(operation) for operation in operations if operation.action in WRITES]
        if intents:
            ledger.intend(intents)
        self._sent = _sent(operations, store) if isinstance(store, WritesTogether) else None

    def outcomes(self, advance: Callable[[int], None] = lambda _: None) -> tuple[Outcome, ...]:
        """Wait for all of them, and record what was learned, however it ends. `advance` hears of what is done."""
        try:
            if self._sent is not None:
                return _heard(self._operations, self._sent, self._results, advance)
            outcomes = tuple(_carry_out(operation, self._store, self._results) for operation in self._operations)
            advance(len(outcomes))
            return outcomes
        finally:
            learned = self._results
            if learned.made or learned.gone or learned.settled:
                self._ledger.record(learned.made, learned.gone, learned.settled)


def apply(
    operations: Sequence[Operation], store: Store, ledger: Ledger, advance: Callable[[int], None] = lambda _: None
) -> tuple[Outcome, ...]:
    """Carry out a batch; what the target refuses is an outcome with its reason. `advance` hears of what is done.

    TargetError only where nothing could succeed any more: no room, not writable, or out of reach. Writes that
    were under way then stay intents.
    """
    return Applying(operations, store, ledger).outcomes(advance)


def recover(store: Store, ledger: Ledger) -> int:
    """Find out what became of the writes of an interrupted run, and record it; gives their number.

    What is there as it was intended is ours. What is not is left to the decision table, which sees either
    nothing done or the hand of somebody else.
    """
    intents = ledger.intents()
    results = _Results()
    for intent in intents:
        _recover(intent, store, ledger, results)
    if intents:
        ledger.record(results.made, results.gone, [intent.key for intent in intents])
    return len(intents)


def _writing(operations: Sequence[Operation]) -> list[int]:
    """The places of those that write."""
    return [place for place, operation in enumerate(operations) if operation.action in WRITES]


def _sent(operations: Sequence[Operation], store: WritesTogether) -> Iterator[Heard]:
    """Let the store write as many at once as it can."""
    some = [operations[place] for place in _writing(operations)]
    return store.write_all([Write(one.action, one.resource, one.entry) for one in some])


def _heard(
    operations: Sequence[Operation],
    sent: Iterator[Heard],
    results: _Results,
    advance: Callable[[int], None],
) -> tuple[Outcome, ...]:
    """What became of the writes; what writes nothing is recorded as it is."""
    outcomes = [Outcome(operation) for operation in operations]
    writing = _writing(operations)
    for operation in operations:
        if operation.action not in WRITES:
            _note(operation, results)
    advance(len(operations) - len(writing))
    for number, result in sent:
        place = writing[number]
        outcomes[place] = _ended(operations[place], result, results)
        advance(1)
    return tuple(outcomes)


def _ended(operation: Operation, result: Observed | TargetError | None, results: _Results) -> Outcome:
    resource, entry = operation.resource, operation.entry
    if isinstance(result, TargetError):
        if not isinstance(result, Undecided):
            results.settled.append(operation.key)
        return Outcome(operation, str(result), isinstance(result, Refused))
    if resource is None or result is None:
        results.add(operation, None)
        return Outcome(operation)
    owned = entry.owned if operation.action is Action.UPDATE and entry else not result.found
    results.add(operation, entry_of(resource, result, owned=owned))
    return Outcome(replace(operation, code=result.code, why=result.why) if result.code else operation)


def _carry_out(operation: Operation, store: Store, results: _Results) -> Outcome:
    try:
        _write(operation, store, results)
    except Unreachable:
        raise
    except TargetError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in HOPELESS:
            raise
        results.settled.append(operation.key)
        return Outcome(operation, str(error))
    return Outcome(operation)


def _write(operation: Operation, store: Store, results: _Results) -> None:
    resource, entry = operation.resource, operation.entry
    match operation.action:
        case Action.CREATE if resource:
            results.add(operation, entry_of(resource, store.create(resource)))
        case Action.UPDATE if resource and entry:
            results.add(operation, entry_of(resource, store.update(entry, resource), owned=entry.owned))
        case Action.DELETE if entry:
            store.delete(entry)
            results.add(operation, None)
        case _:
            _note(operation, results)


def _note(operation: Operation, results: _Results) -> None:
    """What changes the ledger alone."""
    resource, entry, observed = operation.resource, operation.entry, operation.observed
    match operation.action:
        case Action.ADOPT if resource and observed:
            results.add(operation, entry_of(resource, observed, owned=entry.owned if entry else False))
        case Action.KEEP if entry and observed and _touched(entry, observed):
            url = observed.url or entry.url
            results.made.append(replace(entry, size=observed.size, modified=observed.modified, url=url))
        case Action.FORGET:
            results.add(operation, None)


def entry_of(resource: Resource, observed: Observed, *, owned: bool = True) -> Entry:
    """What the ledger remembers of a resource that stands on the target."""
    return Entry(
        key=resource.key,
        kind=resource.kind,
        target_id=observed.target_id,
        url=observed.url,
        desired=resource.digest,
        observed=observed.digest,
        owned=owned,
        size=observed.size,
        modified=observed.modified,
        natural_key=resource.natural_key,
    )


def _touched(entry: Entry, observed: Observed) -> bool:
    """Same content under another time or address: remembered, or it would be read again on every run."""
    same = entry.observed == observed.digest
    elsewhere = bool(observed.url) and observed.url != entry.url
    return same and (elsewhere or (entry.size, entry.modified) != (observed.size, observed.modified))


def _intent(operation: Operation) -> Intent:
    resource, entry = operation.resource, operation.entry
    return Intent(
        action=operation.action,
        key=operation.key,
        kind=resource.kind if resource else entry.kind if entry else "",
        natural_key=resource.natural_key if resource else entry.natural_key if entry else "",
        digest=resource.digest if resource else "",
        former=entry.target_id if entry else "",
    )


def _recover(intent: Intent, store: Store, ledger: Ledger, results: _Results) -> None:
    entry = ledger.entries.get(intent.key)
    if intent.action is Action.DELETE:
        if entry and not store.observe((), {entry.key: entry}):
            store.delete(entry)  # gone, but perhaps not all that came with it
            results.gone.append(entry.key)
        return
    wanted = Resource(key=intent.key, kind=intent.kind, natural_key=intent.natural_key, digest=intent.digest)
    observed = store.observe((wanted,), {}).get(intent.key)
    if observed is None or observed.digest != intent.digest:
        if entry and entry.kind != intent.kind:
            intent = replace(intent, action=Action.CREATE)  # what becomes another kind of thing is made anew
        anew = entry is None or entry.kind != intent.kind
        ours = _recognised(intent, observed, store, ledger) if anew else None
        if ours:
            if entry:
                _finish_move(entry, store)
            # Though not as it was wanted: half made, or made otherwise by the target. To be looked at again.
            results.made.append(replace(entry_of(wanted, ours), desired=""))
        return
    if entry and entry.natural_key != intent.natural_key and entry.target_id != observed.target_id:
        _finish_move(entry, store)
    results.made.append(entry_of(wanted, observed, owned=entry.owned if entry else True))
    results.gone += [
        key for key, other in ledger.entries.items() if other.natural_key == intent.natural_key and key != intent.key
    ]


def _recognised(intent: Intent, observed: Observed | None, store: Store, ledger: Ledger) -> Observed | None:
    """What an interrupted write has made, under its own name or another one."""
    if not isinstance(store, Recognises):
        return None
    if observed is not None and store.recognises(intent, observed):
        return observed
    left = store.left_elsewhere(intent, ledger.entries)
    for again in left[1:]:
        store.delete(Entry(key=intent.key, kind=intent.kind, target_id=again.target_id, desired="",
                           observed=again.digest, natural_key=again.target_id))
    return left[0] if left else None


def _finish_move(entry: Entry, store: Store) -> None:
    """Remove what a move left in the old place, unless somebody has edited it since."""
    observed = store.observe((), {entry.key: entry}).get(entry.key)
    if observed is None or observed.digest == entry.observed:
        store.delete(entry)
