"""One page file → what it says about itself, before routes: a Draft."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from migrate.findings import Finding
from migrate.model.document import Dates, Dialect, Summary, Term
from migrate.readers.grav.dates import DateResult, parse_date
from migrate.readers.grav.header import parse_yaml, read_page_text
from migrate.readers.grav.misread import in_force, misread_end
from migrate.readers.grav.notes import Notes
from migrate.readers.grav.plugins import CORE, plugins_used
from migrate.readers.grav.settled import MarkdownSettings, Settings, markdown_engine
from migrate.readers.grav.streams import streams_named
from migrate.readers.grav.values import as_bool, as_list, as_map, as_text, merged, texts

_NO_DATES = Dates()


class PageFile(NamedTuple):
    """A page file to read: its path under pages/, and where it and its folder's frontmatter.yaml lie on disk."""

    source: str
    place: str
    defaults: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page is read against; picklable."""

    settings: Settings
    zone: tzinfo
    now: datetime
    formats: tuple[str, ...] = ()          # of dates, in PHP's letters: tried before the site's and the page's own

    def read_date(self, value: Any, header: Mapping[str, Any], key: str) -> DateResult:
        """Read a value of this header as a date."""
        form = as_text(header.get("dateformat")) or self.settings.date_format
        return parse_date(value, formats=(*self.formats, form), zone=self.zone, now=self.now, field=key)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A page file as it describes itself. None stands for "the header does not say"."""

    source: str
    header: Mapping[str, Any]
    body_line: int = 1
    title: str = ""
    menu: str = ""
    slug: str = ""
    template: str = ""
    published: bool = True
    unpublished_by_header: bool = False
    visible: bool | None = None
    routable: bool | None = None
    dates: Dates = _NO_DATES
    terms: tuple[Term, ...] = ()
    authors: tuple[str, ...] = ()
    metadata: Mapping[str, str]
    summary: Summary
    dialect: Dialect
    redirect: str | None = None
    external_url: str | None = None
    url_extension: str | None = None
    default_route: str = ""
    canonical_route: str = ""
    alias_routes: tuple[str, ...] = ()
    digest: str = ""                       # of the file's bytes
    plugins: frozenset[str] = frozenset()  # whose syntax the body uses
    streams: frozenset[str] = frozenset()  # files outside the page folders that it names
    injected: frozenset[str] = frozenset() # routes of pages that it puts into itself
    findings: tuple[Finding, ...] = ()


def read_draft(raw: bytes, defaults: bytes | None, source: str, reading: Reading) -> Draft:
    """Read one page file; `defaults` is its folder's frontmatter.yaml, merged under the header (0.9)."""
    text = read_page_text(raw)
    notes = Notes(source, text.key_lines)
    notes.take(text.problems)
    header = text.header
    if defaults is not None:
        header = merged(_defaults(defaults, notes), header)
    draft = _describe(source, header, notes, reading)
    draft.body_line = text.body_line
    draft.digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
    draft.plugins = plugins_used(text.body)
    draft.streams = streams_named(raw)
    draft.injected = _injected(text.body)
    draft.findings = notes.findings
    return draft


_INJECTED = re.compile(r"-inject\]\(([^)?\s]+)|-inject[^\]\n]* path=\"?([^\"\s?]+)")


def _injected(body: str) -> frozenset[str]:
    """Routes that the page-inject plug-in is asked for (j.8)."""
    if "-inject" not in body:
        return frozenset()
    return frozenset((match[1] or match[2]).rstrip("/") for match in _INJECTED.finditer(body))


def _defaults(raw: bytes, notes: Notes) -> Mapping[str, Any]:
    yaml = parse_yaml(raw.decode("utf-8", "replace"))
    notes.take(yaml.problems)
    return as_map(yaml.value)


def _describe(source: str, header: Mapping[str, Any], notes: Notes, reading: Reading) -> Draft:
    """Every field that the header decides, wrong types coerced with a finding (0.7)."""
    settings = reading.settings
    dates = _dates(header, notes, reading)
    title = notes.text(header, "title").strip()
    _note_dangers(header, notes, settings)
    return Draft(
        source=source,
        header=header,
        title="" if title == "0" else title,
        menu=notes.text(header, "menu").strip(),
        slug=_slug(header, notes),
        template=notes.text(header, "template"),
        published=_published(header, dates, notes, reading),
        unpublished_by_header=header.get("published") is not None and not as_bool(header["published"]),
        visible=notes.flag(header, "visible"),
        routable=notes.flag(header, "routable"),
        dates=dates,
        terms=_terms(header.get("taxonomy"), notes),
        authors=_authors(header, settings),
        metadata=_metadata(header, notes),
        summary=_summary(header, settings.summary),
        dialect=_dialect(header, settings, notes),
        redirect=notes.text(header, "redirect").strip() or None,
        external_url=notes.text(header, "external_url").strip() or None,
        url_extension=as_text(header.get("append_url_extension")),
        **_routes(header, notes),
    )


def _slug(header: Mapping[str, Any], notes: Notes) -> str:
    """The header's slug as it stands (b.2); one that would climb out of its place counts for nothing."""
    slug = notes.text(header, "slug")
    if _unsafe(slug):
        notes.add("G144", "slug", value=slug)
        return ""
    return slug


def _unsafe(route: str) -> bool:
    return ".." in route.split("/") or "\\" in route or any(ord(letter) < 32 for letter in route)


def _routes(header: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Header `routes`: default, canonical, aliases (b.4). A single alias that is no list is one alias."""
    routes = header.get("routes")
    if routes is None:
        return {}
    if not isinstance(routes, Mapping):
        notes.wrong("routes", "a map")
        return {}
    aliases = routes.get("aliases")
    if aliases is not None and not isinstance(aliases, list | Mapping):
        notes.wrong("routes", "a list of aliases")
    return {"default_route": _route(routes.get("default"), notes),
            "canonical_route": _route(routes.get("canonical"), notes),
            "alias_routes": tuple(filter(None, (_route(item, notes) for item in as_list(aliases))))}


def _route(value: Any, notes: Notes) -> str:
    text = as_text(value) or ""
    if _unsafe(text):
        notes.add("G144", "routes", value=text)
        return ""
    return "/" + text.strip("/") if text.strip("/") else ""


def _dates(header: Mapping[str, Any], notes: Notes, reading: Reading) -> Dates:
    """`date`, `publish_date`, `unpublish_date` and `modified`; None where the header names none (a.1)."""
    read: dict[str, datetime | None] = {}
    for key in ("date", "publish_date", "unpublish_date", "modified"):
        if header.get(key) is None:
            read[key] = None
            continue
        result = reading.read_date(header[key], header, key)
        notes.take(result.problems, key)
        read[key] = result.moment
    if not any(read.values()):
        return _NO_DATES
    return Dates(created=read["date"], published=read["publish_date"], expires=read["unpublish_date"],
                 modified=read["modified"])


def _published(header: Mapping[str, Any], dates: Dates, notes: Notes, reading: Reading) -> bool:
    """As Grav decides now: the header's word switches the dates off (f.1, f.2)."""
    said = notes.flag(header, "published")
    if said is not None:
        return said
    if not reading.settings.publish_dates:
        return True
    if key := misread_end(header, reading.now, lambda value, key: reading.read_date(value, header, key)):
        notes.add("G127", key, name=key, value=header[key])
    return in_force({"unpublish_date": dates.expires, "publish_date": dates.published}, reading.now)


def _terms(taxonomy: Any, notes: Notes) -> tuple[Term, ...]:
    """Each value of each type once; never split, never trimmed (k.1). Nested lists are flattened (k.2)."""
    if taxonomy is None:
        return ()
    if not isinstance(taxonomy, Mapping):
        notes.add("G142", "taxonomy", value=taxonomy)
        return ()
    terms: dict[Term, None] = {}
    for kind, values in taxonomy.items():
        if isinstance(values, dict) or (isinstance(values, list) and any(isinstance(item, dict | list)
                                                                         for item in values)):
            notes.add("G143", "taxonomy", kind=kind)
        for name in texts(values):
            if name.strip():
                terms[Term(str(kind), name)] = None
            else:
                notes.add("G154", "taxonomy", kind=kind)
        for value in as_list(values):
            notes.number(value, str(kind), "taxonomy")
    return tuple(terms)


def _authors(header: Mapping[str, Any], settings: Settings) -> tuple[str, ...]:
    """Names from `author` (text, list or map), else `taxonomy.author`, else `metadata.author`; logins are resolved."""
    logins = {author.login: author.name for author in settings.authors if author.name}
    for place in (header.get("author"), header.get("authors"), as_map(header.get("taxonomy")).get("author"),
                  as_map(header.get("metadata")).get("author")):
        names = [name.strip() for item in _people(place) for name in _names(item) if name.strip()]
        if names:
            return tuple(dict.fromkeys(logins.get(name, name) for name in names))
    return ()


def _people(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(person: Any) -> tuple[str, ...]:
    if isinstance(person, Mapping):
        name = as_text(person.get("name") or person.get("fullname") or person.get("login"))
        return (name,) if name else ()
    return texts(person)


def _metadata(header: Mapping[str, Any], notes: Notes) -> Mapping[str, str]:
    """The page's own metadata, flat: keys in lower case, `twitter: {card: x}` as `twitter:card` (h.9)."""
    metadata = header.get("metadata")
    if metadata is None:
        return {}
    if not isinstance(metadata, Mapping):
        notes.wrong("metadata", "a map")
        return {}
    return dict(_flat("", metadata))


def _flat(prefix: str, value: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, item in value.items():
        name = f"{prefix}{str(key).lower()}"
        if isinstance(item, Mapping):
            pairs += _flat(f"{name}:", item)
        elif text := ", ".join(texts(item)):
            pairs.append((name, text))
    return pairs


def _summary(header: Mapping[str, Any], site: Summary) -> Summary:
    """Site settings under the header's `summary`; a delimiter in the header is ignored (c.1, c.2)."""
    own = header.get("summary")
    if not isinstance(own, Mapping):
        return site
    size = as_text(own.get("size", site.size)) or ""
    return replace(site, enabled=as_bool(own.get("enabled", site.enabled)),
                   format=as_text(own.get("format", site.format)) or "",
                   size=int(size) if re.fullmatch(r"\d{1,9}", size) else 300)


def _dialect(header: Mapping[str, Any], settings: Settings, notes: Notes) -> Dialect:
    """The page's Markdown switches: settings, then header `markdown`, `process`, `twig_first` (d.2, n.1)."""
    site = _site_dialect(settings.markdown)
    own, process = as_map(header.get("markdown")), as_map(header.get("process"))
    changes: dict[str, Any] = {key: as_bool(own[key]) for key in _SWITCHES if own.get(key) is not None}
    if process.get("twig") is not None:
        changes["twig"] = as_bool(process["twig"])
    if process:
        changes["markdown"] = _makes_markdown(process, settings.markdown, notes)
    changes |= {key: as_bool(header[key]) for key in ("twig_first", "never_cache_twig") if header.get(key) is not None}
    if isinstance(own.get("valid_link_attributes"), list):
        changes["link_attributes"] = frozenset(texts(own["valid_link_attributes"]))
    if settings.summary.delimiter != site.divider:
        changes["divider"] = settings.summary.delimiter
    return replace(site, **changes) if changes else site


def _makes_markdown(process: Mapping[str, Any], site: MarkdownSettings, notes: Notes) -> bool:
    """Whether anything makes Markdown of the body: Grav itself, or a plug-in that `process` names in its stead."""
    switch = process.get("markdown")
    own = site.markdown and not site.engine if switch is None else as_bool(switch)
    engine = "" if own else markdown_engine({site.engine: True, **process})
    if engine and engine != site.engine:
        notes.add("G129", "process", engine=engine)
    return own or bool(engine)


_SWITCHES = ("extra", "auto_line_breaks", "auto_url_links", "escape_markup")


@lru_cache(maxsize=64)
def _site_dialect(settings: MarkdownSettings) -> Dialect:
    return Dialect(markdown=settings.markdown, twig=settings.twig, twig_first=settings.twig_first,
                   never_cache_twig=settings.never_cache_twig,
                   extra=settings.extra, auto_line_breaks=settings.auto_line_breaks,
                   auto_url_links=settings.auto_url_links, escape_markup=settings.escape_markup,
                   special_chars=settings.special_chars, link_attributes=settings.link_attributes)


def _note_dangers(header: Mapping[str, Any], notes: Notes, settings: Settings) -> None:
    """What Grav does with a page that no other system will do by itself."""
    if as_map(header.get(CORE)).get("enabled") is False and settings.plugin_on(CORE):
        notes.add("G155", CORE)
    if header.get("access"):
        notes.add("G153", "access")
    if settings.frontmatter_twig and any("{{" in text or "{%" in text for text in texts(header)):
        notes.add("G145")

