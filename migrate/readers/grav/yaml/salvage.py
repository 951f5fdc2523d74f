"""What can be saved of a YAML text that neither dialect reads: key by key, so that no page is lost.

Grav shows such a page as “Error: Invalid Frontmatter”.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from migrate.readers.grav.yaml.blocks import parse_blocks
from migrate.readers.grav.yaml.scalars import SPACE, TooDeepError, YamlError, evaluate

_KEY = re.compile(r"""["']?([^\s"'\[\]{}#:-][^:\n]{0,99}?)["']? {0,9}:(?!//)[ \t]*(.*)""")
_DEPTH = 6


class Casualty(NamedTuple):
    """A place that could not be read: its line (from 0), its key or "", and what was made of it or "" for lost."""

    line: int
    key: str
    text: str
    lost: bool


class _Chunk(NamedTuple):
    number: int
    lines: list[str]
    hopeless: list[bool]                  # not empty: it nests too deeply to be read in any way


def salvage(text: str) -> tuple[Any, list[Casualty]]:
    """Read what can be read, and a list of what could not. Never raises."""
    casualties: list[Casualty] = []
    lines = [_without_tabs(line) for line in text.split("\n")]
    value = _salvage_lines(lines, 0, casualties, 0)
    return value, casualties


def _without_tabs(line: str) -> str:
    bare = line.lstrip(" \t")
    return line[:len(line) - len(bare)].replace("\t", "    ") + bare


def _salvage_lines(lines: list[str], number: int, casualties: list[Casualty], depth: int) -> Any:
    pairs: dict[str, Any] = {}
    items: list[Any] = []
    for chunk in _chunks(lines, number):
        value = _read(chunk)
        if value is None:
            value = _mend(chunk, casualties, depth)
        if isinstance(value, dict):
            for key, item in value.items():
                if pairs.get(key) is None:
                    pairs[key] = item
        elif isinstance(value, list):
            items.extend(value)
    return pairs or items or None


def _chunks(lines: list[str], number: int) -> list[_Chunk]:
    """Runs of lines that begin at the margin of the first line that says something."""
    chunks: list[_Chunk] = []
    margin: int | None = None
    for at, line in enumerate(lines, number):
        bare = line.strip(SPACE)
        if not bare or bare[0] == "#" or bare in ("---", "..."):
            continue
        indent = len(line) - len(line.lstrip(" "))
        margin = indent if margin is None else margin
        beside = bare[0] == "-" and chunks and not chunks[-1].lines[0].lstrip(" ").startswith("-")
        if indent > margin or (indent == margin and beside):
            chunks[-1].lines.append(line)
        else:
            chunks.append(_Chunk(at, [line], []))
    return chunks


def _read(chunk: _Chunk) -> Any:
    """The chunk's map or list where it can be read by itself, else None."""
    indent = len(chunk.lines[0]) - len(chunk.lines[0].lstrip(" "))
    text = "\n".join(line[indent:] if not line[:indent].strip(" ") else line for line in chunk.lines)
    for strict in (True, False):
        try:
            value = parse_blocks(text, strict=strict)
        except TooDeepError:
            chunk.hopeless.append(True)
            return None
        except YamlError:
            continue
        if isinstance(value, dict | list):
            return value
    return None


def _mend(chunk: _Chunk, casualties: list[Casualty], depth: int) -> Any:
    first, rest = chunk.lines[0].strip(SPACE), chunk.lines[1:]
    if first.startswith("- ") and not chunk.hopeless:
        value, lost = _mended_value(first[2:], rest, chunk.number, casualties, depth)
        casualties.append(Casualty(chunk.number, "", _shown(value if not lost else chunk.lines), lost))
        return [] if lost else [value]
    match = _KEY.fullmatch(first)
    if match is None or chunk.hopeless:
        casualties.append(Casualty(chunk.number, match[1] if match else "", _shown(chunk.lines), lost=True))
        return {}
    before = len(casualties)
    value, lost = _mended_value(match[2], rest, chunk.number, casualties, depth)
    if len(casualties) == before:
        casualties.append(Casualty(chunk.number, match[1], _shown(value if not lost else chunk.lines), lost))
    return {} if lost else {match[1].strip(): value}


def _mended_value(text: str, rest: list[str], number: int, casualties: list[Casualty], depth: int) -> tuple[Any, bool]:
    text = text.strip(SPACE)
    if not text and rest:
        if depth >= _DEPTH:
            return None, True
        value = _salvage_lines(rest, number + 1, casualties, depth + 1)
        return value, value is None
    joined = " ".join([text, *(line.strip(SPACE) for line in rest)]).strip()
    if joined[:1] == "[":
        return [_bare(part) for part in joined.strip("[] ").split(",") if part.strip()], False
    return _bare(joined), False


def _bare(text: str) -> Any:
    """A word without the quotation marks that a hasty author left around it."""
    text = text.strip(SPACE)
    if text[:1] in ("'", '"'):
        return text[1:-1] if text[-1:] == text[0] and len(text) > 1 else text[1:]
    return evaluate(text)


def _shown(value: Any) -> str:
    text = "\n".join(value[:5]) if isinstance(value, list) and all(isinstance(i, str) for i in value) else str(value)
    return " ".join(text[:400].split())[:80]
