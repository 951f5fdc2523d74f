"""Our reading of Markdown against the real Parsedown and Parsedown Extra, set up as Grav sets them up."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from migrate.content.html import to_html
from migrate.content.tree import parse
from migrate.model.document import Dialect
from tests.content.documents import DIALECTS, NOTICES, SHORTCODES, dialects, documents, texts
from tests.content.goldmark.real_pages import RealPage, real_pages
from tests.content.parsedown_cases import Case, cases
from tests.content.parsedown_oracle import Parsedown, cut_in_half, disagreement

CASES = cases()
SEED = int(os.environ.get("GRAV_MIGRATE_SEED") or 20240611)
SHARE = 6000            # generated texts; `make fuzz` takes more, and others


@pytest.fixture(scope="module")
def parsedown(php: str) -> Iterator[Parsedown]:
    with Parsedown(php) as running:
        yield running


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[RealPage]:
    return list(real_pages(shared / "corpus"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.subject}: {case.title}" for case in CASES])
def test_a_text_becomes_the_html_that_parsedown_made_of_it(case: Case) -> None:
    tree = parse(case.text, case.dialect)
    assert to_html(tree) == case.html
    assert "".join(case.text[block.start:block.end] for block in tree.blocks) == case.text


def test_there_are_cases_for_each_subject() -> None:
    assert {case.subject for case in CASES} >= {
        "blocks", "emphasis", "extra", "grav", "html", "links", "lists", "tables", "text"}
    assert len(CASES) > 200
    assert len({(case.text, case.dialect) for case in CASES}) == len(CASES)


@pytest.mark.php
def test_parsedown_says_of_the_cases_what_they_say(parsedown: Parsedown) -> None:
    wrong = [case.title for case in CASES if parsedown.render(case.text, case.dialect) != case.html]
    assert wrong == []


@pytest.mark.php
@pytest.mark.corpus
def test_all_real_pages_in_their_own_dialects(parsedown: Parsedown, pages: list[RealPage]) -> None:
    assert len(pages) > 600
    failing = [page.name for page in pages if parsedown.render(page.body, page.dialect) is None]
    differing = [page.name for page in pages if disagreement(parsedown, page.body, page.dialect)]
    print(f"{len(pages)} real pages, {len(differing)} read differently; PHP fails on {len(failing)}")
    assert differing == []
    assert failing == []


@pytest.mark.php
@pytest.mark.corpus
@pytest.mark.parametrize("dialect", [Dialect(), Dialect(extra=True), Dialect(auto_line_breaks=True, auto_url_links=True),
                                     Dialect(twig=True, notices=NOTICES, shortcodes=SHORTCODES),
                                     Dialect(escape_markup=True)])
def test_all_real_pages_in_other_dialects(parsedown: Parsedown, pages: list[RealPage], dialect: Dialect) -> None:
    bodies = sorted({page.body for page in pages})
    assert [body[:200] for body in bodies if disagreement(parsedown, body, dialect)] == []


def probe_bodies(shared: Path) -> list[str]:
    """The bodies of all pages of the probes."""
    found = set()
    with (shared / "facts" / "grav-probes.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            files = json.loads(line)["files"]
            found |= {text.split("---", 2)[-1].lstrip("\n") for name, text in files.items()
                      if name.endswith(".md") and isinstance(text, str)}
    return sorted(found)


@pytest.mark.php
@pytest.mark.corpus
def test_all_probes_in_all_dialects(parsedown: Parsedown, shared: Path) -> None:
    bodies = probe_bodies(shared)
    assert len(bodies) > 200
    assert [(body, dialect) for body in bodies for dialect in dict.fromkeys(DIALECTS)
            if disagreement(parsedown, body, dialect)] == []


@pytest.mark.php
@pytest.mark.slow
def test_generated_texts(parsedown: Parsedown, request: pytest.FixtureRequest) -> None:
    """A fixed share of documents built of constructs and their broken neighbours, and of mutated real pages."""
    place = Path(os.environ.get("GRAV_MIGRATE_SHARED") or request.config.rootpath.parent / "shared") / "corpus"
    bodies = sorted({page.body for page in real_pages(place)})
    random, differing, failing = Random(SEED), [], 0
    for _, (text, dialect) in zip(range(SHARE), texts(random, bodies), strict=False):
        failing += parsedown.render(text, dialect) is None
        if disagreement(parsedown, text, dialect):
            differing.append((text, dialect))
    print(f"{SHARE} generated texts, seed {SEED}: {len(differing)} read differently; PHP fails on {failing}")
    assert len(differing) <= SHARE // 1000, differing[:3]
    assert failing < SHARE // 200


@pytest.mark.php
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents(), dialects())
def test_any_document(parsedown: Parsedown, text: str, dialect: Dialect) -> None:
    found = disagreement(parsedown, text, dialect)
    assert found is None or cut_in_half(found[0], text)


@settings(deadline=None)
@given(documents(), dialects())
def test_the_blocks_are_the_text(text: str, dialect: Dialect) -> None:
    tree = parse(text, dialect)
    assert "".join(text[block.start:block.end] for block in tree.blocks) == text
    raw = parse(text, replace(dialect, markdown=False))
    assert "".join(text[block.start:block.end] for block in raw.blocks) == text
    assert to_html(raw) == text.strip("\n")


def test_the_oracle_sees_a_difference() -> None:
    """That two pages are the same must be able to fail."""
    from tests.content.parsedown_oracle import normal

    assert normal("<p>a\nb</p>") == normal("<p>a  b</p>")
    assert normal("<p><em>a</em> <em>b</em></p>") != normal("<p><em>a</em><em>b</em></p>")
    assert normal("<pre>a  b</pre>") != normal("<pre>a b</pre>")
    assert normal('<a href="b">c</a>') != normal('<a href="d">c</a>')
