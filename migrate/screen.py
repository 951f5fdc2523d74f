"""What a run says while it goes: the pipeline's view of whoever watches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from migrate.report_rows import Line

Against = Literal["target", "source", "none"]


class Screen(Protocol):
    """A terminal, a file, or nobody. Nothing that it does changes the run."""

    @property
    def against(self) -> Against:
        """What differences are shown against; for a new file `target` means its text."""
        ...

    @property
    def asks(self) -> bool:
        """Whether somebody is there to answer."""
        ...

    def say(self, text: str) -> None:
        """One sentence about what goes on."""
        ...

    def stage(self, name: str, total: int = 0) -> None:
        """A part of the run begins; `total` steps of it will be announced, 0 where nobody knows."""
        ...

    def advance(self, steps: int) -> None:
        """So many steps are done."""
        ...

    def line(self, line: Line, difference: Sequence[str] = ()) -> None:
        """Something happened to one thing."""
        ...

    def confirm(self, counts: Mapping[str, int]) -> bool:
        """Whether so many updates and removals may happen."""
        ...


class Nobody:
    """A screen for tests and programs."""

    against: Against = "none"
    asks = False

    def say(self, text: str) -> None:
        """Nobody hears."""

    def stage(self, name: str, total: int = 0) -> None:
        """Nobody waits."""

    def advance(self, steps: int) -> None:
        """Nobody counts."""

    def line(self, line: Line, difference: Sequence[str] = ()) -> None:
        """Nobody reads."""

    def confirm(self, counts: Mapping[str, int]) -> bool:
        """Nobody objects."""
        return True


class Whisper(Nobody):
    """Shows that something goes on, and not what."""

    def __init__(self, screen: Screen) -> None:
        """`screen` hears of the steps alone."""
        self._screen = screen

    def advance(self, steps: int) -> None:
        """Passed on."""
        self._screen.advance(steps)
