"""Are two pieces of HTML the same page to its reader? First as folded text, then as a tree.

What counts as the same: white space between blocks and its amount inside text, the order of attributes, how a
character is spelled (entity, percent code), `id` on headings (Goldmark makes one, Grav none), comments, and in
code the line ends at its edges and runs of blank lines (Parsedown drops all but one; the author's text is kept).
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote_to_bytes

from lxml import etree

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "col", "colgroup", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "noscript", "ol", "optgroup", "option",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"))
_KNOWN = (r"(?:p|li|[uo]l|blockquote|h[1-6]|t[rhd]|thead|tbody|table|hr|br|dl|dt|dd|div|pre|details|summary|center"
          r"|figure|section|iframe)\b")
_LINE_BEFORE = re.compile(r"\n\n*+(?=</?" + _KNOWN + ")", re.IGNORECASE)
_LINES_BEFORE = re.compile(r"(?<!\n)\n++(?=</?" + _KNOWN + ")", re.IGNORECASE)      # slower, but not for long runs
_SPACED_ENDS = (" </p>", " </li>", " </td>", " </th>", " </h2>", " </h3>")
_SPACES_BEFORE_END = re.compile(r"(?<! ) ++(?=</(?:p|li|t[dh]|h[23])>)")
_CODE_END = re.compile(r"(?<!\n)\n++(?=</code></pre>)")
_CODE_START = re.compile(r"(<pre><code[^>]*>)\n+")
_BLANK_LINES = re.compile(r"\n{3,}")
_SPACE_IN_BLANK = re.compile(r"(?:^|(?<=\n))[ \t]+(?=\n|$)")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot);)#?\w+;")
_ATTRIBUTE = re.compile(r'="[^"%]*%[^"]*"')
_PERCENT = re.compile(r"(?:%(?:[89A-Fa-f][0-9A-Fa-f]|2[02]|3[CcEe]|5[B-Eb-e]|60|7[B-Db-d]))+")
_ESCAPED = re.compile("[\udc80-\udcff]")
_START = re.compile(r' start="0*([0-9]+)"')
_STYLE_SPACE = re.compile(r"\s*([:;])\s*")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_PARSER = etree.HTMLParser(huge_tree=True, encoding="utf-8")
_VERBATIM = frozenset(("pre", "textarea", "script", "style"))
_UNSEEN = frozenset(("iframe", "noembed", "noframes"))       # no browser shows what stands in them


def fold(html: str) -> str:
    """The HTML in one spelling, cheaply: equal strings are equal pages; unequal ones may still be."""
    pattern = _LINES_BEFORE if "\n\n\n\n" in html else _LINE_BEFORE
    html = pattern.sub("", html).replace("<br />\n", "<br />")
    if " </" in html:
        for end in _SPACED_ENDS:
            if end in html:
                html = html.replace(end, end[1:])
                if end in html:
                    html = _SPACES_BEFORE_END.sub("", html)
    if "</code></pre>" in html:
        html = html.replace("\n</code></pre>", "</code></pre>")
        if "\n</code></pre>" in html:
            html = _CODE_END.sub("", html)
        html = _CODE_START.sub(r"\1", html)
        if "\n\n\n" in html:
            html = _BLANK_LINES.sub("\n\n", html)
    if "&" in html:
        html = _ENTITY.sub(_character, html)
    if "%" in html:
        html = _ATTRIBUTE.sub(_readable_attribute, html)
    if ' start="0' in html:
        html = _START.sub(_number, html)
    if "text-align:" in html:
        html = html.replace('style="text-align: ', 'style="text-align:').replace(';">', '">')
    return html.strip(" \t\n")


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def squeezed(folded: str) -> str:
    """Folded HTML without white space and comments."""
    text = folded.replace(" ", "").replace("\n", "").replace("\t", "")
    if "<!--" in text:
        last = text.rfind("-->") + 3          # else each `<!--` behind it would be searched for its end
        text = _COMMENT.sub("", text[:last]) + text[last:] if last > 2 else text
    return text.replace("&gt;", ">").replace("&quot;", '"').replace("/>", ">")


def differ_surely(one: str, other: str) -> bool:
    """True where Markdown and inline tags made both, and they differ in more than white space and spelling."""
    return squeezed(one).replace("&lt;", "<") != squeezed(other).replace("&lt;", "<")


def _number(match: re.Match[str]) -> str:
    return "" if match[1] == "1" else f' start="{match[1]}"'


def _character(match: re.Match[str]) -> str:
    text = unescape(match[0])
    if text == match[0]:
        return "&amp;" + text[1:]             # a name that HTML does not know is text
    return match[0] if text in '<>&"' else text


def _readable_attribute(match: re.Match[str]) -> str:
    return readable_address(match[0])


def readable_address(url: str) -> str:
    """The address with percent codes spelled out where both spellings reach the same place."""
    return _PERCENT.sub(_readable, url) if "%" in url else url


def _readable(match: re.Match[str]) -> str:
    text = unquote_to_bytes(match[0]).decode("utf-8", "surrogateescape")
    return _ESCAPED.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", text)


class Rendering:
    """A piece of HTML that is compared with others: its spellings are worked out once, when they are needed."""

    __slots__ = ("_canonical", "_folded", "html")

    def __init__(self, html: str) -> None:
        self.html = html
        self._folded: str | None = None
        self._canonical: str | None = None

    @property
    def folded(self) -> str:
        """The HTML as `fold` spells it."""
        if self._folded is None:
            self._folded = fold(self.html)
        return self._folded

    def shows(self, html: str) -> bool:
        """True where a reader sees the same page: folded text first, trees where that is not enough."""
        folded = fold(html)
        return folded == self.folded or canonical(folded) == self.canonical

    @property
    def canonical(self) -> str:
        """The HTML as `canonical` prints it."""
        if self._canonical is None:
            self._canonical = canonical(self.folded)
        return self._canonical


def same(one: str, other: str) -> bool:
    """True where a reader sees the same page."""
    return Rendering(one).shows(other)


def canonical(html: str) -> str:
    """The HTML as a browser's tree, printed in one way: one line for each tag and each piece of text."""
    if not html.strip():
        return ""
    root = etree.fromstring(f"<html><body>{_sound(html)}</body></html>".encode(), _PARSER)
    return "\n".join(_lines(_pieces(root))[2:-2])


_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def _sound(html: str) -> str:
    return _UNSOUND.sub("", html.replace("\f", " "))


def _pieces(root: etree._Element) -> list[str]:
    """Tags, and texts behind `=`; what a comment parted is one text."""
    out: list[str] = []
    verbatim = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            verbatim += tag in _VERBATIM
            out.append(f"<{tag}{_attributes(element)}>")
            _add_text(element.text if tag not in _UNSEEN else None, out, verbatim)
        else:
            if event == "end":
                verbatim -= tag in _VERBATIM
                out.append(f"</{tag}>")
            _add_text(element.tail, out, verbatim)
    return out


def _add_text(text: str | None, out: list[str], verbatim: int) -> None:
    if not text:
        return
    if not verbatim:
        text = _SPACES.sub(" ", text)
    if out[-1][0] == "=":
        out[-1] += text
    else:
        out.append("=" + text)


def _attributes(element: etree._Element) -> str:
    pairs = [(str(name), str(value)) for name, value in element.items()]
    return "".join(sorted(f' {name}="{_attribute(name, value)}"' for name, value in pairs
                          if not (name == "start" and value.strip("0") == "1")))


def _attribute(name: str, value: str) -> str:
    if name in ("href", "src"):
        return readable_address(value.strip())
    if name == "style":
        return _STYLE_SPACE.sub(r"\1", value.strip()).rstrip(";")
    if name == "start" and value.isdigit():
        return str(int(value))
    return _SPACES.sub(" ", value).strip()


_TAG_NAME = re.compile(r"</?([a-z0-9]+)")


def _lines(pieces: list[str]) -> list[str]:
    """One line each, with the space dropped that lies at the edge of a block."""
    lines: list[str] = []
    edge, verbatim = True, 0
    for number, piece in enumerate(pieces):
        if piece[0] != "=":
            tag = _name(piece)
            verbatim += (tag in _VERBATIM) * (-1 if piece[1] == "/" else 1)
            edge = tag in BLOCKS or edge
            lines.append(piece)
            continue
        following = piece[-1] == " " and not verbatim and _ends_line(pieces, number + 1)
        text = _verbatim_text(piece[1:]) if verbatim else _edged(piece[1:], edge, following)
        if text:
            edge = text[-1] == " "
            lines.append("=" + text)
    return lines


def _ends_line(pieces: list[str], number: int) -> bool:
    """True where nothing but the ends of inline elements stands between here and the edge of a block."""
    while pieces[number][:2] == "</" and _name(pieces[number]) not in BLOCKS:
        number += 1
    return _name(pieces[number]) in BLOCKS


def _name(piece: str) -> str:
    match = _TAG_NAME.match(piece)
    return match[1] if match else ""


def _verbatim_text(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", _SPACE_IN_BLANK.sub("", text).strip("\n")).replace("\n", "\u240a")


def _edged(text: str, edge: bool, following: bool) -> str:
    text = re.sub("  +", " ", text)
    text = text.lstrip(" ") if edge else text
    return text.rstrip(" ") if following else text
