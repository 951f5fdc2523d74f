"""What a site becomes: posts and pages, slugs and parents, terms, files, dates, states, addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from migrate.errors import ConfigError
from migrate.model.document import Dates, Document, Key, Term
from migrate.model.reference import Reference
from migrate.model.site import Author, Redirect, Site
from migrate.writers.wordpress.fingerprints import look_at
from migrate.writers.wordpress.layout import Layout
from migrate.writers.wordpress.media_library import stored_name, written_name
from migrate.writers.wordpress.permalinks import structure_of
from migrate.writers.wordpress.remade import made_name
from migrate.writers.wordpress.render import Printer, render_folders, render_settings, render_terms
from tests.mappers.sites import page
from tests.wordpress.layouts import DAY, FACTS, KAZAKH, codes, laid, other, picture

DATED = "/%year%/%monthnum%/%day%/%postname%/"
BLOG = page("01.blog", template="blog", has_children=True)
ITEM = page("01.blog/01.tea", parent=BLOG.key, dates=DAY)


def key(name: str) -> Key:
    return Key(f"document:{name}")


def fields(layout: Layout, name: str, text: str = "", **more):
    document = next(item for item in layout.site.documents if item.key == key(name))
    (resource,) = Printer(layout).page(document, text, **more)
    return resource.fields


def test_items_are_posts_and_what_has_children_is_a_page() -> None:
    layout = laid(BLOG, ITEM, page("02.about", template="default"))
    kinds = {name: place.kind for name, place in layout.places.items()}
    assert kinds == {BLOG.key: "page", ITEM.key: "post", key("/about"): "page"}
    assert layout.places[ITEM.key].slug == "tea"
    assert layout.places[ITEM.key].link == "https://new.example/tea/"


@pytest.mark.parametrize(("rules", "kind"), [
    ([{"routes": ["/blog/*"], "kind": "post"}], "post"),
    ([{"parents": ["blog"], "dated": True, "kind": "post"}], "post"),
    ([{"parents": ["blog"], "dated": False, "kind": "post"}], "page"),
    ([{"terms": True, "kind": "post"}], "page"),
    ([{"templates": ["it*"], "kind": "page"}, {"templates": ["item"], "kind": "post"}], "page"),
    ([], "page"),
])
def test_the_first_rule_that_fits_decides(rules, kind) -> None:
    layout = laid(BLOG, ITEM, over={"wordpress": {"kinds": rules}})
    assert layout.places[ITEM.key].kind == kind


def test_pages_keep_their_addresses_and_drafts_hold_places_between() -> None:
    layout = laid(page("01.docs/01.deep/01.page", template="docs"))
    place = layout.places[key("/docs/deep/page")]
    assert place.link == "https://new.example/docs/deep/page/"
    assert [folder.slugs for folder in layout.folders] == [("docs",), ("docs", "deep")]
    first, second = render_folders(layout)
    assert (first.fields["status"], first.fields["parent"]) == ("draft", 0)
    assert second.fields["parent"] == Reference(first.key)
    assert fields(layout, "/docs/deep/page")["parent"] == Reference(second.key)
    assert codes(layout) == ["G633", "G633"]


def test_a_page_that_nobody_sees_holds_its_place() -> None:
    layout = laid(page("01.legal", template="docs", routable=False), page("01.legal/01.privacy", template="docs"))
    assert layout.folders == ()
    assert layout.places[key("/legal/privacy")].link == "https://new.example/legal/privacy/"
    assert layout.places[key("/legal/privacy")].parent == key("/legal")


def test_a_page_that_is_seen_has_the_address_before_one_that_is_not() -> None:
    hidden, seen = (page(name, template="docs", **more) for name, more in (
        ("01.a-hidden", {"routable": False, "url": "/legal"}), ("02.legal", {})))
    layout = laid(hidden, seen, page("02.legal/01.privacy", template="docs"))
    assert layout.places[seen.key].link == "https://new.example/legal/"
    assert layout.places[hidden.key].slug == "legal-2"
    assert layout.places[key("/legal/privacy")].parent == seen.key


def test_names_are_said_in_letters_that_people_read() -> None:
    layout = laid(page("01.жаңалық", template="item", dates=DAY, terms=(Term("tag", "Наурыз"),)))
    written = Printer(layout).page(layout.site.documents[0], "", {})
    assert [thing.natural_key for thing in (*written, *render_terms(layout))] == ["post:жаңалық", "tag:наурыз"]
    assert written[0].fields["slug"].startswith("%d0%b6")


def goals(layout: Layout) -> dict[str, str]:
    return {item.origin: item.goal for item in layout.site.redirects if ":" in item.origin}


def listed(language: str = "") -> list[Document]:
    """A blog with a post that has terms, and a page with one that no post has."""
    prefix = f"/{language}" if language else ""
    header = {"content": {"items": "@self.children"}}
    terms = (Term("category", "Tea Events"), Term("tag", "Наурыз"))
    return [page("01.blog", template="blog", language=language, url=f"{prefix}/blog", header=header, has_children=True),
            page("01.blog/01.tea", language=language, url=f"{prefix}/blog/tea", dates=DAY, terms=terms),
            page("01.blog/02.about", template="docs", language=language, url=f"{prefix}/blog/about",
                 terms=(Term("tag", "pages-only"),))]


def test_lists_of_terms_lead_to_those_of_wordpress() -> None:
    assert goals(laid(*listed())) == {
        "/blog/category:Tea Events": "/category/tea-events/", "/blog/tag:Наурыз": "/tag/наурыз/",
        "/blog/tag:pages-only": "/blog/"}


def test_lists_of_terms_lead_to_those_of_their_language() -> None:
    assert goals(laid(*listed("kk"), *listed("en"), languages=KAZAKH)) == {
        "/kk/blog/category:Tea Events": "/category/kk/tea-events/", "/kk/blog/tag:Наурыз": "/tag/наурыз/",
        "/kk/blog/tag:pages-only": "/kk/blog/", "/en/blog/tag:pages-only": "/en/blog/",
        "/en/blog/category:Tea Events": "/category/en/tea-events-en/", "/en/blog/tag:Наурыз": "/tag/наурыз/"}


def test_languages_live_below_their_home_pages() -> None:
    homes = [page("01.home", language=code, home=True, url=f"/{code}", template="home") for code in ("kk", "en")]
    layout = laid(*homes, page("02.about", language="en", template="default"), languages=KAZAKH)
    assert layout.places[key("/about@en")].slugs == ("en", "about")
    assert layout.places[key("/about@en")].parent == key("/home@en")
    assert layout.front == key("/home@kk")
    assert layout.places[key("/home@kk")].link == "https://new.example/"


def test_translations_of_a_post_have_slugs_of_their_own() -> None:
    layout = laid(*(page("01.blog/01.tea", language=code, dates=DAY) for code in ("en", "kk")), languages=KAZAKH)
    assert layout.places[key("/blog/tea@kk")].slug == "tea"
    assert layout.places[key("/blog/tea@en")].slug == "tea-en"
    assert "G620" in codes(layout)
    assert layout.translations == {"/blog/tea": {"en": key("/blog/tea@en"), "kk": key("/blog/tea@kk")}}


@pytest.mark.parametrize(("slug", "is_post", "expected"), [
    ("feed", True, "feed-post"), ("2020", True, "2020-post"), ("404", False, "404-page"), ("feed", False, "feed-page"),
])
def test_slugs_that_wordpress_keeps_back(slug, is_post, expected) -> None:
    folder = f"01.blog/01.{slug}"
    layout = laid(page(folder, dates=DAY, template="item" if is_post else "docs"))
    assert layout.places[key(f"/blog/{slug}")].slug == expected
    assert "G621" in codes(layout)


def test_siblings_that_become_one_slug_are_told_apart() -> None:
    layout = laid(page("a.b", template="docs", route="/a.b", slug="a.b"), page("a-b", template="docs"))
    assert sorted(place.slug for place in layout.places.values()) == ["a-b", "a-b-2"]
    assert "G620" in codes(layout)


def test_old_addresses_lead_to_the_new_ones() -> None:
    layout = laid(BLOG, ITEM, facts=other(FACTS, structure=DATED))
    (redirect,) = layout.site.redirects
    assert (redirect.origin, redirect.goal, redirect.status) == ("/blog/tea", "/2019/07/22/tea/", 301)
    assert next(item.address for item in layout.site.documents if item.key == ITEM.key) == "/2019/07/22/tea/"


def test_old_feeds_lead_to_the_new_one() -> None:
    listing = replace(BLOG, header={"content": {"items": "@self.children"}})
    layout = laid(listing, ITEM, plugins={"feed": True})
    assert {item.origin: item.goal for item in layout.site.redirects if "." in item.origin} == {
        "/blog.rss": "/feed/", "/blog.atom": "/feed/"}


def test_dates_in_addresses_are_those_of_the_sites_clocks() -> None:
    late = Dates(created=datetime(2019, 7, 22, 22, tzinfo=UTC))
    layout = laid(page("01.tea", dates=late), facts=other(FACTS, structure=DATED, zone="Asia/Almaty"))
    assert layout.places[key("/tea")].link == "https://new.example/2019/07/23/tea/"


@pytest.mark.parametrize(("moment", "zone", "day"), [
    (datetime(1, 1, 1, tzinfo=UTC), "America/Lima", "0001/01/01"), (datetime(9999, 12, 31, 23, tzinfo=UTC), "Asia/Almaty", "9999/12/31"),
    (datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Almaty")), "UTC", "0001/01/01"),
])
def test_the_first_and_the_last_of_all_days(moment, zone, day) -> None:
    layout = laid(page("01.tea", dates=Dates(created=moment)), facts=other(FACTS, structure=DATED, zone=zone))
    assert layout.places[key("/tea")].link == f"https://new.example/{day}/tea/"


def test_a_site_in_a_sub_directory() -> None:
    layout = laid(page("01.about", template="docs"), facts=other(FACTS, url="https://new.example/wp"))
    assert layout.places[key("/about")].link == "https://new.example/wp/about/"
    assert layout.site.documents[0].address == "/wp/about/"


@pytest.mark.parametrize(("given", "status", "found"), [
    ({}, "publish", []),
    ({"draft": True, "published": False}, "draft", []),
    ({"routable": False}, "draft", []),
    ({"dates": Dates(created=datetime(2030, 1, 1, tzinfo=UTC))}, "future", ["G630"]),
    ({"published": False, "dates": Dates(created=DAY.created, published=datetime(2030, 1, 1, tzinfo=UTC))}, "future", []),
    ({"published": False, "dates": Dates(created=DAY.created, expires=datetime(2020, 1, 1, tzinfo=UTC))}, "draft", ["G631"]),
])
def test_states(given, status, found) -> None:
    layout = laid(page("01.tea", **({"dates": DAY} | given)))
    assert layout.statuses[key("/tea")] == status
    assert codes(layout) == found


def test_everything_as_a_draft() -> None:
    assert set(laid(BLOG, ITEM, status="draft").statuses.values()) == {"draft"}


def test_dates_are_never_now() -> None:
    layout = laid(page("01.tea", dates=DAY), page("02.about", template="docs"))
    assert fields(layout, "/tea")["date_gmt"] == "2019-07-22T04:00:00"
    assert fields(layout, "/about")["date_gmt"] == "2017-07-14T02:40:00"          # of its file
    day = laid(page("02.about", template="docs"), over={"wordpress": {"undated": "2020-01-31"}})
    assert fields(day, "/about")["date_gmt"] == "2020-01-31T12:00:00"


def test_a_waiting_page_is_dated_by_when_it_is_shown() -> None:
    dates = Dates(created=DAY.created, published=datetime(2030, 1, 1, tzinfo=UTC))
    layout = laid(page("01.tea", published=False, dates=dates))
    assert fields(layout, "/tea")["date_gmt"] == "2030-01-01T00:00:00"


TERMS = (Term("category", "Drinks"), Term("tag", "C"), Term("tag", "C++"))


def test_terms_have_slugs_and_parents() -> None:
    layout = laid(page("01.tea", dates=DAY, terms=TERMS), over={"wordpress": {"parents": {"category": {"Drinks": "All"}}}})
    terms = {resource.fields["name"]: resource for resource in render_terms(layout)}
    assert {name: resource.fields["slug"] for name, resource in terms.items()} == {
        "All": "all", "Drinks": "drinks", "C": "c", "C++": "c-2"}
    assert terms["Drinks"].fields["parent"] == Reference(terms["All"].key)
    assert [resource.fields["name"] for resource in render_terms(layout)].index("All") == 0
    assert fields(layout, "/tea")["tags"] == (Reference(terms["C"].key), Reference(terms["C++"].key))
    assert codes(layout) == ["G622"]


def test_terms_above_each_other_do_not_end_in_a_circle() -> None:
    layout = laid(page("01.tea", dates=DAY, terms=TERMS),
                  over={"wordpress": {"parents": {"category": {"Drinks": "All", "All": "Drinks"}}}})
    assert {term.name for term in layout.terms.terms} == {"All", "Drinks", "C", "C++"}


def test_categories_stand_below_their_language() -> None:
    posts = [page("01.tea", language=code, dates=DAY, terms=TERMS[:1]) for code in ("kk", "en")]
    terms = {term.slug: term for term in laid(*posts, languages=KAZAKH).terms.terms}
    assert sorted(terms) == ["drinks", "drinks-en", "en", "kk"]
    assert terms["drinks"].parent == terms["kk"].key
    assert terms["kk"].name == "Қазақша"
    always = laid(*posts, languages=KAZAKH, over={"wordpress": {"languages": {"category": "always"}}})
    assert [len(keys["categories"]) for keys in always.terms.of.values()] == [2, 2]
    none = laid(*posts, languages=KAZAKH, over={"wordpress": {"languages": {"category": "none"}}})
    assert [term.slug for term in none.terms.terms] == ["drinks"]


@pytest.mark.parametrize(("mode", "goals"), [
    ("parent", {"en": "/category/en/drinks-en/", "kk": "/category/kk/drinks/"}),
    ("none", {"en": "/category/drinks/", "kk": "/category/drinks/"})])
def test_addresses_of_filtered_lists_lead_to_the_lists_of_wordpress(mode: str, goals: dict[str, str]) -> None:
    """Where no post has a term, there is no list of it: the page on which it was filtered is left."""
    listing = {"content": {"items": "@self.children"}}
    pages = [made for code in ("kk", "en") for made in (
        page("01.blog", template="blog", language=code, has_children=True, header=listing),
        page("01.blog/01.tea", language=code, dates=DAY, terms=TERMS[:1]),
        page("01.blog/02.cup", template="default", language=code, terms=(Term("tag", "China"),)))]
    layout = laid(*pages, languages=KAZAKH, over={"wordpress": {"languages": {"category": mode}}})
    found = {item.origin: item.goal for item in layout.site.redirects}
    for code, goal in goals.items():
        assert found[f"/{code}/blog/category:Drinks"] == goal
        assert found[f"/{code}/blog/tag:China"] == next(
            item.address for item in layout.site.documents if item.url == f"/{code}/blog")


def test_long_terms_are_cut() -> None:
    layout = laid(page("01.tea", dates=DAY, terms=(Term("tag", "x" * 300),)))
    assert len(layout.terms.terms[0].name) == 200
    assert codes(layout) == ["G623"]


def test_pages_lose_their_terms_with_a_word() -> None:
    assert codes(laid(page("01.tea", template="docs", terms=TERMS))) == ["G628"]


def test_a_category_for_posts_that_have_none() -> None:
    layout = laid(page("01.tea", dates=DAY),
                  over={"wordpress": {"kinds": [{"templates": ["item"], "kind": "post", "category": "News"}]}})
    assert [term.name for term in layout.terms.terms] == ["News"]


def test_one_attachment_for_each_content() -> None:
    files = (picture("01.tea/a.jpg", alt="A cup"), picture("02.cup/b.jpg"))
    layout = laid(page("01.tea", dates=DAY, featured=files[0].key, media=(files[0].key,)), page("02.cup", dates=DAY),
                  media=files, digests={"a.jpg": "ab" * 32, "b.jpg": "ab" * 32})
    (attachment,) = layout.media_library.resources
    assert attachment.natural_key == "media:gm-" + "ab" * 16
    assert attachment.fields["post"] == Reference(key("/tea"))
    assert attachment.fields["alt_text"] == "A cup"
    assert fields(layout, "/tea")["featured_media"] == Reference(attachment.key)


def test_files_that_cannot_come() -> None:
    files = (picture("01.tea/logo.svg", kind="vector"), picture("01.tea/gone.jpg"), picture("01.tea/empty.jpg", size=0))
    layout = laid(page("01.tea", dates=DAY, media=(files[0].key,), header={"hero_image": "logo.svg"}), media=files,
                  digests={"gone.jpg": ""})
    assert codes(layout) == ["G624", "G625", "G626", "G632"]
    assert layout.media_urls[files[0].key] == "https://new.example/wp-content/uploads/grav/01.tea/logo.svg"
    assert layout.media_library.refused == {"01.tea/logo.svg": "/site/user/pages/01.tea/logo.svg"}
    allowed = laid(page("01.tea"), media=files[:1], over={"wordpress": {"media": {"further": ["svg"]}}})
    assert not allowed.media_urls


def test_files_of_one_name_are_told_apart_by_their_digest() -> None:
    files = (picture("01.a/x.jpg"), picture("02.b/X.png"), picture("03.c/pic-300x200.jpg"))
    layout = laid(page("01.a"), media=files, digests={"x.jpg": "1" * 64, "X.png": "2" * 64, "pic-300x200.jpg": "3" * 64})
    assert [item.fields["filename"] for item in layout.media_library.resources] == ["x.jpg", "22222222-X.png", "pic.jpg"]


def test_files_that_lose_letters() -> None:
    files = (picture("01.a/d’écran 1.jpg"), picture("01.a/plain name.jpg"), picture("01.a/фото.jpg"))
    layout = laid(page("01.a", dates=DAY, media=tuple(item.key for item in files)), media=files)
    assert codes(layout) == ["G635"]
    assert layout.media_library.renamed == {files[0].key: "d-ecran-1.jpg"}


def test_files_of_one_content_have_one_name() -> None:
    files = (picture("01.a/error.jpg"), picture("02.b/server.jpg"), picture("03.c/Error.jpg"), picture("02.b/_m/x.jpg"))
    module = page("02.b/_m", modular=True, media=(files[3].key,), parent=key("/b"))
    layout = laid(page("01.a", dates=DAY, media=(files[0].key,)), module, page("03.c", dates=DAY, media=(files[2].key,)),
                  page("02.b", dates=DAY, media=(files[1].key,), modules=(module.key,)), media=files,
                  digests=dict.fromkeys((file.name for file in files), "1" * 64))
    assert [item.fields["filename"] for item in layout.media_library.resources] == ["error.jpg"]
    assert [(finding.code, finding.subject, finding.message.partition(" has ")[0]) for finding in layout.findings] == [
        ("G636", "02.b/item.md", "its file “server.jpg”"), ("G636", "02.b/item.md", "its file “x.jpg”")]


def test_files_beside_no_page_are_told_of_at_the_page_above() -> None:
    files = (picture("01.a/images/one.jpg"), picture("01.a/images/two.jpg"), picture("images/d’écran 1.jpg"))
    layout = laid(page("01.a", dates=DAY), media=files,
                  digests={"one.jpg": "1" * 64, "two.jpg": "1" * 64, "d’écran 1.jpg": "2" * 64})
    assert [(finding.code, finding.subject) for finding in layout.findings] == [
        ("G636", "01.a/item.md"), ("G635", "images/d’écran 1.jpg")]


@pytest.mark.parametrize(("name", "made"), [
    ("IMG_1 a.JPG", "img1-a.JPG"), ("a.jpg", "a.jpg"), ("été_1.jpg", "été_1.jpg"), ("___.png", "___.png"),
    ("one.two.webp", "onetwo.webp"),
])
def test_names_that_grav_made(name, made) -> None:
    assert made_name(name) == made


def test_pictures_shown_only_as_they_were_made_anew_have_that_name(tmp_path) -> None:
    texts = {"01.a": "---\nhero_image: A_1.jpg\n---\n![](A_1.jpg?lightbox=1&cropResize=400,400 'x') ![](B_1.jpg?resize=9)",
             "02.b": "![](B_1.jpg)\n[c]: ../01.a/C_1.jpg?grayscale&classes=x\n<img src='D%201.jpg'>\n![](F_1.jpg?lightbox)",
             "03.c": "![](../02.b/C_1.jpg?foo=resize) " + "x" * 5000 + "/E_1.jpg?sepia ![](no_such.jpg?sepia)"}
    files = [picture(path) for path in ("01.a/A_1.jpg", "01.a/B_1.jpg", "02.b/B_1.jpg", "01.a/C_1.jpg", "02.b/D 1.jpg",
                                        "03.c/E_1.jpg", "02.b/F_1.jpg")]
    for folder, text in texts.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "item.md").write_text(text)
    pages = [page(folder, dates=DAY) for folder in (*texts, "04.gone")]
    whole = Site(root="/", pages_root=str(tmp_path), documents=tuple(pages), media={file.key: file for file in files})
    remade = look_at(whole).remade
    assert sorted(remade) == ["media:01.a/A_1.jpg", "media:01.a/B_1.jpg", "media:03.c/E_1.jpg"]
    layout = laid(*pages, media=tuple(files), remade=remade)
    assert sorted(item.fields["filename"] for item in layout.media_library.resources)[-3:] == ["a1.jpg", "b1.jpg", "e1.jpg"]


@pytest.mark.parametrize(("name", "written"), [
    ("photo(1).jpg", "photo-1.jpg"), ("a & b.JPG", "a-b.JPG"), ("d’écran.png", "d-écran.png"), ("!!!.png", "!!!.png"),
    ("photo.final.jpg", "photo-final.jpg"), ("_DSC 1.jpg", "_DSC-1.jpg"), ("фото-привет.jpg", "фото-привет.jpg"),
    ("100%25.jpg", "100-25.jpg"), ("a@2x.png", "a@2x.png"),
])
def test_signs_in_names_become_hyphens(name, written) -> None:
    assert written_name(name) == written


def test_authors_are_users_of_the_same_name() -> None:
    documents = [page(f"0{number}.p", dates=DAY, authors=(name,), route=f"/p{number}", slug=f"p{number}",
                      key=key(f"/p{number}"))
                 for number, name in enumerate(["Ed", "Max Weiß", "Nobody", "Anna"])]
    layout = laid(*documents, over={"wordpress": {"authors": {"Anna": "max-weis"}}})
    assert [fields(layout, f"/p{number}").get("author") for number in range(4)] == [7, 9, None, 9]
    assert codes(layout) == ["G627"]
    login = laid(documents[2], authors=(Author(login="max-weis", name="Nobody"),))
    assert fields(login, "/p2")["author"] == 9


def test_header_keys_without_a_field_are_named_once() -> None:
    layout = laid(page("01.tea", header={"colour": "red", "sticky": True, "excerpt": "Short", "hero_image": "x.jpg"},
                       dates=DAY))
    noticed = [finding for finding in layout.findings if finding.code == "G629"]
    assert [finding.message for finding in noticed] == ["WordPress has no field for the header key “colour” (pages: 1)"]
    assert noticed[0].subject == layout.site.documents[0].source
    values = fields(layout, "/tea", "<!-- wp:paragraph -->", summary="Not this")
    assert (values["sticky"], values["excerpt"]) == (True, "Short")


def test_the_excerpt_is_what_stands_before_the_divider() -> None:
    assert fields(laid(ITEM), "/blog/tea", "text", summary="Tea & more")["excerpt"] == "Tea &amp; more"
    no = laid(ITEM, over={"wordpress": {"excerpt": {"divider": False}}})
    assert fields(no, "/blog/tea", "text", summary="Tea")["excerpt"] == ""


def test_order_format_comments_and_templates() -> None:
    rules = [{"templates": ["item"], "kind": "post", "format": "quote", "comments": "open"},
             {"templates": ["default"], "template": "wide"}]
    layout = laid(page("01.a", template="default"), page("02.b", template="default"), page("03.c", dates=DAY),
                  over={"wordpress": {"kinds": rules}}, facts=other(FACTS, templates=("wide",)))
    assert [fields(layout, name)["menu_order"] for name in ("/a", "/b")] == [1, 2]
    assert fields(layout, "/a")["template"] == "wide"
    assert (fields(layout, "/c")["format"], fields(layout, "/c")["comment_status"]) == ("quote", "open")
    assert fields(layout, "/a")["comment_status"] == "closed"
    without = laid(page("01.a", template="default"), over={"wordpress": {"kinds": rules}},
                   facts=other(FACTS, templates=("narrow",)))
    assert "template" not in fields(without, "/a")
    assert codes(without) == ["G634"]


def test_what_is_said_of_the_whole_site_is_left_to_its_owner() -> None:
    layout = laid(ITEM, facts=other(FACTS, title="My &amp; site"), title="Tea", metadata={"description": "All of\ntea", "x": " "})
    told = [finding.message for finding in layout.findings if finding.code == "G639"]
    assert told == ["the title of the whole site is not carried over: “Tea”, it is “My & site” there",
                    "the description of the whole site is not carried over: “All of tea”"]
    assert codes(laid(ITEM, facts=other(FACTS, title="Tea &amp; more"), title="Tea & more")) == []


def test_the_front_page_and_the_list_of_posts() -> None:
    home = page("01.home", home=True, url="/", template="home")
    layout = laid(home, replace(BLOG, folder="02.blog"), ITEM)
    (setting,) = render_settings(layout)
    assert setting.fields == {"show_on_front": "page", "page_on_front": Reference(home.key),
                              "page_for_posts": Reference(BLOG.key)}
    assert render_settings(laid(home, facts=other(FACTS, capabilities=frozenset()))) == ()
    assert render_settings(laid(home, over={"wordpress": {"front": False}})) == ()
    named = laid(home, BLOG, ITEM, over={"wordpress": {"posts_page": "none"}})
    assert render_settings(named)[0].fields["page_for_posts"] == 0
    chosen = laid(home, BLOG, ITEM, over={"wordpress": {"posts_page": "/blog"}})
    assert chosen.posts_page == BLOG.key


@pytest.mark.parametrize("given", [{"facts": other(FACTS, capabilities=frozenset())}, {"status": "draft"}])
def test_a_home_page_that_cannot_be_in_front_has_an_address_of_its_own(given) -> None:
    home = page("01.home", home=True, url="/", template="home", aliases=("/home",))
    layout = laid(home, redirects=(Redirect(origin="/home", goal="/"),), **given)
    assert (layout.front, layout.places[home.key].link) == (None, "https://new.example/home/")
    assert layout.site.redirects == () and render_settings(layout) == ()


def test_a_blog_in_front_is_what_wordpress_shows_by_itself() -> None:
    layout = laid(replace(BLOG, home=True, url="/"), ITEM)
    assert render_settings(layout)[0].fields == {"show_on_front": "posts"}


SITES = {"languages": {"mode": "separate", "sites": {"kk": "https://kk.example/", "en": "https://new.example"}}}


def test_each_language_on_a_site_of_its_own() -> None:
    posts = [page("01.tea", language=code, dates=DAY) for code in ("kk", "en")]
    layout = laid(*posts, languages=KAZAKH, over={"wordpress": SITES})
    assert layout.site.selected == frozenset({key("/tea@en")})
    assert layout.places[key("/tea@en")].slug == "tea"
    assert layout.predicted_links[key("/tea@kk")] == "https://kk.example/tea/"
    assert Printer(layout).page(layout.site.documents[0], "") == ()
    with pytest.raises(ConfigError, match=r"names no language for https://elsewhere\.example"):
        laid(*posts, languages=KAZAKH, over={"wordpress": SITES}, facts=other(FACTS, url="https://elsewhere.example"))


def test_the_fields_of_polylang_pro() -> None:
    posts = [page("01.tea", language=code, dates=DAY, terms=TERMS[:1]) for code in ("kk", "en")]
    layout = laid(*posts, languages=KAZAKH, facts=other(FACTS, polylang=True))
    values = fields(layout, "/tea@kk")
    assert (values["lang"], values["translations"]) == ("kk", {"en": Reference(key("/tea@en"))})
    assert [(item.fields["slug"], item.fields["lang"]) for item in render_terms(layout)] == [
        ("drinks-en", "en"), ("drinks", "kk")]


@pytest.mark.parametrize(("link", "structure"), [
    ("https://new.example/2019/07/22/tea/", DATED),
    ("https://new.example/tea/", "/%postname%/"),
    ("https://new.example/tea", "/%postname%"),
    ("https://new.example/archives/12", "/archives/%post_id%"),
    ("https://new.example/index.php/2019/07/tea/", "/index.php/%year%/%monthnum%/%postname%/"),
    ("https://new.example/max/tea/", "/%author%/%postname%/"),
    ("https://new.example/?p=12", None),
    ("https://new.example/", None),
])
def test_the_form_of_permalinks_is_read_off_a_link(link, structure) -> None:
    local = datetime(2019, 7, 22, 10, tzinfo=UTC)
    assert structure_of(link, "https://new.example", slug="tea", number=12, local=local, author="max") == structure


@pytest.mark.wordpress
def test_names_are_what_wordpress_makes_of_them(wordpress) -> None:
    names = ["photo(1).jpg", "a & b.JPG", "d’écran + ß.png", "photo.final.jpg", "v1.2.png", "_DSC 1.jpg", "фото — привет.jpg",
             "100%25.jpg", "a@2x.png", "[x]{y}~`z!.gif", "«Цитата».webp", "漢字,漢字.jpg", "a=b;c:d|e.jpg", "-x-.jpg", "été.jpg"]
    code = "foreach (json_decode('%s') as $name) { $made[] = sanitize_file_name($name); } echo json_encode($made);"
    written = json.dumps([written_name(name) for name in names]).replace("\\", "\\\\")
    assert json.loads(wordpress.run(code % written)) == [stored_name(name) for name in names]
