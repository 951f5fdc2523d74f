"""What the target shows against what was planned: pages that are missing, elsewhere, or on top of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from migrate.findings import Finding, find


class Shown(NamedTuple):
    """A page that the target says it has: its file in the project, and its address (a path or a whole URL)."""

    path: str
    address: str


def verify(
    rows: Iterable[Mapping[str, Any]], shown: Sequence[Shown], base: str = "/", published: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Compare the report's page rows with what the target shows; `base` is the path that the site lies under.

    A page in no list (hidden) has no address in its row and is not looked for. `published`: decoded addresses at
    which something answers, for pages that the target keeps out of its lists (redirects).
    """
    rows = [row for row in rows if row["new_url"] and row["target_id"] and not row.get("shown_in")]
    at = {page.path: address_of(page.address, base) for page in shown}
    findings = []
    for row in rows:
        if row.get("merged_into"):
            continue
        address = at.get(row["target_id"])
        if address is None and row["new_url"] in published:
            continue
        if address is None:
            findings.append(find("G500", row["source"], path=row["target_id"], address=row["new_url"]))
        elif address.rstrip("/") != row["new_url"].rstrip("/"):  # web servers lead from the one to the other
            findings.append(find("G501", row["source"], path=row["target_id"], address=address, planned=row["new_url"]))
    return (*findings, *_shared(shown, {row["target_id"]: row["source"] for row in rows}, base))


def address_of(url: str, base: str = "/") -> str:
    """The decoded path of an address, seen from the top of the site."""
    path = unquote(urlsplit(url).path) if "://" in url else unquote(url)
    return "/" + path.removeprefix(base.rstrip("/")).lstrip("/")


def _shared(shown: Iterable[Shown], sources: Mapping[str, str], base: str) -> list[Finding]:
    """Pages that the target publishes at one and the same address: only one of them can be seen."""
    first: dict[str, str] = {}
    findings = []
    for page in shown:
        address = address_of(page.address, base)
        other = first.setdefault(address, page.path) if page.address else page.path
        if other != page.path:
            findings.append(find("G502", sources.get(page.path, page.path), address=address, other=other))
    return findings
