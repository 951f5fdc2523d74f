"""What Twig prints, where that can be known."""

from __future__ import annotations

import pytest

from migrate.mappers.twig import run_first, tag_name, value_of

CONTEXT = {"page": {"title": "a & <i>", "header": {"price": 12, "shown": True, "tags": ["x"]}}, "site": {"title": "Grav"}}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ page.title }}", "a &amp; &lt;i&gt;"),                        # variables are escaped
        ("{{ page.title|raw }}", "a & <i>"),
        ('{{ "<b>" }}', "<b>"),                                           # literals are not
        ("{{ 'it\\'s' }}", "it's"),
        ("{{ page.header.price }}", "12"),
        ("{{ page.header.shown }}", "1"),
        ("{{ site.title|upper }}", "GRAV"),
        ("{{ 'a@b'|safe_email }}", "&#97;&#64;&#98;"),
        ("{{- 42 -}}", "42"),
        ("{# a note #}", ""),
    ],
)
def test_known_values(source: str, printed: str) -> None:
    assert value_of(source, CONTEXT) == printed


@pytest.mark.parametrize(
    "source",
    ["{{ nofunc() }}", "{{ undefined }}", "{{ page.header.tags }}", "{{ page.title|nosuchfilter }}", "{% set x = 1 %}",
     "{{ page.find('/x').title }}", "{{ 'a' ~ 'b' }}", "{{ read_file('/etc/passwd') }}"],
)
def test_what_only_the_site_knows(source: str) -> None:
    assert value_of(source, CONTEXT) is None


def test_twig_before_markdown() -> None:
    text = "a {{ page.header.price }}\n{% verbatim %}{{ x }}{% endverbatim %}\n{{ nofunc() }} {#\n#}z"
    assert run_first(text, CONTEXT) == ("a 12\n{{ x }}\n{{ nofunc() }} z", ((65, "{{ nofunc() }}"),))


def test_tag_names() -> None:
    assert [tag_name(tag) for tag in ("{% verbatim %}", "{%- endraw -%}", "{{ x }}")] == ["verbatim", "endraw", ""]
