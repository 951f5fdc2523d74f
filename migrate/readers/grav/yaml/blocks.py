"""YAML over many lines: maps, lists, block texts and words that go on, in the strict and in the lenient dialect.

Rules: Symfony YAML 4.4 Parser (strict) and RocketTheme Compat Parser (lenient). A block is a run of lines with its
own indentation taken off; what lies deeper is cut out and read as a block of its own.
"""

from __future__ import annotations

import re
from typing import Any

from migrate.readers.grav.yaml.flow import QUOTED, Dialect, Dropped, parse_flow, parse_key
from migrate.readers.grav.yaml.folding import fold, plain_lines
from migrate.readers.grav.yaml.multiline import MultilineCursor
from migrate.readers.grav.yaml.scalars import SPACE, YamlError

_ITEM = re.compile(r"-(?:(\s+)(.+))?", re.ASCII | re.DOTALL)
_COLON = re.compile(r":(?=[ \t]|$)")
_LENIENT_COLON = re.compile(r":(?=\s|$)", re.ASCII)
_QUOTED_KEY = re.compile(QUOTED.pattern.join(("(?:", r") *:(?=\s|$)")), re.ASCII)
_BLOCK_TEXT = re.compile(r"(?:!\S+ +)?([|>])(\+|-|\d+|\+\d+|-\d+|\d+\+|\d+-)?(?: +#.*)?")
_ANCHOR = re.compile(r"&([^ ]+) *(.*)", re.DOTALL)
_DIRECTIVE = re.compile(r"%YAML[: ][\d.]+.*\n", re.ASCII)
_COMMENTS = re.compile(r"(?:#[^\n]*\n)+")
_START = re.compile(r"---[^\n]*\n")
_DOCUMENT_END = re.compile(r"\.\.\.\s*$", re.ASCII)


def parse_blocks(text: str, *, strict: bool) -> Any:
    """The value of a whole YAML text in one of the two dialects. YamlError, with its line, where it is none."""
    return parse_document(text, strict=strict)[0]


def parse_document(text: str, *, strict: bool) -> tuple[Any, list[Dropped]]:
    """As `parse_blocks`, and what was read over without a word."""
    kept, skipped = _without_preamble(text)
    lines = kept.split("\n")
    dialect = Dialect(strict=strict)
    value = _Block(lines, list(range(skipped, skipped + len(lines))), dialect, len(lines)).read()
    return value, dialect.dropped


def _without_preamble(text: str) -> tuple[str, int]:
    """The text without directive, leading comments and `---`, and how many lines that took."""
    before = text
    for pattern in (_DIRECTIVE, _COMMENTS):
        match = pattern.match(text)
        text = text[match.end():] if match else text
    match = _START.match(text)
    if match:
        text = text[match.end():]
    skipped = before.count("\n") - text.count("\n")
    return (_DOCUMENT_END.sub("", text) if match else text), skipped


class _Block(MultilineCursor):
    """A run of lines read as one value: a map, a list or a word."""

    __slots__ = ("items", "overwrite", "pairs")

    def __init__(self, lines: list[str], numbers: list[int], dialect: Dialect, total: int) -> None:
        super().__init__(lines, numbers, dialect, total)
        self.items: list[Any] | None = None
        self.pairs: dict[str, Any] | None = None
        self.overwrite = False

    def read(self) -> Any:
        """The block's value; YamlError says on which line it cannot be read."""
        self.dialect.deeper()
        try:
            value = self._read_lines()
        except YamlError as error:
            if error.line < 0:
                error.line = self.number
            raise
        self.dialect.depth -= 1
        return value

    def _read_lines(self) -> Any:
        while self.advance():
            line = self.line
            if self.is_empty():
                continue
            if line[0] == "\t":
                raise YamlError("a line begins with a tab")
            trimmed = line.rstrip(SPACE)
            item = _ITEM.fullmatch(trimmed) if line[0] == "-" else None
            if item:
                self._read_item(item[1], item[2])
                continue
            key, value = self._split_pair(trimmed) if trimmed else (None, None)
            if key is None:
                return self._read_word()
            self._read_pair(key, value)
        return self.pairs or self.items or None

    # lists

    def _read_item(self, gap: str | None, value: str | None) -> None:
        if self.pairs is not None:
            raise YamlError("a list item stands in a map")
        self.items = [] if self.items is None else self.items
        anchor, value = self._take_anchor(value)
        if self.dialect.strict and value and value.startswith("? "):
            raise YamlError("keys that are no text are not read")
        self.items.append(self._item_value(gap or "", value))
        if anchor:
            self.dialect.anchors[anchor] = self.items[-1]

    def _item_value(self, gap: str, value: str | None) -> Any:
        bare = (value or "").strip(" ")
        strict = self.dialect.strict
        if strict and bare[:1] == "-":
            return self._nested_list(len(gap) + 1)
        if not bare or value is None or bare[0] == "#":
            return self._sub_block(self.embedded(None, in_list=True)).read()
        if strict and bare[0] == "!" and self.tag_stands_alone(bare):
            raise YamlError(f"the tag {bare} is not known")
        if (strict and value[0] == "!") or self._split_pair(value)[0] is not None:
            return self._compact_map(gap, value)
        return self._value(value, in_map=self.pairs is not None)

    def _nested_list(self, indentation: int) -> Any:
        first, number = self.line[indentation:], self.number
        lines, numbers = self.embedded(indentation, in_list=True)
        return self._sub_block(([first, *lines], [number, *numbers])).read()

    def _compact_map(self, gap: str, value: str) -> Any:
        lines, numbers = [value], [self.number]
        if self.next_is_indented():
            more, more_numbers = self.embedded(self.indentation() + len(gap) + 1)
            lines, numbers = lines + more, numbers + more_numbers
        return self._sub_block((lines, numbers)).read()

    # maps

    def _split_pair(self, line: str) -> tuple[str | None, str | None]:
        """Key and value of `key: value`; (None, None) where the line is no such thing."""
        if line[0] in "\"'":
            quoted = _QUOTED_KEY.match(line)
            end = quoted.end() - 1 if quoted else -1
        elif line[0] in (" [{!" if self.dialect.strict else " [{"):
            return None, None
        else:
            found = (_COLON if self.dialect.strict else _LENIENT_COLON).search(line, 1)
            end = found.start() if found else -1
            if end >= 0 and " #" in line[:end].rstrip(" "):
                end = -1
        if end < 0:
            return None, None
        return line[:end].rstrip(" "), line[end + 1:].lstrip(" \t" if self.dialect.strict else SPACE + "\f") or None

    def _read_pair(self, text: str, value: str | None) -> None:
        if self.items is not None:
            raise YamlError("a map stands in a list")
        self.pairs = {} if self.pairs is None else self.pairs
        key, _ = parse_key(text, self.dialect)
        if key == "<<" and not (value and _ANCHOR.match(value)):
            self._merge(value)
            return
        anchor, value = self._take_anchor(value) if key != "<<" else (None, None)
        number = self.number
        taken = self._put(key, self._pair_value(value), number)
        if anchor:
            self.dialect.anchors[anchor] = taken

    def _pair_value(self, value: str | None) -> Any:
        tagged = bool(value) and self.dialect.strict and value is not None and self.tag_stands_alone(value)
        if tagged:
            raise YamlError(f"the tag {value} is not known")
        if value is None or not value.strip(" ") or value.lstrip(" ")[:1] == "#":
            if not self.next_is_indented() and not self.next_is_list_beside():
                return None
            return self._sub_block(self.embedded(None)).read()
        return self._value(value.rstrip(SPACE) if self.dialect.strict else value, in_map=True)

    def _put(self, key: str, value: Any, number: int) -> Any:
        """Keep a value under its key: the first one wins. A strict text has no key twice."""
        pairs = self.pairs if self.pairs is not None else {}
        if self.overwrite or pairs.get(key) is None:
            pairs[key] = value
        elif self.dialect.strict:
            raise YamlError(f"the key {key} is there twice")
        elif value != pairs[key]:
            self.dialect.dropped.append(Dropped(number, key, str(value)))
        return pairs[key]

    def _merge(self, value: str | None) -> None:
        self.overwrite = True
        if value and value[0] == "*":
            source = self.dialect.alias(value[1:].rstrip(SPACE))
        else:
            lines = ([value], [self.number]) if value else self.embedded(None)
            source = self._sub_block(lines).read()
        for mapping in source if isinstance(source, list) else [source]:
            if not isinstance(mapping, dict):
                raise YamlError("<< needs a map")
            for key, item in mapping.items():
                self.pairs.setdefault(key, item)  # type: ignore[union-attr]

    # values

    def _take_anchor(self, value: str | None) -> tuple[str | None, str | None]:
        match = _ANCHOR.match(value) if value and value[0] == "&" else None
        return (match[1], match[2]) if match else (None, value)

    def _value(self, value: str, *, in_map: bool) -> Any:
        if value[:1] == "*":
            return parse_flow(value, self.dialect)
        header = _BLOCK_TEXT.fullmatch(value) if value[:1] in ("|", ">", "!") else None
        if header:
            return self.block_text(header[1], header[2] or "")
        if not self.dialect.strict:
            return parse_flow(value, self.dialect)
        if value[:1] in ("{", "["):
            return parse_flow(self.flow_text(len(self.line.rstrip(SPACE)) - len(value)), self.dialect)
        if value[:1] in ('"', "'"):
            return parse_flow(self.quoted_text(len(self.line.rstrip(SPACE)) - len(value)), self.dialect)
        parsed = parse_flow(self.continued(value), self.dialect)
        if in_map and isinstance(parsed, str) and value[:1] != "!" and ": " in parsed:
            raise YamlError("a colon stands in a value without quotes")
        return parsed

    def _read_word(self) -> Any:
        """A block that is one value: a quoted text, a list or map in brackets, or a word over several lines."""
        if self.line.strip(SPACE) == "---":
            raise YamlError("it holds more than one document")
        rest = [line for line in self.lines[1:] if line.strip(SPACE)]
        single = not rest and self.lines[0].strip(SPACE) == self.lines[0]
        if self.dialect.strict and self.line[0] in "\"'{[":
            return self._read_bracketed()
        if self.dialect.strict and self.line.startswith("? "):
            raise YamlError("keys that are no text are not read")
        if single and self.at == 0:
            return parse_flow(self.lines[0], self.dialect)
        if self.dialect.strict and self.at == 0:
            word = fold(plain_lines(self.lines, top=self.numbers[0] == 0))
            return parse_flow(word, Dialect(strict=True))
        raise YamlError("this line is neither a key with its value nor a list item")

    def _read_bracketed(self) -> Any:
        if self.items is not None or self.pairs is not None:
            raise YamlError("this line is neither a key with its value nor a list item")
        if self.line[0] in "\"'":
            return parse_flow(self.quoted_text(0, alone=True), self.dialect)
        value = parse_flow(self.flow_text(0), self.dialect)
        while self.advance():
            if not self.is_empty():
                raise YamlError("something follows a bracket")
        return value

    def _sub_block(self, lines: tuple[list[str], list[int]]) -> _Block:
        return _Block(lines[0], lines[1], self.dialect, self.total)
