"""Tags that do not match: what a browser makes of them depends on all that stands around them."""

from __future__ import annotations

import re

from migrate.content.markup import VOID

_TAG = re.compile(r"<(?:(!--)(?:.*?(-->))?+|(/?)([A-Za-z][^\s<>/]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>?)",
                  re.DOTALL)
_LEFT_OPEN = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option"))
_NO_TAGS_WITHIN = frozenset(("script", "style", "textarea", "title", "iframe", "noscript", "xmp"))
_HOLDS_NOTHING = VOID | {"wbr", "track"}


def first_broken_tag(html: str) -> str | None:
    """The first tag that ends nothing, or that nothing ends, as it is written: `<b>`, `</td>`, `<!--`."""
    opened: list[str] = []
    depth: dict[str, int] = {}
    for match in _TAG.finditer(html):
        comment, ended, slash, name, rest = match.groups()
        if comment:
            if not ended:
                return "<!--"
            continue
        name = name.lower()
        if opened and opened[-1] in _NO_TAGS_WITHIN and not (slash and name == opened[-1]):
            if slash and opened[-2:-1] == [name]:
                return f"<{opened[-1]}>"      # it swallows the end of the paragraph around it
            continue
        if not slash and not rest.endswith("/") and name not in _HOLDS_NOTHING:
            opened.append(name)
            depth[name] = depth.get(name, 0) + 1
        elif slash and not depth.get(name):
            return f"</{name}>"
        elif slash:
            left = _closed(name, opened, depth)
            if left:
                return f"<{left}>"
    return next((f"<{name}>" for name in opened if name not in _LEFT_OPEN), None)


def _closed(name: str, opened: list[str], depth: dict[str, int]) -> str | None:
    """Close the last element of this name; the first within it that should have been closed before, if any."""
    left = None
    while True:
        last = opened.pop()
        depth[last] -= 1
        if last == name:
            return left
        if last not in _LEFT_OPEN:
            left = last
