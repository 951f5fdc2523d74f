"""Addresses: the old ones, no two alike, whatever the order of the pages."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.findings import find
from migrate.mappers import map_site
from migrate.mappers.addresses import free_address
from migrate.model.document import Document, Key
from migrate.model.site import Language, Media, Site
from tests.mappers.sites import ENGLISH_FIRST, HUGO, codes, mapping, page, site


def decided(*documents: Document, over: dict[str, Any] | None = None, **fields: Any) -> Site:
    return map_site(site(*documents, **fields), mapping(**(over or {})))


def address(document: Document, **over: Any) -> str:
    languages = tuple(Language(code=code, prefix=f"/{code}") for code in [document.language] if code)
    return decided(document, over=over, languages=languages).documents[0].address


# The old ones


@pytest.mark.parametrize(("document", "expected"), [
    (page("01.news"), "/news/"),
    (page("01.news/02.item", language="kk"), "/kk/news/item/"),
    (page("01.home", route="/", home=True), "/"),
    (page("01.home", route="/", home=True, language="kk"), "/kk/"),
    (page("About Us", url="/about us"), "/about us/"),
    (page("four.five"), "/four.five/"),
    (page("post", url="/post.html"), "/post.html"),
    (page("post", url="/en/post.html", language="en"), "/en/post.html"),
    (page("v1.html"), "/v1.html/"),
    (page("Über", url="/über"), "/über/"),
])
def test_a_page_answers_where_it_did(document: Document, expected: str) -> None:
    assert address(document) == expected


def test_without_slashes_at_the_end() -> None:
    assert address(page("01.news"), addresses={"trailing_slash": False}) == "/news"


def test_addresses_of_the_targets_own() -> None:
    over = {"addresses": {"keep": False}}
    assert address(page("01.News & more/02.Item", slug="other", url="/x/other.html"), **over) == "/news--more/item/"
    assert address(page("01.home", route="/", home=True), **over) == "/"


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("/kk/news/*", "/kk/zhana/*", "/kk/zhana/a/"),
    ("/kk/news/a", "/kk/b", "/kk/b/"),
    ("/kk/news/a/", "/kk/b/", "/kk/b/"),
    ("/kk/*/a", "/*/b", "/news/b/"),
    ("/*", "/old/*", "/old/kk/news/a/"),
    ("/kk/other/*", "/x/*", "/kk/news/a/"),
])
def test_overrides(old: str, new: str, expected: str) -> None:
    over = {"addresses": {"overrides": [{"old": old, "new": new}, {"old": "/kk/news/a", "new": "/never"}]}}
    expected = "/never/" if expected == "/kk/news/a/" else expected
    assert address(page("news/a", language="kk"), **over) == expected


@pytest.mark.parametrize(("url", "expected"), [
    ("/a/../../etc/passwd", "/a/etc/passwd/"), ("/a/./b//c", "/a/b/c/"), ("/a\\..\\b", "/a..b/"),
    ("/a\x00b\n", "/ab/")])
def test_addresses_stay_inside_the_site(url: str, expected: str) -> None:
    found = decided(page("a", url=url)).documents[0]
    assert found.address == expected
    assert codes(found) == ["G321"]


# Pages without


@pytest.mark.parametrize("fields", [
    {"modular": True, "routable": False}, {"routable": False}, {"published": False, "draft": True, "over": "skip"}])
def test_pages_without_an_address(fields: dict[str, Any]) -> None:
    over = {"pages": {"unpublished": fields.pop("over")}} if "over" in fields else {}
    assert address(page("a", **fields), **over) == ""


def test_skipped_pages_say_so() -> None:
    over = {"pages": {"unpublished": "skip", "protected": "skip", "unroutable": "skip", "redirecting": "skip"}}
    pages = (page("a", published=False, draft=True), page("b", header={"access": ["x"]}), page("c", routable=False),
             page("d", redirect="/a"), page("e", published=False, draft=True, has_children=True))
    found = decided(*pages, over=over).documents
    assert [document.standing for document in found] == ["skipped", "skipped", "skipped", "skipped", "hidden"]
    assert all(codes(document) == ["G325"] for document in found)


def test_drafts_have_one() -> None:
    assert address(page("a", published=False, draft=True)) == "/a/"


# No two alike


def test_two_pages_for_one_address() -> None:
    over = {"addresses": {"overrides": [{"old": "/b", "new": "/a"}]}}
    found = decided(page("a"), page("b"), over=over).documents
    assert [document.address for document in found] == ["/a/", "/a-2/"]
    assert codes(found[1]) == ["G320"]


def test_a_page_that_grav_never_showed_gets_an_address() -> None:
    found = decided(page("01.x", owns_route=False, key=Key("document:/x#01.x")), page("02.x"), page("x-2")).documents
    assert [document.address for document in found] == ["/x-3/", "/x/", "/x-2/"]
    assert codes(found[0]) == ["G323"]


def test_a_twin_is_shown_by_the_other() -> None:
    twin = page("01.x", owns_route=False, key=Key("document:/x#01.x"),
                findings=(find("G138", "01.x/item.md", winner="02.x/item.md", route="/x"),))
    found = decided(twin, page("02.x")).documents
    assert [(document.standing, document.address) for document in found] == [("merged", "/x/"), ("public", "/x/")]


def test_a_draft_makes_way() -> None:
    over = {"addresses": {"overrides": [{"old": "/a", "new": "/x"}, {"old": "/b", "new": "/x"}]}}
    found = decided(page("a", published=False, draft=True), page("b"), over=over).documents
    assert [document.address for document in found] == ["/x-2/", "/x/"]


@pytest.mark.parametrize(("wish", "free"), [
    ("/a/", "/a-2/"), ("/", "/index-2/"), ("/a.html", "/a-2.html"), ("/a", "/a-2"), ("/v1.2/", "/v1.2-2/")])
def test_free_addresses(wish: str, free: str) -> None:
    assert free_address(wish, {wish}) == free
    assert free_address(wish, {wish, free}) != free


FOLDERS = st.sampled_from(["01.a", "02.a", "a", "a-2", "03.a-2", "b", "01.home"])
PAGES = st.builds(
    lambda folder, language, owns, published, route: page(
        folder, language=language, owns_route=owns, published=published, draft=not published,
        key=Key(f"document:{folder}@{language}"), **({"route": route} if route else {})),
    FOLDERS, st.sampled_from(["en", "fr"]), st.booleans(), st.booleans(), st.sampled_from(["", "/", "/a", "/a-2"]))
SITES = st.lists(PAGES, max_size=8, unique_by=lambda document: document.key)


@given(SITES, st.randoms(use_true_random=False))
def test_addresses_are_unique_and_do_not_depend_on_the_order(pages: list[Document], shuffler: random.Random) -> None:
    found = decided(*pages, languages=ENGLISH_FIRST).documents
    addresses = [document.address for document in found if document.address]
    assert len(addresses) == len(set(addresses)) == len(found)
    assert all(text.startswith("/") and text.endswith("/") for text in addresses)
    shuffled = pages.copy()
    shuffler.shuffle(shuffled)
    again = {document.key: document.address for document in decided(*shuffled, languages=ENGLISH_FIRST).documents}
    assert again == {document.key: document.address for document in found}


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30))
def test_any_url_gives_an_address_inside_the_site(url: str) -> None:
    found = decided(page("a", url="/" + url)).documents[0].address
    assert found.startswith("/")
    assert not {"..", "."} & set(found.split("/"))
    assert "//" not in found


# Files


def media(folder: str, name: str = "a b.jpg") -> dict[Key, Media]:
    key = Key(f"media:{folder}/{name}")
    return {key: Media(key=key, path=f"/x/{name}", folder=folder, name=name, kind="image")}


def file_address(folder: str, *documents: Document, **fields: Any) -> str:
    return next(iter(decided(*documents, media=media(folder), **fields).media.values())).address


def test_files_stay_beside_their_page() -> None:
    assert file_address("01.news", page("01.news")) == "/news/a b.jpg"
    assert file_address("post", page("post", url="/post.html")) == "/post/a b.jpg"


def test_files_are_beside_the_first_language_that_has_the_page() -> None:
    pages = (page("01.news", language="fr"), page("01.news", language="en"))
    assert file_address("01.news", *pages, languages=ENGLISH_FIRST) == "/en/news/a b.jpg"
    assert file_address("01.news", pages[0], languages=ENGLISH_FIRST) == "/fr/news/a b.jpg"


def test_files_of_a_module_are_beside_the_page_that_shows_it() -> None:
    module = page("01.news/_hero", modular=True, routable=False)
    assert file_address("01.news/_hero", page("01.news", modules=(module.key,)), module) == "/news/a b.jpg"


def test_files_beside_no_page_stay_where_they_were() -> None:
    assert file_address("images") == "/user/pages/images/a b.jpg"
    key = Key("media:user:images/x.png")
    stream = {key: Media(key=key, path="/x.png", folder="", name="x.png", kind="image")}
    assert decided(media=stream).media[key].address == "/user/images/x.png"


def test_ten_thousand_pages_are_decided_in_a_second_or_so() -> None:
    import time

    pages = tuple(page(f"01.blog/{number:05}.post-{number}", header={"title": "x", "summary": {"size": 3}, "hero": "a"},
                       position=number) for number in range(10_000))
    there = site(page("01.blog", has_children=True), *pages)
    start = time.perf_counter()
    found = map_site(there, HUGO)
    assert time.perf_counter() - start < 6         # about 1 s on an idle machine
    assert len({document.address for document in found.documents}) == 10_001
    assert replace(found.documents[5], fields={}) != found.documents[5]


@pytest.mark.parametrize(("part", "place"), [
    ("sitemap.xml", "/sitemap-xml/"), ("404.html", "/404-html/"), ("x" * 300, f"/{'x' * 240}/"),
    ("ж" * 130, f"/{'ж' * 120}/"),
])
def test_parts_that_can_be_no_folder_s_name(part, place):
    moved = decided(page("01.a", route=f"/{part}", slug=part)).documents[0]
    assert moved.address == place
    assert "G321" in [finding.code for finding in moved.findings]
