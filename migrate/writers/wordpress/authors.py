"""Which user of the target writes each document: by the mapping file, else by an equal name."""

from __future__ import annotations

from collections.abc import Mapping

from migrate.findings import Finding, find
from migrate.mappers.tables import Mapping as MappingFile
from migrate.model.document import Document, Key
from migrate.model.site import Site
from migrate.writers.wordpress.facts import TargetFacts
from migrate.writers.wordpress.slugs import sanitize_title


def authors_of(site: Site, mapping: MappingFile, facts: TargetFacts) -> tuple[dict[Key, int], tuple[Finding, ...]]:
    """Document → number of its user, where it has one of its own; and the authors that nobody is."""
    known = {name.casefold(): user.id for user in facts.users for name in (user.name, user.slug) if name}
    logins = {author.name.casefold(): author.login for author in site.authors if author.name}
    default = _number(mapping.wordpress.author, known)
    found: dict[Key, int] = {}
    strangers: dict[str, int] = {}
    for document in site.documents:
        number = _user(document, mapping.wordpress.authors, known, logins)
        if number:
            found[document.key] = number
        elif document.authors:
            strangers[document.authors[0]] = strangers.get(document.authors[0], 0) + 1
        if not number and default:
            found[document.key] = default
    return found, tuple(find("G627", "config/site.yaml", name=name, count=count)
                        for name, count in sorted(strangers.items()))


def _user(document: Document, names: Mapping[str, str], known: Mapping[str, int], logins: Mapping[str, str]) -> int:
    for author in document.authors:
        for name in (names.get(author, ""), author, logins.get(author.casefold(), "")):
            number = _number(name, known)
            if number:
                return number
    return 0


def _number(name: str, known: Mapping[str, int]) -> int:
    """The user of that name; logins stand in addresses, so `Max Weiß` may be `max-weis` there."""
    if not name:
        return 0
    return known.get(name.casefold()) or known.get(sanitize_title(name)) or 0
