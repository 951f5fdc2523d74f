"""Walking over the lines of a YAML block: what is indented, cut out, folded or goes on over the line's end."""

from __future__ import annotations

import re

from migrate.readers.grav.yaml.flow import Dialect, Dropped
from migrate.readers.grav.yaml.folding import fold, folded_text
from migrate.readers.grav.yaml.scalars import SPACE, YamlError

Lines = tuple[list[str], list[int]]
_BLOCK_TEXT_END = re.compile(r"[|>](\+|-|\d+|\+\d+|-\d+|\d+\+|\d+-)?( +#.*)?$", re.ASCII)
_TAG_ALONE = re.compile(r"![\w!./:-]+ *( +#.*)?", re.ASCII)
_TRAILING = re.compile(r"\n+\Z")
_QUOTE_STOP = {'"': re.compile(r'["\\]'), "'": re.compile(r"'")}
_SPACES = re.compile(r" *")
_WORD_END = re.compile(r"[\[\]{},: ]")


class MultilineCursor:
    """The lines of one block with their numbers in the whole text, and the place of the reader among them."""

    __slots__ = ("at", "dialect", "line", "lines", "numbers", "total")

    def __init__(self, lines: list[str], numbers: list[int], dialect: Dialect, total: int) -> None:
        self.lines = lines
        self.numbers = numbers
        self.dialect = dialect
        self.total = total                # lines of the whole text
        self.at = -1
        self.line = ""

    @property
    def number(self) -> int:
        """The line's number in the whole text, from 0."""
        return self.numbers[max(self.at, 0)] if self.numbers else 0

    def advance(self) -> bool:
        """Go to the next line; False where there is none."""
        if self.at >= len(self.lines) - 1:
            return False
        self.at += 1
        self.line = self.lines[self.at]
        return True

    def back(self, steps: int = 1) -> None:
        """Go back, not before the first line."""
        self.at = max(self.at - steps, 0)
        self.line = self.lines[self.at]

    def is_blank(self) -> bool:
        """Nothing but spaces."""
        return not self.line.strip(" ")

    def is_comment(self) -> bool:
        """A line of its own that begins with #."""
        return self.line.lstrip(" ")[:1] == "#"

    def is_empty(self) -> bool:
        """Blank or a comment."""
        return self.line.lstrip(" ")[:1] in ("", "#")

    def indentation(self) -> int:
        """How many spaces the line begins with."""
        return len(self.line) - len(self.line.lstrip(" "))

    def is_list_item(self) -> bool:
        """A list item at the block's own margin."""
        return self.line[:2] == "- " or self.line.rstrip(SPACE) == "-"

    def _look_ahead(self, wanted: str) -> bool:
        """Whether the next line that says something is `deeper` than this one, or a list item `beside` it.

        The lenient dialect forgets to come back over blank lines; what that skips is blank, so it is harmless.
        """
        here, steps = self.indentation(), 0
        found = self.advance()
        while found:
            steps += 1
            if not self.is_empty():
                break
            found = self.advance()
        answer = False
        if found:
            answer = (self.indentation() > here if wanted == "deeper"
                      else self.indentation() == here and self.is_list_item())
        if self.dialect.strict or found:
            self.back(steps if self.dialect.strict else 1)
        return answer

    def next_is_indented(self) -> bool:
        """Whether a deeper block follows."""
        return self._look_ahead("deeper")

    def next_is_list_beside(self) -> bool:
        """Whether a list follows that is no deeper than its key."""
        return self._look_ahead("beside")

    def tag_stands_alone(self, value: str) -> bool:
        """Whether `value` is nothing but a tag for the block that follows."""
        return value[:1] == "!" and _TAG_ALONE.fullmatch(value) is not None and self.next_is_indented()

    def embedded(self, margin: int | None, *, in_list: bool = False) -> Lines:
        """Cut out the block that follows, its margin taken off. `margin` None: that of its first line."""
        before = self.indentation()
        texts = _OpenTexts(self) if not self.dialect.strict else None
        if not self.advance():
            return [], []
        if margin is None:
            margin = self._margin()
            if not self.is_empty() and margin == 0 and not self.is_list_item():
                raise YamlError("the indentation does not fit")
        if self.indentation() >= margin:
            lines, numbers = [self.line[margin:]], [self.number]
        elif self.dialect.strict and self.is_empty():
            lines, numbers = [self.line], [self.number]
        else:
            self.back()
            return [], []
        if in_list and before == margin and lines[0][:1] == "-":
            self.back()
            return [], []
        if texts:
            texts.first()
        self._collect(lines, numbers, margin, texts)
        return lines, numbers

    def _margin(self) -> int:
        """The indentation of the next line that says something (lenient: of the next line)."""
        if not self.dialect.strict:
            return self.indentation()
        steps, found = 0, True
        while found and self.is_empty():
            found = self.advance()
            steps += found
        margin = self.indentation() if found else 0
        self.back(steps)
        return margin

    def _collect(self, lines: list[str], numbers: list[int], margin: int, texts: _OpenTexts | None) -> None:
        list_beside, comment = self.is_list_item(), self.is_comment()
        while self.advance():
            if self.dialect.strict and comment and not list_beside:
                list_beside, comment = self.is_list_item(), self.is_comment()
            depth = self.indentation()
            if texts:
                texts.step(depth)
            if list_beside and depth == margin and not self.is_empty() and not self.is_list_item():
                self.back()
                break
            if self.is_blank() or depth >= margin or self.is_comment():
                if not (texts and self.is_comment() and not texts.open):
                    kept = self.line[margin:] if self.is_blank() or depth >= margin else self.line
                    lines.append(kept)
                    numbers.append(self.number)
            elif depth == 0:
                self.back()
                break
            else:
                raise YamlError("the indentation does not fit")

    def block_text(self, style: str, modifiers: str) -> str:
        """A text behind `|` or `>`, to the end of its indentation."""
        chomp = modifiers.strip("0123456789")
        margin = int("0" + modifiers.strip("+-"))
        if not self.advance():
            return ""
        kept, more = self._block_lines(margin)
        if more:
            kept.append("")
            self.back()
        elif self.number < self.total - 1:
            kept.append("")
        text = folded_text(kept) if style == ">" else "\n".join(kept)
        return text if chomp == "+" else _TRAILING.sub("" if chomp == "-" else "\n", text)

    def _block_lines(self, margin: int) -> tuple[list[str], bool]:
        kept: list[str] = []
        more = True
        while more and self.is_blank():
            more = self.advance()
            if more:
                kept.append("")
        margin = margin or self.indentation()
        if not margin:
            return ([*kept, ""] if more else kept), more
        while more and (self.is_blank() or self.indentation() >= margin):
            kept.append(self.line[margin:])
            more = self.advance()
        return kept, more

    def continued(self, value: str) -> str:
        """A plain word with the indented lines that go on with it."""
        lines = [value]
        while self.advance():
            if self.indentation() == 0:
                self.back()
                break
            lines.append(self.line.strip(SPACE))
        if len(lines) == 1:
            return value
        return fold(lines)

    def quoted_text(self, at: int, *, alone: bool = False) -> str:
        """A quoted text from column `at`, over as many lines as it takes, with what follows it on its last line.

        `alone`: the text fills its block. Symfony then drops whatever follows it; the drop is noted.
        """
        text, end = self._quoted(self.line[at], at)
        if not alone:
            return text + self.line[end:]
        self._note_dropped(end)
        while self.advance():
            self._note_dropped(0)
        return text

    def _note_dropped(self, at: int) -> None:
        rest = self.line[at:].strip(SPACE)
        if rest and rest[0] != "#":
            self.dialect.dropped.append(Dropped(self.number, "", rest))

    def _quoted(self, quote: str, at: int) -> tuple[str, int]:
        """A quoted text as if it stood on one line, and the column behind it."""
        text, at, joint = quote, at + 1, ""
        while True:
            blank = self.is_blank()
            text += "\n" if blank else joint
            at, piece, closed = self._quoted_piece(quote, at)
            text += piece
            if closed:
                return text, at
            joint = "" if blank or self.line.endswith("\\") else " "
            if not self.advance():
                raise YamlError("a quotation mark is not closed")
            at = self.indentation()

    def _quoted_piece(self, quote: str, at: int) -> tuple[int, str, bool]:
        """From column `at` to the closing mark or the line's end."""
        start, line = at, self.line
        while True:
            stop = _QUOTE_STOP[quote].search(line, at)
            if stop is None:
                end = len(line)
                return end, line[start:end], False
            at = stop.end()
            if stop[0] == "\\":
                if at >= len(line):
                    return at, line[start:at - 1], False
                at += 1
            elif quote == "'" and line[at:at + 1] == "'":
                at += 1
            else:
                return at, line[start:at], True

    def flow_text(self, at: int) -> str:
        """A list or map in brackets from column `at`, over as many lines as it takes. What follows is dropped."""
        pieces: list[str] = []
        closers: list[str] = []
        while True:
            at = self._over_spaces(at, pieces if pieces and closers else None)
            character = self.line[at:at + 1]
            if character in ("#", "") and pieces:
                if not self.advance():
                    raise YamlError("a bracket is not closed")
                at = 0
                continue
            at = self._flow_piece(character, at, pieces, closers)
            if not closers:
                self._note_dropped(at)
                return "".join(pieces)

    def _flow_piece(self, character: str, at: int, pieces: list[str], closers: list[str]) -> int:
        if character in "\"'":
            text, end = self._quoted(character, at)
            pieces.append(text)
            return end
        pieces.append(character)
        if character in "[{":
            closers.append("]" if character == "[" else "}")
        elif character == closers[-1]:
            closers.pop()
        elif character in "]}":
            raise YamlError("brackets do not match")
        elif character not in ":,":
            word = _WORD_END.search(self.line, at)
            end = word.start() if word else len(self.line)
            pieces[-1] = self.line[at:end]
            return end
        return at + 1

    def _over_spaces(self, at: int, pieces: list[str] | None) -> int:
        """The column of the next character that is no space, on this or a later line; one space is kept of them."""
        start_line, start = self.at, at
        while True:
            spaces = _SPACES.match(self.line, at)
            at = spaces.end() if spaces else at
            if at < len(self.line):
                break
            if not self.advance():
                raise YamlError("a bracket is not closed")
            at = 0
        if pieces is not None and (at > start if self.at == start_line else True):
            pieces.append(" ")
        return at


class _OpenTexts:
    """Which block texts are open while the lenient dialect cuts out a block: in them, # begins no comment."""

    def __init__(self, cursor: MultilineCursor) -> None:
        self.cursor = cursor
        self.open: list[int] = []
        self.previous = 0
        if self._opens():
            self.open.append(cursor.indentation())

    def _opens(self) -> bool:
        return _BLOCK_TEXT_END.search(self.cursor.line) is not None

    def first(self) -> None:
        """Look at the block's first line."""
        if not self.open and self._opens():
            self.open.append(self.cursor.indentation())
        self.previous = self.cursor.indentation()

    def step(self, depth: int) -> None:
        """Look at a further line of the block."""
        if self.open and depth < self.previous and self.cursor.line.strip(SPACE):
            self.open = [margin for margin in self.open if margin < depth]
        if not self.open and not self.cursor.is_comment() and self._opens():
            self.open.append(depth)
        self.previous = depth
