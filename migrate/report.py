"""What a run did, as values: a row for each page, totals, findings in groups, and the whole as JSON.

docs/report.md describes the JSON; its schema is docs/report.schema.json.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from migrate.findings import Finding, Severity, find
from migrate.model.document import Document, Key
from migrate.model.plan import Action, Operation
from migrate.model.site import Site

VERSION = 1
FAILED = "failed"
TOTALS = ("create", "adopt", "update", "keep", "conflict", FAILED, "merged", "skipped")
FILE_TOTALS = ("create", "adopt", "update", "keep", "conflict", FAILED, "orphan", "delete", "forget")
PENDING = frozenset({"create", "update", "delete"})  # what a dry run calls a change
PLACES = 3  # shown of each kind of finding


class Page(NamedTuple):
    """A page as it came out of conversion; `broken`: it did not come out, and a finding says so."""

    key: Key
    source: str
    findings: tuple[Finding, ...] = ()
    broken: bool = False


class Line(NamedTuple):
    """What happened to one thing on the target. `target_id` is None where there is none of ours."""

    action: str
    key: Key
    kind: str
    natural_key: str
    target_id: str | None
    source: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one code: how many, the worst severity among them, and the first of them."""

    code: str
    severity: Severity
    count: int
    first: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a report is made of."""

    target: str
    source: str
    target_url: str
    site: Site
    pages: Sequence[Page]
    lines: Sequence[Line]
    findings: Sequence[Finding] = ()  # of the run itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finished report. `content` is the JSON, `groups` the worst findings first."""

    content: dict[str, Any]
    groups: tuple[Group, ...]
    changes: int  # things that were, or would be, written or removed
    trouble: int  # things that failed or are in conflict
    warnings: int  # findings of severity warning and up

    @property
    def pending(self) -> bool:
        """Whether a run would change the target."""
        return self.changes > 0


def line_of(operation: Operation, failure: str = "") -> Line:
    """What became of an operation, without the texts that it carried."""
    resource, entry = operation.resource, operation.entry
    failed = bool(failure) or operation.code == "G448"
    source = resource.source if resource else ""
    place = resource.natural_key if resource else entry.natural_key if entry else ""
    code = "G448" if failure else operation.code
    stays = entry.target_id if entry else None
    gone = failed or operation.action in (Action.CONFLICT, Action.DELETE, Action.FORGET)
    return Line(
        action=FAILED if failed else operation.action.value,
        key=operation.key,
        kind=resource.kind if resource else entry.kind if entry else "",
        natural_key=place,
        target_id=stays if gone else place,
        source=source,
        finding=find(code, source or place, why=failure or operation.why) if code else None,
    )


def report_of(facts: Facts) -> Report:
    """Put the report together."""
    documents = {document.key: document for document in facts.site.documents}
    lines = {line.key: line for line in facts.lines}
    findings = _findings_by_subject(facts)
    rows = [_page_row(page, documents[page.key], lines.get(page.key), findings) for page in facts.pages]
    rows += _module_rows(facts, documents, rows, findings)
    rows += _other_rows(facts, rows, findings)
    everything = _once(finding for of_one in findings.values() for finding in of_one)
    shown = {row["source"] for row in rows}
    content = {
        "version": VERSION,
        "target": facts.target,
        "target_url": facts.target_url,
        "source": facts.source,
        "totals": totals(row["action"] for row in rows if "shown_in" not in row),
        "files": _file_totals(facts.lines, documents),
        "pages": rows,
        "media": [_media_row(line, facts.site) for line in facts.lines if line.kind == "media"],
        "redirects": redirect_rows(facts.site),
        "left_over": [_left_row(line) for line in facts.lines if line.action in ("orphan", "delete")],
        "findings": [
            {"subject": finding.subject, **_finding_row(finding)}
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


def redirect_rows(site: Site) -> list[dict[str, Any]]:
    """Every old address that leads elsewhere; `pattern`: `from` is a regular expression."""
    rows = [
        {"from": old, "to": document.address, "status": 301}
        for document in site.documents
        for old in document.redirects_from
    ]
    for redirect in site.redirects:
        row = {"from": redirect.origin, "to": redirect.goal, "status": redirect.status}
        rows.append(row | ({"pattern": True} if redirect.pattern else {}))
    return rows


def _page_row(
    page: Page, document: Document, line: Line | None, findings: Mapping[str, Sequence[Finding]]
) -> dict[str, Any]:
    action = FAILED if page.broken or line is None else line.action
    target_id = line.target_id if line else None
    noticed = _once((*findings.get(page.source, ()), *page.findings))
    return {
        "source": page.source,
        "language": document.language,
        "action": action,
        "old_url": document.url,
        "new_url": document.address if target_id is not None else None,
        "target_id": target_id,
        "findings": [
            _finding_row(finding) | ({} if finding.subject == page.source else {"subject": finding.subject})
            for finding in noticed
        ],
    }


def _module_rows(
    facts: Facts,
    documents: Mapping[Key, Document],
    rows: Sequence[Mapping[str, Any]],
    findings: Mapping[str, Sequence[Finding]],
) -> list[dict[str, Any]]:
    """Rows for modules: they came over inside the page that shows them."""
    made = []
    for page, row in zip(facts.pages, rows, strict=True):
        for key in documents[page.key].modules:
            module = documents.get(key)
            if module is not None:
                noticed = [_finding_row(finding) for finding in findings.get(module.source, ())]
                made.append(
                    dict(row)
                    | {"source": module.source, "old_url": module.url, "findings": noticed, "shown_in": page.source}
                )
    return made


def _other_rows(
    facts: Facts, rows: Sequence[Mapping[str, Any]], findings: Mapping[str, Sequence[Finding]]
) -> list[dict[str, Any]]:
    """Rows for pages of which nothing is written: a second copy of another page, or one left out by the mapping."""
    written = {(row["language"], row["old_url"]): row for row in rows}
    made = []
    for document in facts.site.documents:
        if document.standing not in ("merged", "skipped"):
            continue
        twin = written.get((document.language, document.url), {}) if document.standing == "merged" else {}
        made.append(
            {
                "source": document.source,
                "language": document.language,
                "action": document.standing,
                "old_url": document.url,
                "new_url": twin.get("new_url"),
                "target_id": twin.get("target_id"),
                "findings": [_finding_row(finding) for finding in findings.get(document.source, ())],
                **({"merged_into": twin["source"]} if twin else {}),
            }
        )
    return made


def _findings_by_subject(facts: Facts) -> dict[str, list[Finding]]:
    """Everything that anybody noticed, once."""
    wanted = {page.key for page in facts.pages}
    modules = {key for document in facts.site.documents if document.key in wanted for key in document.modules}
    wanted |= modules | {
        document.key for document in facts.site.documents if document.standing in ("merged", "skipped")
    }
    found = [
        *facts.site.findings,
        *(finding for media in facts.site.media.values() for finding in media.findings),
        *(f for document in facts.site.documents if document.key in wanted for f in document.findings),
        *(finding for page in facts.pages for finding in page.findings),
        *(line.finding for line in facts.lines if line.finding),
        *facts.findings,
    ]
    by_subject: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(found):
        by_subject.setdefault(finding.subject, []).append(finding)
    return by_subject


def _file_totals(lines: Iterable[Line], documents: Mapping[Key, Document]) -> dict[str, dict[str, int]]:
    """Totals of what is no page, by kind."""
    kinds: dict[str, list[str]] = {}
    for line in lines:
        if line.key not in documents:
            kinds.setdefault(line.kind, []).append(line.action)
    return {kind: totals(actions, FILE_TOTALS) for kind, actions in sorted(kinds.items())}


def _media_row(line: Line, site: Site) -> dict[str, Any]:
    media = site.media.get(line.key)
    source = f"{media.folder}/{media.name}" if media and media.folder else line.source or (media.name if media else "")
    return {
        "source": source,
        "action": line.action,
        "new_url": media.address if media and media.address and line.target_id is not None else None,
        "target_id": line.target_id,
    }


def _left_row(line: Line) -> dict[str, Any]:
    return {"target_id": line.target_id, "kind": line.kind, "action": line.action, "key": line.key}


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "line": finding.line,
        "message": finding.message,
        "advice": finding.advice,
    }


def _kept(counted: Mapping[str, int]) -> Iterable[str]:
    """The actions of an unchanged repetition."""
    for action, count in counted.items():
        if action not in ("delete", "forget"):
            yield from ["keep" if action in ("create", "adopt", "update") else action] * count


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
