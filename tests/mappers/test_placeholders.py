"""The template language of mapping files."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.mappers.placeholders import FILTERS, TemplateError, fill, names_in, read_template

CASES = [
    ("plain", {}, "plain"),
    ("{a}", {"a": "x"}, "x"),
    ("{a}", {}, ""),
    ("{a,b}", {"b": "y"}, "y"),
    ("{a,b}", {"a": "", "b": "y"}, "y"),
    ("{a|none}", {}, "none"),
    ("{a|}", {}, ""),
    ("{a| b: c }", {}, " b: c "),
    ("{a:px}", {"a": "20"}, "20px"),
    ("{a:px}", {"a": "1.5"}, "1.5px"),
    ("{a:px}", {"a": "2em"}, "2em"),
    ("{a:prefix fa-}", {"a": "cog"}, "fa-cog"),
    ("{a:prefix fa-}", {"a": "fa-cog"}, "fa-cog"),
    ("{a:prefix https://h.org/}", {"a": "7"}, "https://h.org/7"),
    ("i{a:each fa-}", {"a": "2x, spin fa-x"}, "i fa-2x fa-spin fa-x"),
    ("{a:words}", {"a": "b,c  d"}, "b c d"),
    ("{a:number|2}", {"a": "3"}, "3"),
    ("{a:number|2}", {"a": "x"}, "2"),
    ("{a:slug}", {"a": "Über Mich!"}, "über-mich"),
    ("{a:url}", {"a": "b c&d"}, "b%20c%26d"),
    ("{a:raw}", {"a": "<b>&"}, "<b>&"),
    ('<i x="{a}">', {"a": '"><script>'}, '<i x="&quot;&gt;&lt;script&gt;">'),
    ("{a}", {"a": "b &amp; c & d &#39;"}, "b &amp; c &amp; d &#39;"),
    ("{?a}yes{/}", {"a": "x"}, "yes"),
    ("{?a}yes{/}", {}, ""),
    ("{!a}no{/}", {}, "no"),
    ("{?a,b}{a}{!a}-{/}{/}", {"b": "x"}, "-"),
    ("{?style,value=block}B{/}", {"value": "block"}, "B"),
    ("{?style,value=block}B{/}", {"style": "inline", "value": "block"}, ""),
    ("{!a=x}other{/}", {"a": "y"}, "other"),
    ("{{a}} {{", {"a": "x"}, "{a} {"),
    ("{og:image}", {"og:image": "x"}, "x"),
    ("{author.name,author}", {"author": "Ann"}, "Ann"),
]


@pytest.mark.parametrize(("template", "values", "expected"), CASES)
def test_a_template_is_filled(template: str, values: dict[str, str], expected: str) -> None:
    assert fill(read_template(template), values) == expected


@pytest.mark.parametrize(("template", "said"), [
    ("a { b", "a single { at character 3"),
    ("a } b", "a single } at character 3"),
    ("{a b}", "{a b} at character 1 is no placeholder"),
    ("{}", "is no placeholder"),
    ("x{?a}y", "the condition at character 2 is never closed"),
    ("x{/}", "{/} at character 2 closes nothing"),
    ("{a:nofilter x}", "is no placeholder"),
])
def test_a_template_that_cannot_be_read_says_where(template: str, said: str) -> None:
    with pytest.raises(TemplateError) as error:
        read_template(template)
    assert said in str(error.value)


def test_names_are_known_beforehand() -> None:
    assert names_in(read_template("{a,b:px|c}{?d}{!e=f}{g}{/}{/}")) == {"a", "b", "d", "e", "g"}


def test_without_escaping_a_template_is_plain_text() -> None:
    assert fill(read_template("By {a}"), {"a": "Tom & Ann <x>"}, escape=False) == "By Tom & Ann <x>"


@given(st.text(), st.sampled_from(sorted(set(FILTERS) - {"raw"})))
def test_a_value_never_leaves_its_attribute(value: str, name: str) -> None:
    text = fill(read_template(f'<i x="{{a:{name} p}}">'), {"a": value})
    inner = text.removeprefix('<i x="').removesuffix('">')
    assert not set(inner) & set('<>"')


@given(st.text())
def test_escaping_keeps_the_value(value: str) -> None:
    assert unescape(fill(read_template("{a}"), {"a": value})) == unescape(value)


@given(st.text(alphabet="{}?!/|:a,=x \n", max_size=40))
def test_any_text_is_a_template_or_a_mistake(text: str) -> None:
    try:
        template = read_template(text)
    except TemplateError:
        return
    fill(template, {"a": "1", "x": "2"})
