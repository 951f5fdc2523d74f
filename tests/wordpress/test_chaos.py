"""Faults and SIGKILL between us and a real WordPress: a share of what `make chaos` does."""

from __future__ import annotations

import random

import pytest

from tests.wordpress.chaos import Trials
from tests.wordpress.faults import FAULTS

pytestmark = [pytest.mark.wordpress, pytest.mark.slow]

RANDOM = 12


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_at_a_write(chaos: Trials, fault: str):
    """At one of the writes of the undisturbed run; the next run must end like it."""
    place = random.Random(fault).choice(chaos.writes)
    assert chaos.ended({place: fault}) == []
    assert chaos.seen[fault]


@pytest.mark.parametrize("number", range(RANDOM))
def test_any_faults_anywhere(chaos: Trials, number: int):
    assert chaos.trial(f"ci:{number}", large=number % 2 == 1) == []
