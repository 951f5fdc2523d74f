"""Where pages and files go, without Hugo: the plan itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml

from migrate.mappers import map_site
from migrate.mappers.language_names import name_of
from migrate.model.document import Dates, Key, Term
from migrate.model.site import Language, Media, Redirect, Site
from migrate.writers.hugo.languages import is_right_to_left
from migrate.writers.hugo.project import Project, lay_out
from migrate.writers.hugo.render import render_page, render_site
from tests.mappers.sites import HUGO, mapping, page, site

THREE = (
    Language(code="kk", prefix="/kk", default=True, label="Қазақша"),
    Language(code="ru", prefix="/ru"),
    Language(code="ar", prefix="/ar"),
)


def planned(*documents, files=(), rules=HUGO, **fields) -> Project:
    media = {Key(f"media:{name}"): file(name) for name in files}
    decided = map_site(site(*documents, media=media, **fields), rules)
    return lay_out(decided, rules)


def file(name: str) -> Media:
    folder, _, base = name.rpartition("/")
    return Media(key=Key(f"media:{name}"), path=f"/site/user/pages/{name}", folder=folder, name=base, kind="image")


def paths(project: Project) -> set[str]:
    return {place.path for place in project.places.values()}


def text_of(project: Project, name: str) -> str:
    """What would be written to a file of the project."""
    resources = [
        resource for document in project.site.documents for resource in render_page(document, "Text.", project)
    ]
    return next(
        resource.fields["text"]
        for resource in (*resources, *render_site(project, {}))
        if resource.natural_key == name
    )


def test_a_page_is_a_file_one_with_files_a_bundle_one_with_children_a_branch():
    project = planned(
        page("01.home", route="/", home=True),
        page("02.news", has_children=True),
        page("02.news/1.plain"),
        page("02.news/2.with-files"),
        page("03.about"),
        files=["02.news/2.with-files/a.png"],
    )
    assert paths(project) == {
        "content/_index.md",
        "content/news/_index.md",
        "content/news/plain.md",
        "content/news/with-files/index.md",
        "content/about.md",
    }


def test_languages_are_suffixes_and_files_lie_there_once():
    project = planned(*(page("02.x", language=code) for code in ("kk", "ru")), files=["02.x/a.png"], languages=THREE)
    assert paths(project) == {"content/x/index.kk.md", "content/x/index.ru.md"}
    assert list(project.media_places.values()) == ["content/x/a.png"]
    assert not project.duplicate_files
    [media] = project.site.media.values()
    assert (media.address, media.beside) == ("/kk/x/a.png", True)


def test_files_of_a_page_without_the_default_language_are_published_for_each():
    project = planned(page("02.x", language="ru"), files=["02.x/a.png"], languages=THREE)
    assert project.duplicate_files
    assert [media.address for media in project.site.media.values()] == ["/ru/x/a.png"]


def test_a_draft_in_the_default_language_takes_no_files_away():
    pages = page("02.x", language="kk", published=False, draft=True), page("02.x", language="ru")
    project = planned(*pages, files=["02.x/a.png"], languages=THREE)
    assert list(project.media_places.values()) == ["static/kk/x/a.png"]
    assert [media.beside for media in project.site.media.values()] == [False]


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("02.About Us", "content/about-us.md"),
        ("02.C++", "content/c++.md"),
        ("02.index", "content/index-page.md"),
        ("02.tags", "content/tags-2.md"),
        ("02.five.six", "content/five-six.md"),
        ("02.жаңалық", "content/жаңалық.md"),
    ],
)
def test_odd_names_get_clean_files_and_keep_their_address(folder, path):
    project = planned(page(folder))
    assert paths(project) == {path}
    name = folder.partition(".")[2]
    url = f'url: "/{name}/"\n'
    assert (url in text_of(project, path)) is (name != "жаңалық")


def test_names_that_become_one_are_numbered():
    assert paths(planned(page("01.a b"), page("02.a-b"))) == {"content/a-b.md", "content/a-b-2.md"}


def test_no_url_is_said_where_hugo_finds_it_by_itself():
    assert "url:" not in text_of(planned(page("02.news", language="ru"), languages=THREE), "content/news.ru.md")
    plain = (Language(code="kk", default=True), Language(code="ru", prefix="/ru"))
    assert "url:" not in text_of(
        planned(page("02.news", language="kk", prefix=""), languages=plain), "content/news.kk.md"
    )


def test_a_slug_of_its_own_is_a_url():
    assert 'url: "/ru/novosti/"' in text_of(
        planned(page("02.news", language="ru", route="/novosti"), languages=THREE), "content/news.ru.md"
    )


def test_an_address_that_hugo_cannot_publish_is_changed_and_redirected():
    project = planned(page("02.100% sure"))
    [document] = project.site.documents
    assert document.address == "/100 sure/"
    assert text_of(project, "static/_redirects") == "/100%25%20sure /100%20sure/ 301\n"


def test_two_folders_with_one_route_lie_beside_each_other():
    project = planned(page("01.x"), page("02.x", key=Key("document:/x~2"), owns_route=False), files=["02.x/a.png"])
    assert paths(project) == {"content/x.md", "content/x-2/index.md"}


def test_what_is_merged_or_skipped_is_not_written():
    project = planned(page("01.x"), replace(page("02.x", key=Key("document:/x~2"), owns_route=False), findings=()))
    merged = replace(project.site.documents[1], standing="merged")
    again = lay_out(replace(project.site, documents=(project.site.documents[0], merged), media={}), HUGO)
    assert paths(again) == {"content/x.md"}
    assert render_page(merged, "", again) == ()


def test_files_of_a_merged_folder_are_those_of_the_other_one():
    documents = (
        page("01.x", address="/x/"),
        page("02.x", key=Key("document:/x~2"), owns_route=False, standing="merged"),
    )
    media = {Key(name): file(name) for name in ("01.x/a.png", "02.x/a.png")}
    project = lay_out(Site(root="/", pages_root="/", documents=documents, media=media), HUGO)
    assert list(project.media_places.values()) == ["content/x/a.png"]
    assert {item.address for item in project.site.media.values()} == {"/x/a.png"}


def test_modules_are_inside_their_page_and_their_files_in_its_bundle():
    module = page("02.mod/01._hero", modular=True, routable=False)
    project = planned(page("02.mod", modules=(module.key,)), module, files=["02.mod/01._hero/a.png"])
    assert paths(project) == {"content/mod/index.md"}
    assert list(project.media_places.values()) == ["content/mod/_hero/a.png"]
    [media] = project.site.media.values()
    assert (media.address, media.beside) == ("/mod/_hero/a.png", False)
    assert render_page(module, "", project) == ()


def test_what_stands_in_the_headers_of_modules_is_in_their_pages_front_matter():
    hero = page("02.mod/01._hero", modular=True, title="Hero", template="modular/hero",
                header={"buttons": [{"text": "Go there"}], "size": 3})
    plain = page("02.mod/02._text", modular=True, template="modular/text")
    written = text_of(planned(page("02.mod", modules=(hero.key, plain.key)), hero, plain), "content/mod.md")
    assert yaml.safe_load(written.split("---")[1])["params"]["modules"] == [
        {"name": "_hero", "title": "Hero", "template": "modular/hero", "buttons": [{"text": "Go there"}], "size": 3}]
    own = page("02.mod", modules=(hero.key,), header={"modules": 2})
    assert "modules: 2" in text_of(planned(own, hero), "content/mod.md")


def test_a_module_that_no_page_shows_is_carried():
    project = planned(page("02.mod"), page("02.mod/01._hero", modular=True, routable=False))
    assert paths(project) == {"content/mod/index.md", "content/mod/_hero.md"}
    assert 'render: "never"' in text_of(project, "content/mod/_hero.md")


def test_hidden_pages_keep_their_files_where_they_were():
    project = planned(page("02.images", routable=False), files=["02.images/a.png"])
    assert list(project.media_places.values()) == ["static/user/pages/02.images/a.png"]
    assert 'list: "never"' in text_of(project, "content/images/index.md")


def test_folders_without_a_page_are_sections_that_are_not_shown():
    project = planned(
        page("04.docs/deep/a", language="ru"),
        page("05.x", language="kk"),
        languages=THREE,
        empty_folders={"04.docs": "/docs"},
    )
    assert text_of(project, "content/docs/_index.ru.md").startswith('---\ntitle: "Docs"\nbuild:\n  render: "never"')
    names = {resource.natural_key for resource in render_site(project, {})}
    assert "content/docs/_index.kk.md" not in names


def test_files_with_one_name_for_hugo_are_kept_apart():
    project = planned(page("02.x"), files=["02.x/A b.png", "02.x/a-b.png", "02.x/photo.html"])
    assert set(project.media_places.values()) == {
        "content/x/A b.png",
        "content/x/files-2/a-b.png",
        "static/x/photo.html",
    }
    assert sorted(finding.code for finding in project.findings) == ["G403", "G404"]


def test_files_under_user_keep_their_address():
    media = {
        Key("media:user:images/b.png"): Media(
            key=Key("media:user:images/b.png"), path="/site/user/images/b.png", folder="", name="b.png", kind="image"
        )
    }
    project = lay_out(map_site(site(page("02.x"), media=media), HUGO), HUGO)
    assert list(project.media_places.values()) == ["static/user/images/b.png"]


def test_aliases_are_said_from_the_root_and_never_over_a_page():
    one = page("02.x", language="kk", aliases=("/kk/old", "/kk/y", "/kk/X", "/old.html", "/50%"))
    project = planned(one, page("03.y", language="kk"), languages=THREE)
    text = text_of(project, "content/x.kk.md")
    assert 'aliases: ["/../kk/old/", "/../old.html"]' in text
    assert "/kk/old /kk/x/ 301" in text_of(project, "static/_redirects")


def test_one_language_needs_no_way_up():
    project = planned(page("02.x", aliases=("/old",)))
    assert 'aliases: ["/old/"]' in text_of(project, "content/x.md")


def test_redirects_of_the_site_are_lines():
    redirects = (Redirect(origin="/a b", goal="/x", status=301), Redirect(origin="/in", goal="https://e.org/?a=b#c"))
    project = planned(page("02.x"), redirects=redirects)
    lines = text_of(project, "static/_redirects").splitlines()
    assert "/a%20b /x/ 301" in lines or "/a%20b /x 301" in lines
    assert any(line.startswith("/in https://e.org/?a=b#c 302") for line in lines)


def test_a_redirect_to_a_page_keeps_its_status_beside_the_alias():
    redirects = (Redirect(origin="/for-now", goal="/x", status=302), Redirect(origin="/for-good", goal="/x", status=301))
    project = planned(page("02.x"), redirects=redirects)
    assert text_of(project, "static/_redirects").splitlines() == ["/for-good /x/ 301", "/for-now /x/ 302"]
    assert 'aliases: ["/for-good/", "/for-now/"]' in text_of(project, "content/x.md")


def test_translations_in_other_folders_are_tied():
    home = page("01.blog", language="kk", route="/", home=True)
    project = planned(home, page("01.blog", language="ru"), languages=THREE)
    assert 'translationKey: "/blog"' in text_of(project, "content/_index.kk.md")
    assert 'translationKey: "/blog"' in text_of(project, "content/blog.ru.md")


def test_a_template_can_have_a_section():
    rules = mapping(templates={"post*": {"section": "posts"}})
    project = planned(page("02.x", template="post"), page("03.y", has_children=True, template="post"), rules=rules)
    assert paths(project) == {"content/posts/x.md", "content/y.md"}


NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


def test_a_date_ahead_hides_nothing_that_grav_shows():
    project = planned(page("02.x", dates=Dates(created=LATER)), page("03.y", dates=Dates(created=NOW)), now=NOW)
    assert "publishDate: 2000-01-01" in text_of(project, "content/x.md")
    assert "publishDate" not in text_of(project, "content/y.md")


def test_what_grav_does_not_show_yet_hugo_does_not_either():
    waiting = page("02.x", dates=Dates(created=NOW, published=LATER), published=False, routable=False)
    project = planned(waiting, now=NOW)
    assert "publishDate: 2030-01-01" in text_of(project, "content/x.md")


def test_terms_without_an_address_are_left_out_and_said():
    project = planned(page("02.x", terms=(Term("tag", ".."), Term("tag", "C++"))))
    assert 'tags: ["C++"]' in text_of(project, "content/x.md")
    assert [finding.code for finding in project.findings] == ["G405"]


def test_a_terms_own_slug_needs_a_page():
    rules = mapping(taxonomies={"slugs": {"tag": {"C#": "c-sharp"}}})
    project = planned(page("02.x", terms=(Term("tag", "C#"),)), rules=rules)
    assert text_of(project, "content/tags/c#/_index.md") == '---\ntitle: "C#"\nslug: "c-sharp"\n---\n'


def test_the_configuration_has_languages_menus_and_the_users_settings():
    rules = mapping(
        output={"config": {"params": {"colour": "red"}, "pagination": {"pagerSize": 3}}},
        languages={"names": {"ru": {"label": "Русский", "locale": "ru-KZ", "title": "Сайт"}}},
    )
    pages = [page("01.home", language=code, route="/", home=True) for code in ("kk", "ru")]
    text = text_of(
        planned(*pages, page("02.x", language="ru", title="Икс"), languages=THREE, title="Site", rules=rules),
        "hugo.toml",
    )
    for piece in (
        'defaultContentLanguage = "kk"',
        'label = "Русский"',
        'locale = "ru-KZ"',
        'title = "Сайт"',
        'direction = "rtl"',
        'pageRef = "/x"',
        'colour = "red"',
        "pagerSize = 3",
        "disableAliases = true",
    ):
        assert piece in text, piece


@pytest.mark.parametrize(("address", "expected"), [
    ("/plain/page/", "/plain/page/"),
    ("/Two Words/d'été/", "/%54wo%20%57ords/d%27%C3%A9t%C3%A9/"),      # Hugo would make /two-words/dété/ of it
    ("https://e.org/A b", "https://e.org/A b"),
    ("#Contact", "#Contact"),
])
def test_hugo_does_not_change_the_addresses_of_a_menu(address: str, expected: str):
    assert f'\nurl = "{expected}"' in text_of(planned(page("02.x", external_url=address)), "hugo.toml")


@pytest.mark.parametrize(("names", "line"), [
    (["rel", "target", "id", "class", "classes"], None), (["rel", "target"], '\nattributes = ["rel", "target"]\n'),
])
def test_what_the_links_queries_may_hold(names: list[str], line: str | None):
    config = {"system": {"pages": {"markdown": {"valid_link_attributes": names}}}}
    text = text_of(planned(page("02.x"), config=config), "hugo.toml")
    assert line in text if line else "attributes" not in text


def test_everything_is_the_same_whatever_the_order():
    documents = [
        page("01.home", route="/", home=True),
        page("02.a b"),
        page("03.a-b"),
        page("04.x", has_children=True),
        page("04.x/y"),
    ]
    files = ["02.a b/A.png", "02.a b/a.PNG", "03.a-b/x.html"]
    one = planned(*documents, files=files)
    other = planned(*documents[::-1], files=files)
    assert one.places == other.places
    assert one.media_places == other.media_places


def test_languages_are_called_what_they_call_themselves():
    names = {"kk": "Қазақша", "pt-BR": "Português do Brasil", "de-AT": "Deutsch", "17": "17", "zh_Hans": "简体中文"}
    assert {code: name_of(code) for code in names} == names
    assert [is_right_to_left(code) for code in ("ar", "fa-IR", "he", "en", "kk")] == [True, True, True, False, False]


def test_a_site_without_languages_has_one_all_the_same():
    project = planned(page("02.x"), files=["02.x/a.fr.png", "02.x/b.en.png"], config={"site": {"default_lang": "fr"}})
    assert 'locale = "fr"\ndefaultContentLanguage = "fr"' in text_of(project, "hugo.toml")
    assert set(project.media_places.values()) == {"static/x/a.fr.png", "content/x/b.en.png"}
