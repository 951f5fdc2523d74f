"""The promises of docs/safety.md over random histories: versions of a site, strangers' hands, crashes at any step.

A history is played against a target in memory and a real ledger. A crash takes both away at once, as SIGKILL
does: what was not committed or written by then is not there afterwards.
"""

from __future__ import annotations

import copy
import sqlite3
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.apply import WRITES, apply, recover
from migrate.diff import Permits
from migrate.ledger import Ledger, _prepare
from migrate.model.plan import Action
from migrate.model.resource import digest_of
from migrate.planning import plan
from migrate.rehearsal import Rehearsal
from tests.resources import wanted
from tests.writers.memory_store import MemoryStore

KEYS, PLACES, TEXTS = "abcd", ("content/1", "content/2", "content/3", "content/4"), ("x", "y", "z")


class Crash(BaseException):
    """SIGKILL, as far as memory can play it."""


class Machine:
    """A target and a ledger that stop together at step `fuse` and hear nothing after it."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.human: dict[str, str] = {}  # what a person wrote last, and where
        self.gifts: set[str] = set()  # places where a person had made what was wanted
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        _prepare(self.connection, Path("memory"))
        self.fuse: int | None = None

    def step(self, _: str = "") -> None:
        if self.fuse is not None:
            if self.fuse <= 0:
                raise Crash
            self.fuse -= 1

    def run(self, site: dict[str, tuple[str, str]], *, prune: bool = False, fuse: int | None = None) -> list[Action]:
        """One run, whole or cut; gives the actions that were decided."""
        self.fuse = fuse
        store, ledger, actions = MemoryStore(self.files, self.step), _Ledger(self), []
        resources = [wanted(key, text, place) for key, (place, text) in sorted(site.items())]
        try:
            recover(store, ledger)
            chunks = [resources[i : i + 2] for i in range(0, len(resources), 2)]
            for operations in plan(chunks, ledger.entries, store, Permits(prune=prune)):
                actions += [operation.action for operation in operations]
                outcomes = apply(operations, store, ledger)
                assert not any(outcome.failure for outcome in outcomes)
        except Crash:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        self.fuse = None
        return actions

    def state(self) -> tuple[Any, ...]:
        return (
            dict(self.files),
            sorted(self.connection.execute("SELECT * FROM entries")),
            list(self.connection.execute("SELECT * FROM intents")),
        )

    def twin(self) -> Machine:
        other = Machine()
        self.connection.backup(other.connection)
        other.files, other.human = copy.copy(self.files), copy.copy(self.human)
        return other


class _Ledger(Ledger):
    """A real ledger; each transaction is a moment at which the machine may stop, before it or after."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine.connection, Path("memory"))
        self.machine = machine

    def intend(self, *arguments: Any) -> None:
        self.machine.step()
        super().intend(*arguments)
        self.machine.step()

    def record(self, *arguments: Any) -> None:
        self.machine.step()
        super().record(*arguments)
        self.machine.step()


sites = st.dictionaries(st.sampled_from(KEYS), st.tuples(st.sampled_from(PLACES), st.sampled_from(TEXTS)))
events = st.one_of(
    st.tuples(st.just("run"), sites, st.booleans()),
    st.tuples(st.just("cut"), sites, st.booleans(), st.integers(0, 30)),
    st.tuples(st.just("person"), st.sampled_from(PLACES), st.one_of(st.none(), st.sampled_from((*TEXTS, "mine")))),
)
histories = st.lists(events, max_size=9)


def play(machine: Machine, history: list[Any]) -> None:
    """Live through a history; what a person wrote must survive every run in it."""
    for event in history:
        match event:
            case "run", site, prune:
                machine.run(site, prune=prune)
            case "cut", site, prune, fuse:
                machine.run(site, prune=prune, fuse=fuse)
            case "person", place, None:
                machine.files.pop(place, None)
                machine.human.pop(place, None)
                machine.gifts.discard(place)
            case "person", place, text:
                person_writes(machine, place, text)
        for place, text in machine.human.items():
            assert machine.files.get(place) == text, (event, place)
        for place in machine.gifts:
            assert place in machine.files, (event, place)
        for place, text in list(machine.human.items()):
            owned = adopted(machine, place, text)
            if owned is not None:
                machine.gifts |= set() if owned else {place}
                del machine.human[place]


def person_writes(machine: Machine, place: str, text: str) -> None:
    """Somebody writes; the very thing that we made there, or were cut while making, counts as ours."""
    intended = machine.connection.execute(
        "SELECT natural_key, digest FROM intents UNION SELECT natural_key, observed FROM entries WHERE owned"
    ).fetchall()
    if machine.files.get(place) != text:
        machine.human[place] = text
    if (place, digest_of(text)) in intended:
        machine.human.pop(place, None)
    machine.files[place] = text


def adopted(machine: Machine, place: str, text: str) -> bool | None:
    """Whether a run found there just what it wanted, and so looks after it: True as its own, False as a guest."""
    row = machine.connection.execute(
        "SELECT owned FROM entries WHERE natural_key = ? AND observed = ?", (place, digest_of(text))
    ).fetchone()
    return bool(row[0]) if row else None


@settings(max_examples=400, deadline=None)
@given(histories)
def test_what_a_person_made_or_edited_is_never_touched(history):
    play(Machine(), history)


@settings(max_examples=400, deadline=None)
@given(histories, sites, st.booleans(), st.integers(0, 30), st.integers(0, 30))
def test_a_cut_run_continued_ends_where_an_uncut_run_ends(history, site, prune, first, second):
    machine = Machine()
    play(machine, history)
    machine.run(site)  # nothing of an earlier crash is open
    play(machine, [event for event in history if event[0] == "person"])
    whole = machine.twin()
    next_site = {key: (place, text + "!") for key, (place, text) in site.items()}
    whole.run(next_site, prune=prune)
    machine.run(next_site, prune=prune, fuse=first)
    machine.run(next_site, prune=prune, fuse=second)
    machine.run(next_site, prune=prune)
    assert machine.state() == whole.state()


@settings(max_examples=300, deadline=None)
@given(histories, sites, st.booleans())
def test_a_second_run_changes_nothing(history, site, prune):
    machine = Machine()
    play(machine, history)
    machine.run(site, prune=prune)
    before = machine.state()
    actions = machine.run(site, prune=prune)
    assert not WRITES.intersection(actions)
    assert machine.state() == before


@settings(max_examples=200, deadline=None)
@given(sites)
def test_an_undisturbed_run_makes_what_was_wanted(site):
    machine = Machine()
    actions = machine.run(site)
    wanted_files: dict[str, str] = {}
    for _, (place, text) in sorted(site.items()):
        wanted_files.setdefault(place, text)  # the first has the place, the others are conflicts
    assert machine.files == wanted_files
    assert actions.count(Action.CONFLICT) == len(site) - len(wanted_files)
    machine.run({}, prune=True)
    assert machine.files == {}


@settings(max_examples=200, deadline=None)
@given(histories, sites, sites, st.booleans())
def test_a_dry_run_decides_as_the_run_and_writes_nothing(history, earlier, site, prune):
    machine = Machine()
    play(machine, history)
    machine.run(earlier)
    before, twin = machine.state(), machine.twin()
    store = Rehearsal(MemoryStore(machine.files, forbidden))
    ledger = _Ledger(machine.twin())
    resources = [wanted(key, text, place) for key, (place, text) in sorted(site.items())]
    decided = []
    for operations in plan([resources], ledger.entries, store, Permits(prune=prune)):
        decided += [(operation.action, operation.key) for operation in operations]
        apply(operations, store, ledger)
    assert machine.state() == before
    real = _Ledger(twin)
    done = []
    for operations in plan([resources], real.entries, MemoryStore(twin.files), Permits(prune=prune)):
        done += [(operation.action, operation.key) for operation in operations]
        apply(operations, MemoryStore(twin.files), real)
    assert decided == done


def forbidden(when: str) -> None:
    raise AssertionError(f"a dry run wrote: {when}")
