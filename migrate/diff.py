"""The decision table: what is wanted × what the ledger remembers × what stands on the target → Operations.

Every row is a line in docs/safety.md, and has its test. Nothing here knows a target or touches one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from migrate.model.document import Key
from migrate.model.plan import Action, Entry, Observed, Operation
from migrate.model.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Permits:
    """What the user allows beyond the careful default.

    `forced` names conflicts that may be resolved in our favour: by key, place on the target or source path.
    """

    prune: bool = False
    forced: frozenset[str] = frozenset()

    def force(self, key: Key, *names: str) -> bool:
        """Whether this one was named."""
        return bool(self.forced) and not self.forced.isdisjoint((key, *names))


CAREFUL = Permits()


def diff(
    resources: Sequence[Resource],
    entries: Mapping[Key, Entry],
    observed: Mapping[Key, Observed],
    permits: Permits = CAREFUL,
    occupied: frozenset[str] = frozenset(),
    arrived: frozenset[str] = frozenset(),
) -> tuple[Operation, ...]:
    """Decide about wanted resources; of natural keys to move to, `occupied`: where something else stands already;
    `arrived`: where the very thing does."""
    return tuple(
        decide(
            resource,
            entries.get(resource.key),
            observed.get(resource.key),
            permits,
            blocked=resource.natural_key in occupied,
            arrived=resource.natural_key in arrived,
        )
        for resource in resources
    )


def decide(
    resource: Resource,
    entry: Entry | None,
    observed: Observed | None,
    permits: Permits = CAREFUL,
    *,
    blocked: bool = False,
    arrived: bool = False,
) -> Operation:
    """Say what happens to one resource that the target shall hold."""
    if entry is None:
        return _unknown(resource, observed, permits)
    if observed is None:
        return _gone(resource, entry, permits)
    if arrived:
        return _arrived(resource, entry, observed, permits)
    if moves(resource, entry) and blocked:
        return _conflict(resource, entry, observed, "G441", resource.natural_key)
    if moves(resource, entry) and not entry.owned:
        # Moving would remove what we did not make: it stays, and is nothing to us any more.
        return Operation(action=Action.CREATE, key=resource.key, resource=resource)
    return _known(resource, entry, observed, permits)


def moves(resource: Resource, entry: Entry) -> bool:
    """Whether what was made stands in another place than it now should."""
    return resource.natural_key != entry.natural_key


def decide_leftover(entry: Entry, observed: Observed | None, permits: Permits = CAREFUL) -> Operation:
    """Say what happens to something that we know and that nothing wants any more."""
    if observed is None or not entry.owned:
        return Operation(action=Action.FORGET, key=entry.key, entry=entry, observed=observed)
    edited = observed.digest != entry.observed
    if not permits.prune:
        return Operation(
            action=Action.ORPHAN,
            key=entry.key,
            entry=entry,
            observed=observed,
            code="G446",
            why=entry.natural_key,
        )
    if edited and not permits.force(entry.key, entry.natural_key):
        return Operation(
            action=Action.CONFLICT,
            key=entry.key,
            entry=entry,
            observed=observed,
            code="G447",
            why=entry.natural_key,
        )
    return Operation(action=Action.DELETE, key=entry.key, entry=entry, observed=observed)


def decide_heir(resource: Resource, holder: Entry, observed: Observed | None, permits: Permits = CAREFUL) -> Operation:
    """Say what happens to a new resource whose place holds what was made under a name that is gone.

    A site that gets its first languages, or a folder whose number changes, renames every key and no file.
    """
    if observed is None:
        return Operation(action=Action.CREATE, key=resource.key, resource=resource, entry=holder)
    if observed.digest == resource.digest:
        return Operation(action=Action.ADOPT, key=resource.key, resource=resource, entry=holder, observed=observed)
    if observed.digest != holder.observed and not forced(resource, permits):
        return _conflict(resource, holder, observed, "G442", resource.natural_key)
    return Operation(
        action=Action.UPDATE,
        key=resource.key,
        resource=resource,
        entry=holder,
        observed=observed,
        changed=("content",),
    )


def refuse(resource: Resource, entry: Entry | None, code: str, why: str) -> Operation:
    """Make the conflict of a resource whose place another resource has."""
    return _conflict(resource, entry, None, code, why)


def _unknown(resource: Resource, observed: Observed | None, permits: Permits) -> Operation:
    """The rows where the ledger says nothing."""
    if observed is None:
        return Operation(action=Action.CREATE, key=resource.key, resource=resource)
    if observed.code and not observed.found:
        return _conflict(resource, None, observed, observed.code, observed.why)
    if observed.digest == resource.digest or observed.found:
        return Operation(action=Action.ADOPT, key=resource.key, resource=resource, observed=observed,
                         code=observed.code, why=observed.why)
    if not forced(resource, permits):
        return _conflict(resource, None, observed, "G441", resource.natural_key)
    return Operation(
        action=Action.UPDATE,
        key=resource.key,
        resource=resource,
        observed=observed,
        entry=_stranger(resource, observed),
        changed=("content",),
    )


def _gone(resource: Resource, entry: Entry, permits: Permits) -> Operation:
    """The row where somebody removed what we made."""
    if not forced(resource, permits):
        return _conflict(resource, entry, None, "G443", entry.natural_key)
    return Operation(action=Action.CREATE, key=resource.key, resource=resource)


def _arrived(resource: Resource, entry: Entry, observed: Observed, permits: Permits) -> Operation:
    """A move that is none: an interrupted run, or a person, has moved it or what is above it, and the ledger alone does
    not know."""
    if observed.digest == resource.digest:
        return Operation(action=Action.ADOPT, key=resource.key, resource=resource, entry=entry, observed=observed)
    return _known(resource, replace(entry, natural_key=resource.natural_key), observed, permits)


def _known(resource: Resource, entry: Entry, observed: Observed, permits: Permits) -> Operation:
    """The rows where all three have something."""
    changed = _changed(resource, entry)
    edited = observed.digest != entry.observed
    if edited and not changed and forced(resource, permits):
        changed = ("content",)
    if not changed:
        return Operation(
            action=Action.KEEP,
            key=resource.key,
            resource=resource,
            entry=entry,
            observed=observed,
            code="G440" if edited else "",
            why=entry.natural_key if edited else "",
        )
    if edited and observed.digest == resource.digest and not moves(resource, entry):
        # Somebody, or a run whose end the ledger never saw, has made it what we want.
        return Operation(action=Action.ADOPT, key=resource.key, resource=resource, entry=entry, observed=observed)
    if edited and not forced(resource, permits):
        return _conflict(resource, entry, observed, "G442", entry.natural_key)
    return Operation(
        action=Action.UPDATE,
        key=resource.key,
        resource=resource,
        entry=entry,
        observed=observed,
        changed=changed,
    )


def _changed(resource: Resource, entry: Entry) -> tuple[str, ...]:
    content = ("content",) if resource.digest != entry.desired else ()
    return (*content, "place") if moves(resource, entry) else content


def forced(resource: Resource, permits: Permits) -> bool:
    """Whether the user has decided for this resource."""
    return permits.force(resource.key, resource.natural_key, resource.source)


def _conflict(resource: Resource, entry: Entry | None, observed: Observed | None, code: str, why: str) -> Operation:
    return Operation(
        action=Action.CONFLICT,
        key=resource.key,
        resource=resource,
        entry=entry,
        observed=observed,
        code=code,
        why=why,
    )


def _stranger(resource: Resource, observed: Observed) -> Entry:
    """What stands there, as if we had made it: the user has named it and given it to us."""
    return Entry(
        key=resource.key,
        kind=resource.kind,
        target_id=observed.target_id,
        desired=observed.digest,
        observed=observed.digest,
        size=observed.size,
        modified=observed.modified,
        natural_key=resource.natural_key,
    )
