"""Our reader over every probe site, field by field against what real Grav answered.

A deviation stands in DEVIATIONS with its reason; one that no longer occurs fails the test, so the list stays true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from migrate.model.document import Document
from migrate.model.site import Site
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.conftest import shared_folder
from tests.readers.grav_answers import NOW, answers, differences, own_file, records, write_probe

UNQUOTED = "an unquoted date is taken as the date, not as a number that Grav reads as nonsense (getgrav/grav#3812)"
NO_NOW = "an empty date is no date; Grav takes the moment of the request"
NEVER_LOST = "front matter that Grav gives up on is salvaged, with a finding"
MIDNIGHT = "a format without a time of day means midnight, not the moment of the request"

DEVIATIONS: tuple[tuple[str, str, str, str], ...] = (
    # probe, file, fields, reason
    ("date-*", "p0[24]/*", "date", UNQUOTED),
    ("date-*", "p15/*", "date", UNQUOTED),
    ("date-*", "p10/*", "date", "an unquoted Unix time is taken as one"),
    ("date-*", "p18/*", "date", "a bare year is that year, not today at that time of day"),
    ("date-default", "p20/*", "date", NO_NOW),
    ("date-*", "p29/*", "date", "“tomorrow” depends on the moment: Grav's answer is of another day"),
    ("date-tz*", "p0[135]/*", "date", UNQUOTED),
    ("date-more", "p0[0123]/*", "date", UNQUOTED),
    ("date-more", "p0[58]/*", "date", MIDNIGHT),
    ("taxonomy", "02.blog/p4/*", "taxonomy", "an empty term is no term"),
    ("media-order", "01.p/*", "media", "Grav takes the rest as the disk lists it; we take the natural order"),
    ("media-order-list", "01.p/*", "media", "a list is read as the order that it is; Grav cannot read it"),
    ("fm-twig", "a/*", "title menu", "Twig in front matter is not run, with a finding"),
    ("order-*", "2019-1-02/*", "title menu", "an unquoted date in a title stays what the author wrote"),
    ("kids-*", "p/d/*", "date", NO_NOW),
    ("odd-*", "m%20n/*", "url", "the folder's name holds a percent sign; Grav's own address of it is a 404"),
    ("frontmatter", "p15/*", "title menu", NEVER_LOST),
    ("frontmatter", "p19/*", "title menu", NEVER_LOST),
    ("frontmatter", "p23/*", "title menu", NEVER_LOST),
    ("frontmatter", "p3[167]/*", "title menu", NEVER_LOST),
    ("frontmatter-compat", "p03/*", "title menu", NEVER_LOST),
    ("published", "19.p18/*", "published visible routable publish_date", UNQUOTED),
    ("published", "20.p19/*", "published visible routable unpublish_date", UNQUOTED),
    ("published", "21.p20/*", "publish_date", NO_NOW),
    ("lang-none", "02.blog/*", "document", "no languages are configured: they are inferred from the file names"),
)


def _probes() -> list[Any]:
    place = shared_folder()
    if place is None:
        return []
    probes = records(place / "facts/grav-probes.jsonl")
    return [pytest.param(number, probe, id=f"{number}-{probe['name']}") for number, probe in enumerate(probes)
            if "pages" in probe]


PROBES = _probes()


def read(probe: dict[str, Any], place: Path) -> Site:
    plugins = {} if probe["plugins"] == "none" else dict.fromkeys(probe["plugins"].split(","), True)
    return read_site(locate(write_probe(probe, place)), ReadOptions(now=NOW, plugins=plugins))


class Outcome(NamedTuple):
    """What differs on one probe: (file, field, Grav's answer, ours)."""

    name: str
    differing: tuple[tuple[str, str, Any, Any], ...]

    def unexplained(self) -> list[str]:
        return [f"{file}: {field}: Grav {theirs!r}, ours {ours!r}" for file, field, theirs, ours in self.differing
                if not any(self.explains(entry, file, field) for entry in DEVIATIONS)]

    def explains(self, entry: tuple[str, str, str, str], file: str, field: str) -> bool:
        return fnmatchcase(self.name, entry[0]) and fnmatchcase(file, entry[1]) and field in entry[2].split()


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Outcome]:
    """Every probe read once."""
    found = {}
    for parameter in PROBES:
        number, probe = parameter.values
        site = read(probe, tmp_path_factory.mktemp("probe") / "user")
        documents = {(document.language, document.folder): document for document in site.documents}
        found[number] = Outcome(probe["name"], tuple(
            (file, field, *pair) for record in answers(probe["pages"])
            for file, differing in _check(record, documents, site, probe) for field, pair in differing.items()))
    return found


@pytest.mark.skipif(not PROBES, reason="the shared facts are not beside this clone (set GRAV_MIGRATE_SHARED)")
@pytest.mark.parametrize(("number", "probe"), PROBES)
def test_probe(number: int, probe: dict[str, Any], outcomes: dict[int, Outcome]) -> None:
    assert outcomes[number].unexplained() == []


@pytest.mark.skipif(not PROBES, reason="the shared facts are not beside this clone (set GRAV_MIGRATE_SHARED)")
@pytest.mark.parametrize("entry", DEVIATIONS, ids=str)
def test_deviation_still_occurs(entry: tuple[str, str, str, str], outcomes: dict[int, Outcome]) -> None:
    assert any(outcome.explains(entry, file, field) for outcome in outcomes.values()
               for file, field, _, _ in outcome.differing)


Differing = dict[str, tuple[Any, Any]]


def _check(record: dict[str, Any], documents: dict[tuple[str, str], Document], site: Site,
           probe: dict[str, Any]) -> Iterator[tuple[str, Differing]]:
    """(file, what differs on it) for one of Grav's answers."""
    language, folder = record.get("language") or "", record["folder"]
    document = documents.get((language, folder))
    if own_file(record):
        if document is None:
            yield record["file"], {"document": (record["route"], None)}
        else:
            yield record["file"], differences(record, document, site) | summary_differences(record, document)
    elif record.get("file"):
        if record["routable"] and record["owns_route"] and unquote(record["url"]) not in site.fallbacks:
            yield record["file"], {"fallback": (record["url"], None)}
    elif document is not None:
        if not _failed(folder, probe):
            yield document.source, {"document": (None, document.route)}
    elif folder in site.empty_folders and not language and site.empty_folders[folder] != record["route"]:
        yield folder, {"route": (record["route"], site.empty_folders[folder])}


def _failed(folder: str, probe: dict[str, Any]) -> bool:
    """Whether Grav itself died of a page there; ours is coerced, with a finding."""
    return any(record.get("error") and str(record.get("file", "")).startswith(f"{folder}/")
               for record in probe["pages"])


def summary_differences(record: dict[str, Any], document: Document) -> dict[str, tuple[Any, Any]]:
    """Whether Grav's summary is what its rules give for our summary settings (c.2), told by its length."""
    content, summary = record.get("content"), record.get("summary")
    if not content or summary is None:
        return {}
    settings, cut = document.summary, record.get("summary_cut")
    if not settings.enabled or settings.format not in ("short", "long"):
        return {} if summary == content else {"summary": (summary, "the whole content")}
    if settings.format == "short" and cut is not None:
        return {} if summary == content[:cut] else {"summary": (summary, content[:cut])}
    shown = len(re.sub(r"<[^>]*>|\s", "", summary.replace("...", "")))
    allowed = settings.size or 10**9
    return {} if shown <= allowed else {"summary": (shown, allowed)}
