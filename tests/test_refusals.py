"""What the target would not have is not sent again, until something is another."""

from __future__ import annotations

import contextlib

from migrate.ledger import open_ledger
from migrate.model.document import Key
from migrate.refusals import NAME, refusals, refusals_note
from migrate.report_rows import Line

WHY = {Key("media:1"): "media:1: not this type"}
TAKEN = Line("create", Key("media:2"), "media", "media:2", "5")
FAILED = Line("failed", Key("media:1"), "media", "media:1", None)


def remembered(tmp_path, refused, lines, facts):
    with contextlib.closing(open_ledger(tmp_path)) as ledger:
        ledger.end_run(ledger.begin_run("then", "1", ""), "now", "{}", [(NAME, refusals_note(refused, "facts", lines))])
        return refusals(ledger, facts)


def test_a_refusal_is_remembered(tmp_path):
    assert remembered(tmp_path, WHY, [FAILED, TAKEN], "facts") == WHY


def test_not_on_another_target(tmp_path):
    assert remembered(tmp_path, WHY, [FAILED, TAKEN], "one more plug-in") == {}


def test_not_where_nothing_at_all_was_taken(tmp_path):
    assert remembered(tmp_path, WHY, [FAILED], "facts") == {}


def test_a_run_without_refusals_forgets(tmp_path):
    remembered(tmp_path, WHY, [FAILED, TAKEN], "facts")
    assert remembered(tmp_path, {}, [TAKEN], "facts") == {}
