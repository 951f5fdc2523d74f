"""Every kind of finding has a test that waits for it, and the code that makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.findings import CODES
from tests.program import ROOT

SUFFIXES = (".py", ".txt", ".yaml")


def texts(folder: Path, *but: str) -> str:
    """All sources below a folder as one text."""
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*"))
                     if path.suffix in SUFFIXES and path.name not in but)


TESTS = texts(ROOT / "tests", Path(__file__).name)
PROGRAM = texts(ROOT / "migrate", "codes.py", "target_codes.py")


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_made_and_tested(code: str) -> None:
    assert f'"{code}"' in PROGRAM, f"nothing makes {code}: remove it, or make it"
    assert code in TESTS, f"no test waits for {code}"
