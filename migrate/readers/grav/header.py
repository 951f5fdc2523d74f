"""Front matter exactly as Grav reads it, and never a lost page.

Grav: toolbox MarkdownFile::decode. The YAML itself: `yaml/`.
"""

from __future__ import annotations

import codecs
import re
from typing import Any, NamedTuple

from frontmatter.default_handlers import BaseHandler

from migrate.readers.grav.problem import Problem
from migrate.readers.grav.yaml.reading import YamlText, read_yaml
from migrate.readers.grav.yaml.scalars import SPACE

_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_PARTING_FEED = re.compile(rb"(?<=\S)\f+(?=\S)")       # between two words; to HTML it is white space
_FENCE = "---\n"


class PageText(NamedTuple):
    """A page file taken apart.

    `header` has text keys in the author's order; values are str, int, float, bool, None, list, dict and, for
    dates written without quotes, `yaml.scalars.WrittenDate`/`WrittenDatetime` (a `date`/`datetime` that remembers
    its `.text`; `str()` gives that text). `body` has `\\n` line ends and no leading blank lines. `body_line`
    and `key_lines` (key at the top → line) count from 1 in the file.
    """

    header: dict[str, Any]
    body: str
    body_line: int
    problems: tuple[Problem, ...]
    key_lines: dict[str, int]


class GravHandler(BaseHandler):
    """Grav's front matter for python-frontmatter: `frontmatter.load(path, handler=GravHandler())`.

    `frontmatter.parse` trims the body, which Grav does not; so `read_page_text` asks the handler itself.
    """

    FM_BOUNDARY = re.compile(r"^---", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def detect(self, text: str) -> bool:
        """Whether the text has a block that Grav takes for front matter."""
        return self._closing(text) > 0

    def split(self, text: str) -> tuple[str, str]:
        """The YAML and the body of a text that begins with its `---`; ValueError where there is no such block."""
        end = self._closing(text)
        if end < 0:
            raise ValueError("no front matter")
        return text[4:end].replace("\n\t", "\n    "), text[end + 4:].lstrip("\n")

    def load(self, fm: str) -> dict[str, Any]:
        """The front matter as a map."""
        return _as_map(read_yaml(fm).value)

    def _closing(self, text: str) -> int:
        """Where the closing fence begins (at its line end): the first line that begins with `---`."""
        return text.find("\n---", 5) if text.startswith(_FENCE) else -1


HANDLER = GravHandler()


def read_page_text(raw: bytes) -> PageText:
    """Take a page file apart. Never raises: what Grav would refuse is salvaged, with a problem."""
    text, problems = decode(raw)
    trimmed = text.lstrip(SPACE)
    above = text.count("\n", 0, len(text) - len(trimmed))
    try:
        yaml, body = HANDLER.split(trimmed)
    except ValueError:
        if trimmed.startswith("---"):
            problems.append(Problem("G108", above + 1))
        return PageText({}, text, 1, tuple(problems), {})
    value, noticed, key_lines = read_yaml(yaml, above + 2)
    problems.extend(noticed)
    if value is not None and not isinstance(value, dict):
        problems.append(Problem("G109", above + 2))
    body_line = 1 + above + trimmed.count("\n", 0, len(trimmed) - len(body))
    return PageText(_as_map(value), body, body_line, tuple(problems), key_lines)


def body_of(raw: bytes) -> str:
    """The body alone, as `read_page_text` gives it, without reading the header."""
    text, _ = decode(raw)
    try:
        return HANDLER.split(text.lstrip(SPACE))[1]
    except ValueError:
        return text


def parse_yaml(text: str, *, first_line: int = 1) -> YamlText:
    """A YAML text (configuration, frontmatter.yaml, *.meta.yaml, languages) as Grav reads it. Never raises.

    `.value`, `.problems` and `.key_lines`; `first_line` is the file's line on which the text begins.
    """
    return read_yaml(text.removeprefix("\ufeff"), first_line)


def decode(raw: bytes) -> tuple[str, list[Problem]]:
    """A file's text, without byte order mark and control characters, with `\\n` line ends.

    A form feed between two words is a blank, as browsers show it. Bytes that are no UTF-8 are read as Windows-1252
    (Grav loses such a header).
    """
    problems: list[Problem] = []
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        problems.append(Problem("G101", fields={"encoding": "UTF-16"}))
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    clean = raw.translate(None, _CONTROLS)
    feeds = clean.count(b"\f")
    if feeds or len(clean) != len(raw):
        problems.append(Problem("G102", fields={"count": len(raw) - len(clean) + feeds}))
        clean = _PARTING_FEED.sub(b" ", clean).replace(b"\f", b"")
    try:
        text = clean.decode()
    except UnicodeDecodeError as error:
        problems.append(Problem("G101", clean.count(b"\n", 0, error.start) + 1, {"encoding": "Windows-1252"}))
        text = _decode_mixed(clean)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.lstrip("\ufeff") if text[:1] == "\ufeff" else text, problems


def _decode_mixed(raw: bytes) -> str:
    """UTF-8 where it is UTF-8; every other byte is the character that Windows-1252 has for it."""
    return raw.decode("utf-8", "surrogateescape").translate(_STRAY_BYTES)


_STRAY_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 256)}


def _as_map(value: Any) -> dict[str, Any]:
    """A header that is a list or a word becomes a map of numbers, as PHP's `(array)` does."""
    if isinstance(value, dict):
        return value
    if value is None:
        return {}
    return {str(index): item for index, item in enumerate(value if isinstance(value, list) else [value])}
