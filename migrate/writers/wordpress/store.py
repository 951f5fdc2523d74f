"""A WordPress site as a Store: one inventory to look at, batches to write with.

What only the site knows is filled in when resources are settled: from the ledger, or, for pages that are not
made yet, with the address that they will have. `unsettled` names those for which that was not the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from migrate.aside import Aside
from migrate.errors import TargetError
from migrate.model.document import EMPTY, Key
from migrate.model.plan import Action, Entry, Intent, Observed
from migrate.model.resource import Resource
from migrate.writers import Write
from migrate.writers.wordpress.batching import Batching
from migrate.writers.wordpress.client import Client
from migrate.writers.wordpress.elsewhere import NUMBERED, Elsewhere
from migrate.writers.wordpress.filling import Filling
from migrate.writers.wordpress.inventory import FINAL_LINK, Inventory, Row
from migrate.writers.wordpress.jobs import observed_of
from migrate.writers.wordpress.kinds import (
    BY_NATURAL,
    KINDS,
    SETTINGS,
    canonical,
    digest_compared,
    digest_shown,
    identity_in,
    names_in,
    shown,
)
from migrate.writers.wordpress.settings import Settings

Found = dict[Key, Observed]


class WordPressStore:
    """The site that `client` speaks to; the client is closed with the store."""

    together = 400  # sixteen batches: enough that connections never wait while the next ones are decided about

    def __init__(self, client: Client) -> None:
        """Nothing is asked yet."""
        self._client = client
        self._inventory = Inventory(client)
        self._batching = Batching(client, self._inventory)
        self._settings = Settings(client)
        self._elsewhere = Elsewhere(self._inventory)
        self._filling = Filling(self._inventory, self._elsewhere)
        self._known: Mapping[Key, Entry] = EMPTY  # all of the ledger: a look is told only of what it is about
        self._ours: dict[int, Key] = {}  # posts and pages that this run has recognised, and for what

    def predict(
        self, links: Mapping[Key, str], places: Mapping[Key, str] = EMPTY, date: Callable[[Key], str] = lambda _: ""
    ) -> None:
        """Say where things will be, by their keys, under which natural keys, and of which date: for those that are
        not made yet, or that nobody remembers."""
        self._filling.predict(links, places)
        self._elsewhere.expect(places, date)

    def expect(self, kinds: Collection[str]) -> None:
        """Begin to list what will be looked at, while something else is done. What goes wrong shows at the look."""
        Aside(lambda: self._inventory.read(kinds))
        if SETTINGS in kinds:
            self._settings.expect()

    def unsettled(self, entries: Mapping[Key, Entry]) -> frozenset[Key]:
        """Whose references were filled in with something that has turned out otherwise."""
        return self._filling.mistaken(entries)

    # ------------------------------------------------------------------ looking

    def settle(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> tuple[Resource, ...]:
        """Fill in what is known, and give the digest. TargetError for what cannot do without something unknown."""
        self._known = entries
        return tuple(self._filling.settled(resource, entries) for resource in resources)

    def observe(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> Found:
        """What the inventory shows; fields are asked for only where something has changed since the last look."""
        found: Found = {}
        changed: list[tuple[Key, Row, tuple[str, ...]]] = []
        self._inventory.read([*(entry.kind for entry in entries.values()), *(one.kind for one in resources)])
        for key, entry in entries.items():
            if entry.kind == SETTINGS:
                found |= self._settings.observed(key, names_in(entry.observed)) or {key: _as_known(entry)}
            elif self._inventory.is_hidden(entry.kind):
                found[key] = _as_known(entry)
            elif (row := self._row(entry)) is not None:
                if row.modified == entry.modified and KINDS[entry.kind].dated:
                    found[key] = _unchanged(entry, row)
                elif KINDS[entry.kind].alone:
                    found[key] = _term(entry, row)
                else:
                    changed.append((key, row, names_in(entry.observed)))
        strangers = {resource.key: resource for resource in resources if resource.key not in entries}
        for resource in strangers.values():
            if resource.kind == SETTINGS:
                found |= self._settings.standing(resource)
            elif (row := self._elsewhere.exactly(resource)) is not None:
                changed.append((resource.key, row, names_in(resource.digest)))
        for key, seen in self._read(changed):
            found[key] = _taken(strangers[key], seen) if key in strangers else seen
        return found | self._unremembered([one for one in strangers.values() if one.kind in NUMBERED], found, entries)

    def occupied(self, natural_keys: Sequence[str]) -> frozenset[str]:
        """Those names that something has."""
        return frozenset(name for name in natural_keys if self._inventory.by_place(name) is not None)

    def stands(self, entry: Entry, natural_key: str) -> bool:
        """Whether what an entry made has this name already: a page's changes with that of the page above it."""
        row = self._inventory.by_place(natural_key)
        return row is not None and (row.kind, str(row.id)) == (entry.kind, entry.target_id)

    def recognises(self, intent: Intent, observed: Observed) -> bool:
        """The same slug and date where, before the write, nothing stood: ours."""
        identity = identity_in(intent.digest)
        return intent.action is Action.CREATE and bool(identity) and identity == identity_in(observed.digest)

    def left_elsewhere(self, intent: Intent, entries: Mapping[Key, Entry]) -> tuple[Observed, ...]:
        """What has its slug and date below a page that has got another name, and what is the same to the letter under
        its slug with a number behind; of no other."""
        if intent.action is not Action.CREATE or intent.kind not in NUMBERED:
            return ()
        exact, numbered = self._elsewhere.left(intent.natural_key, entries)
        names = names_in(intent.digest)
        wished = Resource(key=intent.key, kind=intent.kind, natural_key=intent.natural_key, digest=intent.digest)
        seen = self._looked_at(intent.kind, names, [*([exact] if exact else []), *numbered])
        return tuple(one for row, said, one in seen
                     if (self.recognises(intent, one) if row == exact else _is_numbered(wished, said)))

    def shown(self, natural_key: str, names: Sequence[str], target_id: str = "") -> Mapping[str, Any] | None:
        """These fields of what has this id, else of what stands under the natural key, as they are compared; None:
        nothing does."""
        kind = BY_NATURAL.get(natural_key.partition(":")[0], "")
        row = self._inventory.by_id(kind, int(target_id)) if kind and target_id.isdigit() else None
        row = row or self._inventory.by_place(natural_key)
        said = self._inventory.fetched(row.kind, [row.id], names).get(row.id) if row else None
        return None if row is None or said is None else _only(canonical(row.kind, said), names)

    def compared(self, resource: Resource) -> Mapping[str, Any]:
        """The fields of a resource as they are compared."""
        return canonical(resource.kind, resource.fields)

    def read(self, natural_key: str) -> bytes | None:
        """The text of a post, page or menu."""
        row = self._inventory.by_place(natural_key)
        if row is None or row.kind not in ("post", "page", "navigation"):
            return None
        said = self.shown(natural_key, ("content",))
        return str(said["content"]).encode("utf-8", "replace") if said else None

    # ------------------------------------------------------------------ writing

    def write_all(self, writes: Sequence[Write]) -> Iterator[tuple[int, Observed | TargetError | None]]:
        """Send many writes over several connections; settings, which name pages, are written at once."""
        done: list[tuple[int, Observed | TargetError | None]] = []
        ours: list[tuple[int, Write]] = []
        for place, write in enumerate(writes):
            if _kind(write) == SETTINGS:
                done.append((place, self._settings.written(write)))
                self._look_again(write.resource.fields if write.resource else {})
            else:
                ours.append((place, write))
        return chain(done, self._batching.carried_out(ours))

    def create(self, resource: Resource) -> Observed:
        """Make what does not exist; TargetError when something has its name."""
        if self.occupied((resource.natural_key,)):
            raise TargetError(f"{resource.natural_key} exists already.")
        return self._one(Write(Action.CREATE, resource, None))

    def update(self, entry: Entry, resource: Resource) -> Observed:
        """Change what `entry` made."""
        if entry.natural_key != resource.natural_key and self.occupied((resource.natural_key,)):
            raise TargetError(f"{resource.natural_key} exists already.")
        return self._one(Write(Action.UPDATE, resource, entry))

    def delete(self, entry: Entry) -> None:
        """Posts and pages go to the trash; terms and media, which have none, go for good."""
        for _, result in self.write_all([Write(Action.DELETE, None, entry)]):
            if isinstance(result, TargetError):
                raise result

    def close(self) -> None:
        """Let go of threads and connections."""
        self._batching.close()
        self._inventory.close()
        self._client.close()

    # ------------------------------------------------------------------ within

    def _look_again(self, settings: Mapping[str, Any]) -> None:
        """A page has another address once it is the front page, or the page of posts."""
        numbers = [settings[name] for name in ("page_on_front", "page_for_posts") if settings.get(name)]
        for said in self._inventory.fetched("page", [n for n in numbers if isinstance(n, int)], ()).values():
            self._inventory.note("page", said)

    def _row(self, entry: Entry) -> Row | None:
        known = entry.kind in KINDS and entry.target_id.isdigit()
        return self._inventory.by_id(entry.kind, int(entry.target_id)) if known else None

    def _unremembered(self, resources: Sequence[Resource], seen: Found, entries: Mapping[Key, Entry]) -> Found:
        """Of posts and pages that are in no ledger: what is found under numbered slugs; and what has the name of one,
        but is another one of ours. `seen`: what has their names."""
        known = {**self._known, **entries} if resources else EMPTY
        for one in resources:
            if one.key in seen and seen[one.key].digest == one.digest:
                self._ours.setdefault(int(seen[one.key].target_id), one.key)
        numbered = self._numbered([one for one in resources if one.key not in seen], known)
        self._ours |= {int(found.target_id): key for key, found in numbered.items()}
        owners = self._ours | {int(entry.target_id): key for key, entry in known.items()
                               if entry.kind in NUMBERED and entry.target_id.isdigit()}
        others = {one.key: owners.get(int(seen[one.key].target_id), one.key) for one in resources if one.key in seen}
        return numbered | {key: replace(seen[key], code="G445", why=other)
                           for key, other in others.items() if other != key}

    def _numbered(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> Found:
        """What may be these resources under numbered slugs: to the letter, then it is found; or what has become of
        it."""
        found: Found = {}
        for resource in resources:
            rows = [row for row in self._elsewhere.numbered(resource, entries) if row.id not in self._ours]
            seen = self._looked_at(resource.kind, names_in(resource.digest), rows)
            same = (replace(one, code="G650", why=row.slug, found=True) for row, said, one in seen
                    if _is_numbered(resource, said))
            first = next(chain(same, (one for _, _, one in seen)), None)
            if first is not None:
                found[resource.key] = first
        return found

    def _looked_at(
        self, kind: str, names: Sequence[str], rows: Sequence[Row]
    ) -> list[tuple[Row, Mapping[str, Any], Observed]]:
        """Rows with what the site says of these fields, and what that comes to."""
        said = self._inventory.fetched(kind, [row.id for row in rows], names) if rows else {}
        return [(row, said[row.id], observed_of(kind, tuple(names), said[row.id], row))
                for row in rows if row.id in said]

    def _read(self, wanted: Sequence[tuple[Key, Row, tuple[str, ...]]]) -> Iterator[tuple[Key, Observed]]:
        """Ask for the fields of some things, a hundred at a time."""
        for kind in {row.kind for _, row, _ in wanted}:
            some = [one for one in wanted if one[1].kind == kind]
            names = sorted({name for _, _, names in some for name in names})
            said = self._inventory.fetched(kind, [row.id for _, row, _ in some], names)
            for key, row, its_names in some:
                if row.id in said:
                    yield key, observed_of(kind, its_names, said[row.id], row)

    def _one(self, write: Write) -> Observed:
        for _, result in self.write_all([write]):
            if isinstance(result, TargetError):
                raise result
            if result is not None:
                return result
        raise TargetError("The site did not say what became of a write.")


def _unchanged(entry: Entry, row: Row) -> Observed:
    url = row.link if row.status in FINAL_LINK else entry.url
    return replace(_as_known(entry), modified=row.modified, url=url)


def _as_known(entry: Entry) -> Observed:
    """What we may not look at stands as we left it, for all that we know."""
    return Observed(target_id=entry.target_id, digest=entry.observed, modified=entry.modified, url=entry.url)


def _term(entry: Entry, row: Row) -> Observed:
    """A term's fields stand in the list. One that was there before us may say what it likes."""
    digest = digest_shown(entry.kind, names_in(entry.observed), row.fields) if entry.owned else entry.observed
    return Observed(target_id=entry.target_id, digest=digest, modified=row.modified, url=row.link)


def _is_numbered(resource: Resource, said: Mapping[str, Any]) -> bool:
    """Whether this is a resource to the letter, but for its slug."""
    names, slug = names_in(resource.digest), resource.natural_key.rpartition(":")[2].rpartition("/")[2]
    return digest_compared(resource.kind, shown(resource.kind, names, said) | {"slug": slug}) == resource.digest


def _taken(resource: Resource, seen: Observed) -> Observed:
    """A term of this slug, or a file of these bytes, serves as it is, whatever else is said of it."""
    serves = resource.kind in ("category", "tag", "media") and bool(resource.fields)
    return replace(seen, digest=resource.digest) if serves else seen


def _kind(write: Write) -> str:
    return write.resource.kind if write.resource else write.entry.kind if write.entry else ""


def _only(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values.get(name) for name in names}
