"""What the import contracts cannot say: names and sizes of modules."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "migrate").rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc", "manager", "handler", "handlers"}
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]


@pytest.mark.parametrize("name", NAMES)
def test_a_module_has_a_name_and_one_idea(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not set(Path(name).with_suffix("").parts) & FORBIDDEN
    assert len(text.splitlines()) <= 350
    assert text.lstrip().startswith('"""')
