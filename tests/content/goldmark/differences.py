"""Where real Hugo shows something else than Grav, for many texts at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from migrate.content.compare import canonical, fold
from migrate.content.decisions import Decisions
from migrate.content.goldmark import GoldmarkOptions, Rendered
from migrate.content.goldmark.judge import Judge
from migrate.content.tree import Tree
from tests.content.hugo_oracle import goldmark_html

_HEADING_ID = re.compile(r'(<h[1-6][^>\n]*?) id="[^"]*"')
_MENTION = re.compile(r'<sup id="fnref[^"]*"><a href="#fn:[^"]*" class="footnote-ref"[^>]*>(\d+)</a></sup>')
_BACK = re.compile(r'(?:&#160;|\xa0| )?<a href="#fnref[^"]*"[^>]*class="footnote-backref"[^>]*>[^<]*</a>')
UNCLOSED = re.compile(r"<(script|style|textarea|iframe|noscript|title|xmp)\b(?!.*?</\1).*|<!--(?!.*?-->).*",
                       re.DOTALL | re.IGNORECASE)


class Text(NamedTuple):
    """A text that was written for Hugo."""

    name: str
    tree: Tree
    decisions: Decisions
    options: GoldmarkOptions
    rendered: Rendered


class Difference(NamedTuple):
    """Grav's and Hugo's page from shortly before they differ, and whether a finding says so."""

    name: str
    grav: tuple[str, ...]
    hugo: tuple[str, ...]
    announced: bool


def differences(hugo: str, texts: Iterable[Text]) -> list[Difference]:
    """The texts that Hugo, in one build for each setting, shows otherwise than Grav."""
    by_options: dict[GoldmarkOptions, list[Text]] = defaultdict(list)
    for text in texts:
        by_options[text.options].append(text)
    found = []
    for options, group in by_options.items():
        shown = goldmark_html(hugo, [text.rendered.text for text in group], options)
        found += [difference for text, html in zip(group, shown, strict=True)
                  if (difference := _difference(text, html)) is not None]
    return found


def _difference(text: Text, html: str) -> Difference | None:
    judge = Judge(text.tree, text.decisions, text.options)
    expected = judge.raw_html(text.tree.blocks, text.tree.notes)
    grav, seen = spelled(expected), spelled(html)
    if UNCLOSED.search(grav) and UNCLOSED.search(seen):
        grav, seen = UNCLOSED.sub("", grav), UNCLOSED.sub("", seen)      # it swallows the rest: see G212
    if any(spelled_lines(spelling(grav)) == spelled_lines(spelling(seen)) for spelling in (fold, str)):
        return None                           # `fold` is a little blind beside tags that nothing opens, trees are not
    grav, seen = spelled_lines(fold(grav)), spelled_lines(fold(seen))
    place = next((at for at, pair in enumerate(zip(grav, seen, strict=False)) if pair[0] != pair[1]), min(len(grav), len(seen)))
    announced = any(finding.code in ("G207", "G212", "G213") for finding in text.rendered.findings)
    return Difference(text.name, tuple(grav[max(0, place - 2):place + 3]), tuple(seen[max(0, place - 2):place + 3]), announced)


def spelled(html: str) -> str:
    """The spelling that Grav and Hugo share."""
    html = html.replace("<br>", "<br />").replace("<hr>", "<hr />").replace("&quot;", '"').replace("&#39;", "'")
    html = _BACK.sub("", _MENTION.sub(r"<sup>[\1]</sup>", html))
    if 'class="footnotes"' in html:
        html = re.sub(r'<li id="fn:[^"]*">', "<li>", html).replace(' role="doc-endnotes"', "")
        html = re.sub(r"<p>\s*</p>", "", html)
    return html


def spelled_lines(html: str) -> list[str]:
    """The page line by line. Hugo names each heading, Grav only those with a name of the author's."""
    return [_HEADING_ID.sub(r"\1", line) for line in canonical(html).split("\n")]
