"""Grav's redirect patterns as lines that a static host understands: plain paths, or a path with `*` at its end."""

from __future__ import annotations

import re
from typing import NamedTuple

_GROUP = re.compile(r"\$\{?(\d)\}?|\\(\d)")
_EVERYTHING = ("(.*)", "(.+)", "(.*?)", "(.+?)", ".*", ".+")
_OPTIONAL_REST = ("(/.*)?", "(/.+)?", "(?:/.*)?")
_ESCAPED = re.compile(r"\\([^A-Za-z0-9])")
_META = re.compile(r"[\[\]{}()|?+*^$]|\\[A-Za-z0-9]")

SPLAT = ":splat"


class Line(NamedTuple):
    """`origin` may end in `*`; `goal` may then hold `:splat`."""

    origin: str
    goal: str


def lines_of(origin: str, goal: str) -> tuple[Line, ...] | None:
    """The lines that say what a pattern says, None where lines cannot.

    A pattern is a regular expression that counts from the start of the path, and without `$` takes whatever follows
    along to the goal (Grav: Pages::findSiteBasedRoute, Grav::fallbackUrl; `/a: /b` leads `/a/x` to `/b/x`).
    """
    text = origin.removeprefix("^")
    anchored = text.endswith("$") and not text.endswith("\\$")
    text = text[:-1] if anchored else text
    for wild in _OPTIONAL_REST:
        if text.endswith(wild):
            return _with_rest(text.removesuffix(wild), goal, slash_in_group=not wild.startswith("(?:"))
    for wild in _EVERYTHING:
        if text.endswith(wild):
            return _with_wildcard(text.removesuffix(wild), goal, grouped=wild.startswith("("))
    path = _literal(text.removesuffix("/?"))
    if path is None:
        return None
    goal = _GROUP.sub("", goal)
    lines = (Line(path, goal),) if not path.endswith("/") or anchored else ()
    if anchored or not _goes_on(goal):
        return lines or (Line(path, goal),)
    joint = "" if path.endswith("/") else "/"
    return (*lines, Line(f"{path}{joint}*", f"{goal}{joint}{SPLAT}"))


def _with_wildcard(text: str, goal: str, *, grouped: bool) -> tuple[Line, ...] | None:
    """`/old/(.*)` → `/old/*`. Only a whole last part can be said so."""
    path = _literal(text)
    goal_text = _splat(goal) if grouped else _GROUP.sub("", goal)
    if path is None or goal_text is None or not path.endswith("/"):
        return None
    return (Line(f"{path}*", goal_text),)


def _with_rest(text: str, goal: str, *, slash_in_group: bool) -> tuple[Line, ...] | None:
    """`/old(/.*)?` → `/old` and `/old/*`."""
    path = _literal(text)
    if path is None or path.endswith("/"):
        return None
    rest = _splat(goal.replace("$1", "/$1")) if slash_in_group else goal
    return (Line(path, _GROUP.sub("", goal)), Line(f"{path}/*", rest)) if rest is not None else None


def _splat(goal: str) -> str | None:
    """The goal with `:splat` for the one group; None where it names others."""
    groups = {match[1] or match[2] for match in _GROUP.finditer(goal)}
    return _GROUP.sub(SPLAT, goal) if groups <= {"1"} else None


def _literal(text: str) -> str | None:
    """A pattern that is only a path; None where it is more. A bare `.` is meant as a full stop."""
    plain = _ESCAPED.sub("", text)
    if _META.search(plain) or not text.startswith("/"):
        return None
    return _ESCAPED.sub(r"\1", text)


def _goes_on(goal: str) -> bool:
    """Whether what follows the origin makes sense behind the goal."""
    return not any(mark in goal for mark in "?#")
