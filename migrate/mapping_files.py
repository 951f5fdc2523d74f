"""Where mapping files lie, and what stands in all those that a run is made from, without reading them as YAML."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

MOST_LAYERS = 10
_EXTENDS = re.compile(r"^extends[ \t]*:[ \t]*(['\"]?)([\w./~][^'\"#\n]*?)\1[ \t]*(?:#.*)?\r?$", re.M)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.M)


def folder() -> Traversable:
    """`migrate/mappings` in an installed program, `mappings/` beside the package in a checkout."""
    inside = resources.files("migrate").joinpath("mappings")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[1] / "mappings"


def packaged_mapping(name: str) -> Traversable | None:
    """The file of the mapping called `name` that comes with this program, or None."""
    file = folder().joinpath(f"{name}.yaml")
    return file if file.is_file() else None


@cache
def packaged_names() -> tuple[str, ...]:
    """The mappings that come with this program."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder().iterdir() if file.name.endswith(".yaml")))


def is_path(extends: str) -> bool:
    """Whether `extends` means a file, and not one of ours."""
    return "/" in extends or extends.endswith((".yaml", ".yml"))


def beside(extends: str, file: Traversable | Path) -> Path:
    """The file that `extends` of another one leads to."""
    return (file.parent if isinstance(file, Path) else Path()) / Path(extends).expanduser()


def mapping_text(path: str | None) -> str | None:
    """All that is said by ours and by the user's file with what it builds on: the same text, the same mapping.

    None where only YAML can tell which files those are, or where one cannot be read.
    """
    texts = [folder().joinpath(f"{name}.yaml").read_text("utf-8") for name in packaged_names()]
    file = Path(path) if path is not None else None
    for _ in range(MOST_LAYERS):
        if file is None:
            return "\0".join(texts)
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
        texts += [str(file), text]
        said = _EXTENDS.findall(text)
        if _COMMENT.sub("", text).count("extends") != len(said) or len(said) > 1:
            return None
        goal = said[0][1] if said else ""
        file = beside(goal, file) if is_path(goal) else None
    return None
