"""Routes in every language: winners, aliases, home, fallbacks, empty folders, redirects, and the order of pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.site import Redirect
from migrate.readers.grav.names import order_of, page_name, readable, without_order
from migrate.readers.grav.ordering import collation_key, natural_order
from tests.readers.grav_files import all_findings, codes, page, read_files

ENGLISH_FRENCH = {"config/system.yaml": "languages: {supported: [en, fr]}\n"}


def item(title: str = "T", **header: str) -> str:
    lines = [f"title: {title}", *(f"{key}: {value}" for key, value in header.items())]
    return "---\n" + "\n".join(lines) + "\n---\ntext\n"


def test_two_folders_with_the_same_page_are_merged(tmp_path: Path) -> None:
    files = {f"pages/news/{number}.talk/{name}": item() if name.endswith("md") else ""
             for number in ("04", "05") for name in ("item.md", "a.png")}
    site = read_files(tmp_path, files | {"pages/news/04.talk/sub/item.md": item("Sub")})
    assert page(site, "news/04.talk/sub").parent == "document:/news/talk"
    loser, winner = page(site, "news/04.talk"), page(site, "news/05.talk")
    assert (loser.owns_route, winner.owns_route) == (False, True)
    assert {finding.code for finding in all_findings(site)} & {"G138", "G139"} == {"G138"}
    keys = [document.key for document in site.documents]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("first", "second", "winner"), [
    ({"item.md": item("A")}, {"item.md": item("B")}, "02.x"),                          # the last in order
    ({"item.md": item("A"), "a.png": ""}, {"item.md": item("B")}, "01.x"),             # more files
    ({"item.md": item("A")}, {"item.md": item("B", published="false")}, "01.x"),       # can be shown
    ({"item.md": item("A")}, {"a.png": "", "b.png": ""}, "01.x"),                      # has a page at all
])
def test_who_wins_a_route_does_not_depend_on_the_disk(first: dict[str, str], second: dict[str, str], winner: str,
                                                      tmp_path: Path) -> None:
    site = read_files(tmp_path, {f"pages/{folder}/{name}": text for folder, files in (("01.x", first), ("02.x", second))
                                 for name, text in files.items()})
    assert {document.folder: document.owns_route for document in site.documents}[winner]
    assert [document.key for document in site.documents if document.owns_route] == ["document:/x"]
    losers = [document for document in site.documents if not document.owns_route]
    assert all(finding.code == "G139" and winner in finding.message
               for document in losers for finding in document.findings)


def test_children_of_a_folder_that_lost_hang_under_the_winner(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/01.x/item.md": item(), "pages/01.x/kid/item.md": item("Kid"),
                                 "pages/02.x/item.md": item(), "pages/02.x/b.png": "", "pages/02.x/c.png": ""})
    assert page(site, "01.x/kid").parent == page(site, "02.x").key == "document:/x"
    assert page(site, "02.x").has_children


def test_aliases_are_all_the_addresses_that_grav_answered(tmp_path: Path) -> None:
    site = read_files(tmp_path, {
        "pages/01.home/default.md": item(),
        "pages/blog/blog.md": item(slug="Journal"),
        "pages/blog/post/item.md": "---\nroutes:\n  default: /best\n  aliases: [/old, /older]\n  canonical: /c\n---\n",
        "config/system.yaml": "pages: {append_url_extension: .html}\n"})
    post = page(site, "blog/post")
    assert (post.route, post.raw_route, post.url) == ("/best", "/blog/post", "/best.html")
    assert set(post.aliases) == {"/best", "/old", "/older", "/c", "/Journal/post", "/blog/post"}
    assert set(page(site, "blog").aliases) == {"/Journal", "/blog"}
    home = page(site, "01.home")
    assert (home.url, home.aliases, home.home) == ("/", ("/home",), True)


def test_an_alias_that_another_page_has_is_a_finding(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.md": item(routes="{aliases: [/b, /same]}"), "pages/b/item.md": item(),
                                 "pages/c/item.md": item(routes="{aliases: [/same]}")})
    assert page(site, "a").aliases == ()
    assert page(site, "c").aliases == ("/same",)
    assert [finding.code for finding in page(site, "a").findings] == ["G147", "G147"]


def test_home_may_be_missing_hidden_or_nested(tmp_path: Path) -> None:
    assert "G146" in codes(read_files(tmp_path / "missing", {"pages/a/item.md": item()}))
    site = read_files(tmp_path / "hidden", {
        "pages/01.start/default.md": item(), "pages/01.start/sub/item.md": item(),
        "config/system.yaml": "home: {alias: /start, hide_in_urls: true}\n"})
    assert (page(site, "01.start").route, page(site, "01.start/sub").route) == ("/", "/sub")
    assert page(site, "01.start/sub").aliases == ("/start/sub",)
    assert "G146" not in codes(site)


def test_each_language_has_its_own_tree(tmp_path: Path) -> None:
    site = read_files(tmp_path, ENGLISH_FRENCH | {
        "pages/01.home/default.en.md": item("Home"), "pages/01.home/default.fr.md": item("Accueil"),
        "pages/blog/blog.md": item("Blog"),
        "pages/blog/post/item.en.md": item("Post"), "pages/blog/post/item.fr.md": item("Billet", slug="billet"),
        "pages/blog/only/item.en.md": item("Only"),
        "pages/blog/seul/item.fr.md": item("Seul"),
        "pages/blog/es/item.es.md": item("Otro")})
    assert [(language.code, language.prefix, language.default) for language in site.languages] == [
        ("en", "/en", True), ("fr", "/fr", False)]
    post, billet = page(site, "blog/post", "en"), page(site, "blog/post", "fr")
    assert (post.url, billet.url, billet.aliases) == ("/en/blog/post", "/fr/blog/billet", ("/fr/blog/post",))
    assert (post.translation_group, post.key, billet.key) == (
        billet.translation_group, "document:/blog/post@en", "document:/blog/post@fr")
    assert billet.parent == "document:/blog@fr"
    neutral = [document for document in site.documents if document.source == "blog/blog.md"]
    assert [(document.language, document.language_neutral) for document in neutral] == [("en", True), ("fr", True)]
    assert site.fallbacks == {"/fr/blog/only": "document:/blog/only@en"}
    assert [finding.message for finding in page(site, "blog/only", "en").findings if finding.code == "G150"] == [
        "also shown in fr, which have no file of their own"]
    assert {finding.subject for finding in site.findings if finding.code == "G134"} == {"blog/es/item.es.md"}


@pytest.mark.parametrize(("settings", "prefixes", "fallbacks"), [
    ("include_default_lang: false", ["", "/fr"], {"/fr/a"}),
    ("content_fallback: {fr: []}", ["/en", "/fr"], set()),
    ("default_lang: fr", ["/fr", "/en"], set()),
])
def test_language_settings(settings: str, prefixes: list[str], fallbacks: set[str], tmp_path: Path) -> None:
    site = read_files(tmp_path, {"config/system.yaml": f"languages:\n  supported: [en, fr]\n  {settings}\n",
                                 "pages/a/item.en.md": item()})
    assert [language.prefix for language in site.languages] == prefixes
    assert set(site.fallbacks) == fallbacks


@pytest.mark.parametrize(("names", "languages"), [
    (["a/item.kk.md", "b/item.kk.md", "a/item.ru.md"], ["kk", "ru"]),
    (["a/item.md", "a/item.fr.md", "b/item.md", "b/item.fr.md"], ["en", "fr"]),
    (["a/docs.17.md", "b/docs.17.md"], []),
    (["a/item.fr.md", "b/item.md"], []),
    (["a/item.pt-br.md", "b/item.pt-br.md"], ["pt-br"]),
    (["a/item.old.md", "a/item.md", "b/item.old.md"], []),
])
def test_languages_are_inferred_from_names(names: list[str], languages: list[str], tmp_path: Path) -> None:
    site = read_files(tmp_path, {f"pages/{name}": item() for name in names}
                      | {"config/site.yaml": "default_lang: en\n"})
    assert [language.code for language in site.languages] == languages
    assert ("G136" in codes(site)) == bool(languages)


def test_configured_languages_are_not_second_guessed(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.kk.md": item(), "pages/b/item.kk.md": item(),
                                 "config/system.yaml": "languages: {supported: []}\n"})
    assert (site.languages, site.documents) == ((), ())
    assert [finding.code for finding in site.findings].count("G134") == 2


def test_folders_without_a_page_lead_to_their_first_visible_child(tmp_path: Path) -> None:
    site = read_files(tmp_path, ENGLISH_FRENCH | {
        "pages/03.guide/02.b/item.en.md": item(), "pages/03.guide/01.a/item.en.md": item(visible="false"),
        "pages/pictures/a.png": "",
        "pages/04.shut/item.en.md": item(routable="false"), "pages/04.shut/01.in/item.en.md": item()})
    assert site.empty_folders == {"03.guide": "/guide", "pictures": "/pictures"}
    assert Redirect(origin="/en/guide", goal="/en/guide/b", subject="03.guide") in site.redirects
    assert Redirect(origin="/en/shut", goal="/en/shut/in", subject="04.shut/item.en.md") in site.redirects
    assert not [item for item in site.redirects if "pictures" in item.origin]


@pytest.mark.parametrize(("written", "goal", "status"), [
    ("/blog", "/en/blog", 302), ("blog[301]", "/en/blog", 301), ("https://e.com/x[303]", "https://e.com/x", 303),
    ("/", "/en", 302), ("//e.com", "//e.com", 302), ("'/blog#part'", "/en/blog#part", 302),
])
def test_page_redirects(written: str, goal: str, status: int, tmp_path: Path) -> None:
    site = read_files(tmp_path, ENGLISH_FRENCH | {"pages/a/item.en.md": item(redirect=written)})
    made = [redirect for redirect in site.redirects if redirect.origin == "/en/a"]
    assert made == [Redirect(origin="/en/a", goal=goal, status=status, subject="a/item.en.md")]


def test_modules_are_shown_in_the_order_of_their_collection(tmp_path: Path) -> None:
    site = read_files(tmp_path, {
        "pages/m/modular.md": item(content="{items: '@self.modular', order: {custom: [_c, _a]}}"),
        **{f"pages/m/{name}/text.md": item(name) for name in ("_a", "01._b", "_c")},
        "pages/m/_off/text.md": item(published="false"),
        "pages/n/modular.md": item(), "pages/n/_x/text.md": item(),
        "pages/o/modular.md": item(content="{items: {'self@': modules}}"), "pages/o/_x/hero.md": item()})
    assert page(site, "m").modules == ("document:/m/_c", "document:/m/_a", "document:/m/_b")
    assert (page(site, "n").modules, page(site, "n").unshown_modules) == ((), ("document:/n/_x",))
    assert page(site, "o").modules == ("document:/o/_x",)
    assert [finding.subject for finding in all_findings(site) if finding.code == "G148"] == ["n/modular.md"]
    module = page(site, "o/_x")
    assert (module.template, module.modular, module.visible, module.routable) == ("modular/hero", True, False, False)
    assert not page(site, "m").has_children


def test_an_injected_module_is_not_said_to_be_hidden(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/n/modular.md": item(), "pages/n/_x/text.md": item(),
                                 "pages/a/item.md": "---\ntitle: A\n---\n[plugin:content-inject](/n/_x)\n"})
    assert "G148" not in codes(site)


def test_the_order_of_pages(tmp_path: Path) -> None:
    names = ["01.one", "02.two", "9.nine", "10.ten", "a b", "a_b", "a-b", "a.b", "aa", "alpha", "Beta", "zeta"]
    site = read_files(tmp_path, {f"pages/{name}/item.md": item(name) for name in names})
    assert [document.folder for document in sorted(site.documents, key=lambda one: one.position)] == names
    site = read_files(tmp_path / "manual", {
        "pages/p/blog.md": item(order_by="title", order_dir="desc", order_manual="[c]"),
        **{f"pages/p/{name}/item.md": item(title) for name, title in (("a", "X"), ("b", "Z"), ("c", "Y"))}})
    assert [page(site, f"p/{name}").position for name in "cba"] == [0, 1, 2]


def test_several_page_files_in_a_folder(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.md": item("I"), "pages/a/blog.md": item("B")})
    assert page(site, "a").template == "blog"
    assert [finding.subject for finding in site.findings if finding.code == "G135"] == ["a/item.md"]


@pytest.mark.parametrize(("name", "order", "rest"), [
    ("01.news", 1, "news"), ("003.x.y", 3, "x.y"), ("01.", 1, ""), ("10-foo", None, "10-foo"), ("1a.z", None, "1a.z"),
    ("2019-07-22-x", None, "2019-07-22-x"), ("9" * 50 + ".x", int("9" * 18), "x"),
])
def test_order_prefixes(name: str, order: int | None, rest: str) -> None:
    assert (order_of(name), without_order(name)) == (order, rest)


@pytest.mark.parametrize(("name", "parts"), [
    ("item.md", ("item", "")), ("item.kk.md", ("item", "kk")), ("docs.17.md", ("docs", "17")), ("my.new.page.md", None),
    ("README.MD", None), ("index.markdown", None), (".hidden.md", ("", "hidden")), ("md", None),
])
def test_page_names(name: str, parts: tuple[str, str] | None) -> None:
    found = page_name(name)
    assert (tuple(found) if found else None) == parts


def test_bytes_that_are_no_utf8_become_readable() -> None:
    assert readable("caf\udce9") == "café"
    assert readable("кофе") == "кофе"


NAMES = st.lists(st.text(alphabet="aAbBzäÄ019 _-.@", min_size=1, max_size=8), max_size=8)


@given(NAMES)
def test_collation_is_an_order(names: list[str]) -> None:
    ordered = sorted(names, key=collation_key)
    backwards = list(reversed(names))
    assert ordered == sorted(backwards, key=collation_key)


@given(NAMES)
def test_natural_order_does_not_depend_on_the_order_given(names: list[str]) -> None:
    assert natural_order(names) == natural_order(list(reversed(names)))


@pytest.mark.php
def test_natural_order_is_phps(php: str, tmp_path: Path) -> None:
    import json
    import subprocess

    names = ["img2", "img10", "IMG1", "pic", "UP.JPG", "v.mp4", "x", "Z", "a.b.c.png", "a.png", "a b.png", "ab.png",
             "1.5", "1.10", "01", "001", "1", "x01", "x1", "x001",
             "2019-07-22-1.jpg", "2019-07-22-10.jpg", "2019-07-22-2.jpg"]
    script = "$n = json_decode($argv[1]); usort($n, 'strnatcasecmp'); echo json_encode($n);"
    given = subprocess.run([php, "-r", script, json.dumps(names)], capture_output=True, text=True, check=True)
    compare = "[$a, $b] = json_decode($argv[1]); echo strnatcasecmp($a, $b);"
    ours = natural_order(names)
    assert len(json.loads(given.stdout)) == len(ours)
    for first, second in pairwise(ours):
        answer = subprocess.run([php, "-r", compare, json.dumps([first, second])], capture_output=True, text=True,
                                check=True)
        assert int(answer.stdout) <= 0, (first, second)


@pytest.mark.parametrize(("names", "default_lang", "prefixes", "code"), [
    (["home/a.md", "home/a.fr.md", "b/a.md", "b/a.fr.md"], "en", {"en": "", "fr": "/fr"}, "G136"),
    (["01.home/a.md", "01.home/a.en.md", "b/a.md"], "ru", {"ru": "", "en": "/en"}, "G136"),
    (["home/a.md", "home/a.en.md", "b/a.md", "b/a.en.md"], "en", {}, "G152"),     # whose language has home/a.md?
    (["home/a.fr.md", "b/a.md", "c/a.fr.md"], "en", {"fr": "/fr"}, "G136"),       # a home in French only
    (["home/a.md", "b/a.fr.md", "c/a.fr.md"], "en", {"fr": "/fr"}, "G136"),       # hardly a site without the French
    (["a/a.md", "b/a.md", "b/a.fr.md"], "en", {"en": "", "fr": "/fr"}, "G136"),   # nobody knows which page is the home
    (["a/a.md", "b/a.md", "b/a.en.md"], "en", {"en": "/en"}, "G136"),             # … nor in which language a/a.md is
])
def test_inferred_languages_leave_a_whole_site_where_it_is(names: list[str], default_lang: str, prefixes: dict[str, str],
                                                           code: str, tmp_path: Path) -> None:
    site = read_files(tmp_path, {f"pages/{name}": item() for name in names}
                      | {"config/site.yaml": f"default_lang: {default_lang}\n"})
    assert {language.code: language.prefix for language in site.languages} == prefixes
    assert codes(site) & {"G136", "G152"} == {code}


def test_where_inferred_languages_move_a_page_its_old_address_leads_to_it(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/home/item.fr.md": item(), "pages/a/item.fr.md": item(), "pages/b/item.md": item(),
                                 "pages/a/item.md": item("plain")})
    moved = page(site, "b", "fr")
    assert (moved.url, moved.aliases) == ("/fr/b", ("/b",))
    assert "G151" in [finding.code for finding in moved.findings]
    assert "G151" not in [finding.code for finding in page(site, "a", "fr").findings]
    assert [finding.subject for finding in site.findings if finding.code == "G135"] == ["a/item.md"]
