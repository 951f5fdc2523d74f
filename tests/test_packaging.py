"""The wheel that users install: it holds what the program needs besides Python, and runs from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as pip would do."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(place), str(ROOT)]
    subprocess.run(command, check=True, timeout=300)
    wheel = next(place.glob("grav_migrate-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site-packages")
    return place / "site-packages"


def test_mappings_and_layouts_are_inside(installed: Path) -> None:
    for name in ("mappings/hugo.yaml", "mappings/common.yaml", "mappings/mapping.schema.json"):
        assert (installed / "migrate" / name).read_bytes() == (ROOT / name).read_bytes()
    theirs = installed / "migrate" / "writers" / "hugo" / "site"
    ours = ROOT / "migrate" / "writers" / "hugo" / "site"
    layouts = [path.relative_to(ours) for path in ours.rglob("*") if path.is_file()]
    assert layouts
    assert not [path for path in layouts if not (theirs / path).is_file()]


def test_nothing_else_is_inside(installed: Path) -> None:
    names = {path.name for path in installed.iterdir() if path.suffix != ".dist-info"}
    assert names == {"migrate"}


def test_it_runs_away_from_the_repository(installed: Path, tmp_path: Path) -> None:
    sample, site = ROOT / "sample_content", tmp_path / "site"
    command = [sys.executable, "-m", "migrate", "hugo", str(sample), str(site), "--dry-run"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, check=False,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "silk-road" in done.stdout
