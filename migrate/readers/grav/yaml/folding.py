"""Joining the lines of one value: plain words, and texts behind `>`."""

from __future__ import annotations

from migrate.readers.grav.yaml.scalars import SPACE, YamlError


def fold(lines: list[str]) -> str:
    """Join the lines of a word: a line end is a space, a blank line a line end."""
    text, blank = lines[0], False
    parts = [text]
    for line in lines[1:]:
        parts.append("\n" if not line else line if blank else " " + line)
        blank = not line
    return "".join(parts)


def plain_lines(lines: list[str], *, top: bool) -> list[str]:
    """The lines of a word that fills its block, trimmed, without comments."""
    kept: list[str] = []
    for line in lines:
        bare = line.strip(SPACE)
        if bare[:1] == "#":
            continue
        if top and line[:1] == " ":
            raise YamlError("the indentation does not fit")
        kept.append(bare)
    return kept or [""]


def folded_text(lines: list[str]) -> str:
    """The lines behind `>`: line ends are spaces, but around blank and deeper lines they stay."""
    parts: list[str] = []
    indented = blank = False
    for index, line in enumerate(lines):
        if not line:
            parts.append("\n")
        elif line[0] == " " or indented:
            parts.append("\n" + line)
        else:
            parts.append(line if blank or index == 0 else " " + line)
        indented, blank = line[:1] == " ", not line
    return "".join(parts)
