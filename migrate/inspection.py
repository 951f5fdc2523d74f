"""What is in a site, as values: for `inspect`, which prints them or gives them as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from migrate.findings import Finding
from migrate.model.document import Document
from migrate.model.site import Site
from migrate.report import group_rows, grouped
from migrate.survey import Survey

VERSION = 1
DATE_KEYS = ("date", "publish_date")


def inspection_of(found: str, site: Site, counted: Survey, findings: Iterable[Finding]) -> dict[str, Any]:
    """Everything that `inspect` tells. docs/commands.md describes the keys."""
    pages = [document for document in site.documents if not document.modular]
    return {
        "version": VERSION,
        "found": found,
        "title": site.title,
        "url": site.url,
        "timezone": {"name": site.timezone, "known": site.timezone_known},
        "languages": _languages(site, pages),
        "pages": _states(site, pages),
        "templates": _ranked(document.template for document in site.documents),
        "dates": _dates(pages),
        "taxonomies": _taxonomies(pages),
        "header": _ranked(key for document in site.documents for key in document.header),
        "media": _media(site),
        "shortcodes": _uses(counted.shortcodes, counted.shortcode_pages),
        "constructs": _uses(counted.constructs, counted.construct_pages),
        "plugins": _plugins(site),
        "redirects": {
            "configured": len(site.redirects),
            "aliases": sum(len(document.aliases) for document in pages),
            "pages": sum(document.redirect is not None for document in pages),
        },
        "attention": group_rows(grouped(dict.fromkeys(findings))),
    }


def _languages(site: Site, pages: Iterable[Document]) -> list[dict[str, Any]]:
    count = Counter(document.language for document in pages)
    return [
        {"code": language.code, "prefix": language.prefix, "default": language.default, "pages": count[language.code]}
        for language in site.languages
    ]


def _states(site: Site, pages: list[Document]) -> dict[str, int]:
    """How many pages, and how many of them are not simply there for everybody."""
    return {
        "all": len(pages),
        "modules": len(site.documents) - len(pages),
        "drafts": sum(page.draft for page in pages),
        "out of date": sum(not page.published and not page.draft for page in pages),
        "not routable": sum(not page.routable for page in pages),
        "not in menus": sum(not page.visible for page in pages),
        "second copies": sum(page.standing == "merged" for page in pages),
        "external": sum(page.external_url is not None for page in pages),
    }


def _dates(pages: Iterable[Document]) -> dict[str, Any]:
    """How dates are written: each digit as 9, each word as its length in a's."""
    pages = list(pages)
    written = [
        value for page in pages if (value := next((page.header[k] for k in DATE_KEYS if k in page.header), None))
    ]
    return {
        "dated": len(written),
        "undated": len(pages) - len(written),
        "patterns": _ranked(pattern_of(str(value)) for value in written),
    }


def pattern_of(text: str) -> str:
    """The shape of a date: `2019-07-22 10:00` → `9999-99-99 99:99`."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text))


def _taxonomies(pages: Iterable[Document]) -> dict[str, Any]:
    terms: dict[str, Counter[str]] = {}
    for page in pages:
        for term in page.terms:
            terms.setdefault(term.taxonomy, Counter())[term.name] += 1
    return {
        name: {"terms": len(counter), "uses": counter.total(), "most": dict(counter.most_common(5))}
        for name, counter in sorted(terms.items())
    }


def _media(site: Site) -> dict[str, Any]:
    return {
        "files": len(site.media),
        "bytes": sum(media.size for media in site.media.values()),
        "kinds": _ranked(media.kind for media in site.media.values()),
    }


def _plugins(site: Site) -> list[dict[str, Any]]:
    """Each plug-in, and how that is known."""
    inferred = {
        finding.message.partition("plug-in ")[2].split(" ")[0] for finding in site.findings if finding.code == "G137"
    }
    return [
        {"name": name, "on": on, "why": "its use" if name in inferred else "the configuration"}
        for name, on in sorted(site.plugins.items())
    ]


def _uses(counted: Mapping[str, int], pages: Mapping[str, int]) -> dict[str, dict[str, int]]:
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    return {name: {"uses": counted[name], "pages": pages[name]} for name in ranked}


def _ranked(names: Iterable[str]) -> dict[str, int]:
    counter = Counter(names)
    return dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))
