"""What is shown against what was planned."""

from __future__ import annotations

import pytest

from migrate.verify import Shown, address_of, verify


def row(path="content/a.md", new_url="/a/", **more):
    return {"source": f"{path} of the source", "target_id": path, "new_url": new_url, **more}


def codes(rows, shown, **more):
    return [(finding.code, finding.subject) for finding in verify(rows, shown, **more)]


def test_all_is_well():
    assert codes([row()], [Shown("content/a.md", "/a/"), Shown("content/mine.md", "/mine/")]) == []
    assert codes([row()], [Shown("content/a.md", "https://example.org/sub/a/")], base="/sub/") == []
    assert codes([row(new_url="/новости/a b/")], [Shown("content/a.md", "/новости/a b/")]) == []


def test_a_page_that_is_not_shown():
    assert codes([row()], []) == [("G500", "content/a.md of the source")]
    assert codes([row()], [], published={"/a/"}) == [], "it answers, though no list names it"


def test_a_page_that_is_shown_elsewhere():
    [finding] = verify([row()], [Shown("content/a.md", "/b/")])
    assert (finding.code, "/b/" in finding.message, "/a/" in finding.message) == ("G501", True, True)


def test_a_slash_at_the_end_is_no_difference():
    assert codes([row(new_url="/a")], [Shown("content/a.md", "/a/")]) == []


def test_two_pages_at_one_address():
    shown = [Shown("content/a.md", "/a/"), Shown("content/a/_index.md", "/a/")]
    assert codes([row()], shown) == [("G502", "content/a/_index.md")]
    assert codes([row(), row("content/a/_index.md")], shown) == [("G502", "content/a/_index.md of the source")]
    assert codes([], [Shown("content/x.md", ""), Shown("content/y.md", "")]) == [], "hidden pages have no address"


@pytest.mark.parametrize(
    "left_out", [{"new_url": None}, {"target_id": None}, {"shown_in": "x"}, {"merged_into": "x"}, {"new_url": ""}]
)
def test_what_has_no_page_of_its_own_is_not_looked_for(left_out):
    assert codes([row() | left_out], []) == []


@pytest.mark.parametrize(
    ("url", "base", "path"),
    [
        ("https://example.org/a/%D0%B0/", "/", "/a/а/"),
        ("/a/", "/", "/a/"),
        ("https://example.org/sub/a/", "/sub", "/a/"),
        ("https://example.org/sub/", "/sub/", "/"),
        ("/100%25/", "/", "/100%/"),
    ],
)
def test_addresses(url, base, path):
    assert address_of(url, base) == path
