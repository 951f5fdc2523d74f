"""Where emphasis ends, exactly as Parsedown's four patterns find it, in linear time.

A strong text is a run of units (an escaped marker, any character but the marker, or `*…*` without a marker in it)
up to the first `**` that no third marker follows; emphasis the same with the roles changed. The patterns are used
as they are as long as they cannot be slow; texts full of markers go the long way, which remembers dead ends. As
emphasis may stand within emphasis, even that is bounded for a page as a whole: see `Patience`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MANY = 64          # markers in one text, from which on the patterns could be slow
_ESCAPED_MANY = 8   # escaped ones: each may be read in two ways

STRONG = {
    "*": re.compile(r"\*\*((?:\\\*|[^*\\]++|\\|\*[^*]*+\*)+?)\*\*(?!\*)"),
    "_": re.compile(r"__((?:\\_|[^_\\]++|\\|_[^_]*+_)+?)__(?!_)"),
}
EMPHASIS = {
    "*": re.compile(r"\*((?:\\\*|[^*\\]++|\\|\*\*[^*]++\*\*)+?)\*(?!\*)"),
    "_": re.compile(r"_((?:\\_|[^_\\]++|\\|__[^_]*+__)+?)_(?!_)\b"),
}


class Patience:
    """How many steps the long way may take on one page: a few for each character, then nothing more is found.

    PHP gives up on such texts as well, sooner (`pcre.backtrack_limit`, the stack of its compiled patterns).
    """

    __slots__ = ("steps",)

    def __init__(self, size: int) -> None:
        self.steps = 20_000 + 2 * size


class Ends:
    """Finds the ends of emphasis within one text."""

    __slots__ = ("_dead", "_hard", "_patience", "text")

    def __init__(self, text: str, patience: Patience) -> None:
        self.text = text
        self._patience = patience
        self._hard: dict[str, bool] = {}
        self._dead: dict[tuple[str, bool], set[int]] = {}

    def find(self, place: int) -> tuple[bool, int]:
        """For the marker at `place`: whether it opens strong text, and where its content ends (0: nowhere)."""
        text = self.text
        marker = text[place]
        if marker not in self._hard:
            self._hard[marker] = (text.count(marker) > _MANY or text.count("\\" + marker) > _ESCAPED_MANY)
        double = text.startswith(marker, place + 1)
        if self._hard[marker]:
            strong = self._search(marker, True, place + 2) if double else 0
            return (True, strong) if strong else (False, self._search(marker, False, place + 1))
        match = STRONG[marker].match(text, place) if double else None
        if match:
            return True, match.end(1)
        match = EMPHASIS[marker].match(text, place)
        return False, match.end(1) if match else 0

    def _search(self, marker: str, strong: bool, start: int) -> int:
        """The same by a depth-first search over places between two units; dead ends are never entered again."""
        dead = self._dead.setdefault((marker, strong), set())
        state = _State(self.text, marker, strong, start)
        patience = self._patience
        trail: list[tuple[int, int]] = []        # (place, its parent in the trail)
        todo = [(start, -1)]
        while todo and patience.steps > 0:
            place, parent = todo.pop()
            if place in dead:
                continue
            patience.steps -= 1
            trail.append((place, parent))
            if place != start:
                dead.add(place)
            end, following = state.step(place)
            if end:
                step = len(trail) - 1            # what leads to an end is no dead end
                while step >= 0:
                    dead.discard(trail[step][0])
                    step = trail[step][1]
                return end
            for target in following:
                todo.append((target, len(trail) - 1))
        return 0


class _State(NamedTuple):
    text: str
    marker: str
    strong: bool
    start: int

    def step(self, place: int) -> tuple[int, tuple[int, ...]]:
        """Whether the content may end at the next marker, else the places from which to go on, the best one last."""
        text, marker = self.text, self.marker
        found = text.find(marker, place)
        if found < 0:
            return 0, ()
        if found > place and text[found - 1] == "\\":
            if found - 1 > place:
                return 0, (found - 1,)
            return 0, (found, found + 1)         # an escaped marker, else a backslash before a real one
        if found > self.start and self._closes(found):
            return found, ()
        return 0, self._pair(found)

    def _closes(self, found: int) -> bool:
        text, marker = self.text, self.marker
        if self.strong:
            return text.startswith(marker, found + 1) and not text.startswith(marker, found + 2)
        if text.startswith(marker, found + 1):
            return False
        return marker == "*" or not (text[found + 1:found + 2].isalnum() or text[found + 1:found + 2] == "_")

    def _pair(self, found: int) -> tuple[int, ...]:
        """Behind the other kind of emphasis that begins at `found`, if it does."""
        text, marker = self.text, self.marker
        if self.strong:
            end = text.find(marker, found + 1)
            return (end + 1,) if end >= 0 else ()
        if not text.startswith(marker, found + 1):
            return ()
        end = text.find(marker, found + 2)
        nothing = end == found + 2 and marker == "*"
        return (end + 2,) if end >= 0 and not nothing and text.startswith(marker, end + 1) else ()
