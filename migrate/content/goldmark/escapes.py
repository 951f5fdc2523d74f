"""How literal characters stay literal in CommonMark: in text, at the start of a line, in addresses and titles."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = r"!-/:-@\[-`{-~"
_GENTLE = re.compile(
    r"(?P<backslash>\\(?=[" + _PUNCTUATION + r"\n]|$))"
    r"|(?P<always>`|~(?=~)|(?<=~)~|(?<![ ])\*|\*(?![ ])|<(?=[A-Za-z/?]|!(?!--more-->)))"
    r"|(?P<underscore>(?<![^\W_])_|_(?![^\W_]))"
    r"|(?P<entity>&(?=(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);))"
    r"|(?P<hugo>(?<=\{\{)[<%])"
    r"|(?P<divider><(?=!--more-->))"
    r"|(?P<bracket>[\[\]])", re.ASCII)
_STRICT = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~=:^$@]|&(?=[#\w])")
_BRACKETS_MATTER = re.compile(r"\][(\[:]|\[\^")
_SPECIAL = re.compile(r"[\0-\x1f\x85!-/:-@\[-`{-~]")
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x85]")
_SPACE_AT_LINE_END = re.compile(r"(?<![ \t])[ \t]++(?=\n)|(?<=\n)[ \t]+")


def escape_text(text: str, *, strict: bool = False, brackets: bool = False) -> str:
    """Text that Goldmark shows as these characters. `strict`: every character that ever means something is
    escaped; `brackets`: within a label, or where a definition may be meant."""
    if not _SPECIAL.search(text):
        return text
    text = _CONTROL.sub("", text)
    if "\n" in text:
        text = _SPACE_AT_LINE_END.sub("", text)
    if strict:
        return _STRICT.sub(_backslash, text)
    if not brackets and not _BRACKETS_MATTER.search(text):
        return _GENTLE.sub(_gentle_but_brackets, text)
    return _GENTLE.sub(_gentle, text)


def _backslash(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else "\\" + match[0]


def _gentle(match: re.Match[str]) -> str:
    if match.lastgroup == "divider":
        return "&lt;"
    return "&amp;" if match.lastgroup == "entity" else "\\" + match[0]


def _gentle_but_brackets(match: re.Match[str]) -> str:
    return match[0] if match.lastgroup == "bracket" else _gentle(match)


_LINE_START = re.compile(
    r"(?P<first>#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|=+[ \t]*$|-+[ \t]*$|(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$"
    r"|(?:_[ \t]*){3,}$|`{3}|~{3}|\[(?=[^\]]*\]:)|:(?=[ \t])|(?=[-:|])\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t|:-]*)?$)"
    r"|(?P<number>\d{1,9})(?P<after>[.)])(?=[ \t]|$)")


def guard_line_starts(text: str) -> str:
    """A paragraph's text with no line that would start another block."""
    return "\n".join([_guard(line) for line in text.split("\n")])


def _guard(line: str) -> str:
    match = _LINE_START.match(line)
    if not match:
        return line
    if match["number"]:
        return match["number"] + "\\" + line[match.start("after"):]
    return "\\" + line


_HASHES_AT_END = re.compile(r"(^|[ \t])(#+)[ \t]*$")


def guard_heading(text: str, *, attributes: bool) -> str:
    """A heading's text whose last characters are not taken for closing marks or attributes."""
    text = _HASHES_AT_END.sub(r"\1\\\2", text)
    if attributes and text.endswith("}"):
        text = text[:-1] + "\\}"
    return text


_PLAIN_DESTINATION = re.compile(r"[^\s<>()\\&\x00-\x1f\x7f]+\Z")
_ENTITY = re.compile(r"&(?=(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);)")
_CONTROL_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f]")


def destination(url: str) -> str:
    """The address as a link's destination: plain where that is possible, else within `<…>`."""
    if _PLAIN_DESTINATION.match(url):
        return url
    url = _ENTITY.sub("&amp;", url.replace("\\", "\\\\"))
    url = _CONTROL_IN_ADDRESS.sub(_percent, url)
    if url and " " not in url and url[0] != "<" and _balanced(url) and not ("<" in url or ">" in url):
        return url
    return "<" + url.replace("<", "\\<").replace(">", "\\>") + ">"


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if depth < 0 or depth > 3:
            return False
    return depth == 0


def title(text: str) -> str:
    """The title of a link or image with its quotes; a blank line within it would end the link."""
    text = _ENTITY.sub("&amp;", text.replace("\\", "\\\\"))
    text = re.sub(r"\n\s*\n", "\n", text)
    if '"' in text and "'" not in text:
        return "'" + text + "'"
    return '"' + text.replace('"', '\\"') + '"'


def code_span(text: str, *, table: bool = False) -> str:
    """A code span that shows the text exactly; in a table its `|` are escaped."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    runs = {len(run) for run in re.findall("`+", text)}
    ticks = next(size for size in range(1, longest + 2) if size not in runs) * "`"
    padded = text[:1] == "`" or text[-1:] == "`" or (text[:1] == " " == text[-1:] and bool(text.strip(" ")))
    if table:
        text = text.replace("|", "\\|")
    return ticks + (" " + text + " " if padded else text) + ticks


def fence(text: str) -> str:
    """The marks around fenced code: longer than any such run in it."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    return "`" * (longest + 1)


def is_space(character: str) -> bool:
    """White space to Goldmark's rules for emphasis; the edge of the text counts."""
    return not character or character.isspace()


def is_punctuation(character: str) -> bool:
    """Punctuation to Goldmark's rules for emphasis."""
    return bool(character) and unicodedata.category(character)[0] in "PS"


def opens(mark: str, before: str, after: str) -> bool:
    """True where `mark` between these two characters can start emphasis."""
    left, right = _flanking(before, after)
    return left and (mark != "_" or not right or is_punctuation(before))


def closes(mark: str, before: str, after: str) -> bool:
    """True where `mark` between these two characters can end emphasis."""
    left, right = _flanking(before, after)
    return right and (mark != "_" or not left or is_punctuation(after))


def _flanking(before: str, after: str) -> tuple[bool, bool]:
    left = not is_space(after) and (not is_punctuation(after) or is_space(before) or is_punctuation(before))
    right = not is_space(before) and (not is_punctuation(before) or is_space(after) or is_punctuation(after))
    return left, right
