"""Findings about one page's header, each with the line of its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from migrate.findings import Finding, find
from migrate.readers.grav.misread import number_of
from migrate.readers.grav.problem import Problem
from migrate.readers.grav.values import MISREAD, as_bool, as_text, texts


class Notes:
    """Reads header values of any type, and keeps what was noticed on the way."""

    def __init__(self, source: str, key_lines: Mapping[str, int]) -> None:
        """`source` is the page file under pages/; `key_lines` top-level key → line."""
        self._source = source
        self._lines = key_lines
        self._findings: list[Finding] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was noticed, in order."""
        return tuple(self._findings)

    def add(self, code: str, key: str = "", **fields: Any) -> None:
        """Note `code`, at the line of the header's `key`."""
        self._findings.append(find(code, self._source, self._lines.get(key, 0), **fields))

    def take(self, problems: Iterable[Problem], key: str = "") -> None:
        """Note what another reading function noticed."""
        self._findings.extend(problem.at(self._source, self._lines.get(key, 0)) for problem in problems)

    def wrong(self, key: str, wanted: str) -> None:
        """Note that a value has a type that Grav cannot use."""
        self.add("G140", key, name=key, wanted=wanted)

    def text(self, header: Mapping[str, Any], key: str) -> str:
        """A scalar as text; of a list or map its texts, with a finding: Grav itself would fail (0.7)."""
        value = header.get(key)
        if value is None:
            return ""
        text = as_text(value)
        if text is None:
            self.wrong(key, "text")
            return ", ".join(texts(value))
        self.number(value, key)
        return text

    def number(self, value: Any, name: str, key: str = "") -> None:
        """Note that a text is a date without quotes, of which YAML makes a number (a.6)."""
        if isinstance(value, date):
            self.add("G128", key or name, name=name, value=value, number=number_of(value))

    def flag(self, header: Mapping[str, Any], key: str) -> bool | None:
        """PHP's truth of a value, None where the header does not say; `no` and `off` are true there (f.1)."""
        value = header.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value.strip().lower() in MISREAD:
            self.add("G141", key, name=key, value=value)
        return as_bool(value)
