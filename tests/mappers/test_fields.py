"""Front matter from headers: cases, and that nothing is lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.mappers import map_site
from migrate.mappers.fields import TAKEN
from migrate.mappers.tables import matches
from migrate.mappers.values import found_at, plain, without
from migrate.model.document import Dates, Document
from tests.mappers.sites import HUGO, codes, mapping, page, site

CASES = yaml.safe_load((Path(__file__).parent / "cases/fields.yaml").read_text("utf-8"))


def decided(document: Document, **over: Any) -> Document:
    over = {"images": {"featured": {"keys": []}}, **over}
    return map_site(site(document), mapping(**over)).documents[0]


def document_of(case: dict[str, Any]) -> Document:
    fields = dict(case.get("page", {}))
    if "dates" in fields:
        fields["dates"] = Dates(**fields["dates"])
    for name in ("authors",):
        fields[name] = tuple(fields.get(name, ()))
    return page("news", title="News", header=case.get("header", {}), **fields)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_front_matter(case: dict[str, Any]) -> None:
    document = decided(document_of(case), **case.get("mapping", {}))
    fields = dict(document.fields)
    params = {key: value for key, value in fields.pop("params", {}).items() if key != "template"}
    assert fields | ({"params": params} if params else {}) == case["fields"]
    assert codes(document) == case.get("findings", [])


def test_the_template_is_remembered() -> None:
    assert decided(page("news", template="blog")).fields["params"] == {"template": "blog"}


MODULE_HEADERS: list[tuple[dict[str, Any], str]] = [
    ({"features": [{"header": "Fast", "icon": "bolt", "url": "/a b"}]}, "features"),
    ({"features": [{"icon": "bolt", "url": "/x", "image": "My photo.jpg"}]}, ""),
    ({"slogan": "All of it", "big": "Yes", "body_classes": "wide dark", "image_align": "left side"}, "slogan"),
    ({"buttons": [{"text": "Go", "primary": True}], "slogan": "One two"}, "buttons, slogan"),
    ({"hero": {"lines": ["a b", "Read this"]}, "media_order": "my photo.jpg", "colors": "light blue"}, "hero"),
    ({"width": 3, "dates": ["2020-01-01 10:00"], "path": "a/b/c"}, ""),
]


@pytest.mark.parametrize(("header", "keys"), MODULE_HEADERS)
def test_texts_that_a_theme_showed_from_the_header_of_a_module_are_told_of(header: dict[str, Any], keys: str) -> None:
    module = page("01.home/_part", modular=True, header=header)
    shown = map_site(site(page("01.home", modules=(module.key,)), module), mapping()).documents[1]
    assert [finding.message for finding in shown.findings if finding.code == "G306"] == (
        [f"texts in this module's header ({keys}), which the old theme could show, are not on the new page"] if keys else [])
    assert "G306" not in codes(map_site(site(page("01.home"), module), mapping()).documents[1])   # nobody saw it


def test_params_come_last() -> None:
    about = {"description": "x"}
    document = decided(page("news", header={"zeta": 1, "metadata": about}, metadata=about))
    assert list(document.fields)[-1] == "params"


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8)
HEADERS = st.dictionaries(st.text(min_size=1, max_size=8) | st.sampled_from(["tags", "author", "hero", "metadata"]),
                          VALUES, max_size=6)


@given(HEADERS)
def test_every_key_of_a_header_is_somewhere(header: dict[str, Any]) -> None:
    document = decided(page("news", header=header))
    params = {key.lower() for key in document.fields.get("params", {})}
    said = " ".join(finding.message for finding in document.findings)
    for key, value in header.items():
        taken = key in TAKEN or matches(HUGO.frontmatter.drop, key) or value is None
        renamed = any(path.split(".")[0] == key for path in HUGO.frontmatter.rename)
        assert taken or renamed or key.lower() in params or f"header_{key.lower()}" in params or key in said


@given(VALUES)
def test_values_fit_every_format(value: Any) -> None:
    def fits(item: Any) -> bool:
        if isinstance(item, dict):
            return all(isinstance(key, str) and inner is not None and fits(inner) for key, inner in item.items())
        if isinstance(item, list):
            return all(inner is not None and fits(inner) for inner in item)
        return item is None or isinstance(item, str | bool | int | float)

    assert fits(plain(value))
    assert plain(plain(value)) == plain(value)


def test_values_may_be_deep() -> None:
    value: Any = "x"
    for _ in range(500):
        value = [value]
    plain(value)


@pytest.mark.parametrize(("tree", "path", "value", "rest"), [
    ({"a": {"b": 1, "c": 2}}, ("a", "b"), 1, {"a": {"c": 2}}),
    ({"a": {"b": 1}}, ("a", "b"), 1, None),
    ({"a": 1}, ("a",), 1, None),
    ({"a.b": 1, "c": 2}, ("a", "b"), 1, {"c": 2}),
    ({"a": {"b.c": 1}}, ("a", "b", "c"), 1, None),
    ({"a": 1}, ("x",), None, {"a": 1}),
    ({"a": 1}, ("a", "b"), None, {"a": 1}),
    ("text", ("a",), None, "text"),
])
def test_header_paths(tree: Any, path: tuple[str, ...], value: Any, rest: Any) -> None:
    assert found_at(tree, path) == value
    assert without(tree, path) == rest


# Weights


def weights(*documents: Document) -> dict[str, int]:
    found = map_site(site(*documents), HUGO).documents
    return {document.folder: document.fields["weight"] for document in found if "weight" in document.fields}


def test_numbered_siblings_have_weights_from_one() -> None:
    assert weights(page("01.a", position=0), page("02.b", position=1), page("c", position=2)) == {
        "01.a": 1, "02.b": 2, "c": 3}


def test_unnumbered_siblings_have_none() -> None:
    assert weights(page("a", position=0), page("b", position=1)) == {}


@pytest.mark.parametrize(("order", "expected"), [
    ({"by": "date", "dir": "desc"}, {}),
    ({"by": "folder", "dir": "desc"}, {"blog/01.a": 3, "blog/02.b": 2, "blog/03.c": 1}),
    ({"by": "default", "custom": ["c", "a"]}, {"blog/01.a": 2, "blog/02.b": 3, "blog/03.c": 1}),
    ("nonsense", {"blog/01.a": 1, "blog/02.b": 2, "blog/03.c": 3}),
])
def test_the_page_above_decides_the_order(order: Any, expected: dict[str, int]) -> None:
    above = page("blog", header={"content": {"items": "@self.children", "order": order}})
    children = [page(f"blog/0{place + 1}.{name}", position=place) for place, name in enumerate("abc")]
    assert weights(above, *children) == expected


def test_languages_have_weights_of_their_own() -> None:
    found = weights(page("01.a", language="en", position=0), page("02.b", language="en", position=1),
                    page("02.c", language="fr", position=0))
    assert found == {"01.a": 1, "02.b": 2, "02.c": 1}


# Dates


def read_date(value: Any, _: object) -> datetime | None:
    try:
        return datetime.strptime(f"{value} +0000", "%d/%m/%Y %z")
    except ValueError:
        return None


def dated(header: dict[str, Any], *keys: str, **dates: Any) -> Document:
    over = mapping(dates={"created": list(keys), **dates})
    return map_site(site(page("news", header=header)), over, read_date).documents[0]


def test_a_date_comes_from_the_key_that_the_mapping_names() -> None:
    document = dated({"event": {"start": "22/07/2019"}}, "event.start", "date")
    assert str(document.fields["date"]) == "2019-07-22 00:00:00+00:00"


def test_the_first_key_that_can_be_read_counts() -> None:
    document = dated({"event": {"start": "soon"}, "updated": "01/02/2020"}, "event.start", "updated")
    assert str(document.fields["date"]) == "2020-02-01 00:00:00+00:00"


def test_a_date_that_cannot_be_read_is_a_finding() -> None:
    document = dated({"event": {"start": "soon"}}, "event.start")
    assert "date" not in document.fields
    assert codes(document) == ["G304"]


def test_the_sources_own_dates_can_change_places() -> None:
    one, other = datetime.fromisoformat("2019-02-01T00:00+00:00"), datetime.fromisoformat("2020-02-01T00:00+00:00")
    there = site(page("news", dates=Dates(created=one, modified=other)))
    assert map_site(there, mapping(dates={"created": ["modified"], "modified": []})).documents[0].fields["date"] == other
    assert map_site(there, mapping()).documents[0].fields["date"] == one


def test_without_a_parser_iso_dates_are_understood() -> None:
    over = mapping(dates={"created": ["event.start"]})
    there = site(page("news", header={"event": {"start": "2019-07-22 10:00"}}), timezone="Asia/Almaty")
    assert map_site(there, over).documents[0].fields["date"].isoformat() == "2019-07-22T10:00:00+06:00"
