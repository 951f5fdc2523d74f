"""Where a Grav site lies: a Grav root, a user folder, one site of several, or bare pages."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from migrate.errors import SourceError

_SKIPPED = frozenset({"node_modules", "vendor", ".git", "cache", "logs", "tmp", "backup"})
"""Folders outside pages/ that no run looks into."""


_SEVERAL = ("sites", "env")               # folders whose folders are user folders of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLayout:
    """A site on disk. Paths are absolute and real; nothing outside `root` is ever opened."""

    root: str                    # what bounds every read: the folder that holds pages/ (or pages itself)
    pages_root: str
    user: str | None = None      # the folder that holds pages/ and config/; None for bare pages
    shared: str | None = None    # the outer user/ of one site of several, for its plug-ins
    kind: str = "user"           # "root", "user", "site" (one of user/sites) or "pages"
    description: str = ""        # one sentence for the user: what was found

    @property
    def place(self) -> str:
        """The address at which the source shows the user folder: `user`, or `user/sites/NAME` for one of several."""
        *_, above, name = ("", *Path(self.root).parts)
        return f"user/{above}/{name}" if self.user and above in _SEVERAL else "user"


def locate(path: str | Path) -> SourceLayout:
    """Find the site in `path`. Raises SourceError when there is none, or several (it names them)."""
    given = Path(path)
    start = given.resolve()
    if not start.is_dir():
        raise SourceError(f"{given} is not a folder. Give a Grav root, its user folder, or its pages folder.")
    found = _grav_root(start) or _user_folder(start) or _only_site(start) or _bare_pages(start)
    if found is None:
        raise SourceError(f"No Grav site in {given}: no user/pages, no pages, no page files (*.md) in its folders.")
    if not os.access(found.pages_root, os.R_OK | os.X_OK):
        raise SourceError(f"{found.pages_root} cannot be read. Check its permissions.")
    return found


def _grav_root(start: Path) -> SourceLayout | None:
    user = start / "user"
    if not (user / "pages").is_dir():
        return None
    _refuse_link(user, start)
    return _with_pages(user, kind="root", what=f"a Grav root ({start})")


def _user_folder(start: Path) -> SourceLayout | None:
    if not (start / "pages").is_dir():
        return None
    if start.parent.name == "sites" and (start.parent.parent / "plugins").is_dir():
        return _with_pages(start, kind="site", what=f"the site {start.name} of several",
                           shared=str(start.parent.parent))
    return _with_pages(start, kind="user", what=f"a Grav user folder ({start})")


def _only_site(start: Path) -> SourceLayout | None:
    """One site below `start`: `sites/NAME`, `user/sites/NAME`, or any folder that is a site itself."""
    for place in (start / "user" / "sites", start / "sites", start):
        sites = _sites_in(place)
        if len(sites) > 1:
            names = "\n".join(f"  {site}" for site in sites)
            raise SourceError(f"{start} holds several sites. Name the one to migrate:\n{names}")
        if sites:
            return _grav_root(sites[0]) or _user_folder(sites[0])
    return None


def _sites_in(place: Path) -> list[Path]:
    if not place.is_dir() or place.is_symlink():
        return []
    folders = sorted(item for item in place.iterdir() if item.is_dir() and not item.is_symlink())
    return [item for item in folders if (item / "pages").is_dir() or (item / "user" / "pages").is_dir()]


def _bare_pages(start: Path) -> SourceLayout | None:
    """A folder whose sub-folders hold page files: `pages/` itself, given without its configuration."""
    if not _holds_pages(start, depth=3):
        return None
    text = f"a bare pages folder ({start}), so Grav's default configuration"
    if start.name == "pages" and (start.parent / "config").is_dir():
        text += f"; to use the site's own, give {start.parent}"
    return SourceLayout(root=str(start), pages_root=str(start), kind="pages", description=f"Found {text}.")


def _holds_pages(folder: Path, depth: int) -> bool:
    try:
        items = [item for item in os.scandir(folder) if not item.name.startswith(".")]
    except OSError:
        return False
    folders = [item for item in items if item.is_dir(follow_symlinks=False)]
    if any(_has_page_file(item.path) for item in folders):
        return True
    return depth > 1 and any(_holds_pages(Path(item.path), depth - 1) for item in folders)


def _has_page_file(folder: str) -> bool:
    try:
        return any(item.name.endswith(".md") for item in os.scandir(folder))
    except OSError:
        return False


def _with_pages(user: Path, *, kind: str, what: str, shared: str | None = None) -> SourceLayout:
    pages = user / "pages"
    _refuse_link(pages, user)
    return SourceLayout(root=str(user), pages_root=str(pages.resolve()), user=str(user), shared=shared, kind=kind,
                        description=f"Found {what} with its pages in {pages}.{_further_sites(user)}")


def _further_sites(user: Path) -> str:
    names = ", ".join(site.name for site in _sites_in(user / "sites"))
    return f" Left alone: the sites {names} in {user / 'sites'}; each is migrated by itself." if names else ""


def _refuse_link(folder: Path, inside: Path) -> None:
    """A symlink out of the given folder is never followed: the user may name its target instead."""
    if folder.is_symlink() and not folder.resolve().is_relative_to(inside):
        raise SourceError(f"{folder} is a link to {folder.resolve()}, outside {inside}. Give that folder itself.")


def inside(path: str, root: str) -> bool:
    """Whether a real path lies in `root` or is it."""
    return path == root or path.startswith(root.rstrip("/") + "/")


def fingerprint(layout: SourceLayout) -> str:
    """A digest over path, size and time of every file that a run may look at; found by scandir alone."""
    digest = hashlib.blake2b(digest_size=16)
    tops = [layout.user or layout.pages_root, *([f"{layout.shared}/plugins"] if layout.shared else [])]
    for line in _listed(tops, layout.pages_root):
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _listed(tops: list[str], pages_root: str) -> Iterator[str]:
    """One line for each file, in a stable order."""
    waiting = tops
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    facts = entry.stat(follow_symlinks=False)
                    yield f"{entry.path}\0{facts.st_size}\0{facts.st_mtime_ns}\n"
                elif entry.name not in _SKIPPED or inside(place, pages_root):
                    waiting.append(entry.path)
        except OSError as error:
            yield f"{place}\0{error.errno}\n"
