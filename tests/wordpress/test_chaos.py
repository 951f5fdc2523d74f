"""Faults and SIGKILL between us and a real WordPress: a share of what `make chaos` does."""

from __future__ import annotations

import random

import pytest

from tests.wordpress.chaos import Trials, trials
from tests.wordpress.faults import FAULTS
from tests.wordpress.packages import Unavailable

pytestmark = [pytest.mark.wordpress, pytest.mark.slow]

RANDOM = 12


@pytest.fixture(scope="module")
def chaos(tmp_path_factory):
    from contextlib import ExitStack

    with ExitStack() as stack:
        try:
            yield stack.enter_context(trials(tmp_path_factory.mktemp("chaos")))
        except Unavailable as error:
            pytest.skip(f"no real WordPress: {error}")


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_at_a_write(chaos: Trials, fault: str):
    """At one of the writes of the undisturbed run; the next run must end like it."""
    place = random.Random(fault).choice(chaos.writes)
    assert chaos.ended({place: fault}) == []
    assert chaos.seen[fault]


@pytest.mark.parametrize("number", range(RANDOM))
def test_any_faults_anywhere(chaos: Trials, number: int):
    assert chaos.trial(f"ci:{number}") == []
