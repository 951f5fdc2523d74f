"""The text of a mapping: what a run with nothing to do compares in place of the mapping itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.mapping_files import mapping_text


def written(folder: Path, **texts: str) -> str:
    """Files by their names without the ending; the path of the first."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder / f"{next(iter(texts))}.yaml")


def test_ours_alone() -> None:
    text = mapping_text(None)
    assert text is not None
    assert "extends: common" in text


@pytest.mark.parametrize("first", [
    "version: 1\n",
    "extends: hugo\n",
    "# extends what?\nextends: './b.yaml'   # there\n",
    'extends: "b.yaml"\r\n',
])
def test_a_change_in_any_file_is_another_text(tmp_path: Path, first: str) -> None:
    path = written(tmp_path, a=first, b="version: 1\n")
    before = mapping_text(path)
    assert before is not None
    assert before == mapping_text(path)
    written(tmp_path, a=first + "# more\n")
    assert mapping_text(path) != before
    if "b.yaml" in first:
        written(tmp_path, a=first, b="version: 1 \n")
        assert mapping_text(path) not in (None, before)


@pytest.mark.parametrize("first", ["{extends: b.yaml}\n", "'extends': b.yaml\n", "extends:\n  b.yaml\n", "extends: &x b.yaml\n",
                                   "extends: a.yaml\n", "extends: gone.yaml\n"])
def test_what_only_yaml_can_tell_is_not_told(tmp_path: Path, first: str) -> None:
    assert mapping_text(written(tmp_path, a=first)) is None
