"""Pages in batches: converted by worker processes, in order, a few at a time; kept on disk where they must wait."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from migrate.errors import MigrateError
from migrate.findings import Finding, find
from migrate.model.document import Document, Key
from migrate.model.resource import Resource
from migrate.report_rows import Page
from migrate.workers import in_workers

SIZE = 16  # pages in a batch: their texts fit into what a pipe holds


class Batch(NamedTuple):
    """Some pages and what the target shall hold of them. `border`: what comes after it wants these to be there;
    `spared`: what this run has no part in, and an earlier one may have made."""

    pages: tuple[Page, ...]
    resources: tuple[Resource, ...]
    border: bool = False
    spared: frozenset[Key] = frozenset()


PAUSE = Batch((), ())  # nothing is ready at the moment


class Made(Protocol):
    """What a conversion gives."""

    @property
    def resources(self) -> tuple[Resource, ...]: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...


class Converts(Protocol):
    """Whoever turns a document into the target's resource."""

    def convert(self, document: Document) -> Made: ...


def converted(converter: Converts, documents: Sequence[Document], jobs: int) -> Iterator[Batch]:
    """Convert all documents, in order; the site is inherited by the workers and sent nowhere."""

    def task(number: int) -> Batch:
        return _batch(converter, documents[number * SIZE : (number + 1) * SIZE])

    yield from in_workers(task, -(-len(documents) // SIZE), jobs)


def _batch(converter: Converts, documents: Sequence[Document]) -> Batch:
    pages: list[Page] = []
    resources: list[Resource] = []
    for document in documents:
        try:
            made = converter.convert(document)
        except MigrateError:
            raise
        except Exception as error:  # noqa: BLE001  the border of a page: a mistake of ours must not cost the others
            pages.append(_broken(document, error))
        else:
            pages.append(Page(document.key, document.source, made.findings))
            resources += made.resources
    return Batch(tuple(pages), tuple(resources))


def _broken(document: Document, error: Exception) -> Page:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" in {place.tb_frame.f_globals.get('__name__')}, line {place.tb_lineno}" if place else ""
    finding = find("G449", document.source, why=f"{type(error).__name__}{where}")
    return Page(document.key, document.source, (finding,), broken=True)


class Spool:
    """Batches on disk, to be gone through more than once: a question may stand between. Close it."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        """`batches` are read, and kept, when they are first gone through."""
        self._batches = batches
        self._file = tempfile.TemporaryFile(prefix="grav-migrate-")  # noqa: SIM115  closed by close()
        self._count = 0

    def first(self) -> Iterator[Batch]:
        """Go through the batches as they are made."""
        for batch in self._batches:
            if batch is not PAUSE:
                pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)
                self._count += 1
            yield batch

    def again(self) -> Iterator[Batch]:
        """Go through what `first` has seen."""
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
