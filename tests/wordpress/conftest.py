"""Fixtures: a real WordPress for the whole session, and an emptied one for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.wordpress.chaos import Trials, trials
from tests.wordpress.packages import Unavailable
from tests.wordpress.server import Site, running


@pytest.fixture(scope="session")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One real WordPress for all tests of this process; who writes to it empties it first (`empty_site`)."""
    with ExitStack() as stack:
        try:
            site = stack.enter_context(running(tmp_path_factory.mktemp("wordpress") / "site"))
        except Unavailable as error:
            pytest.skip(f"no real WordPress: {error}")
        yield site


@pytest.fixture
def empty_site(wordpress: Site) -> Iterator[Site]:
    """The session's WordPress without any content or plug-ins."""
    before = set(wordpress.plugins())
    wordpress.empty()
    yield wordpress
    for name in set(wordpress.plugins()) - before:
        wordpress.plugin(name, None)


@pytest.fixture(scope="session")
def chaos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    """A second WordPress with a proxy before it that makes faults, and a small source."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(trials(tmp_path_factory.mktemp("chaos")))
        except Unavailable as error:
            pytest.skip(f"no real WordPress: {error}")
        yield started
