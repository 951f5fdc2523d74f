"""What is generated from the models of the mapping file: its JSON Schema and the reference in docs/mapping.md."""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import textwrap
import types
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from migrate.mappers.shortcode_table import Row
from migrate.mappers.tables import Mapping

MARKER = "<!-- from here on: generated from migrate/mappers/tables.py by tools/make_reference.py -->"

_EXTENDS = {"description": "What this file builds on: `hugo`, `wordpress`, `common`, a path, or `none`. A file that "
                           "names nothing builds on the target's own.", "type": "string"}
_NAMES = {str: "text", bool: "true or false", int: "number", float: "number", Any: "any value", type(None): "nothing"}


def schema_text() -> str:
    """The JSON Schema that editors complete and check mapping files with."""
    schema = _described(Mapping).model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Mapping file of grav-migrate"
    schema["properties"] = {"extends": _EXTENDS, **schema["properties"]}
    return json.dumps(_loosened(schema), indent=1, ensure_ascii=False) + "\n"


def reference_text() -> str:
    """The keys of a mapping file as Markdown: a section for each part, a table of its keys."""
    return f"{MARKER}\n\n## Reference\n\n" + "\n".join(_sections(_described(Mapping), "", []))


def _described(mapping: type[BaseModel]) -> type[BaseModel]:
    """The models with what the text below each key says as its description."""
    for model in (*Row.__subclasses__(), mapping):
        for name, text in _texts_below(model).items():
            model.model_fields[name].description = text
    for model in (*Row.__subclasses__(), mapping):
        model.model_rebuild(force=True)
    return mapping


def _texts_below(model: type[BaseModel]) -> dict[str, str]:
    """Key → the text that stands below it in the source (PEP 257: attribute docstrings)."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    statements = body.body if isinstance(body, ast.ClassDef) else []
    return {
        key.target.id: inspect.cleandoc(text.value.value)
        for key, text in itertools.pairwise(statements)
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name)
        and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


def _loosened(schema: Any) -> Any:
    """Every entry of an open map may be null, which removes it; titles that repeat the key are noise."""
    if isinstance(schema, list):
        return [_loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _loosened(value) for key, value in schema.items()
             if not (key == "title" and isinstance(value, str) and "type" in schema and schema.get("type") != "object")}
    below = inner.get("additionalProperties")
    if isinstance(below, dict) and below:
        inner["additionalProperties"] = {"anyOf": [below, {"type": "null"}]}
    return inner


def _sections(model: type[BaseModel], path: str, done: list[type[BaseModel]]) -> list[str]:
    """A heading, the model's own words and its keys, then the same for the models inside it."""
    heading = [f"### `{path}`", ""] if path else []
    doc = [line.strip() for line in (model.__doc__ or "").strip().splitlines()]
    rows = [_row(name, field) for name, field in model.model_fields.items()]
    lines = [*heading, *doc, "", "| key | value | default | meaning |", "|---|---|---|---|", *rows, ""]
    for name, field in model.model_fields.items():
        inner, form = _model_in(field.annotation)
        if inner is not None and inner not in done:
            done.append(inner)
            lines += _sections(inner, f"{path}.{name}{form}" if path else f"{name}{form}", done)
    return lines


def _row(name: str, field: FieldInfo) -> str:
    meaning = " ".join((field.description or "").split())
    cells = (f"`{field.alias or name}`", _type_name(field.annotation), _default(field), meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "required"
    if isinstance(value, BaseModel):
        return "see below"
    if value in (None, "", (), {}):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _type_name(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "map"
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(f"`{choice}`" if choice != "" else "empty" for choice in inner)
    if origin is dict:
        return f"name: {_type_name(inner[1])}"
    if origin is tuple:
        return f"list of {_type_name(inner[0])}s"
    if origin in (Union, types.UnionType):
        return " or ".join(_type_name(one) for one in inner if one is not type(None))
    return _NAMES[kind]


def _model_in(kind: Any) -> tuple[type[BaseModel] | None, str]:
    """The model that a key's value holds, and how its path goes on: `.NAME` for a map of them, `[]` for a list."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind, ""
    form = {dict: ".NAME", tuple: "[]"}.get(get_origin(kind), "")
    found = (_model_in(one)[0] for one in get_args(kind))
    return next((one for one in found if one is not None), None), form
