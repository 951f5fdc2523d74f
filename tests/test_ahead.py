"""Making things ahead of their use: in order, not too many, and never a thread that stays."""

from __future__ import annotations

import threading
import time

import pytest

from migrate.ahead import Ahead

PAUSE = "pause"


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "ahead"]


def test_all_in_order_with_pauses_between():
    got = list(Ahead((str(number) for number in range(50)), 4, PAUSE))
    assert [item for item in got if item != PAUSE] == [str(number) for number in range(50)]
    assert got[-1] in (PAUSE, "49")
    assert threads() == []


def test_they_are_made_while_the_last_one_is_used():
    made = []

    def making():
        for number in range(10):
            made.append(number)
            yield number

    items = Ahead(making(), 3, PAUSE)
    assert next(items) == 0
    time.sleep(0.3)
    assert 4 <= len(made) <= 6  # three wait, one is on its way
    items.close()
    assert threads() == []
    assert len(made) < 10


def test_a_pause_where_none_is_ready():
    def slow():
        yield "a"
        time.sleep(0.3)
        yield "b"

    assert list(Ahead(slow(), 5, PAUSE))[:3] == ["a", PAUSE, "b"]


def test_what_goes_wrong_is_raised_where_it_is_used():
    closed = []

    def making():
        try:
            yield 1
            raise ValueError("no")
        finally:
            closed.append(True)

    with pytest.raises(ValueError, match="no"):
        list(Ahead(making(), 5, 0))
    assert closed == [True]


def test_what_makes_them_is_closed_with_them():
    closed = []

    def making():
        try:
            while True:
                yield 1
        finally:
            closed.append(True)

    items = Ahead(making(), 5, 0)
    next(items)
    items.close()
    assert closed == [True]
    assert threads() == []


def test_it_begins_before_anybody_asks():
    begun = threading.Event()

    def making():
        begun.set()
        yield 1

    items = Ahead(making(), 5, 0)
    assert begun.wait(10)
    assert list(items) in ([1], [1, 0])
    assert list(items) == []
    items.close()


def test_nobody_ever_asks():
    def making():
        while True:
            yield 1

    items = Ahead(making(), 5, 0)
    del items
    deadline = time.monotonic() + 10
    while threads() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threads() == []
