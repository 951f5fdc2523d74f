"""Texts that WordPress leaves alone, and block JSON that nothing breaks."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.document import Key
from migrate.model.reference import token
from migrate.writers.wordpress.texts import RUN, RUN_END, Raw, attribute_html, block, block_json, code_html, text_html


@pytest.mark.parametrize(("text", "html"), [
    ("plain words, слова", "plain words, слова"),
    ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
    ('"it\'s"', "&quot;it&#39;s&quot;"),
    ("a -- b --- c - d-e", "a &#45;&#45; b &#45;&#45;&#45; c &#45; d-e"),
    ("wait.... what..", "wait&#46;&#46;&#46;&#46; what.."),
    ("``x", "&#96;&#96;x"),
    ("5x5 0x1F box 3 x 4", "5&#120;5 0&#120;1F box 3 x 4"),
    ("[embed] a[1]", "&#91;embed] a&#91;1]"),
    (":-) a:b 12:30 :smile: ;) 8) 18)", "&#58;-) a:b 12:30 &#58;smile: &#59;) &#56;) 18)"),
    ("https://youtu.be/x", "https:&#47;&#47;youtu.be/x"),
    ("see https://youtu.be/x", "see https://youtu.be/x"),
    ("Wordpress (tm)", "Wordpre&#115;s &#40;tm)"),
    ("a\u00a0b", "a&nbsp;b"),
])
def test_text_is_written_so_that_wordpress_leaves_it_alone(text: str, html: str) -> None:
    assert text_html(text) == html


def test_code_is_left_alone_where_wordpress_leaves_it_alone() -> None:
    code = "\"'--...`` 5x5 :-) - [x] &lt;\nhttps://x.org\n Wordpress"
    assert code_html(code) == "\"'--...`` 5x5 :-) - &#91;x] &amp;lt;\nhttps:&#47;&#47;x.org\n Wordpre&#115;s"


def test_an_attribute_runs_no_shortcode() -> None:
    assert attribute_html('[audio] "x" & <b>') == "&#91;audio] &quot;x&quot; &amp; &lt;b&gt;"


@pytest.mark.parametrize("written", [text_html, code_html, attribute_html])
def test_references_and_shortcodes_stand_as_they_are(written: object) -> None:
    assert callable(written)
    reference = token(Key("document:/a&b--'c'"), "url")
    assert written(f"--{reference}") == written("--") + reference
    assert written(f'{RUN}[x a="b--c"]{RUN_END}') == '[x a="b--c"]'


@given(st.text())
def test_readers_see_the_same(text: str) -> None:
    text = text.replace("\r", "")
    for written in (text_html, code_html, attribute_html):
        if not any(sign in text for sign in f"\ufdd0{RUN}{RUN_END}"):
            assert unescape(written(text)) == unescape(text.replace("&", "&amp;"))


@given(st.dictionaries(st.text(max_size=9), st.text() | st.integers() | st.booleans() | st.none(), max_size=4))
def test_block_json_says_what_it_was_given(values: dict[str, object]) -> None:
    text = block_json(values)
    assert json.loads(text) == values
    assert not any(sign in text for sign in ("--", "<", ">", "&"))


def test_a_number_that_only_the_target_knows_has_no_quotes() -> None:
    assert block("image", "<i>", {"id": Raw("\ufdd0id media:x\ufdd1"), "a": "--"}) == (
        '<!-- wp:image {"id":\ufdd0id media:x\ufdd1,"a":"\\u002d\\u002d"} -->\n<i>\n<!-- /wp:image -->')
    assert block("footnotes", "") == "<!-- wp:footnotes /-->"
