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


def ahead(items: Iterator[Item], most: int, pause: Item) -> Generator[Item]:
    """Yield the items in order, up to `most` of them made before they are asked for; `pause` where none is ready."""
    ready: queue.Queue[Item | Exception] = queue.Queue(most)
    stopped = threading.Event()
    maker = threading.Thread(target=_make, args=(items, ready, stopped), name="ahead", daemon=True)
    maker.start()
    try:
        while True:
            item = ready.get()
            if isinstance(item, _End):
                return
            if isinstance(item, Exception):
                raise item
            yield item
            if ready.empty():
                yield pause
    finally:
        stopped.set()
        maker.join()


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
