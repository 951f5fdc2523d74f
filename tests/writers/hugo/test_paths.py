"""Names and addresses: what Hugo leaves alone, and what it cannot say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.writers.hugo.paths import (
    LONGEST,
    RESERVED,
    bundle_folder,
    clean_name,
    hugo_address,
    is_possible,
    is_publishable,
    resource_key,
    term_key,
    unique_name,
    url_value,
)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("silk-road", "silk-road"),
        ("About Us", "about-us"),
        ("C++", "c++"),
        ("five.six", "five-six"),
        ("жаңалық", "жаңалық"),
        ("Über-Mich", "über-mich"),
        ("it's", "it-s"),
        ("--dash--", "--dash--"),
        ("50%", "50"),
        ("???", "page"),
        ("", "page"),
        ("😀", "page"),
        ("_hero", "_hero"),
        ("x²", "x"),
        ("index", "index-page"),
        ("_index", "index-page"),
        ("हिन्दी", "हिन्दी"),
        ("x.kk", "x-kk"),
    ],
)
def test_clean_names(name, clean):
    assert clean_name(name) == clean


@given(st.text())
def test_a_clean_name_is_clean_and_short(name):
    clean = clean_name(name)
    assert clean == clean_name(clean)
    assert clean not in RESERVED
    assert len(clean.encode()) <= LONGEST + len("-page")
    assert not set(clean) & set(" ./\\?%#:\0\n")


def test_long_names_stay_different():
    assert clean_name("ж" * 200) != clean_name("ж" * 201)


def test_unique_names_count_on():
    assert unique_name("x", {"x", "x-2"}) == "x-3"
    assert unique_name("x", {"y"}) == "x"


@pytest.mark.parametrize(
    ("folder", "language", "inside", "address"),
    [
        ("news/x", "kk", True, "/kk/news/x/"),
        ("news/x", "kk", False, "/news/x/"),
        ("", "kk", True, "/kk/"),
        ("", "", False, "/"),
        ("x", "pt-BR", True, "/pt-br/x/"),
    ],
)
def test_hugos_own_address(folder, language, inside, address):
    assert hugo_address(folder, language, in_subfolder=inside) == address


@pytest.mark.parametrize("address", ["/50%/", "/a?b/", "/a/../b/", "/a\\b/", "/./a/", "/a\tb/"])
def test_impossible_addresses(address):
    assert not is_possible(address)


@pytest.mark.parametrize("address", ["/", "/жаңалық/", "/a b/", "/c++/", "/x.html", "/a#b/", "/it's/", "/a:b/"])
def test_possible_addresses(address):
    assert is_possible(address)


def test_a_colon_is_no_placeholder():
    assert url_value("/a:b/") == "/a\\:b/"


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("/kk/x/", "/kk/x/"),
        ("/x.html", "/x/"),
        ("/x", "/x/"),
        ("/", "/"),
    ],
)
def test_where_files_of_a_bundle_answer(address, folder):
    assert bundle_folder(address) == folder


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("photo.jpg", True),
        ("photo.JPG", True),
        ("photo.ru.jpg", False),
        ("photo.RU.jpg", False),
        ("photo.fr.jpg", True),
        ("list.html", False),
        ("list.HTM", False),
        ("notes.md", False),
        ("notes.org", False),
        (".hidden", False),
        ("old~", False),
        ("#tmp#", False),
        ("a\\b.png", False),
        ("50%.png", False),
        ("html", True),
        ("ru.jpg", True),
        ("data.json", True),
    ],
)
def test_what_a_bundle_publishes(name, there):
    assert is_publishable(name, {"kk", "ru"}) is there


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A b.png", "a-b.png"),
        ("Pic.PNG", "pic.png"),
        ("it's.png", "its.png"),
    ],
)
def test_names_that_hugo_takes_for_the_same(one, other):
    assert resource_key(one) == resource_key(other)


def test_names_that_hugo_keeps_apart():
    names = ["a.png", "ä.png", "a_b.png", "a-b.png", "a+b.png", "a#b.png", "фото.png", "sub/a.png"]
    assert len({resource_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Go Lang", "go-lang"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("a/b", "a/b"),
        ("новости", "новости"),
        ("?", None),
        ("😀", None),
        ("..", None),
        ("a/../b", None),
        ("x" * 300, None),
        ("", None),
    ],
)
def test_the_last_part_of_a_terms_address(name, key):
    assert term_key(name) == key
