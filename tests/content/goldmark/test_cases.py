"""What an author wrote and what Hugo gets, case by case; real Hugo shows what Grav shows for each."""

from __future__ import annotations

import pytest

from migrate.content.goldmark import render
from migrate.content.tree import parse
from tests.content.goldmark.cases import Case, cases
from tests.content.goldmark.differences import Text, differences

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.subject}: {case.title}" for case in CASES])
def test_an_author_s_text_becomes_this(case: Case) -> None:
    tree = parse(case.given.replace("\\r\n", "\r\n"), case.dialect)
    rendered = render(tree, {}, case.options)
    assert rendered.text.rstrip("\n") + "\n" == case.wanted.replace("\\r\n", "\n")
    assert "G207" not in {finding.code for finding in rendered.findings}


def test_there_are_cases_for_each_subject() -> None:
    assert {case.subject for case in CASES} == {"blocks", "emphasis", "html", "lists", "text"}
    assert len(CASES) > 60


@pytest.mark.hugo
def test_hugo_shows_what_grav_shows(hugo: str) -> None:
    texts = []
    for case in CASES:
        tree = parse(case.given.replace("\\r\n", "\r\n"), case.dialect)
        texts.append(Text(case.title, tree, {}, case.options, render(tree, {}, case.options)))
    assert differences(hugo, texts) == []
