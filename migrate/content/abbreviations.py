"""Abbreviations of Markdown Extra: `*[HTML]: Hypertext` explains the word wherever it stands."""

from __future__ import annotations

import re

from migrate.content.inline_nodes import Abbr, Html, Inline, Text
from migrate.content.reading import Reading

_DEFINITION = re.compile(r"\*\[(.+?)\]: *+(.*)")
_BACK_REFERENCE = re.compile(r"\\(\d{1,2})|\\([\\$])|\$(\d{1,2})|\$\{(\d{1,2})\}")


def read_abbreviation(text: str) -> tuple[str, str] | None:
    """The word and its meaning, if the line `text` defines one."""
    match = _DEFINITION.match(text)
    if match is None:
        return None
    meaning = match[2].rstrip(" ") or (" " if text.endswith(" ") else "")
    return (match[1], meaning) if meaning else None


def abbreviated(reading: Reading, piece: str, start: int, end: int) -> list[Inline]:
    """The text between two markers with its abbreviations.

    ParsedownExtra replaces one word after the other in the text made so far, so a word in another one's meaning is
    replaced within the attribute. Such a text is returned as the HTML that it prints.
    """
    html, found = piece, []
    for word, meaning in reading.abbreviations.items():
        pattern = re.compile(rf"\b{re.escape(word)}\b", re.ASCII)
        if pattern.search(html):
            tag = f'<abbr title="{_expand(meaning, word)}">{word}</abbr>'
            html = pattern.sub(lambda _, tag=tag: tag, html)     # type: ignore[misc]
            found.append((tag, word, _expand(meaning, word)))
    if not found:
        return [Text(piece, start, end)] if piece else []
    nodes = _nodes(piece, html, found, start, end)
    return [_restored(reading, node) for node in nodes] if reading.twig else nodes


def _restored(reading: Reading, node: Inline) -> Inline:
    if isinstance(node, Abbr):
        return node._replace(text=reading.plain(node.text), title=reading.plain(node.title))
    return node._replace(text=reading.plain(node.text)) if isinstance(node, Html) else node


def _expand(meaning: str, word: str) -> str:
    """PHP's `preg_replace` reads `$0` and `\\0` in the replacement; other groups are empty."""
    if "$" not in meaning and "\\" not in meaning:
        return meaning
    return _BACK_REFERENCE.sub(
        lambda match: match[2] or ("" if int(match[1] or match[3] or match[4]) else word), meaning)


def _nodes(piece: str, html: str, found: list[tuple[str, str, str]], start: int, end: int) -> list[Inline]:
    out: list[Inline] = []
    titles = {tag: (word, title) for tag, word, title in found}
    done = 0
    for part in re.split("(" + "|".join(re.escape(tag) for tag in titles) + ")", html):
        if part in titles:
            word, title = titles[part]
            out.append(Abbr(word, title, start + done, start + done + len(word)))
            done += len(word)
        elif part:
            out.append(Text(part, start + done, start + done + len(part)))
            done += len(part)
    same = "".join(node.text for node in out if isinstance(node, Abbr | Text)) == piece
    if same:
        return out
    if piece[-1] in '&<>"':                      # printed by `special_chars`, not part of a word
        return [Html(html[:-1], start, end - 1), Text(piece[-1], end - 1, end)]
    return [Html(html, start, end)]
