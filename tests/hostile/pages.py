"""Pages that mean harm, as data: front matter, bodies and whole files, each with the name of its folder."""


from __future__ import annotations

from collections.abc import Iterator

UP = "../" * 12
LONG = "long" * 1500

CLIMBING = (
    "../../../outside/secret.png", "../../../outside/secret.txt", f"{UP}etc/passwd", "/etc/passwd",
    "/../../outside/secret.png", "/user/../../outside/secret.png", "/user/pages/../../../outside/secret.txt",
    "user://../outside/secret.png", "user://pages/../../outside/secret.png", "image://../../outside/secret.png",
    "page://../../outside/secret.txt", "theme://../../../outside/secret.png", "file:///etc/passwd",
    "..%2f..%2f..%2foutside%2fsecret.png", "%2e%2e/%2e%2e/%2e%2e/outside/secret.png", "..\\..\\..\\outside\\secret.png",
    "....//....//....//outside/secret.png", "user:///etc/passwd", "user://", "image://.", "image://..", "//etc/passwd",
    "secret%00.png", "../climb-link.png", "link-out.png", "../link-folder/secret.png", "../link-folder/folder",
    "http://[::1", "http://[", "//[", "http://x:99999999/", "?", "#", "%", "%zz", "a.png?resize=1e99,-5",
    "a.png?cropZoom=9999999,9999999", "a.png?derivatives=[1,99999999,1]", "a.png?resize=\x00", "a.png?=&=&&",
)

HEADERS = {
    "slug-up": "slug: ../../../outside/evil", "slug-dots": "slug: ..", "slug-dot": "slug: .",
    "slug-abs": "slug: /etc/evil", "slug-inner": "slug: a/../../../b", "slug-ledger": "slug: .grav-migrate/ledger.db",
    "slug-nul": 'slug: "a\\0b"', "slug-line": 'slug: "a\\nb"', "slug-long": f"slug: {LONG}",
    "slug-index": "slug: _index", "slug-index2": "slug: index", "slug-list": "slug: [a, b]", "slug-map": "slug: {a: b}",
    "slug-hugo": "slug: layouts", "slug-win": "slug: 'con.md'", "slug-space": "slug: ' '", "slug-quote": "slug: '\"'",
    "route-up": "routes: {default: /../../../outside/evil}", "route-word": "routes: nothing",
    "route-list": "routes: {default: [a], aliases: nothing, canonical: {a: b}}",
    "alias-up": "routes: {aliases: [/../../outside/evil, '', /, '../x', 7, null, [a], \"/a\\0b\", '/ok-alias']}",
    "alias-taken": "routes: {aliases: [/good-1, /good-2, /good-2]}", "template-up": "template: ../../../outside/evil",
    "language-up": "language: ../../outside", "order-up": "media_order: ../../../outside/secret.png, /etc/passwd",
    "order-list": "media_order: [a.png, {b: c}]", "redirect-up": "redirect: ../../../outside",
    "redirect-list": "redirect: [a]", "redirect-self": "redirect: /redirect-self", "external": "external_url: javascript:alert(1)",
    "hero-up": "hero_image: ../../../outside/secret.png\nimage: /etc/passwd\nheader_image: {file: user://../outside/secret.png}",
    "terms-up": "taxonomy: {tag: ['../../../outside/evil', /etc/passwd, ., .., '', \"a\\0b\", 'C#', 'a/b', ' ', "
                f"{LONG}], category: {{a: {{b: c}}}}, '../../evil': [x], 5: 6}}",
    "terms-word": "taxonomy: word", "terms-list": "taxonomy: [a, [b, [c]]]", "terms-null": "taxonomy: {tag: [null, true, 1.5, {}]}",
    "title-html": "title: '</title><script>alert(1)</script> {{ . }} {{< x >}} `\" ]]>'", "title-list": "title: [a, b]",
    "title-map": "title: {a: b}", "title-nul": 'title: "a\\0b\\x07\\u2028\\ud800"', "title-long": f"title: {LONG * 20}",
    "title-lines": 'title: "a\\n---\\nb: c"', "title-false": "title: false", "title-number": "title: 1e999999",
    "title-digits": f"title: {'9' * 6000}", "menu-list": "menu: [a]", "author-odd": "author: [{name: [x]}, 5, null, {}]",
    "date-list": "date: [1, 2]", "date-map": "date: {a: b}", "date-huge": "date: 99999-99-99", "date-zero": "date: 0000-00-00",
    "date-number": "date: 99999999999999999999", "date-inf": "date: .inf", "date-nan": "date: .nan", "date-neg": "date: '@-99999999999999'",
    "date-format": "date: '01-01-2020'\ndateformat: [d]", "date-format2": "date: '01-01-2020'\ndateformat: 'ééé\\\\'",
    "dates-odd": "publish_date: [a]\nunpublish_date: {a: b}\ndate: true", "summary-odd": "summary: [a]",
    "summary-odd2": "summary: {size: [1], delimiter: {a: b}, format: 5, enabled: [x]}", "process-odd": "process: [twig]",
    "process-odd2": "process: {twig: {a: b}, markdown: [x]}", "markdown-odd": "markdown: word",
    "markdown-odd2": "markdown: {extra: [a], special_chars: word, valid_link_attributes: {a: b}}",
    "metadata-odd": "metadata: [a, {b: c}]", "metadata-odd2": "metadata: {a: [b, {c: d}], 5: null, '': x}", "content-odd": "content: [[[a]]]",
    "content-odd2": "content: {items: {items: {items: [a]}}, order: 5}", "published-odd": "published: [a]", "visible-odd": "visible: {a: b}",
    "routable-odd": "routable: word", "reserved": "_build: {render: never}\nbuild: x\nurl: https://evil.example/\noutputs: [nothing]\n"
    "aliases: [/../../x, '*']\ncascade: 5\nlayout: ../../x\ntype: ../../x\nweight: heavy\ndraft: maybe\nkind: home\npath: /x\nlang: xx\n"
    "resources: 5\nmenus: [x]\nmenu.main: 1\nsitemap: 5\nmarkup: html\ntranslationKey: [a]\nslug: reserved\nexpiryDate: never\nlastmod: never",
    "yaml-deep-flow": "a: " + "[" * 4000, "yaml-deep-map": "a: " + "{b: " * 3000,
    "yaml-deep-closed": "a: " + "[" * 3000 + "]" * 3000,
    "yaml-deep-block": "\n".join(" " * depth + "a:" for depth in range(600)),
    "yaml-bomb": "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "yaml-self": "a: &a [*a]\nb: &b {c: *b}", "yaml-merge": "a: &a {<<: *a, b: 1}", "yaml-python": "a: !!python/object/apply:os.system ['touch pwned']",
    "yaml-php": "a: !php/object 'O:8:\"stdClass\":0:{}'\nb: !!binary '///'\nc: !!set {a, b}\nd: !!timestamp x", "yaml-keys": "? [a, b]\n: c\n1: x\nnull: y\n{a: b}: z\ntrue: t",
    "yaml-open": "title: 'never closed", "yaml-colons": "title: a: b: c: d\ntags: : :\n: x", "yaml-tabs": "\ttitle: a\n\t\tb: c",
    "yaml-junk": "%$&@`|>{[*!?:,-\n&&& *** !!!", "yaml-percent": "%YAML 9.9\ntitle: x", "yaml-two": "title: a\n...\ntitle: b", "yaml-long": "a: " + "x " * 200_000,
    "yaml-many": "\n".join(f"k{number}: v" for number in range(20_000)), "yaml-nul": "title: a\x00b\nx: \x01\x02", "yaml-list": "- a\n- b", "yaml-word": "just words",
}

BODIES = {
    "links": "\n".join(f"[a]({url}) ![b]({url}) [c]({url} \"t\")" for url in CLIMBING),
    "links-html": "\n".join(f'<a href="{url}">a</a><img src="{url}">' for url in CLIMBING),
    "links-reference": "\n".join(f"[r{n}]: {url}" for n, url in enumerate(CLIMBING)) + "\n\n" + "".join(
        f"[r{n}] ![r{n}] " for n in range(len(CLIMBING))),
    "carousel": "[owl-carousel items=99999999999 margin=-1 autoplayTimeout=x responsive=\"{{{\" class=\"\\\"><script>\"]\n" + "\n".join(
        f'![`" >}}}} {{{{< x >}}}}]({url} "{{{{% y %}}}}")' for url in CLIMBING) + "\n[/owl-carousel]",
    "carousel-nested": "[owl-carousel]\n[owl-carousel]\n![a](a.png)\n[/owl-carousel]\n[owl-carousel]\n![a](a.png)",
    "carousel-empty": "[owl-carousel][/owl-carousel]\n\n[owl-carousel /]\n\n[/owl-carousel]",
    "inject": "[plugin:content-inject](../../../outside/secret)\n\n[plugin:page-inject](/body-inject)\n\n[plugin:content-inject](/body-inject)"
              "\n\n[plugin:youtube](javascript:alert(1))\n\n[plugin:](x)\n\n[plugin:content-inject](user://../outside/secret.md)",
    "hugo": "{{< nosuch >}} {{% nosuch %}} {{< nosuch\n\n`{{<`\n\n```\n{{< open\n```\n\n    {{% /close %}}\n\n{{</* x */>}} {{< a \"b >}}\n\n<div>{{< in html </div>",
    "more": "a\n\n```\n<!--more-->\n===\n```\n\n===\n\n===\n\n<!--more-->\n\nb", "fences": "---\ntitle: not front matter\n---\n+++\n+++\n{\"a\": 1}\n",
    "script": "<script>{{ site }}</script>\n\n<style>*{}</style>\n\n<!-- never closed\n\nx", "html-open": "<div>" * 3000 + "x",
    "html-close": "</div>" * 3000 + "x", "html-odd": "<\x00> <! <? <![CDATA[ <a href='<b'> <a/b/c/d> < div> <DIV\n\n<p",
    "brackets": "[" * 20_000 + "a" + "](" * 20_000, "images": "![" * 20_000, "stars": "*a _b " * 20_000, "stars-run": "*" * 50_000 + "a" + "*" * 50_000, "backticks": "`" * 30_000 + " a " + "`" * 29_999,
    "quotes": "> " * 3000 + "deep", "lists": "\n".join("  " * depth + "- a" for depth in range(800)), "lists-flat": "- " * 3000 + "a", "mixed": "> - " * 1000 + "deep",
    "shortcodes": "[center]" * 3000 + "x" + "[/center]" * 2999, "shortcodes-open": "[size=1]" * 3000, "shortcodes-cross": "[center][u][/center][/u]" * 500, "shortcode-odd": "[center a=\"]\" b=' c= =d e=\"\"\"] [/] [ /] [=x] [center/] [[[center]]]",
    "tables": "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|b" * 2000 + "|", "definitions": "\n".join(f"[d{n}]: /d" for n in range(5000)) + "\n\n" + "[d1] " * 2000,
    "footnotes": "".join(f"[^{n}] " for n in range(2000)) + "\n\n" + "\n".join(f"[^{n}]: [^{n + 1}]" for n in range(2000)),
    "twig": "{{ " * 5000 + "{% for %}" * 1000 + "{#" * 1000, "entities": "&#0; &#x110000; &#xD800; &nosuch; &" * 200, "odd-text": "\u202e\u2028\u2029\u200b\ufeff\x01\x02\x1b[31m\x7f\ufffe a",
    "line": "word " * 200_000, "lines": "a\n\n" * 50_000, "blanks": "\n" * 200_000, "spaces": " " * 300_000 + "a", "tabs": "\t" * 100_000 + "a", "rules": "---\n" * 20_000, "setext": "a\n===\n" * 5000, "hashes": "#" * 50_000 + " a",
}

FILES = {
    "empty": b"", "only-bom": b"\xef\xbb\xbf", "two-boms": b"\xef\xbb\xbf\xef\xbb\xbf---\ntitle: a\n---\nMARK", "dashes": b"---", "dashes2": b"---\n---\n", "open": b"---\ntitle: a\nMARK",
    "latin-1": "---\ntitle: Café\n---\nMARK naïve".encode("latin-1"), "utf-16": "---\ntitle: a\n---\nMARK".encode("utf-16"), "utf-32": "---\ntitle: a\n---\nMARK".encode("utf-32"),
    "surrogates": b"---\ntitle: a\n---\nMARK \xed\xa0\x80\xed\xb0\x80", "overlong": b"---\ntitle: a\n---\nMARK \xc0\xaf\xc0\xaf", "nul": b"---\ntitle: a\n---\nMARK \x00\x00 b", "nuls": b"\x00" * 5000,
    "cr": b"---\rtitle: a\r---\rMARK\r\rb", "crlf": b"---\r\ntitle: a\r\n---\r\nMARK\r\n", "mixed": b"---\r\ntitle: a\n---\r\nMARK\r\r\n\n\rb", "random": bytes(range(256)) * 200, "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "php": b"<?php system('id'); ?>MARK", "toml": b"+++\ntitle = 'a'\n+++\nMARK", "json": b'{"title": "a"}\nMARK',
}


def all_pages() -> Iterator[tuple[str, bytes, str]]:
    """Folder, whole file, and the word that must arrive (empty where there is nothing to arrive)."""
    for name, header in HEADERS.items():
        yield f"head-{name}", f"---\n{header}\n---\nMARK-head-{name}.\n".encode("utf-8", "replace"), f"MARK-head-{name}."
    for name, body in BODIES.items():
        yield f"body-{name}", f"---\ntitle: {name}\n---\nMARK-body-{name}.\n\n{body}\n".encode(), f"MARK-body-{name}."
    for name, content in FILES.items():
        mark = f"MARK-file-{name}." if b"MARK" in content else ""
        yield f"file-{name}", content.replace(b"MARK", mark.encode()), mark
