"""The small text templates of mapping files: `<span style="color: {value|red};">`.

    {name}            the attribute `name`, escaped for HTML; nothing where it is not given
    {a,b,c}           the first of these that is given
    {name|text}       … or `text` where none is given (it may be empty and runs to the closing brace)
    {name:filter}     changed by a filter before it is printed: {name:px}, {name:each fa-|text}
    {?a,b} … {/}      only where one of these is given; may be nested
    {?a,b=text} … {/} only where the first of these that is given is `text`
    {!a,b} … {/}      only where that is not so
    {{  }}            the braces themselves

Filters: `px` 20 → 20px · `prefix X` puts X in front unless it is there · `each X` the same for every word of
a list, each with a blank before it · `words` commas become spaces · `number` digits only, else nothing · `slug`
lower case with hyphens · `url` percent-encoded for a query · `raw` not escaped.

"Given" means present and not empty. Nothing here can loop, call or look outside the values: a template from a
stranger's mapping file is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAMES = re.compile(r"[A-Za-z_][\w.:-]*(?:,[A-Za-z_][\w.:-]*)*\Z")
_NUMBER = re.compile(r"\d+(?:\.\d+)?\Z")
_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_WORD = re.compile(r"[^,\s]+")
_SLUG_GAPS = re.compile(r"[\W_]+")


class Placeholder(NamedTuple):
    """`{a,b:filter argument|default}`."""

    names: tuple[str, ...]
    filter: str
    argument: str
    default: str | None


class Condition(NamedTuple):
    """`{?a,b} … {/}`, or `{!a,b} … {/}` with `wanted` False. `equals` None: any text will do."""

    names: tuple[str, ...]
    equals: str | None
    wanted: bool
    pieces: tuple[str | Placeholder | Condition, ...]


Piece = str | Placeholder | Condition


class Template(NamedTuple):
    """A template that has been read: `text` as written, `pieces` in order."""

    text: str
    pieces: tuple[Piece, ...]


class TemplateError(ValueError):
    """A template cannot be read; the message says what is wrong and at which character, from 1."""


def _prefixed(text: str, prefix: str) -> str:
    return text if text.startswith(prefix) else prefix + text


FILTERS: Mapping[str, Callable[[str, str], str]] = {
    "px": lambda text, _: f"{text}px" if _NUMBER.match(text) else text,
    "prefix": _prefixed,
    "each": lambda text, prefix: "".join(f" {_prefixed(word, prefix)}" for word in _WORD.findall(text)),
    "words": lambda text, _: " ".join(text.replace(",", " ").split()),
    "number": lambda text, _: text if text.isdecimal() else "",
    "slug": lambda text, _: _SLUG_GAPS.sub("-", text.lower()).strip("-"),
    "url": lambda text, _: quote(text, safe=""),
    "raw": lambda text, _: text,
}


_CALL = re.compile(rf"(.*?):({'|'.join(FILTERS)})(?: (.*))?\Z", re.DOTALL)


@lru_cache(maxsize=1024)
def read_template(text: str) -> Template:
    """Read a template once; raises TemplateError."""
    pieces, rest = _read_pieces(text, 0, None)
    assert rest == len(text)
    return Template(text, pieces)


def fill(template: Template, values: Mapping[str, str], *, escape: bool = True) -> str:
    """Print the template with these values; `escape` False for plain text instead of HTML."""
    return "".join(_printed(template.pieces, values, escape))


def names_in(template: Template) -> frozenset[str]:
    """Every name that the template asks for."""
    return frozenset(_names(template.pieces))


def escaped(text: str) -> str:
    """Escape for HTML text and attributes, leaving the entities that the author wrote."""
    text = _AMPERSAND.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _printed(pieces: tuple[Piece, ...], values: Mapping[str, str], escape: bool) -> list[str]:
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, Condition):
            if _holds(piece, values) is piece.wanted:
                out += _printed(piece.pieces, values, escape)
        else:
            out.append(_value(piece, values, escape))
    return out


def _holds(condition: Condition, values: Mapping[str, str]) -> bool:
    text = _first(condition.names, values)
    return bool(text) if condition.equals is None else text == condition.equals


def _first(names: tuple[str, ...], values: Mapping[str, str]) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _value(piece: Placeholder, values: Mapping[str, str], escape: bool) -> str:
    text = _first(piece.names, values)
    if text and piece.filter:
        text = FILTERS[piece.filter](text, piece.argument)
    if not text:
        return piece.default or ""
    return escaped(text) if escape and piece.filter != "raw" else text


def _names(pieces: tuple[Piece, ...]) -> list[str]:
    found: list[str] = []
    for piece in pieces:
        if not isinstance(piece, str):
            found += piece.names
        if isinstance(piece, Condition):
            found += _names(piece.pieces)
    return found


def _read_pieces(text: str, start: int, opened: int | None) -> tuple[tuple[Piece, ...], int]:
    """The pieces from `start` to the end, or to the `{/}` of the condition that was opened at `opened`."""
    pieces: list[Piece] = []
    place = start
    while match := _PIECE.search(text, place):
        pieces += [text[place:match.start()]] if match.start() > place else []
        place = match.end()
        tag, inner = match.group(), match.group(1)
        if tag in ("{{", "}}"):
            pieces.append(tag[0])
        elif inner is None:
            raise TemplateError(f"a single {tag} at character {match.start() + 1}; "
                                f"write {tag * 2} for the brace itself")
        elif inner.startswith("/"):
            if opened is None:
                raise TemplateError(f"{tag} at character {match.start() + 1} closes nothing")
            return tuple(pieces), place
        elif inner[:1] in ("?", "!"):
            inside, place = _read_pieces(text, place, match.start())
            names, equals, wanted = inner[1:].partition("=")
            pieces.append(Condition(_read_names(names, match), wanted if equals else None,
                                    inner[0] == "?", inside))
        else:
            pieces.append(_read_placeholder(inner, match))
    if opened is not None:
        raise TemplateError(f"the condition at character {opened + 1} is never closed with {{/}}")
    return (*pieces, *([text[place:]] if place < len(text) else [])), len(text)


def _read_placeholder(inner: str, match: re.Match[str]) -> Placeholder:
    head, bar, default = inner.partition("|")
    call = _CALL.match(head)            # names may hold colons too: {og:image}
    names, filtered, argument = (call[1], call[2], call[3] or "") if call else (head, "", "")
    return Placeholder(_read_names(names, match), filtered, argument, default if bar else None)


def _read_names(text: str, match: re.Match[str]) -> tuple[str, ...]:
    if not _NAMES.match(text):
        known = ", ".join(FILTERS)
        raise TemplateError(f"{match.group()} at character {match.start() + 1} is no placeholder: expected "
                            f"{{name}}, {{name|default}}, {{name:filter}} ({known}), {{?name}}…{{/}} "
                            "or {!name}…{/}")
    return tuple(text.split(","))
