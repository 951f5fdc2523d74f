"""YAML on one line: `[a, b]`, `{a: b}`, quoted and plain words, in the strict and in the lenient dialect.

Rules: Symfony YAML 4.4 Inline::parse (strict) and RocketTheme Compat Inline::parse (lenient).
"""

from __future__ import annotations

import re
from types import NoneType
from typing import Any, NamedTuple

from migrate.readers.grav.yaml.scalars import SPACE, TooDeepError, YamlError, evaluate, unescape

QUOTED = re.compile(r""""([^"\\]*+(?:\\.[^"\\]*+)*+)"|'([^']*+(?:''[^']*+)*+)'""", re.DOTALL)
_COMMENT = re.compile(r"(?<![ \t])[ \t]+#")
_TAIL_STRICT = re.compile(r"\s*(#.*)?", re.ASCII)
_TAIL_LENIENT = re.compile(r"\s+(#.*)?", re.ASCII)
_BLANKS = re.compile(r"[ \n]*")
_ANCHOR = re.compile(r"&([^ ]+) *(.*)")
_RESERVED = frozenset("@`|>%")
_TAG = re.compile(r"!([^ \t\n\[\]{},]*)( *)")
_ENDS = {delimiters: re.compile("[" + re.escape(delimiters) + "]") for delimiters in (",]", ",}", ",}\n", ": ", ":")}
DEPTH_LIMIT = 48
ALIAS_LIMIT = 50_000


class Dropped(NamedTuple):
    """Something written that Grav does not look at: a second value of a key, or (key "") text behind a bracket."""

    line: int                             # from 0; -1 inside brackets
    key: str
    text: str


class Dialect:
    """What all parts of one text share: the dialect, the anchors, and how much its aliases may unfold to.

    `dropped` lists what Grav reads over without a word.
    """

    __slots__ = ("alias_budget", "anchors", "depth", "dropped", "strict")

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.anchors: dict[str, Any] = {}
        self.alias_budget = ALIAS_LIMIT
        self.depth = 0
        self.dropped: list[Dropped] = []

    def alias(self, name: str) -> Any:
        """What an anchor stands for; YamlError if there is none, or if the text unfolds beyond all measure."""
        if name not in self.anchors:
            raise YamlError(f"nothing is named &{name}" if name else "an alias needs a name")
        value = self.anchors[name]
        pending = [value]
        while pending:
            item = pending.pop()
            self.alias_budget -= 1
            if self.alias_budget < 0:
                raise TooDeepError("its aliases unfold to more than this program reads")
            if isinstance(item, dict):
                pending.extend(item.values())
            elif isinstance(item, list):
                pending.extend(item)
        return value

    def deeper(self) -> None:
        """Go one level down; YamlError where a text nests too deeply to be meant."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise TooDeepError("it nests too deeply")


def parse_flow(text: str, dialect: Dialect) -> Any:
    """The value written in `text`, which is one value and perhaps a comment. YamlError where it is not."""
    text = text.strip(SPACE)
    if not text:
        return ""
    start = _after_tag(text, 0) if dialect.strict else 0
    opening = text[start]
    value: Any
    if opening == "[":
        value, end = _sequence(text, start, dialect)
    elif opening == "{":
        value, end = _mapping(text, start, dialect)
    else:
        value, end, _ = _scalar(text, start, "", dialect)
    rest = text[end:]
    if rest and not _is_tail(rest, strict=dialect.strict):
        raise YamlError(f"unexpected “{rest[:40]}”")
    return value


def _is_tail(rest: str, *, strict: bool) -> bool:
    pattern = _TAIL_STRICT if strict else _TAIL_LENIENT
    return pattern.fullmatch(rest) is not None


def parse_key(text: str, dialect: Dialect) -> tuple[str, bool]:
    """A block map's key as text, and whether it was quoted. YamlError for keys that are no text or whole number."""
    if text[0] in "\"'":
        value, _, _ = _scalar(text, 0, "", dialect)
        return str(value), True
    comment = _COMMENT.search(text)
    plain = text[:comment.start()] if comment else text
    if dialect.strict:
        if plain[:1] in _RESERVED:
            raise YamlError(f"a plain key cannot begin with {plain[:1]}")
        _refuse_odd_key(plain.strip(SPACE))
    return plain.strip(SPACE), False


def _refuse_odd_key(key: str) -> None:
    if key[:1] in ("*", "!") or isinstance(evaluate(key), float | bool | NoneType):
        raise YamlError(f"the key {key} needs quotes")


def _scalar(text: str, start: int, ends: str, dialect: Dialect, *, bare: bool = False) -> tuple[Any, int, bool]:
    """One word from `start`: its value, where it ends, and whether it was quoted. `bare` leaves it text."""
    if text[start] in "\"'":
        return _quoted(text, start, ends, dialect)
    if ends:
        stop = _ENDS[ends].search(text, start if dialect.strict else start + 1)
        if stop is None or "\n" in text[start:stop.start()]:
            raise YamlError("a bracket is not closed")
        end = stop.start()
        plain = text[start:end]
        if dialect.strict:
            plain = plain.strip(SPACE)
    else:
        end = len(text)
        plain = text[start:]
        comment = _COMMENT.search(plain)
        plain = plain[:comment.start()] if comment else plain
    if dialect.strict and plain[:1] in _RESERVED and plain:
        raise YamlError(f"a word cannot begin with {plain[0]} without quotes")
    return (plain if bare else _meaning(plain.strip(SPACE), dialect)), end, False


def _quoted(text: str, start: int, ends: str, dialect: Dialect) -> tuple[str, int, bool]:
    match = QUOTED.match(text, start)
    if match is None:
        raise YamlError("a quotation mark is not closed")
    if ends:
        behind = _BLANKS.match(text, match.end())
        following = text[behind.end():behind.end() + 1] if behind else ""
        if not following or following not in ends:
            raise YamlError(f"unexpected “{text[match.end():match.end() + 40]}”")
    if match[1] is not None:
        return unescape(match[1], strict=dialect.strict), match.end(), True
    return match[2].replace("''", "'"), match.end(), True


def _meaning(plain: str, dialect: Dialect) -> Any:
    if plain[:1] == "*":
        name = plain[1:].partition("#")[0] if "#" in plain else plain[1:]
        return dialect.alias(name.rstrip(" ") if "#" in plain else name)
    if plain[:1] == "!":
        return _tagged(plain, dialect)
    return evaluate(plain, strict=dialect.strict)


def _tagged(plain: str, dialect: Dialect) -> Any:
    """A word with a tag. Tags that Grav does not carry out leave the word as it was written."""
    if plain.startswith("!!str "):
        word = plain[6:]
        if word[:1] in ("'", '"') and dialect.strict:
            return _quoted(word, 0, "", dialect)[0]
        return word
    if plain.startswith("! "):
        return plain[2:]
    if dialect.strict:
        raise YamlError(f"the tag {plain.split(' ')[0]} is not known")
    return plain


def _after_tag(text: str, start: int) -> int:
    """Where the value behind a tag begins; `start` where there is no tag or where the word keeps it."""
    if text[start] != "!":
        return start
    tag = _TAG.match(text, start)
    following = text[tag.end():tag.end() + 1] if tag else ""
    if tag is None or (tag[1] and following not in ("[", "{") and (tag[1][0] == "!" or tag[1] == "str")):
        return start
    if tag[1] or not following or following in "]},":
        raise YamlError(f"the tag !{tag[1]} is not known")
    return tag.end()


def _sequence(text: str, start: int, dialect: Dialect) -> tuple[list[Any], int]:
    dialect.deeper()
    items: list[Any] = []
    at = start + 1
    while at < len(text):
        if text[at] == "]":
            dialect.depth -= 1
            return items, at + 1
        if text[at] in ", ":
            at += 1
            continue
        if dialect.strict:
            at = _after_tag(text, at)
        value, at = _item(text, at, dialect)
        items.append(value)
    raise YamlError("a bracket is not closed")


def _item(text: str, at: int, dialect: Dialect) -> tuple[Any, int]:
    if text[at] == "[":
        return _sequence(text, at, dialect)
    if text[at] == "{":
        return _mapping(text, at, dialect)
    value, end, quoted = _scalar(text, at, ",]", dialect)
    if isinstance(value, str) and not quoted:
        if ": " in value:
            value = _single_pair(value, dialect)
        value = _anchored(value, dialect)
    return value, end


def _single_pair(value: str, dialect: Dialect) -> Any:
    """`[a: b]` holds a map of one. The lenient dialect keeps the word where that cannot be read."""
    return _mapping("{" + value + "}", 0, dialect)[0]


def _anchored(value: Any, dialect: Dialect) -> Any:
    if dialect.strict and isinstance(value, str) and value[:1] == "&":
        match = _ANCHOR.match(value)
        if match:
            dialect.anchors[match[1]] = match[2]
            return match[2]
    return value


def _mapping(text: str, start: int, dialect: Dialect) -> tuple[dict[str, Any], int]:
    dialect.deeper()
    pairs: dict[str, Any] = {}
    overwrite = False
    at = start + 1
    blanks = " ,\n" if dialect.strict else " ,"
    while at < len(text):
        if text[at] in blanks:
            at += 1
        elif text[at] == "}":
            dialect.depth -= 1
            return pairs, at + 1
        else:
            key, at = _flow_key(text, at, dialect)
            overwrite = overwrite or key == "<<"
            value, at = _flow_value(text, at, dialect)
            _put(pairs, key, value, dialect, overwrite=overwrite)
    raise YamlError("a brace is not closed")


def _flow_key(text: str, at: int, dialect: Dialect) -> tuple[str, int]:
    key, end, quoted = _scalar(text, at, ": ", dialect, bare=True)
    if not dialect.strict:
        return str(key), end
    if end == at:
        raise YamlError("a key is missing")
    colon = text.find(":", end)
    if colon < 0:
        raise YamlError("a colon is missing")
    if not quoted:
        _refuse_odd_key(key)
        if text[colon + 1:colon + 2] not in (" ", ",", "[", "]", "{", "}", "\n"):
            raise YamlError("a space is missing behind a colon")
    return str(key), colon


def _flow_value(text: str, at: int, dialect: Dialect) -> tuple[Any, int]:
    blanks = ": \n" if dialect.strict else ": "
    while at < len(text) and text[at] in blanks:
        at += 1
    if at >= len(text):
        raise YamlError("a brace is not closed")
    if dialect.strict:
        at = _after_tag(text, at)
    if text[at] == "[":
        return _sequence(text, at, dialect)
    if text[at] == "{":
        return _mapping(text, at, dialect)
    value, end, quoted = _scalar(text, at, ",}\n" if dialect.strict else ",}", dialect)
    return (value if quoted else _anchored(value, dialect)), end


def _put(pairs: dict[str, Any], key: str, value: Any, dialect: Dialect, *, overwrite: bool) -> None:
    """The first of equal keys wins (lenient), or none may be equal (strict); `<<` takes in other maps."""
    if key == "<<":
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                raise YamlError("<< needs a map")
            for name, item in source.items():
                pairs.setdefault(name, item)
    elif overwrite or pairs.get(key) is None:
        pairs[key] = value
    elif dialect.strict:
        raise YamlError(f"the key {key} is there twice")
    elif value != pairs[key]:
        dialect.dropped.append(Dropped(-1, key, str(value)))
