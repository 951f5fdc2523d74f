"""Where Grav itself slips: what comes of such a text here, and that it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mappers.bodies import convert, found

TWIG = "process: {twig: true}\n"
LATE = TWIG + "never_cache_twig: true\n"
CAPTIONS = {"config/plugins/image-captions.yaml": "enabled: true\nscope: img\n"}

WORDS = [
    ("![a *b*](a.png?display=text)", r"a \*b\*", []),
    ("![a](a.png?display=text 'T & <t>')", r"T \& \<t\>", []),
    ("![a](a.png?link&display=text)", "[a](a.png)", []),
    ("x ![](v.mp4?display=text) y", r"x v\.mp4 y", []),
    ("![a](a.png?display=thumbnail)", "![a](a.png?display=thumbnail)", []),       # a picture is its own
    ("![a](a.png?thumbnail=default&display=thumbnail)", "![a](a.png?thumbnail=default&display=thumbnail)", ["G228"]),
    ("![a](a.png?display=source)", "![a](a.png?display=source)", []),
]


@pytest.mark.parametrize(("body", "wanted", "codes"), WORDS)
def test_pictures_shown_as_something_else(tmp_path: Path, body: str, wanted: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body)
    assert (text.markdown.strip("\n"), found(text)) == (wanted, codes)


TAGS = [
    ("{% set x = 1 %}{{ x }}", TWIG, "1", ["G234"]),                # 15 bytes: no padding
    ("{% set xy = 1 %}{{ xy }}", TWIG, "1", []),
    ("a {{ 'b' }}{{ 'cc' }}{{ 'd' }}", TWIG, "a bccd", ["G234"]),   # the first has 9, the second 10 bytes
    ("a {{ 'b' }} {{ 'c' }}", TWIG, "a b c", []),
    ("a {{ 'b' }}{{ 'c' }}", TWIG + "twig_first: true\n", "a bc", []),
    ("a {{ 'b' }}{{ 'c' }}", "", "a {{ 'b' }}{{ 'c' }}", []),
    ("a {{ '*b*' }}", LATE, "a *b*", ["G235"]),
    ("a {{ some_long_name ~ 'b' }}", LATE, "a b", ["G232"]),
    ("{{ '*b*' }} a", LATE, "*b* a", []),                           # Markdown leaves such lines alone
    ("a {{ '*b*' }}", TWIG, "a *b*", []),
]


@pytest.mark.parametrize(("body", "header", "shown", "codes"), TAGS)
def test_tags_that_grav_spoiled(tmp_path: Path, body: str, header: str, shown: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body, header=header)
    assert [code for code in found(text) if not code.startswith("G20")] == codes
    assert "".join(text.markdown.split("\\")).strip() in (shown, f"<p>{shown}</p>")


@pytest.mark.parametrize(("body", "code"), [
    ('[a](http://e.com "[center]")', "G247"), ("![a [fa=cog /]](a.png)", "G247"), ('[a](/ "[nobody]")', ""),
    ('[a][r]\n\n[r]: /x "a [/color] b"', "G247"),
])
def test_shortcodes_in_attributes(tmp_path: Path, body: str, code: str) -> None:
    codes = set(found(convert(tmp_path / "user", body))) & {"G247"}
    assert codes == ({code} if code else set())


@pytest.mark.parametrize(("body", "codes"), [
    ('![a](a.png "Tom & Eve")', ["G248"]), ('![a](http://e.com/a.png "Tom &amp; Eve")', ["G248"]),
    ('![a](a.png "Tom and Eve")', []), ("![a & b](a.png)", []),
])
def test_captions_with_an_ampersand(tmp_path: Path, body: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body, files=CAPTIONS)
    assert found(text) == codes
    assert ("<figcaption>" in text.markdown) is ('"' in body)


@pytest.mark.parametrize(("body", "codes"), [
    ("[a](//e.com)", ["G227"]), ("[a](///x)", ["G227"]), ("[a](//)", ["G227"]), ("[a](//e.com/x)", []), ("[a](//e.com/)", []),
])
def test_addresses_without_a_scheme_stay(tmp_path: Path, body: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body)
    assert (text.markdown.strip("\n"), found(text)) == (body, codes)


@pytest.mark.parametrize(("body", "codes"), [
    ("[a](/Blog/Zweite)", ["G225"]), ("[a](../Zweite)", ["G227"]),
])
def test_what_grav_printed_as_it_was_written_is_no_slip_of_grav(tmp_path: Path, body: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body)
    assert (text.markdown.strip("\n"), found(text)) == ("[a](/blog/zweite/)", codes)
