"""The main menu in WordPress: what is planned, and what a visitor sees in the header of a block theme."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from lxml import html

from migrate.model.site import Redirect
from migrate.writers.wordpress.facts import FIRST_DAY
from migrate.writers.wordpress.layout import Layout
from migrate.writers.wordpress.menus import menu_day, render_menus
from tests.mappers.sites import page
from tests.wordpress.layouts import FACTS, KAZAKH, codes, laid, other
from tests.wordpress.test_runs import Runs

HOME = page("01.home", home=True, url="/", template="home", title="Home")
TEA = page("02.tea", title="Tea & more", menu='“Tea” <5x5> "now"...')
HIDDEN = page("hidden", title="Hidden", visible=False)


def blocks(layout: Layout, number: int = 0) -> str:
    return str(render_menus(layout)[number].fields["content"])


def test_visible_pages_in_order_under_their_short_titles() -> None:
    layout = laid(TEA, HOME, HIDDEN)
    (menu,) = render_menus(layout)
    assert {name: menu.fields[name] for name in ("title", "slug", "status", "date_gmt")} == {
        "title": "Main menu", "slug": "gm-menu", "status": "publish", "date_gmt": FIRST_DAY}
    assert re.findall(r'"label":"([^"]*)"', blocks(layout)) == [
        "Home", "“Tea” \\u0026lt;5\\u0026#120;5\\u0026gt; \\u0026quot;now\\u0026quot;\\u0026#46;\\u0026#46;\\u0026#46;"]
    assert '"url":"https://new.example/"' in blocks(layout), "the front page has the address of the site"
    assert codes(layout) == []


def test_levels_and_addresses_elsewhere() -> None:
    out = page("03.out", title="Out", external_url="https://elsewhere.example/?a=1&b=2")
    below = page("02.tea/01.green", title="Green")
    shown = blocks(laid(HOME, replace(TEA, has_children=True), below, out, over={"menus": {"depth": 2}}))
    assert re.findall(r"<!-- (/?wp:[a-z-]+)", shown) == [
        "wp:navigation-link", "wp:navigation-submenu", "wp:navigation-link", "/wp:navigation-submenu", "wp:navigation-link"]
    assert '{"label":"Out","url":"https://elsewhere.example/?a=1\\u0026b=2","kind":"custom"}' in shown


def test_a_folder_without_a_page_leads_where_it_led() -> None:
    kid = page("01.folder/kid", title="Kid", visible=False, template="item", dates=TEA.dates, route="/folder/kid")
    layout = laid(kid, empty_folders={"01.folder": "/folder"}, redirects=(Redirect(origin="/folder", goal="/folder/kid"),))
    assert '"label":"Folder"' in blocks(layout) and f'"url":"\ufdd0url {kid.key}\ufdd1"' in blocks(layout)


def test_one_for_each_language_that_of_the_default_language_the_newest() -> None:
    kk, en = (replace(TEA, key=f"02.tea.{code}", language=code) for code in ("kk", "en"))
    layout = laid(en, kk, languages=KAZAKH)
    found = [(menu.key, menu.fields["title"], menu.fields["slug"], menu.fields["date_gmt"]) for menu in render_menus(layout)]
    assert found == [("menu:kk", "Main menu", "gm-menu-kk", "2000-01-01T12:00:00"),
                     ("menu:en", "Main menu (en)", "gm-menu-en", "2000-01-01T11:59:59")]
    assert codes(layout) == ["G638"]
    apart = laid(en, kk, languages=KAZAKH, over={"wordpress": {"languages": {
        "mode": "separate", "sites": {"kk": "https://kk.example", "en": "https://new.example"}}}})
    assert [menu.key for menu in render_menus(apart)] == ["menu:en"] and codes(apart) == []


def test_everything_as_a_draft() -> None:
    assert render_menus(laid(TEA, status="draft"))[0].fields["status"] == "draft"


def test_no_menu_where_there_is_no_place_for_one_and_that_is_said() -> None:
    layout = laid(TEA, HOME, facts=other(FACTS, menu_day="", no_menu="its theme is not made of blocks"))
    assert render_menus(layout) == ()
    (told,) = (finding for finding in layout.findings if finding.code == "G637")
    assert "(Home, “Tea” <5x5> \"now\"...)" in told.message and "its theme is not made of blocks" in told.message
    assert codes(laid(HIDDEN, facts=other(FACTS, menu_day=""))) == [], "nobody misses an empty menu"
    assert render_menus(laid(TEA, over={"menus": {"name": ""}})) == ()


def test_a_menu_is_newer_than_the_list_of_pages_and_older_than_what_a_person_made() -> None:
    def row(day: str, text: str) -> dict[str, object]:
        return {"date_gmt": day, "content": {"raw": text}}

    assert menu_day([]) == FIRST_DAY
    assert menu_day([row("2024-05-01T09:00:00", "<!-- wp:navigation-link {} /-->")]) == FIRST_DAY
    lists = [row("2024-05-01T09:59:59", "<!-- wp:page-list /-->"), row("2023-05-01T09:00:00", "<!-- wp:page-list /-->")]
    assert menu_day(lists) == "2024-05-01T10:00:00"
    assert menu_day([{**lists[0], "slug": "gm-menu"}]) == FIRST_DAY, "ours, which somebody has made a list"


# ---------------------------------------------------------------------- on a real WordPress


@pytest.fixture
def source(tmp_path: Path) -> Path:
    files = {"config/site.yaml": "title: Tea\n",
             "pages/01.home/default.md": "---\ntitle: Home\n---\nHello.\n",
             "pages/02.tea/default.md": "---\ntitle: A long title\nmenu: 'Tea <b>&'\n---\nTea.\n",
             "pages/03.out/default.md": "---\ntitle: Out\nexternal_url: 'https://elsewhere.example/x'\n---\n",
             "pages/04.draft/default.md": "---\ntitle: Draft\npublished: false\n---\nDraft.\n",
             "pages/aside/default.md": "---\ntitle: Aside\n---\nNot in the menu.\n"}
    for name, text in files.items():
        (tmp_path / "user" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "user" / name).write_text(text, encoding="utf-8")
    return tmp_path / "user"


def header_of(site) -> list[tuple[str, str]]:
    """The entries of the first navigation on the front page, with their addresses."""
    page = html.fromstring(requests.get(f"{site.url}/", timeout=30).text)
    return [(link.text_content().strip(), link.get("href")) for link in page.xpath("(//nav)[1]//li//a")]


@pytest.mark.wordpress
def test_visitors_see_the_menu_that_they_saw_and_a_persons_edit_stays(empty_site, source, tmp_path) -> None:
    runs, site = Runs(empty_site, tmp_path), empty_site
    requests.get(f"{site.url}/", timeout=30)  # from 6.3 on this makes a list of pages the site's navigation
    runs("wordpress", source, site.url)
    seen = [("Home", f"{site.url}/"), ("Tea <b>&", f"{site.url}/tea/"), ("Out", "https://elsewhere.example/x")]
    assert header_of(site) == seen
    menu = runs.pages("navigation")["gm-menu"]
    assert "G651" not in str(runs.report), "WordPress has kept it as it was sent"
    again = runs("wordpress", source, site.url)
    assert runs.writes == [] and "Nothing to do." in again.stdout

    (source / "pages/aside").rename(source / "pages/05.aside")
    runs("wordpress", source, site.url)
    assert header_of(site) == [*seen, ("Aside", f"{site.url}/aside/")]

    time.sleep(1.1)  # the site knows when something was changed, to the second
    site.run(f"wp_update_post(['ID' => {menu['id']}, 'post_content' => '<!-- wp:page-list /-->']);")
    file = source / "pages/02.tea/default.md"
    file.write_text(file.read_text().replace("'Tea <b>&'", "Green"))
    told = runs("wordpress", source, site.url, "--diff", "target", code=3)
    assert "-<!-- wp:page-list /-->" in told.stdout and "navigation:gm-menu" in told.stdout
    assert runs.pages("navigation")["gm-menu"]["content"]["raw"] == "<!-- wp:page-list /-->"


@pytest.mark.wordpress
def test_a_navigation_of_somebodys_own_stays_in_the_header(empty_site, source, tmp_path) -> None:
    own = '<!-- wp:navigation-link {"label":"Ours","url":"https://ours.example/","kind":"custom"} /-->'
    empty_site.run(f"wp_insert_post(['post_type' => 'wp_navigation', 'post_status' => 'publish', 'post_title' => 'Ours', "
                   f"'post_content' => '{own}']);")
    Runs(empty_site, tmp_path)("wordpress", source, empty_site.url)
    assert header_of(empty_site) == [("Ours", "https://ours.example/")]


@pytest.mark.wordpress
@pytest.mark.parametrize(("login", "plugin", "why"), [
    ("editor", "", "editor may not change the look of the site (no edit_theme_options)"),
    ("admin", "add_action('init', fn() => remove_theme_support('block-templates'), 99);", "its theme is not made of blocks"),
])
def test_where_no_menu_can_be_made_the_report_says_why(empty_site, source, tmp_path, login, plugin, why) -> None:
    if plugin:
        empty_site.plugin("theme", plugin)
    runs = Runs(empty_site, tmp_path)
    runs("wordpress", source, empty_site.url, login=login)
    (told,) = (finding for finding in runs.report["findings"] if finding["code"] == "G637")
    assert why in told["message"] and "(Home, Tea <b>&, Out)" in told["message"]
    assert runs.pages("navigation") == {}
    runs("wordpress", source, empty_site.url, login=login)
    assert runs.writes == []
