"""Finds mapping files, lays them over each other and checks the whole: `load_mapping`.

A file says what it builds on with `extends: NAME` (one of ours: common, hugo …) or `extends: path/to/file.yaml`,
seen from the file itself. A user's file that names nothing builds on the target's own; `extends: none` starts
from nothing.
"""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from migrate.errors import ConfigError
from migrate.mappers.layers import Layer, Mistake, Place, lay_over, place_of, read_layer, without_nothing
from migrate.mappers.mistakes import described, mistakes_in, nearest
from migrate.mappers.tables import Mapping
from migrate.mapping_files import MOST_LAYERS, beside, is_path, packaged_mapping, packaged_names

NOTHING = "none"

File = Path | Traversable


def load_mapping(target: str, path: Path | None = None) -> Mapping:
    """The mapping for `target` (`hugo`), with the user's file on top where there is one.

    Raises ConfigError with every mistake of every file: file, line, key, what was expected, the nearest known key.
    """
    start = path if path is not None else packaged_mapping(target)
    if start is None:
        raise ConfigError(f"there is no mapping for {target}{nearest(target, packaged_names())}")
    layer = _stacked(start, str(path) if path is not None else f"{target}.yaml", target if path is not None else None)
    mapping, mistakes = _checked(layer)
    if mapping is None or mistakes:
        raise ConfigError(described(mistakes, str(path or f"{target}.yaml")))
    return mapping


def _checked(layer: Layer) -> tuple[Mapping | None, tuple[Mistake, ...]]:
    try:
        return Mapping.model_validate(layer.values), layer.mistakes
    except ValidationError as error:
        return None, (*layer.mistakes, *mistakes_in(error, layer, Mapping))


def _stacked(file: File, shown: str, default: str | None, above: tuple[str, ...] = ()) -> Layer:
    """A file over everything that it extends; `default` is what it extends where it does not say."""
    layer = read_layer(_text(file, shown), shown)
    extends = layer.values.pop("extends", default)
    place = place_of(layer, ("extends",))
    if extends in (None, NOTHING):
        return without_nothing(layer)
    above = (*above, _identity(file))
    base, name = _base(extends, file)
    problem = _problem(extends, base, above)
    if base is None or problem:
        return Layer(layer.values, layer.places, (*layer.mistakes, Mistake(place, "extends", problem)))
    return lay_over(_stacked(base, name, None, above), layer)


def _base(extends: object, file: File) -> tuple[File | None, str]:
    """The file that `extends` names, and how to call it in messages."""
    if not isinstance(extends, str):
        return None, ""
    if not is_path(extends):
        return packaged_mapping(extends), f"{extends}.yaml"
    place = beside(extends, file)
    return (place if place.is_file() else None), str(place)


def _problem(extends: object, base: File | None, above: tuple[str, ...]) -> str:
    """Why a file cannot be built on, or ""."""
    if not isinstance(extends, str):
        return f"expected one name or path, found {extends!r}"
    if base is None:
        return f"there is no mapping {extends!r}{nearest(extends, packaged_names())}"
    if _identity(base) in above:
        return f"{extends!r} builds on this file itself"
    return f"more than {MOST_LAYERS} files build on each other" if len(above) > MOST_LAYERS else ""


def _identity(file: File) -> str:
    return str(file.resolve() if isinstance(file, Path) else file)


def _text(file: File, shown: str) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"the mapping file {shown} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"the mapping file {shown} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


__all__ = ["Place", "load_mapping", "packaged_mapping", "packaged_names"]
