"""When two pieces of HTML are the same page, and when they are not."""

from __future__ import annotations

import pytest

from migrate.content.compare import Rendering, canonical, fold, readable_address, same

SAME = [
    ("<p>a</p>\n\n<p>b</p>", "<p>a</p><p>b</p>\n"),
    ("<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
    ("<p>a  b\nc</p>", "<p>a b c</p>"),
    ('<img src="a" alt="b" title="c" />', '<img title="c" alt="b" src="a">'),
    ("<p>&copy; &nbsp;&#8617;</p>", "<p>\u00a9 \u00a0\u21a9</p>"),
    ("<p>&nope;</p>", "<p>&amp;nope;</p>"),
    ('<a href="/ü x">y</a>', '<a href="/%C3%BC%20x">y</a>'),
    ('<td style="text-align: center;">a</td>', '<td style="text-align:center">a</td>'),
    ("<pre><code>a\n</code></pre>", "<pre><code>a</code></pre>"),
    ("<pre><code>a\n\nb</code></pre>", "<pre><code>a\n\n\n\nb</code></pre>"),
    ("<p>a<!-- b --> c</p>", "<p>a c</p>"),
    ('<ol start="01"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ("<p>a > b</p>", "<p>a &gt; b</p>"),
    ("", "\n"),
]
OTHER = [
    ("<p>a</p>", "<p>b</p>"),
    ("<p>a b</p>", "<p>ab</p>"),
    ("<p>a <em>b</em></p>", "<p>a<em>b</em></p>"),
    ("<p>a</p>", "a"),
    ("<li><p>a</p></li>", "<li>a</li>"),
    ("<em><strong>a</strong></em>", "<strong><em>a</em></strong>"),
    ("<pre><code>a\nb</code></pre>", "<pre><code>a b</code></pre>"),
    ("<pre><code>a\tb</code></pre>", "<pre><code>a    b</code></pre>"),
    ("<p>a\u00a0b</p>", "<p>a b</p>"),
    ('<a href="/a">y</a>', '<a href="/b">y</a>'),
    ('<a href="/a%2Fb">y</a>', '<a href="/a/b">y</a>'),
    ('<h2 id="a">b</h2>', "<h2>b</h2>"),
    ('<ol start="2"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ("<td></td><td></td>", "<td></td>"),
    ("<p>&lt;b&gt;</p>", "<p><b></b></p>"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_page(one: str, other: str) -> None:
    assert same(one, other)
    assert Rendering(other).shows(one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_page(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(("one", "other"), [*SAME, *OTHER])
def test_folding_changes_nothing_that_counts(one: str, other: str) -> None:
    assert canonical(fold(one)) == canonical(one) == canonical(fold(fold(one)))
    assert canonical(fold(other)) == canonical(other)


@pytest.mark.parametrize(("url", "wanted"), [
    ("a", "a"), ("%C3%A9", "é"), ("%20", " "), ("%2F", "%2F"), ("%C3x", "%C3x"), ("%c3%28", "%C3%28"), ("100%", "100%"),
])
def test_addresses(url: str, wanted: str) -> None:
    assert readable_address(url) == wanted
