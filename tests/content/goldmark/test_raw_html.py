"""Raw HTML passes through Goldmark unharmed."""

from __future__ import annotations

import pytest
from hypothesis import given

from migrate.content.compare import Rendering
from migrate.content.goldmark import GoldmarkOptions
from migrate.content.goldmark.preview import preview
from migrate.content.goldmark.raw_html import for_hugo, html_block
from tests.content.documents import documents

KEPT = [
    "<div>\na\n\n\nb\n</div>",
    "<div>\n<pre>a\n\n\nb</pre>\n</div>",
    "<pre>a\n\nb</pre>",
    "<pre>a\n\nb</pre>\ntext",
    "<div>\n<script>\nx\n\ny\n</script>\n</div>",
    "<style>a\n\nb</style>\n\n<p>c</p>",
    "<!-- a\n\nb -->\n<p>c</p>",
    "<x-y a='1'>text\n\n*more*</x-y>",
    "text *a*\n# b\n- c",
    "<b>x</b> text",
    "</pre>\n*a*",
    "    <div>indented</div>",
    "<textarea>\na\n\nb</textarea>",
    "<p title='a\n\nb'>x</p>",
    "<meta name='a'> b\n\nc",
    "<pre>never closed\n\n*a*",
]


@pytest.mark.parametrize("html", KEPT)
def test_html_arrives_as_it_is(html: str) -> None:
    assert Rendering(html).shows(preview(html_block(html) + "\n\n", GoldmarkOptions()))


@given(documents())
def test_it_never_fails_and_leaves_no_blank_line_at_the_edges(html: str) -> None:
    text = html_block(html.replace("\r", ""))
    assert not text.startswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize(("html", "wanted"), [
    ("a {{< b", "a {{&lt; b"),
    ("a {{% b", "a {{&#37; b"),
    ("{{< x >}}", "{{< x >}}"),
    ("<!--more-->", "<!-- more -->"),
])
def test_nothing_is_left_for_hugo(html: str, wanted: str) -> None:
    assert for_hugo(html) == wanted
