"""The sample site, as `make demo` migrates it: built by a real Hugo, looked at through the pages that came of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from lxml import html

from tests.program import ROOT, build, migrate, state

SAMPLE = ROOT / "sample_content"
SEED = "news/2019-07-22-silk-road-central-asia-hematology-forum"

pytestmark = pytest.mark.hugo


class Demo(NamedTuple):
    """The migrated project and what Hugo made of it."""

    project: Path
    public: Path

    def page(self, address: str) -> Any:
        """A page that visitors get, as a tree."""
        return html.fromstring((self.public / address.strip("/") / "index.html").read_text("utf-8"))

    def report(self) -> Any:
        """The report of the last run."""
        return json.loads((self.project / "migration-report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, hugo: str) -> Demo:
    """The sample site, migrated once and built once."""
    place = tmp_path_factory.mktemp("demo")
    done = migrate("hugo", SAMPLE, place / "site", "--yes")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    build(hugo, place / "site", place / "public")
    return Demo(place / "site", place / "public")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_seed_post_is_where_it_was_with_three_slides(demo: Demo, language: str) -> None:
    page = demo.page(f"{language}/{SEED}")
    pictures = page.xpath("//main//img[contains(@alt, 'Silk Road')]")
    assert len(pictures) == 3
    names = [re.search(r"2019-07-22-(\d)", picture.get("src")) for picture in pictures]
    assert [match and match[1] for match in names] == ["1", "2", "3"]
    assert "owl-carousel" not in page.text_content()


def test_every_published_page_answers_at_its_old_address(demo: Demo) -> None:
    hidden = ("18.open-lecture", "19.next-century", "20.winter-offer", "18.members")
    pages = [page for page in demo.report()["pages"] if page["target_id"] and page["old_url"]
             and "shown_in" not in page and not any(name in page["source"] for name in hidden)]
    assert len(pages) > 50
    missing = [page["source"] for page in pages
               if not (demo.public / unquote(page["old_url"]).strip("/") / "index.html").exists()]
    assert not missing


@pytest.mark.parametrize("name", ["open-lecture", "next-century", "winter-offer"])
def test_what_is_not_published_is_not_shown(demo: Demo, name: str) -> None:
    assert not list(demo.public.rglob(f"*{name}*"))
    assert list((demo.project / "content").rglob(f"*{name}*"))


def test_every_page_file_is_in_the_report(demo: Demo) -> None:
    no_pages = ("item.md.bak", "default.before_edits.en.md", ".hidden/")
    pages = SAMPLE / "user" / "pages"
    files = {path.relative_to(pages).as_posix() for path in pages.rglob("*.md")}
    files = {name for name in files if not any(part in name for part in no_pages)}
    assert not files - {page["source"] for page in demo.report()["pages"]}


@pytest.mark.parametrize(("page", "words"), [
    ("en/guide/links", "a page that is gone"),
    ("en/curiosities/latin-1", "crème brûlée"),
    ("en/curiosities/windows", "two characters at each line end"),
    ("en/curiosities/broken-yaml", "no YAML parser takes it"),
    ("en/curiosities/no-header", "no front matter"),
    ("en/guide/code", "{{< youtube abc >}}"),
    ("en/guide/code", "{{%/* details */%}}"),
    ("en/guide/code", "an opener {{< alone"),
    ("en/guide/shortcodes", "[weather city=\"Almaty\" days=3 /]"),
    ("en/about", "Near and calm"),
    ("en/about", "Opening hours"),
    ("ru/about", "Часы работы"),
    ("kk/ашық есік күні", "есігіміз барлығына ашық"),
    ("kk/curiosities/same-everywhere", "every language shows it"),
    ("en/curiosities/same-everywhere", "every language shows it"),
])
def test_words_arrive(demo: Demo, page: str, words: str) -> None:
    assert words in " ".join(demo.page(page).xpath("//main")[0].text_content().split())


def test_nothing_of_the_modules_that_are_off(demo: Demo) -> None:
    assert "not published" not in demo.page("en/about").text_content()


def test_the_first_folder_with_an_address_keeps_it_and_the_other_is_told(demo: Demo) -> None:
    told = {page["source"]: page["findings"] for page in demo.report()["pages"]}
    name = "library-evening/item.en.md"
    both = told[f"02.news/11.{name}"] + told[f"02.news/12.{name}"]
    assert any(finding["severity"] in ("warning", "error") for finding in both)


@pytest.mark.parametrize(("source", "line", "word"), [
    ("04.guide/01.links/docs.en.md", 0, "gone"),
    ("04.guide/02.pictures/docs.en.md", 0, "missing.jpg"),
    ("08.curiosities/01.broken-yaml/default.en.md", 0, ""),
    ("08.curiosities/06.latin-1/default.en.md", 0, ""),
    ("08.curiosities/18.members/default.en.md", 0, "login"),
    ("06.contacts/form.en.md", 0, "form"),
    ("04.guide/04.shortcodes/docs.en.md", 0, "weather"),
])
def test_what_is_wrong_is_told(demo: Demo, source: str, line: int, word: str) -> None:
    findings = next(page["findings"] for page in demo.report()["pages"] if page["source"] == source)
    told = [finding for finding in findings if word in finding["message"] and finding["line"] >= line]
    assert told, findings


def test_no_password_leaves_the_accounts(demo: Demo) -> None:
    files = (path for path in demo.project.rglob("*") if path.is_file())
    assert not [path for path in files if b"not-a-real-hash" in path.read_bytes()]


def test_a_second_run_has_nothing_to_do(demo: Demo) -> None:
    before = state(demo.project)
    pending = migrate("hugo", SAMPLE, demo.project, "--dry-run", "--exit-code")
    assert pending.returncode == 0, pending.stdout[-2000:]
    again = migrate("hugo", SAMPLE, demo.project, "--yes")
    assert again.returncode == 0
    assert state(demo.project) == before


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(tmp_path: Path) -> None:
    done = migrate("hugo", SAMPLE, tmp_path / "site", "--dry-run", "--exit-code")
    assert done.returncode == 10
    assert f"content/{SEED}/index.kk.md" in done.stdout
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("site", ["", "user", "user/pages"])
def test_a_site_may_be_named_by_its_root_its_user_folder_or_its_pages(site: str, tmp_path: Path) -> None:
    done = migrate("hugo", SAMPLE / site, tmp_path / "site", "--dry-run")
    assert done.returncode == 0, done.stderr[-2000:]
    assert SEED in done.stdout
