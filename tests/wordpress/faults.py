"""A proxy between us and a real WordPress that does what networks and hosts do: it drops, delays, cuts and lies.

    with proxy(upstream_port) as faults:
        faults.plan({3: "drop after", 5: "500 before"})     # by the number of the request, from 1 on
        … requests to 127.0.0.1:faults.port …
        faults.log                                          # (method, path) of every request so far

It runs in a thread of its own process (`python -m tests.wordpress.faults PORT UPSTREAM`), so that tests may fork.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]
CONTROL = "/__faults"
PAGE = b"<!doctype html><html><head><title>One moment please</title></head><body>[checking] {your} browser</body></html>"
NOTICE = b"<br />\n<b>Deprecated</b>: strtr(): Passing null [in {x}] in <b>/srv/p.php</b> on line <b>7</b><br />\n"
BROKEN = json.dumps({"code": "internal_server_error", "message": "<p>There has been a critical error.</p>",
                     "data": {"status": 500}}).encode()
# Of each: whether WordPress gets the request.
FAULTS: Mapping[str, bool] = {
    "drop before": False, "drop after": True, "drop at once": True, "429": False, "500 before": False,
    "500 after": True, "502 after": True, "503": False, "page before": False, "page after": True, "notice": True,
    "cut": True, "slow": True, "kill before": False, "kill after": True, "kill at once": True,
}
WAITING = 6.0  # seconds that a slow reply is late: longer than the clients under test wait


class State:
    """What the proxy shall do, and has seen."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.lock = threading.Lock()
        self.faults: dict[int, str] = {}
        self.victim = 0
        self.count = 0
        self.log: list[tuple[str, str, str]] = []

    def next(self, method: str, path: str) -> str:
        with self.lock:
            self.count += 1
            fault = self.faults.get(self.count, "")
            self.log.append((method, path, fault))
            return fault

    def told(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        with self.lock:
            told = {"log": self.log}
            if "faults" in wish:
                self.faults = {int(number): fault for number, fault in wish["faults"].items()}
                self.victim, self.count, self.log = int(wish.get("victim", 0)), 0, []
            return told


class Handler(BaseHTTPRequestHandler):
    """One connection, one request."""

    state: State
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def handle_any(self) -> None:
        """Serve one request, with its fault."""
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == CONTROL:
            self._answer(200, json.dumps(self.state.told(json.loads(body))).encode(), {})
            return
        fault = self.state.next(self.command, self.path)
        kind = fault.partition(" ")[0]
        if not fault:
            with contextlib.suppress(OSError):  # whoever asked may be dead by now
                self._answer(*self._forwarded(body))
            return
        real = self._forwarded(body) if FAULTS[fault] and not fault.endswith("at once") else None
        if fault.endswith("at once"):
            threading.Thread(target=self._forwarded, args=(body,)).start()
            time.sleep(0.03)
        with contextlib.suppress(OSError):
            self._fail(kind, real)

    do_GET = do_POST = do_HEAD = do_DELETE = do_PUT = do_OPTIONS = handle_any  # noqa: N815

    def _forwarded(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        upstream = http.client.HTTPConnection("127.0.0.1", self.state.upstream, timeout=120)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        upstream.request(self.command, self.path, body or None, headers)
        reply = upstream.getresponse()
        own = ("transfer-encoding", "connection", "content-length")
        kept = {name: value for name, value in reply.getheaders() if name.lower() not in own}
        return reply.status, reply.read(), kept

    def _fail(self, kind: str, real: tuple[int, bytes, dict[str, str]] | None) -> None:
        if kind == "kill":
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.state.victim, signal.SIGKILL)
        elif kind == "429":
            self._answer(429, b"slow down", {"Retry-After": "1"})
        elif kind == "500":
            self._answer(500, BROKEN, {"Content-Type": "application/json"})
        elif kind == "502":
            self._answer(502, PAGE, {"Content-Type": "text/html"})
        elif kind == "503":
            self._answer(503, PAGE, {"Content-Type": "text/html", "Retry-After": "1"})
        elif kind == "page":
            self._answer(200, PAGE, {"Content-Type": "text/html"})
        elif real is not None and kind == "notice":
            self._answer(real[0], NOTICE + real[1], real[2])
        elif real is not None and kind == "cut":
            self._answer(*real, cut=True)
        elif real is not None and kind == "slow":
            time.sleep(WAITING)
            with contextlib.suppress(OSError):
                self._answer(*real)
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if cut else body)


class Proxy:
    """A running proxy, told what to do over its own port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def plan(self, faults: Mapping[int, str], victim: int = 0) -> None:
        """From now on, count from 1; `victim` is the process that a kill is for."""
        self._tell({"faults": dict(faults), "victim": victim})

    @property
    def log(self) -> list[list[str]]:
        """Method, path and fault of every request since the last plan."""
        return self._tell({})["log"]

    @property
    def writes(self) -> int:
        """Requests that were not questions."""
        return sum(method not in ("GET", "HEAD", "OPTIONS") for method, _, _ in self.log)

    def _tell(self, wish: Mapping[str, Any]) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{CONTROL}", json.dumps(wish).encode())
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)


@contextlib.contextmanager
def proxy(port: int, upstream: int) -> Iterator[Proxy]:
    """A proxy at `port` for what listens at `upstream`, in a process of its own."""
    command = [sys.executable, "-m", "tests.wordpress.faults", str(port), str(upstream)]
    process = subprocess.Popen(command, cwd=HOME, stdin=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the proxy did not start")
            time.sleep(0.02)
        yield Proxy(port)
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Serve until the standard input ends: with whoever started us."""
    Handler.state = State(int(sys.argv[2]))
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
