"""A real WordPress, its database and PHP's driver for it, from Debian's packages, unpacked but not installed.

`apt-get download` and `dpkg -x` need no root and start no service. What is unpacked stays in a cache folder:
$GRAV_MIGRATE_CACHE, or `.cache/` beside the Makefile. $GRAV_MIGRATE_WORDPRESS names the folder of another WordPress (the
one with wp-load.php) that takes the place of Debian's.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DEBIAN = ("wordpress", "wordpress-theme-twentytwentythree", "php-getid3", "libjs-underscore",
          "mariadb-server-core", "libaio1", "liburing2")
TIMEOUT = 300  # seconds for downloads


class Unavailable(Exception):  # noqa: N818  it names a state, not a mistake
    """There is no real WordPress to be had here; the message says why."""


class Unpacked(NamedTuple):
    """What a server is made of."""

    wordpress: Path                  # the folder with wp-load.php
    mariadbd: Path                   # the database's program
    messages: Path                   # the folder of its messages
    libraries: Path                  # its LD_LIBRARY_PATH
    php: tuple[str, ...]             # the command of a PHP that knows mysqli


def cache() -> Path:
    """Where what was downloaded stays."""
    return Path(os.environ.get("GRAV_MIGRATE_CACHE") or ROOT / ".cache")


def unpacked() -> Unpacked:
    """The parts, downloaded when they are not there yet. Raises Unavailable."""
    for program in ("php", "apt-get", "dpkg"):
        if shutil.which(program) is None:
            raise Unavailable(f"there is no {program}")
    place = cache() / "wordpress"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:  # several test processes may come at once
        fcntl.lockf(lock, fcntl.LOCK_EX)
        tree = _tree(place)
    libraries = next(tree.glob("usr/lib/*-linux-gnu"))
    wordpress = Path(os.environ.get("GRAV_MIGRATE_WORDPRESS") or tree / "usr/share/wordpress")
    return Unpacked(wordpress, tree / "usr/sbin/mariadbd", tree / "usr/share/mysql", libraries,
                    _php(tree))


def _tree(place: Path) -> Path:
    version = _said(["php", "-r", "echo PHP_MAJOR_VERSION, '.', PHP_MINOR_VERSION;"])
    tree = place / f"php{version}"
    if not tree.is_dir():
        part = place / f"{tree.name}.part"
        shutil.rmtree(part, ignore_errors=True)
        (part / "packages").mkdir(parents=True)
        _download([*DEBIAN, f"php{version}-mysql"], part / "packages")
        _download([f"php{version}-gd"], part / "packages", needed=False)  # sizes of pictures; nothing depends on it
        for package in sorted((part / "packages").glob("*.deb")):
            _said(["dpkg", "-x", str(package), str(part)])
        shutil.rmtree(part / "packages")
        _settle_links(part / "usr/share/wordpress")
        part.rename(tree)
    return tree


def _download(names: Sequence[str], place: Path, *, needed: bool = True) -> None:
    try:
        _said(["apt-get", "download", "-q", *names], place)
    except Unavailable:
        if needed:
            raise


def _settle_links(folder: Path) -> None:
    """Links between packages become files, or the folder could not be copied elsewhere; Debian's settings go."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            target = path.resolve()
            path.unlink()
            if target.is_file():
                shutil.copyfile(target, path)
    (folder / "wp-config.php").unlink(missing_ok=True)


def _php(tree: Path) -> tuple[str, ...]:
    """PHP with what it lacks: the driver for the database, and GD where its libraries are there."""
    modules = _said(["php", "-m"]).split()
    command = ["php"]
    folder = next(tree.glob("usr/lib/php/*/mysqli.so")).parent
    for name in ("mysqlnd", "mysqli", "gd"):
        module = ["-d", f"extension={folder / name}.so"]
        if name not in modules and (name != "gd" or "gd" in _modules([*command, *module])):
            command += module
    if "mysqli" not in _modules(command):
        raise Unavailable("PHP does not take the driver for the database")
    return tuple(command)


def _modules(command: Sequence[str]) -> list[str]:
    run = subprocess.run([*command, "-m"], capture_output=True, text=True, check=False)
    return run.stdout.split() if "Unable to load" not in run.stdout + run.stderr else []


def _said(command: Sequence[str], place: Path | None = None) -> str:
    try:
        run = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{command[0]} failed: {error}") from error
    if run.returncode:
        words = (run.stderr.strip().splitlines() or [f"code {run.returncode}"])[-1]
        raise Unavailable(f"{' '.join(command[:3])} …: {words}")
    return run.stdout
