"""Carrying out operations with a store that writes many at once: order, refusals, and an end of the connection."""

from __future__ import annotations

import pytest

from migrate.apply import apply, recover
from migrate.diff import Permits, decide_leftover, diff
from migrate.errors import TargetError, Undecided, Unreachable
from migrate.ledger import copy_ledger
from migrate.model.document import Key
from migrate.model.plan import Action, Intent, Observed
from migrate.rehearsal import Rehearsal
from migrate.writers import Recognises, WritesTogether
from tests.resources import made, wanted
from tests.writers.memory_store import MemoryStore


class TogetherStore(MemoryStore):
    """Carries writes out from the last to the first; `breaks_at`: the number of the write where the line goes dead."""

    together = 10
    breaks_at = 0
    says: tuple[str, str] = ("", "")
    found = False
    mute: frozenset[str] = frozenset()  # keys of what it does without ever saying so

    def write_all(self, writes):
        for number, (action, resource, entry) in reversed(list(enumerate(writes))):
            if resource and resource.key in self.mute:
                self._one(action, resource, entry)
                yield number, Undecided("no reply")
                continue
            if self.breaks_at and self.writes + 1 == self.breaks_at:
                raise Unreachable("gone")
            try:
                yield number, self._one(action, resource, entry)
            except TargetError as error:
                yield number, error

    def _one(self, action, resource, entry):
        if action is Action.DELETE:
            return self.delete(entry)
        seen = self.create(resource) if action is Action.CREATE else self.update(entry, resource)
        return Observed(target_id=seen.target_id, digest=seen.digest, code=self.says[0], why=self.says[1],
                        found=self.found, url=f"/{resource.key}/")

    def recognises(self, intent, observed):
        return intent.action is Action.CREATE

    def left_elsewhere(self, intent, entries):
        places = (f"{intent.natural_key}-{number}" for number in (2, 3))
        seen = (self.observe((wanted(str(intent.key), place=place),), {}).get(intent.key) for place in places)
        return tuple(one for one in seen if one is not None)


@pytest.fixture
def ledger(tmp_path):
    return copy_ledger(tmp_path)


def run(resources, store, ledger):
    known = {r.key: ledger.entries[r.key] for r in resources if r.key in ledger.entries}
    return apply(diff(resources, known, store.observe(resources, known)), store, ledger)


def test_a_rehearsal_never_writes_together():
    store = TogetherStore()
    assert isinstance(store, WritesTogether)
    assert isinstance(store, Recognises)
    assert not isinstance(Rehearsal(store), WritesTogether)


def test_outcomes_stand_in_the_order_of_the_operations(ledger):
    store = TogetherStore({"content/b.md": "theirs", "content/c.md": "text"})
    outcomes = run([wanted("a"), wanted("b", "ours"), wanted("c"), wanted("d", place="../d"), wanted("e")], store, ledger)
    assert [(o.operation.key, o.operation.action.value, bool(o.failure)) for o in outcomes] == [
        ("a", "create", False), ("b", "conflict", False), ("c", "adopt", False), ("d", "create", True),
        ("e", "create", False)]
    assert {key: entry.owned for key, entry in ledger.entries.items()} == {"a": True, "c": False, "e": True}
    assert ledger.entries[Key("a")].url == "/a/"
    assert ledger.intents() == ()


def test_updates_and_removals(ledger):
    store = TogetherStore()
    run([wanted("a"), wanted("b")], store, ledger)
    [outcome] = run([wanted("a", "new")], store, ledger)
    assert (outcome.operation.action, store.files["content/a.md"]) == (Action.UPDATE, "new")
    entry = ledger.entries[Key("b")]
    leftover = decide_leftover(entry, store.observe((), {entry.key: entry})[entry.key], Permits(prune=True))
    apply([leftover], store, ledger)
    assert (set(ledger.entries), set(store.files)) == ({"a"}, {"content/a.md"})


def test_a_dead_line_ends_the_run_and_leaves_what_is_unknown_as_intents(ledger):
    store = TogetherStore()
    store.breaks_at = 3
    with pytest.raises(Unreachable):
        run([wanted(key) for key in "abcd"], store, ledger)
    assert set(ledger.entries) == {"c", "d"}
    assert [intent.key for intent in ledger.intents()] == ["a", "b"]
    store.breaks_at = 0
    store.files["content/b.md"] = "text"  # it had come through after all
    assert recover(store, ledger) == 2
    assert set(ledger.entries) == {"b", "c", "d"}
    assert [o.operation.action for o in run([wanted(key) for key in "abcd"], store, ledger)] == [
        Action.CREATE, Action.KEEP, Action.KEEP, Action.KEEP]


def test_what_has_become_of_a_write_nobody_knows_is_looked_up_by_the_next_run(ledger):
    store = TogetherStore()
    store.mute = frozenset({"b"})
    outcomes = run([wanted(key) for key in "abc"], store, ledger)
    assert [outcome.failure for outcome in outcomes] == ["", "no reply", ""]
    assert [intent.key for intent in ledger.intents()] == ["b"] and set(ledger.entries) == {"a", "c"}
    assert recover(store, ledger) == 1
    assert set(ledger.entries) == {"a", "b", "c"} and not ledger.intents()


def test_what_the_target_has_given_another_name_is_ours(ledger):
    store = TogetherStore({"content/a.md-2": "text", "content/a.md-3": "text"})
    ledger.intend([Intent(action=Action.CREATE, key=Key("a"), kind="page", natural_key="content/a.md",
                          digest=wanted("a").digest)])
    assert recover(store, ledger) == 1
    assert ledger.entries[Key("a")].target_id == "content/a.md-2"
    assert set(store.files) == {"content/a.md-2"}, "what was tried again is one too many"


def test_a_dead_line_ends_the_run_of_a_store_that_writes_one_by_one_too(ledger):
    def step(when):
        raise Unreachable("gone")

    with pytest.raises(Unreachable):
        run([wanted("a")], MemoryStore(step=step), ledger)
    assert [intent.key for intent in ledger.intents()] == ["a"]


def test_what_the_target_made_of_it_is_a_finding_of_the_operation(ledger):
    store = TogetherStore()
    store.says = ("G650", "a-2")
    [outcome] = run([wanted("a")], store, ledger)
    assert (outcome.operation.code, outcome.operation.why, outcome.failure) == ("G650", "a-2", "")


def test_what_was_there_already_is_not_ours(ledger):
    store = TogetherStore()
    store.found = True
    run([wanted("a")], store, ledger)
    assert ledger.entries[Key("a")].owned is False


def test_what_an_interrupted_run_left_half_made_is_ours_and_finished(ledger):
    store = TogetherStore({"content/a.md": "half"})
    ledger.intend([Intent(action=Action.CREATE, key=Key("a"), kind="page", natural_key="content/a.md",
                          digest=wanted("a").digest)])
    recover(store, ledger)
    [outcome] = run([wanted("a")], store, ledger)
    assert (outcome.operation.action, store.files["content/a.md"]) == (Action.UPDATE, "text")


def test_what_another_has_edited_after_an_interrupted_update_is_kept(ledger):
    store = TogetherStore({"content/a.md": "theirs"})
    ledger.record([made("a", "old")])
    ledger.intend([Intent(action=Action.UPDATE, key=Key("a"), kind="page", natural_key="content/a.md",
                          digest=wanted("a", "new").digest, former="content/a.md")])
    recover(store, ledger)
    [outcome] = run([wanted("a", "new")], store, ledger)
    assert (outcome.operation.action, store.files["content/a.md"]) == (Action.CONFLICT, "theirs")
