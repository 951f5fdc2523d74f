"""The rows of a report: one for each page of the source, each file, each redirect, each finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from migrate.findings import Finding, find
from migrate.model.document import Document, Key
from migrate.model.plan import Action, Entry, Operation
from migrate.model.site import Site

FAILED = "failed"


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
    url: str = ""  # where the target shows it, if it says so


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
    links_change: bool = False  # links in texts lead to new addresses even where the source's own redirected


def line_of(operation: Operation, failure: str = "", made: Entry | None = None) -> Line:
    """What became of an operation, without the texts that it carried. `made`: what the ledger now has for its key."""
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
        target_id=stays if gone else made.target_id if made else place,
        source=source,
        finding=find(code, source or place, why=failure or operation.why) if code else None,
        url=(made.url if made else "") or (entry.url if entry else ""),
    )


def page_rows(facts: Facts, findings: Mapping[str, Sequence[Finding]]) -> list[dict[str, Any]]:
    """Rows for pages, for the modules in them, and for what came to nothing."""
    documents = {document.key: document for document in facts.site.documents}
    lines = {line.key: line for line in facts.lines}
    rows = [_page_row(page, documents[page.key], lines.get(page.key), findings) for page in facts.pages]
    rows += _module_rows(facts, documents, rows, findings)
    others = _other_rows(facts, rows, findings)
    return [*rows, *others, *(_alias_rows(facts, documents, rows) if facts.links_change else ())]


def _page_row(
    page: Page, document: Document, line: Line | None, findings: Mapping[str, Sequence[Finding]]
) -> dict[str, Any]:
    action = FAILED if page.broken or line is None else line.action
    target_id = line.target_id if line else None
    noticed = once((*findings.get(page.source, ()), *page.findings))
    return {
        "source": page.source,
        "language": document.language,
        "action": action,
        "old_url": document.url,
        "new_url": _new_url(document, line) if target_id is not None else None,
        "target_id": name_of(target_id),
        "findings": [
            finding_row(finding) | ({} if finding.subject == page.source else {"subject": finding.subject})
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
                noticed = [finding_row(finding) for finding in findings.get(module.source, ())]
                made.append(
                    dict(row)
                    | {"source": module.source, "old_url": module.url, "findings": noticed, "shown_in": page.source}
                )
    return made


def _alias_rows(
    facts: Facts, documents: Mapping[Key, Document], rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Rows for further addresses at which the source showed a page: where links in texts lead to the new one."""
    old = {row["old_url"] for row in rows}
    by_address: dict[str, Mapping[str, Any]] = {}
    for page, row in zip(facts.pages, rows, strict=False):
        by_address.setdefault(documents[page.key].address, row)
    made = []
    for redirect in facts.site.redirects:
        found = by_address.get(redirect.goal)
        if found is not None and not redirect.pattern and redirect.origin not in old:
            made.append(dict(found) | {"old_url": redirect.origin, "findings": [], "alias": True})
    return made


def _other_rows(
    facts: Facts, rows: Sequence[Mapping[str, Any]], findings: Mapping[str, Sequence[Finding]]
) -> list[dict[str, Any]]:
    """Rows for files of which nothing is written: second copies, what the mapping leaves out, modules in no page."""
    written = {(row["language"], row["old_url"]): row for row in rows}
    made = []
    for document in _unwritten(facts):
        twin = written.get((document.language, document.url), {}) if document.standing == "merged" else {}
        made.append(
            {
                "source": document.source,
                "language": document.language,
                "action": "merged" if document.standing == "merged" else "skipped",
                "old_url": document.url,
                "new_url": twin.get("new_url"),
                "target_id": twin.get("target_id"),
                "findings": [finding_row(finding) for finding in findings.get(document.source, ())],
                **({"merged_into": twin["source"]} if twin else {}),
            }
        )
    return made


def _unwritten(facts: Facts) -> list[Document]:
    """Documents that were asked for and that are neither a page of the target nor shown inside one."""
    site, shown = facts.site, _shown_modules(facts)
    return [
        document
        for document in site.documents
        if (site.selected is None or document.key in site.selected)
        and (document.standing in ("merged", "skipped") or (document.modular and document.key not in shown))
    ]


def _shown_modules(facts: Facts) -> set[Key]:
    wanted = {page.key for page in facts.pages}
    return {key for document in facts.site.documents if document.key in wanted for key in document.modules}


def findings_by_subject(facts: Facts) -> dict[str, list[Finding]]:
    """Everything that anybody noticed, once."""
    unwritten = _unwritten(facts)
    wanted = {page.key for page in facts.pages} | {document.key for document in unwritten} | _shown_modules(facts)
    outside = _outside(facts, wanted)
    found = [
        *facts.site.findings,
        *(finding for media in facts.site.media.values() for finding in media.findings),
        *(f for document in facts.site.documents if document.key in wanted for f in document.findings),
        *(finding for page in facts.pages for finding in page.findings),
        *(line.finding for line in facts.lines if line.finding),
        *(find("G451", document.source) for document in unwritten if document.modular and document.published),
        *(finding for finding in facts.findings if finding.subject not in outside),
    ]
    by_subject: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(found):
        by_subject.setdefault(finding.subject, []).append(finding)
    return by_subject


def _outside(facts: Facts, wanted: Set[Key]) -> frozenset[str]:
    """Pages, and files beside them, that a selection leaves out: what would become of them is not told."""
    site = facts.site
    if site.selected is None:
        return frozenset()
    inside = [document for document in site.documents if document.key in wanted or document.key in site.selected]
    pages = {document.source for document in site.documents} - {document.source for document in inside}
    folders = {document.folder for document in inside}
    files = {key.removeprefix("media:") for key, media in site.media.items()
             if media.folder and media.folder not in folders}
    return frozenset(pages | files)


def redirect_rows(site: Site) -> list[dict[str, Any]]:
    """Every old address that leads elsewhere, once; `pattern`: `from` ends in `*`.

    Most aliases of a page are redirects of the site too, which know whether they are for good (301) or not.
    """
    known = {redirect.origin for redirect in site.redirects}
    rows = [
        {"from": old, "to": document.address, "status": 301}
        for document in site.documents
        for old in document.redirects_from
        if old not in known
    ]
    for redirect in site.redirects:
        row = {"from": redirect.origin, "to": redirect.goal, "status": redirect.status}
        rows.append(row | ({"pattern": True} if redirect.pattern else {}))
    return rows


def media_row(line: Line, site: Site) -> dict[str, Any]:
    media = site.media.get(line.key)
    source = f"{media.folder}/{media.name}" if media and media.folder else line.source or (media.name if media else "")
    return {
        "source": source,
        "action": line.action,
        "new_url": ((line.url or (media.address if media else "")) or None) if line.target_id is not None else None,
        "target_id": name_of(line.target_id),
    }


def left_row(line: Line) -> dict[str, Any]:
    return {"target_id": name_of(line.target_id), "kind": line.kind, "action": line.action, "key": line.key}


def _new_url(document: Document, line: Line | None) -> str:
    """Where it is now; a page that is made the front page later says so too early where else it was."""
    return document.address if document.home else shown_at(line) or document.address


def shown_at(line: Line | None) -> str:
    """The path at which the target shows something, decoded; "" where it has not said, or shows it to nobody yet."""
    parts = urlsplit(line.url) if line else None
    return unquote(parts.path) if parts and parts.path and not parts.query else ""


def name_of(target_id: str | None) -> str | int | None:
    """What the target calls it: a file's path, or a number."""
    return int(target_id) if target_id is not None and target_id.isdigit() else target_id


def finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "line": finding.line,
        "message": finding.message,
        "advice": finding.advice,
    }


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
