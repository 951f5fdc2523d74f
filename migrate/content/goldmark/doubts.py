"""Where the fast library and Goldmark think differently, and what Hugo would not build.

Each kind was found by building thousands of texts with both. A block in which one of them occurs is not believed
to show what `preview` says; it is written anew in a form that both read alike.
"""

from __future__ import annotations

import re

from migrate.content.goldmark.openers import lone_openers
from migrate.content.goldmark.preview import block_starting, without_code
from migrate.content.goldmark.tokens import DIVIDER, HUGO_DIVIDER

_MARKS = r"[ \t]*+(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]++|>)*+"      # what may stand before a block's own text
_END = r"(?=\n|\Z)"
_I = re.IGNORECASE

_RAW_END = re.compile(r"</(?:script|pre|style|textarea)", _I)
_RAW_TAG = re.compile(r"\n {0,3}<(?P<opened>script|pre|style|textarea)\b"
                      r"|</(?P<closed>script|pre|style|textarea)\b(?P<whole>>)?", _I)

_DEFINITION = r"\n[ \t>]*+\[(?:[^\]\\\n]|\\[^\n])*+\]:"
_PLAIN_TARGET = (r"(?<=[^\[\\\n]\]:)[ \t]*+(?:<(?:[^<>\\%\n]|%[0-9A-Fa-f]{2})*+>"
                 r"|(?!<)(?:[^ \t\n()\\%]|%[0-9A-Fa-f]{2}|\((?:[^ \t\n()\\%]|%[0-9A-Fa-f]{2})*+\))++)"
                 r"(?:[ \t]++(?:\"[^\"\\\n]*+\"|'[^'\\\n]*+'|\([^()\\\n]*+\)))?+[ \t]*+")

_EMPTY_COMMENT = re.compile(r"<!--+>")         # a comment that ends where it begins
_TAB_BEHIND_FENCE = re.compile(r"\n[ \t>]*+(?:`{3,}|~{3,})[^\n\t]*\t")

# Each with a piece of text that must be there before it is worth looking.
_DOUBTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # an item that begins with a definition
    ("]:", re.compile(r"\n[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+)+\[[^\]\n]+\]:")),
    # a definition right above an empty item
    ("]:", re.compile(r"\n {0,3}\[[^\]\n]+\]:[^\n]*\n {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]*" + _END)),
    ("<!--", _EMPTY_COMMENT),
    ("<!", re.compile(r"<!(?<!\\<!)(?!--)")),           # declarations
    # a line of dashes that indentation keeps within a paragraph: a table of one column
    ("-", re.compile(r"\n(?: {4}|[ >]*+\t| {0,3}>(?: ?>)*+ {4})(?<!\n\n    )(?<!\n\n\t)[ \t]*+-++[ \t]*+" + _END)),
    ("<", re.compile(r"</?+(?:pre|script|style|textarea)[^\s/>]", _I)),
    ("</ ", re.compile(r"</ +[A-Za-z]")),      # to Goldmark it may end a block
    ("<meta", re.compile(r"\n" + _MARKS + r"<meta\b", _I)),
    ("\t", _TAB_BEHIND_FENCE),
    # tabs after marks and in white space at the end of a line
    ("\t", re.compile(r">[ ]*\t|[^ \t\n](?: +\t|\t[ \t])[ \t]*+" + _END
                      + r"|(?:[-*+]|\d[.)])(?: +(?:(?:[-*+]|\d{1,9}[.)])?+\t)|\t[ \t])")),
    ("\t", re.compile(r"\n(?: {0,3}(?:</?\w+\t|\t[ \t]*>)| +(?:\t|(?:[-*+]|\d{1,9}[.)])\t)"
                      r"|" + _MARKS + r"#{1,6}[ \t][^\n]*\t[ \t]*+" + _END + r")")),
    # addresses in tags over more than one line, of which Goldmark drops the indentation
    ("href=", re.compile(r"href=(?:\"[^\"\n]*+|'[^'\n]*+)\n[ \t]")),
    ("src=", re.compile(r"src=(?:\"[^\"\n]*+|'[^'\n]*+)\n[ \t]")),
    # backslashes before a line end; lone tildes beside letters and punctuation
    ("\\", re.compile(r"\\(?<!\\\\)(?:\\\\)*(?: {2,}|\\\\)" + _END)),
    ("~~", re.compile(r"[^\n~]~{3}|\n~~~[^\n]*[^\n~ ]~~(?!~)|[^\W_]~~(?:[^\w\s~]|_)|(?:[^\w\s~]|_)~~[^\W_]|\s~~\s"
                      r"|[^\w\s!-~]~~|~~[^\w\s!-~]")),
    # addresses with a bracket too many, or with a % that codes nothing
    ("](", re.compile(r"\]\(\s*\n|\]\([ \t]*+(?:[^() \t\n%]|%[0-9A-Fa-f]{2}|\([^() \t\n]*+\))*+[(%]")),
    ("]\\[", re.compile(r"\]\\\[(?<!\\\]\\\[)")),       # a reference with an escaped bracket behind it
    # a definition that is more than a label, an address and a title, each in its plainest form
    ("]:", re.compile(_DEFINITION + r"(?!" + _PLAIN_TARGET + _END + r")")),
    ("]:", re.compile(r"\n[ \t>]*+\[[^\[\]\n]*+\n[^\[\]\n]*+(?:\n[^\[\]\n]++)?\]:")),
    # a definition with what may be a title on the next line
    ("]:", re.compile(_DEFINITION + r"[^\n]*+\n[ \t>]*+[\"'(]")),
    ("![", re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*+\])*+\[?!\[")),         # a picture within a picture
    ("![", re.compile(r"!\[(?:[^\[\]<\\ !]++|\[(?:[^\[\]<]*+\])?+|!(?!\[)|\\[^\n]| (?! \n))*+(?:<|\\\n|  \n)")),
    # an address in angle brackets with a % that codes nothing
    ("%", re.compile(r"<[A-Za-z][\w+.-]*+:(?:[^ \t\n<>%]|%[0-9A-Fa-f]{2})*+%")),
    (DIVIDER, re.compile(DIVIDER + r"[ \t]*\n(?:[ \t]*\n)*(?: {4}|\t)")),     # Hugo drops what indents the code
)
_TAB_BEHIND_TAG = re.compile(r"[^\n]*>[ ]*\t[ \t]*" + _END)
_EMPTY_ITEM = re.compile(r"\n[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]*+)++\n(?:[ \t>]*+\n)*[ \t>]+[^ \t\n]")
_PLAIN_TEXT = re.compile(r" {0,3}(?!\[[^\]\n]*\]:)[^\s#>*+<`~|0-9-]")
_CLOSING_TAG = re.compile(r"\n" + _MARKS + r"</(pre|script|style|textarea)\b", _I)
_HIDING = ("```", "~~~", "<!--")              # in which an element's beginning may stand as text
_STRAY_END = re.compile(r"\s*</(?:pre|script|style|textarea)\b", _I)
_TABLE_LINE = re.compile(r"\n[ \t>]*+(?=[ \t:|]*+-)(?=[ \t-]*+[|:])[ \t:|-]++" + _END)
_LAST_ROWS = re.compile(r"(?:\n[ \t>]*+(?=[^ \t\n])[^\n]*+)*+(?:\n[ \t]*+(?=\n|\Z))*+(?:\n[^ \t\n]|\n?\Z)")
_COLUMNS = re.compile(r"[ \t>]*+\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+:?+-++:?+[ \t]*+)*+\|?+[ \t]*+\Z")
_ITEM_OF_DASHES = re.compile(r"\n[ \t>]*+-[ \t]")
_ESCAPED_END = re.compile(r"\\\|?[ \t]*\Z")
_BLANK = re.compile(r"(?: {0,3}>)*+[ \t]*+\Z")
_NO_PARAGRAPH = re.compile(r"[ \t>]*(?:$|#{1,6}[ \t]|`{3}|~{3})")
_INTERRUPTS = re.compile(
    r" {0,3}(?:#{1,6}[ \t]|>|`{3}|~{3}|[-*+] +\S|1[.)] +\S|</?(?:div|p|ul|ol|table|hr|h[1-6])\b)")
_NUMBER = re.compile(r" {0,3}\d{1,9}[.)](?:[ \t]|\Z)")
_TWO_DASHES = re.compile(r"\n(?<!\n\n) {0,3}--[ \t]*+" + _END)
_CONTAINER_LINE = re.compile(r"\n[ \t]*+(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])")
_CONTAINER = re.compile(r"[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])")


_NOTE_LABEL = re.compile(r"\n[ \t]*+\[\^([^\]\n]+)\]:")
_DISPUTED_NOTE = re.compile(r"\[\^[^\[\]\n]+\][(\[]|\]\[\^"
                            r"|\n[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?<!\n)\[\^[^\]\n]+\]:")
_DESCRIPTIONS = re.compile(r"\n[ \t>]*:")
_PLAIN_WORDS = (r"(?![#>]|[-+*=_][-+*=_ \t]*+(?:\n|\Z)|[-+*][ \t]|\d{1,9}[.)]|`{3}|~{3}|</?+[A-Za-z!?]|\|"
                r"|\[[^\]\n]*+\]:)[^\s:](?:[^\n]*[^\s\\])?+")
_PLAIN_DESCRIPTION = re.compile(rf"\n[ \t]*+\n{_PLAIN_WORDS}(?:\n: {{1,3}}{_PLAIN_WORDS})++"
                                r"(?=(?:\n[ \t]*+(?=\n))++\n[^\s:]|\s*+\Z)")
_ATTRIBUTES = re.compile(r"\n" + _MARKS + r"(?:\#{1,6}[ \t]"
                         r"|(?=[^\n]*\n[ \t>]*+(?:=++|-++)[ \t]*+(?:\n|\Z)))[^\n]*\}[ \t#]*+(?=\n|\Z)")
_SIMPLE_ATTRIBUTES = re.compile(r"(?<=[ \t])\{[#.][A-Za-z][\w-]*(?: +[#.][A-Za-z][\w-]*)*\}\Z")
_VISIBLE = re.compile(r"[^\n]")
_NOTE_HEAD = re.compile(r"\n {0,3}\[\^[^\]\n]+\]:")


def doubt(text: str, *, extra: bool = False) -> int | None:
    """Where in the text `preview` and Goldmark may think differently, or Hugo would not build; else None."""
    place = hugo_doubt(text)
    if place is not None:
        return place
    place = _doubt("\n\n" + text, extra=extra)
    if place is not None and ("```" in text or "~~~" in text):
        mixed = _mixed_raw_doubt("\n\n" + text)
        tabbed = _TAB_BEHIND_FENCE.search("\n" + text) if mixed is None else None
        if tabbed:
            return tabbed.start()
        place = _doubt("\n\n" + without_code(text, extra=extra), extra=extra) if mixed is None else mixed
    return place


def hugo_doubt(text: str) -> int | None:
    """Where Hugo itself would cut the page, or not build it: its divider, the beginning of a shortcode alone."""
    if HUGO_DIVIDER in text:
        return text.index(HUGO_DIVIDER)
    return next(lone_openers(text), None)


def html_doubt(html: str) -> int | None:
    """Where a raw HTML block may end otherwise than the library thinks."""
    if _TAB_BEHIND_TAG.match(html):
        return 0
    mixed = _mixed_raw_doubt("\n\n" + html)
    return _closing_tag_doubt("\n\n" + html, extra=False) if mixed is None else mixed


def comment_doubt(comment: str) -> int | None:
    """Where a comment that is a block by itself may end otherwise; whatever else is in it is no Markdown."""
    found = _EMPTY_COMMENT.search(comment)
    return found.start() if found else hugo_doubt(comment)


def _doubt(text: str, *, extra: bool) -> int | None:
    whole = text
    if extra and "\n[^" in text:              # a footnote is no definition of an address
        text = _NOTE_HEAD.sub(lambda head: _VISIBLE.sub("x", head[0]), text)
    for piece, pattern in _DOUBTS:
        if piece in text and (match := pattern.search(text)):
            return max(0, match.start() - 1)
    place = _mixed_raw_doubt(text)
    if place is None and "--" in text:
        place = _dashes_doubt(text)
    if place is None:
        place = _table_doubt(text)
    if place is None:
        place = _empty_item_doubt(text)
    if place is None and "</" in text:
        place = _closing_tag_doubt(text, extra=extra)
    return _extra_doubt(whole) if place is None and extra else place


def _mixed_raw_doubt(text: str) -> int | None:
    """A `<script>` or the like, within which another one's end, or a broken one, comes before its own."""
    if not _RAW_END.search(text):
        return None
    opened: dict[str, int] = {}
    for match in _RAW_TAG.finditer(text):
        if match["opened"]:
            opened.setdefault(match["opened"].lower(), match.start())
            continue
        if match["whole"]:
            opened.pop(match["closed"].lower(), None)
        if opened:
            return max(0, min(opened.values()) - 1)
    return None


def _dashes_doubt(text: str) -> int | None:
    """Two dashes on a line that carry on the text of an item or quote: to Goldmark the line makes it a table."""
    for dashes in _TWO_DASHES.finditer(text):
        block = text.rfind("\n\n", 0, dashes.start() + 1)
        if _CONTAINER_LINE.search(text, block, dashes.start()):
            return max(0, dashes.start() - 1)
    return None


def _empty_item_doubt(text: str) -> int | None:
    """An item that begins with an empty line; below a line of text it is none, but part of the text or a heading."""
    for match in _EMPTY_ITEM.finditer(text):
        marks = match[0].split("\n", 2)[1].split()
        if len(marks) > 1 or not _PLAIN_TEXT.match(text, text.rfind("\n", 0, match.start()) + 1):
            return max(0, match.start() - 1)
    return None


def _closing_tag_doubt(text: str, *, extra: bool) -> int | None:
    """An HTML block that starts with `</pre>` or the like, which to Goldmark starts none."""
    tags = _CLOSING_TAG.finditer(text)
    hiding = any(mark in text for mark in _HIDING)
    if all(not hiding and _is_opened(tag[1], text, tag.start()) for tag in tags):
        return None
    return block_starting(_STRAY_END, text, extra=extra)


def _is_opened(name: str, text: str, place: int) -> bool:
    """True where a line above begins with the tag that ends here."""
    opening = text.rfind("<" + name, 0, place)
    line = text.rfind("\n", 0, opening) + 1 if opening > text.rfind("</" + name, 0, place) else -1
    return line >= 0 and opening - line <= 3 and not text[line:opening].strip(" ")


def _table_doubt(text: str) -> int | None:
    """A table below text, with fewer names than columns, with rows that have no `|`, or across a container's edge."""
    if "|" not in text and ":-" not in text and "-:" not in text:
        return None
    for match in _TABLE_LINE.finditer(text):
        head = text.rfind("\n", 0, match.start()) + 1
        names = text[head:match.start()]
        if _BLANK.match(names):
            continue
        above = text[text.rfind("\n", 0, max(0, head - 1)) + 1:max(0, head - 1)]
        sound = (names.strip(" \t>|") and not _ITEM_OF_DASHES.match(match[0])
                 and "|" in names.replace("\\|", "") and _COLUMNS.match(match[0], 1)
                 and _cells(names) == _cells(match[0]) and _NO_PARAGRAPH.match(above))
        contained = _CONTAINER.match(names) is not None and match[0][1] not in " \t>"
        if names[:2] == "  " and not above.strip() and _LAST_ROWS.match(text, match.end()):
            return head                       # at the end of a list's item: Goldmark forgets the blank line above
        if not sound or contained or not _rows_are_sound(text, match.end()):
            return head
    return None


def _cells(row: str) -> int:
    """How many cells a row has; 0 where that is disputed: its end is escaped."""
    if _ESCAPED_END.search(row):
        return 0
    return row.strip(" \t\n>").removeprefix("|").removesuffix("|").replace("\\|", "").count("|") + 1


def _rows_are_sound(text: str, place: int) -> bool:
    while place < len(text):
        end = text.find("\n", place + 1)
        row = text[place + 1:end if end >= 0 else len(text)]
        if not row.strip(" \t>"):
            return True
        if _INTERRUPTS.match(row):
            return True
        if _NUMBER.match(row):
            return False
        if not row.strip(" \t>|") or "|" not in row or row.startswith(("    ", "\t")) or _ESCAPED_END.search(row):
            return False
        place = end if end >= 0 else len(text)
    return True


def _extra_doubt(text: str) -> int | None:
    """A footnote's mention with a bracket beside it, a footnote within something else, or of a name that is taken; a
    heading that ends with braces which hold more than names; a line that starts with `:` and is not simply a
    description below a term."""
    mention = _DISPUTED_NOTE.search(text) if "[^" in text else None
    if mention:
        return max(0, mention.start() - 1)
    labels: set[str] = set()
    for note in _NOTE_LABEL.finditer(text) if "[^" in text else ():
        if note[1] in labels:
            return max(0, note.start() - 1)
        labels.add(note[1])
    for heading in _ATTRIBUTES.finditer(text) if "}" in text else ():
        braces = _SIMPLE_ATTRIBUTES.search(heading[0])
        if not braces or "{" in heading[0][:braces.start()]:
            return max(0, heading.start() - 1)
    if not _DESCRIPTIONS.search(text):
        return None
    match = _DESCRIPTIONS.search(_PLAIN_DESCRIPTION.sub(lambda plain: _VISIBLE.sub("x", plain[0]), text))
    return match.start() if match else None
