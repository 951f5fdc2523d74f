"""Our reader over the nine real sites, field by field against what real Grav answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from migrate.model.document import Document
from migrate.model.site import Site
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.conftest import shared_folder
from tests.readers.grav_answers import NOW, answers, differences, own_file, records

SITES = sorted(folder.name for folder in (shared_folder() or Path("none")).glob("corpus/*") if folder.is_dir())

# site, file, fields, why
DEVIATIONS = {
    ("disroot-howto", "02.tutorials/01.User/01.Account/01.Administration/01.ussc/02.new_reg/docs.fr.md"):
        "broken front matter is salvaged; Grav shows an error page",
    ("disroot-howto", "02.tutorials/02.Cloud/01.Intro/docs.it.md"):
        "broken front matter is salvaged; Grav shows an error page",
    ("unitexgramlab", "02.blog/03.announcements/tutorials-in-english/post.en.md"):
        "22/06/2022 cannot be read; Grav takes the file's time",
    ("unitexgramlab", "02.blog/03.announcements/tutorials-in-english/post.fr.md"):
        "22/06/2022 cannot be read; Grav takes the file's time",
}

pytestmark = pytest.mark.corpus


@pytest.mark.skipif(not SITES, reason="the shared facts are not beside this clone (set GRAV_MIGRATE_SHARED)")
@pytest.mark.parametrize("name", SITES)
def test_site(name: str, shared: Path) -> None:
    folder = shared / "corpus" / name
    site = read_site(locate(folder / "user"), ReadOptions(now=NOW))
    given = records(folder / "expected.jsonl")
    winners = {record["language"] or "": record["routes"] for record in given if record["type"] == "language"}
    documents = {(document.language, document.folder): document for document in site.documents}
    wrong = [f"{record['file']}: {field}: Grav {pair[0]!r}, ours {pair[1]!r}" for record in answers(given)
             for field, pair in _differing(record, documents, site, winners).items()
             if (name, record["file"]) not in DEVIATIONS]
    assert wrong == []
    expected = {(record.get("language") or "", record["folder"]) for record in answers(given) if own_file(record)}
    assert set(documents) == expected


def _differing(record: dict[str, Any], documents: dict[tuple[str, str], Document], site: Site,
               winners: dict[str, dict[str, str]]) -> dict[str, tuple[Any, Any]]:
    language = record.get("language") or ""
    if not own_file(record):
        lost = record.get("file") and record["routable"] and record["owns_route"] and \
            unquote(record["url"]) not in site.fallbacks
        return {"fallback": (record["url"], None)} if lost else {}
    document = documents[language, record["folder"]]
    found = differences(record, document, site)
    if "owns_route" in found and _same_page_elsewhere(document, site):
        del found["owns_route"]            # the disk decided which of two equal folders Grav shows
    # an alias that two pages name is the one's that the disk listed last
    contested = {alias for alias in record.get("aliases") or () if alias == document.route or
                 any(other.key != document.key and alias in (other.route, *other.aliases) for other in site.documents)}
    if "aliases" in found and set(found["aliases"][0]) <= contested:
        del found["aliases"]
    return found


def _same_page_elsewhere(document: Document, site: Site) -> bool:
    return any(finding.code == "G138" for other in site.documents if other.route == document.route
               and other.language == document.language for finding in other.findings)
