"""What is worked out in a thread."""

from __future__ import annotations

import threading

import pytest

from migrate.aside import Aside


def test_it_is_worked_out_meanwhile() -> None:
    asked = threading.Event()
    thought = Aside(lambda: asked.wait(5))
    asked.set()
    assert thought.result()
    assert thought.result()


def test_what_goes_wrong_is_raised_where_the_result_is_wanted() -> None:
    with pytest.raises(ZeroDivisionError):
        Aside(lambda: 1 / 0).result()
