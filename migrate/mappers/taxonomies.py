"""Terms of the source → taxonomies of the target, with the last part of each term's address."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from migrate.findings import Finding, find
from migrate.mappers.tables import Mapping
from migrate.mappers.values import found_at, path_of, texts_in
from migrate.model.document import Document, Term, changed
from migrate.model.site import Site, TermPage

_KEPT = frozenset("-_.+#@~/")
_SITE_FILE = "config/site.yaml"


def map_taxonomies(site: Site, mapping: Mapping) -> Site:
    """Put terms into `fields`; decide `Site.terms` and `Site.taxonomy_names`."""
    terms = _Terms(site, mapping)
    documents = tuple(terms.decided(document) for document in site.documents)
    return replace(site, documents=documents, terms=terms.pages(), taxonomy_names=terms.names(),
                   findings=(*site.findings, *terms.findings()))


def plural_names(site: Site, mapping: Mapping) -> dict[str, str]:
    """Source type → the target's plural name, for every type that may become a taxonomy."""
    rules = mapping.taxonomies
    names = dict(rules.types)
    if rules.listed == "taxonomy":
        names |= {kind: _free(kind, mapping) for kind in site.taxonomies if kind not in names}
    if rules.unlisted == "taxonomy":
        kinds = {term.taxonomy for document in site.documents for term in document.terms}
        names |= {kind: _free(kind, mapping) for kind in sorted(kinds) if kind not in names}
    return {kind: plural for kind, plural in names.items() if plural}


def _free(kind: str, mapping: Mapping) -> str:
    """A taxonomy's own name, or another where front matter uses that for something else."""
    reserved = {name.lower() for name in mapping.frontmatter.reserved}
    return f"{kind}_terms" if kind.lower() in reserved else kind


@lru_cache(maxsize=65536)
def slug_of(name: str) -> str:
    """The last part of a term's address: letters and digits in lower case, blanks as hyphens.

    "" where nothing is left. Two names with one slug are one term for the target.
    """
    text = unicodedata.normalize("NFC", name).strip().lower()
    kept = ("-" if letter.isspace() else letter for letter in text
            if letter.isalnum() or letter.isspace() or letter in _KEPT or unicodedata.category(letter)[0] == "M")
    return "".join(kept).strip("/")


@dataclass(slots=True)
class _Use:
    """How a term is spelled, and in which languages."""

    spellings: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The commonest spelling; the first in the alphabet of several."""
        return min(self.spellings, key=lambda spelling: (-self.spellings[spelling], spelling))


class _Terms:
    """All terms of a site, before and after the mapping."""

    def __init__(self, site: Site, mapping: Mapping) -> None:
        self._site = site
        self._rules = mapping.taxonomies
        self._plurals = plural_names(site, mapping)
        self._mapping = mapping
        self._uses: dict[tuple[str, str], _Use] = {}
        self._kept_aside: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._terms = {document.key: self._read(document) for document in site.documents
                       if document.terms or self._rules.from_headers}

    def decided(self, document: Document) -> Document:
        """The document with its terms in the front matter."""
        terms = self._terms.get(document.key, ())
        if not terms:
            return document
        fields = dict(document.fields)
        params = fields.pop("params", None)
        aside: dict[str, list[str]] = {}
        nameless: list[str] = []
        for term in terms:
            plural = self._plurals.get(term.taxonomy)
            slug = slug_of(term.name)
            if plural and slug:
                listed = fields.setdefault(plural, [])
                listed.append(self._spelled(plural, slug, term.name))
            elif plural or self._policy(term.taxonomy) == "params":
                aside.setdefault(term.taxonomy, []).append(term.name)
                nameless += [term.name] if plural else []
        if aside or params:
            fields["params"] = {**(params or {}), **({"taxonomy": aside} if aside else {})}
        found = tuple(find("G311", document.source, name=name) for name in nameless)
        return changed(document, fields=fields, findings=(*document.findings, *found))

    def pages(self) -> tuple[TermPage, ...]:
        """The terms, and each taxonomy itself as a term without a slug; sorted."""
        given = {(self._plurals.get(kind, kind), slug_of(name)): slug
                 for kind, slugs in self._rules.slugs.items() for name, slug in slugs.items()}
        pages = [TermPage(taxonomy=plural, name=use.name, slug=given.get((plural, slug), slug),
                          languages=tuple(sorted(use.languages)))
                 for (plural, slug), use in self._uses.items()]
        languages: dict[str, set[str]] = {}
        for page in pages:
            languages.setdefault(page.taxonomy, set()).update(page.languages)
        pages += [TermPage(taxonomy=plural, name=plural, slug="", languages=tuple(sorted(found)))
                  for plural, found in languages.items()]
        return tuple(sorted(pages, key=lambda page: (page.taxonomy, page.slug, page.name)))

    def names(self) -> dict[str, str]:
        """The taxonomies that the target has to know, singular → plural."""
        used = {plural for plural, _ in self._uses}
        wanted = {kind: plural for kind, plural in sorted(self._plurals.items())
                  if plural in used or kind in self._rules.types}
        return {kind: plural for kind, plural in wanted.items()
                if next(first for first, other in wanted.items() if other == plural) == kind}

    def findings(self) -> Iterator[Finding]:
        """What concerns the site's terms as a whole."""
        for kind, count in sorted(self._kept_aside.items()):
            yield find("G310", _SITE_FILE, kind=kind, count=count)
        for kind, count in sorted(self._dropped.items()):
            yield find("G315", _SITE_FILE, kind=kind, count=count)
        for kind, plural in sorted(self._plurals.items()):
            if kind not in self._rules.types and plural != kind:
                yield find("G312", _SITE_FILE, kind=kind, plural=plural)
        for (plural, _), use in sorted(self._uses.items()):
            if len({name.lower() for name in use.spellings}) > 1:
                others = ", ".join(sorted(name for name in use.spellings if name != use.name))
                yield find("G313", _SITE_FILE, plural=plural, name=use.name, others=others)

    def _read(self, document: Document) -> tuple[Term, ...]:
        """A document's terms, renamed, without empty ones; counts their spellings."""
        terms = tuple(self._renamed(term) for term in (*document.terms, *self._from_headers(document))
                      if term.name.strip())
        for term in terms:
            plural, slug = self._plurals.get(term.taxonomy), slug_of(term.name)
            if plural and slug:
                use = self._uses.setdefault((plural, slug), _Use())
                use.spellings[term.name] += 1
                use.languages.add(document.language)
            elif not plural:
                counter = self._kept_aside if self._policy(term.taxonomy) == "params" else self._dropped
                counter[term.taxonomy] += 1
        return terms

    def _from_headers(self, document: Document) -> Iterator[Term]:
        for key, kind in self._rules.from_headers.items():
            for name in texts_in(found_at(document.header, path_of(key))):
                yield Term(kind, name)

    def _renamed(self, term: Term) -> Term:
        names = self._rules.rename.get(term.taxonomy)
        return Term(term.taxonomy, names.get(term.name, term.name)) if names else term

    def _spelled(self, plural: str, slug: str, name: str) -> str:
        """The author's spelling, unless another of the same address differs in more than capitals."""
        use = self._uses[plural, slug]
        return name if name.lower() == use.name.lower() or len(use.spellings) == 1 else use.name

    def _policy(self, kind: str) -> Any:
        return self._rules.listed if kind in self._site.taxonomies else self._rules.unlisted
