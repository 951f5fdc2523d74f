"""The steps of a run: read and decide, convert, open the target, plan and apply."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from migrate.batches import Batch, Spool, converted
from migrate.chunks import TOGETHER, UnderWay, chunks
from migrate.diff import Permits
from migrate.differences import fields_changed, unified
from migrate.errors import TargetError
from migrate.findings import Finding
from migrate.ledger import LOCK, Ledger, copy_ledger, open_ledger
from migrate.lock import held, looked_at
from migrate.model.document import Document, Key
from migrate.model.plan import Action, Operation
from migrate.model.reference import references_in
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.options import Options
from migrate.places import common_lock, place_name
from migrate.planning import plan
from migrate.readers.grav.layout import SourceLayout
from migrate.refusals import refusals
from migrate.rehearsal import Rehearsal
from migrate.screen import Screen, Whisper
from migrate.tally import Tally
from migrate.targets import Target, Workshop
from migrate.workers import cores, in_workers
from migrate.writers import Mends, ShowsFields, Store, WritesTogether

if TYPE_CHECKING:
    from migrate.mappers.tables import Mapping as MappingFile
    from migrate.survey import Survey

MANY = 64  # pages from which on worker processes pay


class Run(NamedTuple):
    """What the steps of one run share."""

    options: Options
    layout: SourceLayout
    mapping: MappingFile
    screen: Screen
    now: datetime
    target: Target

    @property
    def jobs(self) -> int:
        """Processes to work with."""
        return self.options.jobs or cores()


class Bench(NamedTuple):
    """A target that is open, with its ledger."""

    store: Store
    ledger: Ledger


def mapping_for(options: Options) -> MappingFile:
    """The mapping file, with what the command line says about drafts."""
    from migrate.config import load_mapping

    mapping = load_mapping(options.target, Path(options.mapping) if options.mapping else None)
    if options.drafts is None:
        return mapping
    pages = mapping.pages.model_copy(update={"unpublished": "draft" if options.drafts else "skip"})
    return mapping.model_copy(update={"pages": pages})


def decided_site(run: Run) -> Site:
    """Read the site, and decide everything that can be decided without its bodies."""
    from migrate.mappers import map_site
    from migrate.mappers.dates import has_further_keys
    from migrate.readers.grav.reader import ReadOptions, date_reader, read_site

    options, source = run.options, run.mapping.source
    run.screen.stage("Reading")
    asked = ReadOptions(
        timezone=options.timezone or source.timezone or None,
        environment=options.environment or source.environment or None,
        only=options.only,
        limit=options.limit,
        languages=options.languages,
        now=run.now,
        plugins=source.plugins,
        believed=None if source.languages == "auto" else source.languages,
        date_formats=run.mapping.dates.formats,
        shortcodes={name: rule.plugin for name, rule in run.mapping.shortcodes.items()},
    )
    read_date = date_reader(run.layout, asked) if has_further_keys(run.mapping.dates) else None
    return map_site(read_site(run.layout, asked, mapper=_mapper(run.jobs)), run.mapping, read_date)


def pages_of(site: Site) -> list[Document]:
    """The pages that the target gets, of those that were asked for."""
    from migrate.mappers.standing import WRITTEN

    asked = site.documents if site.selected is None else [page for page in site.documents if page.key in site.selected]
    return [page for page in asked if page.standing in WRITTEN]


def wanted(run: Run, workshop: Workshop) -> Iterator[Batch]:
    """Everything that the target shall hold: what pages name, the pages, then what goes with them."""
    pages = workshop.in_order(pages_of(workshop.site))
    batches = converted(workshop, pages, run.jobs if len(pages) >= MANY else 1)
    goes = _goes_with(workshop.site)
    first = tuple(filter(goes, workshop.first()))
    if first and workshop.site.selected is not None:
        with contextlib.closing(Spool(batches)) as spool:   # what the selected pages name shows only in their texts
            run.screen.stage("Converting", len(pages))
            named = _named(spool.first(), first)
            yield Batch((), tuple(resource for resource in first if resource.key in named), border=True)
            yield from workshop.between(spool.again())
    else:
        between = workshop.between(batches)                 # where it can, it begins while `first` is being written
        run.screen.stage("Before the pages" if first else "Converting", len(first))
        yield Batch((), first, border=bool(first))
        run.screen.stage("Converting", len(pages))
        yield from between
    rest = list(filter(goes, workshop.rest()))
    run.screen.stage("Copying", len(rest))
    yield Batch((), tuple(rest), spared=workshop.spared())


def looked_through(run: Run, workshop: Workshop) -> tuple[Survey, list[Finding]]:
    """Convert every page and keep nothing of it but what was noticed, and what stands in the bodies."""
    from migrate.content.tree import parse
    from migrate.readers.grav.reader import read_body
    from migrate.survey import NOTHING, survey, together

    site, pages = workshop.site, pages_of(workshop.site)
    bodies = [document for document in site.documents if document.standing not in ("merged", "skipped")]
    run.screen.stage("Reading texts", len(bodies) + len(pages))

    def count(number: int) -> Survey:
        some = bodies[number * MANY : (number + 1) * MANY]
        return reduce(together, (survey(parse(read_body(site, page), page.dialect)) for page in some), NOTHING)

    counted, findings = NOTHING, list[Finding]()
    for some in in_workers(count, -(-len(bodies) // MANY), run.jobs):
        counted = together(counted, some)
        run.screen.advance(MANY)
    for batch in converted(workshop, pages, run.jobs if len(pages) >= MANY else 1):
        findings += [finding for page in batch.pages for finding in page.findings]
        run.screen.advance(len(batch.pages))
    return counted, findings


def carried_out(run: Run, bench: Bench, batches: Iterable[Batch]) -> Tally:
    """Plan and apply, some at a time: the next ones are decided about while those before them are being written."""
    refused = refusals(bench.ledger, run.target.facts())
    tally = Tally(refused, bench.ledger, run.screen.line)
    under_way = UnderWay(bench.store, bench.ledger, run.screen.advance, tally.ended)
    operations = plan(
        _pieces(batches, bench, tally, under_way, run.screen.stage),
        bench.ledger.entries,
        bench.store,
        Permits(prune=run.options.prune, forced=run.options.forced),
        spared=tally.spared,
        whole=run.options.whole,
        max_delete=run.options.max_delete,
        refused=refused,
    )
    with under_way:
        for some in operations:
            under_way.start(some, [_difference(run, bench.store, operation) for operation in some])
    return tally


def rehearsed(run: Run, bench: Bench, batches: Iterable[Batch]) -> Tally:
    """The same without its writes, and without a word."""
    with contextlib.closing(copy_ledger(run.target.state)) as ledger:
        return carried_out(run._replace(screen=Whisper(run.screen)), Bench(Rehearsal(bench.store), ledger), batches)


@contextlib.contextmanager
def opened(options: Options, target: Target, now: datetime) -> Iterator[Bench]:
    """The target and its ledger: held by this run alone, or for a dry run only looked at."""
    folder, name = target.state, place_name(options)
    if options.dry_run:
        with looked_at(folder / LOCK), contextlib.closing(copy_ledger(folder)) as ledger:
            ledger.claim(name)
            yield Bench(Rehearsal(target.store()), ledger)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"Cannot make {folder}: {error.strerror}. Give a folder that can be written.") from error
    since, common = now.isoformat(timespec="seconds"), common_lock(options)
    with (
        held(folder / LOCK, since),
        held(common, since) if common else contextlib.nullcontext(),
        contextlib.closing(open_ledger(folder)) as ledger,
    ):
        ledger.claim(name)
        kinds = {entry.kind for entry in ledger.entries.values()}
        with contextlib.closing(target.store(kinds)) as store:
            yield Bench(store, ledger)


def _pieces(
    batches: Iterable[Batch], bench: Bench, tally: Tally, under_way: UnderWay, stage: Callable[[str, int], None]
) -> Iterator[Sequence[Resource]]:
    """Resources in pieces of a good size; at the end once more those in which an address was filled in that has
    turned out otherwise."""
    store = bench.store
    together = store.together if isinstance(store, WritesTogether) else TOGETHER
    if not isinstance(store, Mends):
        yield from chunks(batches, together, tally.passed, under_way.land)
        return
    with contextlib.closing(Spool(batches)) as spool:
        yield from chunks(spool.first(), together, tally.passed, under_way.land)
        mistaken = store.unsettled(bench.ledger.entries)
        if mistaken:
            stage("Mending links", len(mistaken))
            again = (Batch((), tuple(resource for resource in batch.resources if resource.key in mistaken))
                     for batch in spool.again())
            yield from chunks(again, together, tally.passed, under_way.land)


def _named(batches: Iterable[Batch], first: Iterable[Resource]) -> set[Key]:
    """The keys that some pages name, and those that these name."""
    above = {resource.key: {reference.key for reference in references_in(resource.fields)} for resource in first}
    named: set[Key] = set()
    waiting = {reference.key for batch in batches for resource in batch.resources
               for reference in references_in(resource.fields)}
    while waiting:
        named |= waiting
        waiting = {key for name in waiting for key in above.get(name, ())} - named
    return named


def _mapper(jobs: int) -> Callable[..., Iterator[Any]]:
    """`map` for the reader: in worker processes where there is much to read."""

    def mapped(step: Callable[[Any], Any], chunks: Sequence[Any]) -> Iterator[Any]:
        return in_workers(lambda number: step(chunks[number]), len(chunks), jobs)

    return mapped


def _goes_with(site: Site) -> Callable[[Resource], bool]:
    """Whether something beside the pages goes with the selected ones: files go with the pages of their folder."""
    if site.selected is None:
        return lambda _: True
    folders = {page.folder for page in site.documents if page.key in site.selected}

    def goes(resource: Resource) -> bool:
        media = site.media.get(resource.key)
        return media is None or not media.folder or media.folder in folders

    return goes


def _difference(run: Run, store: Store, operation: Operation) -> tuple[str, ...]:
    """What an operation would change, as lines: of a text, or field by field."""
    resource, against = operation.resource, run.screen.against
    shown = operation.action in (Action.CREATE, Action.UPDATE, Action.CONFLICT) and operation.code != "G448"
    if against == "none" or not shown or resource is None:
        return ()
    place = operation.entry.natural_key if operation.entry else resource.natural_key
    store = store.behind if isinstance(store, Rehearsal) else store
    if isinstance(store, ShowsFields) and "text" not in resource.fields:
        number = operation.observed.target_id if operation.observed else ""  # its name may be another one by now
        names = tuple(resource.fields)
        before = store.shown(place, names, number) if operation.action is not Action.CREATE else None
        return fields_changed(before, store.compared(resource), place, resource.natural_key)
    if "text" not in resource.fields:
        return ()
    text = store.read(place)
    if text is None and against == "source" and resource.source:
        place = resource.source
        with contextlib.suppress(OSError):
            text = (Path(run.layout.pages_root) / place).read_bytes()
    before_text = None if text is None else text.decode("utf-8", "replace")
    return unified(before_text, resource.fields["text"], place, resource.natural_key)
