"""What the render hooks make of pictures and links: each action of the old site, tried on a real Hugo."""

from __future__ import annotations

import re
import struct

import pytest

from tests.mappers.sites import mapping, page, site
from tests.writers.hugo.projects import build, files_of, picture, with_media

pytestmark = pytest.mark.hugo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
FILES = {
    "02.a/p.png": picture(300, 200),
    "02.a/v.svg": SVG,
    "02.a/f.mp4": b"film",
    "02.a/s.mp3": b"sound",
    "02.a/d.pdf": b"d",
    "02.a/broken.png": b"no picture",
    "02.a/empty.jpg": b"",
    "02.a/q?#&.png": picture(),
    "02.a/My_Photo.one.png": picture(),
}

SIZES = {
    "p.png": (300, 200),
    "p.png?resize=150,150": (150, 100),
    "p.png?cropResize=150,150": (150, 100),
    "p.png?resize=600,600": (300, 200),
    "p.png?resize=150": (150, 100),
    "p.png?resize=,50": (50, 33),
    "p.png?forceResize=40,40": (40, 40),
    "p.png?cropZoom=100,100": (100, 100),
    "p.png?zoomCrop=50,80": (50, 80),
    "p.png?crop=250,150,100,100": (50, 50),
    "p.png?crop=10,20,30,40": (30, 40),
    "p.png?rotate=90": (200, 300),
    "p.png?resize=150,150&grayscale&quality=50": (150, 100),
    "p.png?resize=abc": (300, 200),
    "p.png?crop=900,900,10,10": (300, 200),
    "p.png?nosuchaction=1": (300, 200),
    "p.png?negate&sepia&brightness=50&contrast=-20&gaussianBlur=3&sharp&colorize=10,0,20": (300, 200),
}

TAGS = {
    "p.png?classes=a,b": 'class="a b"',
    "p.png?class=c": 'class="c"',
    "p.png?id=x": 'id="x"',
    "p.png?style=float:left": 'style="float:left;"',
    "p.png?loading=eager": 'loading="eager"',
    "p.png": 'loading="lazy"',
    "p.png?width=30": 'width="30"',
    "p.png?decoding=async&fetchpriority=high": 'decoding="async"',
    "p.png?attribute=data-x,1": 'data-x="1"',
    "p.png?sizes=50vw": 'sizes="50vw"',
    "v.svg": 'src="/a/v.svg"',
    "v.svg?resize=40,20": 'style="width: 40px;height: 20px;"',
    "f.mp4": '<video aria-label="A" controls="controls" preload="metadata"><source src="/a/f.mp4">',
    "f.mp4?controls=0&loop=1&autoplay=1&muted": 'autoplay="autoplay" loop="loop" muted="muted"',
    "f.mp4?resize=400,200": 'style="width: 400px;height: 200px;"',
    "s.mp3": '<audio aria-label="A" controls="controls"',
    "https://e.org/x.png?a=b": 'src="https://e.org/x.png?a=b"',
    "//e.org/x.png": 'src="//e.org/x.png"',
    "nothing.png?resize=1,1": 'src="nothing.png?resize=1,1"',
    "/a/nothing.png": 'src="/a/nothing.png"',
    "broken.png?resize=10,10": 'src="/a/broken.png"',
    "empty.jpg": 'src="/a/empty.jpg"',
    "/a/p.png?resize=30,30": 'width="30"',
    "q%3F%23&.png": 'width="60"',
    "My_Photo.one.png": 'src="/a/My_Photo.one.png"',
    "My_Photo.one.png?resize=30,30": '-myphotoone.png" ',       # made anew: the name that Grav gave it
    "My_Photo.one.png?resize=900,900": '-myphotoone.png" ',
    "My_Photo.one.png?nosuchaction": 'src="/a/My_Photo.one.png"',
    "data:image/gif;base64,R0lGOD": 'src="data:image/gif;',
    "http://[bad": 'src="http://[bad"',
    "p.png?attribute=onclick,alert(1)": 'src="/a/p.png" height',
}

LINKS = {
    "/b/": 'href="/b/"',
    "/b/?x=1#y": 'href="/b/?x=1#y"',
    "d.pdf": 'href="/a/d.pdf"',
    "/a/d.pdf": 'href="/a/d.pdf"',
    "https://e.org/?target=_blank&q=1": 'href="https://e.org/?q=1" rel="noopener" target="_blank"',
    "/b/?classes=x,y&rel=nofollow&id=i": 'href="/b/" class="x y" id="i" rel="nofollow"',
    "https://e.org/?id=1&rel=x&noprocess": 'href="https://e.org/?id=1&amp;rel=x" rel="noopener"',
    "https://e.org/?id=1&rel=x&noprocess=id": 'href="https://e.org/?id=1" rel="x"',
    "mailto:a@e.org?subject=x": 'href="mailto:a@e.org?subject=x"',
    "tel:+7123": 'href="tel:+7123"',
    "#x": 'href="#x"',
    "b.md": 'href="/b/"',
    "../nothing": 'href="../nothing"',
    "javascript:void(0)": 'href="javascript:void(0)"',
    "": 'href=""',
    "/b/?tag": 'href="/b/?tag"',
    "/b/?x=1&amp;y=\\_": 'href="/b/?x=1&amp;y=_"',
    "<d d.pdf>": 'href="d%20d.pdf"',
    "http://[bad": 'href="http://[bad"',
    "//e.org/x": 'href="//e.org/x"',
}


@pytest.fixture(scope="module")
def built(hugo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    lines = [f"![A]({url})" for url in (*SIZES, *TAGS)] + [f"[A]({url})" for url in LINKS]
    lines += [
        "![A](p.png?cropResize=100,100&lightbox)",
        "![A](p.png?lightbox=800,600&cropResize=100,100)",
        "![A](p.png?link)",
        "![A](p.png?derivatives=100,250,50)",
        "![A](p.png?derivatives=[120,240])",
        '![A "q" <b>](p.png "T & \\"t\\"")',
        '{{< image src="/a/p.png?resize=30" alt="a \\"b\\"" title="t" >}}',
        '[![A](p.png?resize=20)](/b/ "t")',
        "<https://e.org/?id=1&rel=x>",
    ]
    files = files_of(folder / "src", FILES)
    pages = page("01.home", route="/", home=True), page("02.a"), page("03.b")
    rules = mapping(links={"external": {"rel": "noopener"}})
    return build(hugo, with_media(site(*pages), files), {"02.a": "\n\n".join(lines)}, folder / "site", rules)


@pytest.fixture(scope="module")
def paragraphs(built):
    found = re.findall(r"<p>(.*?)</p>|^(<img .*>)$", built.main("/a/"), re.DOTALL | re.MULTILINE)
    return ["".join(pair) for pair in found]


@pytest.mark.parametrize(("number", "url"), list(enumerate(SIZES)))
def test_the_size_of_the_file_and_of_the_tag(built, paragraphs, number, url):
    html, (width, height) = paragraphs[number], SIZES[url]
    source = re.search(r'src="([^"]+)"', html)
    assert source is not None
    assert f'width="{width}"' in html and f'height="{height}"' in html
    assert struct.unpack(">II", (built.public / source[1].lstrip("/")).read_bytes()[16:24]) == (width, height)


@pytest.mark.parametrize(("number", "url"), list(enumerate(TAGS)))
def test_attributes(paragraphs, number, url):
    html = paragraphs[len(SIZES) + number]
    assert TAGS[url] in html
    assert "onclick" not in html


def test_pictures_under_the_name_that_grav_gave_them_are_there(built):
    named = re.findall(r'="/(images/[^"]+)"', built.main("/a/"))
    assert len(named) > 1 and all((built.public / name).is_file() for name in named)


@pytest.mark.parametrize(("number", "url"), list(enumerate(LINKS)))
def test_links(paragraphs, number, url):
    assert paragraphs[len(SIZES) + len(TAGS) + number] == f"<a {LINKS[url]}>A</a>"


def test_what_stands_before_a_lightbox_is_done_to_the_linked_file(paragraphs):
    before, after, link = paragraphs[len(SIZES) + len(TAGS) + len(LINKS) :][:3]
    assert re.fullmatch(r'<a href="/a/p_hu_[^"]+" rel="lightbox"><img [^>]*src="/a/p.png"[^>]*></a>', before)
    assert re.fullmatch(
        r'<a href="/a/p.png" data-height="600" data-width="800" rel="lightbox"><img [^>]*src="/a/p_hu_[^>]*></a>',
        after,
    )
    assert re.fullmatch(r'<a href="/a/p.png"><img [^>]*src="/a/p.png"[^>]*></a>', link)


def test_derivatives_are_other_sizes_of_the_same_picture(paragraphs):
    steps, widths = paragraphs[len(SIZES) + len(TAGS) + len(LINKS) :][3:5]
    assert re.findall(r" (\d+)w", steps) == ["100", "150", "200", "250", "300"]
    assert re.findall(r" (\d+)w", widths) == ["120", "240", "300"]


def test_quotes_in_texts_are_safe(paragraphs):
    quoted, shortcode = paragraphs[len(SIZES) + len(TAGS) + len(LINKS) :][5:7]
    assert 'title="T &amp; &#34;t&#34;"' in quoted and 'alt="A &#34;q&#34;' in quoted
    assert 'alt="a &#34;b&#34;"' in shortcode and 'width="30"' in shortcode


def test_an_address_that_is_its_own_text_is_meant_as_it_is(paragraphs):
    assert 'href="https://e.org/?id=1&amp;rel=x" rel="noopener"' in paragraphs[-1]


DECIDED = [
    ({"resize": "attributes"}, 'style="width: 40px;height: 50px;"'),
    ({"lightbox": "drop"}, "<p><img "),
    ({"loading": "eager"}, 'loading="eager"'),
    ({"actions": {"cropZoom": "drop"}}, 'src="/a/p.png" height="200"'),
    ({"actions": {"cropZoom": "attributes"}}, 'style="width: 40px;height: 50px;"'),
    ({"actions": {"nonsense": "keep"}}, '?nonsense=1" height="50"'),
    ({}, 'height="50" loading="lazy" width="40"></a>'),
]


@pytest.mark.parametrize(("over", "piece"), DECIDED)
def test_the_mapping_decides_about_pictures(hugo, tmp_path, over, piece):
    files = files_of(tmp_path / "src", {"02.a/p.png": picture(300, 200)})
    pages = page("01.home", route="/", home=True), page("02.a")
    text = "![A](p.png?lightbox&cropZoom=40,50&nonsense=1)"
    built = build(hugo, with_media(site(*pages), files), {"02.a": text}, tmp_path / "site", mapping(images=over))
    assert piece in built.main("/a/")
