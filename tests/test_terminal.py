"""What a person sees, and what a pipe gets."""

from __future__ import annotations

import io

import pytest

from migrate import terminal as module
from migrate.findings import find
from migrate.model.document import Key
from migrate.report import FILE_TOTALS, totals
from migrate.report_rows import Line
from migrate.terminal import NORMAL, QUIET, VERBOSE, Terminal, group_lines, summary


class Tty(io.StringIO):
    def isatty(self):
        return True


def line(action="create", kind="page", finding=None, place="content/a.md"):
    return Line(action, Key("a"), kind, place, place, "01.a/item.md" if kind == "page" else "", finding)


def shown(*lines, **more):
    out = io.StringIO()
    terminal = Terminal(out=out, err=io.StringIO(), **more)
    for one in lines:
        terminal.line(one)
    return out.getvalue()


def test_one_line_for_a_page():
    assert shown(line()) == "+ content/a.md  01.a/item.md\n"
    for action, sign in (("update", "~"), ("delete", "-"), ("orphan", "?")):
        assert shown(line(action)).startswith(f"{sign} ")


@pytest.mark.parametrize(
    ("action", "kind", "levels"),
    [
        ("create", "page", (NORMAL, VERBOSE)),
        ("update", "page", (NORMAL, VERBOSE)),
        ("keep", "page", (VERBOSE,)),
        ("adopt", "page", (VERBOSE,)),
        ("create", "media", (VERBOSE,)),
        ("update", "media", (NORMAL, VERBOSE)),
        ("delete", "media", (NORMAL, VERBOSE)),
        ("orphan", "media", (NORMAL, VERBOSE)),
        ("forget", "page", (VERBOSE,)),
        ("conflict", "media", (QUIET, NORMAL, VERBOSE)),
        ("failed", "page", (QUIET, NORMAL, VERBOSE)),
    ],
)
def test_what_is_shown_when(action, kind, levels):
    for verbosity in (QUIET, NORMAL, VERBOSE):
        assert bool(shown(line(action, kind), verbosity=verbosity)) == (verbosity in levels)
    assert shown(line(action, kind), verbosity=VERBOSE, json=True) == ""


def test_a_failure_says_why():
    finding = find("G448", "01.a/item.md", why="no permission")
    assert shown(line("failed", finding=finding)).splitlines()[1:] == [f"    {finding.message}"]


def test_colours_are_for_terminals(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Terminal(out=Tty(), err=Tty()).paint("x", "31") == "\x1b[31mx\x1b[0m"
    assert Terminal(out=io.StringIO(), err=Tty()).paint("x", "31") == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Terminal(out=Tty(), err=Tty()).paint("x", "31") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert Terminal(out=Tty(), err=Tty()).paint("x", "31") == "x"


def test_a_difference_is_coloured(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Tty()
    Terminal(out=out, err=Tty()).line(line(), ("--- a", "+++ b", "@@ -1,1 +1,1 @@", "-old", "+new", " same"))
    assert "\x1b[31m-old\x1b[0m\n\x1b[32m+new\x1b[0m\n same\n" in out.getvalue()


def test_the_bar_appears_when_it_takes_longer(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    out, err = Tty(), Tty()
    terminal = Terminal(out=out, err=err)
    terminal.stage("Converting", 1000)
    clock[0] = 0.9
    terminal.advance(100)
    assert err.getvalue() == ""
    clock[0] = 1.5
    terminal.advance(150)
    assert "Converting ━" in err.getvalue()
    assert "250 of 1,000" in err.getvalue()
    terminal.line(line())
    assert err.getvalue().endswith("\r\x1b[K"), "a line finds its row empty"
    clock[0] = 1.55
    before = err.getvalue()
    terminal.advance(1)
    assert err.getvalue() == before, "not more often than one can see"
    terminal.close()


def test_the_bar_tells_rate_and_time_left(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    err = Tty()
    terminal = Terminal(out=Tty(), err=err)
    terminal.stage("Reading")
    clock[0] = 5.0
    terminal.stage("Writing", 1000)
    clock[0] = 7.0
    terminal.advance(100)
    assert err.getvalue().endswith("100 of 1,000 · 50/s · 18 s left"), "the stage before does not count"
    clock[0] = 105.0
    terminal.advance(400)
    assert err.getvalue().endswith("500 of 1,000 · 5.0/s · 2 min left")


def drawn(monkeypatch, *happens):
    """What stands in the bar's row after each of these."""
    clock, rows = [0.0], []
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    err = Tty()
    terminal = Terminal(out=Tty(), err=err)
    for name, *given in happens:
        clock[0] += 2
        getattr(terminal, name)(*given)
        rows.append(err.getvalue().rpartition("\x1b[K")[2].partition(" ·")[0])
    return rows


def test_what_is_still_on_its_way_counts_for_its_own_stage(monkeypatch):
    rows = drawn(monkeypatch, ("stage", "Converting", 75), ("advance", 25), ("stage", "Copying", 1), ("advance", 49),
                 ("advance", 1), ("advance", 1), ("advance", 7))
    assert [row.replace("━", "").replace("╌", "") for row in rows] == [
        "Converting  0 of 75", "Converting  25 of 75", "Converting  25 of 75", "Converting  74 of 75",
        "Copying  0 of 1", "Copying  1 of 1", "Copying  1 of 1"]
    assert {row.count("━") + row.count("╌") for row in rows} == {module.WIDTH}


def test_a_stage_without_steps_is_seen_though_the_row_has_just_been_drawn(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    err = Tty()
    terminal = Terminal(out=Tty(), err=err)
    terminal.stage("Copying", 5)
    clock[0] += 2
    terminal.advance(5)
    clock[0] += 0.01
    terminal.stage("Checking")
    assert err.getvalue().endswith("\r\x1b[KChecking …")


def test_what_was_rehearsed_is_counted_anew(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\ny\n"))
    rows = drawn(monkeypatch, ("stage", "Copying", 10), ("advance", 10), ("confirm", {"update": 4, "keep": 6}),
                 ("advance", 4), ("stage", "Removing", 9), ("advance", 3))
    assert "4 of 10" in rows[3] and rows[3].startswith("Writing ")
    rows = drawn(monkeypatch, ("confirm", {"delete": 9}), ("stage", "Removing", 9), ("advance", 3))
    assert "3 of 9" in rows[-1] and rows[-1].startswith("Removing ")


@pytest.mark.parametrize("columns", [12, 40, 60, 79, 200])
def test_the_bar_fits_into_the_row(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = drawn(monkeypatch, ("stage", "Before the pages", 46_000), ("advance", 3_000), ("advance", 30_000))
    assert all(0 < len(row) < columns for row in rows)
    assert columns < 60 or ("33,000 of 46,000" in rows[-1] and "━" in rows[-1])


@pytest.mark.parametrize("more", [{"verbosity": QUIET}, {"err": io.StringIO()}])
def test_no_bar_for_nobody(monkeypatch, more):
    clock = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    err = more.setdefault("err", Tty())
    terminal = Terminal(out=Tty(), **more)
    terminal.stage("Converting", 10)
    clock[0] = 5
    terminal.advance(5)
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("answer", "expected"), [("y\n", True), ("YES\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_only_yes_is_yes(monkeypatch, answer, expected):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    err = Tty()
    terminal = Terminal(out=Tty(), err=err)
    assert terminal.confirm({"create": 3, "update": 2, "delete": 1}) is expected
    assert "overwrite 2 things and remove 1 thing that earlier runs made, and create 3. Go on?" in err.getvalue()
    assert terminal.confirm({"delete": 12}) is False
    assert err.getvalue().endswith("This will remove 12 things that earlier runs made. Go on? [y/N] ")


def test_nobody_is_asked_without_a_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdin", Tty())
    assert Terminal(out=Tty(), err=Tty()).asks
    assert not Terminal(out=Tty(), err=Tty(), yes=True).asks
    assert not Terminal(out=Tty(), err=io.StringIO()).asks
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert not Terminal(out=Tty(), err=Tty()).asks


def test_what_is_left_over_is_a_page_and_what_is_made_beside_pages_holds_a_folder():
    files = {"page": totals(["create", "orphan", "delete"], FILE_TOTALS), "post": totals(["delete"], FILE_TOTALS)}
    out = io.StringIO()
    summary(Terminal(out=out, err=io.StringIO()), {"totals": {}, "files": files}, [], dry_run=False)
    assert out.getvalue() == ("Pages: none\nBesides, created: drafts for folders 1\nBesides, left over: pages 1\n"
                              "Besides, removed: pages 1, posts 1\n")


def test_places_of_which_something_else_is_true_say_so():
    said = ("no field for “form”; here", "no field for “form”; here", "no field for “access”; here", "no field for here")
    first = [[f"01.{name}/item.md", line, words, "drop it"] for name, line, words in zip("abcd", (3, 0, 7, 0), said, strict=True)]
    group = {"code": "G629", "severity": "warning", "count": 4, "first": first}
    assert list(group_lines(Terminal(out=io.StringIO(), err=io.StringIO()), group)) == [
        "warning G629 (4 times): no field for “form”; here", "    01.a/item.md:3", "    01.b/item.md",
        "    01.c/item.md:7: “access”", "    01.d/item.md: no field for here", "    → drop it", ""]


def test_the_summary():
    content = {
        "totals": {"create": 1200, "update": 0, "keep": 3},
        "files": {"media": totals(["create"] * 4, FILE_TOTALS), "layout": totals(["create", "keep"], FILE_TOTALS)},
    }
    groups = [
        {
            "code": "G204",
            "severity": "warning",
            "count": 9,
            "first": [["01.a/item.md", 3, "it is odd", "look"], ["01.b/item.md", 0, "it is odd", "look"]],
        },
        {"code": "G130", "severity": "info", "count": 1, "first": [["01.a/item.md", 1, "by the way", ""]]},
    ]
    out = io.StringIO()
    summary(Terminal(out=out, err=io.StringIO()), content, groups, dry_run=False)
    assert out.getvalue() == (
        "warning G204 (9 times): it is odd\n    01.a/item.md:3\n    01.b/item.md\n"
        "    … and 7 more places\n    → look\n\n"
        "Pages: 1,200 created, 3 kept\n"
        "Besides, created: media files 4, layouts and styles 1\nBesides, kept: layouts and styles 1\n"
    )
    out = io.StringIO()
    summary(Terminal(out=out, err=io.StringIO(), verbosity=VERBOSE), content, groups, dry_run=True)
    assert "info G130: by the way" in out.getvalue()
    assert "1,200 to create" in out.getvalue()
