"""Our reading of Markdown against what a real Grav showed: the oracle itself is set up as Grav is.

Grav writes other addresses into links and pictures, makes a video of a picture where its file is one, and takes the
divider away; all else must be the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from migrate.content.html import to_html
from migrate.content.tree import Shortcode, Tree, parse, walk
from migrate.model.document import Dialect
from tests.content.goldmark.real_pages import dialect_of
from tests.content.parsedown_oracle import normal

PROBES = {"md-basic": Dialect(), "md-more": Dialect(), "md-extra": Dialect(extra=True), "md-breaks": Dialect(auto_line_breaks=True),
          "md-urls": Dialect(auto_url_links=True), "notices": Dialect(notices=("yellow", "red", "blue", "green"))}
MEDIA = frozenset(("img", "video", "audio"))


def shape(node: list[Any]) -> list[Any]:
    """A page without what Grav alone can know: addresses, and what a file becomes."""
    if node[0] in MEDIA:
        return ["medium"]
    if node[0] == "#comment":
        return node
    name, attributes, content = node
    return [name, attributes if name != "a" else [], [piece if isinstance(piece, str) else shape(piece) for piece in content
                                                      if not isinstance(piece, str) or piece.strip()]]


def differs(tree: Tree, content: str) -> bool:
    """Whether Grav's HTML is another page; Grav takes the first divider away."""
    ours = to_html(tree).replace(f"<p>{tree.dialect.divider}</p>", "", 1)
    return shape(normal(ours)) != shape(normal(content))


def is_plain(tree: Tree) -> bool:
    """No plug-in has a hand in it, and no picture is asked for a link around it."""
    asks = "plugin:" in tree.source or "lightbox" in tree.source
    return not asks and not any(isinstance(node, Shortcode) for node in walk(tree))


def pages(lines: Iterable[str]) -> Iterator[tuple[str, Tree, str]]:
    """Name, our reading and Grav's HTML of each page that is not run through Twig."""
    site: dict[str, Any] = {}
    for line in lines:
        record = json.loads(line)
        if record["type"] == "site":
            site = record
        elif record["type"] == "page" and record.get("raw_markdown") and not record.get("error") and (
                record["process"] == {"markdown": True, "twig": False} and not record["modular"]):
            yield record["file"], parse(record["raw_markdown"], dialect_of(site, record)), record["content"] or ""


@pytest.mark.corpus
def test_real_pages(shared: Path) -> None:
    compared, differing = 0, []
    for expected in sorted((shared / "corpus").glob("*/expected.jsonl")):
        with expected.open(encoding="utf-8") as lines:
            for name, tree, content in pages(lines):
                if is_plain(tree):
                    compared += 1
                    differing += [f"{expected.parent.name}/{name}"] if differs(tree, content) else []
    assert compared > 700
    assert differing == []


@pytest.mark.corpus
@pytest.mark.parametrize("name", PROBES)
def test_probes(name: str, shared: Path) -> None:
    with (shared / "facts" / "grav-probes.jsonl").open(encoding="utf-8") as lines:
        probe = next(record for record in map(json.loads, lines) if record["name"] == name)
    records = [page for page in probe["pages"] if page.get("raw_markdown")]
    assert records
    assert [page["raw_markdown"] for page in records
            if differs(parse(page["raw_markdown"], PROBES[name]), page["content"])] == []
