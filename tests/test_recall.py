"""When a run may say "nothing to do" without reading the site, and when it must look."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from migrate import recall
from migrate.ledger import FOLDER
from migrate.options import Options
from migrate.pipeline import migrate
from migrate.screen import Nobody
from tests.grav_site import make_site, write

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def place(tmp_path):
    """A site that was migrated."""
    make_site(tmp_path / "user", 3, media=1)
    run(tmp_path)
    return tmp_path


def run(place, now=NOW, **more):
    return migrate(Options(source=str(place / "user"), out=str(place / "out"), jobs=1, **more), Nobody(), now)


def test_nothing_changed(place):
    again = run(place)
    assert again.repetition is not None
    assert (again.changes, again.trouble) == (0, 0)
    assert again.content["totals"]["keep"] == again.content["totals"]["keep"] > 0
    assert run(place, dry_run=True).repetition is not None
    whole = run(place, check=False, forced=frozenset({"x"}))
    assert whole.repetition is None, "who forces something wants it looked at"
    assert {**whole.content, "findings": []} == {**again.content, "findings": []}


def edited_source(place):
    write(place / "user/pages/02.news/001.post-1/item.md", "---\ntitle: Other\n---\nOther.\n")


def new_file(place):
    write(place / "user/pages/02.news/001.post-1/note.txt", "text")


def touched_source(place):
    os.utime(place / "user/pages/01.home/default.md", ns=(1, 1))


def changed_configuration(place):
    write(place / "user/config/site.yaml", "title: Another\n")


def edited_target(place):
    write(next((place / "out/content").rglob("post-1*.md")), "mine")


def touched_target(place):
    os.utime(next((place / "out/content").rglob("post-1*.md")), ns=(1, 1))


def removed_target(place):
    next((place / "out/content").rglob("post-1*.md")).unlink()


CHANGES = (
    edited_source,
    new_file,
    touched_source,
    changed_configuration,
    edited_target,
    touched_target,
    removed_target,
)


@pytest.mark.parametrize("change", CHANGES)
def test_something_changed(place, change):
    change(place)
    assert run(place).repetition is None


@pytest.mark.parametrize("change", [touched_source, touched_target])
def test_what_was_only_touched_is_looked_at_once(place, change):
    change(place)
    assert run(place).changes == 0
    assert run(place).repetition is not None


@pytest.mark.parametrize(
    "more",
    [
        {"limit": 1},
        {"languages": ("de",)},
        {"only": ("x",)},
        {"drafts": False},
        {"timezone": "Asia/Almaty"},
        {"environment": "example.org"},
    ],
)
def test_other_options(place, more):
    assert run(place, **more).repetition is None


def test_another_mapping(place):
    write(place / "my.yaml", "pages: {unpublished: skip}\n")
    assert run(place, mapping=str(place / "my.yaml")).repetition is None
    assert run(place, mapping=str(place / "my.yaml")).repetition is not None
    write(place / "my.yaml", "# only a remark\npages: {unpublished: skip}\n")  # looked at again, and nothing is new
    assert run(place, mapping=str(place / "my.yaml")).changes == 0
    assert run(place, mapping=str(place / "my.yaml")).repetition is not None
    write(place / "my.yaml", "pages: {unpublished: draft}\n")
    assert run(place, mapping=str(place / "my.yaml")).repetition is None


def test_a_page_that_will_be_shown_ends_the_memory_then(place):
    write(place / "user/pages/03.soon/default.md", "---\ntitle: Soon\npublish_date: 2026-03-01 12:00\n---\nText.\n")
    run(place)
    assert run(place, NOW + timedelta(days=30)).repetition is not None
    assert run(place, NOW + timedelta(days=90)).repetition is None
    assert run(place, NOW + timedelta(days=400)).repetition is not None


def test_what_is_left_over_is_looked_at_when_it_may_go(place):
    for file in (place / "user/pages/02.news/001.post-1").iterdir():
        file.unlink()
    run(place)
    again = run(place)
    assert again.repetition is not None
    assert again.content["left_over"]
    assert run(place, prune=True).repetition is None
    assert run(place, prune=True).repetition is not None


def test_trouble_is_not_remembered(place):
    edited_target(place)
    edited_source(place)
    assert run(place).trouble == 1
    assert run(place).trouble == 1


def test_an_interrupted_run_is_not_remembered(place):
    from tests.test_kill import KINDS, killed

    make_site(place / "user", 3, media=1, edition=2)
    assert killed(place / "user", place / "out", (KINDS, 1, "after"))
    ended = run(place)
    assert ended.repetition is None
    assert run(place).repetition is not None


@pytest.mark.slow
def test_ten_thousand_files_are_looked_at_in_a_moment(tmp_path):
    from migrate.apply import entry_of
    from migrate.ledger import open_ledger
    from migrate.model.site import Site
    from migrate.recall import NAME, recall, remember
    from migrate.report import Facts, report_of
    from migrate.writers.hugo.store import FolderStore
    from tests.resources import wanted

    (tmp_path / FOLDER).mkdir()
    store, ledger = FolderStore(tmp_path), open_ledger(tmp_path / FOLDER)
    ledger.record([entry_of(page, store.create(page)) for page in (wanted(f"p{number}") for number in range(10_000))])
    empty = report_of(
        Facts(target="hugo", source="", target_url="", site=Site(root="/", pages_root="/"), pages=(), lines=())
    )
    ledger.end_run(ledger.begin_run("", "", ""), "", "", [(NAME, remember("mark", empty, NOW, ()))])
    began = time.perf_counter()
    assert recall("mark", store, ledger, NOW, prune=False) is not None
    assert time.perf_counter() - began < 0.5


def test_bytecode_that_is_just_being_written_is_no_part_of_the_program(tmp_path, monkeypatch):
    package = tmp_path / "package"
    (package / "__pycache__").mkdir(parents=True)
    (package / "a.py").write_text("")
    (package / "__pycache__/a.cpython-311.pyc.12345").symlink_to("gone")
    monkeypatch.setattr(recall, "__file__", str(package / "recall.py"))
    assert [line.partition(":")[0] for line in recall._program()][1] == "a.py"
