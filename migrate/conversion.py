"""One page on its way: read its body, parse it, decide about it, say it for the target, make it a resource.

A `Converter` is made once in each process and knows the whole site; it keeps nothing of the pages it converts. How
the target speaks is a `Voice`, given by `targets.py`: nothing here knows which target it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from migrate.content.decisions import Decisions
from migrate.content.tree import Tree, parse
from migrate.findings import Finding, find
from migrate.mappers.body import decide
from migrate.mappers.place import Around, Place
from migrate.mappers.rawhtml import apply, blanks_in_code, edits_in
from migrate.mappers.rebase import rebased
from migrate.mappers.tables import Mapping as MappingFile
from migrate.mappers.twig import slips
from migrate.mappers.twig_pages import twig_values
from migrate.mappers.twig_run import run
from migrate.mappers.words import Words
from migrate.model.document import EMPTY, Document, Key
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.readers.grav.index import index_of
from migrate.readers.grav.inject import expand
from migrate.readers.grav.links import resolve
from migrate.readers.grav.reader import read_body

_STATEMENT = re.compile(r"\{%-?\s*(?:if|for|set)\b")
_BLANK_LINE = re.compile(r"\n[ \t]+\r?\n")


class Text(NamedTuple):
    """A body as the target shall have it, what was noticed, and fields of the page that came out of it.

    `fields` are front matter that shortcodes asked for; `extra` is what the target's own printer wants to say of the
    page beside its text (WordPress: footnotes).
    """

    text: str
    findings: tuple[Finding, ...]
    fields: Mapping[str, Any] = EMPTY
    extra: Mapping[str, Any] = EMPTY


class Says(Protocol):
    """Prints a decided body for the target. Trouble is a finding, never an exception."""

    def __call__(self, tree: Tree, decisions: Decisions, *, subject: str, first_line: int) -> Text:
        """`subject` names the page in findings, `first_line` is the line of its file where the body begins."""


class Voice(NamedTuple):
    """How a target speaks: its words for single things, for a body, and for a page made of bodies.

    `page` gets the document and its texts, its own first, then those of the modules shown in it; it gives () for
    what is shown inside another page only.
    """

    words: Words
    say: Says
    page: Callable[[Document, Sequence[Text]], tuple[Resource, ...]]


class Converted(NamedTuple):
    """A page as resources (none for what is shown inside another page); findings are those of its texts."""

    resources: tuple[Resource, ...]
    findings: tuple[Finding, ...]


class Converter:
    """Converts the pages of one decided site; `site` has the last addresses of pages and media."""

    def __init__(self, site: Site, mapping: MappingFile, voice: Voice) -> None:
        self.site = site
        self.voice = voice
        index = index_of(site)
        self.documents = {document.key: document for document in site.documents}
        self.around = Around(
            mapping=mapping,
            documents=self.documents,
            media=site.media,
            resolver=partial(resolve, index=index),
            words=voice.words,
            site_config=site.config,
            page_addresses=frozenset(document.url for document in site.documents),
            old_addresses=_old_addresses(site),
            pages_at=_pages_at(site),
            leads={_bare(item.origin): item.goal for item in site.redirects if not item.pattern},
            hosts=frozenset((urlsplit(site.url).netloc,)) - {""},
        )

    def convert(self, document: Document) -> Converted:
        """The page as the target's resources. Trouble with its text is a finding, never an exception."""
        texts = [self._text(document), *(self._text(self.documents[key]) for key in document.modules)]
        resources = self.voice.page(document, texts)
        return Converted(resources, tuple(finding for text in texts for finding in text.findings))

    def _text(self, here: Document) -> Text:
        body = read_body(self.site, here)
        body, injected = self._expanded(body, here)
        body, left_over = self._run_twig(body, here)
        place = Place(tree=parse(body, here.dialect), here=here, around=self.around)
        edits, rewritten = edits_in(place) if "<" in body else ((), ())
        blanks = blanks_in_code(place.tree) if _BLANK_LINE.search(body) else ()
        if edits or blanks:
            edits = tuple(sorted((*edits, *blanks)))
            place = Place(tree=parse(apply(body, edits), here.dialect), here=here, around=self.around)
        choices = decide(place)
        said = self.voice.say(place.tree, choices.decisions, subject=here.source, first_line=here.body_line)
        noticed = (*injected, *left_over, *rewritten, *choices.findings, *said.findings)
        return said._replace(findings=noticed, fields=choices.fields)

    def _expanded(self, body: str, here: Document) -> tuple[str, tuple[Finding, ...]]:
        if not self.site.plugins.get("page-inject"):
            return body, ()
        bodies = self._finished_body if here.dialect.inject_finished else partial(read_body, self.site)
        expanded = expand(body, here, page_at=partial(self._page_at, here), body_of=bodies)
        return expanded.text, expanded.findings

    def _finished_body(self, goal: Document) -> str:
        return rebased(read_body(self.site, goal), goal, self.around)

    def _run_twig(self, body: str, here: Document) -> tuple[str, tuple[Finding, ...]]:
        """Twig that runs before Markdown, and its statements; what else runs after it is decided node by node."""
        dialect = here.dialect
        if not dialect.twig or "{" not in body:
            return body, ()
        said = partial(self._said_of_twig, body, here)
        findings = [said(code, start, tag) for code, start, tag in slips(body, dialect)]
        if not dialect.twig_first and not _STATEMENT.search(body):
            return body, tuple(findings)
        ran = run(body, twig_values(here, self.around), literal=not dialect.twig_first)
        findings += [said("G232", start, tag) for start, tag in ran.missing]
        if dialect.twig_first:
            findings += [said("G230", start, tag) for start, tag in ran.unknown]
        else:
            findings += [said("G233", start, tag) for start, tag in ran.regions]
        return ran.text, tuple(findings)

    @staticmethod
    def _said_of_twig(body: str, here: Document, code: str, start: int, tag: str) -> Finding:
        line = here.body_line + body.count("\n", 0, start)
        return find(code, here.source, line, text=tag, name=tag.strip("{}%- "))

    def _page_at(self, here: Document, address: str) -> Document | None:
        key = self.around.resolver(address, document=here, image=False).key
        return self.documents.get(key) if key else None


def _pages_at(site: Site) -> dict[str, Key]:
    """Old and new addresses of pages; those that they are shown at now come first."""
    found: dict[str, Key] = {_bare(page.url): page.key for page in reversed(site.documents) if page.url}
    for page in site.documents:
        if page.address:
            found.setdefault(_bare(page.address), page.key)
    for page in site.documents:
        for path in (*page.aliases, *page.redirects_from):
            found.setdefault(_bare(path), page.key)
    return found


def _bare(path: str) -> str:
    return "/" + path.strip("/")


def _old_addresses(site: Site) -> frozenset[str]:
    """Every path that leads on to a page of the new site."""
    origins = (redirect.origin for redirect in site.redirects if not redirect.pattern)
    aliases = (path for document in site.documents for path in document.redirects_from)
    return frozenset(_bare(path) for path in (*origins, *aliases))
