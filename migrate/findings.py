"""What a run noticed: findings are values with a code, a place and advice; CODES is the whole list.

Codes are never used again for something else. G1xx source · G2xx content · G3xx mapping · G4xx target ·
G5xx verification. Severity: `info` nothing a reader of the page would notice · `warning` something looks or
works differently · `error` something did not come over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How much a reader of the page would notice."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 info, 1 warning, 2 error: for comparing."""
        return ("info", "warning", "error").index(self.value)


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


class Code(NamedTuple):
    """A kind of finding: its usual severity, the message with its fields in braces, and the advice."""

    severity: Severity
    message: str
    advice: str


INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

CODES: MappingProxyType[str, Code] = MappingProxyType({
    # G1xx: the source. Filled by the reader; see docs/findings.md.
})


def find(code: str, subject: str, line: int = 0, /, *, severity: Severity | None = None, **fields: Any) -> Finding:
    """Make the finding `code`, its message filled from `fields`; `severity` overrides the usual one."""
    kind = CODES[code]
    return Finding(code=code, severity=severity or kind.severity, subject=subject, line=line,
                   message=kind.message.format(**fields), advice=kind.advice.format(**fields))
