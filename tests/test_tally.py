"""What is kept of things that a run looks at twice: once more at its end, to mend their links."""

from __future__ import annotations

from contextlib import closing

import pytest

from migrate.apply import Outcome
from migrate.ledger import open_ledger
from migrate.model.plan import Action, Operation
from migrate.tally import Tally
from tests.resources import made, there, wanted

A = Action


@pytest.fixture
def ledger(tmp_path):
    with closing(open_ledger(tmp_path)) as ledger:
        yield ledger


@pytest.mark.parametrize(("first", "second", "line", "told"), [
    (A.CREATE, A.KEEP, "create", 1),
    (A.CREATE, A.UPDATE, "create", 1),
    (A.KEEP, A.UPDATE, "update", 2),
    (A.KEEP, A.CONFLICT, "conflict", 2),
    (A.CONFLICT, A.ADOPT, "adopt", 2),
    (A.CONFLICT, A.CONFLICT, "conflict", 2),
])
def test_the_line_that_counts(ledger, first, second, line, told):
    heard = []
    tally = Tally({}, ledger, lambda *one: heard.append(one))
    for action in (first, second):
        tally.ended(Outcome(Operation(action=action, key=wanted("a").key, resource=wanted("a"), entry=made("a"),
                                      observed=there("a"))), ())
    assert [one.action for one in tally.lines] == [line]
    assert len(heard) == told
