"""Raw HTML in Markdown: what Parsedown takes for a tag, a comment or an address in angle brackets.

Parsedown's pattern for a tag is ambiguous (`<abc=d>` is a tag: name `a`, attribute `bc`) and takes exponential
time. The patterns here accept the same texts, each in one way: a run of name characters is split only in thought.
"""

from __future__ import annotations

import re

_ATTRIBUTE_NAME = r"[A-Za-z_:][\w:.\-]*+"
_UNQUOTED = r"""[^"'=<>`\s]"""
_VALUE = (rf"""(?:"[^"]*+"|'[^']*+'"""
          rf"|{_UNQUOTED}++(?!\s*+=)"
          rf"|{_UNQUOTED}+?(?={_ATTRIBUTE_NAME}\s*+=))")
_TAIL = rf"(?:{_ATTRIBUTE_NAME}(?:\s*+=\s*+{_VALUE})?+[ ]*+)*+"
OPEN_TAG = re.compile(
    rf"<\w[0-9\-]*+(?:{_ATTRIBUTE_NAME}(?:\s*+=\s*+{_VALUE})?+)?+[ ]*+{_TAIL}(?P<self>/)?+>", re.ASCII)
"""An opening tag; `self` is `/` where it closes itself."""

SIMPLE_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*+>")
"""What most tags are: nothing but a name. `OPEN_TAG` and `CLOSE_TAG` take these too."""

CLOSE_TAG = re.compile(r"</\w[\w\-]*+[ ]*+>", re.ASCII)
COMMENT = re.compile(r"<!---?[^>\-](?:-?[^\-])*-->")
URL_TAG = re.compile(r"<(\w++://[^ >]++)>", re.ASCII)
EMAIL_TAG = re.compile(r"<((mailto:)?\S[^\s@]*+@\S[^\s>]*+)>", re.ASCII | re.IGNORECASE)
ENTITY = re.compile(r"&#?\w+;", re.ASCII)

_NAME_RUN = re.compile(r"<(\w[\w\-]*+)(?P<more>[:.]?)", re.ASCII)
_LAST_START = re.compile(r".+(?=[A-Za-z_])", re.ASCII)

VOID = frozenset(("area", "base", "br", "col", "command", "embed", "hr", "img", "input", "link", "meta", "param",
                  "source"))
INLINE = frozenset((
    "a", "br", "bdo", "abbr", "blink", "nextid", "acronym", "basefont", "b", "em", "big", "cite", "small", "spacer",
    "listing", "i", "rp", "del", "code", "strike", "marquee", "q", "rt", "ins", "font", "strong", "s", "tt", "kbd",
    "mark", "u", "xm", "sub", "nobr", "sup", "ruby", "var", "span", "wbr", "time"))
"""Elements that do not start a block."""


def tag_name(tag: str) -> str:
    """The name of an opening tag as Parsedown's pattern splits it off: as much as the rest allows."""
    match = _NAME_RUN.match(tag)
    if match is None:
        return ""
    name, more = match[1], match["more"]
    after = tag[match.end(1):].lstrip(" \t\n\r\f\v")
    if more != "." and not (after.startswith("=") and not more):
        return name
    shorter = _LAST_START.match(name)            # the last letter that can begin an attribute's name
    return shorter[0] if shorter else name
