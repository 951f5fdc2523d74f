"""What a mapping file says about addresses: the models of the section `addresses`."""

from __future__ import annotations

from pydantic import field_validator

from migrate.mappers.shortcode_table import Row


class Override(Row):
    """A new address for the pages whose old one matches."""

    old: str
    """Old path; `*` stands for any text: `/kk/news/*`."""
    new: str
    """New path; `*` stands for what the first `*` matched."""

    @field_validator("old", "new")
    @classmethod
    def _absolute(cls, path: str) -> str:
        if not path.startswith("/") or path.count("*") > 1:
            raise ValueError("expected a path from the site's root, with one * at most")
        return path


class Addresses(Row):
    """At which path each page answers."""

    keep: bool = True
    """Each page answers where it did. False: the target's own rules decide, from folders and slugs."""
    trailing_slash: bool = True
    """Links and redirects lead to `/news/`; false: to `/news`. Web servers find a page under both."""
    overrides: tuple[Override, ...] = ()
    """New addresses, first match wins; the old ones redirect."""
    aliases: bool = True
    """Old paths of a page become `aliases` in its front matter."""
    redirects_file: bool = True
    """All redirects also as lines of `static/_redirects`."""
    taxonomy_filters: bool = True
    """Redirects for term lists (`/blog/tag:news`), one for each listing page and term."""
    feed: str = ""
    """Whereto `/blog.rss` and `/blog.atom` lead, where the plug-in Feed answered there: a path, with `{address}` for
    that of the listing page. Empty: nowhere."""
