"""Whole projects in a real Hugo, with every warning a failure: each page and file where it was planned."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

import pytest

from migrate.content.html import to_html
from migrate.content.tree import parse
from migrate.model.document import Dates, Dialect, Term
from migrate.model.site import Language, Redirect
from migrate.writers.hugo.check import HugoBinary, shown_by_hugo
from tests.mappers.sites import mapping, page, site
from tests.writers.hugo.projects import build, files_of, picture, with_media

pytestmark = pytest.mark.hugo

THREE = (
    Language(code="kk", prefix="/kk", default=True, label="Қазақша"),
    Language(code="ru", prefix="/ru", label="Русский"),
    Language(code="ar", prefix="/ar", label="العربية"),
)
CODES = ("kk", "ru", "ar")
ODD = [
    "About Us",
    "it's",
    "q+r",
    "C++",
    "five.six",
    "x#y",
    "Über-Mich",
    "a&b",
    "a,b",
    "(par)",
    "tilde~",
    "@at",
    "semi;colon",
    "eq=",
    "star*",
    "pipe|",
    'quote"q',
    "br[1]",
    "e\u0301",
    "--dash--",
    "under_",
    "a  b",
    "dot.",
    "日本",
    "emoji😀",
    "x.ru",
    "index",
    "tags",
    "UPPER",
    "page",
    "co:lon",
    "50%",
    "w?z",
    "$d",
    "жаңа-лық",
]
ODD_FILES = [
    "a b.png",
    "A-b.png",
    "Pic.PNG",
    "pic.png",
    "x#y.png",
    "w?z.png",
    "50%.png",
    "50%25.png",
    "a+b.png",
    "it's.png",
    "(1).png",
    "photo.ru.png",
    "фото раз.png",
    "e\u0301.png",
    "semi;.png",
    "star*.png",
    "new[1].png",
    "q&a.png",
    "notes.md",
    "list.html",
    "old.org",
    "data.json",
    "plain.txt",
    "paper.pdf",
    "noext",
    "index.png",
    "co:lon.png",
]


def addresses(built):
    """Planned address of every page → whether Hugo published a file there."""
    return {
        page.address: (built.public / page.address.strip("/") / "index.html").is_file()
        or (built.public / page.address.strip("/")).is_file()
        for page in built.project.site.documents
        if page.address and page.key in built.project.places
    }


@pytest.fixture(scope="module")
def odd(hugo, tmp_path_factory):
    """One language, a section full of odd names, and a page with odd files."""
    folder = tmp_path_factory.mktemp("odd")
    pages = [
        page("01.home", route="/", home=True),
        page("02.s", has_children=True),
        *(
            page(
                f"02.s/{number:02}.{name}",
                slug=name,
                route=f"/s/{name}",
                raw_route=f"/s/{name}",
                url=f"/s/{name}",
                key=f"document:/s/{name}",
            )
            for number, name in enumerate(ODD)
        ),
        page("03.files"),
        page("04.tags"),
        page("05.old", url="/old-address.html", route="/old-address.html", raw_route="/old"),
    ]
    files = files_of(
        folder / "src", {f"03.files/{name}": picture() for name in ODD_FILES} | {"05.old/a.png": picture()}
    )
    text = "\n\n".join(f"[{number}](<{{}}>)" for number in range(len(ODD_FILES)))
    return build(hugo, with_media(site(*pages), files), {"03.files": text}, folder / "site")


def test_every_odd_page_answers_at_its_address(odd):
    found = addresses(odd)
    assert len(found) == len(ODD) + 5
    assert [address for address, there in found.items() if not there] == []


def test_a_section_whose_address_is_a_file_shows_its_page_and_not_its_feed(hugo, tmp_path):
    posts = [page(f"02.log/day-{number}", url=f"/log/day-{number}.html", template="item") for number in range(25)]
    pages = [page("01.home", route="/", home=True), page("02.log", url="/log.html", has_children=True), *posts]
    built = build(hugo, site(*pages), {"02.log": "What happened."}, tmp_path)
    assert "What happened." in built.main("/log.html")
    section = (tmp_path / "content/log/_index.md").read_text("utf-8")
    assert 'outputs: ["html"]' in section  # which of the two is written last is chance
    assert built.main("/log.html").count("/log/day-") >= len(posts)


def test_every_odd_file_answers_at_its_address(odd):
    published = odd.files()
    missing = [media.address for media in odd.project.site.media.values() if media.address not in published]
    assert missing == []
    assert len({media.address for media in odd.project.site.media.values()}) == len(ODD_FILES) + 1


def test_hugo_lists_exactly_what_was_planned(odd, hugo):
    showing = shown_by_hugo(odd.folder, HugoBinary(hugo, (0, 146)))
    planned = {
        place.path: page.address for page in odd.project.site.documents if (place := odd.project.places.get(page.key))
    }
    assert (showing.failure, showing.warnings) == ("", ())
    assert {shown.path: shown.address for shown in showing.pages} == planned


@pytest.fixture(scope="module")
def many(hugo, tmp_path_factory):
    """Three languages: translated and not, drafts, hidden pages, modules, folders without a page, old paths."""
    folder = tmp_path_factory.mktemp("many")
    day = Dates(created=datetime(2019, 7, 22, 10, tzinfo=UTC))
    pages = []
    for code in CODES:
        module = page("05.mod/01._hero", language=code, modular=True, routable=False, title="Hero")
        pages += [
            page("01.home", language=code, route="/", home=True, title=f"Home {code}", aliases=(f"/{code}/home",)),
            page("01.home/sub", language=code, route="/home/sub", title="Below home"),
            page("02.news", language=code, has_children=True, title=f"News {code}"),
            page(
                "02.news/1.all",
                language=code,
                title=f"All {code}",
                dates=day,
                aliases=(f"/{code}/old", "/older"),
                terms=(Term("tag", "Go Lang"), Term("category", "Новости")),
            ),
            page("05.mod", language=code, modules=(module.key,), title="Modular"),
            module,
        ]
    pages += [
        page("02.news/2.ru-only", language="ru", title="Только", dates=day, aliases=("/ru/bare", "/bare")),
        page("02.news/3.draft", language="kk", published=False, draft=True),
        page("02.news/3.draft", language="ru"),
        page("03.docs/deep/a", language="kk"),
        page("04.hidden", language="kk", routable=False),
        page("04.hidden/child", language="kk"),
        page("06.to", language="kk", redirect="/news", header={"redirect": "/news"}),
        page("07.away", language="kk", external_url="https://example.net/x", header={"external_url": "x"}),
    ]
    files = files_of(
        folder / "src",
        {
            "01.home/home.png": picture(),
            "02.news/n.png": picture(),
            "02.news/1.all/a.png": picture(300, 200),
            "02.news/2.ru-only/b b.png": picture(),
            "02.news/2.ru-only/list.html": b"<p>",
            "02.news/3.draft/c.png": picture(),
            "03.docs/d.pdf": b"pdf",
            "04.hidden/h.png": picture(),
            "05.mod/01._hero/m.png": picture(),
            "user:images/u.png": picture(200, 100),
        },
    )
    texts = {
        "02.news/1.all": "![a](a.png) ![m](/kk/mod/_hero/m.png) ![b](/ru/news/ru-only/b%20b.png?resize=30)"
        " ![u](/user/images/u.png?cropZoom=20,20) [l](a.png) [p](/ru/news/ru-only/#x)",
        "02.news/2.ru-only": "![b](b%20b.png) [f](/ru/news/ru-only/list.html)",
        "02.news/3.draft": "![c](/kk/news/draft/c.png)",
        "05.mod": "![m](/kk/mod/_hero/m.png)",
    }
    whole = site(
        *pages,
        languages=THREE,
        title="Site",
        empty_folders={"03.docs": "/docs", "03.docs/deep": "/docs/deep"},
        redirects=(Redirect(origin="/kk/to", goal="/kk/news", subject="06.to/item.kk.md"),),
    )
    whole = with_media(whole, files)
    return build(hugo, whole, texts, folder / "site")


def test_every_public_page_of_every_language_answers(many):
    shown = {
        page.address
        for page in many.project.site.documents
        if page.standing in ("public", "redirect", "unlisted") and page.key in many.project.places
    }
    found = addresses(many)
    assert {address for address, there in found.items() if there} == shown
    assert {"/kk/", "/ru/news/ru-only/", "/kk/docs/deep/a/", "/kk/hidden/child/"} <= shown


def test_folders_without_a_page_and_hidden_pages_do_not_answer(many):
    published = many.files()
    for nothing in (
        "/kk/docs/index.html",
        "/ru/docs/index.html",
        "/kk/hidden/index.html",
        "/kk/news/draft/index.html",
    ):
        assert nothing not in published
    assert "/ru/news/draft/index.html" in published


def test_every_file_answers_in_every_language_that_needs_it(many):
    published = many.files()
    for media in many.project.site.media.values():
        assert media.address in published, media.address
    assert {
        "/kk/news/all/a.png",
        "/ru/news/all/a.png",
        "/ru/news/ru-only/b b.png",
        "/kk/news/draft/c.png",
        "/user/images/u.png",
    } <= published


def test_every_picture_and_link_of_a_text_leads_to_something(many):
    published = many.files()
    for address in (
        "/kk/news/all/",
        "/ru/news/all/",
        "/ar/news/all/",
        "/ru/news/ru-only/",
        "/ru/news/draft/",
        "/ar/mod/",
    ):
        html = many.main(address)
        for goal in re.findall(r'(?:src|href)="([^"#]+)', html):
            goal = unquote(goal.replace("&#43;", "+"))
            assert goal in published or f"{goal}index.html" in published, (address, goal)


def test_pictures_of_other_pages_and_languages_are_processed(many):
    html = many.main("/ar/news/all/")
    assert re.search(r'src="/ru/news/ru-only/b%20b_hu_[^"]+" [^>]*width="30"', html)
    assert re.search(r'src="/user/images/u_hu_[^"]+" [^>]*height="20"[^>]*width="20"', html)


@pytest.mark.parametrize("old", ["/kk/old/", "/ru/old/", "/ar/old/", "/ru/bare/", "/bare/"])
def test_old_paths_lead_on(many, old):
    goal = "/ru/news/ru-only/" if "bare" in old else f"/{old[1:3]}/news/all/"
    assert f'url=https://example.org{goal}"' in many.page(old)


def test_the_folder_of_home_leads_home_though_pages_lie_below_it(many):
    assert 'url=https://example.org/ru/"' in many.page("/ru/home/")
    assert "Below home" in many.main("/ru/home/sub/")


def test_one_old_path_of_many_pages_leads_to_the_first(many):
    assert 'url=https://example.org/kk/news/all/"' in many.page("/older/")


def test_pages_that_lead_elsewhere(many):
    assert 'http-equiv="refresh" content="0; url=/kk/news/"' in many.page("/kk/to/")
    assert 'href="https://example.net/x"' in many.page("/kk/")  # the menu


def test_dates_and_words_are_in_the_language_and_direction_of_the_page(many):
    assert re.search(r"2019\sж\. 22 шілде", many.main("/kk/news/all/"))
    assert "22 июля 2019" in many.main("/ru/news/all/")
    assert '<html lang="ar" dir="rtl">' in many.page("/ar/news/all/")


def test_a_page_for_what_is_missing_lies_where_servers_look(many):
    assert "Мұндай бет жоқ." in many.main("/404.html")
    assert "404" not in many.main("/kk/")


def test_translations_and_terms_are_linked(many):
    html = many.page("/kk/news/all/")
    assert all(f'hreflang="{code}" href="https://example.org/{code}/news/all/"' in html for code in CODES)
    assert '<a href="/kk/tags/go-lang/">Go Lang</a>' in html
    assert "<h1>Go Lang</h1>" in many.page("/kk/tags/go-lang/")
    assert "<h1>Новости</h1>" in many.page("/ru/categories/новости/")


def test_lists_name_their_pages_in_order_with_summaries(many):
    html = many.main("/kk/news/")
    assert html.index("All kk") > 0
    assert "Draft" not in html


@pytest.mark.parametrize("style", ["yaml", "toml"])
@pytest.mark.parametrize("base", ["", "https://example.org/sub/"])
def test_one_language_a_base_path_and_either_front_matter(hugo, tmp_path, style, base):
    pages = page("01.home", route="/", home=True), page("02.a", title='x "y"'), page("03.b")
    files = files_of(
        tmp_path / "src", {"02.a/p.png": picture(), "02.a/d.pdf": b"pdf", "user:images/u.png": picture()}
    )
    rules = mapping(output={"front_matter": style, "base_url": base})
    text = (
        "![p](p.png) ![u](/user/images/u.png) ![u](/user/images/u.png?resize=9,9) [d](d.pdf) [b](/b/#x)"
        ' <a href="/b/">raw</a> <img src="/a/p.png" alt="">\n\n`<a href="/b/">`'
    )
    built = build(hugo, with_media(site(*pages), files), {"02.a": text}, tmp_path / "site", rules)
    root = "/sub" if base else ""
    html = built.main("/a/")
    goals = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(goals) == 7
    assert all(goal.startswith(f"{root}/") and not goal.startswith("/sub/sub/") for goal in goals), goals
    assert {
        unquote(goal.removeprefix(root)).partition("#")[0] for goal in goals if goal.endswith((".png", ".pdf"))
    } <= built.files()
    assert "&lt;a href=" in html


def test_a_theme_gets_only_what_the_texts_need(hugo, tmp_path):
    pages = page("01.home", route="/", home=True), page("02.a")
    theme = tmp_path / "site/themes/mine/layouts"
    theme.mkdir(parents=True)
    (theme / "all.html").write_text("THEME {{ .Content }}")
    files = files_of(tmp_path / "src", {"02.a/p.png": picture(900, 600)})
    text = '{{< carousel items=1 >}}\n![p](p.png "P")\n{{< /carousel >}}'
    built = build(
        hugo, with_media(site(*pages), files), {"02.a": text}, tmp_path / "site", mapping(output={"theme": "mine"})
    )
    html = built.page("/a/")
    assert html.startswith("THEME") and 'data-caption="P"' in html and "_hu_" in html


def test_a_caption_may_speak_of_shortcodes(hugo, tmp_path):
    text = '{{< carousel items=1 >}}\n![a {{%/* b */%}}](p.png "say {{</* c */>}}")\n{{< /carousel >}}'
    files = files_of(tmp_path / "src", {"02.a/p.png": picture(90, 60)})
    pages = page("01.home", route="/", home=True), page("02.a")
    built = build(hugo, with_media(site(*pages), files), {"02.a": text}, tmp_path / "site")
    html = unescape(built.page("/a/"))
    assert 'alt="a {{% b %}}"' in html and 'title="say {{< c >}}"' in html


def test_footnotes_have_the_anchors_that_grav_gave_them(hugo, tmp_path):
    text = "A[^1] b[^note], c[^note] $1.\n\n[^1]: One\n[^note]: Named\n"
    tree = parse(text, Dialect(extra=True))
    home = page("01.home", route="/", home=True, dialect=tree.dialect)
    noted = page("02.a", dialect=tree.dialect, header={"labels": ["1", "note"]})
    told = mapping(frontmatter={"rename": {"labels": "params.footnotes"}})
    built = build(hugo, site(home, noted), {"02.a": text}, tmp_path / "site", told)
    anchors = re.compile(r'(?:id|href)="#?(fn[^"]*)"')
    assert anchors.findall(built.page("/a/")) == anchors.findall(to_html(tree))
    assert built.page("/a/").count("&#8617;") == to_html(tree).count("&#8617;") == 3


def test_metadata_of_the_site_and_of_the_page(hugo, tmp_path):
    own = {"keywords": "c, d", "author": "Y", "refresh": "3", "og:locale": "kk"}
    whole = site(page("01.home", route="/", home=True), page("02.a", header={"metadata": own}, metadata=own),
                 metadata={"author": "X", "robots": "noindex", "keywords": "a"})
    built = build(hugo, whole, {"02.a": "x"}, tmp_path / "site")
    html = built.page("/a/")
    for line in ('name="author" content="Y"', 'name="keywords" content="c, d"', 'name="robots" content="noindex"',
                 'http-equiv="refresh" content="3"', 'property="og:locale" content="kk"'):
        assert f"<meta {line}>" in html
    assert '<meta name="keywords" content="a">' in built.page("/")


def test_unpublished_and_future_pages_wait(hugo, tmp_path):
    now, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
    pages = [
        page("01.home", route="/", home=True),
        page("02.shown", dates=Dates(created=later)),
        page("03.waits", dates=Dates(created=now, published=later), published=False, routable=False),
        page(
            "04.over",
            dates=Dates(created=datetime(2001, 1, 1, tzinfo=UTC), expires=datetime(2002, 1, 1, tzinfo=UTC)),
            published=False,
            routable=False,
        ),
        page("05.draft", published=False, draft=True, routable=False),
    ]
    built = build(hugo, site(*pages, now=now), {}, tmp_path)
    assert {address for address, there in addresses(built).items() if there} == {"/", "/shown/"}


def test_a_taxonomy_makes_way_for_a_page(hugo, tmp_path):
    pages = (
        page("01.home", route="/", home=True, terms=(Term("tag", "a b"), Term("tag", "C#"))),
        page("02.tags", title="Mine"),
    )
    rules = mapping(taxonomies={"slugs": {"tag": {"C#": "c-sharp"}}})
    built = build(hugo, site(*pages), {}, tmp_path, rules)
    assert "Mine" in built.main("/tags/")
    assert "<h1>a b</h1>" in built.page("/tags-terms/a-b/")
    assert "<h1>C#</h1>" in built.page("/tags-terms/c-sharp/")


def test_a_site_without_anything(hugo, tmp_path):
    built = build(hugo, site(), {}, tmp_path, replace_taxonomies())
    assert "/index.html" in built.files()


def replace_taxonomies():
    """No taxonomy at all."""
    return mapping(taxonomies={"types": {"category": "", "tag": ""}})


def test_headers_that_hugo_would_take_for_its_own_are_built(hugo, tmp_path):
    """A gallery's pictures, each with words of its own: in Hugo `images` and its like are lists of addresses."""
    files = files_of(tmp_path / "src", {"02.a/p.png": picture(90, 60)})
    gallery = {"images": [{"title": "A", "thumbnail": "p.png"}], "audio": [{"audioFile": "a.ogg"}],
               "videos": {"first": 1}, "locale": {"a": "b"}, "footnotes": True, "image": "p.png"}
    pages = page("01.home", route="/", home=True), page("02.a", header=gallery)
    built = build(hugo, with_media(site(*pages), files), {"02.a": "text"}, tmp_path / "site")
    assert "p.png" in built.page("/a/").partition("</head>")[0]
