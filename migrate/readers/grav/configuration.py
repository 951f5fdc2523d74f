"""The configuration files of a site, merged as Grav merges them: defaults, user/config, environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from migrate.findings import Finding, find
from migrate.readers.grav.defaults import REPLACED
from migrate.readers.grav.header import decode, parse_yaml
from migrate.readers.grav.values import as_map

LARGEST = 2_000_000
"""Bytes of a configuration file that is still read."""


_OF_SETTINGS = {"G103": "G162", "G104": "G163"}      # what is said of front matter, said of a configuration file


class Loaded(NamedTuple):
    """A file's map, and what was noticed; {} where there is none."""

    values: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


def load(path: Path, user: Path) -> Loaded:
    """Read one YAML file below `user`. A file that is missing, broken or leads out of the site gives {}."""
    if not path.is_file():
        return Loaded({})
    subject = path.relative_to(user).as_posix()
    try:
        if not path.resolve().is_relative_to(user.resolve()) or path.stat().st_size > LARGEST:
            return Loaded({}, (find("G120", subject, why="it lies outside the site or is far too large"),))
        raw = path.read_bytes()
    except OSError as error:
        return Loaded({}, (find("G120", subject, why=error.strerror or "it cannot be read"),))
    text, noticed = decode(raw)
    result = parse_yaml(text)
    findings = tuple(problem._replace(code=_OF_SETTINGS.get(problem.code, problem.code)).at(subject)
                     for problem in (*noticed, *result.problems))
    if result.value is not None and not isinstance(result.value, Mapping):
        return Loaded({}, (*findings, find("G120", subject, why="it is no map of settings")))
    return Loaded(as_map(result.value), findings)


def overlaid(under: Mapping[str, Any], over: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Settings over settings: maps merge, lists and the fields of REPLACED replace. `path` names the tree."""
    result = dict(under)
    for key, value in over.items():
        place = f"{path}.{key}"
        below = result.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping) and place not in REPLACED:
            result[key] = overlaid(below, value, place)
        else:
            result[key] = value
    return result


def environments(user: Path) -> tuple[str, ...]:
    """Hosts that have configuration of their own: user/env/HOST/config and, older, user/HOST/config."""
    return tuple(sorted({name for name, _ in _environment_folders(user)}))


def environment_folder(user: Path, name: str) -> Path | None:
    """The config folder of an environment."""
    return next((folder for found, folder in _environment_folders(user) if found == name), None)


def _environment_folders(user: Path) -> Iterator[tuple[str, Path]]:
    for outer, needs_dot in ((user / "env", False), (user, True)):
        if not outer.is_dir() or outer.is_symlink():
            continue
        for folder in sorted(outer.iterdir()):
            # A folder straight below user/ counts when it is called like a host; accounts, data … are not.
            if (folder / "config").is_dir() and (not needs_dot or "." in folder.name or folder.name == "localhost"):
                yield folder.name, folder / "config"
