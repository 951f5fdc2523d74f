"""The bodies of the real pages, each with the switches that Grav read it with, and decisions such as a mapping makes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from migrate.content.decisions import Decision, Relink, Replace, Wrap
from migrate.content.tree import Definition, Image, Link, Plugin, Shortcode, Tree
from migrate.model.document import Dialect

SHORTCODES = frozenset((
    "center", "left", "right", "color", "size", "u", "mark", "div", "span", "columns", "details", "figure", "notice", "fa",
    "raw", "section", "owl-carousel", "prism", "ui-tabs", "ui-tab", "ui-accordion", "ui-accordion-item", "ui-callout",
    "plugin:youtube"))
_OPAQUE = frozenset(("prism", "owl-carousel", "fa", "raw", "figure"))


class RealPage(NamedTuple):
    """One body."""

    name: str
    body: str
    dialect: Dialect


def real_pages(corpus: Path) -> Iterator[RealPage]:
    """All bodies of the corpus, each once."""
    seen = set()
    for expected in sorted(corpus.glob("*/expected.jsonl")):
        site: dict[str, Any] = {}
        with expected.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["type"] == "site":
                    site = record
                elif record.get("raw_markdown") and not record.get("error"):
                    page = RealPage(f"{expected.parent.name}/{record['file']}", record["raw_markdown"], dialect_of(site, record))
                    if page[1:] not in seen:
                        seen.add(page[1:])
                        yield page


def dialect_of(site: dict[str, Any], record: dict[str, Any]) -> Dialect:
    """The switches that a page of the corpus was read with."""
    header = record.get("header") if isinstance(record.get("header"), dict) else {}
    own = header.get("markdown") if isinstance(header.get("markdown"), dict) else {}
    switches = {**site["config"]["pages"]["markdown"], **own}
    plugins = site["enabled_plugins"]
    return Dialect(
        extra=bool(switches["extra"]), auto_line_breaks=bool(switches["auto_line_breaks"]),
        auto_url_links=bool(switches["auto_url_links"]),
        notices=("yellow", "red", "blue", "green") if "markdown-notices" in plugins else (),
        shortcodes=SHORTCODES if "shortcode-core" in plugins else frozenset())


def usual_decisions(tree: Tree) -> dict[int, Decision]:
    """New addresses for the page's own links, and something for each shortcode."""
    found: dict[int, Decision] = {}
    for node in tree.occurrences:
        decision = _decision(node)
        if decision is not None:
            found[node.id] = decision
    return found


def _decision(node: Any) -> Decision | None:
    match node:
        case Shortcode(form="close"):
            return None
        case Shortcode(name=name) if name in _OPAQUE:
            return Replace(f'{{{{< {name} "{node.id}" >}}}}', block=name != "fa")
        case Shortcode(name=name):
            return Wrap(f'<div class="{name}">', "</div>", block=True)
        case Plugin():
            return Replace(f"{{{{< youtube {node.id} >}}}}", block=True)
        case Link() | Image() | Definition() if "://" not in node.url and not node.url.startswith(("#", "mailto:")):
            url, _, query = node.url.partition("?")
            classes = (("class", query.partition("=")[2]),) if query.startswith("class") else ()
            return Relink("/new/" + url.lstrip("./"), node.title, classes)
    return None
