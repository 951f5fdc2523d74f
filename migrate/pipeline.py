"""The whole migration on one screen: read → map → convert → plan → apply → report.

A dry run is the same with a rehearsal in front of the target and a ledger in memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from migrate import __version__
from migrate.apply import recover
from migrate.aside import Aside
from migrate.batches import Batch, Spool
from migrate.errors import ConfigError, TargetError
from migrate.findings import Finding, Severity, find
from migrate.ledger import NAME as LEDGER
from migrate.mapping_files import mapping_text
from migrate.model.site import Site
from migrate.options import Options
from migrate.places import refuse_places
from migrate.readers.grav.layout import locate
from migrate.recall import NAME, Repetition, mark_of, recall, remember
from migrate.refusals import NAME as REFUSALS
from migrate.refusals import refusals_note
from migrate.report import Report, as_json, group_rows, report_of
from migrate.report_rows import Facts, Line
from migrate.screen import Screen
from migrate.steps import Bench, Run, carried_out, decided_site, looked_through, mapping_for, opened, rehearsed, wanted
from migrate.targets import TARGETS, Target

REPORT = "migration-report.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended: a report, or the repetition of the last one when there was nothing to do."""

    content: dict[str, Any]
    report: Report | None = None
    repetition: Repetition | None = None
    shown_wrong: int = 0  # errors that a look at the target has found
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
        """Things that failed, are in conflict, or are not shown as planned."""
        return self.report.trouble + self.shown_wrong if self.report else 0

    @property
    def warnings(self) -> int:
        """Findings of severity warning and up."""
        told = self.report or self.repetition
        return told.warnings if told else 0


def migrate(options: Options, screen: Screen, now: datetime) -> Ended:
    """Migrate a site, or rehearse it. Raises a MigrateError for what stops the run."""
    if options.check and options.dry_run:
        raise ConfigError("--check looks at what a run has written. Leave it out of a dry run.")
    layout = locate(options.source)
    target = TARGETS[options.target](options)
    refuse_places(options.source, str(target.report), layout)
    target.begin()
    screen.say(layout.description)
    mapping, text = cache(partial(mapping_for, options)), mapping_text(options.mapping)
    early: Aside[Site] | None = None
    if not (target.state / LEDGER).exists():
        # Its mistakes are said before anything is made; later, a run with nothing to do needs only the text. And the
        # site will have to be read: it may as well be while the target is looked at.
        run = Run(options, layout, mapping(), screen, now, target)
        early = Aside(partial(decided_site, run))
    with opened(options, target, now) as bench:
        mark = mark_of(options, layout, text or mapping().model_dump_json(), target.facts)
        interrupted = recover(bench.store, bench.ledger)
        if interrupted:
            writes = "1 write was" if interrupted == 1 else f"{interrupted:,} writes were"
            screen.say(f"An earlier run was interrupted; {writes} looked up, and it goes on.")
        last = (
            None if options.forced or options.check or interrupted else recall(mark, *bench, now, prune=options.prune)
        )
        if last:
            ended = Ended(content=last.content, repetition=last)
        else:
            run = Run(options, layout, mapping(), screen, now, target)
            ended = _run(run, early.result() if early else decided_site(run), bench, mark)
        if not options.dry_run and not ended.declined:
            write_report(target, ended.content)
        return ended


def inspect(options: Options, screen: Screen, now: datetime) -> dict[str, Any]:
    """Read a site and convert it in memory; gives what is in it and what a run would notice. Writes nothing."""
    from migrate.inspection import inspection_of

    layout = locate(options.source)
    screen.say(layout.description)
    run = Run(options, layout, mapping_for(options), screen, now, TARGETS[options.target](options))
    workshop = run.target.workshop(decided_site(run), run.mapping)
    site = workshop.site
    counted, noticed = looked_through(run, workshop)
    findings = (
        *site.findings,
        *(finding for media in site.media.values() for finding in media.findings),
        *(finding for document in site.documents for finding in document.findings),
        *workshop.findings,
        *noticed,
    )
    return inspection_of(layout.description, site, counted, findings)


def _run(run: Run, site: Site, bench: Bench, mark: str) -> Ended:
    """Everything after the question whether there is anything to do."""
    options, ledger = run.options, bench.ledger
    number = ledger.begin_run(run.now.isoformat(), __version__, run.layout.pages_root, [NAME])
    workshop = run.target.workshop(site, run.mapping)
    with _agreed(run, bench, wanted(run, workshop)) as batches:
        if batches is None:
            return Ended(content={}, declined=True)
        tally = carried_out(run, bench, batches)
    workshop.learn(ledger.entries)
    if not options.dry_run:
        run.target.leave(workshop, ledger)
    facts = Facts(
        target=options.target,
        source=options.source,
        target_url=workshop.site.url,
        site=workshop.site,
        pages=tally.pages,
        lines=tally.lines,
        findings=(*workshop.findings, *_useless_force(options, tally.lines)),
        links_change=options.target == "wordpress",
    )
    report = report_of(facts)
    complete = not report.trouble and not any(line.finding and line.finding.code == "G440" for line in tally.lines)
    note = remember(mark, report, run.now, workshop.site.documents) if complete else None
    ledger.end_run(number, run.now.isoformat(), json.dumps(report.content["totals"]),
                   [(NAME, note), (REFUSALS, refusals_note(tally.refused, run.target.facts(), tally.lines))])
    return _checked(run, facts, report) if options.check else Ended(content=report.content, report=report)


def _checked(run: Run, facts: Facts, report: Report) -> Ended:
    """The report with what a look at the target has found."""
    run.screen.stage("Checking")
    found = run.target.check(report.content["pages"])
    report = report_of(replace(facts, findings=(*facts.findings, *found)))
    wrong = sum(finding.severity is Severity.ERROR for finding in found)
    if not found:
        run.screen.say("Checked: every page is shown at the address that was planned.")
    return Ended(content=report.content, report=report, shown_wrong=wrong)


@contextmanager
def _agreed(run: Run, bench: Bench, batches: Iterator[Batch]) -> Iterator[Iterable[Batch] | None]:
    """The batches, once somebody has agreed to what they would overwrite and remove; None when they do not."""
    if not run.screen.asks or not bench.ledger.entries or run.options.dry_run:
        yield batches
        return
    spool = Spool(batches)
    try:
        counts = Counter(line.action for line in rehearsed(run, bench, spool.first()).lines)
        harmless = not counts["update"] and not counts["delete"]
        yield spool.again() if harmless or run.screen.confirm(counts) else None
    finally:
        spool.close()


def write_report(target: Target, content: Mapping[str, Any]) -> None:
    """Leave the report beside what was written, whole or not at all."""
    out, part = target.report, target.state / f"{REPORT}.part"
    try:
        part.write_text(as_json(content) + "\n", encoding="utf-8", errors="replace")
        part.replace(out / REPORT)
    except OSError as error:
        raise TargetError(f"Cannot write {out / REPORT}: {error.strerror}.") from error


def _useless_force(options: Options, lines: Iterable[Line]) -> tuple[Finding, ...]:
    known = {name for line in lines for name in (line.key, line.natural_key, line.source)}
    return tuple(find("G450", name, why=name) for name in sorted(options.forced - known))
