"""Pages put into others by page-inject: whose addresses their relative links become."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mappers.bodies import convert, found

OTHER = "pages/02.blog/02.second/item.md"
FINISHED = "page-inject: {processed_content: true}\n"

LINKS = [
    ("![b](b.png)", "![b](/blog/zweite/b.png)", "![b](/blog/first/b.png)"),
    ("![b](b.png?resize=9,9 'T')", '![b](/blog/zweite/b.png?resize=9,9 "T")', '![b](/blog/first/b.png?resize=9,9 "T")'),
    ("[n](none)", "[n](/blog/zweite/none)", "[n](/blog/first/none)"),
    ("[f](../01.first)", "[f](/blog/first/)", "[f](/blog/first/)"),
    ("[r][x]\n\n[x]: none", "[r][x]\n\n[x]: /blog/zweite/none", "[r][x]\n\n[x]: /blog/first/none"),
    ("[![b](b.png)](../01.first)", "[![b](/blog/zweite/b.png)](/blog/first/)", "[![b](/blog/first/b.png)](/blog/first/)"),
    ("[u](/blog/zweite) [e](https://e.com) [h](#x)", "[u](/blog/zweite/) [e](https://e.com) [h](#x)",
     "[u](/blog/zweite/) [e](https://e.com) [h](#x)"),
]


@pytest.mark.parametrize(("text", "finished", "raw"), LINKS)
def test_relative_addresses_of_a_text_put_in(tmp_path: Path, text: str, finished: str, raw: str) -> None:
    files = {OTHER: f"---\ntitle: Second\nslug: zweite\n---\n{text}"}
    for header, wanted in ((FINISHED, finished), ("", raw)):
        shown = convert(tmp_path / ("a" if header else "b"), "[plugin:content-inject](/blog/zweite)", header=header, files=files)
        assert shown.markdown.strip("\n") == wanted
        assert "G254" not in found(shown)


def test_settings_that_differ_are_told(tmp_path: Path) -> None:
    files = {OTHER: "---\ntitle: S\nslug: zweite\nmarkdown: {auto_line_breaks: true}\n---\na\nb"}
    body = "[plugin:content-inject](/blog/zweite)"
    assert "G254" in found(convert(tmp_path / "a", body, header=FINISHED, files=files))
    assert "G254" not in found(convert(tmp_path / "b", body, files=files))


def test_the_plug_ins_own_setting_counts(tmp_path: Path) -> None:
    files = {OTHER: "---\ntitle: S\nslug: zweite\n---\n![b](b.png)",
             "config/plugins/page-inject.yaml": "enabled: true\nprocessed_content: true\n"}
    shown = convert(tmp_path, "[plugin:content-inject](/blog/zweite)", files=files)
    assert shown.markdown.strip("\n") == "![b](/blog/zweite/b.png)"
