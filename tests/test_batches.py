"""Pages in batches: a page that breaks costs only itself, and batches can wait on disk."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from migrate.batches import SIZE, Batch, Spool, converted
from migrate.errors import SourceError
from tests.resources import wanted
from tests.test_report import noticed, page


class Made(NamedTuple):
    resources: tuple
    findings: tuple


class Converter:
    def convert(self, document):
        match document.slug:
            case "divides":
                return 1 // 0
            case "recurses":
                return self.convert(document)
            case "source":
                raise SourceError("gone")
            case "module":
                return Made((), ())
        return Made((wanted(document.slug),), (noticed(subject=document.source),))


@pytest.mark.parametrize("jobs", [1, 2])
def test_in_order_and_complete(jobs):
    documents = [page(f"p{number}") for number in range(3 * SIZE + 1)]
    batches = list(converted(Converter(), documents, jobs))
    assert [made.key for batch in batches for made in batch.pages] == [document.key for document in documents]
    assert [made.key for batch in batches for made in batch.resources] == [document.slug for document in documents]
    assert len(batches) == 4
    assert batches[0].pages[0].findings == (noticed(subject="01.p0/item.md"),)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("slug", "kind"), [("divides", "ZeroDivisionError"), ("recurses", "RecursionError")])
def test_a_page_that_breaks_is_a_finding_and_the_others_come(jobs, slug, kind):
    documents = [page("a"), page(slug), *(page(f"p{number}") for number in range(2 * SIZE))]
    batches = list(converted(Converter(), documents, jobs))
    broken = [made for batch in batches for made in batch.pages if made.broken]
    assert [made.key for made in broken] == [slug]
    [finding] = broken[0].findings
    assert (finding.code, finding.subject) == ("G449", f"01.{slug}/item.md")
    assert f"{kind} in tests.test_batches, line " in finding.message
    assert sum(len(batch.resources) for batch in batches) == len(documents) - 1


def test_what_stops_the_run_is_not_swallowed():
    with pytest.raises(SourceError):
        list(converted(Converter(), [page("source")], 1))


def test_a_page_may_come_to_nothing():
    [batch] = converted(Converter(), [page("module")], 1)
    assert (len(batch.pages), batch.resources) == (1, ())


def test_a_spool_gives_back_what_went_through():
    made = [Batch((), (wanted(str(number)),)) for number in range(3)]
    spool = Spool(iter(made))
    assert list(spool.first()) == made
    assert list(spool.again()) == list(spool.again()) == made
    spool.close()
