"""Carrying out operations: what is recorded when, and what a refusal or a crash leaves."""

from __future__ import annotations

import errno

import pytest

from migrate.apply import apply, recover
from migrate.diff import CAREFUL, Permits, diff
from migrate.errors import TargetError
from migrate.ledger import copy_ledger
from migrate.model.document import Key
from migrate.model.plan import Action, Intent
from migrate.model.resource import digest_of
from migrate.writers.hugo.store import FolderStore
from tests.resources import made, wanted
from tests.writers.memory_store import MemoryStore


@pytest.fixture
def ledger(tmp_path):
    return copy_ledger(tmp_path)


def run(resources, store, ledger, permits=CAREFUL):
    known = {r.key: ledger.entries[r.key] for r in resources if r.key in ledger.entries}
    return apply(diff(resources, known, store.observe(resources, known), permits), store, ledger)


def test_what_was_made_is_remembered(ledger):
    store = MemoryStore()
    [outcome] = run([wanted("a")], store, ledger)
    assert (outcome.operation.action, outcome.failure) == (Action.CREATE, "")
    assert ledger.entries == {Key("a"): made("a")}
    assert ledger.intents() == ()
    [outcome] = run([wanted("a")], store, ledger)
    assert (outcome.operation.action, store.writes) == (Action.KEEP, 1)


def test_the_intent_is_committed_before_the_write(ledger):
    seen = []
    store = MemoryStore(step=lambda when: seen.append((when, [intent.key for intent in ledger.intents()])))
    run([wanted("a"), wanted("b")], store, ledger)
    assert seen == [(when, ["a", "b"]) for _ in "ab" for when in ("before a write", "after a write")]


def test_a_refusal_is_an_outcome_and_the_others_go_on(ledger):
    store = MemoryStore()
    outcomes = run([wanted("a", place="../a"), wanted("b")], store, ledger)
    assert [bool(outcome.failure) for outcome in outcomes] == [True, False]
    assert set(ledger.entries) == {"b"}
    assert ledger.intents() == ()


def test_a_full_disk_ends_the_run_and_keeps_what_is_known(ledger):
    def step(when):
        if when == "before a write" and store.writes == 1:
            raise TargetError("no room") from OSError(errno.ENOSPC, "No space left on device")

    store = MemoryStore(step=step)
    with pytest.raises(TargetError):
        run([wanted("a"), wanted("b"), wanted("c")], store, ledger)
    assert set(ledger.entries) == {"a"}


def test_what_is_adopted_is_not_ours(ledger):
    store = MemoryStore({"content/a.md": "text"})
    [outcome] = run([wanted("a")], store, ledger)
    assert (outcome.operation.action, store.writes) == (Action.ADOPT, 0)
    assert not ledger.entries[Key("a")].owned
    run([wanted("a", "new")], store, ledger)
    assert store.files == {"content/a.md": "new"}
    assert not ledger.entries[Key("a")].owned, "an update does not make it ours"


def test_what_was_given_to_us_by_force_is_ours(ledger):
    store = MemoryStore({"content/a.md": "theirs"})
    run([wanted("a")], store, ledger, Permits(forced=frozenset({"a"})))
    assert store.files == {"content/a.md": "text"}
    assert ledger.entries == {Key("a"): made("a")}


CASES = [
    # what the intent was, the target now, the ledger before → the ledger after
    ("create", {"content/a.md": "new"}, None, made("a", "new")),
    ("create", {}, None, None),
    ("create", {"content/a.md": "somebody else's"}, None, None),
    ("update", {"content/a.md": "new"}, made("a", "old"), made("a", "new")),
    ("update", {"content/a.md": "new"}, made("a", "old", owned=False), made("a", "new", owned=False)),
    ("update", {"content/a.md": "old"}, made("a", "old"), made("a", "old")),
    ("update", {"content/a.md": "somebody else's"}, made("a", "old"), made("a", "old")),
    ("update", {}, made("a", "old"), made("a", "old")),
    ("delete", {}, made("a", "old"), None),
    ("delete", {"content/a.md": "old"}, made("a", "old"), made("a", "old")),
]


@pytest.mark.parametrize(("action", "files", "before", "after"), CASES)
def test_an_open_intent_is_looked_up(ledger, action, files, before, after):
    ledger.record([before] if before else [])
    ledger.intend([intent(action)])
    store = MemoryStore(dict(files))
    assert recover(store, ledger) == 1
    assert ledger.entries.get(Key("a")) == after
    assert ledger.intents() == ()
    assert store.files == files


def test_an_interrupted_move_is_finished(ledger):
    ledger.record([made("a", "old", "content/a.md")])
    ledger.intend([intent("update", "content/a/index.md", former="content/a.md")])
    store = MemoryStore({"content/a.md": "old", "content/a/index.md": "new"})
    recover(store, ledger)
    assert store.files == {"content/a/index.md": "new"}
    assert ledger.entries == {Key("a"): made("a", "new", "content/a/index.md")}


def test_an_interrupted_move_leaves_an_edit_alone(ledger):
    ledger.record([made("a", "old", "content/a.md")])
    ledger.intend([intent("update", "content/a/index.md", former="content/a.md")])
    store = MemoryStore({"content/a.md": "edited since", "content/a/index.md": "new"})
    recover(store, ledger)
    assert store.files == {"content/a.md": "edited since", "content/a/index.md": "new"}


def test_an_interrupted_inheritance_leaves_one_entry(ledger):
    ledger.record([made("gone", "old", "content/a.md")])
    ledger.intend([intent("update", "content/a.md", former="content/a.md")])
    recover(MemoryStore({"content/a.md": "new"}), ledger)
    assert ledger.entries == {Key("a"): made("a", "new", "content/a.md")}


def test_an_interrupted_removal_takes_the_empty_folders_along(ledger, tmp_path):
    store = FolderStore(tmp_path / "site")
    run([wanted("a", place="content/deep/a.md")], store, ledger)
    (tmp_path / "site/content/deep/a.md").unlink()
    ledger.intend([intent("delete", "content/deep/a.md")])
    recover(store, ledger)
    assert ledger.entries == {}
    assert not (tmp_path / "site/content").exists()


def intent(action, place="content/a.md", former=""):
    digest = "" if action == "delete" else digest_of("new")
    return Intent(action=Action(action), key=Key("a"), kind="page", natural_key=place, digest=digest, former=former)
