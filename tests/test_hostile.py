"""Hostile input: nothing outside is read or written, nothing stops the run, and the other pages arrive."""


from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.hostile.site import GOOD, lay_hostile_site
from tests.hostile.surroundings import SECRET, Place, Ran, contents, lay_secrets, put, run, snapshot

FINISHED = (0, 3)      # done; done, with something that failed or is in conflict


class Trial(NamedTuple):
    """A run over the hostile site, and what was there before it."""

    place: Place
    marks: Mapping[str, str]
    before: Mapping[str, tuple[object, ...]]
    ran: Ran

    def written(self) -> dict[str, str]:
        """Every page file that was written, by its path below `content/`."""
        content = self.place.out / "content"
        return {str(path.relative_to(content)): path.read_text("utf-8", "replace") for path in content.rglob("*.md")}

    def report(self) -> Any:
        """The report of the run."""
        return json.loads((self.place.out / "migration-report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """One run over everything that means harm."""
    place = Place(tmp_path_factory.mktemp("hostile"))
    marks = lay_hostile_site(place)
    before = snapshot(place.base)
    return Trial(place, marks, before, run(place))


def check_manners(place: Place, ran: Ran) -> None:
    """What holds for every run: it ends properly, and touches nothing outside."""
    assert "Traceback" not in ran.said, ran.said[-3000:]
    assert not [touched for touched in ran.touched if touched[1].startswith(str(place.outside))]
    assert not [touched for touched in ran.touched if touched[1] == "/etc/passwd"]
    allowed = (str(place.out), str(place.base / "tmp"), "/dev/null", "/dev/shm")
    assert not [touched for touched in ran.touched if touched[2] and not touched[1].startswith(allowed)]


def test_it_finishes_without_a_traceback(trial: Trial) -> None:
    assert trial.ran.code in FINISHED, trial.ran.said[-3000:]
    check_manners(trial.place, trial.ran)


def test_nothing_around_the_output_changes(trial: Trial) -> None:
    after = snapshot(trial.place.base, leave_out=(trial.place.out,))
    assert after == dict(trial.before)


def test_no_secret_is_carried_over(trial: Trial) -> None:
    everything = contents(trial.place.out) + trial.ran.said.encode()
    assert SECRET.encode() not in everything
    assert b"root:x:0:0" not in everything
    assert b"SECRET-hash" not in everything


def test_no_link_in_the_output_leads_anywhere(trial: Trial) -> None:
    assert not [path for path in trial.place.out.rglob("*") if path.is_symlink()]


def test_the_ordinary_pages_arrive(trial: Trial) -> None:
    text = "\n".join(trial.written().values())
    assert not [number for number in range(GOOD) if f"Good page {number} arrived." not in text]


def test_a_page_arrives_or_a_finding_says_why_not(trial: Trial) -> None:
    text = "\n".join(trial.written().values())
    told = {page["source"].split("/")[0] for page in trial.report()["pages"]
            if any(finding["severity"] in ("warning", "error") for finding in page["findings"])}
    assert not [folder for folder, mark in trial.marks.items() if mark not in text and folder not in told]


def test_the_report_lists_every_page(trial: Trial) -> None:
    listed = {page["source"].split("/")[0] for page in trial.report()["pages"]}
    assert not set(trial.marks) - listed


def test_a_second_run_writes_nothing(trial: Trial) -> None:
    state = (trial.place.out / ".grav-migrate", trial.place.out / "migration-report.json")
    before = snapshot(trial.place.out, leave_out=state)
    again = run(trial.place)
    assert again.code in FINISHED
    check_manners(trial.place, again)
    assert snapshot(trial.place.out, leave_out=state) == before


@pytest.mark.hugo
def test_hugo_builds_what_came_of_it(trial: Trial, hugo: str, tmp_path: Path) -> None:
    command = [hugo, "--source", str(trial.place.out), "--destination", str(tmp_path / "public"), "--panicOnWarning",
               "--cacheDir", str(tmp_path / "cache")]
    built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert built.returncode == 0, (built.stdout + built.stderr)[-3000:]
    pages = "\n".join(path.read_text("utf-8", "replace") for path in (tmp_path / "public").rglob("good-*/index.html"))
    assert not [number for number in range(GOOD) if f"Good page {number} arrived." not in pages]
    assert SECRET not in pages


SITES: dict[str, dict[str, bytes]] = {
    "system-broken": {"config/system.yaml": b"languages: [unclosed\n  'x"},
    "system-list": {"config/system.yaml": b"- a\n- b\n"},
    "system-binary": {"config/system.yaml": bytes(range(256))},
    "system-folder": {"config/system.yaml/x": b""},
    "zone": {"config/system.yaml": b"timezone: Mars/Olympus\n"},
    "zone-up": {"config/system.yaml": b"timezone: ../../../outside/secret.txt\n"},
    "zone-abs": {"config/system.yaml": b"timezone: /etc/passwd\n"},
    "languages-number": {"config/system.yaml": b"languages: {supported: 5}\n"},
    "languages-up": {"config/system.yaml": b"languages: {supported: ['../../outside', en, '', null, [a], 'a b', '.*']}\n"},
    "languages-word": {"config/system.yaml": b"languages: en\n"},
    "home-list": {"config/system.yaml": b"home: {alias: [a], aliases: {en: [b]}}\n"},
    "home-up": {"config/system.yaml": b"home: {alias: ../../outside}\n"},
    "pages-odd": {"config/system.yaml": b"pages: {dateformat: 5, markdown: x, process: y, order: [z], types: 1}\n"},
    "pages-theme": {"config/system.yaml": b"pages: {theme: ../../../outside}\n"},
    "ignore-odd": {"config/system.yaml": b"pages: {ignore_folders: {a: b}, ignore_files: 5, ignore_hidden: maybe}\n"},
    "streams-out": {"config/streams.yaml": b"schemes: {image: {type: Stream, prefixes: {'': ['../../outside', /etc]}}}\n"},
    "site-list": {"config/site.yaml": b"- a\n"},
    "site-odd": {"config/site.yaml": b"title: [a]\ntaxonomies: word\nmetadata: [a]\nsummary: x\nauthor: [b]\n"},
    "site-terms": {"config/site.yaml": b"taxonomies: ['../../evil', '', null, [a], 'a/b', tag]\n"},
    "redirects-odd": {"config/site.yaml": b"redirects: [a, b]\nroutes: word\n"},
    "redirects-regex": {"config/site.yaml": b"redirects: {'(': x, '/(a+)+$': /b, '/[': c, '': d, '/x': [e], '/y': null, "
                                            b"'/../../evil': /z, '/ok': '../../../outside', '*': '**'}\n"},
    "bomb": {"config/site.yaml": b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n".encode() for a, b in zip("abcdefgh", "bcdefghi", strict=True))},
    "plugins-odd": {"config/plugins/markdown-notices.yaml": b"enabled: true\nlevel_classes: 5\nbase_classes: [a]\n",
                    "config/plugins/shortcode-core.yaml": b"- a\n"},
    "pages-empty": {"pages/.keep": b""},
}


@pytest.mark.parametrize("name", SITES)
def test_an_odd_configuration_is_survived(name: str, tmp_path: Path) -> None:
    place = Place(tmp_path)
    lay_secrets(place)
    put(place.user / "pages" / "good" / "item.md", b"---\ntitle: Good\ndate: '01-02-2020'\n---\nGood page arrived.\n")
    put(place.user / "pages" / "good" / "item.en.md", b"---\ntitle: Good\n---\nGood page arrived.\n")
    for path, content in SITES[name].items():
        put(place.user / path, content)
    before = snapshot(place.base)
    ran = run(place)
    check_manners(place, ran)
    assert ran.code in FINISHED, ran.said[-3000:]
    assert b"Good page arrived." in contents(place.out / "content")
    assert SECRET.encode() not in contents(place.out)
    assert snapshot(place.base, leave_out=(place.out,)) == before


def no_folder(place: Place) -> None:
    """There is nothing."""


def a_file(place: Place) -> None:
    """A file where the site should be."""
    put(place.user, b"text")


def empty_folder(place: Place) -> None:
    """A folder without anything."""
    place.user.mkdir()


def link_outside(place: Place) -> None:
    """A folder whose pages/ leads out: what lies there is not the site."""
    place.user.mkdir()
    (place.user / "pages").symlink_to(place.outside)


@pytest.mark.parametrize("lay", [no_folder, a_file, empty_folder, link_outside])
def test_no_site_is_said_in_a_sentence(lay: Any, tmp_path: Path) -> None:
    place = Place(tmp_path)
    lay_secrets(place)
    lay(place)
    ran = run(place)
    assert "Traceback" not in ran.said
    assert ran.code == 4, ran.said
    assert str(place.user) in "".join(ran.said.split())
    assert not place.out.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["prose", "markup", "one-line"])
def test_ten_megabytes_in_one_page(name: str, tmp_path: Path) -> None:
    bodies = {
        "prose": "\n\n".join(f"Paragraph {n} with *some* words and a [link](../good). " * 4 for n in range(45_000)),
        "markup": "\n\n".join(f"- a\n  - b\n\n> c **d** `e`\n\n| a | b |\n|---|---|\n| {n} | f |" for n in range(170_000)),
        "one-line": "word *and* " * 950_000,
    }
    place = Place(tmp_path)
    lay_secrets(place)
    big = f"---\ntitle: Big\n---\nBig page arrived.\n\n{bodies[name]}\n".encode()
    assert len(big) > 8_000_000
    put(place.user / "config" / "system.yaml", b"timezone: UTC\n")
    put(place.user / "pages" / "big" / "item.md", big)
    put(place.user / "pages" / "good" / "item.md", b"---\ntitle: Good\n---\nGood page arrived.\n")
    ran = run(place, timeout=600)
    assert ran.code in FINISHED, ran.said[-3000:]
    check_manners(place, ran)
    written = contents(place.out / "content")
    assert b"Good page arrived." in written
    assert b"Big page arrived." in written


def test_a_dry_run_writes_nothing_at_all(tmp_path: Path) -> None:
    place = Place(tmp_path)
    lay_secrets(place)
    put(place.user / "pages" / "good" / "item.md", b"---\ntitle: Good\n---\nGood.\n")
    before = snapshot(place.base)
    ran = run(place, "--dry-run")
    assert ran.code == 0, ran.said
    assert snapshot(place.base) == before
