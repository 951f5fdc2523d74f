"""Categories and tags: explicit slugs, parents first, and which of them each post has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from migrate.findings import Finding, find
from migrate.mappers.language_names import name_of
from migrate.mappers.redirects import bare
from migrate.mappers.tables import Mapping as MappingFile
from migrate.mappers.taxonomies import slug_of
from migrate.model.document import Document, Key
from migrate.model.site import Site
from migrate.writers.wordpress.facts import TargetFacts
from migrate.writers.wordpress.permalinks import path_of, term_link
from migrate.writers.wordpress.slugs import free_slug, sanitize_title

KINDS: Mapping[str, str] = MappingProxyType({"categories": "category", "tags": "tag"})
LONGEST = 200                             # letters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPlace:
    """One category or tag as WordPress will have it."""

    key: Key
    kind: str                             # category or tag
    name: str
    slug: str
    language: str = ""                    # where each language has terms of its own
    parent: Key | None = None
    slugs: tuple[str, ...] = ()           # from the top down
    link: str
    old: str = ""                         # its address as the mappers decided it: redirects lead there


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All terms, parents before children, and those of each post: `categories` or `tags` → keys."""

    terms: tuple[TermPlace, ...]
    of: Mapping[Key, Mapping[str, tuple[Key, ...]]]
    findings: tuple[Finding, ...]


def lay_terms(site: Site, posts: Iterable[Document], mapping: MappingFile, facts: TargetFacts,
              extra: Mapping[Key, str], *, mode: str) -> Terms:
    """Lay out the terms that posts have. `extra`: post → category of a post that has none of its own.

    `mode` is `plain`, `polylang` or `separate`; only polylang, and categories below that of their language, give
    each language terms of its own.
    """
    return _Terms(site, mapping, facts, mode).laid(list(posts), extra)


def term_goals(site: Site, terms: Iterable[TermPlace]) -> dict[str, str]:
    """Address of each list of terms as the mappers decided it, language and all → its path in WordPress.

    "" where WordPress has no such list: no post has the term.
    """
    goals: dict[str, str] = {}
    prefixes = {"": "", **{language.code: language.prefix for language in site.languages}}
    for page in site.terms:
        if page.address:
            goals.update({bare(prefix + page.address): "" for prefix in prefixes.values()})
    for term in terms:
        for code, prefix in prefixes.items():
            if term.old and (not term.language or code == term.language):
                goals[bare(prefix + term.old)] = unquote(path_of(term.link))
    return goals


class _Terms:
    def __init__(self, site: Site, mapping: MappingFile, facts: TargetFacts, mode: str) -> None:
        self._site, self._mapping, self._facts = site, mapping, facts
        self._several = len(site.languages) > 1
        self._polylang = mode == "polylang" and self._several
        self._above = mapping.wordpress.languages.category if mode == "plain" and self._several else "none"
        self._pages = {(term.taxonomy, slug_of(term.name)): term for term in site.terms if term.slug}
        self._places: dict[Key, TermPlace] = {}
        self._slugs: dict[str, set[str]] = {kind: set() for kind in KINDS.values()}
        self._named: dict[tuple[str, str, str], Key] = {}
        self._climbing: set[str] = set()
        self._findings: list[Finding] = []

    def laid(self, posts: list[Document], extra: Mapping[Key, str]) -> Terms:
        """Everything, in the order in which it must be made."""
        of: dict[Key, dict[str, tuple[Key, ...]]] = {}
        wanted = [(document, plural, name) for document in posts for plural in KINDS
                  for name in self._names(document, plural, extra)]
        order = {language.code: rank for rank, language in enumerate(self._site.languages)}
        for document, plural, name in sorted(wanted, key=lambda item: (item[1], order.get(item[0].language, 99),
                                                                       slug_of(item[2]))):
            self._term(plural, name, document.language)
        for document in posts:
            of[document.key] = {plural: self._keys(document, plural, extra) for plural in KINDS}
        ordered = sorted(self._places.values(), key=lambda term: (term.kind, len(term.slugs), term.key))
        return Terms(terms=tuple(ordered), of=of, findings=tuple(dict.fromkeys(self._findings)))

    def _names(self, document: Document, plural: str, extra: Mapping[Key, str]) -> list[str]:
        names = [str(name) for name in document.fields.get(plural, ()) or ()]
        if plural == "categories" and not names and document.key in extra:
            names.append(extra[document.key])
        return list(dict.fromkeys(names))

    def _keys(self, document: Document, plural: str, extra: Mapping[Key, str]) -> tuple[Key, ...]:
        keys = [self._term(plural, name, document.language) for name in self._names(document, plural, extra)]
        if plural == "categories" and self._above == "always" and document.language:
            keys.append(self._language(document.language))
        return tuple(dict.fromkeys(keys))

    def _language(self, code: str) -> Key:
        """The category of a language."""
        label = self._mapping.languages.names.get(code)
        name = (label.label if label else "") or name_of(code)
        return self._place("category", name, sanitize_title(code), "", None, ident=f"language:{code}")

    def _term(self, plural: str, name: str, language: str) -> Key:
        kind = KINDS[plural]
        own = self._polylang or (kind == "category" and self._above in ("parent", "always"))
        scope = language if own else ""
        known = self._named.get((plural, slug_of(name), scope))
        if known is not None:
            return known
        parent = self._language(language) if own and not self._polylang and language else None
        above = self._mapping.wordpress.parents.get(_singular(plural, self._mapping), {}).get(name)
        if above and kind == "category" and slug_of(name) not in self._climbing:
            self._climbing.add(slug_of(name))           # a mapping may put two terms below each other
            parent = self._term(plural, above, language)
            self._climbing.discard(slug_of(name))
        page = self._pages.get((plural, slug_of(name)))
        wish = sanitize_title(page.slug if page else name) or sanitize_title(name) or "term"
        key = self._place(kind, page.name if page else name, wish, scope, parent,
                          old=page.address if page else "")
        self._named[plural, slug_of(name), scope] = key
        return key

    def _place(self, kind: str, name: str, wish: str, scope: str, parent: Key | None, *, old: str = "",
               ident: str = "") -> Key:
        key = Key(f"term:{kind}:{scope}:{ident or slug_of(name)}")
        if key in self._places:
            return key
        used = self._slugs[kind]
        slug = wish
        if slug in used and scope:
            slug = sanitize_title(f"{wish}-{scope}")
        slug = free_slug(slug, used.__contains__)
        if slug != wish and not scope:
            self._findings.append(find("G622", "config/site.yaml", kind=kind, name=name, slug=slug))
        used.add(slug)
        if len(name) > LONGEST:
            self._findings.append(find("G623", "config/site.yaml", name=name[:60]))
            name = name[:LONGEST]
        slugs = (*(self._places[parent].slugs if parent else ()), slug)
        self._places[key] = TermPlace(key=key, kind=kind, name=name, slug=slug, language=scope, parent=parent,
                                      slugs=slugs, link=term_link(self._facts, kind, slugs), old=old)
        return key


def _singular(plural: str, mapping: MappingFile) -> str:
    """The source's type that becomes a taxonomy."""
    return next((kind for kind, name in mapping.taxonomies.types.items() if name == plural), plural)
