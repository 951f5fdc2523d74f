"""Header values of any type, read as PHP would: text, truth, lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

MISREAD = frozenset({"no", "off", "false", "n", "none"})
"""Words that look like a no and are true in PHP, as any text but "" and "0" is (h.6)."""


def as_text(value: Any) -> str | None:
    """A scalar as PHP prints it; None for null, lists and maps. Dates keep the author's spelling."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int | date):
        return str(value)
    return None


def as_bool(value: Any) -> bool:
    """PHP's truth: "", "0", 0, false, null and empty lists are false, every other text is true."""
    return value not in ("", "0") and bool(value)


def as_list(value: Any) -> list[Any]:
    """PHP's `(array)`: null is empty, a map gives its values, a scalar is a list of one."""
    if value is None:
        return []
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else [value]


def as_map(value: Any) -> Mapping[str, Any]:
    """The value if it is a map, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> tuple[str, ...]:
    """All scalars in a value, however deep, as texts."""
    if isinstance(value, dict | list | tuple):
        return tuple(text for item in as_list(value) for text in texts(item))
    text = as_text(value)
    return () if text is None else (text,)


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two maps as one, deeply; lists merge by position as PHP's array_replace_recursive does (0.9)."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            result[key] = merged(below, value)
        elif isinstance(below, list) and isinstance(value, list):
            result[key] = value + below[len(value):]
        else:
            result[key] = value
    return result
