"""Raw HTML written so that Goldmark passes it through: an HTML block ends at the first blank line, a tag that
CommonMark does not know starts one only when it stands alone, and `<script>` or `<pre>` follow rules of their own.
"""

from __future__ import annotations

import re
from collections import Counter

from migrate.content.goldmark.openers import lone_openers
from migrate.content.goldmark.tokens import HUGO_DIVIDER

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul")
_STARTS_BLOCK = re.compile(r"</?(?:" + _BLOCK_TAGS + r")(?=[\s/>])", re.IGNORECASE)
_RAW_START = re.compile(r"<(pre|script|style|textarea)(?=[\s>])", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*"
                  r"\s*/?>")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_SPANS = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<code><(?P<name>script|style)\b[^>]*>.*?(?:</(?P=name)\s*>|\Z))"
    r"|(?P<kept><(?P<kept_name>pre|textarea)\b[^>]*>.*?(?:</(?P=kept_name)\s*>|\Z))"
    r"|(?P<tag><[A-Za-z/][^<>]*>)", re.DOTALL | re.IGNORECASE)
_DISPUTED = re.compile(r"</(?:pre|script|style|textarea)\b|</?meta\b", re.IGNORECASE)
_KEEPS_LINES = re.compile("<(?:pre|script|style|textarea)\\b|\ue010", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[ \t]*\n[ \t\n]*")
_TOKEN = re.compile("\ue010[0-9]+/?\ue011")
_TOKENS = re.compile("(?:\ue010[0-9]+/?\ue011\\s*)+")
EMPTY_COMMENT = "<!-- -->"


def html_block(html: str) -> str:
    """The HTML as one or more HTML blocks; several are parted by blank lines. No blank line at either end."""
    pieces: list[str] = []
    html = html.strip("\n").rstrip(" \t\n")
    while html:
        piece, html = _first_block(html.lstrip(" \t"))
        pieces.append(piece)
        html = html.lstrip("\n")
    return "\n\n".join(pieces)


def _first_block(html: str) -> tuple[str, str]:
    """The text of the first HTML block, and what is left for the next."""
    if _RAW_START.match(html):
        return _up_to_line_with(_RAW_END.search(html), html)
    if html.startswith("<!--"):
        return _up_to_line_with(re.search("-->", html), html)
    if _STARTS_BLOCK.match(html):
        return _without_blank_lines(html)
    tag = None if _DISPUTED.match(html) else _TAG.match(html)
    if tag and "\n" not in tag[0]:
        rest = html[tag.end():].lstrip(" \t")
        piece, left = _without_blank_lines(rest.lstrip("\n"))
        return (tag[0] + "\n" + piece).rstrip("\n"), left
    tokens = _TOKENS.match(html)
    if tokens and html[tokens.end():tokens.end() + 1] in ("", "<"):
        return "\n\n".join(_TOKEN.findall(tokens[0])), html[tokens.end():]
    line, _, rest = html.partition("\n")
    if _KEEPS_LINES.search(html):
        return EMPTY_COMMENT + line, rest
    return EMPTY_COMMENT + _LINE_ENDS.sub(" ", html), ""


def _up_to_line_with(end: re.Match[str] | None, html: str) -> tuple[str, str]:
    if end is None:
        return html, ""
    line_end = html.find("\n", end.end())
    return (html, "") if line_end < 0 else (html[:line_end], html[line_end:])


def _without_blank_lines(html: str) -> tuple[str, str]:
    """The block without blank lines; a script or style that holds some becomes a block of its own."""
    if not _BLANK.search(html):
        return html, ""
    out: list[str] = []
    position = 0
    for match in _SPANS.finditer(html):
        out.append(_BLANK.sub("\n", html[position:match.start()]))
        span = match[0]
        if match["code"] and _BLANK.search(span):
            return "".join(out).rstrip(" \t\n"), html[match.start():]
        if match["kept"] or match["tag"]:
            span = _BLANK.sub(_as_references, span)
        out.append(_BLANK.sub("\n", span))
        position = match.end()
    out.append(_BLANK.sub("\n", html[position:]))
    return "".join(out).strip("\n"), ""


def _as_references(match: re.Match[str]) -> str:
    """Blank lines as `&#10;`: the same text to a browser, no blank line to Markdown."""
    return "\n" + "&#10;" * (match[0].count("\n") - 1)


def for_hugo(html: str) -> str:
    """HTML in which nothing is left that Hugo would take for its own: its divider, `{{<` or `{{%` without an end."""
    if "{{" in html:
        html = _without_lone_openers(html)
    return html.replace(HUGO_DIVIDER, "<!-- more -->") if HUGO_DIVIDER in html else html


def _without_lone_openers(html: str) -> str:
    out, place = [], 0
    for opener in lone_openers(html):
        out += [html[place:opener + 2], "&lt;" if html[opener + 2] == "<" else "&#37;"]
        place = opener + 3
    return "".join([*out, html[place:]])


_CONTAINER = re.compile(r"<(/?)(ul|ol|li|blockquote)\b[^>]*>", re.IGNORECASE)


def without_stray_ends(html: str) -> str:
    """The HTML without the ends of lists and quotes that nothing began, as a browser takes it: they are left over
    where the beginning went with the region of a shortcode."""
    opened: list[str] = []
    depth: Counter[str] = Counter()

    def kept(match: re.Match[str]) -> str:
        name = match[2].lower()
        if not match[1]:
            opened.append(name)
            depth[name] += 1
        elif not depth[name]:
            return ""
        else:
            closed = ""
            while closed != name:
                closed = opened.pop()
                depth[closed] -= 1
        return match[0]

    return _CONTAINER.sub(kept, html)
