"""Steps of a run that commands cannot show well."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from migrate.batches import Batch
from migrate.chunks import TOGETHER
from migrate.ledger import copy_ledger
from migrate.model.document import Key
from migrate.options import Options
from migrate.report_rows import Page
from migrate.screen import Nobody
from migrate.steps import Bench, Run, carried_out
from migrate.targets import Hugo
from tests.resources import wanted
from tests.test_report import noticed
from tests.writers.memory_store import MemoryStore


class Listening(Nobody):
    def __init__(self, against="none"):
        self.against = against
        self.lines = []

    def line(self, line, difference=()):
        self.lines.append((line.action, line.natural_key, tuple(difference)))


@pytest.fixture
def bench(tmp_path):
    return Bench(MemoryStore(), copy_ledger(tmp_path))


def run(bench, batches, screen=None, **more):
    options = Options(source="user", out="out", **more)
    run = Run(options, None, None, screen or Nobody(), datetime(2026, 1, 1, tzinfo=UTC), Hugo(options))
    return carried_out(run, bench, batches)


def test_what_an_earlier_run_made_of_a_page_that_breaks_now_stays(bench):
    run(bench, [Batch((), (wanted("a"), wanted("b")))])
    broken = Page(Key("a"), "01.a/item.md", (noticed("G449", "error"),), broken=True)
    tally = run(bench, [Batch((broken,), ()), Batch((), (wanted("b"),))], prune=True)
    assert [(line.action, line.key) for line in tally.lines] == [("keep", "b")]
    assert bench.store.files.keys() == {"content/a.md", "content/b.md"}
    assert tally.pages == [broken]


def test_large_and_small_batches_come_to_the_same(bench):
    names = [f"p{number}" for number in range(3 * TOGETHER + 5)]
    batches = [Batch((), tuple(map(wanted, names[:200]))), *(Batch((), (wanted(name),)) for name in names[200:])]
    tally = run(bench, batches)
    assert [line.key for line in tally.lines] == names
    assert len(bench.ledger.entries) == len(names)


def test_what_is_looked_at_again_is_a_stage_of_its_own(tmp_path):
    class Mending(MemoryStore):
        def unsettled(self, entries):
            return frozenset({Key("b")})

    stages = []

    class Watching(Nobody):
        def stage(self, name, total=0):
            stages.append((name, total))

    bench = Bench(Mending(), copy_ledger(tmp_path))
    tally = run(bench, [Batch((), (wanted("a"), wanted("b")))], Watching())
    assert stages == [("Mending links", 1)]
    assert [line.key for line in tally.lines] == ["a", "b"]


def test_differences_are_worked_out_before_the_write(bench):
    run(bench, [Batch((), (wanted("a", "old\n"), wanted("same")))])
    screen = Listening("target")
    run(bench, [Batch((), (wanted("a", "new\n"), wanted("same"), wanted("b", "b\n")))], screen)
    assert screen.lines == [
        ("update", "content/a.md", ("--- content/a.md", "+++ content/a.md", "@@ -1,1 +1,1 @@", "-old", "+new")),
        ("keep", "content/same.md", ()),
        ("create", "content/b.md", ("--- /dev/null", "+++ content/b.md", "@@ -0,0 +1,1 @@", "+b")),
    ]


def test_a_conflict_is_shown_against_what_is_there(bench):
    bench.store.files["content/a.md"] = "theirs\n"
    screen = Listening("target")
    run(bench, [Batch((), (wanted("a", "ours\n"),))], screen)
    [(action, _, difference)] = screen.lines
    assert (action, difference[-2:]) == ("conflict", ("-theirs", "+ours"))
