"""Front matter in the making: paths are filled once, and who comes second is remembered."""

from __future__ import annotations

from typing import Any

from migrate.mappers.values import path_of

PARAMS = "params"


class FrontMatter:
    """Collects the fields of one page. Target names are paths: `params.subtitle`; "" and None write nothing.

    The target looks parameters up without regard to case, so `Foo` and `foo` are one name.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._fields: dict[str, Any] = {}
        self._params: dict[str, Any] = {}
        self._names: set[str] = set()
        self.taken: list[tuple[str, str]] = []      # (header key, target) that found the place taken

    def fields(self) -> dict[str, Any]:
        """All fields, `params` last."""
        return {**self._fields, PARAMS: self._params} if self._params else self._fields

    def put(self, target: str, value: Any, *, said: str = "") -> None:
        """Write `value` unless the place is taken; `said` is the header key to name then."""
        if not target or value is None:
            return
        if target.lower() in self._names:
            self.taken.append((said or target, target))
            return
        self.set(target, value)

    def put_param(self, key: str, value: Any) -> None:
        """Write a header key under `params`; its dots are part of its name."""
        if value is None:
            return
        name = f"{PARAMS}.{key}".lower()
        if name in self._names:
            self.taken.append((key, f"{PARAMS}.{key}"))
            return
        self._names.add(name)
        self._params[key] = value

    def set(self, target: str, value: Any) -> None:
        """Write `value` whatever stands there."""
        self._names.add(target.lower())
        path = path_of(target)
        place = self._params if path[0] == PARAMS and len(path) > 1 else self._fields
        for key in path[1:-1] if place is self._params else path[:-1]:
            below = place.get(key)
            if not isinstance(below, dict):
                below = place[key] = {}
            place = below
        place[path[-1]] = value
