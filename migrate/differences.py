"""What would change in a text or in fields, as a diff in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

CONTEXT = 3
TOO_MUCH = 4_000_000  # lines × lines above which what differs is shown as one block

Change = tuple[str, int, int, int, int]


def unified(before: str | None, after: str | None, before_name: str, after_name: str) -> tuple[str, ...]:
    """The lines of a unified diff, without line ends; () where nothing differs. None: no such file."""
    if before == after:
        return ()
    old, new = (before or "").splitlines(), (after or "").splitlines()
    head = (
        f"--- {before_name if before is not None else '/dev/null'}",
        f"+++ {after_name if after is not None else '/dev/null'}",
    )
    if before is None or after is None:
        return (*head, *_whole(old, new))
    return (*head, *(line for group in _groups(_changes(old, new)) for line in _hunk(group, old, new)))


def fields_changed(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], before_name: str, after_name: str
) -> tuple[str, ...]:
    """What would change in fields: a line or two for each, texts of several lines as a unified diff."""
    head = ("--- /dev/null" if before is None else f"--- {before_name}", f"+++ {after_name}")
    lines = [line for name, value in after.items() for line in _field(name, before, value)]
    return (*head, *lines) if lines else ()


def _field(name: str, before: Mapping[str, Any] | None, value: Any) -> Iterator[str]:
    old = None if before is None else before.get(name)
    if old == value and before is not None:
        return
    if isinstance(value, str) and "\n" in f"{old or ''}{value}":
        yield f"@@ {name} @@"
        yield from unified(None if before is None else str(old or ""), value, name, name)[2:]
        return
    if before is not None:
        yield f"-{name}: {old}"
    if value not in (None, "", [], 0) or before is not None:
        yield f"+{name}: {value}"


def _whole(old: list[str], new: list[str]) -> Iterator[str]:
    yield f"@@ -{1 if old else 0},{len(old)} +{1 if new else 0},{len(new)} @@"
    yield from (f"-{line}" for line in old)
    yield from (f"+{line}" for line in new)


def _changes(old: list[str], new: list[str]) -> list[Change]:
    """How to get from one to the other. Equal ends are cut off first: most edits are small, most pages long."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    old_end, new_end = len(old) - end, len(new) - end
    middle = _middle(old[start:old_end], new[start:new_end])
    return [
        ("equal", 0, start, 0, start),
        *((tag, a + start, b + start, c + start, d + start) for tag, a, b, c, d in middle),
        ("equal", old_end, len(old), new_end, len(new)),
    ]


def _middle(old: list[str], new: list[str]) -> list[Change]:
    if len(old) * len(new) > TOO_MUCH:
        return [("replace", 0, len(old), 0, len(new))]
    return [(tag, a, b, c, d) for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]


def _groups(changes: list[Change]) -> Iterator[list[Change]]:
    """Changes that are near each other, each with some lines around it."""
    group: list[Change] = []
    for position, (tag, a, b, c, d) in enumerate(changes):
        if tag != "equal":
            group.append((tag, a, b, c, d))
            continue
        last = position == len(changes) - 1
        if group and (last or b - a > 2 * CONTEXT):
            yield [*group, ("equal", a, min(b, a + CONTEXT), c, min(d, c + CONTEXT))]
            group = []
        elif group:
            group.append((tag, a, b, c, d))
        if not group and not last:
            group = [("equal", max(a, b - CONTEXT), b, max(c, d - CONTEXT), d)]


def _hunk(group: list[Change], old: list[str], new: list[str]) -> Iterator[str]:
    first, last = group[0], group[-1]
    old_count, new_count = last[2] - first[1], last[4] - first[3]
    yield f"@@ -{first[1] + bool(old_count)},{old_count} +{first[3] + bool(new_count)},{new_count} @@"
    for tag, a, b, c, d in group:
        if tag == "equal":
            yield from (f" {line}" for line in old[a:b])
        else:
            yield from (f"-{line}" for line in old[a:b])
            yield from (f"+{line}" for line in new[c:d])
