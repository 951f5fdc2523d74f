"""What looks to Hugo like the beginning or the whole of one of its shortcodes, `{{< … >}}` or `{{% … %}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENER = re.compile(r"\{\{[<%]")
_CLOSERS = {"<": ">}}", "%": "%}}"}


def hidden_openers(html: str) -> str:
    """HTML, or Markdown, that shows the same and holds nothing that Hugo would run."""
    return _OPENER.sub(lambda opener: "&#123;" + opener[0][1:], html) if "{{" in html else html


def lone_openers(text: str) -> Iterator[int]:
    """Where `{{<` or `{{%` stands that nothing on its line closes: Hugo would not build the page."""
    if "{{<" not in text and "{{%" not in text:
        return
    line_end, last = -1, {"<": -1, "%": -1}
    for match in _OPENER.finditer(text):
        if match.start() > line_end:
            line_end = _line_end(text, match.start())
            last = {kind: text.rfind(closer, match.start(), line_end) for kind, closer in _CLOSERS.items()}
        if last[match[0][2]] < match.end():
            yield match.start()


def whole_shortcodes(text: str) -> Iterator[tuple[int, int]]:
    """Where `{{< … >}}` and `{{% … %}}` stand, each on one line, apart from each other and in order."""
    line_end, reach = -1, 0
    dead: set[str] = set()                    # kinds with no closer on the rest of the line
    for match in _OPENER.finditer(text):
        kind = match[0][2]
        if match.start() > line_end:
            line_end = _line_end(text, match.start())
            dead.clear()
        if match.start() < reach or kind in dead:
            continue
        closer = text.find(_CLOSERS[kind], match.end(), line_end)
        if closer < 0:
            dead.add(kind)
        else:
            reach = closer + 3
            yield match.start(), reach


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end
