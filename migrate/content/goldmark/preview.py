"""What Hugo's Goldmark will show for a text, foretold by a fast CommonMark library (pulldown-cmark).

The two agree but for the cases in `doubts.py`. A lone `~` is hidden from the library, which would strike text
through with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from migrate.content.goldmark.tokens import DIVIDER, unwrap_tokens
from migrate.content.goldmark_options import GoldmarkOptions

_PLAIN = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_EXTRA = (_PLAIN | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_DEFINITION_LIST
          | pyromark.Options.ENABLE_HEADING_ATTRIBUTES)
_LONE_TILDE = re.compile(r"~(?<!~~)(?<!\\~)(?!~)")
_VISIBLE = re.compile(r"\S")
_STAND_IN = "\u2053"                      # SWUNG DASH: punctuation to both, as ~ is
_STAND_IN_CODE = "%E2%81%93"
_INDENTED_IN_CODE = re.compile(r"`[ \t]*\n[ \t>]+\S")
_INDENTED_CODE = re.compile(r"(?<!<pre>)<code>  +")
_OPEN_END = re.compile(r"((?:\n|<code[^>]*>)\n</code></pre>\n)(?=</(?:li|blockquote|dd)>)")
_DISPUTED = "<code>\ue01e"                # Goldmark drops what indents the line, the library does not: never equal


def preview(text: str, options: GoldmarkOptions) -> str:
    """The HTML of the text, with `<br />` for line breaks and without the ids that Hugo gives headings."""
    flags = _EXTRA if options.extra else _PLAIN
    if DIVIDER in text:
        text = text.replace(DIVIDER, "")
    if "~" in text:
        html = pyromark.html(_LONE_TILDE.sub(_STAND_IN, text), options=flags)
        html = html.replace(_STAND_IN, "~").replace(_STAND_IN_CODE, "~")
    else:
        html = pyromark.html(text, options=flags)
    if "\n</code></pre>\n</" in html:
        html = _OPEN_END.sub("\\1\ue01e", html)
    if "<code>  " in html and _INDENTED_IN_CODE.search(text):
        html = _INDENTED_CODE.sub(_DISPUTED, html)
    return unwrap_tokens(html) if "\ue010" in html else html


def without_code(text: str, *, extra: bool) -> str:
    """The text with an `x` for each character of its code blocks; their marks, indentation and line ends stay."""
    out: list[str] = []
    place = 0
    data = text.encode()
    within = False
    for event, start, end in _events(text, extra=extra):
        if "CodeBlock" in event:
            within = event.startswith("Start")
        elif within and event == "Text":
            out += [data[place:start].decode(), _VISIBLE.sub("x", data[start:end].decode())]
            place = end
    return "".join([*out, data[place:].decode()])


def block_starting(pattern: re.Pattern[str], text: str, *, extra: bool) -> int | None:
    """Where the first HTML block stands whose text begins with the pattern."""
    data = text.encode()
    for event, start, end in _events(text, extra=extra):
        if event == "Start HtmlBlock" and pattern.match(data[start:end].decode()):
            return len(data[:start].decode())
    return None


def with_marked_lines(text: str, mark: str, *, extra: bool) -> str:
    """The text with a mark in front of each line of an HTML block but its first."""
    data = text.encode()
    out: list[str] = []
    place = 0
    starts_line = False
    for event, span in _found(text, extra=extra):
        if type(event) is not dict:
            continue
        if "Html" not in event:
            starts_line = False
            continue
        if starts_line:
            out += [data[place:span["start"]].decode(), mark]
            place = span["start"]
        starts_line = data[span["end"] - 1:span["end"]] == b"\n"
    return "".join([*out, data[place:].decode()])


def _events(text: str, *, extra: bool) -> Iterator[tuple[str, int, int]]:
    """What the library finds, by name: `Start CodeBlock`, `Text`, `End CodeBlock` …; with offsets in UTF-8."""
    for event, span in _found(text, extra=extra):
        if isinstance(event, dict):
            name, what = next(iter(event.items()))
            kind = next(iter(what), "") if isinstance(what, dict) else what
            yield f"{name} {kind}" if name in ("Start", "End") else name, span["start"], span["end"]


def _found(text: str, *, extra: bool) -> Iterator[tuple[Any, Any]]:
    data = _LONE_TILDE.sub("!", text) if "~" in text else text
    return iter(pyromark.events_with_range(data, options=_EXTRA if extra else _PLAIN))
