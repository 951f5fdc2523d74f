"""A YAML text as Grav reads it: plain headers quickly, then strictly, then leniently, then what can be saved."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from migrate.readers.grav.problem import Problem
from migrate.readers.grav.yaml.blocks import parse_document
from migrate.readers.grav.yaml.flow import Dropped
from migrate.readers.grav.yaml.quick import read_quick
from migrate.readers.grav.yaml.salvage import salvage
from migrate.readers.grav.yaml.scalars import TooDeepError, YamlError

_KEY_LINE = re.compile(r"""^(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#"'\[{-][^:\n]*+(?::\S[^:\n]*+)*+))"""
                       r"""(?:(?<=["']) *)?:(?=\s|$)""", re.MULTILINE)


class YamlText(NamedTuple):
    """The value of a YAML text, what was noticed, and the line of each key at its top."""

    value: Any
    problems: tuple[Problem, ...]
    key_lines: dict[str, int]


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read a text whose first line is `first_line` of its file. Never raises."""
    quick = read_quick(text)
    if quick is not None:
        value, lines = quick
        return YamlText(value, (), {key: line + first_line for key, line in lines.items()})
    value, problems = _read_by_the_rules(text, first_line)
    return YamlText(value, problems, _key_lines(text, first_line))


def _read_by_the_rules(text: str, first_line: int) -> tuple[Any, tuple[Problem, ...]]:
    reason: YamlError | None = None
    for strict in (True, False):
        try:
            value, dropped = parse_document(text, strict=strict)
        except TooDeepError as error:
            reason = error
            break
        except YamlError as error:
            reason = reason or error
        else:
            return value, tuple(_dropped(item, first_line) for item in dropped)
    return _salvaged(text, first_line, reason)


def _dropped(item: Dropped, first_line: int) -> Problem:
    fields = {"key": item.key, "text": " ".join(item.text.split())[:80]}
    return Problem("G105" if item.key else "G107", item.line + first_line if item.line >= 0 else 0, fields)


def _salvaged(text: str, first_line: int, reason: YamlError | None) -> tuple[Any, tuple[Problem, ...]]:
    value, casualties = salvage(text)
    line = max(reason.line, 0) if reason else 0
    problems = [Problem("G103", line + first_line, {"why": reason.why if reason else ""})]
    for casualty in casualties:
        code = "G104" if casualty.lost else "G106"
        problems.append(Problem(code, casualty.line + first_line, {"key": casualty.key, "text": casualty.text}))
    return value, tuple(problems)


def _key_lines(text: str, first_line: int) -> dict[str, int]:
    lines: dict[str, int] = {}
    line, at = first_line, 0
    for match in _KEY_LINE.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        lines.setdefault((match[1] or match[2] or match[3]).rstrip(" "), line)
    return lines
