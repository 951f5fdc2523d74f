"""The media of a page folder, in Grav's order; and what lies beside a page without being media."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from migrate.findings import Finding, find
from migrate.model.document import Key
from migrate.model.site import Media
from migrate.readers.grav.ordering import natural_order
from migrate.readers.grav.scan import File, Folder
from migrate.readers.grav.values import as_list, as_map, as_text, texts

_DENSITY = re.compile(r"(.*)@(\d+)x\.(.*)$")
_UNSEEN = frozenset({"frontmatter.yaml", "media.json"})
_BESIDE_NOTHING = ("md", "yaml")


class NameParts(NamedTuple):
    """A media file's name as Grav reads it. `role`: base, alternative (`x@2x.png`), meta or thumb."""

    name: str                     # of the medium that it belongs to: x.png
    extension: str                # lower case, "" without one
    role: str
    density: int = 1


@dataclass(slots=True)
class FolderMedia:
    """What one folder holds: media by the name under which Grav knows them, and findings."""

    media: dict[str, Media]
    findings: list[Finding]


def name_parts(file_name: str) -> NameParts:
    """Take a file name apart (Grav: AbstractMedia::getFileParts)."""
    if match := _DENSITY.match(file_name):
        density = int(match[2][:4])
        role = "base" if density == 1 else "alternative"
        return NameParts(f"{match[1]}.{match[3]}", match[3].lower(), role, density)
    first, *rest = file_name.split(".")
    kept: list[str] = []
    for part in rest:
        if part in ("meta", "thumb"):
            return NameParts(".".join([first, *kept]), kept[-1].lower() if kept else "", part)
        kept.append(part)
    return NameParts(file_name, kept[-1].lower() if kept else "", "base")


def read_media(folder: Folder, place_of: Callable[[str], str], types: Mapping[str, str],
               metas: Mapping[str, Any]) -> FolderMedia:
    """The media of one folder (e.13, e.14, l.1).

    `place_of`: path under pages/ → path on disk; `types`: extension → kind; `metas`: path of a `NAME.meta.yaml` →
    its values.
    """
    result = FolderMedia({}, [])
    variants: dict[str, list[_Variant]] = {}
    for file in folder.files:
        parts = name_parts(file.name)
        if file.name in _UNSEEN or file.name.startswith(".") or parts.extension in _BESIDE_NOTHING:
            continue
        kind = types.get(parts.extension)
        if kind is None and parts.role != "meta":
            result.findings.append(find("G160", folder.inside(file.name), name=file.name))
        elif kind is None or parts.role == "meta":
            continue
        elif parts.role == "base":
            result.media[parts.name] = _medium(folder, place_of, file, kind, parts.name)
        else:
            variants.setdefault(parts.name, []).append(_Variant(parts.density, file, kind))
    for name, found in variants.items():
        _attach(result, folder, place_of, name, found)
    _describe(result, folder, metas)
    return result


class _Variant(NamedTuple):
    density: int                  # 1 for a thumb
    file: File
    kind: str


def _medium(folder: Folder, place_of: Callable[[str], str], file: File, kind: str, name: str) -> Media:
    return Media(key=Key(f"media:{folder.inside(name)}"), path=place_of(folder.inside(file.name)),
                 folder=folder.path, name=name, kind=kind, size=file.size, modified=file.modified)


def _attach(result: FolderMedia, folder: Folder, place_of: Callable[[str], str], name: str,
            variants: list[_Variant]) -> None:
    """Join `x@2x.png` and `x.png.thumb.png` to `x.png`; where there is no such file, the densest is it."""
    variants.sort()
    if name not in result.media and variants[-1].density > 1:
        densest = variants.pop()
        result.media[name] = _medium(folder, place_of, densest.file, densest.kind, name)
        result.findings.append(find("G161", folder.inside(densest.file.name), name=name))
    base = result.media.get(name)
    if base is None:
        return
    extras = [replace(_medium(folder, place_of, item.file, item.kind, item.file.name), variant_of=base.key)
              for item in variants]
    result.media |= {extra.name: extra for extra in extras}
    result.media[name] = replace(base, variants=tuple(extra.key for extra in extras))


def _describe(result: FolderMedia, folder: Folder, metas: Mapping[str, Any]) -> None:
    """Alternative text and title from `NAME.meta.yaml` (e.13)."""
    for name, media in result.media.items():
        meta = as_map(metas.get(folder.inside(f"{name}.meta.yaml")))
        if meta:
            alt = as_text(meta.get("alt") or meta.get("alt_text")) or ""
            result.media[name] = replace(media, alt=alt, title=as_text(meta.get("title")) or "")


def media_in_order(media: Iterable[Media], order: Any) -> tuple[Key, ...]:
    """Keys of a folder's own media: those that the header's `media_order` names, then by natural order (l.1).

    Grav leaves the rest in the disk's order and cannot read a list; here both are what the author meant.
    """
    keys = {item.name: item.key for item in media if item.variant_of is None}
    if len(keys) < 2:
        return tuple(keys.values())
    named = order.split(",") if isinstance(order, str) else texts(as_list(order))
    first = [name.strip() for name in named if name.strip() in keys]
    return tuple(keys[name] for name in dict.fromkeys([*first, *natural_order(keys)]))
