"""Unified diffs: applying one to the old text gives the new one, and `patch`'s format is kept."""

from __future__ import annotations

import difflib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import differences
from migrate.differences import unified

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "d"]), max_size=40)
texts = LINES.map(lambda lines: "".join(f"{line}\n" for line in lines))


def patched(old: str, diff: tuple[str, ...]) -> list[str]:
    """The old text with a diff applied; fails where a line to be kept or removed is not there."""
    lines, result, at = old.splitlines(), [], 0
    for line in diff[2:]:
        hunk = re.match(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", line)
        if hunk:
            start = int(hunk[1]) - bool(int(hunk[2]))
            result += lines[at:start]
            at = start
        elif line[0] == "+":
            result.append(line[1:])
        else:
            assert lines[at] == line[1:]
            result += [line[1:]] if line[0] == " " else []
            at += 1
    return result + lines[at:]


@settings(deadline=None, max_examples=300)
@given(texts, texts)
def test_applied_it_gives_the_new_text(old, new):
    diff = unified(old, new, "old", "new")
    assert patched(old, diff) == new.splitlines()
    assert (diff == ()) == (old == new)


@settings(deadline=None)
@given(texts)
def test_a_new_file_is_all_additions(new):
    diff = unified(None, new, "old", "new")
    assert diff[:2] == ("--- /dev/null", "+++ new")
    assert [line[1:] for line in diff[3:]] == new.splitlines()
    assert {line[0] for line in diff[3:]} <= {"+"}


def test_a_small_edit_looks_as_everywhere():
    old = "".join(f"line {n}\n" for n in range(50))
    new = old.replace("line 7\n", "line seven\n").replace("line 40\n", "")
    ours = unified(old, new, "old", "new")
    theirs = [line.rstrip("\n") for line in difflib.unified_diff(old.splitlines(), new.splitlines(), "old", "new")]
    assert list(ours) == theirs


@pytest.mark.parametrize("limit", [0])
def test_what_is_too_long_to_compare_is_one_block(monkeypatch, limit):
    monkeypatch.setattr(differences, "TOO_MUCH", limit)
    old, new = "same\na\nx\nb\nsame\n", "same\nc\nx\nd\nsame\n"
    assert patched(old, unified(old, new, "o", "n")) == new.splitlines()
