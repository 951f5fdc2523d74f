"""HTML cut into tags as libxml 2.9 does it, which PHP uses, and said so that every libxml cuts it that way.

Later versions read like browsers: a tag cut off by the end is dropped, `&copy` needs no semicolon, an `iframe` holds
text. What the newer ones would take differently is put out of their reach: comments and scripts become tokens, and
elements that hold only text for them get another name. `Tokens.restore` undoes both in what libxml prints.
"""

from __future__ import annotations

import re
from html.entities import codepoint2name, name2codepoint

from migrate.content.markup import VOID

_NAME = r"[A-Za-z_:.][A-Za-z0-9:\-_.]{0,99}"
_START = re.compile(rf"<({_NAME})")
_END = re.compile(rf"</({_NAME})[^>]*>?")
_ATTRIBUTE = re.compile(
    rf"""({_NAME})(?:[ \t\n\r]*(=)[ \t\n\r]*(?:"([^"]*)"?|'([^']*)'?|([^ \t\n\r>]*)))?""")
_BOGUS = re.compile(r"(?:(?!/>)[^ \t\n\r>])+")
_BLANKS = re.compile(r"[ \t\n\r]*")
_COMMENT_END = re.compile(r"--!?>")
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTITY = re.compile(r"&(?:#[xX]([0-9A-Fa-f]*);?|#([0-9]*);?|([A-Za-z_:][A-Za-z0-9_:\-.]*)(;?))")
_BARE_TEXT = re.compile(r"<html\b[^<>]*>(?=\s*[^<\s])", re.IGNORECASE)
_INSTRUCTION = re.compile(rf"<\?(?>{_NAME})(?=.)", re.DOTALL)
_CLOSER = re.compile(r"</(?=[A-Za-z])")
_TOKEN = re.compile(r"<!--zToken([0-9]+)z-->|zToken([0-9]+)z")
_RENAMED = re.compile(r"<(/?)z-((?:iframe|textarea|title|xmp|noembed|noframes|plaintext)\b)")
_HOLD_TEXT = frozenset(("iframe", "textarea", "title", "xmp", "noembed", "noframes", "plaintext"))
_STRENGTH = {"div": 150, "td": 160, "th": 160, "tr": 170, "thead": 180, "tbody": 180, "tfoot": 180, "table": 190}
_NAMED = {code: f"&{name};" for code, name in codepoint2name.items() if code > 127}


class Tokens:
    """Makes one piece of HTML readable, and remembers what it hid."""

    __slots__ = ("_hidden", "_open", "_out", "_place", "_text")

    def __init__(self, html: str) -> None:
        self._text = html
        self._place = 0
        self._out: list[str] = []
        self._hidden: list[str] = []
        self._open: list[str] = []

    def restore(self, html: str) -> str:
        """What libxml printed, with its comments and scripts, and with the right names."""
        if "zToken" in html:
            html = _TOKEN.sub(self._shown, html)
        return _RENAMED.sub(r"<\1\2", html) if "z-" in html else html

    def _shown(self, match: re.Match[str]) -> str:
        number = int(match[1] or match[2])
        return self._hidden[number] if number < len(self._hidden) else match[0]

    def readable(self) -> str:
        """The HTML, such that every libxml reads what 2.9 read."""
        text = self._text
        if bare := _BARE_TEXT.match(text):       # text right within `html` gets a paragraph
            self._out.append("<p>")
            self._place = bare.end()
        elif not text[1:2].isalpha():            # no tag: its bracket is lost, the rest is a paragraph
            self._out.append("<p>")
            self._place = 1
        while self._place < len(text):
            following = text.find("<", self._place)
            if following != self._place:
                end = len(text) if following < 0 else following
                self._out.append(_escaped(_decoded(text[self._place:end])))
                self._place = end
            else:
                self._bracket(text, self._place)
        return "".join(self._out)

    def _bracket(self, text: str, place: int) -> None:
        following = text[place + 1:place + 2]
        if following.isascii() and following.isalpha():
            self._start_tag(text, place)
        elif following == "/":
            self._end_tag(text, place)
        elif text.startswith("<!--", place):
            self._comment(text, place)
        elif following == "?" and not _INSTRUCTION.match(text, place):
            self._place = place + 2
        elif text[place:place + 9].lower() == "<!doctype" or following == "?":
            end = text.find(">", place)
            if end >= 0 and following == "?":
                self._hide(text[place:end + 1], "<!--{}-->")
            self._place = end + 1 if end >= 0 else len(text)
        else:
            self._out.append("&lt;")
            self._place = place + 1

    def _comment(self, text: str, place: int) -> None:
        end = _COMMENT_END.search(text, place + 4)
        if end:
            self._hide(f"<!--{_CONTROLS.sub('', _spelled(text[place + 4:end.start()]))}-->", "<!--{}-->")
        self._place = end.end() if end else len(text)

    def _hide(self, shown: str, form: str) -> None:
        """Put a token for what is a comment, or the text of a script."""
        self._out.append(form.format(f"zToken{len(self._hidden)}z"))
        self._hidden.append(shown)

    def _end_tag(self, text: str, place: int) -> None:
        match = _END.match(text, place)
        if match:
            name = match[1].lower()
            if self._closes(name):
                while self._open.pop() != name:
                    pass
            if name[0].isalpha():
                self._out.append(f"</{_name(name)}>")
        self._place = match.end() if match else place + 2

    def _closes(self, name: str) -> bool:
        """Whether a closing tag closes something: it cannot close over what is stronger."""
        if name not in self._open:
            return False
        above = self._open[len(self._open) - self._open[::-1].index(name):]
        return all(_STRENGTH.get(other, 100) <= _STRENGTH.get(name, 100) for other in above)

    def _start_tag(self, text: str, place: int) -> None:
        match = _START.match(text, place)
        assert match
        name = match[1].lower()
        attributes, place = _attributes(text, match.end())
        shown = f"<{_name(name)}{''.join(attributes)}>"
        if not text.startswith(">", place):      # closed by itself, or cut off
            self._place = place + 2 if text.startswith("/>", place) else place
            self._out.append(shown if name in VOID else f"{shown}</{_name(name)}>")
            return
        self._place = place + 1
        self._out.append(shown)
        if name in ("script", "style"):
            self._script(text, name)
        elif name not in VOID:
            self._open.append(name)

    def _script(self, text: str, name: str) -> None:
        """The text of a script ends at any closing tag; one that closes nothing is left out of it."""
        while self._place < len(text):
            if not text.startswith("</", self._place):
                closer = _CLOSER.search(text, self._place)
                end = closer.start() if closer else len(text)
                self._hide(_CONTROLS.sub("", _spelled(text[self._place:end])), "{}")
                self._place = end
                continue
            match = _END.match(text, self._place)
            if match and match[1].lower() in ("html", "body"):
                self._place = len(text)          # closes over the script and all around it
                break
            if match and match[1].lower() != name and self._closes(match[1].lower()):
                break
            self._place = match.end() if match else self._place + 2   # taken for a closing tag without a name
            if match and match[1].lower() == name:
                break
        self._out.append(f"</{name}>")


def _attributes(text: str, place: int) -> tuple[list[str], int]:
    """The attributes of a tag from `place` on, the first of each name, and where the tag ends or breaks off."""
    found: dict[str, str] = {}
    while True:
        blanks = _BLANKS.match(text, place)
        place = blanks.end() if blanks else place
        if place >= len(text) or text[place] == ">" or text.startswith("/>", place):
            return list(found.values()), place
        match = _ATTRIBUTE.match(text, place)
        if match:
            found.setdefault(match[1].lower(), _attribute(match))
            place = match.end()
        else:
            bogus = _BOGUS.match(text, place)
            place = bogus.end() if bogus else place + 1


def _attribute(match: re.Match[str]) -> str:
    name = match[1].lower()
    if not match[2]:
        return f" {name}"
    value = next((value for value in match.group(3, 4, 5) if value is not None), "")
    return f' {name}="{_escaped(_decoded(_uncut(value)))}"'


def _uncut(value: str) -> str:
    """The value of an attribute up to the first number of no character, which libxml 2.9 takes for its end."""
    if "&#" in value:
        for match in _ENTITY.finditer(value):
            if match[3] is None and not _character(match):
                return value[:match.start()]
    return value


def _name(name: str) -> str:
    """Without a prefix, and with another name where the newer versions expect text within."""
    name = name.rpartition(":")[2] or name
    return f"z-{name}" if name in _HOLD_TEXT else name


def _decoded(text: str) -> str:
    """Text without entities and without characters that HTML does not have."""
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    return _CONTROLS.sub(lambda match: " " if match[0] == "\0" else "", text) if _CONTROLS.search(text) else text


def _character(match: re.Match[str]) -> str:
    base16, base10, name, semicolon = match.groups()
    if name is None:
        digits = base16 if base16 is not None else base10
        code = int(digits, 16 if base16 is not None else 10) if digits and len(digits) < 9 else 0
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        return "" if _CONTROLS.match(char) else char
    code = 39 if name == "apos" else name2codepoint.get(name, 0)
    return chr(code) if code and semicolon else match[0]


def _spelled(text: str) -> str:
    """Other characters than ASCII as entities, as PHP hands them to libxml, where they stay that."""
    return text if text.isascii() else text.translate(_NAMED).encode("ascii", "xmlcharrefreplace").decode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
