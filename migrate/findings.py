"""What a run noticed: findings are values with a code, a place and advice; CODES is the whole list."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from migrate.codes import SOURCE_CODES, Code
from migrate.codes import Severity as Severity
from migrate.target_codes import TARGET_CODES

CODES: MappingProxyType[str, Code] = MappingProxyType({**SOURCE_CODES, **TARGET_CODES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed about one subject.

    `subject` is the page's source path relative to `pages/`, or another path or name where no page is
    concerned. `line` counts from 1 in the source file; 0 where there is no line.
    """

    code: str
    severity: Severity
    subject: str
    line: int = 0
    message: str
    advice: str = ""


def find(code: str, subject: str, line: int = 0, /, *, severity: Severity | None = None, **fields: Any) -> Finding:
    """Make the finding `code`, its message filled from `fields`; `severity` overrides the usual one."""
    kind = CODES[code]
    return Finding(code=code, severity=severity or kind.severity, subject=subject, line=line,
                   message=kind.message.format(**fields), advice=kind.advice.format(**fields))
