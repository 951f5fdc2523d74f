"""How many requests at once are worth it, on servers of different sizes."""

from __future__ import annotations

import heapq
from collections import Counter

import pytest

from migrate.writers.wordpress.pace import Pace
from migrate.writers.wordpress.worth import Worth


def used(processors: int, requests: int, most: int = 4) -> Counter[int]:
    """How often so many were under way, where a server with so many processors gets always as much as it may."""
    worth, clock, seen = Worth(2, most), 0.0, Counter[int]()
    under_way: list[tuple[float, float, int]] = []
    for _ in range(requests):
        while len(under_way) >= worth.limit:
            clock, begun, at_once = heapq.heappop(under_way)
            worth.answered(at_once, clock - begun)
        at_once = len(under_way) + 1
        seen[at_once] += 1
        heapq.heappush(under_way, (clock + 0.4 * max(1, at_once / processors), clock, at_once))
    return seen


@pytest.mark.parametrize("processors", [1, 2])
def test_a_small_server_is_not_crowded(processors):
    seen = used(processors, 200)
    assert seen[2] > 160
    assert seen[4] == 0


def test_a_large_or_distant_server_gets_all_that_is_allowed():
    assert used(16, 200)[4] > 180
    assert used(16, 800, most=16)[16] > 500


def test_it_is_tried_again_later():
    assert used(2, 400)[3] > used(2, 60)[3] > 0


def test_what_was_sent_under_another_limit_says_nothing():
    worth = Worth(2, 4)
    for _ in range(50):
        worth.answered(1, 0.1)
    assert worth.limit == 2


def test_only_what_is_comparable_is_limited():
    pace = Pace(8)
    with pace.turn("25 × posts") as first, pace.turn("25 × posts") as second, pace.turn() as third:
        assert (first, second, third) == (1, 2, 3)
    for _ in range(4):
        pace.compared("25 × posts", 4, 0.4)
    assert pace._allowed("25 × posts") == 4      # what the server bears has the last word
    for _ in range(20):
        pace.answered("GET", 0.01)
    assert pace._allowed("25 × posts") == 5
    assert pace._allowed("25 × pages") == 4
