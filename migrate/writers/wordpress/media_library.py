"""The media library: one attachment for each distinct file, and a place for what WordPress refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from migrate.findings import Finding, find
from migrate.mappers.wordpress_table import MediaFiles
from migrate.model.document import Document, Key
from migrate.model.reference import Reference
from migrate.model.resource import Resource
from migrate.model.site import Media, Site
from migrate.writers.wordpress.facts import TargetFacts
from migrate.writers.wordpress.remade import made_name
from migrate.writers.wordpress.slugs import sanitize_title, without_accents

PREFIX = "gm-"
"""In front of an attachment's slug, so that `about.png` never takes the address of the page `about`."""

_PICTURES = frozenset({"image", "animated"})
_SIZE = re.compile(r"(?:-\d+x\d+|-scaled|-rotated)+\Z")
_DROPPED = re.compile(r"[?\[\]/\\=<>:;,'\"&$#*()|~`!{}%+’«»”“]")
_FOREIGN = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Which file becomes which attachment."""

    resources: tuple[Resource, ...]
    keys: Mapping[Key, Key]               # file → attachment
    urls: Mapping[Key, str]               # file that WordPress refuses → its address once it is copied there
    refused: Mapping[str, str]            # path below the place that is to be copied → absolute path on the disk
    paths: Mapping[Key, str]              # attachment → the same path, should it be refused after all
    pictures: frozenset[Key]              # files that can be featured images
    renamed: Mapping[Key, str]            # file → its name on the server, where WordPress leaves letters out of it
    shared: Mapping[Key, str]             # file → name of one with the same content, under whose name it is there
    findings: tuple[Finding, ...]


def lay_library(site: Site, digests: Mapping[Key, str], rules: MediaFiles, facts: TargetFacts,
                homes: Mapping[str, Key], remade: frozenset[Key] = frozenset()) -> Library:
    """Lay out all files. `digests`: SHA-256 of each file, none where it cannot be read; `homes`: page folder → the
    document that its files belong to; `remade`: pictures that the source showed under the names of `made_name`."""
    accepted = frozenset(name.lower().lstrip(".") for name in (*rules.accepted, *rules.further))
    groups: dict[str, list[Media]] = {}
    urls: dict[Key, str] = {}
    refused: dict[str, str] = {}
    findings: list[Finding] = []
    for media in sorted(site.media.values(), key=lambda item: item.key):
        if _extension(media) not in accepted:
            path = _path_of(media)
            urls[media.key] = copied_to(path, rules, facts)
            refused[path] = media.path
            findings.append(find("G624", _subject(media), name=media.name, place=rules.place))
        elif media.key not in digests:
            findings.append(find("G625", _subject(media), name=media.name))
        elif media.size == 0:
            findings.append(find("G626", _subject(media), name=media.name))
        else:
            groups.setdefault(digests[media.key], []).append(media)
    names = file_names({digest: made_name(files[0].name) if files[0].key in remade else files[0].name
                        for digest, files in groups.items()})
    resources = tuple(_attachment(digest, files, names[digest], homes if rules.attach else {})
                      for digest, files in groups.items())
    keys = {media.key: Key(f"media:{digest}") for digest, files in groups.items() for media in files}
    pictures = frozenset(media.key for media in site.media.values() if media.key in keys and media.kind in _PICTURES)
    renamed = {media.key: stored_name(media.name) for files in groups.values() for media in files
               if _spelled(stored_name(media.name)) != _spelled(media.name)}
    shared = {media.key: files[0].name for files in groups.values() for media in files
              if _spelled(media.name) != _spelled(files[0].name)}
    paths = {Key(f"media:{digest}"): _path_of(files[0]) for digest, files in groups.items()}
    return Library(resources=resources, keys=keys, urls=urls, refused=refused, paths=paths, pictures=pictures,
                   renamed=renamed, shared=shared, findings=tuple(findings))


def copied_to(path: str, rules: MediaFiles, facts: TargetFacts) -> str:
    """The address of a file that the user copies to the server."""
    return f"{facts.url}/{rules.place}/{quote(path)}"


def homes_of(site: Site, written: Iterable[Document]) -> dict[str, Key]:
    """Page folder → the document that its files belong to: the first language that has one; a module's files belong
    to the page that shows it."""
    ranks = {language.code: rank for rank, language in enumerate(site.languages)}
    homes: dict[str, Key] = {}
    folders = {document.key: document.folder for document in site.documents}
    for document in sorted(written, key=lambda page: (ranks.get(page.language, 99), page.key)):
        homes.setdefault(document.folder, document.key)
        for module in document.modules:
            if module in folders:
                homes.setdefault(folders[module], document.key)
    return homes


def stored_name(name: str) -> str:
    """What WordPress makes of a file's name (WordPress: sanitize_file_name), as far as letters are concerned."""
    plain = _DROPPED.sub("", without_accents(name).replace("+", "-").replace("%20", "-"))
    return re.sub(r"[\s-]+", "-", plain).strip(".-_")


def _spelled(name: str) -> str:
    """A name in which blanks, hyphens and capitals do not count."""
    return re.sub(r"\W+", "-", name.casefold()).strip("-")


def file_names(names: Mapping[str, str]) -> dict[str, str]:
    """Digest → name of the file on the server.

    WordPress keeps all files of a month in one folder and puts numbers behind names that are there already, as they
    come; here names that several files share have the first digits of their digest in front, the same on every run.
    A size at the end (`a-300x200.jpg`) is dropped: such names are kept for the sizes that WordPress makes itself.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for digest, name in names.items():
        stem, dot, extension = name.rpartition(".")
        name = f"{_SIZE.sub('', stem) or stem}{dot}{extension}"
        # Pictures that differ in their extension alone count as one name for WordPress.
        known = _FOREIGN.sub("-", sanitize_title(name.rpartition(".")[0])) or "file"
        if known in taken:
            name, known = f"{digest[:8]}-{name}", f"{digest[:8]}-{known}"
        taken.add(known)
        found[digest] = name
    return found


def _attachment(digest: str, files: list[Media], name: str, homes: Mapping[str, Key]) -> Resource:
    first = files[0]
    slug = PREFIX + digest[:32]
    owner = next((homes[media.folder] for media in files if media.folder in homes), None)
    fields = {
        "file": first.path,
        "filename": name,
        "slug": slug,
        "title": next((media.title for media in files if media.title), "") or first.name.rpartition(".")[0],
        "alt_text": next((media.alt for media in files if media.alt), ""),
        "caption": "",
        "description": "",
        "post": Reference(owner) if owner else None,
        "mime": "",
    }
    return Resource(key=Key(f"media:{digest}"), kind="media", natural_key=f"media:{slug}", fields=fields, digest="",
                    source=_subject(first))


def _extension(media: Media) -> str:
    return media.name.rpartition(".")[2].lower() if "." in media.name else ""


def _path_of(media: Media) -> str:
    """Where a file lies below the place that is to be copied: `02.news/x/logo.svg`."""
    inside = media.key.removeprefix("media:").replace("user:", "user/")
    parts = [part for part in inside.split("/") if part not in ("", ".", "..")]
    return "/".join(parts)


def _subject(media: Media) -> str:
    return media.key.removeprefix("media:")
