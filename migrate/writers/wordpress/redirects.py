"""Old addresses as four files that a web server or plug-in reads: CSV, nginx, Apache, Redirection."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote

from migrate.model.site import Redirect

_SAFE = "/!$&'()*+,;=:@~-._%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SPECIAL = re.compile(r"([.^$*+?{}\[\]\\|()])")


def redirect_files(redirects: Iterable[Redirect], version: str) -> dict[str, str]:
    """File name → text; {} where nothing leads elsewhere. `version`: of this program, for the plug-in's file."""
    rows = [_clean(item) for item in redirects]
    rows = [row for row in dict.fromkeys(rows) if row.origin != row.goal]
    return {name: make(rows, version) for name, make in _FORMS.items()} if rows else {}


def _clean(item: Redirect) -> Redirect:
    """Percent-encoded, on one line. A pattern's origin ends in `*`, and `:splat` in its goal is what stood there."""
    origin = _encoded("/" + " ".join(item.origin.split()).lstrip("/"), _SAFE)
    goal = _encoded(" ".join(item.goal.split()), _SAFE + "?#")
    return Redirect(origin=origin, goal=goal, status=item.status if 300 <= item.status < 400 else 302,
                    pattern=item.pattern)


def _encoded(path: str, safe: str) -> str:
    return _LONE_PERCENT.sub("%25", quote(path, safe=safe))


def _csv(rows: Sequence[Redirect], _: str) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("source", "target", "regex", "code"))       # as the plug-in Redirection reads it
    for row in rows:
        lines.writerow((_regex(row) if row.pattern else row.origin, _goal(row), int(row.pattern), row.status))
    return text.getvalue()


def _nginx(rows: Sequence[Redirect], _: str) -> str:
    """Locations for the `server` block. What nginx compares is decoded, so the names are."""
    lines = ["# Into the server block of the site, above other locations: include redirects.nginx.conf;"]
    for row in rows:
        if row.pattern:
            lines.append(f"rewrite {_quoted(_regex(row, decoded=True))} {_quoted(_goal(row))} "
                         f"{'permanent' if row.status in (301, 308) else 'redirect'};")
            continue
        for origin in _both(row.origin):
            lines.append(f"location = {_quoted(_decoded(origin))} {{ return {row.status} {_quoted(row.goal)}; }}")
    return "\n".join(lines) + "\n"


def _apache(rows: Sequence[Redirect], _: str) -> str:
    """Lines for .htaccess, above WordPress' own."""
    lines = ["# Into .htaccess, above “# BEGIN WordPress”.", "<IfModule mod_alias.c>"]
    for row in rows:
        match = _regex(row, decoded=True) if row.pattern else f"^{_escaped(_decoded(row.origin.rstrip('/')))}/?$"
        lines.append(f"RedirectMatch {row.status} {_quoted(match)} {_quoted(_goal(row))}")
    return "\n".join([*lines, "</IfModule>"]) + "\n"


def _redirection(rows: Sequence[Redirect], version: str) -> str:
    """The import file of the plug-in Redirection (Tools → Redirection → Import/Export)."""
    made: list[dict[str, Any]] = [
        {
            "url": _regex(row) if row.pattern else row.origin,
            "match_url": "regex" if row.pattern else row.origin.rstrip("/").lower() or "/",
            "match_data": {"source": {"flag_query": "ignore", "flag_case": False, "flag_trailing": True,
                                      "flag_regex": row.pattern}},
            "action_code": row.status, "action_type": "url", "action_data": {"url": _goal(row)}, "match_type": "url",
            "title": "", "regex": row.pattern, "group_id": 1, "position": place, "last_access": "", "enabled": True,
        }
        for place, row in enumerate(rows)
    ]
    group = {"id": 1, "name": "Grav", "redirects": len(made), "module_id": 1, "moduleName": "WordPress",
             "enabled": True}
    plugin = {"version": "5.3.10", "date": "", "maker": f"grav-migrate {version}"}
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in made)
    head = json.dumps({"plugin": plugin, "groups": [group]}, ensure_ascii=False).removesuffix("}")
    return f'{head}, "redirects": [\n{lines}\n]}}\n'


_FORMS: Mapping[str, Any] = MappingProxyType({
    "redirects.csv": _csv,
    "redirects.nginx.conf": _nginx,
    "redirects.htaccess": _apache,
    "redirects.redirection.json": _redirection,
})


def _both(origin: str) -> tuple[str, ...]:
    """A path with and without a slash at its end: Grav answered to both."""
    bare = origin.rstrip("/")
    return (bare, f"{bare}/") if bare else ("/",)


def _regex(row: Redirect, *, decoded: bool = False) -> str:
    start = row.origin.removesuffix("*")
    return f"^{_escaped(_decoded(start) if decoded else start)}(.*)$"


def _goal(row: Redirect) -> str:
    return row.goal.replace(":splat", "$1") if row.pattern else row.goal


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _decoded(path: str) -> str:
    return unquote(path)


def _quoted(text: str) -> str:
    """A word of a configuration file, in quotes where it needs them."""
    if not re.search(r'[\s"\'{};\\#]', text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
