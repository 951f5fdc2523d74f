"""Small sites written as real Hugo projects, built by a real Hugo, and read back."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from migrate.mappers import map_site
from migrate.mappers.tables import Mapping as MappingFile
from migrate.model.document import Document, Key
from migrate.model.resource import Resource
from migrate.model.site import Media, Site
from migrate.writers.hugo.project import Project
from migrate.writers.hugo.render import lay_out, render_page, render_site
from migrate.writers.hugo.starter import starter_files
from migrate.writers.hugo.store import FolderStore
from tests.mappers.sites import HUGO


@dataclass(frozen=True, slots=True)
class Built:
    """A project that was built: `public` holds what a visitor gets."""

    folder: Path
    project: Project
    output: str

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def page(self, address: str) -> str:
        """The HTML that answers at an address."""
        path = self.public / address.strip("/")
        return (path / "index.html" if path.suffix != ".html" else path).read_text(encoding="utf-8")

    def files(self) -> set[str]:
        """Every published file, as a path from the site's root."""
        return {"/" + file.relative_to(self.public).as_posix() for file in self.public.rglob("*") if file.is_file()}

    def main(self, address: str) -> str:
        """What stands in <main>."""
        found = re.search(r"<main[^>]*>(.*)</main>", self.page(address), re.DOTALL)
        assert found is not None
        return found[1]


def picture(width: int = 60, height: int = 40, shade: int = 90) -> bytes:
    """A PNG with a gradient."""
    rows = b"".join(
        b"\0" + bytes(channel for x in range(width) for channel in (shade, x * 255 // width, y * 255 // height))
        for y in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


KINDS = {"png": "image", "jpg": "image", "svg": "vector", "gif": "animated", "mp4": "video", "mp3": "audio"}


def files_of(source: Path, files: Mapping[str, bytes]) -> dict[Key, Media]:
    """Real files under `source`, as media: `01.news/a.png`; a name under `user:` is a file of a stream."""
    media = {}
    for name, content in files.items():
        path = source / name.replace("user:", "").replace("#", "%23")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        folder, _, base = name.rpartition("/")
        status = path.stat()
        key = Key(f"media:{name}")
        media[key] = Media(
            key=key,
            path=str(path),
            folder="" if name.startswith("user:") else folder,
            name=base,
            kind=KINDS.get(base.rpartition(".")[2].lower(), "file"),
            size=status.st_size,
            modified=status.st_mtime_ns,
        )
    return media


def resources_of(project: Project, texts: Mapping[str, str]) -> list[Resource]:
    """Everything that a run would write; `texts`: folder, or folder@language → Markdown."""
    resources = []
    for document in project.site.documents:
        text = texts.get(f"{document.folder}@{document.language}", texts.get(document.folder, "Text."))
        resources += render_page(document, text, project)
    return [*resources, *render_site(project, starter_files(theme=bool(project.mapping.output.theme)))]


def write(site: Site, texts: Mapping[str, str], folder: Path, mapping: MappingFile = HUGO) -> Project:
    """Map the site, lay the project out and write it."""
    project = lay_out(map_site(site, mapping), mapping)
    store = FolderStore(folder)
    for resource in store.settle(resources_of(project, texts), {}):
        store.create(resource)
    store.close()
    return project


def build(
    hugo: str, site: Site, texts: Mapping[str, str], folder: Path, mapping: MappingFile = HUGO, *arguments: str
) -> Built:
    """Write and build; a warning of Hugo's is a failure."""
    project = write(site, texts, folder, mapping)
    return Built(folder, project, run_hugo(hugo, folder, "--panicOnWarning", "--printPathWarnings", *arguments))


def run_hugo(hugo: str, folder: Path, *arguments: str) -> str:
    """What Hugo printed; fails when it does."""
    run = subprocess.run([hugo, "--source", str(folder), *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, (run.stdout + run.stderr)[:3000]
    return run.stdout


def with_media(site: Site, media: Mapping[Key, Media]) -> Site:
    """The site with files; every page knows those of its folder."""

    def own(document: Document) -> tuple[Key, ...]:
        return tuple(key for key, item in media.items() if item.folder == document.folder)

    return replace(site, media=media, documents=tuple(replace(page, media=own(page)) for page in site.documents))


def as_json(text: str) -> object:
    """What a layout printed with jsonify."""
    return json.loads(text)
