"""The Hugo project as a Store: a folder whose files are made whole or not at all, and never outside it.

A file is written under another name in `.grav-migrate/parts` and renamed into place, so that whoever reads
(Hugo's server, the next run) sees the old file or the new one. Copies keep the time of their source: the pair
of size and time then tells, without reading, that neither side has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.plan import Entry, Observed
from migrate.model.resource import Resource

PARTS = ".grav-migrate/parts"
NO_FILE = "not a regular file"
"""The digest of a folder, a link or a device that stands where a file should: equal to no file's digest."""

BLOCK = 1 << 20


class FolderStore:
    """A Store over one folder, which is made when something is written to it."""

    def __init__(self, root: str | Path) -> None:
        self.root = os.path.realpath(root)
        self._real: dict[str, str | None] = {"": self.root}
        self._made: dict[str, str] = {}
        self._parts = ""

    # ------------------------------------------------------------------ looking

    def settle(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> tuple[Resource, ...]:
        """Fill in the digests of copies; a source as large and as old as its copy is not read again."""
        return tuple(self._settled(resource, entries.get(resource.key)) for resource in resources)

    def observe(self, resources: Sequence[Resource], entries: Mapping[Key, Entry]) -> dict[Key, Observed]:
        """What stands where the entries say, or, without an entry, under the natural key."""
        found = {key: self._observed(_place(entry), entry) for key, entry in entries.items()}
        for resource in resources:
            if resource.key not in found:
                found[resource.key] = self._observed(resource.natural_key, None)
        return {key: seen for key, seen in found.items() if seen is not None}

    def occupied(self, natural_keys: Sequence[str]) -> frozenset[str]:
        """Those names under which something stands, even a dangling link."""
        return frozenset(name for name in natural_keys if self._lstat(name) is not None)

    def read(self, natural_key: str) -> bytes | None:
        """The file's bytes, or None: nothing there, not a file, not to be read, or reached through a link."""
        status = self._lstat(natural_key)
        if status is None or not stat.S_ISREG(status.st_mode):
            return None
        try:
            with open(self._path(natural_key), "rb") as file:
                return file.read()
        except OSError:
            return None

    # ------------------------------------------------------------------ writing

    def create(self, resource: Resource) -> Observed:
        """Make a new file; raises TargetError when anything stands there already."""
        with _refusals(resource.natural_key):
            if self._lstat(resource.natural_key) is not None:
                raise TargetError(f"{resource.natural_key} exists already. Move it away and run again.")
            return self._write(resource)

    def update(self, entry: Entry, resource: Resource) -> Observed:
        """Replace a file of ours; one that moves appears in its new place before it leaves the old."""
        former = _place(entry)
        with _refusals(resource.natural_key):
            moves = former != resource.natural_key
            if moves and self._lstat(resource.natural_key) is not None:
                raise TargetError(f"{resource.natural_key} exists already. Move it away and run again.")
            seen = self._write(resource)
            if moves:
                self._remove(former)
            return seen

    def delete(self, entry: Entry) -> None:
        """Remove a file of ours, and the folders that are empty without it."""
        with _refusals(_place(entry)):
            self._remove(_place(entry))

    def close(self) -> None:
        """Remove half-written files, those of an earlier run too."""
        shutil.rmtree(os.path.join(self.root, PARTS), ignore_errors=True)
        self._parts = ""

    # ------------------------------------------------------------------ within

    def _settled(self, resource: Resource, entry: Entry | None) -> Resource:
        if resource.digest or "copy" not in resource.fields:
            return resource
        source = resource.fields["copy"]
        try:
            status = os.stat(source)
            if entry is not None and (entry.size, entry.modified) == (status.st_size, status.st_mtime_ns):
                return replace(resource, digest=entry.desired)
            return replace(resource, digest=digest_of_file(source))
        except OSError:                    # the copying will say what is wrong with it
            return resource

    def _observed(self, natural_key: str, entry: Entry | None) -> Observed | None:
        status = self._lstat(natural_key)
        if status is None:
            return None
        size, modified = status.st_size, status.st_mtime_ns
        digest = NO_FILE
        if stat.S_ISREG(status.st_mode):
            with suppress(OSError):
                known = entry is not None and (entry.size, entry.modified) == (size, modified)
                digest = entry.observed if entry and known else digest_of_file(self._path(natural_key))
        return Observed(target_id=natural_key, digest=digest, size=size, modified=modified)

    def _lstat(self, natural_key: str) -> os.stat_result | None:
        """What stands there; None also for a name that cannot be: writing it will say why."""
        try:
            return os.lstat(self._path(natural_key))
        except (OSError, TargetError):
            return None

    def _path(self, natural_key: str) -> str:
        """The absolute path of a name; raises TargetError for one that leads out of the project."""
        folder, _, name = natural_key.rpartition("/")
        if folder not in self._real:
            self._real[folder] = self._resolved(folder)
        real = self._real[folder]
        if real is None or not _is_plain(natural_key):
            raise TargetError(f"{natural_key} does not lie inside {self.root}; it was not touched.")
        return f"{real}/{name}"

    def _resolved(self, folder: str) -> str | None:
        """Where a folder really lies; None when a link leads it out of the project."""
        if "\0" in folder:
            return None
        real = os.path.realpath(os.path.join(self.root, folder))
        return real if real == self.root or real.startswith(self.root + os.sep) else None

    def _write(self, resource: Resource) -> Observed:
        path = self._path(resource.natural_key)
        name = hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        part = f"{self._folder(os.path.dirname(path))}/{name}.part"
        digest = _fill(part, resource)
        status = os.stat(part)
        os.replace(part, path)
        return Observed(target_id=resource.natural_key, digest=digest,
                        size=status.st_size, modified=status.st_mtime_ns)

    def _folder(self, folder: str) -> str:
        """Make a folder; returns where its half-written files go, which is on the same file system."""
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            if not self._parts:
                self._parts = os.path.join(self.root, PARTS)
                os.makedirs(self._parts, exist_ok=True)
            same = os.stat(folder).st_dev == os.stat(self._parts).st_dev
            self._made[folder] = self._parts if same else folder
        return self._made[folder]

    def _remove(self, natural_key: str) -> None:
        path = self._path(natural_key)
        with suppress(FileNotFoundError):
            os.unlink(path)
        folder = os.path.dirname(path)
        while folder != self.root:
            try:
                os.rmdir(folder)
            except OSError:
                return
            self._made.pop(folder, None)
            folder = os.path.dirname(folder)


def digest_of_file(path: str) -> str:
    """The digest of a file's bytes; the same as `digest_of` the text that it holds."""
    digest = hashlib.blake2b(digest_size=16)
    with open(path, "rb", buffering=0) as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _fill(part: str, resource: Resource) -> str:
    """Write what a resource holds to `part`; returns the digest of what was written."""
    source = resource.fields.get("copy")
    if source is None:
        with open(part, "wb") as file:
            file.write(resource.fields["text"].encode("utf-8", "surrogatepass"))
        return resource.digest
    shutil.copyfile(source, part)
    status = os.stat(source)
    os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
    settled = (resource.fields.get("size"), resource.fields.get("modified"))
    same = resource.digest and settled == (status.st_size, status.st_mtime_ns)
    return resource.digest if same else digest_of_file(part)


def _place(entry: Entry) -> str:
    return entry.natural_key or entry.target_id


def _is_plain(natural_key: str) -> bool:
    """Whether every part of a name is the name of something, not a way up or around."""
    parts = natural_key.split("/")
    return "\0" not in natural_key and not any(part in ("", ".", "..") for part in parts)


@contextmanager
def _refusals(natural_key: str) -> Iterator[None]:
    """What the system refuses, in our words."""
    try:
        yield
    except OSError as error:
        what = error.filename2 or error.filename or natural_key
        raise TargetError(f"{natural_key} could not be written: {what}: {error.strerror or error}") from error
