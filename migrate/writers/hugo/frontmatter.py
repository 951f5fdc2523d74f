"""Front matter and configuration as text: YAML and TOML that every Hugo reads the same way.

Strings are always quoted, so nothing in them can be taken for a date, a number or a comment; JSON's quoting is
YAML's and TOML's as well, and ten times faster than a YAML library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from math import isfinite
from typing import Any

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"})
_INVISIBLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_LONE = re.compile("[\ud800-\udfff]")
_INTEGER = 1 << 63


def front_matter(values: Mapping[str, Any], language: str = "yaml") -> str:
    """The block between its fences; `language` is `yaml` or `toml`. Empty maps and None are left out."""
    if language == "toml":
        return f"+++\n{toml(values)}+++\n"
    return f"---\n{yaml(values)}---\n"


def yaml(values: Mapping[str, Any]) -> str:
    """YAML with maps as indented blocks and lists in brackets."""
    return "".join(_yaml_lines(values, ""))


def toml(values: Mapping[str, Any]) -> str:
    """TOML with maps as tables and lists of maps as arrays of tables."""
    return "".join(_toml_lines(values, ())).lstrip("\n")


def date_text(moment: date) -> str:
    """A date as Hugo accepts it: `2019-07-22T10:00:00+06:00`, to the second, the offset in whole minutes."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    offset = moment.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        moment = moment.astimezone(UTC)    # local mean time, before there were zones: Hugo refuses its seconds
    return moment.replace(microsecond=0).isoformat()


def _yaml_lines(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in _items(values):
        if isinstance(value, Mapping):
            yield f"{indent}{_key(key)}:\n"
            yield from _yaml_lines(value, indent + "  ")
        else:
            yield f"{indent}{_key(key)}: {_inline(value, _yaml_map)}\n"


def _yaml_map(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{_quoted(key)}: {_inline(item, _yaml_map)}" for key, item in _items(value)) + "}"


def _toml_lines(values: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    tables = []
    for key, value in _items(values):
        if isinstance(value, Mapping) or (isinstance(value, list) and value and _all_maps(value)):
            tables.append((key, value))
        else:
            yield f"{_toml_key(key)} = {_inline(value, _toml_map)}\n"
    for key, value in tables:
        path = (*above, _toml_key(key))
        for table in value if isinstance(value, list) else [value]:
            lines = "".join(_toml_lines(table, path))
            bracket = "[[{}]]" if isinstance(value, list) else "[{}]"
            if lines.startswith("\n") and not isinstance(value, list):
                yield lines                # only tables in it: they name it themselves
            else:
                yield f"\n{bracket.format('.'.join(path))}\n{lines}"


def _toml_map(value: Mapping[str, Any]) -> str:
    pairs = ", ".join(f"{_toml_key(key)} = {_inline(item, _toml_map)}" for key, item in _items(value))
    return f"{{ {pairs} }}" if pairs else "{}"


def _all_maps(value: list[Any]) -> bool:
    return all(isinstance(item, Mapping) for item in value)


def _items(values: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Keys as text, each once, with what is worth writing."""
    seen = set()
    for key, value in values.items():
        name = key if isinstance(key, str) else str(key)
        if value is not None and value != {} and name not in seen:
            seen.add(name)
            yield name, list(value) if isinstance(value, (tuple, set, frozenset)) else value


def _inline(value: Any, as_map: Callable[[Mapping[str, Any]], str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if -_INTEGER <= value < _INTEGER else _quoted(str(value))
    if isinstance(value, float):
        return _float(value) if isfinite(value) else _quoted(str(value))
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, Mapping):
        return as_map(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ", ".join(_inline(item, as_map) for item in value if item is not None) + "]"
    return _quoted(value.isoformat() if isinstance(value, time) else str(value))


def _float(value: float) -> str:
    """Always with a point: `5e-324` is a word in older YAML."""
    digits, e, exponent = repr(value).partition("e")
    return digits + ("" if "." in digits else ".0") + e + exponent


def _quoted(text: str) -> str:
    """A string in double quotes, with everything escaped that one of the readers could stumble over."""
    quoted = json.dumps(str(text), ensure_ascii=False)
    if not quoted.isascii() or "\x7f" in quoted:
        quoted = _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", _LONE.sub("\ufffd", quoted))
    return quoted


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) and name.lower() not in _WORDS else _quoted(name)


def _toml_key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else _quoted(name)
