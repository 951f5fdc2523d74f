"""What real Grav answered, brought into the shape of our documents, and probe sites written to disk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from migrate.model.document import Document
from migrate.model.site import Site

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf"
                    "c00000000301010018dd8db00000000049454e44ae426082")
THEN = 1_500_000_000          # the time that the oracle gave every file of a probe
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_probe(probe: dict[str, Any], user: Path) -> Path:
    """Write a probe's files as the oracle did; the user folder."""
    for name, text in probe["files"].items():
        file = user / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PNG if text == "(binary)" else text.encode())
        os.utime(file, (THEN, THEN))
    (user / "pages").mkdir(exist_ok=True)
    return user


def answers(given: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The records of pages, without those of languages, of the site and of fatal errors."""
    for record in given:
        if "routes" not in record and "route" in record and record.get("type", "page") == "page":
            yield record


def own_file(record: dict[str, Any]) -> bool:
    """Whether the page has a file in the language asked for, or one for all languages."""
    return bool(record.get("file")) and record.get("file_language") in (None, "", record.get("language"))


def differences(record: dict[str, Any], document: Document, site: Site) -> dict[str, tuple[Any, Any]]:
    """Field → (Grav's answer, ours), where they are not the same."""
    ours = _our_fields(document, site)
    theirs = _their_fields(record)
    if theirs["external_url"]:                       # Grav's answer is that address, ours the page's own
        theirs["url"] = ours["url"]
    found = {name: (theirs[name], ours[name]) for name in theirs if theirs[name] != ours[name]}
    missing = set(record.get("aliases") or ()) - {_without_prefix(alias, document, site) for alias in document.aliases}
    return found | ({"aliases": (sorted(missing), document.aliases)} if missing else {})


def _without_prefix(address: str, document: Document, site: Site) -> str:
    prefix = next((language.prefix for language in site.languages if language.code == document.language), "")
    return address.removeprefix(prefix)


def _our_fields(document: Document, site: Site) -> dict[str, Any]:
    taxonomy: dict[str, list[str]] = {}
    for term in document.terms:
        taxonomy.setdefault(term.taxonomy, []).append(term.name)
    dates = document.dates
    return {
        "route": document.route, "raw_route": document.raw_route, "url": document.url, "slug": document.slug,
        "title": document.title, "menu": document.menu, "template": document.template,
        "date": _stamp(dates.created), "publish_date": _stamp(dates.published),
        "unpublish_date": _stamp(dates.expires), "published": document.published, "visible": document.visible,
        "routable": document.routable, "modular": document.modular, "home": document.home,
        "owns_route": document.owns_route, "order": document.order, "position": document.position,
        "taxonomy": taxonomy, "media": [site.media[key].name for key in document.media],
        "redirect": document.redirect, "external_url": document.external_url}


def _their_fields(record: dict[str, Any]) -> dict[str, Any]:
    order = record.get("order")
    url = unquote(record["url"].removeprefix("http://localhost"))
    external = record.get("external_url") or (url if "://" in url else None)
    fields = {name: record.get(name) for name in (
        "route", "raw_route", "title", "menu", "template", "published", "visible", "routable", "modular",
        "owns_route", "redirect")}
    return fields | {
        # Grav's own page.home() compares with one alias for all languages, and with its slashes
        "home": record["route"] == "/" and record["owns_route"],
        "slug": str(record.get("slug", "")), "title": record.get("title", ""), "menu": record.get("menu", ""),
        # an unreadable date leaves Grav with the file's own time
        "date": record["date"] if record.get("date_from_header") and record["date"] != THEN else None,
        "publish_date": record.get("publish_date") or None, "unpublish_date": record.get("unpublish_date") or None,
        "order": int(order.rstrip(".")) if order else None, "media": record.get("media") or [],
        "taxonomy": {kind: _leaves(value) for kind, value in (record.get("taxonomy") or {}).items() if _leaves(value)},
        "position": record.get("position"), "external_url": external, "url": None if external else url}



def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return [leaf for item in items for leaf in _leaves(item)]
    return [str(value)]


def _stamp(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
