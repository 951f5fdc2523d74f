"""Terms → taxonomies, and the last parts of their addresses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from migrate.mappers import map_site
from migrate.mappers.taxonomies import slug_of
from migrate.model.document import Document, Term
from migrate.model.site import Site
from tests.mappers.sites import ENGLISH_FIRST, HUGO, codes, mapping, page, site


def termed(folder: str, *terms: tuple[str, str], **fields: Any) -> Document:
    return page(folder, terms=tuple(Term(*term) for term in terms), **fields)


def decided(*documents: Document, over: dict[str, Any] | None = None, **fields: Any) -> Site:
    return map_site(site(*documents, **fields), mapping(**(over or {})))


def test_categories_and_tags() -> None:
    found = decided(termed("a", ("category", "News"), ("tag", "x"), ("tag", "Grav CMS")))
    fields = found.documents[0].fields
    assert (fields["categories"], fields["tags"]) == (["News"], ["x", "Grav CMS"])
    assert found.taxonomy_names == {"category": "categories", "tag": "tags"}
    assert [(term.taxonomy, term.name, term.slug, term.address) for term in found.terms] == [
        ("categories", "categories", "", "/categories/"), ("categories", "News", "news", "/categories/news/"),
        ("tags", "tags", "", "/tags/"), ("tags", "Grav CMS", "grav-cms", "/tags/grav-cms/"),
        ("tags", "x", "x", "/tags/x/")]


def test_types_that_the_site_declares_are_taxonomies_too() -> None:
    found = decided(termed("a", ("month", "May")), taxonomies=("category", "month"))
    assert found.documents[0].fields["month"] == ["May"]
    assert found.taxonomy_names["month"] == "month"


@pytest.mark.parametrize(("policy", "fields", "finding"), [
    ("params", {"taxonomy": {"service": ["x", "y"]}}, "G310"), ("drop", {}, "G315"), ("taxonomy", {}, None)])
def test_types_that_only_headers_name(policy: str, fields: dict[str, Any], finding: str | None) -> None:
    over = {"taxonomies": {"unlisted": policy}}
    found = decided(termed("a", ("service", "x"), ("service", "y"), template=""), over=over)
    params = dict(found.documents[0].fields.get("params", {}))
    assert params == fields
    assert codes(found) == ([finding] if finding else [])
    assert ("service" in found.documents[0].fields) is (policy == "taxonomy")


def test_a_name_that_front_matter_uses_otherwise() -> None:
    found = decided(termed("a", ("type", "x")), taxonomies=("type",))
    assert found.documents[0].fields["type_terms"] == ["x"]
    assert codes(found) == ["G312"]


def test_terms_are_renamed_and_may_fall_together() -> None:
    over = {"taxonomies": {"rename": {"tag": {"grav": "Grav", "old": "Grav"}}, "slugs": {"tag": {"Grav": "grav-cms"}}}}
    found = decided(termed("a", ("tag", "grav")), termed("b", ("tag", "old")), over=over)
    assert [document.fields["tags"] for document in found.documents] == [["Grav"], ["Grav"]]
    assert [term.address for term in found.terms if term.slug] == ["/tags/grav-cms/"]


def test_terms_from_header_keys() -> None:
    over = {"taxonomies": {"from_headers": {"tags": "tag", "meta.topics": "category"}}}
    found = decided(page("a", header={"tags": "x, y", "meta": {"topics": ["z"]}}), over=over)
    assert found.documents[0].fields["tags"] == ["x", "y"]
    assert found.documents[0].fields["categories"] == ["z"]


def test_capitals_are_the_authors_business() -> None:
    found = decided(termed("a", ("tag", "Blog")), termed("b", ("tag", "blog")), termed("c", ("tag", "blog")))
    assert [document.fields["tags"] for document in found.documents] == [["Blog"], ["blog"], ["blog"]]
    assert [term.name for term in found.terms if term.slug] == ["blog"]
    assert codes(found) == []


def test_names_with_one_address_are_one_term() -> None:
    found = decided(termed("a", ("tag", "a,b")), termed("b", ("tag", "a:b")), termed("c", ("tag", "a:b")))
    assert [document.fields["tags"] for document in found.documents] == [["a:b"], ["a:b"], ["a:b"]]
    assert codes(found) == ["G313"]


def test_terms_without_a_letter_are_kept_aside() -> None:
    found = decided(termed("a", ("tag", "🎉"), ("tag", "x"), ("tag", " "), ("tag", ""), template=""))
    assert found.documents[0].fields["tags"] == ["x"]
    assert found.documents[0].fields["params"]["taxonomy"] == {"tag": ["🎉"]}
    assert codes(found.documents[0]) == ["G311"]


def test_terms_know_their_languages() -> None:
    found = decided(termed("a", ("tag", "x"), language="en"), termed("b", ("tag", "x"), language="fr"),
                    termed("c", ("tag", "y"), language="fr"), languages=ENGLISH_FIRST)
    assert {term.slug: term.languages for term in found.terms} == {"": ("en", "fr"), "x": ("en", "fr"), "y": ("fr",)}


@pytest.mark.parametrize("folder", ["tags", "tags/news"])
def test_a_page_at_the_address_of_a_taxonomy_keeps_it(folder: str) -> None:
    found = decided(page(folder), termed("a", ("tag", "x")))
    assert found.documents[0].address == f"/{folder}/"
    assert [term.address for term in found.terms if term.taxonomy == "tags"] == ["/tags-terms/", "/tags-terms/x/"]
    assert codes(found) == ["G314"]


NAMES = ["Go Lang", "C++", "a/b", "новости", "Été", "50%", "what?", "it's", "(p)", "a & b", "a.b", "@x", "#h", "x  y",
         "日本 語", "Тест Жаңа", "a_b", "~t", "-lead-", "a+b c", "naïve", "и́"]


@pytest.mark.hugo
def test_addresses_of_terms_are_those_that_hugo_makes(hugo: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text('baseURL = "https://example.org/"\n[taxonomies]\ntag = "tags"\n')
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\ntags: {NAMES!r}\n---\n", encoding="utf-8")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/all.html").write_text("{{ .Title }}")
    subprocess.run([hugo, "--quiet", "--source", str(tmp_path)], check=True)
    lists = tmp_path / "public/tags"
    made = {path.parent.relative_to(lists).as_posix() for path in lists.glob("**/index.html")}
    assert {slug_of(name) for name in NAMES} == made - {"."}


def test_slugs_hold_nothing_that_an_address_cannot_hold() -> None:
    for code in range(0x250):
        assert re.fullmatch(r"[^\x00-\x20?%&:\\]*", slug_of(f"a{chr(code)}b"))


def test_the_default_mapping_reserves_what_hugo_reserves() -> None:
    assert {"title", "type", "date", "url", "aliases"} <= set(HUGO.frontmatter.reserved)
