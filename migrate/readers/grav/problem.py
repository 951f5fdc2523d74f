"""What a pure reading function noticed, before anybody says in which file it happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from migrate.findings import Finding, Severity, find
from migrate.model.document import EMPTY


class Problem(NamedTuple):
    """A finding without its subject: the code, the line (0 unknown) and the fields of its message."""

    code: str
    line: int = 0
    fields: Mapping[str, Any] = EMPTY
    severity: Severity | None = None      # other than the code's usual one

    def at(self, subject: str, line: int = 0) -> Finding:
        """The finding on `subject`; `line` counts only where the problem knows no line of its own."""
        return find(self.code, subject, self.line or line, severity=self.severity, **self.fields)
