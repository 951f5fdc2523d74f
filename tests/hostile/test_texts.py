"""Texts that make readers of Markdown slow take no more time here than their length demands."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from migrate.content.html import to_html
from migrate.content.tree import parse
from tests.hostile.texts import DIALECT, TWIG, hostile_texts

ALARM = 10      # seconds of this process, many times what the slowest takes: what is quadratic takes minutes
LARGE = hostile_texts(200_000)
SMALL = hostile_texts(3_000)


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """TimeoutError after so many seconds of this process's own time."""
    def ring(*_: object) -> None:
        raise TimeoutError(f"still reading after {seconds} s")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name", SMALL)
def test_all_of_it_is_read(name: str) -> None:
    for dialect in (DIALECT, TWIG):
        tree = parse(SMALL[name], dialect)
        assert "".join(SMALL[name][block.start:block.end] for block in tree.blocks) == SMALL[name]
        to_html(tree)


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_time_does_not_explode(name: str) -> None:
    with alarm(ALARM):
        tree = parse(LARGE[name], DIALECT)
    assert tree.blocks[-1].end == len(LARGE[name])


def test_the_alarm_rings() -> None:
    with pytest.raises(TimeoutError), alarm(0.1):
        while True:
            pass
