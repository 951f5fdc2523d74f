"""Old paths that lead elsewhere: aliases, folder routes, redirects, missing translations, term lists, menus."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.mappers import map_site
from migrate.mappers.redirect_lines import lines_of
from migrate.model.document import Document, Key, Term
from migrate.model.site import Media, Redirect, Site
from tests.mappers.sites import ENGLISH_FIRST, codes, mapping, page, site


def decided(*documents: Document, over: dict[str, Any] | None = None, **fields: Any) -> Site:
    return map_site(site(*documents, **fields), mapping(**(over or {})))


def lines(found: Site) -> list[str]:
    return [f"{redirect.origin} {redirect.goal} {redirect.status}" for redirect in found.redirects]


def site_redirect(origin: str, goal: str, **fields: Any) -> Redirect:
    return Redirect(origin=origin, goal=goal, pattern=True, **fields)


# Patterns


@pytest.mark.parametrize(("origin", "goal", "expected"), [
    ("/jungle", "/blog/tree", ["/jungle /blog/tree", "/jungle/* /blog/tree/:splat"]),
    ("^/jungle", "/blog/tree", ["/jungle /blog/tree", "/jungle/* /blog/tree/:splat"]),
    ("/exact$", "/blog", ["/exact /blog"]),
    ("/query", "/blog?x=1#f", ["/query /blog?x=1#f"]),
    ("/old/(.*)", "/blog/$1", ["/old/* /blog/:splat"]),
    ("/old/(.+)$", "/blog/${1}.html", ["/old/* /blog/:splat.html"]),
    ("/old/(.*)", "https://e.org/$1", ["/old/* https://e.org/:splat"]),
    ("/old/.*", "/gone", ["/old/* /gone"]),
    ("/old/(.*)", "/gone", ["/old/* /gone"]),
    ("/old(/.*)?", "/new$1", ["/old /new", "/old/* /new/:splat"]),
    ("/old(?:/.*)?$", "/new", ["/old /new", "/old/* /new"]),
    ("/old/?", "/new", ["/old /new", "/old/* /new/:splat"]),
    ("/old/", "/new/", ["/old/* /new/:splat"]),
    (r"/a\.html", "/a", ["/a.html /a", "/a.html/* /a/:splat"]),
    ("/a.html$", "/a", ["/a.html /a"]),
    (r"/a\-b\/c$", "/x", ["/a-b/c /x"]),
    ("/x$", "http://e.com/$1", ["/x http://e.com/"]),
    (r"/(\d+)/(.*)", "/blog/$2", None),
    ("/(?i)case", "/blog", None),
    ("/old/(.*)/(.*)", "/$2/$1", None),
    ("/old-(.*)", "/blog/$1", None),
    ("/(en|fr)/x", "/x", None),
    ("old", "/new", None),
])
def test_patterns_as_lines(origin: str, goal: str, expected: list[str] | None) -> None:
    found = lines_of(origin, goal)
    assert (None if found is None else [f"{line.origin} {line.goal}" for line in found]) == expected


def rewritten(origin: str, goal: str, path: str) -> str | None:
    """What Grav makes of a path: the pattern counts from the start, the rest of the path goes along."""
    text = re.sub(r"\$(\d)", r"\\g<\1>", goal)
    new, count = re.subn("^" + origin.removeprefix("^"), text, path, count=1)
    return new if count else None


PART = st.text(alphabet="abc-", min_size=1, max_size=3)
PATHS = st.lists(PART, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))


@given(PATHS, st.sampled_from(["", "$", "/(.*)", "/(.*)$", "/.*$"]), PATHS, st.sampled_from(["", "/$1"]), PATHS)
def test_a_line_leads_where_grav_leads(start: str, end: str, goal: str, rest: str, path: str) -> None:
    if "(" not in end:
        rest = ""
    for line in lines_of(start + end, goal + rest) or ():
        for asked in (start, start + path):
            if line.origin.endswith("*") and asked.startswith(line.origin[:-1]):
                said = line.goal.replace(":splat", asked[len(line.origin) - 1:])
            elif line.origin == asked:
                said = line.goal
            else:
                continue
            assert said == rewritten(start + end, goal + rest, asked)


# Pages


def test_aliases_lead_to_the_page() -> None:
    found = decided(page("02.blog/post", slug="nice", route="/blog/nice", aliases=("/alias/a", "/blog/post")))
    assert lines(found) == ["/alias/a /blog/nice/ 301", "/blog/post /blog/nice/ 301"]
    assert found.documents[0].redirects_from == ("/alias/a", "/blog/post")


def test_aliases_can_be_lines_only() -> None:
    found = decided(page("a", aliases=("/b",)), over={"addresses": {"aliases": False}})
    assert lines(found) == ["/b /a/ 301"]
    assert found.documents[0].redirects_from == ()


def test_a_page_that_moves_leaves_its_old_path_behind() -> None:
    over = {"addresses": {"overrides": [{"old": "/a", "new": "/b/c"}]}}
    assert lines(decided(page("a", aliases=("/x",)), over=over)) == ["/a /b/c/ 301", "/x /b/c/ 301"]


def test_a_path_without_its_extension_still_leads_there() -> None:
    assert lines(decided(page("post", url="/post.html", aliases=("/post",)))) == ["/post /post.html 301"]


def test_a_page_comes_before_an_alias() -> None:
    found = decided(page("a"), page("b", aliases=("/a", "/c")))
    assert lines(found) == ["/c /b/ 301"]


def test_an_old_path_that_somebody_else_has_now() -> None:
    over = {"addresses": {"overrides": [{"old": "/a", "new": "/b"}, {"old": "/b", "new": "/c"}]}}
    found = decided(page("a"), page("b"), over=over)
    assert lines(found) == ["/a /b/ 301"]
    assert codes(found.documents[1]) == ["G333"]


@pytest.mark.parametrize("fields", [{"published": False, "draft": True}, {"routable": False}])
def test_nothing_leads_to_pages_that_nobody_sees(fields: dict[str, Any]) -> None:
    assert lines(decided(page("a", aliases=("/b",), **fields))) == []


# Redirects of pages and of the site


def test_a_page_that_redirects() -> None:
    redirect = Redirect(origin="/red", goal="/blog", status=303, subject="04.red/item.md")
    found = decided(page("blog"), page("04.red", redirect="/blog[303]"), redirects=(redirect,))
    assert lines(found) == ["/red /blog/ 303"]
    fields = found.documents[1].fields
    assert (fields["layout"], fields["params"]["redirect"]) == ("redirect", "/blog/")
    assert list(fields)[-1] == "params"
    assert found.documents[1].standing == "redirect"
    assert found.documents[0].redirects_from == ()                    # the page at the old path leads on itself


def test_a_page_that_redirects_may_be_shown() -> None:
    redirect = Redirect(origin="/red", goal="/blog", subject="04.red/item.md")
    found = decided(page("blog"), page("04.red", redirect="/blog"), redirects=(redirect,),
                    over={"pages": {"redirecting": "page"}})
    assert lines(found) == []
    assert "layout" not in found.documents[1].fields


def test_chains_are_followed() -> None:
    chain = (Redirect(origin="/a", goal="/b", subject="a/item.md"),
             Redirect(origin="/b", goal="/c#x", subject="b/item.md"),
             site_redirect("/start$", "/a"), site_redirect("/away$", "/start"),
             site_redirect("/out$", "https://e.org/x"), site_redirect("/far$", "/out"))
    found = decided(page("a", redirect="/b"), page("b", redirect="/c#x"), page("c"), redirects=chain)
    assert lines(found) == ["/a /c/#x 302", "/away /c/#x 302", "/b /c/#x 302", "/far https://e.org/x 302",
                            "/out https://e.org/x 302", "/start /c/#x 302"]


def test_circles_are_left_out() -> None:
    circle = (Redirect(origin="/a", goal="/b", subject="a/item.md"),
              Redirect(origin="/b", goal="/a", subject="b/item.md"),
              site_redirect("/c$", "/d"), site_redirect("/d$", "/c"))
    found = decided(page("a", redirect="/b"), page("b", redirect="/a"), redirects=circle)
    assert lines(found) == []
    assert [codes(document) for document in found.documents] == [["G332"], ["G332"]]
    assert codes(found) == ["G332", "G332"]
    assert [document.standing for document in found.documents] == ["public", "public"]


def test_redirects_of_the_site() -> None:
    found = decided(page("blog"), page("blog/new"), redirects=(
        site_redirect("/jungle", "/blog/new"), site_redirect("/gone$", "/nowhere"), site_redirect(r"/(\d+)/x", "/blog"),
        site_redirect("/blog/new$", "/never"), site_redirect("/q$", "/blog?x=1", status=301)))
    assert lines(found) == ["/gone /nowhere 302", "/jungle /blog/new/ 302", "/q /blog/?x=1 301",
                            "/jungle/* /blog/new/:splat 302"]
    assert codes(found) == ["G331", "G330"]
    assert found.documents[1].redirects_from == ("/jungle",)
    assert found.documents[0].redirects_from == ()                    # an alias cannot say ?x=1


def test_a_goal_may_name_its_status() -> None:
    found = decided(page("blog"), redirects=(site_redirect("/foo$", "/blog[301]"), site_redirect("/x$", "/foo")))
    assert lines(found) == ["/foo /blog/ 301", "/x /blog/ 302"]


def test_routes_of_the_site_show_the_page_at_the_old_path() -> None:
    found = decided(page("blog"), redirects=(site_redirect("/something/else$", "/blog", rewrite=True, status=200),))
    assert [(redirect.origin, redirect.rewrite) for redirect in found.redirects] == [("/something/else", True)]


def test_folders_without_a_page_lead_to_their_first_child() -> None:
    redirect, kid = Redirect(origin="/folder", goal="/folder/kid", subject="03.folder"), page("03.folder/02.kid")
    found = decided(kid, redirects=(redirect,), empty_folders={"03.folder": "/folder"})
    assert lines(found) == ["/folder /folder/kid/ 302"]
    assert [(entry.name, entry.address, entry.key) for entry in found.menus[""]] == [("Folder", "/folder/kid/", kid.key)]


def test_the_most_specific_lines_come_first() -> None:
    found = decided(page("x"), redirects=(site_redirect("/a/(.*)", "/x"), site_redirect("/a/b/c/(.*)", "/x"),
                                          site_redirect("/a/z$", "/x")))
    assert [redirect.origin for redirect in found.redirects] == ["/a/z", "/a/b/c/*", "/a/*"]


# Languages

EN_PAGES = (page("01.home", language="en", route="/", home=True), page("02.blog", language="en"),
            page("02.blog", language="fr", slug="carnet", route="/carnet", aliases=("/fr/blog",)))


def test_redirects_keep_the_language() -> None:
    found = decided(*EN_PAGES, languages=ENGLISH_FIRST, redirects=(
        site_redirect("/old$", "/blog"), site_redirect("/fr/old$", "/blog"), site_redirect("/x$", "/fr/blog"),
        site_redirect("/start$", "/")))
    wanted = {"/old /en/blog/ 302", "/fr/old /fr/carnet/ 302", "/x /fr/carnet/ 302", "/start /en/ 302"}
    assert wanted <= set(lines(found))


def test_the_default_language_without_its_prefix() -> None:
    found = lines(decided(*EN_PAGES, languages=ENGLISH_FIRST))
    assert "/blog /en/blog/ 302" in found
    assert "/blog/* /en/blog/:splat 302" in found
    assert not any(line.startswith(("/* ", "/fr ")) for line in found)


def test_the_default_language_with_a_prefix_that_it_does_not_have() -> None:
    languages = (ENGLISH_FIRST[0].__class__(code="en", default=True), ENGLISH_FIRST[1])
    found = lines(decided(page("02.blog", language="en", prefix=""), languages=languages))
    assert found == ["/en / 302", "/en/* /:splat 302"]


def test_missing_translations_lead_to_the_page_that_was_shown_instead() -> None:
    pages = (page("02.blog", language="en"), page("03.only", language="en"))
    fallbacks = {"/fr/only": pages[1].key, "/fr/gone": Key("document:/gone@en")}
    found = decided(*pages, languages=ENGLISH_FIRST, fallbacks=fallbacks)
    assert "/fr/only /en/only/ 302" in lines(found)
    assert found.documents[1].redirects_from == ()
    nothing = decided(*pages, languages=ENGLISH_FIRST, fallbacks=fallbacks, over={"languages": {"missing": "none"}})
    assert not any("/fr/only" in line for line in lines(nothing))


def test_missing_translations_can_be_copies() -> None:
    pages = (page("03.only", language="en", has_children=True),
             page("03.only/a", language="en", parent=Key("document:/only@en")))
    fallbacks = {"/fr/only": pages[0].key, "/fr/alias": pages[0].key, "/fr/only/a": pages[1].key}
    found = decided(*pages, languages=ENGLISH_FIRST, fallbacks=fallbacks, over={"languages": {"missing": "copy"}})
    copies = found.documents[2:]
    assert [(copy.key, copy.language, copy.address, copy.parent) for copy in copies] == [
        ("document:/only@fr", "fr", "/fr/only/", None),
        ("document:/only/a@fr", "fr", "/fr/only/a/", "document:/only@fr")]
    assert "/fr/alias /fr/only/ 301" in lines(found)


# Term lists and files


def test_term_lists_of_listing_pages() -> None:
    listing = {"content": {"items": "@self.children"}}
    found = decided(page("02.blog", header=listing),
                    page("02.blog/a", terms=(Term("tag", "Go Lang"), Term("category", "x"), Term("other", "y"))),
                    page("03.wiki", terms=(Term("tag", "z"),)),
                    page("05.mod", header={"content": {"items": "@self.modular"}}))
    assert lines(found) == ["/blog/category:x /categories/x/ 302", "/blog/tag:Go Lang /tags/go-lang/ 302"]
    assert lines(decided(*found.documents, over={"addresses": {"taxonomy_filters": False}})) == []


def test_feeds_of_listing_pages() -> None:
    listing = {"content": {"items": "@self.children"}}
    pages = (page("01.home", header=listing, home=True, url="/", address="/"),
             page("02.blog", header=listing, has_children=True),
             page("03.empty", header=listing), page("04.wiki", has_children=True))
    to_hugo = {"addresses": {"feed": "{address}index.xml"}}
    assert lines(decided(*pages, plugins={"feed": True}, over=to_hugo)) == [
        "/blog.atom /blog/index.xml 301", "/blog.rss /blog/index.xml 301",
        "/home.atom /index.xml 301", "/home.rss /index.xml 301"]
    assert lines(decided(*pages, plugins={"feed": False}, over=to_hugo)) == []
    assert lines(decided(*pages, plugins={"feed": True}, over={"addresses": {"feed": ""}})) == []


def test_redirects_to_what_only_grav_understands() -> None:
    blog = page("blog", header={"content": {"items": "@self.children"}})
    found = decided(blog, page("blog/a", terms=(Term("tag", "Go Lang"),)), redirects=(
        site_redirect("/go$", "/blog/tag:Go%20Lang"), site_redirect("/sorted$", "/blog/sort:title"),
        site_redirect("/gone$", "/nowhere/sort:title")))
    assert lines(found)[1:] == ["/go /tags/go-lang/ 302", "/gone /nowhere/sort:title 302", "/sorted /blog/ 302"]
    assert codes(found) == ["G331"]



def test_files_are_found_where_the_source_printed_them() -> None:
    key = Key("media:02.blog/a/x.png")
    files = {key: Media(key=key, path="/x.png", folder="02.blog/a", name="x.png", kind="image")}
    assert lines(decided(page("02.blog/a"), media=files)) == ["/user/pages/02.blog/a/* /blog/a/:splat 301"]
    assert lines(decided(page("02.blog/a"), media=files, place="user/sites/one")) == [
        "/user/sites/one/pages/02.blog/a/* /blog/a/:splat 301", "/user/sites/one/* /user/:splat 301"]


# Together


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["/a", "/b", "/c", "/d", "/x", "https://e.org"])),
                max_size=6, unique_by=lambda pair: pair[0]))
def test_following_the_lines_always_ends(pairs: list[tuple[str, str]]) -> None:
    redirects = tuple(site_redirect(f"/{origin}$", goal) for origin, goal in pairs)
    found = decided(page("a"), redirects=redirects)
    table = {redirect.origin: redirect.goal.rstrip("/") for redirect in found.redirects}
    for goal in table.values():
        assert goal not in table                                # each leads to its end at once
    assert "/a" not in table


# Menus


def menu(*documents: Document, over: dict[str, Any] | None = None, **fields: Any) -> list[tuple[str, str, str]]:
    found = decided(*documents, over=over, **fields).menus
    return [(entry.name, entry.address, entry.parent) for entry in found.get("", ())]


def test_the_main_menu_is_made_of_visible_pages_at_the_top() -> None:
    assert menu(
        page("03.last", position=3, menu="Last!"), page("01.home", position=0, route="/", home=True),
        page("02.blog", position=2), page("02.blog/01.a", position=0), page("hidden"), page("04.off", visible=False),
        page("05.gone", routable=False), page("06.away", position=9, external_url="https://e.org"),
    ) == [("Home", "/", ""), ("Blog", "/blog/", ""), ("Last!", "/last/", ""), ("Away", "https://e.org", "")]


def test_a_menu_of_two_levels() -> None:
    pages = (page("01.a", position=0), page("01.a/01.b", position=0), page("01.a/01.b/01.c", position=0),
             page("02.d", position=1))
    assert menu(*pages, over={"menus": {"depth": 2}}) == [("A", "/a/", ""), ("B", "/a/b/", "a"), ("D", "/d/", "")]


def test_a_menu_for_each_language() -> None:
    found = decided(*EN_PAGES, languages=ENGLISH_FIRST).menus
    assert {code: [entry.address for entry in entries] for code, entries in found.items()} == {
        "en": ["/en/", "/en/blog/"], "fr": ["/fr/carnet/"]}
    assert [entry.identifier for entry in found["en"]] == ["home", "blog"]


def test_a_menu_leads_to_pages_of_another_language_where_the_source_showed_them() -> None:
    pages = (page("01.home", language="en", position=0), page("02.only", language="en", position=1),
             page("03.blog", language="en", position=2), page("04.off", language="en", visible=False),
             page("01.home", language="fr", position=0), page("03.blog", language="fr", position=2))
    fallbacks = {"/fr/only": pages[1].key, "/fr/alias": pages[1].key, "/fr/off": pages[3].key}
    found = decided(*pages, languages=ENGLISH_FIRST, fallbacks=fallbacks).menus["fr"]
    assert [(entry.address, entry.key) for entry in found] == [
        ("/fr/home/", pages[4].key), ("/en/only/", None), ("/fr/blog/", pages[5].key)]
    over = {"languages": {"missing": "none"}}
    assert len(decided(*pages, languages=ENGLISH_FIRST, fallbacks=fallbacks, over=over).menus["fr"]) == 2


def test_no_menu() -> None:
    assert decided(page("01.a"), over={"menus": {"name": ""}}).menus == {}


def test_a_module_with_an_address_of_its_own_leads_to_its_page() -> None:
    one, two = page("01.p/_one", modular=True, routable=True), page("01.p/_two", modular=True, routable=False)
    found = decided(page("01.p", modules=(one.key, two.key)), one, two)
    assert lines(found) == ["/p/_one /p/ 301"]
