"""Things made in a thread while the last ones are still being used: a slow target need not wait for the conversion.

Where nothing is ready, an item that says so comes between, so that whoever gathers can begin with what there is.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

Item = TypeVar("Item")

PATIENCE = 0.1  # seconds between two looks whether anybody still wants more


class _End(Exception):  # noqa: N818
    """There is no more."""


class Ahead(Iterator[Item]):
    """The items in order, up to `most` of them made before they are asked for; `pause` where none is ready.

    They are being made from now on, whether or not anybody has asked for the first one. Close it.
    """

    def __init__(self, items: Iterator[Item], most: int, pause: Item) -> None:
        """Begin."""
        self._ready: queue.Queue[Item | Exception] = queue.Queue(most)
        self._stopped = threading.Event()
        self._pause = pause
        self._used = False                    # since the last pause
        made = (items, self._ready, self._stopped)
        self._maker = threading.Thread(target=_make, args=made, name="ahead", daemon=True)
        self._maker.start()

    def __next__(self) -> Item:
        """The next one, or a pause. What went wrong with its making is raised here."""
        if self._used and self._ready.empty():
            self._used = False
            return self._pause
        item = self._ready.get()
        if isinstance(item, _End):
            self._ready.put(item)             # whoever asks again
            raise StopIteration
        if isinstance(item, Exception):
            raise item
        self._used = True
        return item

    def close(self) -> None:
        """Make no more, and wait for the one that is on its way."""
        self._stopped.set()
        self._maker.join()

    def __del__(self) -> None:
        """Nobody will ask any more."""
        self._stopped.set()


def _make(items: Iterator[Item], ready: queue.Queue[Item | Exception], stopped: threading.Event) -> None:
    """Make items, until there are no more or nobody wants them; what goes wrong is raised where they are used."""
    try:
        for item in items:
            if not _put(item, ready, stopped):
                break
        _put(_End(), ready, stopped)
    except Exception as error:  # noqa: BLE001  the border of a thread: raised again on the other side
        _put(error, ready, stopped)
    finally:
        if isinstance(items, Generator):
            items.close()


def _put(item: Item | Exception, ready: queue.Queue[Item | Exception], stopped: threading.Event) -> bool:
    while not stopped.is_set():
        try:
            ready.put(item, timeout=PATIENCE)
        except queue.Full:
            continue
        return True
    return False
