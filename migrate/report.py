"""What a run did, as values: rows, totals, findings in groups, and the whole as JSON.

docs/report.md describes the JSON; its schema is docs/report.schema.json.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrate.findings import Finding, Severity
from migrate.model.document import Key
from migrate.report_rows import (
    FAILED,
    Facts,
    Line,
    finding_row,
    findings_by_subject,
    left_row,
    media_row,
    once,
    page_rows,
    redirect_rows,
)

VERSION = 1
TOTALS = ("create", "adopt", "update", "keep", "conflict", FAILED, "merged", "skipped")
FILE_TOTALS = ("create", "adopt", "update", "keep", "conflict", FAILED, "orphan", "delete", "forget")
PENDING = frozenset({"create", "update", "delete"})  # what a dry run calls a change
PLACES = 3  # shown of each kind of finding


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one code: how many, the worst severity among them, and the first of them."""

    code: str
    severity: Severity
    count: int
    first: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finished report. `content` is the JSON, `groups` the worst findings first."""

    content: dict[str, Any]
    groups: tuple[Group, ...]
    changes: int  # things that were, or would be, written or removed
    trouble: int  # things that failed or are in conflict
    warnings: int  # findings of severity warning and up


def report_of(facts: Facts) -> Report:
    """Put the report together."""
    findings = findings_by_subject(facts)
    rows = page_rows(facts, findings)
    everything = once(finding for of_one in findings.values() for finding in of_one)
    shown = {row["source"] for row in rows}
    content = {
        "version": VERSION,
        "target": facts.target,
        "target_url": facts.target_url,
        "source": facts.source,
        "totals": totals(row["action"] for row in rows if "shown_in" not in row and "alias" not in row),
        "files": _file_totals(facts.lines, {document.key for document in facts.site.documents}),
        "pages": rows,
        "media": [media_row(line, facts.site) for line in facts.lines if line.kind == "media"],
        "redirects": redirect_rows(facts.site),
        "left_over": [left_row(line) for line in facts.lines if line.action in ("orphan", "delete")],
        "findings": [
            {"subject": finding.subject, **finding_row(finding)}
            for finding in everything
            if finding.subject not in shown
        ],
    }
    counted = Counter(line.action for line in facts.lines)
    broken = sum(page.broken for page in facts.pages)
    return Report(
        content=content,
        groups=grouped(everything),
        changes=sum(counted[action] for action in PENDING),
        trouble=counted["conflict"] + counted[FAILED] + broken,
        warnings=sum(finding.severity.rank >= Severity.WARNING.rank for finding in everything),
    )


def as_json(content: Mapping[str, Any]) -> str:
    """The report as text: a line for each page, file and redirect, so that it can be read, searched and compared."""
    parts = []
    for name, value in content.items():
        if isinstance(value, list) and value:
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f"{json.dumps(name)}: [\n  {rows}\n ]")
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n " + ",\n ".join(parts) + "\n}"


def totals(actions: Iterable[str], names: Sequence[str] = TOTALS) -> dict[str, int]:
    """How often each action, those that never happened among them."""
    counted = Counter(actions)
    return {action: counted[action] for action in names}


def unchanged(content: Mapping[str, Any]) -> dict[str, Any]:
    """The report of a run that follows a complete one and finds nothing to do."""
    done = ("create", "adopt", "update")
    rows = {
        part: [row | {"action": "keep"} if row["action"] in done else row for row in content[part]]
        for part in ("pages", "media")
    }
    files = {kind: totals(_kept(counted), FILE_TOTALS) for kind, counted in content["files"].items()}
    left = [row for row in content["left_over"] if row["action"] == "orphan"]
    return {**content, **rows, "totals": totals(_kept(content["totals"])), "files": files, "left_over": left}


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Findings by code: the worst first, then the most frequent."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    made = [
        Group(
            code,
            max((finding.severity for finding in same), key=lambda severity: severity.rank),
            len(same),
            tuple(sorted(same, key=lambda finding: -finding.severity.rank)[:PLACES]),
        )
        for code, same in groups.items()
    ]
    return tuple(sorted(made, key=lambda group: (-group.severity.rank, -group.count, group.code)))


def group_rows(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Groups as plain values, with the places of the first of each."""
    return [
        {
            "code": group.code,
            "severity": group.severity.value,
            "count": group.count,
            "first": [[finding.subject, finding.line, finding.message, finding.advice] for finding in group.first],
        }
        for group in groups
    ]


def _file_totals(lines: Iterable[Line], documents: set[Key]) -> dict[str, dict[str, int]]:
    """Totals of what is no page, by kind."""
    kinds: dict[str, list[str]] = {}
    for line in lines:
        if line.key not in documents:
            kinds.setdefault(line.kind, []).append(line.action)
    return {kind: totals(actions, FILE_TOTALS) for kind, actions in sorted(kinds.items())}


def _kept(counted: Mapping[str, int]) -> Iterable[str]:
    """The actions of an unchanged repetition."""
    for action, count in counted.items():
        if action not in ("delete", "forget"):
            yield from ["keep" if action in ("create", "adopt", "update") else action] * count
