"""HTML as browsers read it, and printed so that they leave it as it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.writers.wordpress.elements import text_of
from migrate.writers.wordpress.html_reader import read_html
from migrate.writers.wordpress.markup import html_of

CASES = [
    ("<p>a<p>b", "<p>a</p><p>b</p>"),
    ("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
    ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
    ("<ruby><rb>A<rb>B<rt>c<rt>d<rp>)</ruby>e",
     "<ruby><rb>A</rb><rb>B</rb><rt>c</rt><rt>d</rt><rp>)</rp></ruby>e"),
    ("<ruby>a<rt>b<b>c</b></ruby><ruby>d<rp>(</rp><rt>e<rp>)</ruby>",
     "<ruby>a<rt>b<b>c</b></rt></ruby><ruby>d<rp>(</rp><rt>e</rt><rp>)</rp></ruby>"),
    ("<table><tr><td>1<td>2<tr><td>3</table>",
     "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>"),
    ("<table><thead><tr><th>a<tbody><tr><td>b</table>",
     "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
    ("<table><col><tr><td>1</table>", "<table><colgroup><col></colgroup><tbody><tr><td>1</td></tr></tbody></table>"),
    ("<table>lost<tr><td>1</table>", "lost<table><tbody><tr><td>1</td></tr></tbody></table>"),
    ("<table><b>lost</b><tr><td>1</table>", "<b>lost</b><table><tbody><tr><td>1</td></tr></tbody></table>"),
    ("<tr><td>no table", "no table"),
    ("<b><i>both</b> one</i>", "<b><i>both</i></b><i> one</i>"),
    ("<b><p>block</b></p>", "<b><p>block</p></b>"),
    ("<a href=x>one<a href=y>two</a>", '<a href="x">one</a><a href="y">two</a>'),
    ("<a><table><a>x", "<a>x<table></table></a>"),
    ("<form><form>x</form>y</form>z", "<form>x</form>yz"),
    ("<h2>a<h3>b</h3>", "<h2>a</h2><h3>b</h3>"),
    ("</div>a</span><div>b", "a<div>b</div>"),
    ("<br/>a</br>b<hr>", "<br>a<br>b<hr>"),
    ("<IMG SRC=a.jpg ALT='q \"q\"' hidden/>", '<img src="a.jpg" alt="q &quot;q&quot;" hidden>'),
    ('<a href="?a=1&copy=2&amp;x=&lt;">x</a>', '<a href="?a=1&amp;copy=2&amp;x=&lt;">x</a>'),
    ("a &lt; b &amp; c &copy; &nbsp;d", "a &lt; b &amp; c © &nbsp;d"),
    ("<script>if (a<b && c) '</p>'</script>", "<script>if (a<b && c) '</p>'</script>"),
    ("<style>a > b {}", "<style>a > b {}</style>"),
    ("<textarea><b>&amp;</textarea>", "<textarea>&lt;b&gt;&amp;</textarea>"),
    ('<svg viewBox="0 0 1 1"><path d="M0"/><linearGradient/></svg>',
     '<svg viewBox="0 0 1 1"><path d="M0"></path><linearGradient></linearGradient></svg>'),
    ("<html><body>a</body></html>", "a"),
    ("a < b <", "a &lt; b &lt;"),
    ("a<!doctype x>b<?php x ?>c", "abc"),
    ("<!-- a -- b --!>c<!-- open", "<!-- a -- b -->c<!-- open-->"),
    ("<!-- wp:x --><!--\n/wp:x--><!--more--><!--nextpage-->",
     "<!--wp:x --><!--/wp:x--><!-- more--><!-- nextpage-->"),
    ("<!-->a<!--->b<!---->c", "abc"),
    ("<iframe src=x><p>none</p></iframe>a<iframe>text</iframe>b<iframe>c", '<iframe src="x"></iframe>a<iframe>text</iframe>b<iframe></iframe>c'),
    ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
    ("<a x<y \"z=1 onclick='a'>b</a>", "<a onclick=\"a\">b</a>"),
    ("<t&x>a</t&x>", "a"),
]


@pytest.mark.parametrize(("html", "wanted"), CASES)
def test_it_is_read_as_browsers_read_it(html: str, wanted: str) -> None:
    assert html_of(read_html(html).children) == wanted


@pytest.mark.parametrize("html", ["<p>a</p><ul><li>b</li></ul>", "<div class=\"x\"><p>a</p></div>", "a<br />b",
                                  "<p>a<p>b", "<ul><li>a<li>b</ul>"])
def test_good_html_needs_no_mending(html: str) -> None:
    assert read_html(html).mended == 0


TAGS = [f"<{slash}{name}>" for name in ("p", "div", "b", "i", "a", "span", "ul", "li", "table", "tr", "td", "tbody",
                                        "h1", "h2", "pre", "option", "button", "dl", "dd", "form") for slash in ("", "/")]
PIECES = st.sampled_from([*TAGS, "<br>", "<img src=x>", "text", " ", "&amp;", "&", "<", "<!-- c -->", "\n"])


@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_is_printed_is_read_as_the_same(html: str) -> None:
    once = html_of(read_html(html).children)
    again = read_html(once)
    assert html_of(again.children) == once
    assert again.mended == 0


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_is_lost(html: str) -> None:
    words = html.count("text")
    assert "".join(text_of(read_html(html).children)).count("text") == words


@pytest.mark.parametrize("piece", ["<div>", "<p><b>", "<a \"", "<!--", "</b>", "<table>x", "<script>", "<i><b></i>", "&"])
def test_hostile_texts_take_linear_time(piece: str) -> None:
    started = time.process_time()
    html_of(read_html(piece * 20_000).children)
    assert time.process_time() - started < 5
