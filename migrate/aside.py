"""One thing worked out in a thread while something else is done: a question to a distant server, say."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Aside(Generic[Result]):
    """Begun at once. A program that ends does not wait for it."""

    def __init__(self, work: Callable[[], Result]) -> None:
        """`work` is called in a thread of its own."""
        self._work = work
        self._results: list[Result] = []
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._do, name="aside", daemon=True)
        self._thread.start()

    def result(self) -> Result:
        """What it gave, or what it raised."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._results[0]

    def _do(self) -> None:
        try:
            self._results.append(self._work())
        except Exception as error:  # noqa: BLE001  the border of a thread: raised again where the result is wanted
            self._failure = error
