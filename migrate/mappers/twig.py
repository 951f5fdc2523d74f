"""What a page's own Twig prints, where that can be known without the theme and its plug-ins.

Only expressions: a literal or a dotted name, with filters. Everything else (loops, functions of the theme) is
for a person. Grav: Twig.php::processPage runs Twig after Markdown with HTML escaping on; unknown variables are
empty text there, but a name may come from a plug-in that we do not see, so it is unknown here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

_EXPRESSION = re.compile(
    r"""\{\{-?\s*(?:'(?P<single>(?:[^'\\]|\\.)*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<number>\d+)|(?P<name>[A-Za-z_][\w.]*))
        (?P<filters>(?:\s*\|\s*[a-z_]+(?:\(\s*\))?)*)\s*-?\}\}\Z""", re.VERBOSE)
_ANY_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FILTER = re.compile(r"[a-z_]+")
_TAG = re.compile(r"\{%-?\s*(\w+)")

VERBATIM = {"verbatim": "endverbatim", "raw": "endraw"}

FILTERS: Mapping[str, Callable[[str], str]] = {
    "safe_email": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "raw": lambda text: text,
    "e": escape,
    "escape": escape,
    "upper": str.upper,
    "lower": str.lower,
    "capitalize": str.capitalize,
    "title": str.title,
    "trim": str.strip,
    "striptags": lambda text: re.sub(r"<[^>]*>", "", text),
    "url_encode": lambda text: quote(text, safe=""),
}
"""Filters whose result depends on the text alone. They print HTML: the text is what a visitor's browser is sent."""

_PRINTS_HTML = {"safe_email", "raw", "e", "escape"}


def value_of(source: str, context: Mapping[str, Any]) -> str | None:
    """The HTML that `{{ … }}` prints, "" for a comment; None where only the real site could tell."""
    if source.startswith("{#"):
        return ""
    match = _EXPRESSION.match(source)
    if match is None:
        return None
    text, literal = _operand(match, context)
    filters = _FILTER.findall(match["filters"] or "")
    if text is None or any(name not in FILTERS for name in filters):
        return None
    for name in filters:
        text = FILTERS[name](text)
    return text if literal or _PRINTS_HTML & set(filters) else escape(text, quote=False)


def run_first(text: str, context: Mapping[str, Any]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """A body whose Twig runs before Markdown: with what it prints, and (offset, tag) of what nobody can work out.

    Tags span lines here. The offsets are those of `text` as it was given.
    """
    pieces: list[str] = []
    unknown: list[tuple[int, str]] = []
    place, verbatim = 0, ""
    for match in _ANY_TAG.finditer(text):
        name = tag_name(match[0])
        if verbatim and name != verbatim:
            continue
        verbatim, value = ("", "") if verbatim else (VERBATIM[name], "") if name in VERBATIM else (
            "", value_of(match[0], context))
        if value is None:
            unknown.append((match.start(), match[0]))
            continue
        pieces += [text[place:match.start()], value]
        place = match.end()
    return "".join((*pieces, text[place:])), tuple(unknown)


def tag_name(source: str) -> str:
    """The word after `{%`, "" for an expression or a comment."""
    match = _TAG.match(source)
    return match[1] if match else ""


def _operand(match: re.Match[str], context: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The text of the literal or name, and whether it is a literal (which Twig does not escape)."""
    for group in ("single", "double"):
        if match[group] is not None:
            return re.sub(r"\\(.)", r"\1", match[group]), True
    if match["number"] is not None:
        return match["number"], True
    return _look_up(match["name"], context), False


def _look_up(name: str, context: Mapping[str, Any]) -> str | None:
    value: Any = context
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value) if isinstance(value, (str, int, float)) else None
