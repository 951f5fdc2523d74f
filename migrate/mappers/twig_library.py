"""Twig's and Grav's filters, functions and tests whose result depends on their arguments alone."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import zip_longest
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

GRAV_NAMES = frozenset((
    "_context", "assets", "base_dir", "base_uri", "base_url", "base_url_absolute", "base_url_relative",
    "base_url_simple", "browser", "config", "content", "debugger", "grav", "header", "home_url", "html_lang",
    "language", "language_codes", "media", "page", "pages", "request", "self", "session", "site", "system", "taxonomy",
    "theme", "theme_config", "theme_dir", "theme_url", "twig", "uri", "user",
))
"""Variables that Grav has on every page: one of them that is not in a context is unknown, and not empty."""

GRAV_FILTERS = frozenset((
    "absolute_url", "array_diff", "array_unique", "base32_decode", "base32_encode", "base64_decode", "basename",
    "camelize", "chunk_split", "column", "convert_encoding", "date_modify", "defined", "dirname", "fieldName", "filter",
    "format", "get_type", "humanize", "int", "json_decode", "ksort", "ltrim", "map", "markdown", "md5", "modulus",
    "monthize", "nicecron", "nicefilesize", "nicenumber", "nicetime", "of_type", "ordinalize", "pad", "parent_field",
    "pluralize", "print_r", "randomize", "reduce", "regex_replace", "replace_last", "rtrim", "sha1", "singularize",
    "sort_by_key", "spaceless", "ta", "tl", "translate", "truncate", "yaml", "yaml_decode", "yaml_encode", "wordcount",
))
GRAV_FUNCTIONS = frozenset((
    "attribute", "authorize", "block", "body_class", "constant", "cron", "date",
    "evaluate", "evaluate_twig", "exif", "file_exists", "get_cookie", "get_type", "gist", "header_var",
    "http_response_code", "include", "is_object", "isajaxrequest", "json_decode", "media_directory", "nicefilesize",
    "nicenumber", "nicetime", "nonce_field", "of_type", "page_header_var", "parent", "parseurl", "pathinfo", "php",
    "random", "random_string", "redirect_me", "regex_filter", "regex_match", "regex_replace", "regex_split", "source",
    "svg_image", "ta", "template_from_string", "theme_var", "tl", "translate", "unique_id", "url", "vardump", "xss",
))
"""Filters and functions of Twig and Grav that this module does not have: what they give is unknown, and not empty."""

SAFE_FILTERS = frozenset({"raw", "e", "escape", "safe_email", "nl2br"})
UNPRINTED_FUNCTIONS = frozenset({"authorize", "call_user_func", "debug", "dump", "read_file"})
"""They print nothing: for visitors who are not logged in, while nobody debugs, or because Grav forbids them."""


LARGEST = 100_000
"""Characters of the longest text that is dealt with."""

_TAG = re.compile(r"<[^>]*>")
_GAPS = re.compile(r"[^a-z0-9]+")


class UnknownError(LookupError):
    """Only the real site could tell."""


def truth(value: Any) -> bool:
    """PHP's idea of true: not null, false, 0, "", "0" or an empty list."""
    return value not in (None, False, 0, 0.0, "", "0") and not (isinstance(value, list | Mapping) and not value)


def printed(value: Any) -> str:
    """A value as text; raises UnknownError for what PHP cannot print."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    if isinstance(value, str | int):
        return str(value)
    shown = getattr(value, "printed", None)
    if shown is None:
        raise UnknownError("no text")
    return str(shown())


def items_of(value: Any) -> list[tuple[Any, Any]]:
    """Keys and values of what a loop can run over; raises UnknownError for an object."""
    if value is None or isinstance(value, str | int | float | bool):
        return []
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, Iterable):
        return list(enumerate(value))
    raise UnknownError("no list")


def _bounded(count: int, size: int = 1) -> int:
    """The count, if so many of this size are not too much; raises UnknownError."""
    if abs(count) * max(1, size) > LARGEST:
        raise UnknownError("too large")
    return count


def _values(value: Any) -> list[Any]:
    return [item for _, item in items_of(value)]


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else len(items_of(value))


def _first(value: Any) -> Any:
    return value[:1] if isinstance(value, str) else next(iter(_values(value)), None)


def _last(value: Any) -> Any:
    return value[-1:] if isinstance(value, str) else next(iter(reversed(_values(value))), None)


def _slice(value: Any, start: int, length: int | None = None) -> Any:
    whole = value if isinstance(value, str) else _values(value)
    rest = whole[start:]
    return rest if length is None else rest[:length]


def _join(value: Any, glue: Any = "", last: Any = None) -> str:
    texts = [printed(item) for item in _values(value)]
    _bounded(sum(map(len, texts)) + len(printed(glue)) * len(texts))
    if last is None or len(texts) < 2:
        return printed(glue).join(texts)
    return printed(glue).join(texts[:-1]) + printed(last) + texts[-1]


def _replaced(text: Any, pairs: Mapping[Any, Any], new: Any = None) -> str:
    given = {pairs: new} if isinstance(pairs, str) else pairs
    told = {printed(name): printed(value) for name, value in given.items()}
    _bounded(len(printed(text)) * max(map(len, told.values()), default=0) // 100)
    names = sorted((name for name in told if name), key=len, reverse=True)
    found = re.compile("|".join(map(re.escape, names)))
    return found.sub(lambda match: told[match[0]], printed(text)) if names else printed(text)


def _kept(value: Any, others: Iterable[Any], *, among: bool) -> dict[Any, Any]:
    """The items that are in all the others, or in none; they keep their keys, as in PHP."""
    texts = [{printed(item) for item in _values(other)} for other in others]
    return {key: item for key, item in items_of(value)
            if (all if among else any)(printed(item) in known for known in texts) is among}


def _once_each(value: Any) -> dict[Any, Any]:
    """The first of each, with its key."""
    first = {printed(item): key for key, item in reversed(items_of(value))}
    return {key: item for key, item in items_of(value) if first[printed(item)] == key}


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {**one, **other}
    return [*_values(one), *_values(other)]


def _number_format(value: Any, digits: int = 0, point: str = ".", thousands: str = ",") -> str:
    text = f"{float(value):,.{_bounded(int(digits), LARGEST // 20)}f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands)


def _rounded(value: Any, digits: int = 0, method: str = "common") -> Any:
    factor = 10 ** _bounded(int(digits), LARGEST // 20)
    scaled = float(value) * factor
    halfway = (abs(scaled) + 0.5) // 1 * (1 if scaled >= 0 else -1)
    return {"ceil": -(-scaled // 1), "floor": scaled // 1}.get(method, halfway) / factor


def _sorted(value: Any) -> Any:
    ordered = sorted(items_of(value), key=lambda pair: (isinstance(pair[1], str), pair[1]))
    return dict(ordered) if isinstance(value, Mapping) else [item for _, item in ordered]


def _reversed(value: Any) -> Any:
    return value[::-1] if isinstance(value, str) else list(reversed(_values(value)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/")


def _batched(value: Any, size: int, fill: Any = None) -> list[list[Any]]:
    wide = max(1, _bounded(int(size), 100))
    rows = [list(row) for row in zip_longest(*[iter(_values(value))] * wide, fillvalue=fill)]
    return rows if fill is not None else [[item for item in row if item is not None] for row in rows]


def _title(text: Any) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in printed(text).split(" "))


def _hidden(text: Any) -> str:
    return "".join(f"&#{ord(letter)};" for letter in printed(text))


def _translated(text: Any, *_: Any) -> str:
    """A text that is no key of a language file is its own translation."""
    key = printed(text)
    if re.fullmatch(r"[A-Z0-9_]+(?:\.[A-Z0-9_]+)+", key):
        raise UnknownError(key)
    return key


def _print_r(value: Any, indent: str = "") -> str:
    if not isinstance(value, list | Mapping):
        return printed(value)
    rows = "".join(f"{indent}    [{key}] => {_print_r(item, indent + '        ')}\n" for key, item in items_of(value))
    return f"Array\n{indent}(\n{rows}{indent})\n"


def _dated(value: Any, form: str | None = None, zone: Any = None) -> str:
    shown = getattr(value, "dated", None)
    if shown is None or zone is not None:
        raise UnknownError("a date")
    return str(shown(form))


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "abs": lambda value: abs(value),
    "array": lambda value: list(value) if isinstance(value, list) else value if isinstance(value, Mapping) else [value],
    "base64_encode": lambda text: b64encode(printed(text).encode()).decode(),
    "batch": _batched,
    "capitalize": lambda text: printed(text)[:1].upper() + printed(text)[1:].lower(),
    "contains": lambda text, part: printed(part) in printed(text),
    "date": _dated,
    "e": lambda text, *_: escape(printed(text)).replace("&#x27;", "&#039;"),
    "ends_with": lambda text, part: printed(text).endswith(printed(part)),
    "escape": lambda text, *_: escape(printed(text)).replace("&#x27;", "&#039;"),
    "first": _first,
    "hyphenize": lambda text: _GAPS.sub("-", printed(text).lower()).strip("-"),
    "join": _join,
    "json_encode": _json,
    "keys": lambda value: [key for key, _ in items_of(value)],
    "last": _last,
    "length": _length,
    "lower": lambda text: printed(text).lower(),
    "merge": _merged,
    "nl2br": lambda text: printed(text).replace("\n", "<br />\n"),
    "number_format": _number_format,
    "raw": printed,
    "replace": _replaced,
    "reverse": _reversed,
    "round": _rounded,
    "safe_email": _hidden,
    "slice": _slice,
    "sort": _sorted,
    "split": lambda text, sign, *_: printed(text).split(printed(sign)) if sign else list(printed(text)),
    "starts_with": lambda text, part: printed(text).startswith(printed(part)),
    "string": printed,
    "striptags": lambda text, *_: _TAG.sub("", printed(text)),
    "t": _translated,
    "title": _title,
    "titleize": _title,
    "trim": lambda text, signs=" \t\n\r\0\x0b", *_: printed(text).strip(signs),
    "tu": _translated,
    "underscorize": lambda text: _GAPS.sub("_", printed(text).lower()).strip("_"),
    "upper": lambda text: printed(text).upper(),
    "url_encode": lambda text: quote(printed(text), safe="-_.~"),
    "values": _values,
})

FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "array": lambda value: value if isinstance(value, list | Mapping) else [value],
    "array_diff": lambda value, *others: _kept(value, others, among=False),
    "array_intersect": lambda value, *others: _kept(value, others, among=True),
    "array_key_exists": lambda key, value: printed(key) in [printed(name) for name, _ in items_of(value)],
    "array_key_value": lambda key, value, given=None: {**(given or {}), key: value},
    "array_unique": lambda value: _once_each(value),
    "cycle": lambda value, number: _values(value)[int(number) % len(_values(value))],
    "max": lambda *values: max(_values(values[0]) if len(values) == 1 else values),
    "min": lambda *values: min(_values(values[0]) if len(values) == 1 else values),
    "print_r": _print_r,
    "range": lambda first, last, step=1: _stepped(first, last, step),
    "repeat": lambda text, times: printed(text) * _bounded(int(times), len(printed(text))),
    "string": printed,
    "t": _translated,
    "url": lambda address, *_: _url(printed(address)),
})

TESTS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "divisible": lambda value, by: int(value) % int(by) == 0,
    "empty": lambda value: value in (None, False, "") or (isinstance(value, list | Mapping) and not value),
    "even": lambda value: int(value) % 2 == 0,
    "iterable": lambda value: isinstance(value, list | Mapping),
    "none": lambda value: value is None,
    "null": lambda value: value is None,
    "odd": lambda value: int(value) % 2 == 1,
    "same": lambda value, other: type(value) is type(other) and value == other,
})


def _url(address: str) -> str:
    """Grav: Utils::url, for what needs no look at the disk."""
    if not address.startswith(("/", "http://", "https://", "#")):
        raise UnknownError(address)
    return address


def _stepped(first: Any, last: Any, step: Any = 1) -> list[int]:
    low, high, by = int(first), int(last), abs(int(step)) or 1
    if abs(high - low) / by >= 1000:
        raise UnknownError("a range too long")
    return list(range(low, high + 1, by) if low <= high else range(low, high - 1, -by))
