"""What Twig prints, where that can be known: single tags, whole bodies, and a page's own objects."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from migrate.mappers.twig import names_set, print_tag, print_text, tag_name
from migrate.mappers.twig_run import as_literal, run
from tests.mappers.bodies import convert, found

CONTEXT = {"page": {"title": "a & <i>", "header": {"price": 12, "shown": True, "tags": ["x", "y"], "map": {"a": 1}}},
           "site": {"title": "Grav"}}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ page.title }}", "a &amp; &lt;i&gt;"),                        # variables are escaped
        ("{{ page.title|raw }}", "a & <i>"),
        ('{{ "<b>" }}', "<b>"),                                           # literals are not
        ("{{ 'it\\'s' }}", "it's"),
        ('{{ "a\\nb\\x7d" }}', "a\nb}"),
        ("{{ page.header.price }}", "12"),
        ("{{ page.header.shown }}", "1"),
        ("{{ page.header.nothing.below }}", ""),
        ("{{ site.title|upper }}", "GRAV"),
        ("{{ 'a@b'|safe_email }}", "&#97;&#64;&#98;"),
        ("{{- 42 -}}", "42"),
        ("{# a note #}", ""),
        ("{{ 1 + 2 * 3 }}", "7"),
        ("{{ 7 // 2 }} ", None), ("{{ 7 / 2 }}", "3.5"), ("{{ 2 ** 3 }}", "8"), ("{{ -2 + 5 }}", "3"), ("{{ 7 % 4 }}", "3"),
        ("{{ 'x' ~ \"_y_\" ~ 1 }}", "x_y_1"),
        ("{{ page.header.price > 10 ? 'dear' : 'cheap' }}", "dear"),
        ("{{ page.header.none ?: 'else' }}", "else"),
        ("{{ page.header.none ?? 'else' }}", "else"),
        ("{{ page.header.none|default('else') }}", "else"),
        ("{{ not page.header.shown }}", ""),
        ("{{ page.header.shown and page.header.price == '12' }}", "1"),
        ("{{ 'x' in page.header.tags }}", "1"), ("{{ 'z' not in page.header.tags }}", "1"),
        ("{{ 'abc' starts with 'a' }}", "1"), ("{{ 'abc' ends with 'a' }}", ""),
        ("{{ page.header.tags[1] }}", "y"), ("{{ page.header['map'].a }}", "1"),
        ("{{ page.header.tags|join(', ') }}", "x, y"), ("{{ page.header.tags|length }}", "2"),
        ("{{ page.header.tags|first }}{# #}", None),
        ("{{ page.header.tags|last|upper }}", "Y"),
        ("{{ {a: 1, 'b': 'c'}|json_encode|raw }}", '{"a":1,"b":"c"}'),
        ("{{ [3, 1, 2]|sort|join }}", "123"), ("{{ [1, 2]|merge([3])|reverse|join('-') }}", "3-2-1"),
        ("{{ (1..4)|slice(1, 2)|join }}", "23"), ("{{ range(0, 6, 3)|join(' ') }}", "0 3 6"),
        ("{{ ('a'..'c')|join }}", "abc"),
        ("{{ 'Hello World'|replace({'World': 'Grav'}) }}", "Hello Grav"),
        ("{{ 'a,b'|split(',')|last }}", "b"), ("{{ 9800.333|number_format(2, '.', ',') }}", "9,800.33"),
        ("{{ 2.5|round }} ", None), ("{{ 2.5|round }}", "3"), ("{{ 2.1|round(0, 'ceil') }}", "3"),
        ("{{ page.header.none is defined }}", ""), ("{{ page.header.price is defined }}", "1"),
        ("{{ page.header.price is divisible by(3) }}", "1"), ("{{ 3 is odd }}{{ 3 }}", None),
        ("{{ page.header.tags is not empty }}", "1"), ("{{ nobody is defined }}", ""),
        ("{{ max(1, 5, 3) }}", "5"), ("{{ array_key_exists('a', page.header.map) }}", "1"),
        ("{{ print_r(array_key_value('b', 2, {a: 1})) }}", "Array\n(\n    [a] =&gt; 1\n    [b] =&gt; 2\n)\n"),
        ("{{ array_unique(['a', 'b', 'a', 'c'])|keys|join }}", "013"),
        ("{{ array_intersect({a: 'x', b: 'y'}, ['y'])|json_encode|raw }}", '{"b":"y"}'),
        ("{{ array_diff(['x', 'y'], ['y'])|join }}", "x"),
        ("{{ url('/blog') }}", "/blog"), ("{{ 'text'|t }}", "text"), ("{{ authorize('x') }}", ""),
        ("{{ read_file('/etc/passwd') }}", ""), ("{{ dump(page) }}", ""),
        ("{{ '{{' }}", "{{"), ("{{ true }}{{ false }}", None), ("{{ null }}", ""),
    ],
)
def test_known_values(source: str, printed: str | None) -> None:
    assert print_tag(source, CONTEXT).text == printed
    assert print_tag(source, CONTEXT).missing == ()


@pytest.mark.parametrize(
    "source",
    ["{{ page.header.tags }}", "{% set x = 1 %}", "{{ random(5) }}", "{{ uri.path }}", "{{ 'x'|md5 }}", "{{ 'PLUGIN.KEY'|t }}",
     "{{ unclosed ( }}", "{{ 1 / 0 }}", "{{ 9 ** 999 }}", "{{ 1..99999 }}", "{{ }}", "{{ " + "(" * 200 + "1" + ")" * 200 + " }}"],
)
def test_what_only_the_site_knows(source: str) -> None:
    assert print_tag(source, CONTEXT).text is None


@pytest.mark.parametrize(("source", "missing"), [
    ("{{ grav_version }}", ("grav_version",)), ("{{ nofunc() }}", ("nofunc()",)), ("{{ site.title|nofilter }}", ("nofilter",)),
])
def test_what_nobody_knows_prints_nothing(source: str, missing: tuple[str, ...]) -> None:
    assert print_tag(source, CONTEXT) == ("", missing)


@pytest.mark.parametrize(("text", "printed"), [
    ("a {{ page.header.price }}\n{% verbatim %}{{ x }}{% endverbatim %}\n{{ random() }} {#\n#}z", "a 12\n{{ x }}{{ random() }} z"),
    ("{% for i in 1..2 %}\n- item {{ i }}\n{% endfor %}", "- item 1\n- item 2\n"),
    ("{% for k, v in {a: 1, b: 2} %}{{ k }}{{ v }}{{ loop.last ? '.' : ',' }}{% endfor %}", "a1,b2."),
    ("{% for i in [] %}x{% else %}none{% endfor %}", "none"),
    ("{% for i in 1..6 if i is even %}{{ loop.index }}{{ i }} {% endfor %}", "12 24 36 "),
    ("{% if page.header.none %}a{% elseif 1 %}b{% else %}c{% endif %}", "b"),
    ("{% set x = 2 %}{{ x * x }}", "4"),
    ("{% set y %}*{{ 1 }}*{% endset %}{{ y }}", "*1*"),
    ("{% if random() %}{{ 1 }}{% endif %}", "{% if random() %}{{ 1 }}{% endif %}"),
    ("{% set x = random() %}{{ x }}", "{% set x = random() %}{{ x }}"),
    ("{% for i in 1..1000 %}{% for j in 1..1000 %}{{ j }}{% endfor %}{% endfor %}", None),
    ("{% if 1 %}never closed {{ 1 }}", "{% if 1 %}never closed {{ 1 }}"),
    ("{% include 'x.twig' %}", "{% include 'x.twig' %}"),
])
def test_statements(text: str, printed: str | None) -> None:
    ran = run(text, CONTEXT, literal=False)
    assert ran.text == (text if printed is None else printed)
    assert bool(ran.unknown) is (printed is None or "random" in text or "never" in text or "include" in text)


def test_what_is_kept_from_markdown() -> None:
    text = "{% for name in ['*a*', '{b}\n'] %}{{ name }} {% endfor %}"
    ran = run(text, CONTEXT, literal=True)
    assert ran.text == r'{{ "*a*"|raw }} {{ "\x7bb\x7d\n"|raw }} '
    assert [print_tag(tag, {}).text for tag in (as_literal('a"\\n'), as_literal("{{ x }}"))] == ['a"\\n', "{{ x }}"]


def test_names() -> None:
    assert [tag_name(tag) for tag in ("{% verbatim %}", "{%- endraw -%}", "{{ x }}")] == ["verbatim", "endraw", ""]
    assert names_set("{% set a = 1 %}{% for k, v in b %}{% set c %}x{% endset %}") == {"a", "k", "v", "c"}
    assert print_text("/{{ site.title }}/x", CONTEXT) == "/Grav/x"
    assert print_text("/{{ random() }}", CONTEXT) is None


ON = "date: '01-02-2019'\nprocess:\n  twig: true\n"
FIRST = ON + "twig_first: true\n"


@pytest.mark.parametrize(("body", "wanted"), [
    ("**{{ page.title }}** {{ page.date|date('d.m.Y') }}", "**First** 01.02.2019"),
    ("{{ page.parent.title }} {{ page.parent.parent.title }} {{ page.find('/blog/zweite').title }}", "Blog Pages Second"),
    ("[l]({{ page.url }}) [{{ page.slug }}](/blog/{{ page.slug }})", "[l](/blog/first) [first](/blog/first/)"),
    ("![i]({{ page.media['a.png'].url }})", "![i](/blog/first/a.png)"),
    ("a {{ page.media['a.png'].html('T', 'A')|raw }}", 'a <img src="/blog/first/a.png" alt="A" title="T">'),
    ("{{ page.media['a.png'].cropResize(20, 20).html('', 'A')|raw }}",
     '{{< image src="/blog/first/a.png?cropResize=20,20" alt="A" >}}'),
    ("{{ page.media.images|keys|join(' ') }} {{ media['none.png'] }}", "a.png my_photo.png "),
    ("{{ page.media['a.png'].filename }}", "a.png"),
    ("{% for p in page.parent.children %}\n* {{ p.title }}\n{% endfor %}", "* First\n* Second"),
    ("{{ '*a*' }} {{ page.header.title }}", "<p>*a* First</p>"),
    ("`{{ page.title }}`", "`First`"),
    ("{{ config.site.title }} {{ config.get('site.title') }} {{ system.pages.theme }} a", "Grav Grav quark a"),
    ("{{ config.plugins.x.y }} {{ system.gpm }} a", "{{ config.plugins.x.y }} {{ system.gpm }} a"),
])
def test_pages_and_files(tmp_path: Path, body: str, wanted: str) -> None:
    assert convert(tmp_path / "user", body, header=ON).markdown.strip("\n") == wanted.strip("\n")


@pytest.mark.parametrize(("body", "header", "codes"), [
    ("a {{ uri.path }}", ON, ["G230"]),
    ("a {{ uri.path }}", FIRST, ["G230"]),
    ("a {{ grav_version }}", ON, ["G232"]),
    ("a {{ grav_version }}", FIRST, ["G232"]),
    ("{% if 1 %}\n- a\n{% endif %}", ON, ["G233"]),
    ("{% if 1 %}\n- a\n{% endif %}", FIRST, []),
    ("[a]({{ uri.path }})", ON, ["G231"]),
    ("a {{ uri.path }}", "", []),
])
def test_what_is_told(tmp_path: Path, body: str, header: str, codes: list[str]) -> None:
    assert found(convert(tmp_path / "user", body, header=header)) == codes


BOMBS = [
    "{% set x = 'aaaaaaaaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 40 + "{{ x|length }}",
    "{% set a = [1, 1] %}" + "{% set a = a|merge(a) %}" * 40 + "{{ a|length }}",
    "{% set a = [1, 1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a|json_encode }}",
    "{% if 1 %}" * 3000 + "x" + "{% endif %}" * 3000,
    "{{ 'a'" + " ~ 'b'" * 5000 + " }}", "{{ " + "(" * 5000 + " }}", "{{ a" + ".b" * 5000 + " }}",
    "{{ " * 50_000, "{% for " * 50_000, "{% set " + " " * 50_000, "{% for x" + " " * 50_000 + "y %}",
    "{{ 2|round(999999999) }}", "{{ 2|number_format(999999999) }}", "{{ [1]|batch(999999999, 1)|length }}",
    "{{ repeat('x', 99999)|replace({'x': repeat('y', 99999)}) }}", "{{ 1..900|join(repeat('y', 99999)) }}",
    "{% for i in 1..900 %}{{ repeat('x', 99999) }}{% endfor %}", "{{ 2 ** 64 ** 64 }}",
]


@pytest.mark.parametrize("number", range(len(BOMBS)))
def test_twig_that_would_never_end(number: int) -> None:
    started = process_time()
    ran = run(BOMBS[number], CONTEXT, literal=True)
    names_set(BOMBS[number])
    assert process_time() - started < 5
    assert len(ran.text) < 5_000_000
