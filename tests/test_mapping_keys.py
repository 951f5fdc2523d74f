"""Each key of the mapping file does something: a small site comes out otherwise when the key is set."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from pydantic import BaseModel

from migrate.mappers.reference import _model_in
from migrate.mappers.tables import Mapping
from migrate.options import Options
from migrate.readers.grav.layout import locate
from migrate.screen import Nobody
from migrate.steps import Run, decided_site, mapping_for, wanted
from migrate.targets import TARGETS
from tests.grav_site import write
from tests.readers.grav_answers import PNG

NOW = datetime(2024, 1, 1, tzinfo=UTC)
CORE = {"config/plugins/shortcode-core.yaml": "enabled: true\n"}


class Case(NamedTuple):
    """A key, what is set, and what then stands in the project or no longer does.

    `body` and `header` make the page `02.x`; `files` are added to the site; `given` is in the mapping file anyway.
    """

    key: str
    over: dict[str, Any]
    gains: str = ""
    loses: str = ""
    header: str = ""
    body: str = "Text."
    files: dict[str, str] = {}  # noqa: RUF012  never changed
    given: dict[str, Any] = {}  # noqa: RUF012


def shortcode(key: str, rule: dict[str, Any], gains: str, body: str = '[zap size="1" color=red]Inner *text*[/zap]',
              **more: Any) -> Case:
    given = {"shortcodes": {"zap": {"keep": True}}}
    return Case(f"shortcodes.NAME.{key}", {"shortcodes": {"zap": rule}}, gains, body=body,
                **({"given": given, "files": CORE} | more))


def name(part: str, header: str, **more: Any) -> Case:
    return Case(f"frontmatter.names.{part}", {"frontmatter": {"names": {part: "params.zzz"}}}, "  zzz: ",
                header=header, **more)


TEMPLATES = {"templates": {"item": {"type": "post", "layout": "wide"}}}
PICTURE = {"pages/02.x/a.png": "", "pages/02.x/b.png": ""}
FRENCH = {"pages/02.x/item.fr.md": "---\ntitle: X\n---\n", "pages/03.y/item.fr.md": "---\ntitle: Y\n---\n",
          "pages/03.y/item.en.md": "---\ntitle: Y\n---\n"}
BLOG = {"pages/03.blog/blog.md": "---\ntitle: Blog\ncontent:\n  items: '@self.children'\n---\n",
        "pages/03.blog/post/item.md": "---\ntitle: Post\ntaxonomy:\n  tag: ['C#', news]\n---\n"}
SERIES = {"config/site.yaml": "title: S\ntaxonomies: [category, tag, series]\n"}
OPTION = {"shortcode": "zip", "others": "drop"}

CASES = [
    Case("source.timezone", {"source": {"timezone": "Asia/Almaty"}}, "2019-07-22T10:00:00+06:00",
         header="date: '2019-07-22 10:00'"),
    Case("source.environment", {"source": {"environment": "two.example"}}, '"Second"',
         files={"one.example/config/site.yaml": "title: First\n", "two.example/config/site.yaml": "title: Second\n"}),
    Case("source.languages", {"source": {"languages": ["fr", "en"]}}, 'defaultContentLanguage = "fr"', files=FRENCH),
    Case("source.languages", {"source": {"languages": []}}, "### content/_index.md", loses="### content/x.en.md", files=FRENCH),
    Case("source.plugins", {"source": {"plugins": {"markdown-notices": False}}}, "! Mind", body="! Mind the gap"),
    name("title", ""),
    name("menu", "menu: Short"),
    name("date", "date: '2019-07-22'"),
    name("published", "publish_date: '2019-07-22'"),
    name("modified", "modified: '2019-07-22'"),
    name("expires", "unpublish_date: '2039-07-22'"),
    name("draft", "published: false"),
    name("position", ""),
    name("type", "", given=TEMPLATES),
    name("layout", "", given=TEMPLATES),
    name("template", ""),
    name("authors", "author: Ann"),
    Case("frontmatter.names.metadata", {"frontmatter": {"names": {"metadata": "params.zzz"}}}, "\n  zzz:\n",
         header="metadata: {robots: noindex}"),
    name("featured", "", files=PICTURE),
    name("external_url", "external_url: https://example.org/"),
    name("visible", "visible: false"),
    Case("frontmatter.rename", {"frontmatter": {"rename": {"subtitle": "description"}}}, '\ndescription: "Sub"',
         header="subtitle: Sub"),
    Case("frontmatter.drop", {"frontmatter": {"drop": ["sub*"]}}, loses="Tail", header="subtitle: Tail"),
    Case("frontmatter.keep", {"frontmatter": {"keep": ["subtitle"]}}, "Tail", header="subtitle: Tail",
         given={"unknown": {"header": "drop"}}),
    Case("frontmatter.reserved", {"frontmatter": {"reserved": ["series"]}}, loses="\nseries:",
         header="taxonomy: {series: [one]}", files=SERIES),
    Case("frontmatter.reserved_params", {"frontmatter": {"reserved_params": ["subtitle"]}}, "header_subtitle:",
         header="subtitle: Tail"),
    Case("frontmatter.constant", {"frontmatter": {"constant": {"params.origin": "grav"}}}, 'origin: "grav"'),
    Case("frontmatter.template", {"frontmatter": {"template": {"params.byline": "By {subtitle}"}}}, "By Sub",
         header="subtitle: Sub"),
    Case("taxonomies.types", {"taxonomies": {"types": {"tag": "topics"}}}, "\ntopics:", header="taxonomy: {tag: [t]}"),
    Case("taxonomies.listed", {"taxonomies": {"listed": "drop"}}, loses="\nseries:",
         header="taxonomy: {series: [one]}", files=SERIES),
    Case("taxonomies.unlisted", {"taxonomies": {"unlisted": "taxonomy"}}, "\nseries:",
         header="taxonomy: {series: [one]}"),
    Case("taxonomies.from_headers", {"taxonomies": {"from_headers": {"keys": "tag"}}}, '\ntags: ["one"]',
         header="keys: [one]"),
    Case("taxonomies.rename", {"taxonomies": {"rename": {"tag": {"One": "two"}}}}, '\ntags: ["two"]',
         header="taxonomy: {tag: [One]}"),
    Case("taxonomies.slugs", {"taxonomies": {"slugs": {"tag": {"One": "first"}}}}, 'slug: "first"',
         header="taxonomy: {tag: [One]}"),
    Case("templates.NAME.section", {"templates": {"item": {"section": "posts"}}}, "### content/posts/x.md"),
    Case("templates.NAME.type", {"templates": {"it*": {"type": "post"}}}, '\ntype: "post"'),
    Case("templates.NAME.layout", {"templates": {"item": {"layout": "wide"}}}, '\nlayout: "wide"'),
    Case("dates.created", {"dates": {"created": ["event.start"]}}, "\ndate: 2019-07-22",
         header="event: {start: '22.07.2019'}"),
    Case("dates.published", {"dates": {"published": ["event.start"]}}, "\npublishDate: 2019-07-22",
         header="event: {start: '22.07.2019'}"),
    Case("dates.modified", {"dates": {"modified": ["updated"]}}, "\nlastmod: 2019-07-22",
         header="updated: 22 July 2019"),
    Case("dates.expires", {"dates": {"expires": ["event.end"]}}, "\nexpiryDate: 2039-07-22",
         header="event: {end: '2039-07-22'}"),
    Case("dates.formats", {"dates": {"formats": ["d/m/Y"]}}, "\ndate: 2019-02-01", header="date: 01/02/2019"),
    Case("dates.formats", {"dates": {"formats": ["d/m/Y"], "created": ["start"]}}, "\ndate: 2019-02-01",
         header="start: 01/02/2019", given={"dates": {"created": ["start"]}}),
    Case("languages.names.NAME.label", {"languages": {"names": {"fr": {"label": "Frz"}}}}, '"Frz"', files=FRENCH),
    Case("languages.names.NAME.locale", {"languages": {"names": {"fr": {"locale": "fr-CH"}}}}, '"fr-CH"', files=FRENCH),
    Case("languages.names.NAME.direction", {"languages": {"names": {"fr": {"direction": "rtl"}}}}, '"rtl"',
         files=FRENCH),
    Case("languages.names.NAME.title", {"languages": {"names": {"fr": {"title": "Titre"}}}}, '"Titre"', files=FRENCH),
    Case("languages.missing", {"languages": {"missing": "copy"}}, "### content/z.en.md",
         files=FRENCH | {"pages/04.z/item.fr.md": "---\ntitle: Z\n---\n"}),
    shortcode("html.open", {"html": {"open": '<b class="{color}">', "close": "</b>"}}, '<b class="red">'),
    shortcode("html.close", {"html": {"open": "<b>", "close": "</b> by {size}"}}, "</b> by 1"),
    shortcode("html.block", {"html": {"open": "<div>", "close": "</div>", "block": True}}, "<div>\n",
              body="Before\n\n[zap]\n\nInner\n\n[/zap]\n\nAfter"),
    shortcode("html.body", {"html": {"open": "<hr>", "body": "drop"}}, "<hr>", loses="Inner"),
    shortcode("shortcode", OPTION, "{{< zip"),
    shortcode("handler", {"handler": "raw"}, "Inner", loses="[zap"),
    shortcode("unwrap", {"unwrap": True}, "Inner", loses="[zap"),
    shortcode("drop", {"drop": True}, loses="Inner", gains=""),
    Case("shortcodes.NAME.keep", {"shortcodes": {"zap": {"keep": True}}}, "[zap]", body="A [zap]b[/zap]", files=CORE,
         given={"shortcodes": {"zap": {"unwrap": True}}}),
    shortcode("options.NAME.name", {**OPTION, "options": {"size": {"name": "width"}}}, 'width="1"'),
    shortcode("options.NAME.type", {**OPTION, "options": {"color": {"type": "boolean"}}}, "color=true",
              given={"shortcodes": {"zap": {**OPTION, "options": {"color": {}}}}}, body="[zap color=1 /]"),
    shortcode("options.NAME.default", {**OPTION, "options": {"gap": {"default": "9"}}}, 'gap="9"'),
    shortcode("options.NAME.implied", {**OPTION, "options": {"size": {"implied": "1"}}}, "", loses='size="1"',
              given={"shortcodes": {"zap": {**OPTION, "options": {"size": {}}}}}),
    shortcode("options.NAME.drop", {**OPTION, "others": "keep", "options": {"size": {"drop": True}}}, 'color="red"',
              loses="size"),
    shortcode("others", {"shortcode": "zip", "others": "keep"}, 'color="red"',
              given={"shortcodes": {"zap": OPTION}}),
    shortcode("body", {**OPTION, "body": "none"}, "{{< zip >}}", loses="{{< /zip", given={"shortcodes": {"zap": OPTION}}),
    shortcode("extract.from", {"html": {"open": "<i>{n}</i>", "body": "drop"},
                               "extract": {"from": "size", "pattern": r"(?P<n>\d)"}}, "<i>1</i>"),
    shortcode("extract.pattern", {"html": {"open": "<i>{n}</i>", "body": "drop"},
                                  "extract": {"from": "color", "pattern": "(?P<n>.)e"}}, "<i>r</i>"),
    shortcode("warn", {"unwrap": True, "warn": "No zapping any more"}, "No zapping any more"),
    shortcode("plugin", {"unwrap": True, "plugin": "zapper"}, "[zap", given={"shortcodes": {"zap": {"unwrap": True}}}),
    Case("images.featured.keys", {"images": {"featured": {"keys": ["hero"]}}}, '\nimages: ["b.png"]',
         header="hero: b.png", files=PICTURE),
    Case("images.featured.first", {"images": {"featured": {"first": False}}}, loses="\nimages:", files=PICTURE),
    Case("images.resize", {"images": {"resize": "attributes"}}, 'resize = "attributes"', body="![](a.png?resize=40,30)",
         files=PICTURE),
    Case("images.lightbox", {"images": {"lightbox": "drop"}}, 'lightbox = "drop"', body="![](a.png?lightbox)", files=PICTURE),
    Case("images.actions", {"images": {"actions": {"grayscale": "drop"}}}, 'grayscale = "drop"', body="![](a.png?grayscale)",
         files=PICTURE),
    Case("images.loading", {"images": {"loading": "eager"}}, "eager", body="![](a.png)", files=PICTURE),
    Case("links.broken", {"links": {"broken": "text"}}, "Go there", body="Go [there](../nowhere)"),
    Case("links.external", {"links": {"external": {"rel": "noopener"}}}, "noopener", body="[a](https://example.org/)"),
    Case("html", {"html": "markdown"}, "**bold**", body="<p>A <strong>bold</strong> word</p>"),
    Case("addresses.keep", {"addresses": {"keep": False}}, loses='url: "/other/"', header="slug: other"),
    Case("addresses.trailing_slash", {"addresses": {"trailing_slash": False}}, "[y](/y)", loses="[y](/y/)",
         body="[y](/y)", files={"pages/03.y/item.md": "---\ntitle: Y\n---\n"}),
    Case("addresses.overrides[].old", {"addresses": {"overrides": [{"old": "/x", "new": "/w"}]}}, "/x /w/ 301"),
    Case("addresses.overrides[].new", {"addresses": {"overrides": [{"old": "/*", "new": "/w/*"}]}}, "/x /w/x/ 301"),
    Case("addresses.aliases", {"addresses": {"aliases": False}}, loses="\naliases:",
         header="routes: {aliases: [/old]}"),
    Case("addresses.redirects_file", {"addresses": {"redirects_file": False}}, loses="### static/_redirects",
         header="routes: {aliases: [/old]}"),
    Case("addresses.taxonomy_filters", {"addresses": {"taxonomy_filters": False}}, loses="/blog/tag:news", files=BLOG),
    Case("addresses.feed", {"addresses": {"feed": "/rss.xml"}}, "/blog.rss /rss.xml 301",
         files={**BLOG, "config/plugins/feed.yaml": "enabled: true\n"}),
    Case("menus.name", {"menus": {"name": "side"}}, "menus.side"),
    Case("menus.depth", {"menus": {"depth": 2}}, "parent =", files={"pages/02.x/01.below/item.md": "---\ntitle: B\n---\n"}),
    Case("pages.unpublished", {"pages": {"unpublished": "skip"}}, loses="### content/x.md", header="published: false"),
    Case("pages.unroutable", {"pages": {"unroutable": "skip"}}, loses="### content/x.md", header="routable: false"),
    Case("pages.protected", {"pages": {"protected": "skip"}}, loses="### content/x.md",
         header="access: {site.login: true}"),
    Case("pages.redirecting", {"pages": {"redirecting": "page"}}, loses="redirect:", header="redirect: /home"),
    Case("pages.hidden_fields", {"pages": {"hidden_fields": {"params.gone": True}}}, "gone: true",
         header="routable: false"),
    Case("pages.unlisted_fields", {"pages": {"unlisted_fields": {"params.quiet": True}}}, "quiet: true",
         header="routable: false", given={"pages": {"unroutable": "unlisted"}}),
    Case("pages.redirect_fields", {"pages": {"redirect_fields": {"layout": "leads"}}}, 'layout: "leads"',
         header="redirect: /home"),
    Case("pages.redirect_key", {"pages": {"redirect_key": "params.whereto"}}, "whereto:", header="redirect: /home"),
    Case("unknown.shortcode", {"unknown": {"shortcode": "unwrap"}}, "Only the body", body="[anchor]Only the body[/anchor]",
         loses="\n[anchor]Only", files=CORE | {"config/plugins/page-toc.yaml": "enabled: true\n"}),
    Case("unknown.twig", {"unknown": {"twig": "drop"}}, loses="\nA {{ random", header="process: {twig: true}",
         body="A {{ random_string(5) }} B"),
    Case("unknown.header", {"unknown": {"header": "drop"}}, loses='"Sub"', header="subtitle: Sub"),
    Case("output.front_matter", {"output": {"front_matter": "toml"}}, '+++\ntitle = "X"'),
    Case("output.theme", {"output": {"theme": "ananke"}}, 'theme = "ananke"', loses="### layouts/baseof.html"),
    Case("output.base_url", {"output": {"base_url": "https://new.example/"}}, 'baseURL = "https://new.example/"'),
    Case("output.config", {"output": {"config": {"enableEmoji": True}}}, "enableEmoji = true"),
]


def made(place: Path, case: Case, mapping: dict[str, Any]) -> str:
    """The whole project as one text: each file under its name, and all findings."""
    files = {"config/site.yaml": "title: S\n", "pages/01.home/default.md": "---\ntitle: Home\n---\nHello.\n",
             "pages/02.x/item.md": f"---\ntitle: X\n{case.header}\n---\n{case.body}\n"} | case.files
    if case.files.keys() & FRENCH:
        files["pages/02.x/item.en.md"] = files.pop("pages/02.x/item.md")
    for path, text in files.items():
        write(place / "user" / path, text)
        if path.endswith(".png"):
            (place / "user" / path).write_bytes(PNG)
    write(place / "my.yaml", yaml.safe_dump(mapping))
    return project(place)


def project(place: Path) -> str:
    options = Options(source=str(place / "user"), out=str(place / "out"), mapping=str(place / "my.yaml"), jobs=1)
    run = Run(options, locate(options.source), mapping_for(options), Nobody(), NOW, TARGETS["hugo"](options))
    workshop = run.target.workshop(decided_site(run), run.mapping)
    parts = [*workshop.findings, *workshop.site.findings]
    for batch in wanted(run, workshop):
        parts += [f"### {file.natural_key}\n{'' if file.kind == 'layout' else file.fields.get('text', '')}"
                  for file in batch.resources]
        parts += [finding for page in batch.pages for finding in page.findings]
    parts += [finding for document in workshop.site.documents for finding in document.findings]
    return "\n".join(part if isinstance(part, str) else f"{part.code} {part.message}" for part in parts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.key}={str(case.over)[:60]}")
def test_a_key_does_something(case: Case, tmp_path: Path) -> None:
    before = made(tmp_path / "before", case, case.given)
    after = made(tmp_path / "after", case, together(case.given, case.over))
    print(*unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm=""), sep="\n")
    assert before != after
    if case.gains:
        assert case.gains in after
        assert case.gains not in before or case.loses
    if case.loses:
        assert case.loses in before
        assert case.loses not in after


def together(below: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """One mapping laid over another; a shortcode's rule is replaced."""
    if "shortcodes" in over:
        return {**below, **over}
    return {key: {**below.get(key, {}), **over[key]} if isinstance(over.get(key), dict) else
            over.get(key, below.get(key)) for key in {*below, *over}}


def keys(model: type[BaseModel], path: str = "") -> set[str]:
    """Every key that holds no further keys."""
    found = set()
    for key, field in model.model_fields.items():
        inner, form = _model_in(field.annotation)
        here = f"{path}{field.alias or key}"
        found |= keys(inner, f"{here}{form}.") if inner else {here}
    return found


def test_each_key_has_a_case() -> None:
    """Those of the section `wordpress` are at home in tests/wordpress/test_mapping_keys.py."""
    of_hugo = {key for key in keys(Mapping) if not key.startswith("wordpress.")}
    assert {case.key for case in CASES} == of_hugo - {"version"}
