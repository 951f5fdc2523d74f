"""What is odd in headers and settings is told: the finding, its line, and what the page is all the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from migrate.readers.grav.misread import number_of
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.readers.grav_answers import NOW
from tests.readers.grav_files import all_findings, page, read_files


class Odd(NamedTuple):
    """A page file, the finding on it with its line, and the title that the page has."""

    code: str
    line: int
    title: str
    file: bytes


PAGES = [
    Odd("G101", 2, "café", b"---\ntitle: caf\xe9\n---\nx"),
    Odd("G101", 0, "wide", "---\ntitle: wide\n---\nx".encode("utf-16")),
    Odd("G102", 0, "bell", b"---\ntitle: bell\x07\n---\nx"),
    Odd("G102", 0, "feed", b"---\ntitle: feed\n---\nx\fy"),
    Odd("G103", 2, 'He said "hi"', b'---\ntitle: "He said "hi""\n---\nx'),
    Odd("G104", 3, "T", b"---\ntitle: T\n[unclosed\n---\nx"),
    Odd("G105", 3, "one", b"---\ntitle: one\ntitle: two\n---\nx"),
    Odd("G106", 2, 'He said "hi"', b'---\ntitle: "He said "hi""\n---\nx'),
    Odd("G107", 3, "T", b"---\ntitle: T\nx: {a: b} c\n---\nx"),
    Odd("G108", 1, "Home", b"---\n---\nx"),
    Odd("G109", 2, "Home", b"---\n- a\n---\nx"),
]


@pytest.mark.parametrize("odd", PAGES, ids=[f"{odd.code}-{number}" for number, odd in enumerate(PAGES)])
def test_odd_pages(odd: Odd, tmp_path: Path) -> None:
    file = tmp_path / "user/pages/home/item.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(odd.file)
    site = read_site(locate(tmp_path / "user"), ReadOptions(now=NOW))
    told = [(finding.code, finding.line) for finding in all_findings(site)]
    assert (odd.code, odd.line) in told
    assert page(site, "home").title == odd.title
    assert all(finding.subject == "home/item.md" for finding in all_findings(site) if finding.code == odd.code)


SETTINGS: list[tuple[str, str, dict[str, str], dict[str, Any]]] = [
    ("G120", "config/site.yaml", {"config/site.yaml": "- a list"}, {}),
    ("G162", "config/site.yaml", {"config/site.yaml": 'title: "a" b" c\n'}, {}),
    ("G163", "config/site.yaml", {"config/site.yaml": "title: T\n[unclosed\n"}, {}),
    ("G121", "config", {"env/live/config/site.yaml": "title: Live"}, {"environment": "test"}),
    ("G122", "config", {"env/live/config/site.yaml": "title: Live"}, {}),
    ("G123", "config", {"env/live/config/site.yaml": "title: Live", "env/test/config/site.yaml": "title: Test"}, {}),
    ("G124", "config/site.fr.yaml", {"config/site.fr.yaml": "title: Un"}, {}),
    ("G125", "config/system.yaml", {"config/system.yaml": "timezone: [1]\n"}, {}),
    ("G126", "config/system.yaml", {"config/system.yaml": "timezone: Mars/Olympus\n"}, {}),
    ("G129", "config/system.yaml", {"config/system.yaml": "pages:\n  process: {markdown: false, supermark: true}\n"}, {}),
]


@pytest.mark.parametrize(("code", "subject", "files", "options"), SETTINGS, ids=[row[0] for row in SETTINGS])
def test_odd_settings(code: str, subject: str, files: dict[str, str], options: dict[str, Any], tmp_path: Path) -> None:
    site = read_files(tmp_path / "user", {"pages/home/item.md": "---\ntitle: Home\n---\nx"} | files, **options)
    assert [(finding.code, finding.subject) for finding in all_findings(site) if finding.code == code] == [(code, subject)]
    assert "G103" not in {finding.code for finding in all_findings(site)}, "no page is broken"
    assert page(site, "home").title == "Home"


def test_a_module_that_is_not_published_is_told_of_at_its_page(tmp_path: Path) -> None:
    site = read_files(tmp_path / "user", {
        "pages/01.mod/modular.md": "---\ntitle: Mod\ncontent:\n  items: '@self.modular'\n---\n",
        "pages/01.mod/_old/text.md": "---\ntitle: Old\npublished: false\n---\nx",
        "pages/01.mod/_new/text.md": "---\ntitle: New\n---\ny",
    })
    told = [(finding.code, finding.subject) for finding in all_findings(site) if finding.code != "G146"]
    assert told == [("G149", "01.mod/modular.md")]
    assert len(page(site, "01.mod").modules) == 1


HEADERS = [
    ("unpublish_date: 2020-01-01", {"G127"}),            # Grav shows it all the same
    ("publish_date: 2022-01-06", {"G127"}),              # Grav hides it until the year 7200
    ("publish_date: 2020-01-01", set()), ("unpublish_date: '2020-01-01'", set()),
    ("unpublish_date: 2020-01-01\npublished: true", set()),
    ("title: 2019-07-22", {"G128"}), ("slug: 2019-07-22", {"G128"}), ("taxonomy: {tag: [a, 2019-07-22]}", {"G128"}),
    ("title: '2019-07-22'", set()), ("date: 2019-07-22", set()),
    ("taxonomy: {tag: ['', a]}", {"G154"}), ("taxonomy: {tag: []}", set()),
    ("shortcode-core: {enabled: false}", {"G155"}), ("shortcode-core: {active: false}", set()),
]


@pytest.mark.parametrize(("header", "wanted"), HEADERS)
def test_what_a_header_says_that_grav_misreads(header: str, wanted: set[str], tmp_path: Path) -> None:
    site = read_files(tmp_path / "user", {"config/plugins/shortcode-core.yaml": "enabled: true\n",
                                          "pages/home/item.md": f"---\n{header}\n---\nx"})
    assert {finding.code for finding in all_findings(site)} & {"G127", "G128", "G154", "G155"} == wanted


@pytest.mark.parametrize(("value", "number"), [
    (date(2019, 7, 22), 1563753600), (date(2019, 1, 2), 1546387200),
    (datetime(2019, 7, 22, 10, 0, tzinfo=timezone(timedelta(hours=2))), 1563782400),
])
def test_the_number_that_yaml_makes_of_a_date(value: date, number: int) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(("site", "page_process", "markdown", "told"), [
    ("", "", True, 0),
    ("{twig: true}", "", False, 0),
    ("{markdown: false, twig: true, supermark: true}", "", True, 1),
    ("{markdown: false, supermark: true}", "{twig: true}", True, 1),
    ("{markdown: false, supermark: true}", "{markdown: false}", True, 1),
    ("{markdown: false, supermark: true}", "{supermark: false}", False, 1),
    ("{markdown: false, supermark: true}", "{supermark: false, markdown: true}", True, 1),
    ("{markdown: false, supermark: false}", "", False, 0),
    ("", "{markdown: false, supermark: true}", True, 1),
    ("", "{supermark: true}", True, 0),
    ("", "{markdown: false}", False, 0),
])
def test_markdown_that_a_plug_in_makes_is_markdown(site: str, page_process: str, markdown: bool, told: int,
                                                   tmp_path: Path) -> None:
    site_files = {"config/system.yaml": f"pages:\n  process: {site}\n"} if site else {}
    header = f"process: {page_process}\n" if page_process else ""
    read = read_files(tmp_path / "user", site_files | {"pages/home/item.md": f"---\ntitle: Home\n{header}---\n**x**"})
    assert page(read, "home").dialect.markdown is markdown
    assert [finding.code for finding in all_findings(read)].count("G129") == told
