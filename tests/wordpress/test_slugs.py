"""Slugs: letter by letter what a real WordPress makes of them."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.writers.wordpress.slugs import LONGEST, free_slug, is_kept_back, sanitize_title
from tests.wordpress.packages import Unavailable, unpacked

LETTERS = [chr(number) for number in range(1, 0x11000) if not 0xD800 <= number < 0xE000]
PIECES = [*"aB -_./%&;#?\"'\t\n09éßÜ×–—“”ёЖқ漢字😀\u00a0\u200b\u0301…İΣσЙ", "%d0", "%D0%BF", "&nbsp;", "&amp;", "--",
          "---ab---", "&#8211;", "%e2%80%93", "<b>", "</em>"]


@pytest.mark.php
def test_slugs_are_those_of_wordpress() -> None:
    try:
        folder = unpacked().wordpress
    except Unavailable as error:
        pytest.skip(f"no real WordPress: {error}")
    dice = random.Random(4)
    texts = [f"a{letter}b" for letter in LETTERS]
    texts += ["".join(dice.choices(PIECES, k=dice.choice([2, 5, 9, 14, 60, 90]))) for _ in range(10_000)]
    given_in = "".join(json.dumps(text) + "\n" for text in texts)
    run = subprocess.run(["php", str(Path(__file__).with_name("slugs.php")), str(folder)], input=given_in,
                         capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    wrong = [(text, answer, sanitize_title(text)) for text, answer in zip(texts, answers, strict=True)
             if answer != sanitize_title(text)]
    assert not wrong, ascii(wrong[:10])


@pytest.mark.parametrize(("text", "slug"), [
    ("über-straße", "uber-strase"),
    ("Silk Road 2019", "silk-road-2019"),
    ("v1.0/notes", "v1-0-notes"),
    ("Жаңалық", "%d0%b6%d0%b0%d2%a3%d0%b0%d0%bb%d1%8b%d2%9b"),
    ("C++", "c"),
    ("???", ""),
    ("я" * 50, "%d1%8f" * 33),
])
def test_examples(text: str, slug: str) -> None:
    assert sanitize_title(text) == slug


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    """Or the server, which does it again, would store another one."""
    slug = sanitize_title(text)
    assert len(slug) <= LONGEST
    assert sanitize_title(slug) == slug


@given(st.text(st.sampled_from("aя-0")), st.integers(1, 12))
def test_a_free_slug_is_free_and_a_slug(text: str, others: int) -> None:
    wish = sanitize_title(text) or "a"
    taken = {wish}
    for _ in range(others):
        found = free_slug(wish, taken.__contains__)
        assert found not in taken
        assert len(found) <= LONGEST
        assert sanitize_title(found) == found
        taken.add(found)


@pytest.mark.parametrize(("slug", "page", "structure", "kept"), [
    ("feed", False, "", True),
    ("embed", True, "", True),
    ("2020", True, "/%postname%/", True),
    ("page2", True, "", True),
    ("2020", False, "/%postname%/", True),
    ("2020", False, "/%year%/%monthnum%/%day%/%postname%/", False),
    ("12", False, "/%year%/%postname%/", True),
    ("31", False, "/%year%/%monthnum%/%postname%/", True),
    ("32", False, "/%year%/%monthnum%/%postname%/", False),
    ("404", False, "", False),
    ("about", True, "/%postname%/", False),
])
def test_slugs_that_wordpress_keeps_back(slug: str, page: bool, structure: str, kept: bool) -> None:
    assert is_kept_back(slug, page=page, structure=structure) is kept
