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
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r\n?")
_ALL_CONTROLS = "\r\0" + "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127)))
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


def has_controls(text: str) -> bool:
    """True where `without_controls` would change the text."""
    return any(control in text for control in _ALL_CONTROLS)


def without_controls(text: str) -> str:
    """The text with newlines for all line ends, and without control characters, which no browser shows."""
    return _CONTROLS.sub(_plain, text) if _CONTROLS.search(text) else text


def _plain(match: re.Match[str]) -> str:
    return "\n" if match[0][0] == "\r" else " " if match[0] == "\f" else ""


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
_I = re.IGNORECASE

_MIXED_RAW = re.compile(
    r"\n {0,3}<(script|pre|style|textarea)\b(?:(?!</\1\b).)*?</(?!\1)(?:script|pre|style|textarea)>", re.DOTALL | _I)

# Each with a piece of text that must be there before it is worth looking.
_DOUBTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # an item that begins with an empty line; one that begins with a definition
    ("\n", re.compile(r"\n[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]*)+\n(?:[ \t>]*\n)*[ \t>]+\S"
                      r"|\n[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+)+\[[^\]\n]+\]:")),
    # a line of two dashes that no paragraph of its own carries
    ("\n--", re.compile(r"\n[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[^\n]*\n {0,3}--[ \t]*" + _END)),
    ("<meta", re.compile(r"\n" + _MARKS + r"<meta\b", _I)),
    ("</", _MIXED_RAW),
    # tabs after marks and in white space at the end of a line
    ("\t", re.compile(r">[ ]*\t|\S(?: +\t|\t[ \t])[ \t]*" + _END + r"|(?:[-*+]|\d[.)]) +\t|\n {0,3}</?\w+\t")),
    # backslashes before a line end; lone tildes beside letters and punctuation
    ("\\", re.compile(r"\\(?: {2,}|\\+)" + _END)),
    ("~~", re.compile(r"[^\n~]~{3}|~~~[^\n]*[^\n~ ]~~(?!~)|\w~~[^\w\s~]|[^\w\s~]~~\w|\s~~\s")),
    # addresses with a bracket too many, or with a % that codes nothing
    ("](", re.compile(r"\]\(\s*\n|\]\([^()\s]*(?:\([^()\s]*\s|%(?![0-9A-Fa-f]{2}))")),
    ("]:", re.compile(r"\]:[^\n]*%(?![0-9A-Fa-f]{2})|\n {0,3}\[[^\n]*\]:[ \t]*(?!(?:[^ \t\n()]|\([^ \t\n()]*\))+(?:[ \t\n]|\Z))[^\n]*[()]")),
    ("![", re.compile(r"!\[[^\]]{0,300}(?:<|\\\n|  \n)")),
    (DIVIDER, re.compile(DIVIDER + r"[ \t]*\n(?:[ \t]*\n)*(?: {4}|\t)")),     # Hugo drops what indents the code
)
_CLOSING_TAG = re.compile(r"\n" + _MARKS + r"</(pre|script|style|textarea)\b", _I)
_TABLE_LINE = re.compile(r"\n[ \t>]*(?=[ \t:-]*[|:])\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t|:-]*)?" + _END)
_NO_PARAGRAPH = re.compile(r"[ \t>]*(?:$|#{1,6}[ \t]|`{3}|~{3})")
_INTERRUPTS = re.compile(r" {0,3}(?:#{1,6}[ \t]|>|`{3}|~{3}|[-*+] +\S|1[.)] +\S|</?(?:div|p|ul|ol|table|hr|h[1-6])\b)")
_CONTAINER = re.compile(r"[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])")
_LONE_OPENER = re.compile(r"\{\{(?:<(?![^\n]*>\}\})|%(?![^\n]*%\}\}))")


_DESCRIPTIONS = re.compile(r"\n[ \t>]*:")
_PLAIN_DESCRIPTION = re.compile(r"\S[^\n]*\n: {1,3}\S[^\n]*(?:\n: {1,3}\S[^\n]*)*(?=\n[ \t]*\n|\n?\Z)")
_FENCED = re.compile(r"^([ \t>]*)(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n.*?(?:^[ \t>]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_VISIBLE = re.compile(r"[^\n]")


def doubt(text: str, *, extra: bool = False) -> int | None:
    """Where in the text `preview` and Goldmark may think differently, or Hugo would not build; else None."""
    place = _doubt("\n\n" + text, extra=extra)
    if place is not None and ("```" in text or "~~~" in text):
        place = _doubt("\n\n" + _FENCED.sub(lambda fenced: _VISIBLE.sub("x", fenced[0]), text), extra=extra)
    if place is None and "{{" in text:
        opener = _LONE_OPENER.search(text)
        place = opener.start() if opener else None
    return place


def html_doubt(html: str) -> int | None:
    """Where a raw HTML block may end otherwise than the library thinks."""
    match = _MIXED_RAW.search("\n" + html)
    return match.start() if match else None


def _doubt(text: str, *, extra: bool) -> int | None:
    for piece, pattern in _DOUBTS:
        if piece in text and (match := pattern.search(text)):
            return max(0, match.start() - 1)
    place = _table_doubt(text)
    if place is None and "</" in text:
        place = _closing_tag_doubt(text)
    return _description_doubt(text) if place is None and extra else place


def _closing_tag_doubt(text: str) -> int | None:
    """A line that starts with `</pre>` or the like, which to Goldmark starts no HTML block."""
    for match in _CLOSING_TAG.finditer(text):
        opening = text.rfind("<" + match[1], 0, match.start())
        if opening <= text.rfind("</" + match[1], 0, match.start()):
            return match.start()
    return None


def _table_doubt(text: str) -> int | None:
    """A table below text, with fewer names than columns, with rows that have no `|`, or across a container's edge."""
    for match in _TABLE_LINE.finditer(text):
        head = text.rfind("\n", 0, match.start()) + 1
        names = text[head:match.start()]
        bare = names.strip(" \t>").strip("|")
        if not names.strip(" \t>"):
            continue
        above = text[text.rfind("\n", 0, max(0, head - 1)) + 1:max(0, head - 1)]
        columns = match[0].strip(" \t\n>").strip("|").count("|")
        sound = "|" in names and bare.count("|") == columns and _NO_PARAGRAPH.match(above)
        contained = _CONTAINER.match(names) is not None and match[0][1] not in " \t>"
        if not sound or contained or not _rows_are_sound(text, match.end()):
            return head
    return None


def _rows_are_sound(text: str, place: int) -> bool:
    while place < len(text):
        end = text.find("\n", place + 1)
        row = text[place + 1:end if end >= 0 else len(text)]
        if not row.strip(" \t>"):
            return True
        if _INTERRUPTS.match(row):
            return True
        if not row.strip(" \t>|") or "|" not in row or row.startswith(("    ", "\t")):
            return False
        place = end if end >= 0 else len(text)
    return True


def _description_doubt(text: str) -> int | None:
    """A line that starts with `:` and is not simply a description below a term."""
    if not _DESCRIPTIONS.search(text):
        return None
    match = _DESCRIPTIONS.search(_PLAIN_DESCRIPTION.sub(lambda plain: _VISIBLE.sub("x", plain[0]), text))
    return match.start() if match else None
