"""Links, pictures, raw HTML and shortcodes of a body on their way to Hugo, as tables: what is written, what comes
of it, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mappers.bodies import convert, found
from tests.readers.grav_answers import PNG

LINKS = [
    ("[a](../02.second)", "[a](/blog/zweite/)", []),                      # a folder by its number
    ("[a](../02.second/item.md)", "[a](/blog/zweite/)", []),              # a page file
    ("[a](/02.blog/02.second)", "[a](/blog/zweite/)", []),
    ("[a](../zweite#part)", "[a](/blog/zweite/#part)", []),               # a route, the page as a directory
    ("[a](/blog/zweite?b=1)", "[a](/blog/zweite/?b=1)", []),
    ("[a](/)", "[a](/)", []), ("[a](/home)", "[a](/home)", []),           # an old address that leads on
    ("[a](../../01.home)", "[a](/)", []),                                 # Grav printed nothing: the same page
    ("[a](doc.pdf)", "[a](doc.pdf)", []), ("[a](../zweite/b.png)", "[a](/blog/zweite/b.png)", []),
    ("[a](/user/pages/02.blog/02.second/b.png)", "[a](/blog/zweite/b.png)", []),
    ("[a](/user/pages/02.blog/01.first/doc.pdf#x)", "[a](doc.pdf#x)", []),
    ("[a](/user/pages/02.blog/02.second/none.png)", "[a](/user/pages/02.blog/02.second/none.png)", ["G220"]),
    ("[a](/user/images/none.png)", "[a](/user/images/none.png)", ["G220"]),
    ("[a](#part)", "[a](#part)", []), ("[a](mailto:a@b.c)", "[a](mailto:a@b.c)", []),
    ("[a](https://e.com/a%2Fb?c=d)", "[a](https://e.com/a%2Fb?c=d)", []),
    ("[a](https://e.com/a?b)", "[a](https://e.com/a?b)", ["G227"]),       # Grav: ?b=1
    ("[a](https://e.com/a?id=1&noprocess)", "[a](https://e.com/a?id=1&noprocess)", []),
    ("[a](/blog/zweite?id=1&noprocess#b)", "[a](/blog/zweite/?id=1&noprocess=id#b)", []),
    ("[a](/blog/zweite/size:big/x:1#b)", "[a](/blog/zweite/#b)", ["G229"]),
    ("[a](https://e.com/%E9t%E9)", "[a](https://e.com/%E9t%E9)", ["G227"]),   # Latin-1: Grav prints the page's own
    ("[a](../nowhere)", "[a](/blog/nowhere)", ["G220"]),
    ("[a](./../zweite)", "[a](/blog/zweite/)", []),
    ("[a][r]\n\n[r]: ../02.second 'T'", "[a][r]\n\n[r]: /blog/zweite/ \"T\"", []),
    ("[a][r]\n\n[r]: ../nowhere", "[a][r]\n\n[r]: /blog/nowhere", ["G220"]),
    ("![a][r]\n\n[r]: a.png", "![a][r]\n\n[r]: a.png", []),
    ("[a](/blog/zweite?target=_blank&classes=b,c)", "[a](/blog/zweite/?target=_blank&class=b,c)", []),
]

PICTURES = [
    ("![a](a.png)", "![a](a.png)", []),
    ("![a](/blog/first/a.png?cropResize=10,10)", "![a](a.png?cropResize=10,10)", []),
    ("![a](../02.second/b.png 'T')", "![a](/blog/zweite/b.png \"T\")", []),
    ("![a](./a.png)", "![a](a.png)", ["G225"]),                           # Grav does not find it
    ("![a](none.png)", "![a](/blog/first/none.png)", ["G222"]),
    ("![a](https://e.com/x.png)", "![a](https://e.com/x.png)", []),
    ("![a](v.mp4?loop)", "![a](v.mp4?loop)", ["G223"]), ("![a](s.mp3)", "![a](s.mp3)", ["G223"]),
    ("![a](doc.pdf 'The file')", "[The file](doc.pdf)", ["G224"]),
    ("![](doc.pdf)", "[doc.pdf](doc.pdf)", ["G224"]),
    ("[![a](a.png)](../02.second)", "[![a](a.png)](/blog/zweite/)", []),
]

HTML = [
    ('a <img src="/user/pages/02.blog/02.second/b.png"> b', 'a <img src="/blog/zweite/b.png"> b', ["G226"]),
    ("<p><a href='../second'>x</a></p>", "<p><a href='../second'>x</a></p>", []),
    ('<p><a href="first/doc.pdf">x</a></p>', '<p><a href="/blog/first/doc.pdf">x</a></p>', ["G226"]),
    ('<p><img src="first/A.PNG"></p>', '<p><img src="/blog/first/a.png"></p>', ["G226"]),
    ('<p><a href="/blog/first/Doc.pdf">x</a></p>', '<p><a href="/blog/first/doc.pdf">x</a></p>', ["G226"]),
    ('<p><a href="first/other.pdf">x</a></p>', '<p><a href="first/other.pdf">x</a></p>', ["G220"]),
    ('<p><a href="zweite">x</a></p>', '<p><a href="/blog/zweite">x</a></p>', ["G226"]),
    *[(f"<p>{tag}</p>", f"<p>{tag}</p>", codes) for tag, codes in (
        ('<a href="none">x</a>', ["G220"]), ('<a href="/none?a=b#c">x</a>', ["G220"]),
        ('<a href="/none.pdf">x</a>', ["G220"]), ('<a title="a > b" href="none">x</a>', ["G220"]),
        ('<a href="../nowhere/none.pdf">x</a>', ["G220"]), ('<img src="/blog/first/none.png">', ["G222"]),
        ('<img src=none.JPG>', ["G222"]), ('<a href="/blog">x</a>', []), ('<a href="/home#x">x</a>', []),
        ('<a href="#x">x</a>', []), ('<b>&lt;a href="zweite"&gt; href="zweite"</b>', []),
        ('<b><!-- <a href="zweite"> --></b>', []), ('<b><script>x = "<a href=\'zweite\'>"</script></b>', []),
        ('<a href="?x=1">x</a>', []), ('<a href="">x</a>', []), ('<a href="{{ base_url }}/x">x</a>', []),
        ('<a href="mailto:a@b.c">x</a>', []),
        ('<a href="/{{ page.slug }}">x</a>', []), ('<img src="/blog/zweite/b.png">', []), ("<code>href='/none'</code>", []), ('<script src="none.js"></script>', ["G220"]))],
    ('<p><a href="https://e.com">x</a></p>', '<p><a href="https://e.com">x</a></p>', []),
    ('<!-- <img src="/user/pages/02.blog/02.second/b.png"> -->', '<!-- <img src="/user/pages/02.blog/02.second/b.png"> -->',
     []),
]


@pytest.mark.parametrize(("body", "wanted", "codes"), [*LINKS, *PICTURES, *HTML])
def test_addresses(tmp_path: Path, body: str, wanted: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body)
    assert (text.markdown.strip("\n"), found(text)) == (wanted, codes)


@pytest.mark.parametrize(("header", "there", "codes"), [
    ("", "published: false\n", ["G220"]), ("", "unpublish_date: '2020-01-01 10:00'\n", ["G220"]), ("", "", []),
    ("published: false\n", "published: false\n", [])])
def test_links_to_pages_that_are_not_published(header: str, there: str, codes: list[str], tmp_path: Path) -> None:
    files = {"pages/02.blog/03.third/item.md": f"---\ntitle: Third\n{there}---\n"}
    text = convert(tmp_path / "user", "[a](../third)", header=header, files=files)
    assert (text.markdown.strip(), found(text)) == ("[a](/blog/third/)", codes)


def test_addresses_of_one_site_of_several(tmp_path: Path) -> None:
    """Its files are under user/sites/NAME, and so are their addresses."""
    body = ("[a](/user/sites/one/pages/02.blog/02.second/b.png) ![a](/user/sites/one/pages/02.blog/01.first/a.png) "
            "![a](/user/sites/one/images/p.png) [a](/user/sites/two/images/p.png)")
    text = convert(tmp_path / "user/sites/one", body, files={"images/p.png": PNG})
    assert text.markdown.strip() == ("[a](/blog/zweite/b.png) ![a](a.png) ![a](/user/images/p.png) "
                                     "[a](/user/sites/two/images/p.png)")
    assert found(text) == ["G220"]


@pytest.mark.parametrize(("body", "wanted", "codes"), [
    ('<p><img src="/images/p.png"></p>', '<p><img src="/user/pages/images/p.png"></p>', ["G226"]),
    ('<p><img src="../images/p.png"></p>', '<p><img src="/user/pages/images/p.png"></p>', ["G226"]),
    ('<p><img src="/blog/zweite/b.png"></p>', '<p><img src="/blog/zweite/b.png"></p>', []),
    ('<p><img src="/images/none.png"></p>', '<p><img src="/images/none.png"></p>', ["G222"]),
])
def test_raw_html_with_files_beside_no_page(tmp_path: Path, body: str, wanted: str, codes: list[str]) -> None:
    text = convert(tmp_path / "user", body, files={"pages/images/p.png": PNG})
    assert (text.markdown.strip("\n"), found(text)) == (wanted, codes)


def test_raw_html_of_a_module_is_read_at_its_page(tmp_path: Path) -> None:
    module = "02.blog/01.first/_one/text.md"
    files = {"pages/images/p.png": PNG, f"pages/{module}": '<img src="../images/p.png">'}
    text = convert(tmp_path / "user", "", header="content: {items: '@self.modular'}\n", files=files, source=module)
    assert '<img src="/user/pages/images/p.png">' in text.markdown


SHORTCODES = [
    ("[center]**a**[/center]", "G206"),
    ("a [nobody]b[/nobody]", "G245"), ("a [weather city=\"x\" days=3 /]", "G245"),
    ("a [lorem=2 /]", "G240"),
    ("a [youtube]nothing[/youtube]", "G242"), ("[plugin:youtube](https://youtu.be/BK8guP9ov2U?t=3)", "G242"),
    ("[section name=side]x[/section]", "G243"),
    ("[ui-tabs]\n[ui-tab title=A]\n![a](a.png?resize=10,10)\n[/ui-tab]\n[/ui-tabs]", "G244"),
    ("[ui-image-compare]\n![a](a.png)\n![b](../02.second/b.png)\n[/ui-image-compare]", "G246"),
    ("[ui-callout]\n[ui-callout-item title=T]\nx\n[/ui-callout-item]\n![a](a.png)\n[/ui-callout]", "G246"),
    ("[ui-animated-text words=\"a,b\"]x %WORDS%[/ui-animated-text]", "G246"),
    ("[plugin:content-inject](/blog/zweite)", "G250"), ("[content-inject path=\"/blog/zweite\" /]", "G250"),
    ("[plugin:content-inject](/nowhere)", "G251"),
    ("[plugin:page-inject](/blog/zweite)", "G253"),
]


@pytest.mark.parametrize(("body", "code"), SHORTCODES)
def test_what_is_told_of_shortcodes(tmp_path: Path, body: str, code: str) -> None:
    text = convert(tmp_path / "user", f"first line\n\n{body}")
    told = [finding for finding in text.findings if finding.code == code]
    assert told, text.findings
    assert told[0].line >= 6
    assert told[0].subject == "02.blog/01.first/item.md"


def test_a_live_shortcode_without_a_rule(tmp_path: Path) -> None:
    files = {"config/plugins/datatables.yaml": "enabled: true\n"}
    text = convert(tmp_path / "user", "a [dt-options]b[/dt-options] c", files=files)
    assert (text.markdown.strip("\n"), found(text)) == ("a [dt-options]b[/dt-options] c", ["G241"])
    dropped = convert(tmp_path / "user", "a [dt-options]b[/dt-options] c", files=files, unknown={"shortcode": "drop"})
    assert dropped.markdown.strip("\n") == "a  c"
    bare = convert(tmp_path / "user", "a [dt-options]b[/dt-options] c", files=files, unknown={"shortcode": "unwrap"})
    assert bare.markdown.strip("\n") == "a b c"


def test_a_broken_link_can_become_its_text(tmp_path: Path) -> None:
    broken = convert(tmp_path / "user", "[a *b*](../nowhere)", links={"broken": "text"})
    assert (broken.markdown.strip("\n"), found(broken)) == ("a *b*", ["G220"])


ALWAYS = {"config/plugins/image-captions.yaml": "enabled: true\nscope: img\n"}
CLASSED = {"config/plugins/image-captions.yaml": "enabled: true\n"}
ELSEWHERE = {"config/plugins/image-captions.yaml": "enabled: true\nscope: .gallery\n"}
FIGURE = '<figure class="image-caption">{}<figcaption>Cap</figcaption></figure>'


@pytest.mark.parametrize(("files", "body", "wanted"), [
    (ALWAYS, '![a](https://e.com/a.png "Cap")', FIGURE.format('<img src="https://e.com/a.png" alt="a" title="Cap">')),
    (ALWAYS, '![a](a.png "Cap")', FIGURE.format('<img src="/blog/first/a.png" alt="a" title="Cap">')),
    (ALWAYS, "![a](a.png)", "![a](a.png)"),
    (CLASSED, '![a](a.png "Cap")', '![a](a.png "Cap")'),
    (CLASSED, '![a](https://e.com/a.png?classes=caption,caption-big "Cap")',
     FIGURE.replace("caption\"", 'caption caption-big"').format(
         '<img src="https://e.com/a.png" alt="a" title="Cap" class="caption caption-big">')),
    (CLASSED, '![a](a.png?classes=caption&resize=10,10 "Cap")',
     FIGURE.format('{{< image src="/blog/first/a.png?resize=10,10&class=caption" alt="a" title="Cap" >}}')),
    (ELSEWHERE, '![a](a.png?classes=caption "Cap")', '![a](a.png?class=caption "Cap")'),
])
def test_the_image_captions_plugin(tmp_path: Path, files: dict[str, str], body: str, wanted: str) -> None:
    assert convert(tmp_path / "user", body, files=files).markdown.strip("\n") == wanted


def test_markdown_in_the_caption_of_a_figure(tmp_path: Path) -> None:
    text = convert(tmp_path / "user", '[figure caption="Cap **b**"]\n![a](a.png)\n[/figure]')
    assert "<figcaption>Cap <strong>b</strong></figcaption></figure>" in text.markdown


def test_labels_of_footnotes_go_with_the_page_where_they_are_no_plain_numbers(tmp_path: Path) -> None:
    extra = "markdown: {extra: true}\n"
    named = convert(tmp_path / "a", "A[^x] b[^1].\n\n[^1]: One\n[^x]: X\n", header=extra)
    plain = convert(tmp_path / "b", "A[^1] b[^2].\n\n[^1]: One\n[^2]: Two\n", header=extra)
    assert (named.fields, plain.fields) == ({"footnotes": ["x", "1"]}, {})


@pytest.mark.parametrize(("body", "markdown"), [
    ('[owl-carousel][/owl-carousel]\n', "{{< carousel >}}\n\n{{< /carousel >}}"),
    ("[owl-carousel /]\n", "{{< carousel >}}{{< /carousel >}}"),
    ('[span style="{{% y"]a[/span]\n', '<span style="&#123;{% y">a</span>'),
    ('<p><img src="a.png" title="{{% y"></p>\n', '<p><img src="/blog/first/a.png" title="{{&#37; y"></p>'),
])
def test_hugo_can_build_it(body: str, markdown: str, tmp_path: Path) -> None:
    assert convert(tmp_path, body).markdown.strip() == markdown
