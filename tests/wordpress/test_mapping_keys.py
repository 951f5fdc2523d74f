"""Each key of the mapping's section `wordpress` does something: a small site comes out otherwise when it is set."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import unified_diff
from typing import Any, NamedTuple

import pytest

from migrate.mappers.tables import Mapping
from migrate.model.document import Dates, Term
from migrate.writers.wordpress.blocks import options_of
from migrate.writers.wordpress.render import Printer, render_folders, render_settings, render_terms
from tests.mappers.sites import page
from tests.test_mapping_keys import keys
from tests.wordpress.bodies import blocks
from tests.wordpress.cases import shown
from tests.wordpress.layouts import DAY, FACTS, KAZAKH, laid, mapping, other, picture

PAST = Dates(created=DAY.created, expires=datetime(2020, 1, 1, tzinfo=UTC))
FILES = (picture("01.blog/01.tea/cup.jpg"), picture("01.blog/01.tea/logo.svg", kind="vector"))
TERMS = (Term("category", "Drinks"), Term("tag", "hot"))
BLOG = page("01.blog", language="kk", template="blog", has_children=True)
SITE = (
    page("00.home", language="kk", home=True, url="/kk", template="home"),
    page("00.home", language="en", home=True, url="/en", template="home"),
    BLOG,
    page("01.blog/01.tea", language="kk", parent=BLOG.key, dates=DAY, terms=TERMS, authors=("Nobody",),
         header={"excerpt": "Short", "teaser": "A teaser", "sticky": True, "pin": False},
         media=tuple(file.key for file in FILES)),
    page("01.blog/01.tea", language="en", parent=None, dates=DAY, terms=TERMS[:1]),
    page("01.blog/02.bare", language="kk", parent=BLOG.key, header={"pin": True}),
    page("02.hidden", language="kk", template="default", routable=False),
    page("03.past", language="kk", template="default", published=False, dates=PAST),
)
BODY = ('[youtube]https://www.youtube.com/watch?v=dQw4w9WgXcQ[/youtube]\n\n'
        '[owl-carousel]\n![A](a.jpg "One")\n![B](b.jpg)\n[/owl-carousel]\n')
SLIDES = {"shortcodes": {"owl-carousel": {"shortcode": "my/slides", "body": "slides"}}}
RULE = {"open": "<ul>", "slide": "<li>", "between": "-", "close": "</ul>"}


class Case(NamedTuple):
    """A key, what is set, and what stands there then; `given` is set in both."""

    key: str
    over: Any
    gains: str
    given: dict[str, Any] = {}  # noqa: RUF012  never changed


def kind(part: str, rule: dict[str, Any], gains: str) -> Case:
    """A first rule for pages, which would fit nothing without this part, or everything."""
    others = [{"templates": ["item"], "kind": "post"}]
    nothing = [{"routes": ["/blog/tea"], "kind": "post"}] if part in FORMS else []
    return Case(f"kinds[].{part}", [rule, *others], gains, {"wordpress": {"kinds": [*nothing, *others]}})


FORMS = ("kind", "format", "template", "comments", "category")
PAGE = "/blog/tea@kk: page"
CASES = [
    kind("templates", {"templates": ["it*"], "kind": "page"}, PAGE),
    kind("routes", {"routes": ["*/tea"], "kind": "page"}, PAGE),
    kind("parents", {"parents": ["blog"], "kind": "page"}, PAGE),
    kind("languages", {"languages": ["kk"], "kind": "page"}, PAGE),
    kind("dated", {"dated": True, "kind": "page"}, PAGE),
    kind("terms", {"terms": True, "kind": "page"}, PAGE),
    kind("kind", {"routes": ["/blog/tea"], "kind": "page"}, PAGE),
    kind("format", {"routes": ["/blog/tea"], "kind": "post", "format": "quote"}, "format: quote"),
    kind("template", {"routes": ["/hidden"], "kind": "page", "template": "wide"}, "template: wide"),
    kind("comments", {"routes": ["/blog/tea"], "kind": "post", "comments": "open"}, "comment_status: open"),
    kind("category", {"routes": ["/blog/bare"], "kind": "post", "category": "News"}, "name: News"),
    Case("statuses.hidden", "private", "/hidden@kk: page private"),
    Case("statuses.unlisted", "draft", "/hidden@kk: page draft", {"pages": {"unroutable": "unlisted"}}),
    Case("statuses.expired", "private", "/past@kk: page private"),
    Case("undated", "2020-01-31", "date_gmt: 2020-01-31T12:00:00"),
    Case("authors", {"Nobody": "max-weis"}, "author: 9"),
    Case("author", "max-weis", "author: 9"),
    Case("excerpt.keys", ["teaser"], "excerpt: A teaser"),
    Case("excerpt.divider", True, "excerpt: Before", {"wordpress": {"excerpt": {"keys": [], "divider": False}}}),
    Case("sticky", ["pin"], "/blog/bare@kk: post publish sticky"),
    Case("comments", "open", "comment_status: open"),
    Case("front", False, "no settings"),
    Case("posts_page", "none", "page_for_posts: 0"),
    Case("videos", "embed", "<!-- wp:embed"),
    Case("parents", {"category": {"Drinks": "All"}}, "name: All"),
    Case("media.attach", False, "post: None"),
    Case("media.accepted", ["png"], "uploads/grav/01.blog/01.tea/cup.jpg"),
    Case("media.further", ["svg"], "filename: logo.svg"),
    Case("media.place", "files", "https://new.example/files/01.blog/01.tea/logo.svg"),
    Case("languages.mode", "polylang", "lang: en"),
    Case("languages.sites", {"kk": "https://kk.example", "en": "https://new.example"}, "https://kk.example/tea/",
         {"wordpress": {"languages": {"mode": "separate", "sites": {"kk": "https://new.example", "en": "https://en.example"}}}}),
    Case("languages.category", "none", "name: Drinks · slug: drinks · parent: 0"),
    Case("languages.links", "top", '<p class="translations">'),
    Case("captions", "text", '<figcaption class="wp-element-caption">One</figcaption>'),
    Case("style", "inline", "<style>"),
    *(Case(f"blocks.NAME.{part}", {"my/slides": {**RULE, part: "<i>"}}, "<i>",
           {**SLIDES, "wordpress": {"blocks": {"my/slides": RULE}}}) for part in RULE),
]


def made(over: dict[str, Any]) -> str:
    """The whole small site as one text."""
    rules = mapping(**over)
    layout = laid(*SITE, media=FILES, languages=KAZAKH, over=over or {"version": 1},
                  facts=other(FACTS, templates=("wide",)))
    body = blocks(BODY, mapping=rules, options=options_of(rules.wordpress, modern=True, free=True))
    printer = Printer(layout)
    lines = [shown(body.text)]
    for document in layout.site.documents:
        for resource in printer.page(document, "text", summary="Before"):
            sticky = " sticky" if resource.fields.get("sticky") else ""
            lines.append(f"{document.key.removeprefix('document:')}: {resource.kind} {resource.fields['status']}{sticky}")
            lines += _fields(resource.fields)
    settings = render_settings(layout)
    for resource in (*render_terms(layout), *render_folders(layout), *layout.media_library.resources, *settings):
        lines += [" · ".join(_fields(resource.fields)), *_fields(resource.fields)]
    lines += [str(place.link) for place in layout.places.values()] + list(layout.media_urls.values())
    return shown("\n".join([*lines, *(() if settings else ("no settings",))]))


def _fields(fields: Any) -> list[str]:
    return [f"{name}: {value}" for name, value in fields.items()]


def nested(path: str, value: Any) -> dict[str, Any]:
    """`a.b` and 1 as {a: {b: 1}}."""
    first, _, rest = path.partition(".")
    return {first: nested(rest, value) if rest else value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.key}={str(case.over)[:40]}")
def test_a_key_does_something(case: Case) -> None:
    path = case.key.replace("[]", "").split(".NAME", maxsplit=1)[0]
    path = "kinds" if path.startswith("kinds") else path
    before, after = made(case.given), made(_deep(case.given, {"wordpress": nested(path, case.over)}))
    print(*unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""), sep="\n")
    assert case.gains in after
    assert case.gains not in before


def _deep(below: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """One mapping laid over another, however deep."""
    both = {name for name in below if isinstance(below[name], dict) and isinstance(over.get(name), dict)}
    return {**below, **over} | {name: _deep(below[name], over[name]) for name in both}


def test_each_key_has_a_case() -> None:
    section = {key.removeprefix("wordpress.") for key in keys(Mapping) if key.startswith("wordpress.")}
    assert {case.key for case in CASES} == section
