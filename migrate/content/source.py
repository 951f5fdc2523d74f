"""A body as the grammar sees it, and the way back to the offsets of the original.

Parsedown makes every line end a newline and every tab one to four spaces before it looks at anything; Grav takes
Twig tags out of reach of Markdown even before that. All three happen here, so that every later text is a piece of
one working text, and an offset into that text can be turned into one of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

Offsets = Callable[[int], int]
"""Turns an offset in some text into one of the source."""

_TWIG = (("{#", "#}"), ("{{", "}}"), ("{%", "%}"))
_ALTERED = re.compile(r"\r\n?|\t")
_ALPHABETS = ((0x13000, 1000), (0x12000, 900), (0x14400, 580), (0x16800, 560))   # letters nobody writes pages in


class Working:
    """The working text of one body.

    `text` has newlines, no tabs, and a stand-in of equal length for every protected Twig tag; `twig` tells which
    stand-in means which tag. With `as_it_is`, tabs and line ends stay.
    """

    __slots__ = ("_from", "_to", "exact", "text", "twig")

    def __init__(self, source: str, *, protect_twig: bool, as_it_is: bool = False) -> None:
        self.twig: dict[str, str] = {}
        if protect_twig and "{" in source:
            source = _protect(source, self.twig)
        self._from, self._to = [0], [0]
        self.exact = as_it_is or ("\t" not in source and "\r" not in source)
        self.text = source if self.exact else self._expand(source)

    def offset(self, place: int) -> int:
        """The offset in the source of an offset in `text`."""
        if self.exact:
            return place
        found = bisect_right(self._from, place) - 1
        return self._to[found] + place - self._from[found]

    def _expand(self, source: str) -> str:
        """Newlines and spaces for what is neither, as `str.expandtabs` does it; remembers where they were."""
        parts: list[str] = []
        done = length = line = 0             # in source; in the new text; start of the line in the new text
        for match in _ALTERED.finditer(source):
            start, end = match.span()
            chunk = source[done:start]
            newline = chunk.rfind("\n")
            if newline >= 0:
                line = length + newline + 1
            length += len(chunk)
            line -= self._longer(chunk[newline + 1:])
            put = "\n" if match[0] != "\t" else " " * (4 - (length - line) % 4)
            self._from.append(length)
            self._to.append(start)
            length += len(put)
            self._from.append(length)
            self._to.append(end)
            if put == "\n":
                line = length
            parts += (chunk, put)
            done = end
        return "".join((*parts, source[done:]))


    def _longer(self, text: str) -> int:
        """How many more characters Grav's stand-ins in `text` have than ours; tabs behind them see that."""
        if not self.twig:
            return 0
        tags = [self.twig[match[0]] for match in stand_ins(text, self.twig)]
        return sum(8 + (len(tag.encode()) + 2) // 3 * 4 - len(tag) for tag in tags)


def _protect(source: str, tags: dict[str, str]) -> str:
    """Put a stand-in for each Twig tag, as `Page.php::processMarkdown` does with a token and base64.

    Grav's token begins and ends with a slash and holds letters, digits and, where the tag's length is no multiple
    of three, `=`. The stand-in does the same in as many characters as the tag has.
    """
    letters = _unused_letters(source)
    known: dict[str, str] = {}

    for opening, closing in _TWIG:
        parts: list[str] = []
        done = 0
        for start, end in _twig_tags(source, opening, closing):
            tag = source[start:end]
            if tag not in known:
                known[tag] = _stand_in(tag, len(known), letters)
                tags[known[tag]] = tag
            parts += (source[done:start], known[tag])
            done = end
        source = "".join((*parts, source[done:]))
    return source


def _twig_tags(source: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Where tags of one kind stand; none goes over a line end."""
    start = source.find(opening)
    while start >= 0:
        line_end = source.find("\n", start)
        end = source.find(closing, start + 2, line_end if line_end >= 0 else len(source))
        if end >= 0:
            yield start, end + 2
            start = source.find(opening, end + 2)
        else:
            start = source.find(opening, line_end) if line_end >= 0 else -1


def _unused_letters(source: str) -> tuple[int, int]:
    """The first alphabet (first code point, how many letters) of which nothing stands in `source`."""
    if source.isascii():
        return _ALPHABETS[0]
    used = {ord(char) for char in set(source)}
    return next((a for a in _ALPHABETS if used.isdisjoint(range(a[0], a[0] + a[1]))), _ALPHABETS[0])


def _stand_in(tag: str, number: int, letters: tuple[int, int]) -> str:
    first, many = letters
    digits = []
    room = len(tag) - 2
    padded = len(tag.encode()) % 3 != 0
    for _ in range(room - padded):
        number, digit = divmod(number, many)
        digits.append(chr(first + digit))
    if padded:
        digits.insert(len(digits) - 1, "=")
    return f"/{''.join(digits)}/"


_ALL_STAND_INS = re.compile("/[{0}]*=?[{0}]+/".format("".join(f"{chr(a)}-{chr(a + n - 1)}" for a, n in _ALPHABETS)))


def restore(text: str, tags: dict[str, str]) -> str:
    """`text` with its Twig tags in place of the stand-ins."""
    def tag(match: re.Match[str]) -> str:
        return restore(tags[match[0]], tags) if match[0] in tags else match[0]

    return _ALL_STAND_INS.sub(tag, text) if "/" in text else text


def stand_ins(text: str, tags: dict[str, str]) -> list[re.Match[str]]:
    """Where stand-ins stand in `text`."""
    return [match for match in _ALL_STAND_INS.finditer(text) if match[0] in tags]
