"""What Hugo's Goldmark will show for a text, foretold by a fast CommonMark library (pulldown-cmark).

The two agree but for the cases in DOUBTS, each found by building thousands of texts with both: a text in which
one of them occurs is not believed, and is written anew. A lone `~` is hidden from the library, which would
strike text through with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyromark

from migrate.content.decisions import OPAQUE, Decisions, Replace, Wrap, opaque
from migrate.content.goldmark_options import GoldmarkOptions

_PLAIN = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_EXTRA = (_PLAIN | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_DEFINITION_LIST
          | pyromark.Options.ENABLE_HEADING_ATTRIBUTES)
_LONE_TILDE = re.compile(r"(?<![~\\])~(?!~)")
_STAND_IN = "\u2053"                      # SWUNG DASH: punctuation to both, as ~ is
_STAND_IN_CODE = "%E2%81%93"
DIVIDER = "\ue01a"
"""Stands for Hugo's divider until the text is finished: nothing to Markdown, and not to be found in a text."""

_BETWEEN_TOKENS = re.compile("\ue011\\s+\ue010")
_LONE_TOKEN = re.compile(r"<p>(\ue010[0-9]+/?\ue011)</p>")


def preview(text: str, options: GoldmarkOptions) -> str:
    """The HTML of the text, with `<br />` for line breaks and without the ids that Hugo gives headings."""
    flags = _EXTRA if options.extra else _PLAIN
    if DIVIDER in text:
        text = text.replace(DIVIDER, "")
    if "~" in text:
        html = pyromark.html(_LONE_TILDE.sub(_STAND_IN, text), options=flags)
        html = html.replace(_STAND_IN, "~").replace(_STAND_IN_CODE, "~")
    else:
        html = pyromark.html(text, options=flags)
    return unwrap_tokens(html) if "\ue010" in html else html


def unwrap_tokens(html: str) -> str:
    """The HTML without the paragraphs that hold a shortcode and nothing else, which Hugo drops, and without the
    space between two shortcodes."""
    return _BETWEEN_TOKENS.sub("\ue011\ue010", _LONE_TOKEN.sub(r"\1", html))


def shown_tokens(decisions: Decisions) -> Mapping[str, str]:
    """The tokens whose text a Markdown parser can see, and that text; the rest only Hugo understands."""
    shown: dict[str, str] = {}
    for number, decision in decisions.items():
        if isinstance(decision, Replace) and decision.html is not None:
            shown[opaque(number)] = decision.text
        elif isinstance(decision, Wrap):
            shown |= {token: text for token, text in wrap_texts(number, decision) if not text.startswith("{{")}
    return shown


def all_tokens(decisions: Decisions) -> Mapping[str, str]:
    """Every token and the text that it stands for in the finished page."""
    texts = {opaque(number): decision.text for number, decision in decisions.items() if isinstance(decision, Replace)}
    for number, decision in decisions.items():
        if isinstance(decision, Wrap):
            texts.update(wrap_texts(number, decision))
    return texts


def wrap_texts(number: int, decision: Wrap) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two tokens of a wrapped region, each with its text."""
    return (opaque(number), decision.opening), (opaque(number, closing=True), decision.closing)


def fill_tokens(text: str, texts: Mapping[str, str]) -> str:
    """The text with these tokens replaced; others stay."""
    return OPAQUE.sub(lambda match: texts.get(match[0], match[0]), text) if texts and "\ue010" in text else text


_MARKS = r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)*"      # what may stand before a block's own text
_END = r"(?=\n|\Z)"
_TABLE_LINE = re.compile(r"\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t|:-]*)?" + _END)
_TAGS = re.compile(r"\n\n" + _MARKS + r"</(?:pre|script|style|textarea)\b|\n" + _MARKS + r"</?meta\b", re.IGNORECASE)
_TABS = re.compile(r">[ ]*\t|(?:\t | \t)[ \t]*" + _END)
_ITEMS = re.compile(
    r"\n[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]*)+\n[ \t>]+\S"
    r"|\n[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+)+\[[^\]\n]+\]:")
_LONE_OPENER = re.compile(r"\{\{([<%])(?![^\n]*[>%]\}\})")


_FENCED = re.compile(r"^([ \t>]*)(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


_CODE_AFTER_DIVIDER = re.compile(DIVIDER + r"[ \t]*\n(?:[ \t]*\n)*(?: {4}|\t)")   # Hugo drops what indents it


def doubt(text: str) -> int | None:
    """Where in the text `preview` and Goldmark may think differently, or Hugo would not build; else None."""
    place = _doubt("\n\n" + text)
    if place is not None and ("```" in text or "~~~" in text):
        masked = _FENCED.sub(lambda fenced: re.sub(r"[^\n]", "x", fenced[0]), text)
        place = _doubt("\n\n" + masked)
    if place is None and "{{" in text:
        opener = _LONE_OPENER.search(text)
        place = opener.start() if opener else None
    return place


def _doubt(text: str) -> int | None:
    if "|" in text and (place := _table_doubt(text)) is not None:
        return place
    match = (("<" in text and _TAGS.search(text)) or ("\t" in text and _TABS.search(text)) or _ITEMS.search(text)
             or (DIVIDER in text and _CODE_AFTER_DIVIDER.search(text)))
    return max(0, match.start() - 1) if match else None


_NO_PARAGRAPH = re.compile(r"[ \t>]*(?:$|#{1,6}[ \t]|`{3}|~{3})")


def _table_doubt(text: str) -> int | None:
    """A table under a line of text: Goldmark takes that line for a paragraph, the library all of it."""
    for match in _TABLE_LINE.finditer(text):
        head = text.rfind("\n", 0, match.start()) + 1
        line = text[text.rfind("\n", 0, max(0, head - 1)) + 1:max(0, head - 1)]
        if "|" in text[head:match.start()] and not _NO_PARAGRAPH.match(line):
            return head
    return None
