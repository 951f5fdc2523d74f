"""Walk a Grav site and hand its texts to the pure modules: the only one of them that opens page files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from migrate.errors import ConfigError
from migrate.findings import Finding, find
from migrate.model.document import EMPTY, Document, Key
from migrate.model.site import Media, Site
from migrate.readers.grav.assemble import Material, assemble
from migrate.readers.grav.header import body_of, parse_yaml
from migrate.readers.grav.languages import believed_languages, infer_languages
from migrate.readers.grav.layout import SourceLayout, fingerprint, inside, locate
from migrate.readers.grav.names import page_name
from migrate.readers.grav.page import Draft, PageFile, Reading, read_draft
from migrate.readers.grav.scan import Tree, scan
from migrate.readers.grav.settings import Settings, read_settings, setting
from migrate.readers.grav.streams import stream_paths

__all__ = ["ReadOptions", "SourceLayout", "date_reader", "fingerprint", "locate", "read_body", "read_chunk",
           "read_site"]

Mapper = Callable[[Callable[["Chunk"], "ChunkFacts"], list["Chunk"]], Iterable["ChunkFacts"]]
"""`map`, or a pool's `map`: applies a picklable function to picklable chunks and keeps their order."""

CHUNK = 200
"""Page files that a worker reads in one go."""

MAX_FILE = 64 * 1024 * 1024
"""Bytes. A page file larger than this is not read: no page that anybody wrote is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user asked for. `only`, `limit`, `languages` fill `Site.selected`; the index is always whole."""

    timezone: str | None = None        # used where system.timezone is silent
    environment: str | None = None     # whose overrides apply; None: the only one there is, "": none
    only: tuple[str, ...] = ()         # shell patterns on a page's path, folder, route or address
    limit: int | None = None
    languages: tuple[str, ...] = ()
    now: datetime | None = None        # aware; None: the clock
    plugins: Mapping[str, bool] = field(default_factory=lambda: EMPTY)   # plug-in → on, whatever is configured
    believed: tuple[str, ...] | None = None    # the site's languages, default first; None: configured or inferred
    date_formats: tuple[str, ...] = ()         # in PHP's letters, tried before the site's own
    shortcodes: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """Shortcodes that the reader need not know → the plug-in that registers each, "" for whichever."""


class Chunk(NamedTuple):
    """Some files for one worker: pages, and `.meta.yaml` files as (path under pages/, path on disk)."""

    pages: tuple[PageFile, ...]
    metas: tuple[tuple[str, str], ...]
    reading: Reading


class ChunkFacts(NamedTuple):
    """What a worker read."""

    drafts: list[Draft]
    metas: list[tuple[str, Any]]
    findings: list[Finding]


def read_site(layout: SourceLayout, options: ReadOptions, *, mapper: Mapper = map) -> Site:
    """Read everything but the bodies. Raises ConfigError for a time zone that does not exist."""
    settings = _settings(layout, options)
    tree = scan(layout, settings)
    settings, inferred = _languages(settings, tree, options)
    reading = _reading(settings, options)
    facts = list(mapper(read_chunk, chunks_of(tree, reading)))
    drafts = {draft.source: draft for item in facts for draft in item.drafts}
    streams = _find_streams(layout, settings, drafts.values())
    material = Material(
        tree=tree, settings=settings, drafts=drafts, metas=dict(pair for item in facts for pair in item.metas),
        plugins=options.plugins, shortcodes=options.shortcodes, timezone=_timezone(settings, options),
        timezone_known=bool(settings.timezone or options.timezone), now=reading.now,
        findings=(*inferred, *(finding for item in facts for finding in item.findings)))
    site = assemble(material, layout.root, streams)
    return replace(site, place=layout.place, selected=selected_documents(site.documents, options),
                   findings=(*site.findings, *unmatched(site.documents, options)))


def date_reader(layout: SourceLayout, options: ReadOptions) -> Callable[[Any, Mapping[str, Any]], datetime | None]:
    """Reads a value of a header as the site reads its dates; None where it cannot."""
    reading = _reading(_settings(layout, options), options)
    return lambda value, header: reading.read_date(value, header, "").moment


def _settings(layout: SourceLayout, options: ReadOptions) -> Settings:
    return read_settings(Path(layout.user) if layout.user else None,
                         shared=Path(layout.shared) if layout.shared else None,
                         environment=options.environment)


def _languages(settings: Settings, tree: Tree, options: ReadOptions) -> tuple[Settings, tuple[Finding, ...]]:
    if options.believed is not None:
        return believed_languages(settings, options.believed), ()
    return infer_languages(settings, tree.folders.values())


def _reading(settings: Settings, options: ReadOptions) -> Reading:
    zone = _zone(_timezone(settings, options))
    return Reading(settings=settings, zone=zone, now=options.now or datetime.now(tz=zone), formats=options.date_formats)


def _timezone(settings: Settings, options: ReadOptions) -> str:
    if options.timezone:
        _zone(options.timezone)     # a wrong one is a mistake also where the site names its own
    return settings.timezone or options.timezone or "UTC"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:      # ZoneInfoNotFoundError is a KeyError
        raise ConfigError(f"There is no time zone “{name}”. Name one such as Europe/Berlin.") from error


def chunks_of(tree: Tree, reading: Reading) -> list[Chunk]:
    """The files to open, in pieces for workers."""
    pages: list[PageFile] = []
    metas: list[tuple[str, str]] = []
    for path, folder in tree.folders.items():
        if not path:
            continue
        names = {file.name for file in folder.files}
        defaults = tree.place(folder.inside("frontmatter.yaml")) if "frontmatter.yaml" in names else ""
        for name in sorted(names):
            if page_name(name):
                source = folder.inside(name)
                pages.append(PageFile(source, tree.place(source), defaults))
            elif name.endswith(".meta.yaml"):
                metas.append((folder.inside(name), tree.place(folder.inside(name))))
    chunks = [Chunk(tuple(pages[at:at + CHUNK]), (), reading) for at in range(0, len(pages), CHUNK)]
    return chunks + [Chunk((), tuple(metas[at:at + CHUNK]), reading) for at in range(0, len(metas), CHUNK)]


def read_chunk(chunk: Chunk) -> ChunkFacts:
    """Read the headers of some page files. What cannot be read is a finding."""
    facts = ChunkFacts([], [], [])
    for page in chunk.pages:
        raw = _read(page.place, page.source, facts.findings)
        if raw is not None:
            defaults = _read(page.defaults, page.source, facts.findings) if page.defaults else None
            facts.drafts.append(read_draft(raw, defaults, page.source, chunk.reading))
    for path, place in chunk.metas:
        raw = _read(place, path, facts.findings)
        if raw is not None:
            facts.metas.append((path, parse_yaml(raw.decode("utf-8", "replace")).value))
    return facts


def _read(place: str, subject: str, findings: list[Finding]) -> bytes | None:
    try:
        # Neither follows a pipe that took the file's place, nor waits for one.
        with os.fdopen(os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            facts = os.fstat(file.fileno())
            if not S_ISREG(facts.st_mode):
                findings.append(find("G132", subject, reason="it is no file"))
                return None
            if facts.st_size > MAX_FILE:
                findings.append(find("G132", subject, reason=f"larger than {MAX_FILE >> 20} MB"))
                return None
            return file.read()
    except OSError as error:
        findings.append(find("G132", subject, reason=error.strerror or str(error)))
        return None


def _find_streams(layout: SourceLayout, settings: Settings, drafts: Iterable[Draft]) -> dict[Key, Media]:
    """Files under user/ but outside pages/ that pages name: `image://x.png`, `/user/images/x.png`."""
    theme = str(setting(settings.system, "pages.theme", "") or "")
    found: dict[Key, Media] = {}
    for named in sorted({name for draft in drafts for name in draft.streams}):
        for path in stream_paths(named, theme, layout.place):
            if not path.startswith("pages/") and (media := stream(layout, settings, path)):
                found[media.key] = media
                break
    return found


def stream(layout: SourceLayout, settings: Settings, path: str) -> Media | None:
    """The file at `path` under user/, None where there is none or it lies outside the site."""
    if layout.user is None:
        return None
    kind = settings.media_types.get(path.rpartition(".")[2].lower())
    place = os.path.realpath(f"{layout.user}/{path}")
    if kind is None or not inside(place, layout.root):
        return None
    try:
        facts = Path(place).stat()
    except OSError:
        return None
    if not S_ISREG(facts.st_mode):
        return None
    return Media(key=Key(f"media:user:{path}"), path=place, folder="", name=path.rpartition("/")[2], kind=kind,
                 size=facts.st_size, modified=facts.st_mtime_ns)


def selected_documents(documents: Iterable[Document], options: ReadOptions) -> frozenset[Key] | None:
    """The keys that `only`, `languages` and `limit` leave, None where all are asked for.

    A page chosen brings its modules with it. `limit` counts pages, not modules.
    """
    if not options.only and not options.languages and options.limit is None:
        return None
    chosen = [document for document in documents if not document.modular
              and (not options.languages or document.language in options.languages)
              and (not options.only or _matches(document, options.only))][:options.limit]
    return frozenset(key for document in chosen for key in (document.key, *document.modules))


def unmatched(documents: Iterable[Document], options: ReadOptions) -> Iterator[Finding]:
    """About what was asked for and is not there: patterns, languages."""
    pages = [document for document in documents if not document.modular]
    there = {page.language for page in pages}
    for code in dict.fromkeys(options.languages):
        if code not in there:
            yield find("G156", f"--lang {code}", known=", ".join(sorted(filter(None, there))) or "one without a name")
    for pattern in dict.fromkeys(options.only):
        if not any(_matches(page, (pattern,)) for page in pages):
            yield find("G157", f"--only {pattern}")


def _matches(document: Document, patterns: tuple[str, ...]) -> bool:
    names = (document.source, document.folder, document.route, document.url)
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def read_body(site: Site, document: Document) -> str:
    """The Markdown of one page or module, read again from its file; "" where it has gone or cannot be read."""
    place = site.odd_paths.get(document.source) or f"{site.pages_root}/{document.source}"
    if not inside(os.path.realpath(place), site.root):
        return ""
    raw = _read(place, document.source, [])
    return body_of(raw) if raw is not None else ""
