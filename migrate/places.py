"""Where nothing may be written: into the source, around it, or through a link that leads elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from migrate.errors import ConfigError, TargetError
from migrate.ledger import FOLDER
from migrate.options import Options
from migrate.readers.grav.layout import SourceLayout

_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def state_folder(options: Options) -> Path:
    """Where ledger and lock lie: inside a target's folder, else `.grav-migrate/HOST/` or as the user says."""
    if options.target == "hugo":
        return Path(options.out) / FOLDER
    if options.state:
        return Path(options.state)
    parts = _parts_of(options.out)
    return Path(FOLDER) / (_ODD.sub("-", f"{parts.netloc.rpartition('@')[2]}{parts.path}").strip("-.") or "site")


def place_name(options: Options) -> str:
    """A target that is no folder, by its address without the scheme; "" for a folder, which may be moved."""
    if options.target == "hugo":
        return ""
    parts = _parts_of(options.out)
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")


def _parts_of(address: str) -> SplitResult:
    """The parts of a site's address, with or without its scheme."""
    try:
        return urlsplit(address if "://" in address else f"https://{address}")
    except ValueError as error:
        shown = address.rpartition("@")[2]  # what stands before it may be a password
        raise ConfigError(f"{shown} is no address of a web site. Give it as https://example.org.") from error


def common_lock(options: Options) -> Path | None:
    """A lock that all runs of this user on a target share, wherever their state folders lie; None where the folder
    itself is the target, or nothing can be written for the user."""
    name = _ODD.sub("-", place_name(options))
    if not name:
        return None
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grav-migrate" / "locks"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder / name if os.access(folder, os.W_OK) else None


def refuse_places(source: str, out: str, layout: SourceLayout) -> None:
    """Raise ConfigError when source and target lie in each other, TargetError when the target is no plain folder."""
    refuse_target(out)
    target = Path(out)
    real = target.resolve()
    places = (Path(source).resolve(), Path(layout.root), Path(layout.pages_root))
    for place in places:
        if real.is_relative_to(place):
            raise ConfigError(
                f"{target} lies inside the source {place}, which is never written to. Give a folder outside of it."
            )
    for place in places:  # only now: the source itself is both inside the source and around its pages
        if place.is_relative_to(real):
            raise ConfigError(
                f"The source {place} lies inside {target}; the new site would mix with it. Give a folder of its own."
            )


def refuse_target(out: str) -> None:
    """Raise TargetError when the target is, or would have to be made in, something else than a folder."""
    target = Path(out)
    if target.is_symlink() and not target.exists():
        raise TargetError(f"{target} is a link that leads nowhere. Remove it, or give another folder.")
    if target.exists() and not target.is_dir():
        raise TargetError(f"{target} is not a folder. Give a folder, new or already there.")
    there = next((place for place in target.absolute().parents if place.exists()), target)
    if not target.exists() and not there.is_dir():
        raise TargetError(f"{there} is not a folder, so {target} cannot be made in it. Give another folder.")
    own = target.resolve() / FOLDER
    if own.is_symlink() or (own.exists() and not own.is_dir()):
        raise TargetError(f"{own} is not a plain folder. Remove it: this program keeps its ledger there.")
