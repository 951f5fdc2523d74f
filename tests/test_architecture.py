"""What the import contracts cannot say: names and sizes of modules, and one place where nothing may be skipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "migrate").rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc", "manager", "handler", "handlers", "tools"}
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]


@pytest.mark.parametrize("name", NAMES)
def test_a_module_has_a_name_and_one_idea(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not set(Path(name).with_suffix("").parts) & FORBIDDEN
    assert len(text.splitlines()) <= 350
    assert text.lstrip().startswith('"""')


def test_foreign_exceptions_are_caught_by_name() -> None:
    bare = [f"{name}: {line}" for name in NAMES for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
            if re.search(r"except(\s+(Base)?Exception\b|\s*:)", line) and "noqa: BLE001" not in line]
    assert not bare
