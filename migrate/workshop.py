"""One laid out WordPress site: who converts its pages to blocks, and in which order the site gets them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from migrate.ahead import Ahead
from migrate.batches import PAUSE, Batch, Made
from migrate.conversion import Converter, Text, Voice
from migrate.findings import Finding, find
from migrate.model.document import Document, Key
from migrate.model.plan import Entry
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.writers.wordpress.blocks import joined, options_of, to_blocks
from migrate.writers.wordpress.layout import Layout
from migrate.writers.wordpress.leaks import leaks_in
from migrate.writers.wordpress.learning import learned
from migrate.writers.wordpress.menus import key_of, render_menus
from migrate.writers.wordpress.render import FRONT, Printer, render_folders, render_settings, render_terms
from migrate.writers.wordpress.words import WordPressWords

if TYPE_CHECKING:
    from migrate.content.decisions import Decisions
    from migrate.content.tree import Tree

AHEAD = 64  # batches of pages that may be converted before the site has taken those before them


class WordPressWorkshop:
    """A laid out site, and who converts its pages."""

    def __init__(self, layout: Layout, findings: Sequence[Finding] = ()) -> None:
        """`findings`: about the target."""
        self.layout = layout
        self.findings = (*findings, *layout.findings)
        self._depths = {key: len(place.slugs) for key, place in layout.places.items()}
        self._converter = Converter(layout.site, layout.mapping, _voice(layout))

    @property
    def site(self) -> Site:
        """The site with the addresses that WordPress will give."""
        return self.layout.site

    def in_order(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Pages by depth, since each names the one above it; then posts."""
        def place(page: Document) -> tuple[bool, int]:
            stands = self.layout.places.get(page.key)
            return (stands is None or stands.kind == "post", self._depths.get(page.key, 0))

        return sorted(documents, key=place)

    def first(self) -> tuple[Resource, ...]:
        """Terms, then files."""
        return (*render_terms(self.layout), *self.layout.media_library.resources)

    def convert(self, document: Document) -> Made:
        """A post or page."""
        return self._converter.convert(document)

    def between(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Folders that hold places: after what is above them, before what is below. Pages are converted from now on."""
        return self._with_folders(Ahead(batches, AHEAD, PAUSE))

    def _with_folders(self, batches: Ahead[Batch]) -> Iterator[Batch]:
        folders = list(zip(self.layout.folders, render_folders(self.layout), strict=True))
        if self.site.selected is not None:
            folders = [pair for pair in folders if pair[0].key in self.site.selected]
        with contextlib.closing(batches):
            for batch in batches:
                if batch is PAUSE:
                    yield batch
                    continue
                resources: list[Resource] = []
                for resource in batch.resources:
                    depth = self._depths.get(resource.key, 0)
                    while folders and resource.kind == "page" and folders[0][0].depth < depth:
                        resources.append(folders.pop(0)[1])
                    resources.append(resource)
                yield batch._replace(resources=tuple(resources))
        yield Batch((), tuple(resource for _, resource in folders))

    def rest(self) -> tuple[Resource, ...]:
        """Menus, and which page is in front; a selection changes nothing about either."""
        whole = self.site.selected is None or self.layout.mode == "separate"
        return (*render_menus(self.layout), *render_settings(self.layout)) if whole else ()

    def spared(self) -> frozenset[Key]:
        """What only those make who may do more than we: the menus, and the choice of the front page."""
        facts, codes = self.layout.facts, ("", *(language.code for language in self.site.languages))
        return frozenset((*(() if facts.can("manage_options") else (FRONT,)),
                          *(() if facts.menu_day else map(key_of, codes))))

    def learn(self, entries: Mapping[Key, Entry]) -> None:
        """Addresses as the site has given them."""
        self.layout = replace(self.layout, site=learned(self.layout, entries))


def _voice(layout: Layout) -> Voice:
    """Blocks, checked for addresses that lead back, and a post or page for each document."""
    options = options_of(layout.mapping.wordpress, modern=layout.facts.footnotes,
                         free=layout.facts.can("unfiltered_html"))
    hosts = old_hosts(layout)
    printer = Printer(layout)

    def say(tree: Tree, decisions: Decisions, *, subject: str, first_line: int) -> Text:
        blocks = to_blocks(tree, decisions, options, subject=subject, first_line=first_line)
        leaks = tuple(find("G646", subject, url=address, problem=PROBLEMS[problem])
                      for address, problem in leaks_in(blocks.text, hosts))
        return Text(blocks.text, (*blocks.findings, *leaks), extra=blocks.extra)

    def page(document: Document, texts: Sequence[Text]) -> tuple[Resource, ...]:
        text, extra = joined(texts)
        notes = extra.get("footnotes")
        meta = {"footnotes": json.dumps(notes, ensure_ascii=False)} if notes and layout.facts.footnotes else {}
        return printer.page(document, text, meta, summary=str(extra.get("summary", "")))

    # The front page's link is the site's own address, though it gets another one when it is made.
    words = WordPressWords(layout.media_keys, layout.media_urls, frozenset(layout.places) - {layout.front})
    return Voice(words, say, page)


PROBLEMS = {
    "host": "it is on the old site's host",
    "path": "it is a path of Grav's own folders",
    "stream": "only Grav could resolve it",
}


def old_hosts(layout: Layout) -> frozenset[str]:
    """Hosts of the old site, where they are known and are not the new one's."""
    names = {urlsplit(layout.site.url).hostname or ""}
    return frozenset(name for name in names if name) - {urlsplit(layout.facts.url).hostname or ""}
