"""Plans over a whole site: what waits, what inherits, what is left over, and what is never removed."""

from __future__ import annotations

import pytest

from migrate.apply import apply
from migrate.diff import CAREFUL, Permits
from migrate.errors import IncompleteRun, TargetError
from migrate.ledger import copy_ledger
from migrate.model.document import Key
from migrate.model.plan import Action
from migrate.planning import plan
from tests.resources import made, wanted
from tests.writers.memory_store import MemoryStore

PRUNE = Permits(prune=True)


@pytest.fixture
def ledger(tmp_path):
    return copy_ledger(tmp_path)


def run(ledger, store, resources, permits=CAREFUL, **more):
    """Plan and apply one resource a chunk; gives key → (action, code)."""
    decided = {}
    for operations in plan([[resource] for resource in resources], ledger.entries, store, permits, **more):
        for outcome in apply(operations, store, ledger):
            decided[outcome.operation.key] = (outcome.operation.action.value, outcome.operation.code)
    return decided


def test_the_second_of_two_for_one_place_is_refused(ledger):
    store = MemoryStore()
    decided = run(ledger, store, [wanted("a", "1", "content/x.md"), wanted("b", "2", "content/x.md")])
    assert decided == {"a": ("create", ""), "b": ("conflict", "G444")}
    assert store.files == {"content/x.md": "1"}


def test_what_was_refused_is_not_sent_again_unless_it_is_forced(ledger):
    store, refused = MemoryStore(), {Key("a"): "not this type"}
    resources = [wanted("a", "1", "content/x.md"), wanted("b", "2", "content/y.md")]
    assert run(ledger, store, resources, refused=refused) == {"a": ("conflict", "G448"), "b": ("create", "")}
    assert store.files == {"content/y.md": "2"}
    forced = Permits(forced=frozenset({"content/x.md"}))
    assert run(ledger, store, resources, forced, refused=refused)["a"] == ("create", "")


def test_a_renamed_key_inherits_its_file(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("page@", "same", "content/x.md"), wanted("other@", "old", "content/y.md")])
    decided = run(ledger, store, [wanted("page@en", "same", "content/x.md"), wanted("other@en", "new", "content/y.md")])
    assert decided == {"page@en": ("adopt", ""), "other@en": ("update", "")}
    assert store.files == {"content/x.md": "same", "content/y.md": "new"}
    assert set(ledger.entries) == {"page@en", "other@en"}
    assert all(entry.owned for entry in ledger.entries.values())


def test_a_renamed_key_does_not_inherit_an_edit(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("page@", "old", "content/x.md")])
    store.files["content/x.md"] = "edited"
    assert run(ledger, store, [wanted("page@en", "new", "content/x.md")])["page@en"] == ("conflict", "G442")
    assert store.files == {"content/x.md": "edited"}


def test_what_a_gone_key_lost_is_made_by_its_heir_alone(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("page@", "old", "content/x.md")])
    del store.files["content/x.md"]
    assert run(ledger, store, [wanted("page@en", "new", "content/x.md")])["page@en"] == ("create", "")
    assert set(ledger.entries) == {"page@en"}


def test_a_chain_of_moves_happens_in_one_run(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted(key, key, f"content/{place}.md") for key, place in (("a", 1), ("b", 2), ("c", 3))])
    moved = [wanted(key, key, f"content/{place}.md") for key, place in (("a", 2), ("b", 3), ("c", 4))]
    assert set(run(ledger, store, moved).values()) == {("update", "")}
    assert store.files == {"content/2.md": "a", "content/3.md": "b", "content/4.md": "c"}


def test_two_that_change_places_are_refused_and_nothing_is_lost(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("a", "a", "content/1.md"), wanted("b", "b", "content/2.md")])
    decided = run(ledger, store, [wanted("a", "a", "content/2.md"), wanted("b", "b", "content/1.md")])
    assert decided == {"a": ("conflict", "G445"), "b": ("conflict", "G445")}
    assert store.files == {"content/1.md": "a", "content/2.md": "b"}


def test_a_move_to_the_place_of_something_gone_needs_prune(ledger):
    first = [wanted("a", "a", "content/1.md"), wanted("b", "b", "content/2.md")]
    store = MemoryStore()
    run(ledger, store, first)
    move = [wanted("a", "a", "content/2.md")]
    assert run(ledger, store, move) == {"a": ("conflict", "G445"), "b": ("orphan", "G446")}
    assert run(ledger, store, move, PRUNE) == {"b": ("delete", ""), "a": ("update", "")}
    assert store.files == {"content/2.md": "a"}


def test_a_selection_has_no_orphans_and_takes_nobodys_place(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("a"), wanted("b")])
    assert run(ledger, store, [wanted("a")], PRUNE, whole=False) == {"a": ("keep", "")}
    decided = run(ledger, store, [wanted("new", place="content/b.md")], PRUNE, whole=False)
    assert decided == {"new": ("conflict", "G445")}
    assert set(store.files) == {"content/a.md", "content/b.md"}


def test_what_could_not_be_made_this_time_is_no_orphan(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("a"), wanted("b")])
    assert run(ledger, store, [wanted("a")], PRUNE, spared={Key("b")}) == {"a": ("keep", "")}
    assert set(store.files) == {"content/a.md", "content/b.md"}


def test_a_guest_is_forgotten_not_removed(ledger):
    store = MemoryStore({"content/a.md": "text"})
    run(ledger, store, [wanted("a")])
    assert run(ledger, store, [], PRUNE) == {"a": ("forget", "")}
    assert store.files == {"content/a.md": "text"}
    assert ledger.entries == {}


@pytest.mark.parametrize(
    ("gone", "max_delete", "refused"),
    [
        (30, None, False),
        (31, None, True),
        (31, 31, False),
        (31, 30, True),
        (1, 0, True),
        (0, 0, False),
    ],
)
def test_more_removals_than_meant_are_refused_before_the_first(ledger, gone, max_delete, refused):
    store = MemoryStore()
    names = [f"page-{number}" for number in range(60)]
    run(ledger, store, [wanted(name) for name in names])
    left = [wanted(name) for name in names[gone:]]
    if refused:
        with pytest.raises(IncompleteRun, match=f"remove {gone} of 60"):
            run(ledger, store, left, PRUNE, max_delete=max_delete)
        assert len(store.files) == 60
    else:
        run(ledger, store, left, PRUNE, max_delete=max_delete)
        assert len(store.files) == 60 - gone


def test_a_few_may_always_go(ledger):
    store = MemoryStore()
    run(ledger, store, [wanted("a"), wanted("b")])
    run(ledger, store, [], PRUNE)
    assert store.files == {}


class Refusing(MemoryStore):
    """Looks at nothing that has an odd name."""

    def settle(self, resources, entries):
        if any("unreadable" in resource.key for resource in resources):
            raise TargetError("its source cannot be read")
        return super().settle(resources, entries)

    def observe(self, resources, entries):
        if any("outside" in resource.natural_key for resource in resources):
            raise TargetError("it lies outside")
        return super().observe(resources, entries)


def test_what_cannot_even_be_looked_at_costs_nobody_else(ledger):
    store = Refusing()
    chunk = [wanted("a"), wanted("unreadable"), wanted("c", place="outside/c.md"), wanted("d")]
    operations = [operation for chunk in plan([chunk], ledger.entries, store) for operation in chunk]
    assert {operation.key: (operation.action, operation.code) for operation in operations} == {
        "a": (Action.CREATE, ""),
        "d": (Action.CREATE, ""),
        "unreadable": (Action.CONFLICT, "G448"),
        "c": (Action.CONFLICT, "G448"),
    }


def test_what_cannot_be_looked_at_is_no_orphan(ledger):
    store = Refusing()
    ledger.record([made("unreadable"), made("a")])
    store.files = {"content/unreadable.md": "text", "content/a.md": "text"}
    decided = run(ledger, store, [wanted("unreadable"), wanted("a")], PRUNE)
    assert decided == {"unreadable": ("conflict", "G448"), "a": ("keep", "")}
