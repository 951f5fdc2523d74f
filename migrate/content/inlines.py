"""The grammar within a line: from one marker to the next, each tried in Parsedown's order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from migrate.content.abbreviations import abbreviated
from migrate.content.emphasis import Ends
from migrate.content.footnotes import footnote_reference
from migrate.content.inline_nodes import (
    Autolink,
    Break,
    Code,
    Emphasis,
    Entity,
    Escape,
    Html,
    Inline,
    Strike,
    Strong,
    Text,
)
from migrate.content.links import Brackets, Hit, image, link
from migrate.content.markup import CLOSE_TAG, COMMENT, EMAIL_TAG, ENTITY, OPEN_TAG, SIMPLE_TAG, URL_TAG
from migrate.content.reading import Reading
from migrate.content.source import Offsets
from migrate.content.tags import parts_of, tagged

_SPECIAL = frozenset("\\`*_{}[]()>#+-.!|")
_BACKTICKS = re.compile(r"`+")
_STRIKE_END = re.compile(r"(?<=[^ \t\n\r\f\v])(?=~~)")
_LINE_END = re.compile(r"(?<! ) *+\n")
_HARD_BREAK = re.compile(r"(?<! ) {2,}+\n")
_BARE_URL = re.compile(r"://[^\s<]+\b/*")
_WORD = re.compile(r"[^\W_]")
_WINDOW = 250           # characters within which a tag is looked for without counting
_DEEPEST = 20            # so many emphases within each other; a run of asterisks makes thousands
_PATIENCE = 4_000_000    # characters of one text that may be looked at beyond that

_new = tuple.__new__   # a NamedTuple's own __new__ takes twice as long


class Run:
    """One text read for inlines, with what has been found out about it so far."""

    __slots__ = ("at", "brackets", "ends", "lasts", "links", "lo", "patience", "reading", "strikes", "text", "ticks")

    def __init__(self, reading: Reading, text: str, at: Offsets, lo: int, links: bool) -> None:
        self.reading = reading
        self.text = text
        self.at = at                             # offsets of the text that this one is a part of
        self.lo = lo                             # where in that one it begins
        self.links = links                       # False within a link
        self.brackets: Brackets | None = None
        self.ends: Ends | None = None
        self.ticks: Ticks | None = None
        self.strikes: list[int] | None = None
        self.lasts: dict[str, int] = {}
        self.patience = _PATIENCE

    def within(self, start: int, end: int, *, links: bool | None = None) -> tuple[Inline, ...]:
        """The inlines of a part of this text."""
        return inlines(self.reading, self.text[start:end], self.at, self.lo + start,
                       self.links if links is None else links)

    def last(self, char: str) -> int:
        """Where `char` stands last, -1 nowhere."""
        if char not in self.lasts:
            self.lasts[char] = self.text.rfind(char)
        return self.lasts[char]

    def match(self, pattern: re.Pattern[str], place: int) -> re.Match[str] | None:
        """`pattern` at `place`: within a window first, over the whole text only for so long.

        Keeps texts full of openings that nothing closes linear.
        """
        end = place + _WINDOW
        found = pattern.match(self.text, place, end)
        if found is None and end < len(self.text) and self.patience > 0:
            self.patience -= len(self.text) - place
            found = pattern.match(self.text, place)
        return found


class Ticks:
    """The runs of backticks of a text."""

    __slots__ = ("ends", "lengths", "shortest", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        runs = [match.span() for match in _BACKTICKS.finditer(text)]
        self.starts = [start for start, _ in runs]
        self.ends = [end for _, end in runs]
        self.lengths: dict[int, list[int]] = {}
        for start, end in runs:
            self.lengths.setdefault(end - start, []).append(start)
        self.shortest = [0] * len(runs)          # the shortest run from this one on
        least = len(text) + 1
        for index in range(len(runs) - 1, -1, -1):
            least = min(least, runs[index][1] - runs[index][0])
            self.shortest[index] = least

    def closing(self, place: int) -> tuple[int, int]:
        """For the backtick at `place`: how many from there on open code, and where the run that closes it is.

        As many as possible; (0, 0) where no later run fits.
        """
        later = bisect_right(self.starts, place)
        end = self.ends[later - 1]
        length = end - place
        if later == len(self.starts) or self.shortest[later] > length:
            return 0, 0
        for size in sorted((size for size in self.lengths if size <= length), reverse=True):
            places = self.lengths[size]
            found = bisect_left(places, end)
            if found < len(places):
                return size, self._beyond_spaces(places, found, place + size)
        return 0, 0

    def _beyond_spaces(self, places: list[int], found: int, start: int) -> int:
        """Code of nothing but spaces is what Parsedown's pattern takes last: a later run goes first."""
        only_spaces = not self.text[start:places[found]].strip(" ")
        return places[found + 1] if only_spaces and found + 1 < len(places) else places[found]


def inlines(reading: Reading, text: str, at: Offsets, lo: int = 0, links: bool = True) -> tuple[Inline, ...]:
    """The inline nodes of `text`, which begins at offset `at(lo)`."""
    if not text:
        return ()
    search = reading.marker.search
    found = search(text)
    out: list[Inline] = []
    if found is None:
        _plain(reading, out, text, 0, len(text), at, lo)
        return tagged(reading, out, text) if reading.tagging else tuple(out)
    takers, cutting = reading.takers, bool(reading.abbreviations)
    run = Run(reading, text, at, lo, links)
    done = 0
    while found is not None:
        place = found.start()
        hit = takers[text[place]](run, place)
        if hit is None:
            place += 1
            if cutting:                          # abbreviations are looked for in pieces that end at markers
                _plain(reading, out, text, done, place, at, lo)
                done = place
        else:
            start, place, node = hit
            if start > done:
                _plain(reading, out, text, done, start, at, lo)
            out.append(node)
            done = place
        found = search(text, place)
    if done < len(text):
        _plain(reading, out, text, done, len(text), at, lo)
    return tagged(reading, out, text) if reading.tagging else tuple(out)


def _plain(reading: Reading, out: list[Inline], text: str, start: int, end: int, at: Offsets, lo: int) -> None:
    """Put the text between two inlines: its hard breaks, and its abbreviations."""
    piece = text[start:end]
    if "\n" not in piece or (" \n" not in piece and not reading.dialect.auto_line_breaks):
        if reading.abbreviations:
            out += abbreviated(reading, piece, at(lo + start), at(lo + end))
        else:
            out.append(_new(Text, (piece, at(lo + start), at(lo + end))))
        return
    breaks = _LINE_END if reading.dialect.auto_line_breaks else _HARD_BREAK
    done, base = 0, lo + start
    for match in breaks.finditer(piece):
        if match.start() > done:
            _lines(reading, out, piece[done:match.start()], at(base + done), at(base + match.start()))
        done = match.end()
        out.append(Break(at(base + match.start()), at(base + done)))
    if done < len(piece):
        _lines(reading, out, piece[done:], at(base + done), at(lo + end))


def _lines(reading: Reading, out: list[Inline], piece: str, start: int, end: int) -> None:
    piece = piece.replace(" \n", "\n")
    if reading.abbreviations:
        out += abbreviated(reading, piece, start, end)
    else:
        out.append(Text(piece, start, end))


def _escape(run: Run, place: int) -> Hit | None:
    char = run.text[place + 1:place + 2]
    if char not in _SPECIAL:
        return None
    return place, place + 2, Escape(char, run.at(run.lo + place), run.at(run.lo + place + 2))


def _code(run: Run, place: int) -> Hit | None:
    text = run.text
    if run.ticks is None:
        run.ticks = Ticks(text)
    size, closing = run.ticks.closing(place)
    if not size:
        return None
    body = text[place + size:closing]
    content = body.strip(" ") or " "
    content = _LINE_END.sub(" ", content)
    start, end = run.at(run.lo + place), run.at(run.lo + closing + size)
    content, parts = parts_of(run.reading, content, run.at(run.lo + place + size), code=True)
    return place, closing + size, Code(content, start, end, parts)


def _emphasis(run: Run, place: int) -> Hit | None:
    if run.ends is None:
        if run.reading.emphasis >= _DEEPEST:
            run.reading.give_up("G201", run.at(run.lo + place))
            return None
        run.ends = Ends(run.text, run.reading.patience)
    strong, end = run.ends.find(place)
    if not end:
        if run.reading.patience.steps <= 0:
            run.reading.give_up("G201", run.at(run.lo + place))
        return None
    size = 2 if strong else 1
    start = run.at(run.lo + place)
    run.reading.emphasis += 1
    children = run.within(place + size, end)
    run.reading.emphasis -= 1
    stop = run.at(run.lo + end + size - 1) + 1
    return place, end + size, Strong(children, start, stop) if strong else Emphasis(children, start, stop)


def _strike(run: Run, place: int) -> Hit | None:
    text = run.text
    if not text.startswith("~", place + 1) or text[place + 2:place + 3] in " \t\n\r\f\v":
        return None
    if run.strikes is None:
        run.strikes = [match.start() for match in _STRIKE_END.finditer(text)]
    found = bisect_left(run.strikes, place + 3)
    if found == len(run.strikes) or text.find("\n", place, run.strikes[found]) >= 0:
        return None
    end = run.strikes[found]
    children = run.within(place + 2, end)
    return place, end + 2, Strike(children, run.at(run.lo + place), run.at(run.lo + end + 1) + 1)


def _less(run: Run, place: int) -> Hit | None:
    """`<address>`, a tag or a comment."""
    start = run.at(run.lo + place)
    simple = SIMPLE_TAG.match(run.text, place)
    if simple and run.last("@") < place and not run.reading.dialect.escape_markup:
        return place, simple.end(), _new(Html, (simple[0], start, run.at(run.lo + simple.end() - 1) + 1, ()))
    following = run.text[place + 1:place + 2]
    if following in " \n" or run.last(">") < place:   # nor at the end of the text
        return None
    if following not in "/!" and run.last(":") > place and (match := run.match(URL_TAG, place)):
        url = run.reading.plain(match[1])
        return place, match.end(), Autolink(url, url, "angle", start, run.at(run.lo + match.end() - 1) + 1)
    if run.last("@") > place and (match := run.match(EMAIL_TAG, place)):
        url = match[1] if match[2] else f"mailto:{match[1]}"
        plain = run.reading.plain
        return place, match.end(), Autolink(plain(url), plain(match[1]), "email", start,
                                            run.at(run.lo + match.end() - 1) + 1)
    if run.reading.dialect.escape_markup:
        return None
    pattern = CLOSE_TAG if following == "/" else COMMENT if following == "!" else OPEN_TAG
    if not (match := run.match(pattern, place)):
        return None
    content, parts = parts_of(run.reading, match[0], start, code=False)
    return place, match.end(), _new(Html, (content, start, run.at(run.lo + match.end() - 1) + 1, parts))


def _ampersand(run: Run, place: int) -> Hit | None:
    match = ENTITY.match(run.text, place)
    if match is None:
        return None
    return place, match.end(), Entity(match[0], run.at(run.lo + place), run.at(run.lo + match.end()))


def _bracket(run: Run, place: int) -> Hit | None:
    return link(run, place)


def _bracket_extra(run: Run, place: int) -> Hit | None:
    return footnote_reference(run, place) or link(run, place)


def _colon(run: Run, place: int) -> Hit | None:
    """A bare address, of which the scheme has been passed already."""
    text = run.text
    if not run.links or not text.startswith("/", place + 2):
        return None
    size = 5 if text[place - 5:place].lower() == "https" else 4
    start = place - size
    if start < 0 or text[start:start + 4].lower() != "http" or _WORD.match(text, start - 1, start):
        return None
    match = _BARE_URL.match(text, place)
    if match is None:
        return None
    url = run.reading.plain(text[start:match.end()])
    return start, match.end(), Autolink(url, url, "bare", run.at(run.lo + start), run.at(run.lo + match.end()))


def _nothing(run: Run, place: int) -> Hit | None:
    return None


Taker = Callable[[Run, int], Hit | None]


def takers_for(*, extra: bool, urls: bool) -> dict[str, Taker]:
    """What to try at each marker."""
    found: dict[str, Taker] = {
        "\\": _escape, "`": _code, "*": _emphasis, "_": _emphasis, "~": _strike, "<": _less, "&": _ampersand,
        "[": _bracket_extra if extra else _bracket, "!": image, '"': _nothing, ">": _nothing, ":": _nothing,
    }
    if urls:
        found[":"] = _colon
    return found


def marker_for(*, abbreviations: bool, urls: bool) -> re.Pattern[str]:
    """Finds the next marker. Those that never begin an inline matter only where abbreviations are looked for."""
    if abbreviations:
        return re.compile(r'[!"*_&\[:<>`~\\]')
    return re.compile(r"[!*_&\[:<`~\\]" if urls else r"[!*_&\[<`~\\]")
