"""One page in one language, as neutral data."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NewType

from migrate.findings import Finding

Key = NewType("Key", str)
"""A stable name: `document:/news/silk-road@kk`, `media:02.news/x/a.jpg`. The same on every run, free of order
prefixes for documents (the route made of folder names), the path under `pages/` for media."""

EMPTY: Mapping[Any, Any] = MappingProxyType({})


def read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """The values as a mapping that cannot be changed."""
    return MappingProxyType(values)


# Documents and settings are sent to worker processes; Python itself cannot pickle a mapping proxy.
copyreg.pickle(MappingProxyType, lambda proxy: (read_only, (dict(proxy),)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When a page was dated, shown from, changed and shown until; aware datetimes or None."""

    created: datetime | None = None      # None: the source names no date (Grav then shows the file's time)
    published: datetime | None = None
    modified: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One value of one taxonomy, spelled as the author did."""

    taxonomy: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How the page's summary is made. `format` is `short`, `long` or anything else (whole content)."""

    enabled: bool = True
    format: str = "short"
    size: int = 300
    delimiter: str = "==="


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The Markdown that a page is written in: Grav's switches, settled for this page."""

    markdown: bool = True                 # False: the body is HTML (or text) as it stands
    twig: bool = False                    # the page runs Twig; else braces are text
    twig_first: bool = False
    never_cache_twig: bool = False        # Twig after Markdown, which sees its tags
    extra: bool = False                   # Parsedown Extra
    auto_line_breaks: bool = False
    auto_url_links: bool = False
    escape_markup: bool = False
    special_chars: tuple[tuple[str, str], ...] = ((">", "gt"), ("<", "lt"))
    notices: tuple[str, ...] = ()         # class of each level, "" plug-in off: ("yellow", "red", "blue", "green")
    notices_base: str = "notices"
    shortcodes: frozenset[str] = frozenset()   # names that are live; empty: the plug-in is off
    shortcode_lines: frozenset[str] = frozenset()   # names whose lone lines are blocks, though perhaps not live
    shortcode_parser: str = "regular"     # "regular", "regex" or "wordpress" (no nesting of one name in itself)
    link_attributes: frozenset[str] = frozenset({"rel", "target", "id", "class", "classes"})
    divider: str = "==="
    inject_finished: bool = False         # pages that are put into this one bring their own addresses with them
    captions: str = ""                    # class of the pictures whose title becomes a caption, "img": all, "": none


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page in one language. The body stays on disk until it is converted."""

    key: Key
    source: str                           # page file relative to pages/, with /
    folder: str                           # its folder, "" never
    language: str = ""                    # "" where the site has no languages
    language_neutral: bool = False        # the file has no language suffix though the site has languages
    translation_group: str                # the same for all languages of one folder (raw route)
    template: str
    parent: Key | None = None             # in the same language
    order: int | None = None              # number before the folder's name
    position: int = 0                     # place among its siblings, from 0
    slug: str
    route: str                            # Grav's route, no language prefix
    raw_route: str                        # from folder names only
    url: str                              # where Grav shows it: path, decoded, with language prefix and extension
    aliases: tuple[str, ...] = ()         # further paths at which Grav answers with this page
    owns_route: bool = True               # False: another folder took the same route
    title: str
    menu: str = ""
    published: bool = True                # header and dates as of now, as Grav decides
    draft: bool = False                   # unpublished by the header itself, whatever the dates say
    routable: bool = True
    visible: bool = True
    modular: bool = False                 # a module, shown inside its parent only
    home: bool = False
    has_children: bool = False            # child pages other than modules, in any language
    dates: Dates = Dates()
    terms: tuple[Term, ...] = ()
    authors: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    summary: Summary = Summary()
    media: tuple[Key, ...] = ()           # files of the folder in Grav's media order
    modules: tuple[Key, ...] = ()         # modules shown in it, in order
    unshown_modules: tuple[Key, ...] = () # modules that no collection of it names: only a theme may show them
    redirect: str | None = None           # header `redirect`, as written
    external_url: str | None = None
    header: Mapping[str, Any] = field(default_factory=lambda: EMPTY)   # the whole front matter as Grav reads it
    dialect: Dialect = Dialect()
    body_line: int = 1                    # line of the file on which the body begins
    featured: Key | None = None           # decided by the media mapper
    standing: str = "public"
    """Decided by the field mapper: `public`; `draft`; `unlisted` (at its address, in no list); `hidden` (its text is
    in the project, without an address); `redirect` (its address leads elsewhere); `module`; `merged` (another page
    has the same text under the same route) or `skipped`: nothing is written for these two."""
    address: str = ""                     # decided by the address mapper: path on the new site, with /…/
    redirects_from: tuple[str, ...] = ()  # decided by the redirect mapper: old paths that must lead to `address`
    fields: Mapping[str, Any] = field(default_factory=lambda: EMPTY)   # decided by the field mapper: front matter
    findings: tuple[Finding, ...] = ()


_NAMES = tuple(item.name for item in fields(Document))
_PUT = {name: getattr(Document, name).__set__ for name in _NAMES}
_SETTERS = tuple(_PUT.values())
_VALUES = attrgetter(*_NAMES)


def changed(document: Document, **changes: Any) -> Document:
    """`dataclasses.replace` at half the price: mappers make several new documents of each page."""
    copy: Document = object.__new__(Document)
    for put, value in zip(_SETTERS, _VALUES(document), strict=True):
        put(copy, value)
    for name, value in changes.items():
        _PUT[name](copy, value)
    return copy
