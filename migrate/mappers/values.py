"""Header values as front matter can hold them, and the paths by which mapping files name them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

DEEPEST = 40
_LARGEST = 2**63

KeyPath = tuple[str, ...]


def plain(value: Any, depth: int = 0) -> Any:
    """The value in the types that YAML, TOML and JSON share. None is left out of maps and lists."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return value if -_LARGEST <= value < _LARGEST else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None:
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if depth > DEEPEST:
        return str(value)[:1000]
    if isinstance(value, Mapping):
        return {str(key): plain(item, depth + 1) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, depth + 1) for item in value if item is not None]
    return str(value)


def path_of(text: str) -> KeyPath:
    """`metadata.og:image` → ("metadata", "og:image")."""
    return tuple(text.split("."))


def found_at(tree: Any, path: KeyPath) -> Any:
    """The value at a path, or None. A key that holds dots itself is found as well."""
    for step, key in enumerate(path):
        if not isinstance(tree, Mapping):
            return None
        if key not in tree:
            rest = ".".join(path[step:])
            return tree.get(rest)
        tree = tree[key]
    return tree


def without(tree: Any, path: KeyPath) -> Any:
    """The tree without what stands at a path; None when nothing is left."""
    if not isinstance(tree, Mapping) or not path:
        return None if not path else tree
    rest = dict(tree)
    whole = ".".join(path)
    key = path[0] if path[0] in rest else whole
    if key not in rest:
        return rest
    below = without(rest.pop(key), path[1:] if key != whole else ())
    if below is not None:
        rest[key] = below
    return rest or None


def texts_in(value: Any) -> list[str]:
    """The texts of a value: of a list its items, of a text the parts between commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in texts_in(item)]
    if isinstance(value, list | tuple):
        return [str(item).strip() for item in value if item is not None and str(item).strip()]
    return [] if value is None else [str(value)]


def is_true(value: Any) -> bool:
    """PHP's truth of a header value: `no` and `off` are true there, `"0"` and the empty text are not."""
    return bool(value) and value != "0"


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two trees as one: maps are merged, everything else of `over` wins."""
    both = dict(under)
    for key, value in over.items():
        below = both.get(key)
        both[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return both
