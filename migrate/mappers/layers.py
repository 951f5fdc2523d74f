"""Mapping files as layers: YAML text → plain values that know their lines; layers laid over each other.

Read with PyYAML's nodes, not its objects: a key stays the text that was written (`no:` is Norwegian, not False),
only `true` and `false` are booleans, and every value keeps its place for messages. Nothing in a file can make
it large: aliases are counted as what they repeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from migrate.mappers.shortcode_table import ACTIONS

Path = tuple[str | int, ...]

MOST_BYTES = 1_000_000
MOST_VALUES = 50_000
DEEPEST = 40

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_MUCH = "too many or too deeply nested values"
_STRING = "tag:yaml.org,2002:str"


class Place(NamedTuple):
    """Where a value is written: a file as the user knows it, and a line from 1."""

    file: str
    line: int


class Mistake(NamedTuple):
    """Something wrong in a mapping file: where, at which key, and what was expected."""

    place: Place
    key: str
    message: str


class Layer(NamedTuple):
    """What one file says, or several laid over each other. `places` knows every key and list item."""

    values: dict[str, Any]
    places: dict[Path, Place]
    mistakes: tuple[Mistake, ...] = ()


def read_layer(text: str, file: str) -> Layer:
    """Read one mapping file; what cannot be read is a mistake, never an exception."""
    if len(text) > MOST_BYTES:
        return _unreadable(file, 1, f"larger than {MOST_BYTES} bytes; a mapping file is much smaller")
    try:
        if _depth(text) > DEEPEST:
            return _unreadable(file, 1, _TOO_MUCH)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _unreadable(file, mark.line + 1 if mark else 1, f"no YAML: {error.problem or error.context}")
    except (yaml.YAMLError, RecursionError) as error:
        return _unreadable(file, 1, f"no YAML: {error}")
    if root is None:
        return Layer({}, {})
    if not isinstance(root, yaml.MappingNode):
        return _unreadable(file, root.start_mark.line + 1, "expected `key: value` lines")
    return _Reader(file).layer(root)


def _depth(text: str) -> int:
    """How deep values nest, counted no further than needed: PyYAML's C code itself falls over at some depth."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


def lay_over(under: Layer, over: Layer) -> Layer:
    """`over` on top of `under`: maps merge, everything else is replaced, None removes."""
    values: dict[str, Any] = _copied(under.values)
    places = dict(under.places)
    _merge(values, over.values, (), places)
    places.update(over.places)
    return Layer(values, places, (*under.mistakes, *over.mistakes))


def without_nothing(layer: Layer) -> Layer:
    """The layer without keys that are None: they remove what lies below, and there is nothing below."""
    return lay_over(Layer({}, {}), layer)


def dotted(path: Path) -> str:
    """A path as people write it: `shortcodes.center.html`, `addresses.overrides[0].old`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def place_of(layer: Layer, path: Path) -> Place:
    """Where a path is written, or the nearest thing above it that is."""
    for end in range(len(path), 0, -1):
        if path[:end] in layer.places:
            return layer.places[path[:end]]
    return next(iter(layer.places.values()), Place("", 1))


def _unreadable(file: str, line: int, message: str) -> Layer:
    return Layer({}, {}, (Mistake(Place(file, line), "", message),))


def _copied(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _copied(value) if isinstance(value, Mapping) else value for key, value in values.items()}


def _merge(values: dict[str, Any], over: Mapping[str, Any], path: Path, places: dict[Path, Place]) -> None:
    for key, value in over.items():
        here = (*path, key)
        if value is None:
            values.pop(key, None)
        elif isinstance(value, Mapping):
            below = values.get(key)
            kept = below if isinstance(below, dict) and not _decides_anew(path, below, value) else {}
            values[key] = kept
            _merge(kept, value, here, places)
        else:
            values[key] = value


def _decides_anew(path: Path, below: Mapping[str, Any], over: Mapping[str, Any]) -> bool:
    """A shortcode that gets another kind of rule loses the old one, instead of having two."""
    said = {name for name in ACTIONS if over.get(name) not in (None, False)}
    return path == ("shortcodes",) and bool(said) and not said & set(below)


class _Reader:
    """Turns the nodes of one file into values, counting them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._places: dict[Path, Place] = {}
        self._mistakes: list[Mistake] = []
        self._count = 0

    def layer(self, root: yaml.MappingNode) -> Layer:
        values = self._map(root, (), ())
        return Layer(values, self._places, tuple(self._mistakes))

    def _value(self, node: yaml.Node, path: Path, above: tuple[int, ...]) -> Any:
        self._count += 1
        if self._count > MOST_VALUES or len(above) > DEEPEST or id(node) in above:
            if not any(mistake.key == "" for mistake in self._mistakes):
                self._mistakes.append(Mistake(self._place(node), "", _TOO_MUCH))
            return None
        above = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return self._map(node, path, above)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*path, number), above) for number, item in enumerate(node.value)]
        return _scalar(node)

    def _item(self, node: yaml.Node, path: Path, above: tuple[int, ...]) -> Any:
        self._places[path] = self._place(node)
        return self._value(node, path, above)

    def _map(self, node: yaml.MappingNode, path: Path, above: tuple[int, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        written: set[str] = set()
        for key_node, value_node in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                values = {**self._merged(value_node, path, above), **values}
                continue
            key = self._key(key_node, path)
            here = (*path, key)
            if key in written:
                self._mistakes.append(Mistake(self._place(key_node), dotted(here), "written twice in this map"))
            written.add(key)
            self._places[here] = self._place(key_node)
            values[key] = self._value(value_node, here, above)
        return values

    def _merged(self, node: yaml.Node, path: Path, above: tuple[int, ...]) -> dict[str, Any]:
        """What `<<: *name` brings: the keys of a map, or of several."""
        value = self._value(node, path, above)
        maps = value if isinstance(value, list) else [value]
        return {key: item for part in reversed(maps) if isinstance(part, dict) for key, item in part.items()}

    def _key(self, node: yaml.Node, path: Path) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._mistakes.append(Mistake(self._place(node), dotted(path), "a key is text, not a list or map"))
        return "?"

    def _place(self, node: yaml.Node) -> Place:
        return Place(self._file, node.start_mark.line + 1)


def _scalar(node: yaml.Node) -> Any:
    """A value as YAML 1.2 reads it: `yes` and dates are text."""
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if node.tag == _STRING or getattr(node, "style", None) in ("'", '"', "|", ">"):
        return text
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "float"):
        return _number(text)
    return text


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
