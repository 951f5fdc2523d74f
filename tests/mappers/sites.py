"""Small sites for the mappers' tests, and the default mapping with something laid over it."""

from __future__ import annotations

from typing import Any

from migrate.config import load_mapping
from migrate.mappers.layers import Layer, lay_over
from migrate.mappers.tables import Mapping
from migrate.model.document import Document, Key
from migrate.model.site import Language, Site

HUGO = load_mapping("hugo")
ENGLISH_FIRST = (Language(code="en", prefix="/en", default=True), Language(code="fr", prefix="/fr"))


def mapping(**over: Any) -> Mapping:
    """hugo.yaml with these sections laid over it."""
    if not over:
        return HUGO
    below = Layer(HUGO.model_dump(by_alias=True, exclude_unset=True), {})
    return Mapping.model_validate(lay_over(below, Layer(over, {})).values)


def page(folder: str = "01.news", *, language: str = "", **fields: Any) -> Document:
    """A page in `folder`, with the routes that Grav would give it."""
    names = [part.partition(".")[2] if part.partition(".")[0].isdigit() else part for part in folder.split("/")]
    raw_route = "/" + "/".join(names)
    route = fields.pop("route", raw_route)
    prefix = fields.pop("prefix", f"/{language}" if language else "")
    first = folder.rpartition("/")[2].partition(".")[0]
    made: dict[str, Any] = {
        "key": Key(f"document:{raw_route}" + (f"@{language}" if language else "")),
        "source": f"{folder}/item{'.' + language if language else ''}.md", "folder": folder, "language": language,
        "translation_group": raw_route, "template": "item", "order": int(first) if first.isdigit() else None,
        "slug": names[-1], "route": route, "raw_route": raw_route, "url": (prefix + route.rstrip("/")) or "/",
        "title": names[-1].capitalize(), "visible": first.isdigit(),
    }
    return Document(**(made | fields))


def site(*documents: Document, **fields: Any) -> Site:
    """A site of these pages."""
    return Site(root="/site", pages_root="/site/user/pages", documents=documents, **fields)


def codes(thing: Document | Site) -> list[str]:
    """The findings on it, by code."""
    return [finding.code for finding in thing.findings]
