"""List what lies under pages/, with sizes and times, and open nothing.

Symlinks are followed only to places inside the source, and never in a loop.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from migrate.findings import Finding, find
from migrate.readers.grav.layout import SourceLayout, inside
from migrate.readers.grav.names import readable
from migrate.readers.grav.settled import Settings

MAX_DEPTH = 100
"""Folders nested deeper than this are left out with a finding; a file system's own limit is near."""


class File(NamedTuple):
    """A file in a page folder: size in bytes, `modified` in nanoseconds since 1970."""

    name: str
    size: int
    modified: int


@dataclass(slots=True)
class Folder:
    """A folder under pages/; `path` relative to it with /, "" for pages/ itself."""

    path: str
    files: tuple[File, ...] = ()
    folders: tuple[str, ...] = ()           # paths of the folders in it

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    def inside(self, name: str) -> str:
        """The path under pages/ of something in it."""
        return f"{self.path}/{name}" if self.path else name


@dataclass(slots=True)
class Tree:
    """All folders, parents before children, in the order of their names."""

    pages_root: str
    folders: dict[str, Folder] = field(default_factory=dict)
    disk: dict[str, str] = field(default_factory=dict)   # path → real one, where a name is no UTF-8
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: str) -> str:
        """The absolute path on disk of something under pages/."""
        return self.disk.get(path) or f"{self.pages_root}/{path}"


class _Visit(NamedTuple):
    path: str
    place: str                              # absolute path to list
    linked: bool                            # somewhere below a symlink: further ones are not followed


def scan(layout: SourceLayout, settings: Settings) -> Tree:
    """Walk pages/ by Grav's rules of what is ignored (Grav: Pages::recurse). Never raises for what it finds."""
    walk = _Walk(Tree(layout.pages_root), settings, layout.root)
    waiting = [_Visit("", layout.pages_root, False)]
    while waiting:
        visit = waiting.pop()
        if visit.path.count("/") >= MAX_DEPTH:
            walk.tree.findings.append(find("G131", visit.path, depth=MAX_DEPTH))
            continue
        waiting.extend(reversed(walk.enter(visit)))
    return walk.tree


@dataclass(slots=True)
class _Walk:
    tree: Tree
    settings: Settings
    root: str

    def enter(self, visit: _Visit) -> list[_Visit]:
        """Add one folder to the tree; the visits to the folders in it."""
        files: list[File] = []
        below: list[_Visit] = []
        taken: set[str] = set()
        for entry in self._entries(visit):
            name = _unique(readable(entry.name), taken)
            path = f"{visit.path}/{name}" if visit.path else name
            if name != entry.name or visit.path in self.tree.disk:
                self.tree.disk[path] = entry.path
            self._place(entry, path, visit, files, below)
        self.tree.folders[visit.path] = Folder(visit.path, tuple(files), tuple(item.path for item in below))
        return below

    def _entries(self, visit: _Visit) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(visit.place) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._note("G132", visit.path or ".", reason=error.strerror or str(error))
            return []
        if self.settings.ignore_hidden:
            return [entry for entry in entries if not entry.name.startswith(".")]
        return entries

    def _place(self, entry: os.DirEntry[str], path: str, visit: _Visit,
               files: list[File], below: list[_Visit]) -> None:
        """Put one entry with the files or with the folders to visit, or say why with neither."""
        try:
            linked = entry.is_symlink()
            if linked and not self._may_follow(entry, path, visit):
                return
            if entry.is_dir():
                if not self._ignored(entry.name, path):
                    below.append(_Visit(path, entry.path, visit.linked or linked))
            elif entry.is_file():
                if entry.name not in self.settings.ignore_files:
                    facts = entry.stat()
                    files.append(File(path.rpartition("/")[2], facts.st_size, facts.st_mtime_ns))
            else:
                self._note("G132", path, reason="neither a file nor a folder")
        except OSError as error:
            self._note("G132", path, reason=error.strerror or str(error))

    def _ignored(self, name: str, path: str) -> bool:
        if name in self.settings.ignore_folders:
            return True
        if self.settings.param_separator and self.settings.param_separator in name:
            self._note("G133", path, separator=self.settings.param_separator)
            return True
        return False

    def _may_follow(self, entry: os.DirEntry[str], path: str, visit: _Visit) -> bool:
        """Whether a symlink stays inside the source and makes no loop; a finding where it does not."""
        target = os.path.realpath(entry.path)
        if not inside(target, self.root):
            self._note("G130", path, reason="it leads out of the site")
        elif not Path(target).exists():
            self._note("G130", path, reason="its target does not exist")
        elif Path(target).is_dir() and (visit.linked or inside(os.path.realpath(visit.place), target)):
            self._note("G130", path, reason="it leads in a circle, or through a second link")
        else:
            return True
        return False

    def _note(self, code: str, subject: str, **fields: Any) -> None:
        self.tree.findings.append(find(code, subject, **fields))


def _unique(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "~"
    taken.add(name)
    return name
