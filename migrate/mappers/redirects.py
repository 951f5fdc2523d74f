"""Every other address at which the source answered leads to where its page is now.

`Site.redirects` becomes the whole list for the report and for static hosts, `Document.redirects_from` the plain
paths that lead to a page. Chains are followed to their end; loops and goals that are gone are findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import unquote

from migrate.findings import Finding, find
from migrate.mappers.front_matter import FrontMatter
from migrate.mappers.redirect_lines import lines_of
from migrate.mappers.side_redirects import side_redirects
from migrate.mappers.standing import SHOWN
from migrate.mappers.tables import Mapping
from migrate.mappers.values import merged
from migrate.model.document import Document, Key, changed
from migrate.model.site import Redirect, Site

MOVED = 301
_PARAMETER = re.compile(r"/[^/:]+:[^/]*")
_STATUS = re.compile(r"\[(30\d)\]$")


class Goal(NamedTuple):
    """Where a redirect ends: an address or URL, the page there (if it is one of ours), and what went wrong."""

    address: str
    key: Key | None = None
    problem: str = ""


def without_parameters(path: str) -> str:
    """`/blog/tag:news` → `/blog`: what Grav takes for the page (e.7)."""
    return _PARAMETER.sub("", path) or "/"


def map_redirects(site: Site, mapping: Mapping) -> Site:
    """Decide `Site.redirects` and `Document.redirects_from`, and whereto redirecting pages lead."""
    return _Redirects(site, mapping).decided()


class _Redirects:
    """Old paths of a site, and where they lead."""

    def __init__(self, site: Site, mapping: Mapping) -> None:
        self._site = replace(site, redirects=tuple(_with_status(redirect) for redirect in site.redirects))
        self._mapping = mapping
        self._prefixes = tuple(sorted({language.prefix for language in site.languages}, key=len, reverse=True))
        self._default = next((language.prefix for language in site.languages if language.default), "")
        self._shown = {document.key: document for document in site.documents
                       if document.standing in SHOWN and document.address}
        self._pages = self._old_paths()
        self._exact = self._exact_redirects()
        self._sides = tuple(side_redirects(self._site, mapping))
        self._aside = {bare(redirect.origin): redirect.goal for redirect in self._sides if not redirect.pattern}
        self._found: dict[str, Redirect] = {}
        self._aliases: dict[Key, list[str]] = {}
        self._by_source = {document.source: document.key for document in site.documents}
        self._findings: dict[Key | None, list[Finding]] = {}

    def decided(self) -> Site:
        """The site with all redirects."""
        self._lead_moved_pages()
        for redirect in self._site.redirects:
            self._carry(redirect)
        for redirect in self._sides:
            following = None if redirect.pattern else self._found.get(bare(redirect.goal))
            self._add(replace(redirect, goal=following.goal) if following else redirect)
        documents = tuple(self._document(document) for document in self._site.documents)
        return replace(self._site, documents=documents, redirects=tuple(sorted(self._found.values(), key=_specific)),
                       findings=(*self._site.findings, *self._findings.get(None, ())))

    def _old_paths(self) -> dict[str, Key]:
        """Every path at which the source showed a page that is still shown."""
        paths: dict[str, Key] = {}
        for document in self._shown.values():
            if document.owns_route:
                paths[bare(document.url)] = document.key
        for document in self._shown.values():
            for alias in document.aliases:
                paths.setdefault(bare(alias), document.key)
        for document in self._shown.values():
            paths.setdefault(bare(document.address), document.key)
        for path, key in self._module_paths():
            paths.setdefault(path, key)
        return paths

    def _module_paths(self) -> Iterator[tuple[str, Key]]:
        """Modules that have an address of their own (`routable: true`, i.1): their page shows them."""
        pages = {module: document.key for document in self._shown.values() for module in document.modules}
        for document in self._site.documents:
            if document.modular and document.routable and document.published and document.key in pages:
                yield bare(document.url), pages[document.key]

    def _exact_redirects(self) -> dict[str, Redirect]:
        """Redirects from one path; those of pages before those of the site (Grav: Pages::dispatch)."""
        exact: dict[str, Redirect] = {}
        for redirect in sorted(self._site.redirects, key=lambda item: item.subject.startswith("config/")):
            for line in lines_of(redirect.origin, redirect.goal) or () if redirect.pattern else (redirect,):
                if not line.origin.endswith("*"):
                    exact.setdefault(bare(line.origin), replace(redirect, origin=line.origin, goal=line.goal))
        return exact

    def _lead_moved_pages(self) -> None:
        """Aliases, folder routes, and addresses that had to change."""
        live = {bare(document.address): document.key for document in self._shown.values()}
        for path, key in self._pages.items():
            holder = live.get(path)
            if holder is None:
                self._add(Redirect(origin=path, goal=self._shown[key].address, status=MOVED,
                                   subject=self._shown[key].source), key)
            elif holder != key:
                self._say(self._shown[key].source, "G333", path=path, other=self._shown[holder].source)

    def _carry(self, redirect: Redirect) -> None:
        """One redirect of the source, as lines."""
        lines = lines_of(redirect.origin, redirect.goal) if redirect.pattern else (redirect,)
        if lines is None:
            self._say(redirect.subject, "G330", origin=redirect.origin, goal=redirect.goal)
            return
        for line in lines:
            if line.origin.endswith("*"):
                self._add(replace(redirect, origin=line.origin, goal=self._prefixed(line.goal, line.origin)[0],
                                  pattern=True))
            else:
                self._carry_exact(replace(redirect, origin=line.origin, goal=line.goal, pattern=False))

    def _carry_exact(self, redirect: Redirect) -> None:
        origin = bare(redirect.origin)
        key = self._pages.get(origin)
        if key is not None and self._shown[key].standing != "redirect":
            return                                            # a page answers there, in the source too
        goal = self._end(redirect)
        if goal.problem:
            code = "G332" if goal.problem == "loop" else "G331"
            self._say(redirect.subject, code, origin=origin, goal=redirect.goal)
            if code == "G332":
                return
        if key is None:
            self._add(replace(redirect, origin=origin, goal=goal.address, pattern=False), goal.key)
        else:
            self._found[origin] = replace(redirect, origin=origin, goal=goal.address, pattern=False)

    def _end(self, redirect: Redirect) -> Goal:
        """Follow a redirect to the page, the URL or the dead end that it leads to."""
        seen = {bare(redirect.origin)}
        while True:
            candidates = self._prefixed(redirect.goal, redirect.origin)
            if _is_elsewhere(candidates[0]):
                return Goal(candidates[0])
            found = next((path for path in candidates if bare(path) in self._pages or bare(path) in self._exact), "")
            path, tail = split_tail(found or candidates[0])
            following = self._exact.get(bare(path))
            key = self._pages.get(bare(path))
            if key is not None and (self._shown[key].standing != "redirect" or following is None):
                return Goal(self._shown[key].address + tail, None if tail else key)
            if following is None:
                return self._by_nature(path, tail)
            if bare(path) in seen:
                return Goal("", problem="loop")
            seen.add(bare(path))
            redirect = replace(following, origin=path)

    def _by_nature(self, path: str, tail: str) -> Goal:
        """What answers at an address that nobody gave to a page: lists of terms, pages with parameters (Grav: e.7)."""
        aside = self._aside.get(unquote(bare(path)))
        if aside is not None:
            return Goal(aside + tail)
        plain = without_parameters(path)
        key = self._pages.get(bare(plain)) if plain != path else None
        if key is not None and self._shown[key].standing != "redirect":
            return Goal(self._shown[key].address + tail)
        return Goal(path + tail, problem="gone")

    def _prefixed(self, goal: str, origin: str) -> tuple[str, ...]:
        """The goal's path in the order in which it is to be looked for: with the language of the origin, bare."""
        if _is_elsewhere(goal):
            return (goal,)
        path = "/" + goal.lstrip("/")
        prefix = next((item for item in self._prefixes if item and _below(origin, item)), self._default)
        if not prefix or _below(path, prefix):
            return (path,)
        with_prefix = prefix + (path if path != "/" else "")
        known = any(item and _below(path, item) for item in self._prefixes)
        return (path, with_prefix) if known else (with_prefix, path)

    def _add(self, redirect: Redirect, key: Key | None = None) -> None:
        """Keep a redirect unless the path is taken; remember it as an alias of the page `key`."""
        origin = redirect.origin
        if origin in self._found or bare(redirect.goal) == origin or origin == "/*":
            return
        self._found[origin] = redirect
        if key is not None and not redirect.pattern and self._mapping.addresses.aliases and origin != "/":
            self._aliases.setdefault(key, []).append(origin)

    def _say(self, subject: str, code: str, **fields: Any) -> None:
        self._findings.setdefault(self._by_source.get(subject), []).append(find(code, subject, **fields))

    def _document(self, document: Document) -> Document:
        aliases = self._aliases.get(document.key)
        found = self._findings.get(document.key)
        fields = document.fields
        standing = document.standing
        if standing == "redirect":
            leads = self._found.get(bare(document.url))
            standing = "redirect" if leads else "public"
            fields = self._redirecting(document, leads.goal) if leads else fields
        if not aliases and not found and document.standing != "redirect":
            return document
        return changed(document, redirects_from=tuple(sorted(aliases or ())), fields=fields, standing=standing,
                       findings=(*document.findings, *(found or ())))

    def _redirecting(self, document: Document, goal: str) -> dict[str, object]:
        """The front matter of a page that only leads elsewhere."""
        pages = self._mapping.pages
        extra = FrontMatter()
        for name, value in pages.redirect_fields.items():
            extra.set(name, value)
        extra.set(pages.redirect_key, goal)
        both = merged(document.fields, extra.fields())
        params = both.pop("params", None)
        return {**both, "params": params} if params else both


def bare(path: str) -> str:
    """A path as keys know it: no slash at its end, no query, no fragment."""
    if "?" in path or "#" in path:
        path = split_tail(path)[0]
    return path.rstrip("/") or "/"


def split_tail(path: str) -> tuple[str, str]:
    """Path and what follows it: `/a?x=1#b` → (`/a`, `?x=1#b`)."""
    end = min((place for mark in "?#" if (place := path.find(mark)) >= 0), default=len(path))
    return path[:end], path[end:]


def _with_status(redirect: Redirect) -> Redirect:
    """`/blog[301]` → `/blog` with status 301 (Grav: Grav::redirect)."""
    match = _STATUS.search(redirect.goal)
    return replace(redirect, goal=redirect.goal[:match.start()], status=int(match[1])) if match else redirect


def _is_elsewhere(goal: str) -> bool:
    scheme, colon, _ = goal.partition(":")
    return goal.startswith("//") or (bool(colon) and scheme.isalpha() and not goal.startswith(":"))


def _below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith((prefix + "/", prefix + "?", prefix + "#"))


def _specific(redirect: Redirect) -> tuple[bool, int, str]:
    """Plain paths first, then patterns, the longest first: hosts take the first line that fits."""
    return redirect.pattern, -len(redirect.origin) if redirect.pattern else 0, redirect.origin


__all__ = ["MOVED", "bare", "map_redirects", "split_tail"]

