"""What is wrong in a mapping file, in sentences: where, at which key, what was expected, and the nearest key."""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from migrate.mappers.layers import Layer, Mistake, Path, dotted, place_of

_WANTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "dict_type": "`key: value` lines",
    "model_type": "`key: value` lines",
    "model_attributes_type": "`key: value` lines",
    "tuple_type": "a list",
    "list_type": "a list",
}


def mistakes_in(error: ValidationError, layer: Layer, model: type[BaseModel]) -> tuple[Mistake, ...]:
    """pydantic's errors with their places, in the order of the files; one for each key."""
    found: dict[Path, Mistake] = {}
    for problem in error.errors(include_url=False):
        path = _written_path(problem["loc"], layer)
        message = _message(problem, path, model)
        if path in found and problem["type"] != "extra_forbidden":
            message = f"{found[path].message}, or {message.removeprefix('expected ')}"
        found[path] = Mistake(place_of(layer, path), dotted(path), message)
    return tuple(found.values())


def described(mistakes: Iterable[Mistake], file: str) -> str:
    """All mistakes as the text of one error, sorted by file and line."""
    lines = sorted({(m.place.file, m.place.line, f"{m.key}: {m.message}" if m.key else m.message) for m in mistakes})
    count = f"{len(lines)} mistake{'s' if len(lines) > 1 else ''} in the mapping"
    return "\n".join([f"{count} ({file}):", *(f"  {place}:{line}: {text}" for place, line, text in lines)])


def nearest(name: str, known: Sequence[str]) -> str:
    """` (did you mean x?)`, or the known ones where nothing is near and they are few."""
    close = difflib.get_close_matches(name.lower(), [word.lower() for word in known], 1, 0.6)
    if close:
        return f"; did you mean {next(word for word in known if word.lower() == close[0])}?"
    return f"; known here: {', '.join(sorted(known))}" if known else ""


def _written_path(location: tuple[int | str, ...], layer: Layer) -> Path:
    """pydantic's location without the parts that name a branch of a union."""
    path: Path = ()
    for part in location:
        if (*path, part) in layer.places or (part == location[-1] and "[" not in str(part)):
            path = (*path, part)
    return path


def _message(problem: Any, path: Path, model: type[BaseModel]) -> str:
    kind, given = problem["type"], problem.get("input")
    if kind == "extra_forbidden":
        return f"there is no such key{nearest(str(path[-1]), _known_keys(model, path[:-1]))}"
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        wanted = problem["ctx"]["expected"]
        return f"expected {wanted}, found {_shown(given)}{_nearest_choice(given, wanted)}"
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    return f"expected {_WANTED.get(kind, problem['msg'])}, found {_shown(given)}"


def _nearest_choice(given: Any, wanted: str) -> str:
    choices = re.findall(r"'([^']*)'", wanted)
    close = difflib.get_close_matches(str(given).lower(), choices, 1, 0.6)
    return f"; did you mean {close[0]}?" if close else ""


def _shown(value: Any) -> str:
    text = "a map" if isinstance(value, dict) else "a list" if isinstance(value, list | tuple) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def _known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that a map at `path` may have."""
    at: Any = model
    for part in path:
        at = _inside(at, part)
    return [field.alias or name for name, field in at.model_fields.items()] if _is_model(at) else []


def _inside(kind: Any, part: str | int) -> Any:
    """The type of what lies under `part` in a value of type `kind`."""
    if _is_model(kind):
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        return _of_union(fields[str(part)].annotation) if part in fields else None
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict and len(inner) == 2:
        return _of_union(inner[1])
    return _of_union(inner[0]) if origin is tuple and inner else None


def _of_union(kind: Any) -> Any:
    """The member of a union that can hold keys."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    return next((one for one in get_args(kind) if _is_model(one) or get_origin(one) not in (None, Literal)), None)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
