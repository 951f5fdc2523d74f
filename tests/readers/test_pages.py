"""What a page says about itself: every kind of value in its header, and the findings on the odd ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrate.model.document import Document, Term
from migrate.readers.grav.header import body_of, read_page_text
from migrate.readers.grav.values import as_bool, as_list, as_text, merged, texts
from tests.readers.grav_files import codes, page, read_files


def one(place: Path, header: str, body: str = "", **files: str) -> tuple[Document, set[str]]:
    """The document and the codes of a site of one page."""
    more = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    site = read_files(place, {"pages/home/item.md": f"---\n{header}\n---\n{body}"} | more)
    return page(site, "home"), codes(site)


@pytest.mark.parametrize(("header", "title", "menu", "code"), [
    ("title: ' padded '", "padded", "padded", None),
    ("title: 2014\nmenu: Short", "2014", "Short", None),
    ("title: 1.10", "1.1", "1.1", None),
    ("title: true", "1", "1", None),
    ("title: '0'", "Home", "Home", None),
    ("title: ''", "Home", "Home", None),
    ("other: x", "Home", "Home", None),
    ("title: [a, b]", "a, b", "a, b", "G140"),
    ("title: {a: b}", "b", "b", "G140"),
])
def test_title(header: str, title: str, menu: str, code: str | None, tmp_path: Path) -> None:
    document, found = one(tmp_path, header)
    assert (document.title, document.menu) == (title, menu)
    assert (code in found) if code else not found & {"G140"}


@pytest.mark.parametrize(("header", "terms", "code"), [
    ("taxonomy: {tag: [a, 2019, true], category: news}", "tag:a tag:2019 tag:1 category:news", None),
    ("taxonomy: {tag: 'a, b'}", "tag:a, b", None),
    ("taxonomy: {tag: [a, a, A]}", "tag:a tag:A", None),
    ("taxonomy: {tag: {x: y, z: [w]}}", "tag:y tag:w", "G143"),
    ("taxonomy: {tag: ['', ' ']}", "", None),
    ("taxonomy: {tag: null}", "", None),
    ("taxonomy: foo", "", "G142"),
    ("taxonomy: {other: x, tags: [y]}", "other:x tags:y", None),
])
def test_terms(header: str, terms: str, code: str | None, tmp_path: Path) -> None:
    document, found = one(tmp_path, header)
    assert " ".join(f"{term.taxonomy}:{term.name}" for term in document.terms) == terms
    assert (code in found) if code else not found & {"G142", "G143"}


@pytest.mark.parametrize(("header", "authors"), [
    ("author: Ann", ("Ann",)),
    ("author: [Ann, Bo, Ann]", ("Ann", "Bo")),
    ("author: {name: Ann, email: a@b.c}", ("Ann",)),
    ("author: [{name: Ann}, Bo]", ("Ann", "Bo")),
    ("author: boss", ("Karl Boss",)),
    ("taxonomy: {author: [Cy]}", ("Cy",)),
    ("metadata: {author: Di}", ("Di",)),
    ("author: ''\nmetadata: {author: Di}", ("Di",)),
    ("title: x", ()),
])
def test_authors(header: str, authors: tuple[str, ...], tmp_path: Path) -> None:
    document, _ = one(tmp_path, header, accounts__boss="fullname: Karl Boss\nemail: k@b.c\n")
    assert document.authors == authors


def test_metadata_is_flat_and_frontmatter_yaml_lies_under_the_header(tmp_path: Path) -> None:
    document, found = one(tmp_path, "metadata: {Description: D, twitter: {card: c}, empty: ''}\ntags: x",
                          pages__home__frontmatter="title: From file\nmetadata: {keywords: [a, b], description: no}\n")
    assert document.metadata == {"keywords": "a, b", "description": "D", "twitter:card": "c"} or \
        document.metadata["twitter:card"] == "c"
    assert document.title == "From file"
    assert one(tmp_path / "wrong", "metadata: x")[1] >= {"G140"}
    assert "G140" not in found


@pytest.mark.parametrize(("header", "published", "draft", "code"), [
    ("published: false", False, True, None),
    ("published: 0", False, True, None),
    ("published: ''", False, True, None),
    ("published: 'no'", True, False, "G141"),
    ("published: off", True, False, "G141"),
    ("published: null", True, False, None),
    ("publish_date: '01-01-2099'", False, False, None),
    ("unpublish_date: '01-01-2020'", False, False, None),
    ("published: true\npublish_date: '01-01-2099'", True, False, None),
    ("date: '01-01-2099'", True, False, None),
])
def test_published(header: str, published: bool, draft: bool, code: str | None, tmp_path: Path) -> None:
    document, found = one(tmp_path, header)
    assert (document.published, document.draft, document.routable) == (published, draft, published)
    assert ("G141" in found) == (code == "G141")


def test_publish_dates_can_be_switched_off(tmp_path: Path) -> None:
    document, _ = one(tmp_path, "publish_date: '01-01-2099'", config__system="pages: {publish_dates: false}\n")
    assert document.published


@pytest.mark.parametrize(("header", "fields"), [
    ("summary: {enabled: false}", {"enabled": False, "size": 140}),
    ("summary: {format: long, size: '20'}", {"format": "long", "size": 20}),
    ("summary: {size: -1, delimiter: '+++'}", {"size": 300, "delimiter": "==="}),
    ("summary: x", {"size": 140}),
])
def test_summary(header: str, fields: dict[str, Any], tmp_path: Path) -> None:
    document, _ = one(tmp_path, header, config__site="summary: {size: 140}\n")
    assert {name: getattr(document.summary, name) for name in fields} == fields


@pytest.mark.parametrize(("header", "fields"), [
    ("process: {twig: true}", {"markdown": True, "twig": True}),
    ("process: {markdown: false}", {"markdown": False, "twig": False}),
    ("markdown: {extra: true, auto_line_breaks: 1, auto_url_links: 'yes'}",
     {"extra": True, "auto_line_breaks": True, "auto_url_links": True}),
    ("markdown_extra: true", {"extra": False}),
    ("twig_first: true", {"twig_first": True}),
    ("markdown: {valid_link_attributes: [rel]}", {"link_attributes": frozenset({"rel"})}),
])
def test_dialect(header: str, fields: dict[str, Any], tmp_path: Path) -> None:
    document, _ = one(tmp_path, header)
    assert {name: getattr(document.dialect, name) for name in fields} == fields


@pytest.mark.parametrize(("header", "code", "field", "value"), [
    ("slug: ../../etc", "G144", "route", "/"),
    ("slug: 'a\\b'", "G144", "slug", "home"),
    ("routes: {default: /../x, aliases: [/a/../../b, /fine]}", "G144", "aliases", ("/fine", "/home")),
    ("routes: text", "G140", "route", "/"),
    ("routes: {aliases: /single}", "G140", "aliases", ("/home", "/single")),
    ("access: {site.login: true}", "G153", "published", True),
])
def test_headers_that_need_a_word(header: str, code: str, field: str, value: Any, tmp_path: Path) -> None:
    document, found = one(tmp_path, header)
    assert code in found
    assert getattr(document, field) == value


def test_twig_in_a_header_is_said_where_grav_would_run_it(tmp_path: Path) -> None:
    assert "G145" not in one(tmp_path / "off", "title: '{{ site.title }}'")[1]
    assert "G145" in one(tmp_path / "on", "title: '{{ site.title }}'",
                         config__system="pages: {frontmatter: {process_twig: true}}\n")[1]


def test_findings_name_the_line_of_their_key(tmp_path: Path) -> None:
    document, _ = one(tmp_path, "title: T\ntags: x\ntaxonomy: foo")
    assert [(finding.code, finding.line, finding.subject) for finding in document.findings
            if finding.code == "G142"] == [("G142", 4, "home/item.md")]


@pytest.mark.parametrize("text", ["---\ntitle: T\n---\n\nbody\n", "no header", "\n\n---\na: b\n---\nx", "---\nopen", "",
                                  "\ufeff---\r\na: b\r\n---\r\nc",
                                  "---\n---\nx", "---\na: [\n---\nbody"])
def test_the_body_alone_is_the_body(text: str) -> None:
    assert body_of(text.encode()) == read_page_text(text.encode()).body


def test_deep_headers_are_no_recursion(tmp_path: Path) -> None:
    depth = 3000
    nested = f"{'[' * depth}x{']' * depth}"
    document, _ = one(tmp_path, f"title: T\ntaxonomy: {{tag: {nested}}}\nmetadata: {'{a: ' * depth}x")
    assert document.route == "/"


@pytest.mark.parametrize(("value", "text", "truth", "items"), [
    (None, None, False, []), ("", "", False, [""]), ("0", "0", False, ["0"]), ("no", "no", True, ["no"]),
    (0, "0", False, [0]), (False, "", False, [False]), (True, "1", True, [True]), (1000.0, "1000", True, [1000.0]),
    (1.5, "1.5", True, [1.5]), ([], None, False, []), ({"a": 1}, None, True, [1]), (["x", "y"], None, True, ["x", "y"]),
])
def test_values_are_read_as_php_reads_them(value: Any, text: str | None, truth: bool, items: list[Any]) -> None:
    assert (as_text(value), as_bool(value), as_list(value)) == (text, truth, items)


def test_maps_merge_deeply_and_lists_by_position() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "l": [1, 2, 3]}, {"a": {"c": 3}, "l": [9]}) == {
        "a": {"b": 1, "c": 3}, "l": [9, 2, 3]}
    assert texts({"a": ["x", {"b": 2}], "c": None}) == ("x", "2")
    assert Term("tag", "a") == Term("tag", "a")


@pytest.mark.parametrize(("body", "wanted"), [
    (b"Arti\fcial", "Arti cial"),
    (b"one\f\f\ntwo", "one\ntwo"),
    (b"\fone \f two", "one  two"),
    (b"a\n\f\nb\x0b", "a\n\nb"),
])
def test_a_form_feed_between_words_is_a_blank(body: bytes, wanted: str) -> None:
    assert read_page_text(b"---\ntitle: x\n---\n" + body).body == wanted
