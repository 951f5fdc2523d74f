"""Addresses inside raw HTML. Grav leaves them alone, so they work by what a browser makes of them.

Two kinds would break on the new site: files at an address that it does not have (`/user/…`, or beside a folder that is
no page), and relative addresses, which a browser resolves against the page's address (old: `/blog/first`, so against
`/blog/`; new: `/blog/first/`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from migrate.content.tree import Code, CodeBlock, Comment, Html, HtmlBlock, MixedHtml, Tree, walk
from migrate.findings import Finding
from migrate.mappers.links import led_on, own_path
from migrate.mappers.place import Place
from migrate.model.document import Document, Key
from migrate.model.reference import filled_in

_ATTRIBUTE = re.compile(r"""(?<=[\s"'])(src|href|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_INSIDE = r"""(?:"[^"]*"|'[^']*'|[^>])*+"""
# What holds addresses: tags. What comments, scripts and escaped tags say is text.
_TAG = re.compile(rf"<!--.*?(?:-->|\Z)|<(?P<own>script|style|textarea)\b(?P<head>{_INSIDE})>.*?(?:</(?P=own)|\Z)"
                  rf"|<[a-z](?P<tag>{_INSIDE})", re.IGNORECASE | re.DOTALL)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\{|$", re.IGNORECASE)
_BLANKS = re.compile(r"(?<=\n)([ \t]+)(?=\r?\n)")
_TAIL = re.compile(r"[?#]")
_NONE: frozenset[str] = frozenset()
_PICTURE = re.compile(r"\A(?:src|poster).*\.(?:jpe?g|png|gif|svg|webp|avif|bmp|ico)\b", re.IGNORECASE | re.DOTALL)
_FILE_TAIL = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")


class Edit(NamedTuple):
    """Replace source[start:end] by `text`."""

    start: int
    end: int
    text: str


def edits_in(place: Place) -> tuple[tuple[Edit, ...], tuple[Finding, ...]]:
    """What to change in the source so that raw HTML points to the same things as before, in document order."""
    edits: list[Edit] = []
    findings: list[Finding] = []
    done: set[int] = set()
    for start, end, code in _spans(place.tree):
        for match in _attributes(place.tree.source, start, end):
            if match.start() in done:                # within `markdown="1"` an element stands in another one's span
                continue
            done.add(match.start())
            group = _group(match)
            if _plain(match[group]) in code:
                continue
            url = unescape(match[group].strip())
            goal = _goal(url, place)
            if goal is None and (problem := _missing(url, place)):
                number = "G222" if _PICTURE.search(match[0]) else "G220"
                findings.append(place.finding(number, match.start(), url=match[group], problem=problem))
            elif goal is not None and goal != match[group]:
                text = goal.replace('"', "%22").replace("'", "%27")
                edits.append(Edit(match.start(group), match.end(group), f'"{text}"' if group == 4 else text))
                findings.append(place.finding("G226", match.start(), url=match[group], goal=_said(goal, place)))
    return tuple(sorted(edits)), tuple(findings)


def blanks_in_code(tree: Tree) -> tuple[Edit, ...]:
    """Lines of a fence that hold nothing but blanks: Grav prints them empty (Parsedown takes them for blank lines)."""
    return tuple(Edit(match.start(1), match.end(1), "")
                 for node in walk(tree) if isinstance(node, CodeBlock)
                 for match in _BLANKS.finditer(tree.source, node.start, node.end))


def apply(source: str, edits: tuple[Edit, ...]) -> str:
    """The source with the edits made."""
    pieces, place = [], 0
    for edit in edits:
        pieces += [source[place:edit.start], edit.text]
        place = edit.end
    return "".join((*pieces, source[place:]))


def _spans(tree: Tree) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where raw HTML stands in the source, and the addresses in it that code only speaks of; comments are not shown
    to anybody."""
    for node in walk(tree):
        if isinstance(node, Html | HtmlBlock) and not isinstance(node, Comment):
            yield node.start, node.end, _NONE
        elif isinstance(node, MixedHtml):
            yield node.start, node.end, _only_in_code(node)


def _only_in_code(mixed: MixedHtml) -> frozenset[str]:
    """The addresses of tags that are shown as code. The HTML parser has moved everything, so that only what they say
    tells them from others."""
    shown, used = set(), set()
    for node in (mixed, *walk(mixed)):
        if isinstance(node, CodeBlock | Code):
            shown |= _addresses(node.text)
        elif isinstance(node, Html | HtmlBlock):
            used |= _addresses(node.text)
        elif isinstance(node, MixedHtml):
            used |= _addresses(" ".join(piece for piece in node.pieces if isinstance(piece, str)))
    return frozenset(shown - used)


def _addresses(text: str) -> set[str]:
    return {_plain(match[_group(match)]) for match in _ATTRIBUTE.finditer(text)}


def _attributes(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Each address that a tag within text[start:end] holds."""
    for tag in _TAG.finditer(text, start, end):
        name = "tag" if tag["tag"] is not None else "head"
        if tag[name] is not None:
            yield from _ATTRIBUTE.finditer(text, *tag.span(name))


def _group(match: re.Match[str]) -> int:
    """The group that holds the value."""
    return next(number for number in (2, 3, 4) if match[number] is not None)


def _plain(url: str) -> str:
    """An address in one of the ways to write it."""
    return unquote(unescape(url)).strip()


def _said(goal: str, place: Place) -> str:
    """An address for people: what only the target knows is named."""
    def name(key: Key, part: str) -> str:
        del part
        return place.around.documents[key].address if key in place.around.documents else "the media library"

    return str(filled_in(goal, name))


def _goal(url: str, place: Place) -> str | None:
    """The address that reaches the same thing on the new site; None where the old one still does."""
    url = own_path(url, place)
    if _ABSOLUTE.match(url):
        return None
    path = _TAIL.split(url, maxsplit=1)[0]
    tail = url[len(path):]
    if not path:                                     # `?a=b` is the page itself, here as there
        return None
    if url.startswith("/"):
        found = _file(path, place) if _FILE_TAIL.search(path) or url.startswith("/user/") else None
        return None if found == path else found or _page(url, place)
    shown_at = _shown_at(place)
    absolute = posixpath.normpath(posixpath.join(posixpath.dirname(shown_at) or "/", path))
    if _FILE_TAIL.search(path):
        found = _file(absolute, place) or _file(posixpath.join(shown_at, path), place) \
            or _file(posixpath.join(place.here.url, path), place)
        if found:
            return found
    known = place.around.page_addresses
    if absolute not in known:
        return None
    return absolute + tail if place.around.words.keeps_addresses else _page(absolute + tail, place)


def _missing(url: str, place: Place) -> str | None:
    """Why nothing answers at an address of the site's own; None where something does, or nobody can know."""
    url = own_path(url, place)
    path = _TAIL.split(url, maxsplit=1)[0]
    if _ABSOLUTE.match(url) or not path or "{" in path or "[" in path:
        return None
    shown_at = _shown_at(place)
    problem = None
    for folder in (posixpath.dirname(shown_at) or "/", shown_at):       # as in Grav, and as on the new site
        absolute = posixpath.normpath(posixpath.join(folder, path))
        for image in (False, True):
            reference = place.resolve(absolute, image=image)
            if reference.kind != "unresolved":
                return None
            problem = problem or reference.problem
    return problem or "nothing is there"


def _shown_at(place: Place) -> str:
    """The address of the page that shows the text: a module's is its page's."""
    here: Document | None = place.here
    shown = place.here
    while here is not None and here.modular and here.parent is not None:
        here = place.around.documents.get(here.parent)
        shown = here or shown
    return shown.url


def _page(url: str, place: Place) -> str | None:
    """The new address of what the old one leads to, where old addresses will not answer."""
    if place.around.words.keeps_addresses:
        return None
    path = _TAIL.split(url, maxsplit=1)[0]
    led = led_on("/" + unquote(path).strip("/"), url[len(path):], place)
    return led.html if led else None


def _file(url: str, place: Place) -> str | None:
    """The new address of a file that the source has under this address, or under one that is spelled nearly so."""
    for image in (True, False):
        reference = place.resolve(url, image=image)
        media = place.around.media.get(reference.key) if reference.key else None
        if media:
            return place.around.words.to_media(media, place.here, "").html
    return None
