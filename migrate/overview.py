"""What `inspect` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any

from migrate.terminal import VERBOSE, Terminal, group_lines, numbered

LABEL = 12
WIDTH = 100
FEW = 12
ONE = {"aliases": "alias", "drafts": "draft", "modules": "module", "pages": "page", "second copies": "second copy"}


def overview(terminal: Terminal, told: Mapping[str, Any]) -> None:
    """Print an inspection: what is there, then what needs attention."""
    most = None if terminal.verbosity == VERBOSE else FEW
    zone = told["timezone"]
    rows = [
        ("Site", _joined([told["title"], told["url"]])),
        ("Time zone", zone["name"] if zone["known"] else f"none named; {zone['name']} is taken (--timezone)"),
        ("Languages", _languages(told["languages"])),
        ("Pages", _pages(told["pages"])),
        ("Templates", _counts(told["templates"], most)),
        ("Dates", _dates(told["dates"], most)),
        ("Taxonomies", _taxonomies(told["taxonomies"])),
        ("Media", _media(told["media"])),
        ("Shortcodes", _uses(told["shortcodes"], most)),
        ("Texts", _uses(told["constructs"], most)),
        ("Plug-ins", _plugins(told["plugins"], most)),
        ("Redirects", ", ".join(_named(count, name) for name, count in told["redirects"].items() if count)),
        ("Headers", _counts(told["header"], most)),
    ]
    for label, text in rows:
        _row(terminal, label, text)
    terminal.write()
    attention = [line for group in told["attention"] for line in group_lines(terminal, group)]
    terminal.write(terminal.paint("What needs attention", "1") if attention else "Nothing needs attention.")
    for line in attention:
        terminal.write(line)
    unseen = sum(group["count"] for group in told["attention"] if group["severity"] == "info")
    if unseen and terminal.verbosity < VERBOSE:
        left = f"{numbered(unseen, 'remark')} that no reader will notice {'is' if unseen == 1 else 'are'} left out"
        terminal.write(f"{left}; -v shows {'it' if unseen == 1 else 'them'}.")


def _row(terminal: Terminal, label: str, text: str) -> None:
    lines = wrap(text, WIDTH - LABEL, break_long_words=False, break_on_hyphens=False) or ["none"]
    terminal.write(f"{terminal.paint(f'{label:<{LABEL}}', '1')}{lines[0]}")
    for line in lines[1:]:
        terminal.write(" " * LABEL + line)


def _languages(languages: list[Mapping[str, Any]]) -> str:
    return (
        ", ".join(f"{row['code']}{' (default)' if row['default'] else ''} {row['pages']}" for row in languages)
        or "one, unnamed"
    )


def _pages(states: Mapping[str, int]) -> str:
    others = [_named(count, name) for name, count in states.items() if name not in ("all", "modules") and count]
    modules = f" and {_named(states['modules'], 'modules')}" if states["modules"] else ""
    return f"{states['all']:,}{modules}" + (f": {', '.join(others)}" if others else "")


def _named(count: int, name: str) -> str:
    return numbered(count, ONE.get(name, name), name)


def _dates(dates: Mapping[str, Any], most: int | None) -> str:
    undated = f"; {numbered(dates['undated'], 'page')} without" if dates["undated"] else ""
    quoted = {f"“{pattern}”": count for pattern, count in dates["patterns"].items()}
    return (_counts(quoted, most) or "none") + undated


def _taxonomies(taxonomies: Mapping[str, Mapping[str, Any]]) -> str:
    return ", ".join(f"{name} ({numbered(row['terms'], 'term')}, {numbered(row['uses'], 'use')})"
                     for name, row in taxonomies.items())


def _media(media: Mapping[str, Any]) -> str:
    return f"{numbered(media['files'], 'file')}, {_size(media['bytes'])}" + (
        f": {_counts(media['kinds'], None)}" if media["files"] else ""
    )


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def _uses(uses: Mapping[str, Mapping[str, int]], most: int | None) -> str:
    return _listed([f"{name} {row['uses']} ({numbered(row['pages'], 'page')})" for name, row in uses.items()], most)


def _counts(counted: Mapping[str, int], most: int | None) -> str:
    return _listed([f"{name} {count}" for name, count in counted.items()], most)


def _plugins(plugins: list[Mapping[str, Any]], most: int | None) -> str:
    """Those that are on first; how that is known is said where it had to be inferred."""
    on = [f"{row['name']}{' (inferred)' if row['why'] == 'its use' else ''}" for row in plugins if row["on"]]
    off = [row["name"] for row in plugins if not row["on"]]
    return _joined([_listed(on, most), f"off: {_listed(off, most)}" if off else ""], "; ")


def _listed(items: list[str], most: int | None) -> str:
    more = f" … and {len(items) - most} more" if most is not None and len(items) > most else ""
    return ", ".join(items[:most]) + more


def _joined(parts: Iterable[str], between: str = " · ") -> str:
    return between.join(part for part in parts if part)
