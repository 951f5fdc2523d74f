"""What only the target knows: an attachment's address, a term's number. Named in resources, filled in when applied.

A whole value is a `Reference`; inside a text it is a `token`, made of two characters that Unicode keeps for
internal use and no page can hold. Digests are made over what is filled in, so they change when an answer does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from migrate.model.document import Key

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_TOKEN = re.compile(f"{_OPEN}([a-z_]+) ([^{_CLOSE}]*){_CLOSE}")

_NOTHING: frozenset[Key] = frozenset()

Lookup = Callable[[Key, str], str | int | None]
"""The `part` (id, url …) of what stands on the target for a key; None: not known yet."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that the target has given to `key`: its `part` is `id`, `url` …"""

    key: Key
    part: str = "id"


def token(key: Key, part: str) -> str:
    """A reference as a piece of text."""
    return f"{_OPEN}{part} {key}{_CLOSE}"


def references_in(value: Any) -> frozenset[Reference]:
    """All references in a value, however deep."""
    if isinstance(value, Reference):
        return frozenset((value,))
    if isinstance(value, str):
        return frozenset(Reference(Key(match[2]), match[1]) for match in _TOKEN.finditer(value))
    if isinstance(value, Mapping):
        return frozenset().union(*map(references_in, value.values()))
    if isinstance(value, list | tuple):
        return frozenset().union(*map(references_in, value))
    return frozenset()


def numbers_needed(value: Any) -> frozenset[Key]:
    """Whose numbers a value cannot do without: those that stand in it as whole values, not in a text."""
    if value is None or isinstance(value, str | int):
        return _NOTHING
    if isinstance(value, Reference):
        return frozenset((value.key,)) if value.part == "id" else _NOTHING
    if isinstance(value, Mapping):
        return frozenset().union(*map(numbers_needed, value.values()))
    if isinstance(value, list | tuple):
        return frozenset().union(*map(numbers_needed, value))
    return _NOTHING


def filled_in(value: Any, lookup: Lookup) -> Any:
    """The value with what is known filled in; what is not known stays a reference."""
    if isinstance(value, str):
        return _TOKEN.sub(lambda match: _shown(match, lookup), value) if _OPEN in value else value
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Reference):
        known = lookup(value.key, value.part)
        return value if known is None else known
    if isinstance(value, Mapping):
        return {name: filled_in(item, lookup) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [filled_in(item, lookup) for item in value]
    return value


def _shown(match: re.Match[str], lookup: Lookup) -> str:
    known = lookup(Key(match[2]), match[1])
    return match[0] if known is None else str(known)
