"""The seed page as visitors and authors see it: a real WordPress in a real Chromium, at phone and desktop width."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.chromium import DESKTOP, PHONE, Chromium, chromium_binary
from tests.program import ROOT
from tests.wordpress.test_runs import Runs

pytestmark = [pytest.mark.wordpress, pytest.mark.browser, pytest.mark.slow]

SEED = "2019-07-22-silk-road-central-asia-hematology-forum"
FIGURES = "document.querySelectorAll('.wp-block-gallery figure.wp-block-image')"
ERRORS = "window.__errors = []; addEventListener('error', (event) => window.__errors.push(event.message));"


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium(chromium_binary())
    chromium.send("Page.addScriptToEvaluateOnNewDocument", source=ERRORS)
    yield chromium
    chromium.close()


@pytest.fixture
def seed(empty_site, tmp_path: Path) -> tuple[Runs, dict]:
    """The sample migrated, with the style that the run leaves as the theme's additional CSS."""
    runs = Runs(empty_site, tmp_path)
    runs("wordpress", ROOT / "sample_content", empty_site.url)
    style = (runs.state / "style.css").read_text(encoding="utf-8")
    empty_site.run(f"kses_remove_filters(); wp_update_custom_css_post({json.dumps(style)});")
    row = next(row for row in runs.report["pages"] if row["source"].endswith(f"{SEED}/item.kk.md"))
    return runs, row


def keep(browser: Chromium, name: str) -> None:
    """Leave a picture for those who want to look, where $GRAV_MIGRATE_PICTURES says."""
    folder = os.environ.get("GRAV_MIGRATE_PICTURES")
    if folder:
        browser.picture(Path(folder) / f"{name}.png", whole=True)


def test_the_seed_page_is_a_page_of_wordpress(seed, browser) -> None:
    runs, row = seed
    for name, (width, height) in (("phone", PHONE), ("desktop", DESKTOP)):
        browser.size(width, height, touch=name == "phone")
        browser.open(runs.site.url + row["new_url"])
        browser.run("document.querySelectorAll('img').forEach((picture) => { picture.loading = 'eager'; })")
        browser.wait(lambda: browser.run(f"[...{FIGURES}].every((f) => f.querySelector('img').naturalWidth > 0)"))
        keep(browser, name)
        assert browser.run(f"{FIGURES}.length") == 3
        assert browser.run("document.querySelectorAll('.entry-content > p').length") >= 3
        captions = browser.run(f"[...{FIGURES}].map((f) => f.querySelector('figcaption').innerText || getComputedStyle("
                               "f.querySelector('figcaption [data-caption]'), '::after').content.slice(1, -1))")
        assert captions == ["Silk Road Central Asia Hematology Forum"] * 3
        assert browser.run("document.documentElement.scrollWidth <= innerWidth")
        row_of = "document.querySelector('.wp-block-gallery')"
        assert browser.run(f"{row_of}.scrollWidth > {row_of}.clientWidth + 50"), "it slides"
        tops = browser.run(f"[...new Set([...{FIGURES}].map((f) => Math.round(f.getBoundingClientRect().top)))]")
        assert len(tops) == 1
        assert browser.run("window.__errors") == []


def test_as_many_pictures_as_are_wanted_fit_into_a_carousel(seed, browser) -> None:
    runs, _ = seed
    row = next(row for row in runs.report["pages"] if row["source"] == "03.gallery/page.en.md")
    browser.size(*DESKTOP)
    browser.open(runs.site.url + row["new_url"])
    beyond = browser.run("""[2, 3].map((count) => {
        const row = document.querySelector(`.grav-carousel.columns-${count}`);
        return row.children[count - 1].getBoundingClientRect().right - row.getBoundingClientRect().right; })""")
    assert all(abs(pixels) < 1 for pixels in beyond)


def test_the_editor_opens_it_without_a_complaint(seed, browser) -> None:
    runs, row = seed
    browser.size(*DESKTOP)
    browser.open(f"{runs.site.url}/wp-login.php")
    browser.run(f"document.querySelector('#user_login').value = 'admin';"
                f"document.querySelector('#user_pass').value = {json.dumps(runs.site.password)};"
                "document.querySelector('#loginform').submit()")
    browser.wait(lambda: "wp-admin" in browser.run("location.href"), 30)
    browser.open(f"{runs.site.url}/wp-admin/post.php?post={row['target_id']}&action=edit")
    blocks = "wp.data.select('core/block-editor').getBlocks()"
    browser.wait(lambda: browser.run(f"!!window.wp?.data && {blocks}.length > 0"), 60)
    every = "const all = (some) => some.flatMap((one) => [one, ...all(one.innerBlocks)]);"
    shown = browser.run(f"(() => {{ {every} return all({blocks}).map((one) => [one.name, one.isValid]); }})()")
    browser.run("wp.data.select('core/edit-post')?.isFeatureActive?.('welcomeGuide') && "
                "wp.data.dispatch('core/edit-post').toggleFeature('welcomeGuide')")
    browser.wait(lambda: not browser.run("!!document.querySelector('.components-modal__frame')"), 10)
    keep(browser, "editor")
    assert [name for name, valid in shown if not valid] == []
    assert [name for name, _ in shown].count("core/image") == 3
    assert "core/missing" not in {name for name, _ in shown}
    assert browser.run("document.querySelectorAll('.block-editor-warning').length") == 0
