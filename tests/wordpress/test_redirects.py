"""Old addresses as files for web servers and plug-ins; addresses that must not be in any text."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from migrate.mappers.wordpress_table import Excerpt
from migrate.model.document import Key
from migrate.model.site import Redirect
from migrate.writers.wordpress.excerpts import excerpt_of
from migrate.writers.wordpress.languages import language_line, translations_script, with_language_line
from migrate.writers.wordpress.leaks import leaks_in
from migrate.writers.wordpress.redirects import redirect_files
from tests.mappers.sites import page
from tests.wordpress.layouts import DAY, KAZAKH, laid

REDIRECTS = (
    Redirect(origin="/blog/tea", goal="/2019/tea/", status=301),
    Redirect(origin="/жаңа бет", goal="/new/?a=1#b", status=301),
    Redirect(origin="/old/*", goal="/new/:splat", status=302, pattern=True),
    Redirect(origin='/a"b', goal="/c/"),
    Redirect(origin="/same", goal="/same"),
)


def files() -> dict[str, str]:
    return redirect_files(REDIRECTS, "1.0")


def test_nothing_leads_elsewhere() -> None:
    assert redirect_files((), "1.0") == {}


def test_the_table_is_that_of_the_plugin_redirection() -> None:
    rows = list(csv.DictReader(io.StringIO(files()["redirects.csv"])))
    assert rows[0] == {"source": "/blog/tea", "target": "/2019/tea/", "regex": "0", "code": "301"}
    assert rows[1]["source"] == "/%D0%B6%D0%B0%D2%A3%D0%B0%20%D0%B1%D0%B5%D1%82"
    assert rows[2] == {"source": "^/old/(.*)$", "target": "/new/$1", "regex": "1", "code": "302"}
    assert len(rows) == 4


def test_nginx_compares_what_is_decoded() -> None:
    text = files()["redirects.nginx.conf"]
    assert "location = /blog/tea { return 301 /2019/tea/; }" in text
    assert "location = /blog/tea/ { return 301 /2019/tea/; }" in text
    assert 'location = "/жаңа бет/" { return 301 "/new/?a=1#b"; }' in text
    assert "rewrite ^/old/(.*)$ /new/$1 redirect;" in text
    assert r'location = "/a\"b" { return 302 /c/; }' in text


def test_apache_has_expressions_that_fit_the_paths() -> None:
    lines = [line for line in files()["redirects.htaccess"].splitlines() if line.startswith("RedirectMatch")]
    assert lines[0] == "RedirectMatch 301 ^/blog/tea/?$ /2019/tea/"
    pattern = lines[0].split()[2]
    assert re.match(pattern, "/blog/tea/") and not re.match(pattern, "/blog/teapot")


def test_the_plugins_own_file() -> None:
    content = json.loads(files()["redirects.redirection.json"])
    assert content["groups"][0]["redirects"] == len(content["redirects"]) == 4
    first, _, pattern, _ = content["redirects"]
    assert (first["url"], first["action_data"], first["action_code"]) == ("/blog/tea", {"url": "/2019/tea/"}, 301)
    assert (pattern["url"], pattern["regex"]) == ("^/old/(.*)$", True)


@pytest.mark.parametrize(("text", "found"), [
    ('<a href="https://old.example/x">x</a>', [("https://old.example/x", "host")]),
    ('<img src="/user/pages/01.a/x.jpg" alt="">', [("/user/pages/01.a/x.jpg", "path")]),
    ('<img srcset="a.jpg 1x, /user/images/b.jpg 2x">', [("/user/images/b.jpg", "path")]),
    ('<div style="background:url(theme://x.png)">', [("theme://x.png", "stream")]),
    ('<!-- wp:image {"url":"https:\\/\\/old.example\\/a"} -->', [("https://old.example/a", "host")]),
    ("<a href=user/data/x.pdf>x</a>", [("user/data/x.pdf", "path")]),
    ("<p>Files lie in /user/pages/ of https://old.example.</p>", []),
    ("<code>&lt;img src=\"/user/pages/x.jpg\"&gt;</code>", []),
    ('<a href="https://new.example/user/">x</a> <a href="mailto:a@old.example">m</a>', []),
    ('<a href="http://[broken">x</a>', []),
])
def test_addresses_that_lead_back(text, found) -> None:
    assert list(leaks_in(text, {"old.example"})) == found


def test_excerpts_from_headers_come_first() -> None:
    assert excerpt_of({"excerpt": " Short "}, "Long", Excerpt()) == "Short"
    assert excerpt_of({"excerpt": ["a"]}, "Long", Excerpt()) == "Long"


def three_languages(**over):
    pages = [page("01.tea", language=code, dates=DAY) for code in ("kk", "en")]
    return laid(*pages, languages=KAZAKH, over={"wordpress": over} if over else None)


def test_a_line_of_links_to_the_translations() -> None:
    layout = three_languages(languages={"links": "bottom"})
    kazakh = layout.site.documents[0]
    line = language_line(kazakh, layout)
    assert line.startswith('<!-- wp:paragraph {"className":"translations"} -->\n<p class="translations"><a href="')
    assert ' hreflang="en" lang="en">English</a></p>' in line
    assert with_language_line("text", kazakh, layout) == f"text\n\n{line}"
    assert with_language_line("text", kazakh, three_languages()) == "text"
    top = three_languages(languages={"links": "top"})
    assert with_language_line("text", kazakh, top) == f"{line}\n\ntext"


def test_the_script_for_plugins_holds_the_groups() -> None:
    numbers = {Key("document:/tea@kk"): 5, Key("document:/tea@en"): 6}
    script = translations_script(three_languages(), numbers.get)
    assert """json_decode( '[{"en": 6, "kk": 5}]', true )""" in script or \
        """json_decode( '[{"kk": 5, "en": 6}]', true )""" in script
    assert translations_script(laid(page("01.tea", dates=DAY)), numbers.get) == ""
