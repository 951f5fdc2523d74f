"""Whatever the characters, they come out of CommonMark as they went in."""

from __future__ import annotations

from html import unescape

import pyromark
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from migrate.content.goldmark.escapes import (
    closes,
    code_span,
    destination,
    escape_text,
    fence,
    guard_heading,
    guard_line_starts,
    opens,
    title,
)

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
PIECES = st.sampled_from([*"\\`*_{}[]<>()#+-.!|~&=:^$\"'@ aé1", "&amp;", "&copy;", "&#1;", "](", "]:", "<b>", "<!--", "-->",
                          "http://x", "{{<", "{{%", "~~", "**", "1. ", "<!--more-->", "![", "\u00a0", "漢"])
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join).filter(lambda text: bool(text.strip(" ")))


def shown(markdown: str) -> str:
    """The text of the only paragraph."""
    html = pyromark.html(markdown, options=OPTIONS)
    assert html.startswith("<p>") and html.endswith("</p>\n"), html
    return unescape(html[3:-5])


@given(TEXTS)
def test_text_is_shown_as_it_is(text: str) -> None:
    markdown = guard_line_starts(escape_text(text, strict=True).strip(" "))
    assert "<" not in pyromark.html(markdown, options=OPTIONS)[3:-5].replace("&lt;", "")
    assert shown(markdown) == unescape_known(text.strip(" "))


@given(TEXTS)
def test_nothing_in_a_text_makes_hugo_stop(text: str) -> None:
    for markdown in (escape_text(text), escape_text(text, strict=True)):
        assert "{{<" not in markdown
        assert "{{%" not in markdown
        assert "<!--more-->" not in markdown


def unescape_known(text: str) -> str:
    """A text whose entities are text is the same text: `&` is always escaped."""
    return text


@given(TEXTS.map(lambda text: text.replace("\n", " ")))
def test_code_is_shown_as_it_is(text: str) -> None:
    html = pyromark.html(code_span(text), options=OPTIONS)
    assert unescape(html) == f"<p><code>{text}</code></p>\n"


@given(st.lists(PIECES | st.sampled_from(["%20", "%", "(", ")", " ", "<", ">"]), max_size=10).map("".join), TEXTS)
def test_an_address_and_a_title_arrive(url: str, words: str) -> None:
    html = pyromark.html(f"[x]({destination(url)} {title(words)})", options=OPTIONS)
    link = lxml_html.fromstring(html).find(".//a")
    assert link is not None, html
    assert link.get("title") == words
    assert lxml_html.fromstring(pyromark.html(f"[x](<{'a'}>)")).find(".//a") is not None


@given(TEXTS, st.integers(0, 6))
def test_a_fence_is_longer_than_any_in_the_code(text: str, ticks: int) -> None:
    code = text + "\n" + "`" * ticks + "\n" + text
    marks = fence(code)
    assert unescape(pyromark.html(f"{marks}\n{code}\n{marks}")) == f"<pre><code>{code}\n</code></pre>\n"


@given(st.sampled_from(["a #", "a ##", "#", "# #", "a \\#", "a#"]))
def test_a_heading_keeps_its_hashes(text: str) -> None:
    html = pyromark.html("# " + guard_heading(escape_text(text), attributes=True))
    assert unescape(html) == f"<h1>{text}</h1>\n"


@given(st.text(" a.é*(", max_size=1), st.sampled_from("a.é("), st.sampled_from("a.é)"), st.text(" a.é)", max_size=1),
       st.sampled_from("*_"))
def test_marks_are_used_only_where_they_work(before: str, first: str, last: str, after: str, mark: str) -> None:
    if before == mark or not (opens(mark, before, first) and closes(mark, last, after)):
        return
    text = f"x{before}{mark}{first}b{last}{mark}{after}x"
    if opens(mark, before or "x", first) and closes(mark, last, after or "x"):
        assert "<em>" in pyromark.html(text), text
