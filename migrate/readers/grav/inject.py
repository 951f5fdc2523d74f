"""The page-inject plug-in: another page's Markdown put into this one before it is read (grav-plugin-page-inject).

Only once: what was put in is not searched again. It works in code as well, as in Grav. Relative links of the text
that was put in become those of the page that it is put into, unless `processed_content` is on: then Grav puts in the
finished HTML, and `body_of` gives a text whose addresses are right anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from migrate.findings import Finding, find
from migrate.model.document import Dialect, Document

_MARK = re.compile(
    r"""\[plugin:(?P<plugin>content-inject|page-inject)\]\((?P<url>[^)\n]*)\)
      |\[(?P<shortcode>content-inject|page-inject)\s+path="(?P<path>[^"\n]*)"[^\]\n]*\]""", re.VERBOSE | re.IGNORECASE)


def _rules(dialect: Dialect) -> Dialect:
    return replace(dialect, inject_finished=False)


class Expanded(NamedTuple):
    """A body with other pages put in, and what was noticed."""

    text: str
    findings: tuple[Finding, ...]


def expand(text: str, here: Document, *, page_at: Callable[[str], Document | None],
           body_of: Callable[[Document], str]) -> Expanded:
    """Put in every page that `text` names; `page_at` finds a page by the address written in `here`."""
    if "-inject" not in text:
        return Expanded(text, ())
    findings: list[Finding] = []
    pieces: list[str] = []
    place = 0
    for match in _MARK.finditer(text):
        address, _, query = (match["url"] if match["url"] is not None else match["path"]).partition("?")
        goal = page_at(address.strip())
        line = here.body_line + text.count("\n", 0, match.start())
        if goal is None or not goal.published:
            findings.append(find("G251", here.source, line, goal=address))
            continue
        pieces += [text[place:match.start()], body_of(goal).strip("\r\n")]
        place = match.end()
        through = "template=" in query or (match["plugin"] or match["shortcode"]).lower() == "page-inject"
        findings.append(find("G253" if through else "G250", here.source, line, goal=goal.route))
        if here.dialect.inject_finished and _rules(goal.dialect) != _rules(here.dialect):
            findings.append(find("G254", here.source, line, goal=goal.route))
    return Expanded("".join((*pieces, text[place:])), tuple(findings))
