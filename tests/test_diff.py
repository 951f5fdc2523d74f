"""Every row of the decision table, with and without what the user may permit."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from migrate.diff import Permits, decide, decide_heir, decide_leftover, diff
from migrate.findings import CODES
from migrate.model.document import Key
from migrate.model.plan import Action
from tests.resources import made, there, wanted

A = Action
PRUNE, FORCE = Permits(prune=True), Permits(forced=frozenset({"a"}))
BOTH = Permits(prune=True, forced=frozenset({"a"}))

# wanted text, the ledger's text, the text on the target → action, finding, action when forced
WANTED = [
    ("new", None, None, A.CREATE, "", A.CREATE),
    ("new", None, "new", A.ADOPT, "", A.ADOPT),
    ("new", None, "other", A.CONFLICT, "G441", A.UPDATE),
    ("old", "old", "old", A.KEEP, "", A.KEEP),
    ("old", "old", "edited", A.KEEP, "G440", A.UPDATE),
    ("new", "old", "old", A.UPDATE, "", A.UPDATE),
    ("new", "old", "edited", A.CONFLICT, "G442", A.UPDATE),
    ("new", "old", "new", A.ADOPT, "", A.ADOPT),
    ("new", "old", None, A.CONFLICT, "G443", A.CREATE),
    ("old", "old", None, A.CONFLICT, "G443", A.CREATE),
]


@pytest.mark.parametrize(("text", "ledger", "target", "action", "code", "forced"), WANTED)
def test_what_is_wanted(text, ledger, target, action, code, forced):
    entry = made("a", ledger) if ledger else None
    observed = there("a", target) if target else None
    operation = decide(wanted("a", text), entry, observed)
    assert (operation.action, operation.code, operation.key) == (action, code, "a")
    assert bool(code) == bool(operation.why)
    assert decide(wanted("a", text), entry, observed, FORCE).action is forced
    for name in ("content/a.md", "02.news/a/item.md"):
        named = decide(
            wanted("a", text, source="02.news/a/item.md"), entry, observed, Permits(forced=frozenset({name}))
        )
        assert named.action is forced, f"forced by {name}"


def test_what_was_found_under_another_name_is_ours_with_a_finding():
    observed = replace(there("a", "old"), found=True, code="G650", why="a-2")
    operation = decide(wanted("a", "new"), None, observed)
    assert (operation.action, operation.code, operation.why) == (A.ADOPT, "G650", "a-2")


def test_what_is_another_one_of_ours_is_not_given_away():
    observed = replace(there("a", "new"), code="G445", why="b")
    operation = decide(wanted("a", "new"), None, observed, Permits(forced=frozenset({"a"})))
    assert (operation.action, operation.code, operation.why) == (A.CONFLICT, "G445", "b")


def test_every_combination_has_a_row():
    texts = (None, "old", "new", "edited")
    rows = {(text, ledger, target) for text, ledger, target, *_ in WANTED}
    alike = {  # combinations that are the same row under other names
        ("new", "new", None): ("old", "old", None),
        ("new", "new", "new"): ("old", "old", "old"),
        ("new", "new", "edited"): ("old", "old", "edited"),
        ("new", "new", "old"): ("old", "old", "edited"),
        ("new", "old", "edited"): ("new", "old", "edited"),
        ("new", None, "old"): ("new", None, "other"),
        ("new", None, "edited"): ("new", None, "other"),
        ("new", "edited", None): ("new", "old", None),
        ("new", "edited", "old"): ("new", "old", "edited"),
        ("new", "edited", "new"): ("new", "old", "new"),
        ("new", "edited", "edited"): ("new", "old", "old"),
    }
    for ledger, target in itertools.product(texts, texts):
        case = ("new", ledger, target)
        assert alike.get(case, case) in rows
        expected = next(row for row in WANTED if row[:3] == alike.get(case, case))[3]
        operation = decide(
            wanted("a", "new"), made("a", ledger) if ledger else None, there("a", target) if target else None
        )
        assert operation.action is expected, case


LEFT = [
    # owned, on the target → action, with --prune, with --prune and --force
    (True, "old", A.ORPHAN, A.DELETE, A.DELETE),
    (True, "edited", A.ORPHAN, A.CONFLICT, A.DELETE),
    (True, None, A.FORGET, A.FORGET, A.FORGET),
    (False, "old", A.FORGET, A.FORGET, A.FORGET),
    (False, "edited", A.FORGET, A.FORGET, A.FORGET),
    (False, None, A.FORGET, A.FORGET, A.FORGET),
]


@pytest.mark.parametrize(("owned", "target", "plain", "pruned", "forced"), LEFT)
def test_what_is_left_over(owned, target, plain, pruned, forced):
    entry, observed = made("a", "old", owned=owned), there("a", target) if target else None
    assert decide_leftover(entry, observed).action is plain
    assert decide_leftover(entry, observed, PRUNE).action is pruned
    assert decide_leftover(entry, observed, BOTH).action is forced
    assert decide_leftover(entry, observed, FORCE).action is plain, "force alone removes nothing"


@pytest.mark.parametrize(("target", "permits", "code"), [
    ("old", Permits(), "G446"), ("edited", Permits(), "G446"), ("edited", PRUNE, "G447"), ("old", PRUNE, ""),
])
def test_what_is_left_over_is_told(target, permits, code):
    assert decide_leftover(made("a", "old"), there("a", target), permits).code == code


def test_what_is_not_ours_is_never_removed():
    for permits, target in itertools.product((Permits(), PRUNE, FORCE, BOTH), ("old", "edited", None)):
        action = decide_leftover(made("a", "old", owned=False), there("a", target) if target else None, permits).action
        assert action is A.FORGET


def test_a_move_is_an_update_of_the_place():
    operation = decide(wanted("a", "old", "content/a/index.md"), made("a", "old"), there("a", "old"))
    assert (operation.action, operation.changed) == (A.UPDATE, ("place",))
    operation = decide(wanted("a", "new", "content/a/index.md"), made("a", "old"), there("a", "old"))
    assert (operation.action, operation.changed) == (A.UPDATE, ("content", "place"))


def test_a_move_over_something_else_is_a_conflict_that_cannot_be_forced():
    resource = wanted("a", "new", "content/a/index.md")
    for permits in (Permits(), FORCE):
        [operation] = diff(
            [resource],
            {Key("a"): made("a", "old")},
            {Key("a"): there("a", "old")},
            permits,
            frozenset({"content/a/index.md"}),
        )
        assert (operation.action, operation.code, operation.why) == (A.CONFLICT, "G441", "content/a/index.md")


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize(("remembered", "text", "target", "action", "code"), [
    ("old", "old", "old", A.ADOPT, ""),
    ("old", "new", "new", A.ADOPT, ""),
    ("old", "new", "old", A.UPDATE, ""),
    ("old", "old", "edited", A.KEEP, "G440"),
    ("old", "new", "edited", A.CONFLICT, "G442"),
])
def test_what_has_its_new_name_already_does_not_move(remembered, text, target, action, code, owned):
    resource = wanted("a", text, "content/a/index.md")
    entry, observed = made("a", remembered, owned=owned), there("a", target)
    [operation] = diff([resource], {Key("a"): entry}, {Key("a"): observed}, arrived=frozenset({resource.natural_key}))
    assert (operation.action, operation.code) == (action, code)
    assert operation.entry is not None and operation.entry.owned is owned


def test_what_is_not_ours_is_not_moved_but_left():
    resource = wanted("a", "new", "content/a/index.md")
    assert decide(resource, made("a", "old", owned=False), there("a", "old")).action is A.CREATE
    [operation] = diff(
        [resource],
        {Key("a"): made("a", "old", owned=False)},
        {Key("a"): there("a", "old")},
        occupied=frozenset({"content/a/index.md"}),
    )
    assert operation.action is A.CONFLICT


def test_a_moved_page_that_was_edited_stays():
    operation = decide(wanted("a", "old", "content/a/index.md"), made("a", "old"), there("a", "edited"))
    assert (operation.action, operation.code) == (A.CONFLICT, "G442")


@pytest.mark.parametrize(
    ("target", "action"),
    [
        (None, A.CREATE),
        ("new", A.ADOPT),
        ("old", A.UPDATE),
        ("edited", A.CONFLICT),
    ],
)
def test_an_heir_takes_over_what_a_gone_name_made(target, action):
    resource, holder = wanted("b", "new", "content/a.md"), made("a", "old")
    operation = decide_heir(resource, holder, there("a", target) if target else None)
    assert (operation.action, operation.key) == (action, "b")
    forced = decide_heir(resource, holder, there("a", "edited"), Permits(forced=frozenset({"b"})))
    assert forced.action is A.UPDATE


def test_each_code_of_the_table_exists():
    for row in WANTED:
        assert not row[4] or row[4] in CODES
