"""Grav's streams: `image://u.png` is `user/images/u.png`; and the files that a page names in this way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

FOLDERS = {
    "user": "", "page": "pages", "image": "images", "images": "images", "theme": "themes/{theme}",
    "themes": "themes", "plugin": "plugins", "plugins": "plugins", "account": "accounts", "accounts": "accounts",
    "user-data": "data",
}
"""Scheme → folder under user/ (Grav: system/src/Grav/Common/Config/Setup.php)."""

_SIGN, _PATH = b"://", b"/user/"             # what an address of ours has, and a page seldom
_SCHEME = re.compile(rb"\b(?:user|page|images?|themes?|plugins?|user-data)\Z")
_LONGEST = 12                                # bytes: a scheme and what stands before it
_REST = re.compile(rb"""(?:[a-z-]+://|/user/)[^"'<>\n\r?\#|]{1,500}""")
_TAILS = re.compile(r"[)\]\s,;}].*$", re.S)


def streams_named(raw: bytes) -> frozenset[str]:
    """Addresses of files under user/ in a page's bytes, as written: candidates, not yet looked for."""
    matches = (_REST.match(raw, start) for start in _starts(raw))
    return frozenset(match[0].decode("utf-8", "replace") for match in matches if match)


def _starts(raw: bytes) -> Iterator[int]:
    """Where a scheme of ours begins, or a path under user/."""
    yield from _places(raw, _PATH)
    for place in _places(raw, _SIGN):
        if scheme := _SCHEME.search(raw, max(0, place - _LONGEST), place):
            yield scheme.start()


def _places(raw: bytes, sign: bytes) -> Iterator[int]:
    place = raw.find(sign)
    while place >= 0:
        yield place
        place = raw.find(sign, place + 1)


def stream_paths(named: str, theme: str, place: str = "user") -> tuple[str, ...]:
    """The paths under user/ that an address may mean, the likeliest first; () where it means none.

    What follows a bracket or a space may belong to the text around it: both readings are given.
    """
    readings = dict.fromkeys((_TAILS.sub("", named), named.strip(), named.partition(")")[0].strip()))
    paths = (stream_path(unquote(reading), theme, place) for reading in readings)
    return tuple(dict.fromkeys(path for path in paths if path))


def stream_path(address: str, theme: str, place: str = "user") -> str | None:
    """`image://a/b.png` or `/user/images/a/b.png` → `images/a/b.png`; None for anything else, `..` included.

    `place` is where the source shows the user folder: `/user/sites/NAME/images/a/b.png` for one of several sites.
    """
    scheme, colon, rest = address.partition("://")
    if address.startswith("/user/"):
        path = address.removeprefix(f"/{place}/").removeprefix("/user/")
    elif colon and scheme in FOLDERS:
        path = f"{FOLDERS[scheme].format(theme=theme)}/{rest}"
    else:
        return None
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\0" in path or "\\" in path:
        return None
    return "/".join(parts)
