"""The whole migration on one screen: read → map → convert → plan → apply → report.

A dry run is the same with a rehearsal in front of the target and a ledger in memory.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from migrate import __version__
from migrate.apply import apply, recover
from migrate.batches import Batch, Spool, converted
from migrate.diff import Permits
from migrate.differences import unified
from migrate.errors import TargetError
from migrate.findings import Finding, find
from migrate.ledger import FOLDER, LOCK, Ledger, copy_ledger, open_ledger
from migrate.lock import held, looked_at
from migrate.mappers.standing import WRITTEN
from migrate.model.document import Key
from migrate.model.plan import Action, Operation
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.options import Options
from migrate.places import refuse_places
from migrate.planning import plan
from migrate.readers.grav.layout import SourceLayout, locate
from migrate.recall import NAME, Repetition, mark_of, recall, remember
from migrate.rehearsal import Rehearsal
from migrate.report import Facts, Line, Page, Report, group_rows, line_of, report_of
from migrate.screen import Nobody, Screen
from migrate.targets import TARGETS, Workshop
from migrate.workers import cores, in_workers
from migrate.writers import Store

if TYPE_CHECKING:
    from migrate.mappers.tables import Mapping as MappingFile

REPORT = "migration-report.json"
MANY = 64  # files from which on worker processes pay


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended: a report, or the repetition of the last one when there was nothing to do."""

    content: dict[str, Any]
    report: Report | None = None
    repetition: Repetition | None = None
    declined: bool = False  # somebody was asked, and said no

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Findings in groups, the worst first."""
        if self.report:
            return group_rows(self.report.groups)
        return self.repetition.groups if self.repetition else []

    @property
    def changes(self) -> int:
        """Things that were, or would be, written or removed."""
        return self.report.changes if self.report else 0

    @property
    def trouble(self) -> int:
        """Things that failed or are in conflict."""
        return self.report.trouble if self.report else 0

    @property
    def warnings(self) -> int:
        """Findings of severity warning and up."""
        told = self.report or self.repetition
        return told.warnings if told else 0


def migrate(options: Options, screen: Screen, now: datetime) -> Ended:
    """Migrate a site, or rehearse it. Raises a MigrateError for what stops the run."""
    layout = locate(options.source)
    refuse_places(options.source, options.out, layout)
    screen.say(layout.description)
    mapping = mapping_for(options)
    mark = mark_of(options, layout, mapping.model_dump_json())
    with opened(options, now) as (store, ledger):
        interrupted = recover(store, ledger)
        if interrupted:
            screen.say(f"An earlier run was interrupted; {interrupted} writes were looked up, and it goes on.")
        last = None if options.forced or interrupted else recall(mark, store, ledger, now, prune=options.prune)
        if last:
            ended = Ended(content=last.content, repetition=last)
        else:
            ended = _run(_Run(options, layout, mapping, screen, store, ledger, now), mark)
        if not options.dry_run and not ended.declined:
            write_report(Path(options.out), ended.content)
        return ended


class _Run(NamedTuple):
    """What the steps of one run share."""

    options: Options
    layout: SourceLayout
    mapping: MappingFile
    screen: Screen
    store: Store
    ledger: Ledger
    now: datetime

    @property
    def jobs(self) -> int:
        return self.options.jobs or cores()


def _run(run: _Run, mark: str) -> Ended:
    """Everything after the question whether there is anything to do."""
    number = run.ledger.begin_run(run.now.isoformat(), __version__, run.layout.pages_root)
    workshop = TARGETS[run.options.target]().workshop(decided_site(run), run.mapping)
    batches = wanted(run, workshop)
    with contextlib.ExitStack() as stack:
        if run.screen.asks and run.ledger.entries and not run.options.dry_run:
            spool = Spool(batches)
            stack.callback(spool.close)
            counts = Counter(line.action for line in _carried_out(_rehearsed(run), spool.first()).lines)
            if (counts["update"] or counts["delete"]) and not run.screen.confirm(counts):
                return Ended(content={}, declined=True)
            batches = spool.again()
        tally = _carried_out(run, batches)
    facts = Facts(
        target=run.options.target,
        source=run.options.source,
        target_url=workshop.site.url,
        site=workshop.site,
        pages=tally.pages,
        lines=tally.lines,
        findings=(*workshop.findings, *_useless_force(run.options, tally.lines)),
    )
    report = report_of(facts)
    complete = not report.trouble and not any(line.finding and line.finding.code == "G440" for line in tally.lines)
    note = remember(mark, report, run.now, workshop.site.documents) if complete else None
    run.ledger.end_run(number, run.now.isoformat(), json.dumps(report.content["totals"]), [(NAME, note)])
    return Ended(content=report.content, report=report)


def mapping_for(options: Options) -> MappingFile:
    """The mapping file, with what the command line says about drafts."""
    from migrate.config import load_mapping

    mapping = load_mapping(options.target, Path(options.mapping) if options.mapping else None)
    if options.drafts is None:
        return mapping
    pages = mapping.pages.model_copy(update={"unpublished": "draft" if options.drafts else "skip"})
    return mapping.model_copy(update={"pages": pages})


def decided_site(run: _Run) -> Site:
    """Read the site, and decide everything that can be decided without its bodies."""
    from migrate.mappers import map_site
    from migrate.readers.grav.reader import ReadOptions, read_site

    source = run.mapping.source
    run.screen.stage("Reading")
    asked = ReadOptions(
        timezone=run.options.timezone or source.timezone or None,
        environment=run.options.environment or source.environment or None,
        only=run.options.only,
        limit=run.options.limit,
        languages=run.options.languages,
        now=run.now,
        plugins=source.plugins,
    )
    return map_site(read_site(run.layout, asked, mapper=_mapper(run.jobs)), run.mapping)


def wanted(run: _Run, workshop: Workshop) -> Iterator[Batch]:
    """Everything that the target shall hold: the pages first, then what goes with them."""
    site = workshop.site
    pages = [
        page
        for page in site.documents
        if page.standing in WRITTEN and (site.selected is None or page.key in site.selected)
    ]
    run.screen.stage("Converting", len(pages))
    yield from converted(workshop, pages, run.jobs if len(pages) >= MANY else 1)
    yield Batch((), tuple(resource for resource in workshop.rest() if _belongs(resource, site)))


class _Tally(NamedTuple):
    pages: list[Page]
    lines: list[Line]


def _carried_out(run: _Run, batches: Iterable[Batch]) -> _Tally:
    """Plan and apply, batch by batch; what is kept of each is small."""
    tally, spared = _Tally([], []), set[Key]()

    def chunks() -> Iterator[Sequence[Resource]]:
        for batch in batches:
            tally.pages.extend(batch.pages)
            spared.update(page.key for page in batch.pages if page.broken)
            yield batch.resources
            run.screen.advance(len(batch.pages))

    options = run.options
    permits = Permits(prune=options.prune, forced=options.forced)
    for operations in plan(
        chunks(),
        run.ledger.entries,
        run.store,
        permits,
        spared=spared,
        whole=options.whole,
        max_delete=options.max_delete,
    ):
        shown = [_difference(run, operation) for operation in operations]
        for outcome, difference in zip(apply(operations, run.store, run.ledger), shown, strict=True):
            line = line_of(outcome.operation, outcome.failure)
            tally.lines.append(line)
            run.screen.line(line, difference)
    return tally


def _rehearsed(run: _Run) -> _Run:
    """The same run without its writes, and without a word."""
    folder = Path(run.options.out) / FOLDER
    return run._replace(store=Rehearsal(run.store), ledger=copy_ledger(folder), screen=Nobody())


@contextlib.contextmanager
def opened(options: Options, now: datetime) -> Iterator[tuple[Store, Ledger]]:
    """The target and its ledger: held by this run alone, or for a dry run only looked at."""
    folder = Path(options.out) / FOLDER
    store = TARGETS[options.target]().store(options.out)
    if options.dry_run:
        with looked_at(folder / LOCK), contextlib.closing(copy_ledger(folder)) as ledger:
            yield Rehearsal(store), ledger
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"Cannot make {folder}: {error.strerror}. Give a folder that can be written.") from error
    with (
        held(folder / LOCK, now.isoformat(timespec="seconds")),
        contextlib.closing(open_ledger(folder)) as ledger,
        contextlib.closing(store),
    ):
        yield store, ledger


def write_report(out: Path, content: Mapping[str, Any]) -> None:
    """Leave the report in the target, whole or not at all."""
    part = out / FOLDER / f"{REPORT}.part"
    try:
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="replace")
        part.replace(out / REPORT)
    except OSError as error:
        raise TargetError(f"Cannot write {out / REPORT}: {error.strerror}.") from error


def _mapper(jobs: int) -> Callable[..., Iterator[Any]]:
    """`map` for the reader: in worker processes where there is much to read."""

    def mapped(step: Callable[[Any], Any], chunks: Sequence[Any]) -> Iterator[Any]:
        return in_workers(lambda number: step(chunks[number]), len(chunks), jobs)

    return mapped


def _belongs(resource: Resource, site: Site) -> bool:
    """Whether something beside the pages goes with the selected ones: files go with the pages of their folder."""
    media = site.media.get(resource.key)
    if site.selected is None or media is None or not media.folder:
        return True
    return media.folder in {page.folder for page in site.documents if page.key in site.selected}


def _difference(run: _Run, operation: Operation) -> tuple[str, ...]:
    """What an operation would change in a text, as lines; () for what is no text."""
    resource, against = operation.resource, run.screen.against
    shown = operation.action in (Action.CREATE, Action.UPDATE, Action.CONFLICT) and operation.code != "G448"
    if against == "none" or not shown or resource is None or "text" not in resource.fields:
        return ()
    place = operation.entry.natural_key if operation.entry else resource.natural_key
    before = run.store.read(place)
    if before is None and against == "source" and resource.source:
        place = resource.source
        with contextlib.suppress(OSError):
            before = (Path(run.layout.pages_root) / place).read_bytes()
    text = None if before is None else before.decode("utf-8", "replace")
    return unified(text, resource.fields["text"], place, resource.natural_key)


def _useless_force(options: Options, lines: Iterable[Line]) -> tuple[Finding, ...]:
    known = {name for line in lines for name in (line.key, line.natural_key, line.source)}
    return tuple(find("G450", name, why=name) for name in sorted(options.forced - known))
