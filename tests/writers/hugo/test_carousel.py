"""The carousel as a visitor has it: in a real Chromium, on a phone and on a desk, with and without scripts."""

from __future__ import annotations

import re

import pytest

from tests.chromium import DESKTOP, PHONE, Chromium, chromium_binary, served
from tests.mappers.sites import page, site
from tests.writers.hugo.projects import build, files_of, picture, with_media

pytestmark = [pytest.mark.hugo, pytest.mark.browser]

SEED = """The forum was held in July.

<!--more-->

{{< carousel items="1" margin="10" loop="true" >}}
![Alt one](1.png "Silk Road Forum")
![Alt two](2.png "Silk & Road")
![Alt three](3.png "Forum")
{{< /carousel >}}

Text below."""

KINDS = """{{< carousel items=2 margin=20 startPosition=1 >}}
![](1.png) ![](2.png)
![](3.png)
{{< /carousel >}}

{{< carousel >}}
![](1.png)

![](2.png "Caption")

[![Linked](3.png)](/seed/)
![film](f.mp4)

<div class="slide"><h3>Words</h3><p>of <em>HTML</em></p></div>

A **paragraph** with ![a picture](1.png?resize=20,20) in it.
{{< /carousel >}}

{{< carousel items=1 rtl=true autoHeight=true nav=false dots=false label="Right to left" >}}
![](1.png)
![](2.png)
{{< /carousel >}}

{{< carousel items=1 responsive=`{"0":{"items":1,"nav":false},"600":{"items":3,"margin":7}}` >}}
![](1.png)
![](2.png)
![](3.png)
![](1.png)
{{< /carousel >}}

{{< carousel items=1 autoplay=true autoplayTimeout=1000 >}}
![](1.png)
![](2.png)
{{< /carousel >}}

{{< carousel items=x margin=auto responsive="{nonsense" >}}{{< /carousel >}}"""

SHOWN = """(() => { const t = document.querySelectorAll('.carousel-track')[%d], b = t.getBoundingClientRect();
return [...t.children].map((s, i) => [i, s.getBoundingClientRect()])
.filter(([, r]) => r.left > b.left - 2 && r.right < b.right + 2).map(([i]) => i); })()"""


@pytest.fixture(scope="module")
def built(hugo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("carousel")
    pages = page("01.home", route="/", home=True), page("02.seed"), page("03.kinds")
    shots = {"1.png": picture(1400, 900, 40), "2.png": picture(1000, 900, 120), "3.png": picture(600, 400, 200)}
    files = files_of(
        folder / "src",
        {
            f"{place}/{name}": data
            for place in ("02.seed", "03.kinds")
            for name, data in (*shots.items(), ("f.mp4", b"film"))
        },
    )
    return build(hugo, with_media(site(*pages), files), {"02.seed": SEED, "03.kinds": KINDS}, folder / "site")


@pytest.fixture(scope="module")
def address(built):
    with served(built.public) as base:
        yield base


@pytest.fixture(scope="module")
def chromium():
    browser = Chromium(chromium_binary())
    yield browser
    browser.close()


@pytest.fixture(params=["phone", "desk"])
def browser(chromium, request):
    chromium.size(*(PHONE if request.param == "phone" else DESKTOP), touch=request.param == "phone")
    chromium.scripts(True)
    chromium.prefer()
    return chromium


def shown(browser, number=0):
    return browser.run(SHOWN % number)


def until_shown(browser, *slides, number=0):
    browser.wait(lambda: shown(browser, number) == list(slides))


def test_buttons_keys_and_dots_move_the_slides_round(browser, address):
    browser.open(f"{address}/seed/")
    assert shown(browser) == [0]
    browser.click(".carousel-next")
    until_shown(browser, 1)
    browser.click(".carousel-dots button:nth-child(3)")
    until_shown(browser, 2)
    assert browser.run("document.querySelector('.carousel-dots [aria-current]').ariaLabel") == "3 of 3"
    browser.click(".carousel-next")
    until_shown(browser, 0)
    browser.click(".carousel-prev")
    until_shown(browser, 2)
    browser.run("document.querySelector('.carousel-track').focus()")
    browser.key("ArrowLeft")
    until_shown(browser, 1)
    browser.key("Home")
    until_shown(browser, 0)
    browser.key("ArrowRight")
    until_shown(browser, 1)
    browser.key("End")
    until_shown(browser, 2)


def test_a_button_is_reached_and_pressed_from_the_keyboard(browser, address):
    browser.open(f"{address}/seed/")
    browser.run("document.querySelector('.carousel-track').focus()")
    browser.key("Tab")
    assert browser.run("document.activeElement.ariaLabel") == "Previous"
    browser.key("Enter")
    until_shown(browser, 2)


def test_a_finger_moves_them(chromium, address):
    chromium.size(*PHONE, touch=True)
    chromium.open(f"{address}/seed/")
    chromium.swipe(".carousel-track", -250)
    until_shown(chromium, 1)
    chromium.swipe(".carousel-track", -250)
    until_shown(chromium, 2)
    chromium.wait(
        lambda: chromium.run("document.querySelector('.carousel-dots [aria-current]').ariaLabel") == "3 of 3"
    )
    chromium.swipe(".carousel-track", 250)
    until_shown(chromium, 1)


def test_captions_and_alternative_texts_are_there(browser, address):
    browser.open(f"{address}/seed/")
    captions = browser.run(
        "[...document.querySelectorAll('.carousel figcaption')].map(c => [c.innerText, c.offsetHeight > 10])"
    )
    assert captions == [["Silk Road Forum", True], ["Silk & Road", True], ["Forum", True]]
    assert browser.run("[...document.querySelectorAll('.carousel img')].map(i => i.alt)") == [
        "Alt one",
        "Alt two",
        "Alt three",
    ]


def test_nothing_sticks_out_and_everything_fits_the_window(browser, address):
    browser.open(f"{address}/kinds/")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    browser.open(f"{address}/seed/")
    width, height = browser.run(
        "(r => [r.width, r.height])(document.querySelector('.carousel').getBoundingClientRect())"
    )
    assert width <= browser.run("innerWidth") and height <= browser.run("innerHeight")


def test_pictures_are_lazy_sized_and_of_several_widths(built):
    html = built.main("/seed/")
    tags = re.findall(r"<img [^>]*>", html)
    assert len(tags) == 3
    for tag, (width, height) in zip(tags, [(1400, 900), (1000, 900), (600, 400)], strict=True):
        assert f'width="{width}"' in tag and f'height="{height}"' in tag and 'loading="lazy"' in tag
        assert " 480w" in tag and f" {width}w" in tag and "sizes=" in tag


def test_without_scripts_everything_is_there_to_be_scrolled(browser, address):
    browser.scripts(False)
    browser.open(f"{address}/seed/")
    assert browser.run("document.querySelectorAll('.carousel button').length") == 0
    assert shown(browser) == [0]
    assert (
        browser.run("getComputedStyle(document.querySelector('.carousel figure'), '::after').content")
        == '"Silk Road Forum"'
    )
    browser.run("document.querySelector('.carousel-track').scrollLeft = 10000")
    until_shown(browser, 2)
    browser.run("document.querySelector('.carousel-track').focus()")
    assert browser.run("document.activeElement.className") == "carousel-track"


def test_it_says_what_it_is(browser, address):
    browser.open(f"{address}/kinds/")
    regions = browser.run(
        "[...document.querySelectorAll('.carousel')].map(c => [c.role, c.ariaRoleDescription, c.ariaLabel])"
    )
    assert regions[:3] == [
        ["region", "carousel", "Pictures"],
        ["region", "carousel", "Pictures 2"],
        ["region", "carousel", "Right to left"],
    ]
    assert browser.run("document.querySelector('.carousel-track').children[1].ariaLabel") == "2 of 3"


def test_several_at_once_and_a_first_slide_of_ones_own(browser, address):
    browser.open(f"{address}/kinds/")
    until_shown(browser, 1, 2)
    browser.wait(lambda: browser.run("document.querySelector('.carousel-next').ariaDisabled") == "true")
    browser.click(".carousel-prev")
    until_shown(browser, 0, 1)
    browser.wait(lambda: browser.run("document.querySelector('.carousel-prev').ariaDisabled") == "true")


def test_every_kind_of_slide_is_one_slide(browser, address):
    browser.open(f"{address}/kinds/")
    tags = browser.run(
        "[...document.querySelectorAll('.carousel-track')[1].children]"
        ".map(s => s.tagName + '>' + s.firstElementChild.tagName)"
    )
    assert tags == ["FIGURE>IMG", "FIGURE>IMG", "FIGURE>A", "FIGURE>VIDEO", "DIV>H3", "P>STRONG"]


def test_from_right_to_left(browser, address):
    browser.open(f"{address}/kinds/")
    until_shown(browser, 0, number=2)
    browser.run("document.querySelectorAll('.carousel-track')[2].focus()")
    browser.key("ArrowLeft")
    until_shown(browser, 1, number=2)
    assert browser.run("document.querySelectorAll('.carousel')[2].querySelectorAll('button').length") == 0


def test_options_by_the_windows_width(browser, address):
    browser.open(f"{address}/kinds/")
    wide = browser.run("innerWidth") > 600
    until_shown(browser, *([0, 1, 2] if wide else [0]), number=3)
    assert (
        browser.run("document.querySelectorAll('.carousel')[3].querySelector('.carousel-next').offsetWidth > 0")
        is wide
    )


def test_it_moves_by_itself_only_when_asked_and_can_be_stopped(browser, address):
    browser.open(f"{address}/kinds/")
    browser.run("document.querySelectorAll('.carousel')[4].scrollIntoView({block: 'center'})")
    until_shown(browser, 1, number=4)
    assert browser.run("document.querySelectorAll('.carousel-pause').length") == 1
    browser.click(".carousel-pause")
    assert browser.run("document.querySelector('.carousel-pause').ariaLabel") == "Play"


def test_those_who_want_no_motion_get_none(browser, address):
    browser.prefer(prefers_reduced_motion="reduce")
    browser.open(f"{address}/kinds/")
    assert browser.run("document.querySelectorAll('.carousel-pause').length") == 0
    browser.open(f"{address}/seed/")
    browser.run("document.querySelector('.carousel-next').click()")
    assert shown(browser) == [1]


def test_its_files_are_small_and_loaded_once(built):
    sizes = [len((built.public / name.lstrip("/")).read_bytes()) for name in built.files() if "/carousel/" in name]
    assert len(sizes) == 2 and sum(sizes) < 8000
    assert built.page("/kinds/").count("/carousel/carousel.min.") == 2
    assert "/carousel/" not in built.page("/")
