"""The command as a user runs it: exit codes, what goes to which stream, and what is left behind."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time

import jsonschema
import pytest

from migrate.ledger import FOLDER, NAME
from tests.grav_site import make_site, write
from tests.program import ROOT, migrate
from tests.test_report import SCHEMA

PAGES = 16  # eight, in two languages
HOLDER = """
import pathlib, sys, time
from migrate.lock import held
with held(pathlib.Path(sys.argv[1]), "now"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "user", 6, media=2)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def done(site, out):
    """A site that was migrated."""
    first = migrate("hugo", site, out)
    assert first.returncode == 0, first.stderr
    return out


def report(out):
    content = json.loads((out / "migration-report.json").read_text(encoding="utf-8"))
    jsonschema.validate(content, SCHEMA)
    return content


def files(out):
    return {
        str(path.relative_to(out)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in out.rglob("*")
        if path.is_file()
    }


def post(out, number):
    return next(path for path in out.rglob("*.md") if f"post-{number}" in str(path) and ".de." not in path.name)


def test_a_run_and_its_repetition(site, out):
    first = migrate("hugo", site, out)
    assert first.returncode == 0
    assert "Found a Grav user folder" in first.stderr
    assert "Found" not in first.stdout
    assert first.stdout.count("+ content/") == report(out)["totals"]["create"] == PAGES
    assert "Done." in first.stdout
    before = files(out)
    again = migrate("hugo", site, out)
    assert (again.returncode, "Nothing to do." in again.stdout) == (0, True)
    assert report(out)["totals"]["keep"] == PAGES
    after = files(out)
    for name in ("migration-report.json", f"{FOLDER}/{NAME}", f"{FOLDER}/lock"):
        before.pop(name), after.pop(name)
    assert after == before


def test_a_dry_run_shows_what_a_run_does_and_leaves_no_trace(site, out):
    dry = migrate("hugo", site, out, "--dry-run", "--exit-code")
    assert (dry.returncode, out.exists()) == (10, False)
    assert "+++ content/" in dry.stdout
    assert "+This is post 3, edition 1." in dry.stdout
    wet = migrate("hugo", site, out)
    lines = [line for line in wet.stdout.splitlines() if line.startswith("+ content/")]
    assert [line for line in dry.stdout.splitlines() if line.startswith("+ content/")] == lines
    before = files(out)
    again = migrate("hugo", site, out, "--dry-run", "--exit-code")
    assert (again.returncode, files(out)) == (0, before)
    assert "Nothing to do." in again.stdout


def test_an_update_is_shown_as_a_difference(site, done):
    make_site(site, 6, media=2, edition=2)
    before = files(done)
    dry = migrate("hugo", site, done, "--dry-run")
    assert "-This is post 3, edition 1." in dry.stdout
    assert "+This is post 3, edition 2." in dry.stdout
    assert (dry.returncode, files(done)) == (0, before)
    assert migrate("hugo", site, done, "--dry-run", "--exit-code").returncode == 10
    assert "edition 2" not in migrate("hugo", site, done, "--dry-run", "--diff", "none").stdout
    wet = migrate("hugo", site, done)
    assert wet.stdout.count("~ content/") == report(done)["totals"]["update"] == 3
    assert "edition 2" in post(done, 3).read_text(encoding="utf-8")


def test_new_files_against_their_source(site, out):
    dry = migrate("hugo", site, out, "--dry-run", "--diff", "source", "--only", "02.news/001*")
    assert "--- 02.news/001.post-1/item.md" in dry.stdout
    assert " This is post 1, always the same." in dry.stdout


def test_an_edit_is_never_overwritten_unless_named(site, done):
    edited = post(done, 3)
    edited.write_text("mine", encoding="utf-8")
    kept = migrate("hugo", site, done)
    assert kept.returncode == 0
    assert "G440" in json.dumps(report(done))
    make_site(site, 6, media=2, edition=2)
    conflict = migrate("hugo", site, done)
    assert (conflict.returncode, edited.read_text(encoding="utf-8")) == (3, "mine")
    assert "! content/" in conflict.stdout
    assert report(done)["totals"]["conflict"] == 1
    assert migrate("hugo", site, done, "--dry-run", "--exit-code").returncode == 3
    name = str(edited.relative_to(done))
    forced = migrate("hugo", site, done, "--force", name)
    assert (forced.returncode, "edition 2" in edited.read_text(encoding="utf-8")) == (0, True)
    useless = migrate("hugo", site, done, "--force", "nothing-of-this-name")
    assert (useless.returncode, "G450" in useless.stdout) == (0, True)


def test_what_is_there_already_is_left_alone(site, out):
    write(out / "hugo.toml", "title = 'mine'\n")
    write(out / "README.md", "mine")
    run = migrate("hugo", site, out)
    assert run.returncode == 3
    assert (out / "hugo.toml").read_text(encoding="utf-8") == "title = 'mine'\n"
    assert "G441" in run.stdout


def test_what_is_gone_is_left_over_until_pruned(site, done):
    gone = post(done, 5)
    for path in (site / "pages/02.news/005.post-5").iterdir():
        path.unlink()
    left = migrate("hugo", site, done)
    assert (left.returncode, gone.exists()) == (0, True)
    assert str(gone.relative_to(done)) in {row["target_id"] for row in report(done)["left_over"]}
    again = migrate("hugo", site, done)
    assert "G446" in again.stdout
    refused = migrate("hugo", site, done, "--prune", "--max-delete", "0")
    assert (refused.returncode, gone.exists()) == (3, True)
    assert "--max-delete" in refused.stderr
    pruned = migrate("hugo", site, done, "--prune")
    assert (pruned.returncode, gone.exists()) == (0, False)
    assert "- content/" in pruned.stdout
    assert migrate("hugo", site, done, "--prune", "--dry-run", "--exit-code").returncode == 0


def test_a_selection_leaves_the_rest_alone(site, done):
    before = files(done)
    for options in (["--only", "02.news/001*"], ["--limit", "2"], ["--lang", "de"]):
        some = migrate("hugo", site, done, "--prune", *options)
        assert some.returncode == 0
        assert report(done)["left_over"] == []
    assert files(done).keys() == before.keys()


def test_a_selection_of_a_new_site(site, out):
    assert migrate("hugo", site, out, "--lang", "de").returncode == 0
    rows = report(out)["pages"]
    assert {row["language"] for row in rows} == {"de"}
    assert migrate("hugo", site, out, "--only", "02.news/00[12]*").returncode == 0
    assert {row["source"] for row in report(out)["pages"]} == {
        "02.news/001.post-1/item.md",
        "02.news/002.post-2/item.md",
    }


def test_drafts(site, out):
    write(site / "pages/03.hidden/default.md", "---\ntitle: Hidden\npublished: false\n---\nText.\n")
    assert migrate("hugo", site, out, "--no-drafts").returncode == 0
    rows = {row["source"]: row for row in report(out)["pages"]}
    assert rows["03.hidden/default.md"]["action"] == "skipped"
    assert rows["03.hidden/default.md"]["target_id"] is None
    assert rows["03.hidden/default.md"]["findings"]
    assert migrate("hugo", site, out, "--include-drafts").returncode == 0
    assert {row["source"]: row for row in report(out)["pages"]}["03.hidden/default.md"]["action"] == "create"


def test_json_is_all_that_goes_to_stdout(site, out):
    for options in (["--dry-run"], []):
        run = migrate("hugo", site, out, "--json", *options)
        content = json.loads(run.stdout)
        jsonschema.validate(content, SCHEMA)
        assert content["totals"]["create"] == PAGES
    again = json.loads(migrate("hugo", site, out, "--json").stdout)
    assert again["totals"]["keep"] == PAGES
    assert again == report(out)


def test_what_is_told_is_where_it_is_said_to_be(site, tmp_path):
    write(site / "pages/04.odd/default.md", "---\ntitle: Odd\ntaxonomy: tag\n---\nText.\n")
    out = tmp_path / "my site"
    done = migrate("hugo", site, out, "--quiet")
    [told] = [line for line in done.stdout.splitlines() if line.startswith("Warnings: ")]
    assert told.endswith(f"They are in {out}/migration-report.json; -v shows them all.") and "\nwarning" not in done.stdout
    assert f"cd '{out}' && hugo server" in done.stdout
    again = migrate("hugo", site, out).stdout
    assert f"Warnings, as before: 1. They are in {out}/migration-report.json; -v shows them all." in again
    post(out, 3).write_text("mine", encoding="utf-8")
    make_site(site, 6, media=2, edition=2)
    dry = migrate("hugo", site, out, "--quiet", "--dry-run")
    assert "\nerror G442" in dry.stdout and "\nwarning" not in dry.stdout
    assert "Warnings: 2. Without -q they are shown.\n1 could not be brought over or is in conflict: see above.\n" in dry.stdout
    wet = migrate("hugo", site, out).stdout
    assert wet.endswith(f"or is in conflict: see above, and {out}/migration-report.json.\n")


def test_quiet_and_verbose(site, out):
    quiet = migrate("hugo", site, out, "--quiet")
    assert "+ content" not in quiet.stdout
    assert quiet.stderr == ""
    verbose = migrate("hugo", site, out, "-v", "--force", "x")
    assert "= hugo.toml" in verbose.stdout


def test_strict(site, out):
    write(site / "pages/04.odd/default.md", "---\ntitle: Odd\ntaxonomy: tag\n---\nText.\n")
    assert migrate("hugo", site, out).returncode == 0
    for _ in range(2):
        assert migrate("hugo", site, out, "--strict").returncode == 3


def test_a_mapping_with_mistakes_is_exit_2_and_leaves_nothing(site, out, tmp_path):
    write(tmp_path / "my.yaml", "frontmater: {}\n")
    run = migrate("hugo", site, out, "--mapping", tmp_path / "my.yaml")
    assert (run.returncode, out.exists()) == (2, False)
    assert "my.yaml" in run.stderr
    assert run.stdout == ""
    assert migrate("hugo", site, out, "--no-such-option").returncode == 2
    assert migrate("hugo", site, site / "out").returncode == 2


def test_a_source_that_is_none_is_exit_4(tmp_path, out):
    (tmp_path / "empty").mkdir()
    for place in ("empty", "missing"):
        run = migrate("hugo", tmp_path / place, out)
        assert (run.returncode, run.stdout, out.exists()) == (4, "", False)
        assert run.stderr.count("\n") == 1


def test_a_target_that_cannot_be_written_is_exit_5(site, tmp_path):
    write(tmp_path / "file", "text")
    for place in ("file", "file/out"):
        run = migrate("hugo", site, tmp_path / place)
        assert run.returncode == 5, run.stderr
        assert run.stderr.rstrip("\n").count("\n") <= 1


def test_a_damaged_ledger_is_exit_6(site, done):
    (done / FOLDER / NAME).write_bytes(b"no database" * 1000)
    run = migrate("hugo", site, done)
    assert run.returncode == 6
    assert "Move it away" in run.stderr
    (done / FOLDER / NAME).unlink()
    adopted = migrate("hugo", site, done)
    assert adopted.returncode == 0
    assert report(done)["totals"]["adopt"] == PAGES
    assert migrate("hugo", site, done, "--dry-run", "--exit-code").returncode == 0


def test_a_second_run_at_once_is_exit_6(site, done):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDER,
            done / FOLDER / "lock",
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert holder.stdout and holder.stdout.readline()
    for options in ([], ["--dry-run"]):
        run = migrate("hugo", site, done, *options)
        assert (run.returncode, str(holder.pid) in run.stderr) == (6, True)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert migrate("hugo", site, done).returncode == 0


@pytest.mark.slow
def test_ctrl_c_is_exit_130_and_the_same_command_goes_on(tmp_path, out):
    site = make_site(tmp_path / "large", 700, media=0)
    command = [sys.executable, "-m", "migrate", "hugo", str(site), str(out)]
    run = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
    )
    while not list(out.rglob("*.md")):
        assert run.poll() is None
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, words = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "the same command goes on" in words
    assert "Traceback" not in words
    left = len(list(out.rglob("*.md")))
    assert migrate("hugo", site, out).returncode == 0
    assert len(list(out.rglob("*.md"))) > left
    assert migrate("hugo", site, out, "--dry-run", "--exit-code").returncode == 0


def in_terminal(*arguments, answer="n\n"):
    """Run on a pseudo-terminal; gives the exit code and everything that was shown."""
    main, side = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "migrate", *map(str, arguments)],
        cwd=ROOT,
        stdin=side,
        stdout=side,
        stderr=side,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(side)
    os.write(main, answer.encode())
    shown = b""
    while True:
        try:
            block = os.read(main, 65536)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(main)
    return run.wait(), shown.decode()


def test_on_a_terminal_it_asks_before_it_overwrites(site, done):
    make_site(site, 6, media=2, edition=2)
    before = files(done)
    code, shown = in_terminal("hugo", site, done, answer="n\n")
    assert (code, "overwrite 3 things" in shown, "Nothing was changed." in shown) == (0, True, True)
    changed = {name for name, value in files(done).items() if before.get(name) != value}
    assert changed <= {f"{FOLDER}/{NAME}", f"{FOLDER}/lock"}
    code, shown = in_terminal("hugo", site, done, answer="y\n")
    assert (code, "edition 2" in post(done, 3).read_text(encoding="utf-8")) == (0, True)
    assert "\x1b[33m~\x1b[0m content/" in shown


def test_on_a_terminal_it_does_not_ask_when_told_yes_or_when_nothing_is_overwritten(site, out):
    assert "Go on?" not in in_terminal("hugo", site, out)[1]
    make_site(site, 6, media=2, edition=2)
    assert "Go on?" not in in_terminal("hugo", site, out, "--dry-run")[1]
    code, shown = in_terminal("hugo", site, out, "--yes")
    assert (code, "Go on?" in shown) == (0, False)
    assert "edition 2" in post(out, 3).read_text(encoding="utf-8")


@pytest.mark.hugo
def test_check_compares_with_what_hugo_shows(site, out, hugo):
    run = migrate("hugo", site, out, "--check")
    assert run.returncode == 0, run.stdout
    assert "every page is shown" in run.stderr
    write(out / "content/mine.md", "---\ntitle: Mine\nurl: /news/post-3/\n---\n")
    run = migrate("hugo", site, out, "--check")
    assert (run.returncode, "G502" in run.stdout) == (3, True), run.stdout
    write(out / "content/mine.md", "---\ntitle: {{\n---\n")
    run = migrate("hugo", site, out, "--check")
    assert (run.returncode, "G503" in run.stdout) == (3, True)
    (out / "content/mine.md").unlink()
    moved = out / "content/news/post-3.en.md"
    moved.write_text(moved.read_text(encoding="utf-8").replace("---\n", "---\nurl: /elsewhere/\n", 1), encoding="utf-8")
    run = migrate("hugo", site, out, "--check")
    assert (run.returncode, "G501" in run.stdout) == (3, True)
    assert migrate("hugo", site, out, "--check", "--dry-run").returncode == 2


def test_inspect(site):
    write(
        site / "pages/05.new/default.md", "---\ntitle: N\ndate: 03-06-2017 16:14\n---\n[u]a[/u] [u]b[/u] ![](x.png)\n"
    )
    write(site / "config/plugins/shortcode-core.yaml", "enabled: true\n")
    run = migrate("inspect", site)
    assert run.returncode == 0, run.stderr
    for words in (
        "Languages   en (default) 9, de 9",
        "“99-99-9999 99:99” 2",
        "u 4 (2 pages)",
        "1 remark that no reader will notice is left out; -v shows it.",
        "shortcode-core",
        "item 12",
    ):
        assert words in run.stdout
    told = json.loads(migrate("inspect", site, "--json").stdout)
    assert told["pages"]["all"] == 18
    assert told["shortcodes"]["u"] == {"uses": 4, "pages": 2}
    assert told["plugins"] == [{"name": "shortcode-core", "on": True, "why": "the configuration"}]
    assert told["media"]["files"] == 2


def test_the_version():
    from migrate import __version__

    assert migrate("--version").stdout == f"{__version__}\n"
    assert migrate("--help").returncode == 0
    assert migrate().returncode == 2


def test_a_reader_that_has_seen_enough_does_not_end_the_run(site, out):
    command = f"{sys.executable} -m migrate hugo {site} {out} -v | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert (out / "migration-report.json").exists()
