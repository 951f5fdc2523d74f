"""Copies of pages for languages that lack them, where the mapping file wants copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate.mappers.tables import Mapping
from migrate.model.document import Document, Key, changed
from migrate.model.site import Language, Site


def copy_missing(site: Site, mapping: Mapping) -> Site:
    """With `languages.missing: copy`: a document for each address that shows another language's page."""
    if mapping.languages.missing != "copy" or not site.fallbacks:
        return site
    copies = tuple(_copies(site))
    return replace(site, documents=(*site.documents, *copies), fallbacks={})


def _copies(site: Site) -> Iterator[Document]:
    originals = {document.key: document for document in site.documents}
    addresses: dict[tuple[Key, str], list[str]] = {}
    for path, key in site.fallbacks.items():
        language = language_of(path, site.languages)
        if key in originals and language is not None:
            addresses.setdefault((key, language.code), []).append(path)
    made = {_key(originals[key], code) for key, code in addresses}
    for (key, code), paths in addresses.items():
        original = originals[key]
        parent = originals.get(original.parent) if original.parent else None
        above = _key(parent, code) if parent else None
        yield changed(original, key=_key(original, code), language=code, url=paths[0], aliases=tuple(paths[1:]),
                      language_neutral=False, findings=(),
                      parent=above if above in made or above in originals else None)


def _key(document: Document, code: str) -> Key:
    return Key(f"document:{document.translation_group}@{code}")


def language_of(path: str, languages: tuple[Language, ...]) -> Language | None:
    """The language whose prefix a path begins with, the longest first; None: no prefix, and no language without one."""
    fitting = [language for language in languages
               if path == language.prefix or path.startswith(language.prefix + "/")]
    return max(fitting, key=lambda language: len(language.prefix), default=None)
