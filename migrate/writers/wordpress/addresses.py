"""Addresses of a site and its REST API: what may be asked where, and where a password may go."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

from migrate.errors import ConfigError, TargetError

REL = "https://api.w.org/"
LINK_HEADER = re.compile(r'<([^>]*)>\s*;\s*rel="?https://api\.w\.org/"?')
LINK_TAG = re.compile(r"<link\b[^>]*\brel=[\"']https://api\.w\.org/[\"'][^>]*>", re.I)
HREF = re.compile(r"\bhref=[\"']([^\"']*)[\"']", re.I)


def site_address(text: str) -> str:
    """The address that a user gave, whole: with its scheme, without user, query or a slash at its end.

    Without a scheme it is https, but for this machine itself: what is tried out there is seldom encrypted.
    """
    text = text.strip()
    whole = text if "://" in text else f"https://{text}"
    parts = urlsplit(whole) if _is_sound(whole) else urlsplit("")
    if whole != text and is_loopback(parts.hostname or ""):
        parts = parts._replace(scheme="http")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        shown = text.rpartition("@")[2]  # what stands before it may be a password
        raise ConfigError(f"{shown} is no address of a web site. Give it as https://example.org.")
    if parts.username is not None or parts.password is not None:
        raise ConfigError("The address holds a user or a password. Give them by --user and the environment instead.")
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def refuse_plain_http(address: str) -> None:
    """Raise ConfigError for an address at which anybody on the way could read the password."""
    parts = urlsplit(address)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ConfigError(
            f"{address} is not encrypted, so everybody on the way could read the password. "
            "Use https, or allow it with --insecure-http."
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or number."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def led_to(address: str, location: str) -> str:
    """Where a redirect leads. Raises TargetError when that is another host, or no longer encrypted."""
    goal = _joined(address, location)
    if goal is None:
        raise TargetError(f"{address} leads on to “{location[:100]}”, which is no address. Mend that on the server.")
    before, after = urlsplit(address), urlsplit(goal)
    if not same_place(address, goal):
        raise TargetError(
            f"{address} leads on to {after.scheme}://{after.netloc}{after.path}. The password goes to the host that "
            "was named and to no other: if that is your site, give this address."
        )
    if before.scheme == "https" and after.scheme != "https":
        raise TargetError(f"{address} leads from https to plain http ({goal}). Mend the address in its settings.")
    return goal


def same_place(one: str, other: str) -> bool:
    """Whether two addresses are of one host and port, or differ in being encrypted alone."""
    first, second = urlsplit(one), urlsplit(other)
    if first.hostname != second.hostname:
        return False
    ports = tuple(part.port or (443 if part.scheme == "https" else 80) for part in (first, second))
    return ports[0] == ports[1] or (ports == (80, 443) and second.scheme == "https")


def api_links(address: str, header: str, page: str) -> tuple[str, ...]:
    """What a front page says about its REST API: in its Link header, in its head."""
    found = [match[1] for match in LINK_HEADER.finditer(header)]
    for tag in LINK_TAG.finditer(page):
        found += HREF.findall(tag[0])
    links = (_joined(address, link.replace("&amp;", "&")) for link in found)
    return tuple(dict.fromkeys(link for link in links if link is not None))


def _joined(address: str, link: str) -> str | None:
    """Where a link leads; None where that is no address."""
    try:
        goal = urljoin(address, link)
    except ValueError:
        return None
    return goal if _is_sound(goal) else None


def _is_sound(address: str) -> bool:
    """Whether host and port of an address can be such: `https://[x` and `https://x:99999` are none."""
    try:
        parts = urlsplit(address)
        (parts.hostname or "").encode("idna")
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def guesses(address: str) -> tuple[str, ...]:
    """Where a REST API usually is."""
    return f"{address.rstrip('/')}/wp-json/", f"{address.rstrip('/')}/?rest_route=/"


def api_url(root: str, path: str, params: Mapping[str, Any] | None = None) -> str:
    """The URL of a route: the root may be …/wp-json/ or …/?rest_route=/."""
    query = urlencode([(name, _text(value)) for name, value in (params or {}).items()], quote_via=quote, safe=",:")
    if "rest_route=" in root:
        return f"{root}{path}{'&' if query else ''}{query}"
    return f"{root}{path}{'?' if query else ''}{query}"


def route(path: str, params: Mapping[str, Any]) -> str:
    """A route with its parameters, as it stands in a batch."""
    return f"/{path}?{urlencode([(name, _text(value)) for name, value in params.items()], quote_via=quote, safe=',:')}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value)
