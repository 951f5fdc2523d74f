"""A whole site, as neutral data. Bodies and media bytes stay on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from migrate.findings import Finding
from migrate.model.document import EMPTY, Document, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file beside a page (or under user/). `size` in bytes, `modified` in nanoseconds since 1970."""

    key: Key
    path: str                             # absolute path on disk; verified to lie inside the source
    folder: str                           # page folder relative to pages/; "" for streams such as user/images
    name: str
    kind: str                             # image, animated, vector, video, audio, file
    alt: str = ""                         # from NAME.meta.yaml
    title: str = ""
    size: int = 0
    modified: int = 0
    variants: tuple[Key, ...] = ()        # the same picture at other densities (`x@2x.png`), and its thumbnail
    variant_of: Key | None = None         # set on those
    address: str = ""                     # decided: path on the new site
    beside: bool = False                  # decided: stands beside its page there, whose text may use the bare name
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the site. `prefix` is "/kk", or "" where Grav's addresses carry none."""

    code: str
    prefix: str = ""
    default: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old path that leads elsewhere. `pattern`: `origin` is a regular expression on the path.

    After the redirect mapper origins are plain paths; with `pattern` they end in `*`, and the goal may hold
    `:splat` for what stood there. The most specific come first.
    """

    origin: str
    goal: str
    status: int = 302
    pattern: bool = False
    rewrite: bool = False                 # a site route: shown under the old address, not redirected
    subject: str = "config/site.yaml"     # where it is written


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A line of a menu: a page of the new site, or an address elsewhere."""

    name: str
    address: str                          # path on the new site, or a whole URL
    key: Key | None = None                # the page; None for an address elsewhere
    weight: int                           # from 1, in order
    identifier: str = ""                  # unique within its menu
    parent: str = ""                      # identifier of the entry above, "" at the top


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPage:
    """One term of one taxonomy as the target shows it."""

    taxonomy: str                         # the target's plural name: categories
    name: str                             # as the author spelled it, the first spelling where several are one
    slug: str                             # last part of its address; "" for the taxonomy's own page
    languages: tuple[str, ...] = ()       # languages in which a page has it; ("",) where the site has none
    address: str = ""                     # decided by the address mapper: path after the language's prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person who writes for the site."""

    login: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that was read, or read and decided."""

    root: str                             # absolute path of the folder that holds pages/
    pages_root: str                       # absolute path of pages/
    place: str = "user"                   # the address of that folder: user, user/sites/NAME where there are several
    title: str = ""
    metadata: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    timezone: str = "UTC"
    timezone_known: bool = True           # False: nobody named a zone, UTC was taken
    languages: tuple[Language, ...] = ()  # () where the site has none; the default first
    url: str = ""                         # where the site answers, if known
    now: datetime | None = None           # as of when `Document.published` was decided
    taxonomies: tuple[str, ...] = ("category", "tag")
    documents: tuple[Document, ...] = ()
    media: Mapping[Key, Media] = field(default_factory=lambda: EMPTY)
    authors: tuple[Author, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    plugins: Mapping[str, bool] = field(default_factory=lambda: EMPTY)   # plug-in → on; what was inferred is a finding
    config: Mapping[str, Any] = field(default_factory=lambda: EMPTY)     # effective {"system": …, "site": …}
    empty_folders: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # page-less folder → its route
    fallbacks: Mapping[str, Key] = field(default_factory=lambda: EMPTY)
    """Address (url with language prefix) at which Grav shows a page of another language → that page."""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: EMPTY)
    """Page folder relative to pages/ → names of all its files, media or not; folders without files too."""
    odd_paths: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """Path under pages/ → absolute path on disk, where a name there is no UTF-8."""
    selected: frozenset[Key] | None = None  # the documents that this run is asked for; None: all of them
    menus: Mapping[str, tuple[MenuEntry, ...]] = field(default_factory=lambda: EMPTY)
    """Decided by the menu mapper: language ("" where the site has none) → main menu, in order."""
    terms: tuple[TermPage, ...] = ()      # decided by the taxonomy mapper, sorted
    taxonomy_names: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """Decided by the taxonomy mapper: the target's taxonomies, singular → plural, sorted."""
    findings: tuple[Finding, ...] = ()
