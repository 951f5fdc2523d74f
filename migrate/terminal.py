"""What a person sees: lines and differences on stdout, progress and words about the run on stderr."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from migrate.report_rows import Line
from migrate.screen import Against

SIGNS = {
    "create": "+",
    "adopt": "=",
    "update": "~",
    "keep": "=",
    "conflict": "!",
    "failed": "!",
    "orphan": "?",
    "delete": "-",
    "forget": "-",
}
COLOURS = {"+": "32", "~": "33", "!": "31", "-": "31", "?": "35", "=": "2", "@": "36"}
SEVERITY_COLOURS = {"error": "31;1", "warning": "33", "info": "2"}
WORDS = {
    "create": "created",
    "adopt": "adopted",
    "update": "updated",
    "keep": "kept",
    "conflict": "in conflict",
    "failed": "failed",
    "orphan": "left over",
    "delete": "removed",
    "merged": "merged",
    "skipped": "left out",
    "forget": "forgotten",
}
PLANNED = {
    **WORDS,
    "create": "to create",
    "adopt": "to adopt",
    "update": "to update",
    "delete": "to remove",
    "keep": "to keep",
}
KINDS = {
    "config": "settings",
    "layout": "layouts and styles",
    "media": "media files",
    "section": "section pages",
    "term": "term pages",
    "redirects": "redirects",
    "category": "categories",
    "tag": "tags",
    "page": "drafts for folders",
    "navigation": "menus",
}
WANTED = frozenset({"create", "adopt", "update", "keep"})
LEFT = {**KINDS, "page": "pages", "post": "posts"}
"""What is no longer wanted may be any page; what is wanted has a row of its own, but for drafts that hold a folder."""

PAGES = frozenset({"page", "post"})
QUIET, NORMAL, VERBOSE = 0, 1, 2
PATIENCE = 1.0  # seconds after which a bar appears
WIDTH = 28
WIDE = 80  # columns of a terminal that does not say


class Terminal:
    """A `Screen` over two streams. Colour and bars only where they are terminals, and NO_COLOR is respected."""

    def __init__(
        self,
        *,
        verbosity: int = NORMAL,
        json: bool = False,
        against: Against = "none",
        yes: bool = False,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        """`json`: stdout is for the report alone. `yes`: nobody is asked."""
        self.out, self.err = out or sys.stdout, err or sys.stderr
        self.verbosity, self.json = verbosity, json
        self.against: Against = "none" if json or verbosity == QUIET else against
        self.asks = not yes and sys.stdin.isatty() and self.err.isatty()
        self._colour = _colour_wanted(self.out)
        self._bar = _Bar(self.err) if self.err.isatty() and verbosity != QUIET else None

    def say(self, text: str) -> None:
        """A sentence on stderr."""
        if self.verbosity != QUIET:
            self._clear()
            print(text, file=self.err, flush=True)

    def stage(self, name: str, total: int = 0) -> None:
        """A new bar."""
        if self._bar:
            self._bar.begin(name, total)

    def advance(self, steps: int) -> None:
        """Move the bar."""
        if self._bar:
            self._bar.advance(steps)

    def line(self, line: Line, difference: Sequence[str] = ()) -> None:
        """A line for a page; for other files only what is out of the ordinary, or asked for with -v."""
        if self.json or not self._shows(line):
            return
        self._clear()
        sign = SIGNS[line.action]
        rest = f"  {self.paint(line.source, '2')}" if line.source and line.kind in PAGES else ""
        self.write(f"{self.paint(sign, COLOURS[sign])} {line.natural_key}{rest}")
        if line.finding and line.action == "failed":
            self.write(f"    {line.finding.message}")
        if difference:
            self.write("\n".join(self.paint(text, _difference_colour(text)) for text in difference))

    def confirm(self, counts: Mapping[str, int]) -> bool:
        """Ask on stderr; anything but yes is no."""
        self._clear()
        what = " and ".join(
            f"{verb} {numbered(counts[action], 'thing')}"
            for action, verb in (("update", "overwrite"), ("delete", "remove"))
            if counts.get(action)
        )
        more = f", and create {counts['create']:,}" if counts.get("create") else ""
        print(f"This will {what} that earlier runs made{more}. Go on? [y/N] ", end="", file=self.err, flush=True)
        agreed = sys.stdin.readline().strip().lower() in ("y", "yes")
        if agreed and self._bar:
            self._bar.restart("Writing", sum(counts.values()))
        return agreed

    def close(self) -> None:
        """Leave no bar behind."""
        self._clear()
        if self._bar:
            self._bar.end()

    def write(self, text: str = "") -> None:
        """A result on stdout. A reader that has seen enough, as `head`, does not end the run."""
        try:
            print(text, file=self.out)
        except BrokenPipeError:
            self.out = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  open to the end
            os.dup2(self.out.fileno(), sys.stdout.fileno())

    def paint(self, text: str, colour: str) -> str:
        """The text in a colour, where there are colours."""
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour and colour else text

    def _shows(self, line: Line) -> bool:
        if line.action in ("conflict", "failed"):
            return True
        if self.verbosity == QUIET:
            return False
        return (
            self.verbosity == VERBOSE
            or (line.kind in PAGES and line.action not in ("keep", "adopt", "forget"))
            or line.action in ("orphan", "delete", "update")
        )

    def _clear(self) -> None:
        if self._bar:
            self._bar.clear()


def summary(
    terminal: Terminal, content: Mapping[str, Any], groups: Iterable[Mapping[str, Any]], *, dry_run: bool
) -> None:
    """Totals and findings, after the lines."""
    words = PLANNED if dry_run else WORDS
    for group in groups:
        for line in group_lines(terminal, group):
            terminal.write(line)
    terminal.write(f"Pages: {_counted(content['totals'], words)}")
    for action in ("create", "adopt", "update", "keep", "conflict", "failed", "orphan", "delete"):
        kinds = {kind: counted[action] for kind, counted in content["files"].items() if counted[action]}
        if kinds:
            names = KINDS if action in WANTED else LEFT
            named = ", ".join(f"{names.get(kind, kind)} {count:,}" for kind, count in kinds.items())
            terminal.write(f"Besides, {words[action]}: {named}")


def group_lines(terminal: Terminal, group: Mapping[str, Any]) -> Iterator[str]:
    """A group of findings; what nobody would notice only with -v."""
    severity = group["severity"]
    if severity == "info" and terminal.verbosity < VERBOSE:
        return
    first = group["first"]
    title = terminal.paint(f"{severity} {group['code']}", SEVERITY_COLOURS[severity])
    times = f" ({group['count']} times)" if group["count"] > 1 else ""
    yield f"{title}{times}: {first[0][2]}"
    for subject, line, message, _ in first:
        other = f": {_otherwise(message, first[0][2])}" if message != first[0][2] else ""
        yield f"    {subject}{f':{line}' if line else ''}{terminal.paint(other, '2')}"
    if group["count"] > len(first):
        yield f"    … and {numbered(group['count'] - len(first), 'more place')}"
    if first[0][3]:
        yield f"    {terminal.paint('→ ' + first[0][3], '2')}"
    yield ""


def _otherwise(message: str, first: str) -> str:
    """The words in which a message differs from the one that stands in the title."""
    words, others = message.split(), first.split()
    shorter = min(len(words), len(others))
    same = next((place for place in range(shorter) if words[place] != others[place]), shorter)
    left = shorter - same
    last = next((place for place in range(left) if words[-1 - place] != others[-1 - place]), left)
    return " ".join(words[same : len(words) - last]).rstrip(",;") or message


def numbered(count: int, one: str, many: str = "") -> str:
    """`1 page`, `1,200 pages`; `many`: of words that get no s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _counted(counted: Mapping[str, int], words: Mapping[str, str]) -> str:
    return ", ".join(f"{count:,} {words[action]}" for action, count in counted.items() if count) or "none"


def _pace(done: int, total: int, seconds: float) -> str:
    """How fast it goes, and how long it will still take at that rate; "" as long as nobody can know."""
    if not done or seconds < PATIENCE:
        return ""
    rate, left = done / seconds, max(0, total - done) * seconds / done
    clock = f"{left:.0f} s" if left < 90 else f"{left / 60:.0f} min"
    return f" · {rate:,.0f}/s · {clock} left" if rate >= 10 else f" · {rate:.1f}/s · {clock} left"


def _difference_colour(line: str) -> str:
    return "1" if line.startswith(("+++", "---")) else COLOURS.get(line[:1], "")


def _colour_wanted(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Bar:
    """One line that is written over; it appears when something takes its time.

    A stage begins when somebody thinks of it, while steps of the one before may still be on their way: those come
    first, and it is shown until they are done.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._name, self._total, self._done = "", 0, 0
        self._next: deque[tuple[str, int]] = deque()
        self._begun = self._since = self._drawn = time.monotonic()
        self._shown = False
        self._again = False  # what was rehearsed is done now, unless another stage says what it is

    def begin(self, name: str, total: int) -> None:
        """A new stage, as soon as the one before is done."""
        if self._done < self._total and not self._again:
            self._next.append((name, total))
        else:
            self._enter(name, total)
        self._draw()

    def restart(self, name: str, total: int) -> None:
        """Everything once more."""
        self._next.clear()
        self._enter(name, total)
        self._again = True

    def advance(self, steps: int) -> None:
        """Some steps further."""
        self._done += steps
        while self._next and self._done >= self._total:
            rest = self._done - self._total
            self._enter(*self._next.popleft())
            self._done = rest
        self._draw()

    def clear(self) -> None:
        """Make room for a line."""
        if self._shown:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
            self._shown = False

    def end(self) -> None:
        """No more."""
        self._name = ""

    def _enter(self, name: str, total: int) -> None:
        """The stage that is shown now; the time since the first one counts."""
        self._name, self._total, self._done, self._again = name, total, 0, False
        self._since, self._drawn = time.monotonic(), 0.0  # its name is worth a row at once

    def _draw(self) -> None:
        now = time.monotonic()
        if not self._name or now - self._begun < PATIENCE or now - self._drawn < 0.1:
            return
        self._drawn, self._shown = now, True
        print(f"\r\x1b[K{self._text(now)}", end="", file=self._stream, flush=True)

    def _text(self, now: float) -> str:
        """What fits into a row: one that runs over cannot be wiped away."""
        room = _columns(self._stream) - 1
        if not self._total:
            return f"{self._name} …"[:room]
        done = min(self._done, self._total)  # what is looked at a second time is more than was announced
        told = f"{done:,} of {self._total:,}{_pace(done, self._total, now - self._since)}"
        width = max(0, min(WIDTH, room - len(self._name) - len(told) - 2))
        full = width * done // self._total
        return f"{self._name} {'━' * full}{'╌' * (width - full)} {told}"[:room]


def _columns(stream: TextIO) -> int:
    """How wide a terminal is."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDE
    except (OSError, ValueError):
        return shutil.get_terminal_size((WIDE, 1)).columns
