"""The picture that stands for a page."""

from __future__ import annotations

from typing import Any

import pytest

from migrate.mappers import map_site
from migrate.model.document import Document, Key
from migrate.model.site import Media
from tests.mappers.sites import codes, mapping, page, site

FILES = {Key(f"media:{path}"): Media(key=Key(f"media:{path}"), path=f"/{path}", folder=path.rpartition("/")[0],
                                     name=path.rpartition("/")[2], kind=kind)
         for path, kind in [("02.blog/a.jpg", "image"), ("02.blog/b c.png", "image"), ("02.blog/v.svg", "vector"),
                            ("02.blog/d.pdf", "file"), ("03.other/x.jpg", "image"), ("user:images/u.png", "image")]}
MEDIA = tuple(Key(f"media:02.blog/{name}") for name in ("d.pdf", "v.svg", "b c.png", "a.jpg"))


def featured(header: dict[str, Any], keys: list[str], *, first: bool = False, **fields: Any) -> Document:
    over = mapping(images={"featured": {"keys": keys, "first": first}})
    return map_site(site(page("02.blog", header=header, media=MEDIA, **fields), media=FILES), over).documents[0]


@pytest.mark.parametrize(("value", "expected"), [
    ("a.jpg", "02.blog/a.jpg"), ("./a.jpg", "02.blog/a.jpg"), ("b%20c.png", "02.blog/b c.png"),
    ("a.jpg?cropResize=10,10", "02.blog/a.jpg"), ("v.svg", "02.blog/v.svg"),
    ("image://u.png", "user:images/u.png"), ("user://images/u.png", "user:images/u.png"),
    ("/user/images/u.png", "user:images/u.png"), ("page://03.other/x.jpg", "03.other/x.jpg"),
    ("/user/pages/03.other/x.jpg", "03.other/x.jpg"), ("/03.other/x.jpg", "03.other/x.jpg"),
    ("https://e.org/user/pages/03.other/x.jpg", "03.other/x.jpg"), ("//e.org/g/user/images/u.png?1", "user:images/u.png"),
    ({"file": "a.jpg"}, "02.blog/a.jpg"), ({"enabled": "1", "src": "a.jpg"}, "02.blog/a.jpg"),
    ({"user/pages/02.blog/a.jpg": {"name": "a.jpg", "size": 3}}, "02.blog/a.jpg"),
    (["a.jpg", "v.svg"], "02.blog/a.jpg"),
])
def test_a_header_key_names_it(value: Any, expected: str) -> None:
    found = featured({"hero": value}, ["other", "hero"])
    assert found.featured == f"media:{expected}"
    assert codes(found) == []


@pytest.mark.parametrize("value", [
    None, True, False, 3, "", "just words", "d.pdf", "https://e.org/x.jpg", "https://e.org/user/pages/no.jpg",
    {"enabled": "1"},
    {"a": {"b": {"c": {"d": {"e": "a.jpg"}}}}}, [], "../../etc/passwd.png"])
def test_what_is_no_picture_of_ours_counts_for_nothing(value: Any) -> None:
    assert featured({"hero": value}, ["hero"]).featured is None


def test_a_file_that_is_gone_is_said() -> None:
    found = featured({"hero": "gone.jpg", "image": "a.jpg"}, ["hero", "image"])
    assert found.featured == "media:02.blog/a.jpg"
    assert codes(found) == ["G305"]


def test_the_first_key_counts() -> None:
    found = featured({"image": "a.jpg", "hero": {"image": "b c.png"}}, ["hero.image", "image"])
    assert found.featured == "media:02.blog/b c.png"


def test_else_the_first_picture_of_the_folder_in_media_order() -> None:
    assert featured({}, ["hero"], first=True).featured == "media:02.blog/b c.png"
    assert featured({}, ["hero"]).featured is None


def test_modules_have_none() -> None:
    assert featured({}, [], first=True, modular=True).featured is None
