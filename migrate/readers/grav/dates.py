"""Date text → aware datetime, as PHP reads it: the site's format first, then PHP's free parser.

Grav: Utils::date2timestamp, Page::date; PHP: DateTime::createFromFormat, strtotime. Where Grav itself goes wrong
(unquoted dates, missing clock times, a bare year) the better reading is taken, and a problem says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from migrate.readers.grav.problem import Problem


class DateResult(NamedTuple):
    """`moment` is aware, or None where the value names no date (then Grav takes the file's time).

    `format` is the one that read it, "" for the free parser or for a date object. `problems` say what
    is doubtful (implausible year, ambiguous order, relative to now), or why `moment` is None; give them a place with
    `problem.at(subject, line)`.
    """

    moment: datetime | None
    problems: tuple[Problem, ...] = ()
    format: str = ""


def parse_date(value: Any, *, formats: Sequence[str], zone: tzinfo, now: datetime, field: str = "date") -> DateResult:
    """Read a header's date. `value` is what `read_page_text` gave (text, number, date object or anything else).

    `formats`: the header's `dateformat` or the site's `pages.dateformat.default` (empty texts are skipped);
    `zone`: the site's; `now`: aware, for relative words; `field` names the key in messages. None gives
    `DateResult(None)` without a problem. Never raises.
    """
    raise NotImplementedError
