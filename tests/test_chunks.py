"""Pieces of a good size, and the piece that is being written while the next one is decided about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate.apply import recover
from migrate.batches import PAUSE, Batch
from migrate.chunks import UnderWay, chunks
from migrate.diff import diff
from migrate.errors import TargetError, Unreachable
from migrate.ledger import copy_ledger
from migrate.model.document import Key
from migrate.model.reference import Reference
from tests.resources import wanted
from tests.writers.memory_store import MemoryStore


def below(key, *others):
    """A page that names others by their numbers."""
    return replace(wanted(key), fields={"text": "text", "parents": [Reference(Key(other), "id") for other in others]})


def story(batches, together=10):
    """What `chunks` gives, with a "land" wherever it asked for one."""
    told = []
    for some in chunks(batches, together, lambda batch: None, lambda: told.append("land")):
        told.append(" ".join(resource.key for resource in some))
    return told


def batch(*resources, border=False):
    return Batch((), resources, border)


class Sending(MemoryStore):
    """Sends when it is told to; `told` says what it does, and when somebody hears of it. `dead`: nobody ever does."""

    together = 10

    def __init__(self):
        super().__init__()
        self.told = []
        self.dead = ""

    def write_all(self, writes):
        self.told += [f"sent {write.resource.key}" for write in writes]
        return iter(self._heard([(place, self.create(write.resource)) for place, write in enumerate(writes)], writes))

    def _heard(self, results, writes):
        for place, result in results:
            if writes[place].resource.key == self.dead:
                raise Unreachable("gone")
            self.told.append(f"heard {writes[place].resource.key}")
            yield place, result

    def observe(self, resources, entries):
        self.told += [f"looked {resource.key}" for resource in resources]
        return super().observe(resources, entries)


class Ended:
    def __init__(self, store, ledger):
        self.lines = []
        self.store, self.ledger = store, ledger
        self.under_way = UnderWay(store, ledger, lambda count: None, lambda outcome, difference: self.lines.append(
            (outcome.operation.key, outcome.failure, difference)))

    def start(self, *keys):
        resources = [wanted(key) for key in keys]
        operations = diff(resources, {}, self.store.observe(resources, {}))
        self.under_way.start(operations, [(f"+{key}",) for key in keys])


@pytest.fixture
def ledger(tmp_path):
    return copy_ledger(tmp_path)


def test_pieces_are_full():
    assert story([batch(*map(wanted, "abcdef")), batch(*map(wanted, "ghijklmn"))], 4) == [
        "a b c d", "e f g h", "i j k l", "m n", "land"]


def test_what_needs_a_number_waits_for_it():
    assert story([batch(wanted("a"), wanted("b"), below("c", "b"), wanted("d"))]) == ["a b", "land", "c d", "land"]


def test_what_needs_no_number_of_the_piece_before_it_does_not_wait():
    resources = [wanted("a"), wanted("b"), wanted("c"), below("d", "a")]
    assert story([batch(*resources)], 2) == ["a b", "land", "c d", "land"]
    assert story([batch(*resources)], 3) == ["a b c", "land", "d", "land"]
    assert story([batch(wanted("a")), batch(*map(wanted, "bcde"), below("f", "a"))], 2) == [
        "a b", "c d", "e f", "land"]       # `a` is known by then: only one piece is ever on its way


def test_at_a_border_everything_is_there_before_anybody_goes_on():
    assert story([batch(wanted("a"), border=True), batch(wanted("b"))]) == ["a", "land", "b", "land"]


def test_after_a_border_the_first_piece_is_a_small_one():
    many = [wanted(f"p{number}") for number in range(600)]
    sizes = [len(text.split()) for text in story([batch(wanted("a"), border=True), batch(*many)], 400) if text != "land"]
    assert sizes == [1, 100, 400, 100]


def test_where_the_conversion_pauses_hundreds_go_out():
    many = [wanted(f"p{number}") for number in range(250)]
    sizes = [len(text.split()) for text in story([batch(*many), PAUSE, batch(wanted("z")), PAUSE], 400)]
    assert sizes == [200, 51, 1]
    assert story([batch(wanted("a")), PAUSE, batch(wanted("b"))]) == ["a b", "land"]


def test_the_next_piece_is_sent_before_anybody_waits_for_the_last_one(ledger):
    store = Sending()
    run = Ended(store, ledger)
    run.start("a", "b")
    assert run.lines == []
    assert [intent.key for intent in ledger.intents()] == ["a", "b"]
    run.start("c")
    assert [intent.key for intent in ledger.intents()] == ["c"]
    run.under_way.land()
    assert store.told == ["looked a", "looked b", "sent a", "sent b", "looked c", "sent c",
                          "heard a", "heard b", "heard c"]
    assert run.lines == [("a", "", ("+a",)), ("b", "", ("+b",)), ("c", "", ("+c",))]
    assert (set(ledger.entries), ledger.intents()) == ({"a", "b", "c"}, ())


def test_a_store_that_writes_one_by_one_is_done_at_once(ledger):
    run = Ended(MemoryStore(), ledger)
    run.start("a")
    run.start("b")
    run.under_way.land()
    assert [key for key, _, _ in run.lines] == ["a", "b"]


def test_what_is_under_way_is_heard_where_the_run_cannot_go_on(ledger):
    run = Ended(Sending(), ledger)
    with pytest.raises(TargetError), run.under_way:
        run.start("a")
        raise TargetError("no more of this")
    assert (set(ledger.entries), ledger.intents()) == ({"a"}, ())


def test_who_interrupts_does_not_wait_and_loses_nothing(ledger):
    store = Sending()
    run = Ended(store, ledger)
    with pytest.raises(KeyboardInterrupt), run.under_way:
        run.start("a")
        raise KeyboardInterrupt
    assert [intent.key for intent in ledger.intents()] == ["a"]
    assert recover(store, ledger) == 1
    assert set(ledger.entries) == {"a"}


def test_a_line_that_dies_under_one_piece_leaves_both_as_intents_that_can_be_looked_up(ledger):
    store = Sending()
    store.dead = "b"
    run = Ended(store, ledger)
    with pytest.raises(Unreachable), run.under_way:
        run.start("a", "b")
        run.start("c")
    assert set(ledger.entries) == {"a"}
    assert [intent.key for intent in ledger.intents()] == ["b", "c"]
    assert recover(store, ledger) == 2
    assert set(ledger.entries) == {"a", "b", "c"}
