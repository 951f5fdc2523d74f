"""Footnotes in one form, whoever printed them: Parsedown, the library behind `preview`, or Hugo.

They number notes and name their anchors each in its own way, and put the notes at the end or where they are
defined. A mention becomes `<sup>[^label]</sup>`, a note `<li>[^label] …</li>` at the end, links back are dropped.
"""

from __future__ import annotations

import re

_GRAV_MENTION = re.compile(
    r'<sup id="fnref[0-9]+:([^"]*)"><a href="#fn:[^"]*" class="footnote-ref">[0-9]+</a></sup>')
_GRAV_NOTES = re.compile(r'<div class="footnotes">\s*<hr />\s*<ol>\s*(.*?)\s*</ol>\s*</div>\s*\Z', re.DOTALL)
_GRAV_NOTE = re.compile(r'<li id="fn:([^"]*)">(.*?)</li>\s*(?=<li id="fn:|\Z)', re.DOTALL)
_GRAV_BACK = re.compile(
    r'(?:&#160;| |\xa0)?<a href="#fnref[0-9]+:[^"]*" rev="footnote" class="footnote-backref">&#8617;</a>')
_MENTION = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">[0-9]+</a></sup>')
_NOTE = re.compile(
    r'<div class="footnote-definition" id="([^"]*)"><sup class="footnote-definition-label">[0-9]+</sup>'
    r"\s*((?:[^<]|<(?!/?(?i:div)\b))*+)(?<=\n)</div>\s*")      # one with a `<div>` in it stays: never equal
_SHOWN = re.compile(r"<sup>\[\^(.*?)\]</sup>")
_DISPUTED = "\ue01e"                      # never equal: a mention within a note, say, counts in Hugo, not in Grav
_EMPTY = re.compile(r"<p>\s*</p>")
_DIV = re.compile(r"<(/?)div\b", re.IGNORECASE)


def in_one_form(html: str, *, notes: bool = True) -> str:
    """The HTML with its footnotes in the form that both sides of a comparison share; or without the notes."""
    found: dict[str, str] = {}
    strays = "footnote-definition" in html and _has_stray_divs(html)
    grav = _GRAV_NOTES.search(html)
    if grav:
        html = html[:grav.start()]
        found = {label: _EMPTY.sub("", _GRAV_BACK.sub("", text)) for label, text in _GRAV_NOTE.findall(grav[1])}
    printed = _NOTE.findall(html)
    strays = strays or (bool(printed) and _GRAV_MENTION.search(html) is not None)     # a mention that is HTML
    html = _GRAV_MENTION.sub(r"<sup>[^\1]</sup>", html)
    found |= dict(printed)
    html = _MENTION.sub(r"<sup>[^\1]</sup>", _NOTE.sub("", html))
    mentioned = set(_SHOWN.findall(html)) if notes and found else set()
    shown = [label for label in found if label in mentioned]
    items = "".join(f"<li>[^{label}] {_mentions(found[label])}</li>" for label in sorted(shown))
    if strays or (notes and any("footnote-reference" in text for _, text in printed)):
        html += _DISPUTED
    return f"{html}<ol>{items}</ol>" if items else html


def without_notes(html: str) -> str:
    """The library's HTML without its footnotes, but for those that mention one: Goldmark counts that."""
    if _has_stray_divs(html):
        return html
    return _NOTE.sub(lambda note: note[0] if "footnote-reference" in note[0] else "", html)


def _has_stray_divs(html: str) -> bool:
    """True where the ends of `<div>` do not match: nobody knows where a note ends."""
    depth = 0
    for tag in _DIV.finditer(html):
        depth += -1 if tag[1] else 1
        if depth < 0:
            return True
    return depth != 0


def _mentions(note: str) -> str:
    return _MENTION.sub(r"<sup>[^\1]</sup>", _GRAV_MENTION.sub(r"<sup>[^\1]</sup>", note))
