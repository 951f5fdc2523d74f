"""Stand-ins for what only Hugo understands: they ride through Markdown as one word, as Hugo's own do.

A decision's finished text is put in at the very end. Until then its token (`decisions.opaque`) stands for it; the
judge sees the text itself where it is plain HTML or Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrate.content.decisions import OPAQUE, Decisions, Relink, Replace, Wrap, opaque
from migrate.content.goldmark.openers import hidden_openers

DIVIDER = "\ue01a"
"""Stands for Hugo's divider until the text is finished: nothing to Markdown, and not to be found in a text."""

HUGO_DIVIDER = "<!--more-->"
"""Ends the summary wherever Hugo finds it, also in code: it must not stand in an author's text."""

_LONE_TOKEN = re.compile(r"<p>(\ue010[0-9]+/?\ue011)</p>")
_BETWEEN_TOKENS = re.compile("\ue011\\s+\ue010")
_CONTROLS = re.compile(r"(?P<line>\r\n?)|(?P<space>\f(?!\f*(?:[\r\n]|\Z)))|[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ALL_CONTROLS = "\r\0" + "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127)))


def unwrap_tokens(html: str) -> str:
    """The HTML without the paragraphs that hold a shortcode and nothing else, which Hugo drops, and without the
    space between two shortcodes."""
    return _BETWEEN_TOKENS.sub("\ue011\ue010", _LONE_TOKEN.sub(r"\1", html))


def shown_tokens(decisions: Decisions) -> dict[str, str]:
    """The tokens whose text a Markdown parser can see, and that text; the rest only Hugo understands."""
    shown: dict[str, str] = {}
    for number, decision in decisions.items():
        if isinstance(decision, Replace) and decision.html is not None:
            shown[opaque(number)] = decision.text
        elif isinstance(decision, Wrap):
            shown |= {token: text for token, text in _wrap_texts(number, decision) if not text.startswith("{{")}
    return shown


def all_tokens(decisions: Decisions) -> dict[str, str]:
    """Every token and the text that it stands for in the finished page."""
    texts: dict[str, str] = {}
    for number, decision in decisions.items():
        if isinstance(decision, Replace):
            texts[opaque(number)] = decision.text if decision.html is None else hidden_openers(decision.text)
        elif isinstance(decision, Wrap):
            texts.update(_wrap_texts(number, decision))
        elif decision.html is not None:
            texts[opaque(number)] = decision.html
    return texts


def tag_token(number: int, decision: Relink) -> str | None:
    """The token for a link's or image's tag in raw HTML, where the target has its own words for it."""
    return opaque(number) if decision.html is not None else None


def _wrap_texts(number: int, decision: Wrap) -> tuple[tuple[str, str], tuple[str, str]]:
    opening, closing = (text if text.startswith("{{") else hidden_openers(text)
                        for text in (decision.opening, decision.closing))
    return (opaque(number), opening), (opaque(number, closing=True), closing)


def fill_tokens(text: str, texts: Mapping[str, str]) -> str:
    """The text with these tokens replaced; others stay."""
    return OPAQUE.sub(lambda match: texts.get(match[0], match[0]), text) if texts and "\ue010" in text else text


def has_controls(text: str) -> bool:
    """True where `without_controls` would change the text."""
    return any(control in text for control in _ALL_CONTROLS)


def without_controls(text: str) -> str:
    """The text with newlines for all line ends, and without control characters, which no browser shows."""
    return _CONTROLS.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    return {"line": "\n", "space": " "}.get(match.lastgroup or "", "")
