"""One request over HTTP, and what may be trusted of its reply.

A write whose outcome nobody knows raises `Unsure`, and is never repeated here: whoever sent it looks first.
What has surely done nothing (GET, 429, no connection) is repeated, within a deadline for the whole.
Redirects are not followed: the password goes to the address that the user gave, and nowhere else.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from migrate import __version__
from migrate.errors import TargetError, Unreachable
from migrate.writers.wordpress.pace import Pace
from migrate.writers.wordpress.replies import Reply, title_of

FINAL = frozenset({"rest_upload_sideload_error", "rest_upload_unknown_error", "db_insert_error", "db_update_error",
                   "rest_trash_not_supported", "rest_cannot_delete", "existing_user_login"})
READS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_PAUSE = 30.0  # seconds between two tries, unless the server asks for more
LONGEST_OBEYED = 900.0  # of a Retry-After


@dataclass(frozen=True, slots=True)
class Account:
    """Who writes. The password is an application password; it is never shown."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to treat the server. Times in seconds."""

    insecure_http: bool = False  # a password over plain http to another machine
    connections: int = 4  # at most
    connect: float = 10.0  # until a connection must stand
    read: float = 90.0  # between two pieces of a reply
    deadline: float = 300.0  # for one request with all its tries
    first: float = 20.0  # the same while the site has never answered: the address may be wrong
    patience: float = 2.0  # before looking whether a write that got no reply has happened


class Unsure(Exception):  # noqa: N818  it names a state
    """A write was sent, and no reply says what became of it; the text says why.

    `over`: the server has surely finished with it; else it may still be at work.
    """

    def __init__(self, why: str, *, over: bool = False) -> None:
        """Say why."""
        super().__init__(why)
        self.over = over


class Refusal(TargetError):  # noqa: N818  it names an answer
    """The server has answered, and its answer is no."""

    def __init__(self, status: int, code: str, message: str, data: Any = None) -> None:
        """`code` and `data` are WordPress' own, such as rest_cannot_create; "" where the reply was no JSON."""
        super().__init__(f"{message} ({code or f'HTTP {status}'})")
        self.status = status
        self.code = code
        self.message = message
        self.data = data


class Transport:
    """Connections to one server, one for each thread."""

    def __init__(self, account: Account | None, manners: Manners) -> None:
        """`account` None: anonymous."""
        self.manners = manners
        self.pace = Pace(manners.connections)
        self._authorization: dict[str, str | bytes] = {"Authorization": _basic(account)} if account else {}
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._known = False  # the server has answered once

    def read(self, url: str, *, method: str = "GET", anonymous: bool = False) -> Reply:
        """Ask without changing anything; repeated until there is a reply that says something."""
        deadline = self._deadline()
        while True:
            try:
                reply = self._sent(method, url, None, {}, anonymous=anonymous)
            except (Unsure, _Unsent) as error:
                deadline.pause(str(error))
                continue
            if not self._is_passing(reply, deadline):
                return reply

    def write(
        self, method: str, url: str, body: bytes | Path, headers: Mapping[str, str | bytes], *, sort: str = "",
    ) -> Reply:
        """Change something. Raises Unsure where the outcome is unknown, Unreachable where nobody answers.

        `sort`: what is comparable with it in the time that it takes, where the address does not say that.
        """
        deadline = self._deadline()
        while True:
            try:
                reply = self._sent(method, url, body, headers, sort=sort)
            except _Unsent as error:
                deadline.pause(str(error))
                continue
            if reply.status == 429:
                self._obey(reply, deadline)
            elif reply.status >= 500 and not is_final(reply.json):
                self.pace.troubled()
                raise Unsure(f"the server answered with error {reply.status}{_said(reply)}", over=reply.status == 500)
            elif reply.status < 300 and reply.json is None:
                raise Unsure(f"the server's reply makes no sense{_said(reply)}", over=True)
            else:
                return reply

    def close(self) -> None:
        """Let go of all connections."""
        for session in self._sessions:
            session.close()

    def _deadline(self) -> _Deadline:
        if self._known:
            return _Deadline(self.manners.deadline, "See whether it is up, then run the same command: it goes on.")
        seconds = min(self.manners.first, self.manners.deadline)
        return _Deadline(seconds, "See whether the address is right and the site is up.")

    def _is_passing(self, reply: Reply, deadline: _Deadline) -> bool:
        """Whether a reply to a question is of a state that passes; then the time for another try has come."""
        if reply.status == 429 or (reply.status == 503 and "retry-after" in reply.headers):
            self._obey(reply, deadline)
            return True
        if reply.status >= 500:
            self.pace.troubled()
            deadline.pause(f"error {reply.status}{_said(reply)}", hopeful=reply.json is None or reply.status != 500)
            return True
        return False

    def _obey(self, reply: Reply, deadline: _Deadline) -> None:
        asked = min(_seconds(reply.headers.get("retry-after", "")), LONGEST_OBEYED)
        self.pace.throttled(asked)
        why = f"the server asks for slower requests ({reply.status}), the next one after {asked:.0f} s"
        deadline.pause(why, least=asked)

    def _sent(
        self, method: str, url: str, body: bytes | Path | None, headers: Mapping[str, str | bytes], *,
        anonymous: bool = False, sort: str = "",
    ) -> Reply:
        """One try. Raises _Unsent where the server surely has done nothing, Unsure where it may have."""
        with self.pace.turn(sort) as at_once, contextlib.ExitStack() as stack:
            begun = time.monotonic()
            data = stack.enter_context(body.open("rb")) if isinstance(body, Path) else body
            try:
                answer = self._session(url).request(
                    method, url, data=data, headers={**headers, **({} if anonymous else self._authorization)},
                    allow_redirects=False, timeout=(self.manners.connect, self.manners.read),
                )
            except requests.exceptions.ConnectTimeout as error:
                raise _Unsent(f"no connection to {_host(url)} within {self.manners.connect:.0f} s") from error
            except requests.exceptions.RequestException as error:
                raise _failure(error, url) from error
            self._known = True
            if answer.status_code < 400:
                taken = time.monotonic() - begun
                self.pace.answered(f"{method} {sort}" if sort else _sort(method, url), taken)
                if sort:
                    self.pace.compared(sort, at_once, taken)
            return Reply(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, answer.content)

    def _session(self, url: str) -> requests.Session:
        """This thread's own."""
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = requests.Session()
            session.trust_env = False  # or a password from .netrc would take the place of ours
            session.proxies = get_environ_proxies(url)
            session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
            session.headers["User-Agent"] = f"grav-migrate/{__version__}"
            session.headers["Accept"] = "application/json"
            adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0)
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            self._sessions.append(session)
        return session


class _Unsent(Exception):  # noqa: N818
    """The request has not reached the server."""


class _Deadline:
    """The time for one request with all its tries."""

    def __init__(self, seconds: float, advice: str) -> None:
        self._end = time.monotonic() + seconds
        self._room = seconds             # by which waits that the server asks for may move the end
        self._seconds, self._advice = seconds, advice
        self._tries = 0

    def pause(self, why: str, *, least: float = 0.0, hopeful: bool = True) -> None:
        """Wait before the next try, longer each time; Unreachable when the time is up, or there is no hope."""
        self._tries += 1
        more = min(least, self._room)
        self._end, self._room = self._end + more, self._room - more
        pause = max(least, min(LONGEST_PAUSE, 0.25 * 2**self._tries) * random.uniform(0.5, 1.0))
        if time.monotonic() + pause > self._end or (not hopeful and self._tries > 2):
            raise Unreachable(
                f"The site has not answered as it should for {self._seconds:.0f} s ({self._tries} tries): {why}. "
                f"{self._advice}"
            )
        time.sleep(pause)


def is_final(said: Any) -> bool:
    """Whether an error that WordPress numbers 500 is nothing but its no."""
    return isinstance(said, dict) and said.get("code") in FINAL


def _basic(account: Account) -> str:
    return "Basic " + base64.b64encode(f"{account.user}:{account.password}".encode()).decode()


def encoded(body: Any) -> bytes:
    """A value as the JSON that is sent."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _failure(error: requests.exceptions.RequestException, url: str) -> Exception:
    """What a broken exchange means: not sent, of unknown outcome, or never to succeed."""
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(f"{_host(url)} has no certificate that can be trusted: {text[:300]}.")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return TargetError(f"{url} is no address of a web site.")
    if "Failed to establish a new connection" in text or "NameResolutionError" in text:
        return _Unsent(f"no connection to {_host(url)}")
    if isinstance(error, requests.exceptions.Timeout):
        return Unsure("no reply in time")
    return Unsure("the connection broke before the reply was complete")


def _sort(method: str, url: str) -> str:
    """Requests that take about as long as each other."""
    return method if method in READS else f"{method} {urlsplit(url).path.rpartition('/v')[2]}"


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _seconds(text: str) -> float:
    """A Retry-After: seconds, or a date; 0 where there is none."""
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0


def _said(reply: Reply) -> str:
    if isinstance(reply.json, dict) and reply.json.get("message"):
        return f": {str(reply.json['message'])[:200]}"
    return f": a web page, “{title_of(reply.text)}”" if "<" in reply.text[:200] else ""
