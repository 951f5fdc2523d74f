"""Excerpts: what the header says, else the words before the summary's divider."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from migrate.mappers.values import found_at, path_of
from migrate.mappers.wordpress_table import Excerpt


def excerpt_of(header: Mapping[str, Any], summary: str, rules: Excerpt) -> str:
    """The excerpt of a page; "" where WordPress is to make one itself. `summary`: plain text before the divider."""
    for key in rules.keys:
        value = found_at(header, path_of(key))
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).strip()
    return escape(summary.strip(), quote=False) if rules.divider else ""
