"""How WordPress writes links, pictures and shortcodes, and what becomes of addresses that will not answer any more."""

from __future__ import annotations

import pytest

from migrate.content.tree import parse
from migrate.mappers.place import Place
from migrate.mappers.rawhtml import edits_in
from migrate.model.document import Key
from migrate.model.reference import token
from migrate.writers.wordpress.html_names import MARK
from migrate.writers.wordpress.texts import RUN, RUN_END
from migrate.writers.wordpress.words import WordPressWords
from tests.wordpress.bodies import ATTACHMENTS, DIALECT, FOLDER, HERE, MEDIA, MODULE, OTHER, around, blocks
from tests.wordpress.cases import shown

WORDS = WordPressWords(ATTACHMENTS, {Key(f"media:{FOLDER}/sign.svg"): "https://x.org/sign.svg"}, {HERE.key, OTHER.key})


def media(name: str) -> str:
    """The address of a file in a text."""
    return token(Key(f"media:{name}"), "url")


def test_pages_are_named_by_their_key() -> None:
    assert WORDS.to_page(OTHER, "?a=1#b") == (token(OTHER.key, "url") + "?a=1#b",) * 2


def test_a_module_is_found_on_its_page() -> None:
    assert WORDS.to_page(MODULE, "#b").html == token(OTHER.key, "url") + "#b"


def test_a_page_that_is_not_there_has_its_address() -> None:
    assert WordPressWords({}, {}, set()).to_page(OTHER, "").html == OTHER.url


def test_files_are_in_the_library_or_elsewhere() -> None:
    assert WORDS.to_media(MEDIA[Key(f"media:{FOLDER}/a.jpg")], HERE, "?x").html == media("a.jpg") + "?x"
    assert WORDS.to_media(MEDIA[Key(f"media:{FOLDER}/sign.svg")], HERE, "").html == "https://x.org/sign.svg"


def test_shortcodes_and_blocks() -> None:
    assert WORDS.shortcode("core/gallery", [("items", '1"')], paired=True) == (
        f'<{MARK} name="core/gallery" items="1&quot;">', f"</{MARK}>")
    assert WORDS.shortcode("x", [("a", "b"), ("c", 'd"e\'')], paired=True) == (
        f"{RUN}[x a=\"b\" c='d\"e&#39;']{RUN_END}", f"{RUN}[/x]{RUN_END}")
    assert WORDS.shortcode("x", [], paired=False) == (f"{RUN}[x]{RUN_END}", "")


@pytest.mark.parametrize(("name", "tail", "html"), [
    ("film.mp4", "", "<video src=\"{}\" controls></video>"),
    ("film.mp4", "?controls=0&autoplay&loop=1&muted=true&preload=none",
     "<video src=\"{}\" autoplay loop muted preload=\"none\"></video>"),
    ("sound.mp3", "?preload=x", "<audio src=\"{}\" controls></audio>"),
])
def test_what_is_played(name: str, tail: str, html: str) -> None:
    goal = MEDIA[Key(f"media:{FOLDER}/{name}")]
    if "autoplay" in tail:
        tail = tail.replace("autoplay", "autoplay=1")
    assert WORDS.image_html(goal, HERE, tail, alt="", title=None) == html.format(media(name))


@pytest.mark.parametrize(("body", "href"), [
    ("[x](../second)", "«url document:/blog/second»"),
    ("[x](../second?a=1&b=2#c)", "«url document:/blog/second»?a=1&amp;b=2#c"),
    ("[x](/gone)", "«url document:/blog/second»"),
    ("[x](/away)", "https://x.org/"),
    ("[x](/blog/tag:tea)", "/tag/tea/"), ("[x](/teas)", "/tag/tea/"),        # a list of terms, which is no page
    ('<a href="/teas">x</a>', "/tag/tea/"), ('<a href="/away">x</a>', "https://x.org/"),
    ('<a href="/gone#c">x</a>', "«url document:/blog/second»#c"), ('<a href="/nowhere">x</a>', "/nowhere"),
    ("[x](https://old.example.org/blog/second#c)", "«url document:/blog/second»#c"),
    ("[x](//old.example.org/gone)", "«url document:/blog/second»"),
    ("[x](https://elsewhere.org/blog/second)", "https://elsewhere.org/blog/second"),
    ("[x](#part)", "#part"),
    ("[x](mailto:a@b.org)", "mailto:a@b.org"),
    ("[x][1]\n\n[1]: ../second", "«url document:/blog/second»"),
    ('<a href="/blog/second?x#y">x</a>', "«url document:/blog/second»?x#y"),
    ("<a href='https://old.example.org/blog/second'>x</a>", "«url document:/blog/second»"),
    ("<a href=/blog/second>x</a>", "«url document:/blog/second»"),
    ("<a href=second>x</a>", "«url document:/blog/second»"),
    ('<a href="/user/pages/01.blog/01.first/a.jpg">x</a>', "«url media:a.jpg»"),
    ("<a href=first/paper.pdf>x</a>", "«url media:paper.pdf»"),
    ('<a href="/blog/first/a.jpg">x</a>', "«url media:a.jpg»"),
])
def test_links_lead_to_where_things_are_now(body: str, href: str) -> None:
    assert f'href="{href}"' in shown(blocks(f"text {body}").text)


@pytest.mark.parametrize("body", ['<div><img src="/user/pages/01.blog/01.first/a.jpg"></div>',
                                  "<div style='x:y'><img src=/user/pages/01.blog/01.first/a.jpg></div>",
                                  '<div markdown="1">\n*a* <img src="/user/pages/01.blog/01.first/a.jpg">\n</div>',
                                  '<div><p markdown="1">*a*</p><img src="/user/pages/01.blog/01.first/a.jpg"></div>'])
def test_raw_html_of_markdown_extra_keeps_its_references(body: str) -> None:
    assert "«url media:a.jpg»" in shown(blocks(body).text)
    assert "%EF" not in blocks(body).text


@pytest.mark.parametrize("body", [
    '<div markdown="1">\n    <a href="/blog/second">x</a>\n</div>',
    '<div markdown="1">\n`<a href=/blog/second>` and <a href="../">x</a>\n</div>',
])
def test_code_in_raw_html_of_markdown_extra_is_left_alone(body: str) -> None:
    assert "«url" not in shown(blocks(body).text)


def test_an_address_that_code_and_a_link_share_leads_to_its_page() -> None:
    body = '<div markdown="1">\n<a href="/blog/second">x</a> `<a href="/blog/second">`\n</div>'
    assert '<a href="«url document:/blog/second»">x</a>' in shown(blocks(body).text)


def test_findings_name_places_in_words() -> None:
    text = '<a href="/blog/second#x">x</a> <img src="/user/pages/01.blog/01.first/a.jpg">'
    _, findings = edits_in(Place(tree=parse(text, DIALECT), here=HERE, around=around()))
    assert [finding.message.partition(" points to ")[2] for finding in findings] == [
        f"{OTHER.address}#x", "the media library"]
