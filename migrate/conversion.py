"""One page on its way: read its body, parse it, decide about it, say it for the target, make it a resource.

A `Converter` is made once in each process and knows the whole site; it keeps nothing of the pages it converts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import parse
from migrate.findings import Finding
from migrate.mappers.body import decide
from migrate.mappers.place import Around, Place
from migrate.mappers.rawhtml import apply, edits_in
from migrate.mappers.tables import Mapping as MappingFile
from migrate.model.document import Document
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.readers.grav.index import index_of
from migrate.readers.grav.inject import expand
from migrate.readers.grav.links import resolve
from migrate.readers.grav.reader import read_body
from migrate.writers.hugo.render import render_page
from migrate.writers.hugo.words import HugoWords


class Text(NamedTuple):
    """A body as the target shall have it, what was noticed, and front matter that came out of it."""

    markdown: str
    findings: tuple[Finding, ...]
    fields: Mapping[str, Any]


class Converted(NamedTuple):
    """A page as a resource; its findings are those of its body and of the modules shown in it."""

    resource: Resource
    findings: tuple[Finding, ...]


class Converter:
    """Converts the pages of one site by one mapping."""

    def __init__(self, site: Site, mapping: MappingFile, options: GoldmarkOptions) -> None:
        self.site = site
        self.mapping = mapping
        self.options = options
        index = index_of(site)
        self.documents = {document.key: document for document in site.documents}
        self.around = Around(mapping=mapping, documents=self.documents, media=site.media,
                             resolver=partial(resolve, index=index), words=HugoWords(),
                             site_values=site.config.get("site") or {})

    def convert(self, document: Document) -> Converted:
        """The page as the target's resource. Trouble with its text is a finding, never an exception."""
        texts = [self._text(document), *(self._text(self.documents[key]) for key in document.modules)]
        markdown = "\n\n".join(text.markdown.strip("\n") for text in texts if text.markdown.strip())
        fields = {name: value for text in texts for name, value in text.fields.items()}
        resource = render_page(document, markdown, self.site, self.mapping, fields)
        return Converted(resource, tuple(finding for text in texts for finding in text.findings))

    def _text(self, here: Document) -> Text:
        body = read_body(self.site, here)
        body, injected = self._expanded(body, here)
        place = Place(tree=parse(body, here.dialect), here=here, around=self.around)
        edits, rewritten = edits_in(place) if "<" in body else ((), ())
        if edits:
            place = Place(tree=parse(apply(body, edits), here.dialect), here=here, around=self.around)
        choices = decide(place)
        rendered = render(place.tree, choices.decisions, self.options)
        noticed = tuple(_placed(finding, here) for finding in rendered.findings)
        return Text(rendered.text, (*injected, *rewritten, *choices.findings, *noticed), choices.fields)

    def _expanded(self, body: str, here: Document) -> tuple[str, tuple[Finding, ...]]:
        if not self.site.plugins.get("page-inject"):
            return body, ()
        expanded = expand(body, here, page_at=partial(self._page_at, here), body_of=partial(read_body, self.site))
        return expanded.text, expanded.findings

    def _page_at(self, here: Document, address: str) -> Document | None:
        key = self.around.resolver(address, document=here, image=False).key
        return self.documents.get(key) if key else None


def _placed(finding: Finding, here: Document) -> Finding:
    """A finding of the printer, which counts lines from the body's first, with the page and the file's line."""
    line = finding.line + here.body_line - 1 if finding.line else 0
    return Finding(code=finding.code, severity=finding.severity, subject=here.source, line=line,
                   message=finding.message, advice=finding.advice)


