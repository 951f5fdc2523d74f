"""Document.fields: the target's front matter, decided from the header by the mapping file.

Nothing in a header is lost in silence: a key is taken by a field of Document, renamed, dropped by name, kept
under `params`, or named in a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from migrate.findings import Finding, find
from migrate.mappers.front_matter import FrontMatter
from migrate.mappers.module_headers import shown_modules, texts_of_theme
from migrate.mappers.placeholders import Template, fill, names_in, read_template
from migrate.mappers.standing import fields_of_standing, findings_on, standing_of
from migrate.mappers.tables import Mapping, TemplateRule, matches
from migrate.mappers.taxonomies import plural_names
from migrate.mappers.values import KeyPath, found_at, is_true, path_of, plain, texts_in, without
from migrate.mappers.weights import weights_of
from migrate.model.document import Document, changed
from migrate.model.site import Site

TAKEN = frozenset({
    "title", "menu", "slug", "template", "published", "visible", "routable", "date", "publish_date",
    "unpublish_date", "modified", "taxonomy", "metadata", "summary", "routes", "redirect", "external_url",
    "language",
})
"""Header keys whose meaning is in other fields of Document."""

_AUTHORS = ("author", "authors")


class Rename(NamedTuple):
    """Header path → target path; `as_list`: a text with commas becomes a list."""

    source: KeyPath
    target: str
    as_list: bool


def map_fields(site: Site, mapping: Mapping) -> Site:
    """Decide `fields` and `standing` of every document."""
    rules = _Rules(site, mapping)
    weights = weights_of(site.documents)
    documents = (rules.decided(document, weights.get(document.key)) for document in site.documents)
    modules = shown_modules(site)
    return replace(site, documents=tuple(_told(document) if document.key in modules else document
                                         for document in documents))


def _told(module: Document) -> Document:
    """A module with what is to be said of texts in its header: no target has the template that showed them."""
    keys = texts_of_theme(module)
    if not keys:
        return module
    return changed(module, findings=(*module.findings, find("G306", module.source, keys=", ".join(keys))))


class _Rules:
    """The mapping's rules on front matter, prepared for many documents."""

    def __init__(self, site: Site, mapping: Mapping) -> None:
        self._mapping = mapping
        self._names = mapping.frontmatter.names
        self._renames = _renames(mapping.frontmatter.rename)
        self._templates = {target: read_template(text) for target, text in mapping.frontmatter.template.items()}
        self._plurals = frozenset(name.lower() for name in plural_names(site, mapping).values())
        self._reserved = self._plurals | {name.lower() for name in mapping.frontmatter.reserved_params}
        self._authors = "" if self._names.authors.rpartition(".")[2].lower() in self._plurals else self._names.authors
        self._dates_count = _publish_dates(site)
        self._actions: dict[str, str] = {}
        self._rules_by_template: dict[str, TemplateRule | None] = {}

    def decided(self, document: Document, weight: int | None) -> Document:
        """The document with its fields, its standing and what was noticed."""
        standing = standing_of(document, self._mapping.pages)
        page = FrontMatter()
        self._own(document, weight, page)
        for name, value in fields_of_standing(standing, self._mapping).items():
            page.put(name, value)
        unknown = list(self._header(document, page))
        self._made(document, page)
        found = (*findings_on(document, standing), *self._noticed(document, page, unknown))
        return changed(document, fields=page.fields(), standing=standing, findings=(*document.findings, *found))

    def _own(self, document: Document, weight: int | None, page: FrontMatter) -> None:
        """What every page has."""
        names = self._names
        page.put(names.title, document.title)
        if document.menu and document.menu != document.title:
            page.put(names.menu, document.menu)
        self._dates(document, page)
        page.put(names.position, weight)
        rule = self._rule(document.template)
        page.put(names.type, rule.type or None if rule else None)
        page.put(names.layout, rule.layout or None if rule else None)
        page.put(names.template, document.template or None)
        page.put(self._authors, list(document.authors) or None)      # not where that name makes them terms
        page.put(names.external_url, document.external_url)
        visible = document.header.get("visible")
        if visible is not None and is_true(visible) != (document.order is not None):
            page.put(names.visible, is_true(visible))

    def _dates(self, document: Document, page: FrontMatter) -> None:
        """Grav looks at publish_date and unpublish_date only where the header does not say `published` (f.2)."""
        names, dates = self._names, document.dates
        counted = self._dates_count and document.header.get("published") is None
        page.put(names.date, dates.created)
        page.put(names.modified, dates.modified)
        for date, name, key in ((dates.published, names.published, "publish_date"),
                                (dates.expires, names.expires, "unpublish_date")):
            if counted:
                page.put(name, date)
            elif date is not None and date != dates.created:
                page.put(f"params.{key}", date.isoformat())

    def _rule(self, template: str) -> TemplateRule | None:
        if template not in self._rules_by_template:
            self._rules_by_template[template] = next(
                (rule for pattern, rule in self._mapping.templates.items() if matches((pattern,), template)), None)
        return self._rules_by_template[template]

    def _header(self, document: Document, page: FrontMatter) -> Iterator[str]:
        """Put the header's further keys in their places; yields those that nobody has a rule for."""
        params: dict[str, Any] = {}
        for name, value in document.header.items():
            key = str(name)
            action = self._action(key)
            value = document.metadata if key == "metadata" else value
            if key in self._renames:
                value = self._renamed(key, value, page)
            if key == "metadata" and value:
                page.put(self._names.metadata, plain(value))
            if action in ("taken", "drop") or value is None:
                continue
            if key in _AUTHORS and self._authors and document.authors and _only_names(value):
                continue
            if action == "params":
                params[key] = plain(value)
            else:
                yield key
        reserved = self._plurals if document.modular else self._reserved     # of a module: in a map of its own
        for key, value in params.items():
            page.put_param(f"header_{key}" if key.lower() in reserved else key, value)

    def _action(self, key: str) -> str:
        """`drop`, `taken`, `params` or `unknown`; the same for every page."""
        if key not in self._actions:
            self._actions[key] = self._decide(key)
        return self._actions[key]

    def _decide(self, key: str) -> str:
        rules = self._mapping.frontmatter
        if matches(rules.drop, key) or key in self._mapping.taxonomies.from_headers:
            return "drop"
        if matches(rules.keep, key):
            return "params"
        if key in TAKEN:
            return "taken"
        return "params" if self._mapping.unknown.header == "params" else "unknown"

    def _renamed(self, key: str, value: Any, page: FrontMatter) -> Any:
        """Put what `rename` names in its place; gives back what is left of the value."""
        for rename in self._renames[key]:
            inner = found_at(value, rename.source[1:])
            if inner is not None:
                inner = texts_in(inner) if rename.as_list else plain(inner)
                page.put(rename.target, inner, said=".".join(rename.source))
                value = without(value, rename.source[1:])
        return value

    def _made(self, document: Document, page: FrontMatter) -> None:
        """Constants and templates of the mapping file; they win over what the header says."""
        for target, template in self._templates.items():
            values = {name: _text(document, name) for name in names_in(template)}
            if any(values.values()) or not values:
                page.set(target, _filled(template, values))
        for target, value in self._mapping.frontmatter.constant.items():
            page.set(target, value)

    def _noticed(self, document: Document, page: FrontMatter, unknown: list[str]) -> Iterator[Finding]:
        source = document.source
        if unknown:
            yield find("G300", source, keys=", ".join(unknown))
        for key, target in page.taken:
            yield find("G301", source, key=key, target=target)
        if document.header.get("form") or document.header.get("forms"):
            yield find("G303", source)


def _renames(rename: dict[str, str]) -> dict[str, tuple[Rename, ...]]:
    """First key of the header path → its renames, the deepest first."""
    rows = [Rename(path_of(source), target.removesuffix("[]"), target.endswith("[]"))
            for source, target in rename.items()]
    rows.sort(key=lambda row: (row.source[0], -len(row.source)))
    return {key: tuple(group) for key, group in groupby(rows, key=lambda row: row.source[0])}


def _publish_dates(site: Site) -> bool:
    value = found_at(site.config, ("system", "pages", "publish_dates"))
    return value is None or is_true(value)


def _only_names(value: Any) -> bool:
    """Whether an author is just a name, or a list of names: then `authors` says it all."""
    items: Iterable[Any] = value if isinstance(value, list) else [value]
    return all(isinstance(item, str) for item in items)


def _text(document: Document, name: str) -> str:
    """A header value, or a word about the page, as a template's placeholder."""
    value = found_at(document.header, path_of(name))
    if value is None and name in ("title", "menu", "slug", "route", "url", "language", "template"):
        value = getattr(document, name)
    if isinstance(value, list):
        return ", ".join(texts_in(value))
    return "" if value is None or isinstance(value, dict) else str(value)


def _filled(template: Template, values: dict[str, str]) -> str:
    return fill(template, values, escape=False)
