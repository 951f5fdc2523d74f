"""Small sites laid out for WordPress, as the tests of the pure half want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from migrate.config import load_mapping
from migrate.mappers import map_site
from migrate.mappers.layers import Layer, lay_over
from migrate.mappers.tables import Mapping as MappingFile
from migrate.model.document import Dates, Document, Key
from migrate.model.site import Language, Media, Site
from migrate.writers.wordpress.facts import TargetFacts, User
from migrate.writers.wordpress.layout import Disk, Layout, lay_out

WORDPRESS = load_mapping("wordpress")
NOW = datetime(2024, 5, 1, tzinfo=UTC)
DAY = Dates(created=datetime(2019, 7, 22, 4, tzinfo=UTC))
KAZAKH = (Language(code="kk", prefix="/kk", default=True), Language(code="en", prefix="/en"))
FACTS = TargetFacts(url="https://new.example", user=User(7, "editor", "Ed"), capabilities=frozenset({"manage_options"}),
                    users=(User(7, "editor", "Ed"), User(9, "max-weis", "Max Weiß")))


def mapping(**over: Any) -> MappingFile:
    """wordpress.yaml with these sections laid over it."""
    below = Layer(WORDPRESS.model_dump(by_alias=True, exclude_unset=True), {})
    return MappingFile.model_validate(lay_over(below, Layer(over, {})).values)


def picture(key: str, **fields: Any) -> Media:
    """A file beside a page."""
    folder, _, name = key.rpartition("/")
    made: dict[str, Any] = {"key": Key(f"media:{key}"), "path": f"/site/user/pages/{key}", "folder": folder,
                            "name": name, "kind": "image", "size": 10}
    return Media(**(made | fields))


def laid(*documents: Document, media: tuple[Media, ...] = (), facts: TargetFacts = FACTS,
         digests: Mapping[str, str] | None = None, status: str = "", over: Mapping[str, Any] | None = None,
         remade: frozenset[Key] = frozenset(), **site_fields: Any) -> Layout:
    """A layout of these pages. `digests`: name of a file → its digest; without one by its key."""
    rules = mapping(**over) if over else WORDPRESS
    site = Site(root="/site", pages_root="/site/user/pages", documents=documents, now=NOW,
                media={item.key: item for item in media}, **site_fields)
    known = {item.key: (digests or {}).get(item.name, f"{abs(hash(item.key)):064x}") for item in media}
    disk = Disk(digests={key: digest for key, digest in known.items() if digest},
                times={document.key: 1_500_000_000 * 10**9 for document in documents}, remade=remade)
    return lay_out(map_site(site, rules), rules, facts, disk, status=status)


def codes(layout: Layout) -> list[str]:
    """All findings of G6xx, of the site and of its pages."""
    found = [*layout.findings, *(item for document in layout.site.documents for item in document.findings)]
    return sorted(finding.code for finding in found if finding.code.startswith("G6"))


def other(facts: TargetFacts, **changes: Any) -> TargetFacts:
    """A target that differs."""
    return replace(facts, **changes)
