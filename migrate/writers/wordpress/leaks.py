"""Addresses that must not be in any body: of the old host, of Grav's folders, and what Grav alone could resolve.

Only addresses count: what an article says in words or code about `/user/pages/` is its own affair.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

_TAG = re.compile(r"<[a-zA-Z][^<>\s]*\s[^<>]*>")  # with attributes
_ADDRESS = re.compile(r"""\s(?:href|src|poster|action|data|cite|data-src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""",
                      re.IGNORECASE)
_SET = re.compile(r"""\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)""")
_BLOCK = re.compile(r"<!-- wp:\S+ (\{.*?\}) /?-->")
_IN_JSON = re.compile(r'"(?:url|href|src|mediaLink|mediaUrl|linkTo|poster)":"([^"]*)"')
_GRAV_PATH = re.compile(r"/user/(?:pages|images|media|themes|plugins|data)/|/(?:cache|assets)/[0-9a-f]{2,}")
_STREAM = re.compile(r"(?:user|page|theme|themes|image|images|plugin|plugins|media|asset|cache|blueprint)s?://")
_TOKEN = "\ufdd0"


def leaks_in(text: str, hosts: Collection[str]) -> Iterator[tuple[str, str]]:
    """(address, what is wrong with it: host, path or stream) for each address in the blocks; `hosts` are old ones."""
    seen: set[str] = set()
    for address in _addresses(text):
        if address in seen or not address or address.startswith(_TOKEN):
            continue
        seen.add(address)
        problem = _problem(address, hosts)
        if problem:
            yield address, problem


def _problem(address: str, hosts: Collection[str]) -> str:
    if _STREAM.match(address):
        return "stream"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc and (parts.hostname or "") in hosts:
        return "host"
    if not parts.netloc and not parts.scheme and _GRAV_PATH.search(f"/{parts.path}"):
        return "path"
    return ""


def _addresses(text: str) -> Iterator[str]:
    for tag in _TAG.finditer(text):
        for match in _ADDRESS.finditer(tag[0]):
            yield html.unescape(match[1] or match[2] or match[3] or "").strip()
        for match in _SET.finditer(tag[0]):
            for one in html.unescape(match[1] or match[2] or "").split(","):
                yield one.strip().partition(" ")[0]
        for match in _STYLE.finditer(tag[0]):
            yield html.unescape(match[1]).strip()
    for block in _BLOCK.finditer(text):
        for match in _IN_JSON.finditer(block[1]):
            yield match[1].replace("\\/", "/").replace("\\u0026", "&").replace("\\u002d", "-")
