"""Is a target ready for a migration? The same look as before a run, on its own; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from migrate.errors import MigrateError
from migrate.findings import Finding, Severity
from migrate.ledger import NAME as LEDGER
from migrate.options import Options
from migrate.readers.grav.layout import locate
from migrate.report_rows import finding_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found. `code`: what the command ends with."""

    lines: tuple[str, ...]
    content: dict[str, Any]
    code: int = 0


def examined(options: Options, now: datetime) -> Examination:
    """Look at the target of the options; what would stop a run is said, not raised."""
    try:
        facts, findings = _looked(options, now)
    except MigrateError as error:
        return Examination(lines=(f"✗ {error}",), content={"ready": False, "problem": str(error)},
                           code=error.exit_code)
    content = {"ready": True, "facts": facts, "findings": [finding_row(finding) for finding in findings]}
    return Examination(lines=tuple(_lines(facts, findings)), content=content)


def _looked(options: Options, now: datetime) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    if options.source:
        locate(options.source)
    return _wordpress(options, now) if options.target == "wordpress" else _hugo(options)


def _wordpress(options: Options, now: datetime) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    from migrate.config import load_mapping
    from migrate.readers.grav.reader import ReadOptions, read_site
    from migrate.wordpress import WordPress
    from migrate.writers.wordpress.preflight import zone_findings

    target = WordPress(options)
    client = target.client
    try:
        seen = target.seen
    finally:
        client.close()
    facts, findings = seen.facts, seen.findings
    if options.source:
        mapping = load_mapping("wordpress")
        site = read_site(locate(options.source), ReadOptions(now=now, plugins=mapping.source.plugins))
        findings = (*findings, *zone_findings(facts, site.timezone, now))
    known = facts.structure if facts.structure_known else "not known yet: there is no published post"
    return {
        "address": facts.url,
        "title": facts.title,
        "user": facts.user.slug,
        "role": "administrator" if facts.can("manage_options") else "editor",
        "permalinks": known,
        "time zone": facts.zone or f"UTC{facts.offset:+g}",
        "languages": "Polylang Pro" if facts.polylang else "",
        "plug-ins with an API": ", ".join(facts.plugins),
    }, findings


def _hugo(options: Options) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    from migrate.places import refuse_places, refuse_target, state_folder
    from migrate.writers.hugo.check import find_hugo

    if options.source:
        refuse_places(options.source, options.out, locate(options.source))
    refuse_target(options.out)
    folder, hugo = Path(options.out), find_hugo()
    if not folder.exists():
        state = "not there yet; a run makes it"
    elif (state_folder(options) / LEDGER).is_file():
        state = "of an earlier run"
    else:
        state = "with files that stay as they are" if any(folder.iterdir()) else "empty"
    return {"folder": options.out, "state": state, "hugo": f"{hugo.version[0]}.{hugo.version[1]} ({hugo.path})"}, ()


def _lines(facts: dict[str, Any], findings: tuple[Finding, ...]) -> Iterator[str]:
    for name, value in facts.items():
        if value:
            yield f"✓ {name}: {value}"
    for finding in findings:
        sign = "!" if finding.severity is not Severity.INFO else "·"
        yield f"{sign} {finding.code} {finding.message}"
        yield f"    → {finding.advice}"
    yield "Ready." if not findings else "Ready, with what stands above."
