"""What is trusted of a server, and where a password goes: against servers that answer from a list."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from migrate.errors import ConfigError, TargetError, Unreachable
from migrate.writers.wordpress.addresses import api_links, api_url, is_loopback, led_to, same_place, site_address
from migrate.writers.wordpress.client import Account, Manners, Refusal, Unsure, connect
from migrate.writers.wordpress.inventory import Inventory
from migrate.writers.wordpress.pace import Pace
from migrate.writers.wordpress.preflight import _users
from migrate.writers.wordpress.replies import json_in, title_of
from migrate.writers.wordpress.transport import Transport
from tests.wordpress.server import free_port

SECRET = Account("editor", "abcd efgh ijkl")
INDEX = {"namespaces": ["wp/v2"], "routes": {"/batch/v1": {}}}
FAST = Manners(deadline=6, read=0.5, connect=1, patience=0)
NOTICE = "<br />\n<b>Warning</b>: foreach() [array] given {x} in <b>/srv/a.php</b> on line <b>3</b><br />\n"


class Server:
    """Answers from `answers`: (status, headers, body, or a number of seconds to wait); keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list = []
        self.default = (200, {"Content-Type": "application/json"}, json.dumps(INDEX))
        self.asked: list[tuple[str, str, str | None]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append((self.command, self.path, self.headers.get("Authorization")))
                status, headers, body = outer.answers.pop(0) if outer.answers else outer.default
                if status == "wait":
                    time.sleep(body)
                    return
                raw = body.encode()
                self.send_response(status)
                length = headers.get("Content-Length", len(raw))
                for name, value in ({"Content-Length": length} | headers).items():
                    self.send_header(name, str(value))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(b"" if self.command == "HEAD" else raw)

            do_GET = do_POST = do_HEAD = answer  # noqa: N815

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server():
    one = Server()
    yield one
    one.close()


@pytest.fixture
def elsewhere():
    one = Server()
    yield one
    one.close()


@pytest.fixture
def client(server):
    one = connect(server.url, SECRET, FAST)
    server.asked.clear()
    yield one
    one.close()


def said(value, status=200, **headers):
    return status, headers, value if isinstance(value, str) else json.dumps(value)


class TestPassword:
    def test_discovery_is_anonymous_and_requests_are_not(self, server):
        client = connect(server.url, SECRET, FAST)
        assert all(word is None for _, _, word in server.asked)
        client.get("wp/v2/types")
        assert server.asked[-1][2] == "Basic " + base64.b64encode(b"editor:abcd efgh ijkl").decode()

    def test_a_front_page_that_leads_to_another_host_is_refused(self, server, elsewhere):
        server.answers = [said("", 301, Location=f"{elsewhere.url}/")]
        with pytest.raises(TargetError, match="give this address"):
            connect(server.url, SECRET, FAST)
        assert elsewhere.asked == []

    def test_a_rest_api_on_another_host_is_refused(self, server, elsewhere):
        server.answers = [said("<html>", Link=f'<{elsewhere.url}/wp-json/>; rel="https://api.w.org/"')]
        with pytest.raises(TargetError, match="another host"):
            connect(server.url, SECRET, FAST)
        assert elsewhere.asked == []

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_no_request_follows_to_another_host(self, server, elsewhere, client, method, status):
        server.answers = [said("", status, Location=f"{elsewhere.url}/wp-json/wp/v2/posts")]
        with pytest.raises(TargetError):
            client.reply(method, "wp/v2/posts")
        assert elsewhere.asked == []
        assert len(server.asked) == 1

    def test_a_post_does_not_follow_even_on_the_same_host(self, server, client):
        server.answers = [said("", 301, Location="/wp-json/wp/v2/posts/")]
        with pytest.raises(Refusal, match="give the site's own address"):
            client.reply("POST", "wp/v2/posts", None, {})
        assert len(server.asked) == 1

    def test_plain_http_to_another_machine_only_when_allowed(self):
        with pytest.raises(ConfigError, match="--insecure-http"):
            connect("http://example.invalid", SECRET, FAST)
        with pytest.raises(Unreachable):
            connect("http://example.invalid", SECRET, Manners(insecure_http=True, deadline=0.1))

    @pytest.mark.parametrize("text", [
        "https://u:p@example.org", "http://u@example.org", "ftp://example.org", "https://", "ftp://u:p@example.org",
        "https://[x", "https://u:p@[x", "https://example.org:99999", "https://example.org:0", "https://example..org",
        f"https://{'a' * 70}.org",
    ])
    def test_addresses_that_will_not_do(self, text):
        with pytest.raises(ConfigError) as caught:
            site_address(text)
        assert "u:p" not in str(caught.value)

    def test_it_is_shown_nowhere(self, server, client):
        server.answers = [said({"code": "x", "message": "No."}, 403)]
        with pytest.raises(Refusal) as caught:
            client.get("wp/v2/posts")
        for shown in (repr(SECRET), str(caught.value), repr(client.transport.__dict__.get("manners"))):
            assert "abcd" not in shown


class TestDoubt:
    @pytest.mark.parametrize(
        ("answer", "over"),
        [
            (said({"code": "internal_server_error", "message": "Fatal."}, 500), True),
            (said("<title>Bad gateway</title>", 502), False),
            (said("<title>Log in</title>"), True),
            (said('{"id": 1, "title"', **{"Content-Length": 400}), False),
            (("wait", {}, 0.8), False),
        ],
        ids=["500", "502", "page", "cut", "slow"],
    )
    def test_a_write_of_unknown_outcome_is_sent_once(self, server, client, answer, over):
        server.answers = [answer]
        with pytest.raises(Unsure) as caught:
            client.reply("POST", "wp/v2/posts", None, {"title": "x"})
        assert caught.value.over is over
        assert len(server.asked) == 1

    def test_a_notice_before_the_reply_changes_nothing(self, server, client):
        server.answers = [said(NOTICE + json.dumps({"id": 7, "title": {"raw": "[x] {y}"}}), 201)]
        assert client.reply("POST", "wp/v2/posts", None, {}).json["id"] == 7
        assert len(server.asked) == 1

    def test_batches_are_measured_by_what_is_in_them(self, server, client):
        part = {"status": 200, "body": {"id": 1}}
        for path in ("/wp/v2/posts?_fields=id", "/wp/v2/tags/5"):
            server.answers = [said({"responses": [part] * 2}, 207)]
            client.batch([{"path": path}, {"path": path}])
        assert {sort for sort in client.pace._latency if sort.startswith("POST")} == {
            "POST 2 × /wp/v2/posts", "POST 2 × /wp/v2/tags/"}

    def test_a_batch_that_does_not_name_all_its_parts(self, server, client):
        server.answers = [said({"responses": [{"status": 201, "body": {"id": 1}}]}, 207)]
        with pytest.raises(Unsure):
            client.batch([{"path": "/wp/v2/posts"}, {"path": "/wp/v2/posts"}])

    def test_what_wordpress_numbers_500_and_means_as_no(self, server, client):
        server.answers = [said({"code": "rest_upload_sideload_error", "message": "Not this type."}, 500)]
        with pytest.raises(Refusal, match="Not this type"):
            client.reply("POST", "wp/v2/media", None, {})


    @pytest.mark.parametrize(("status", "advice"), [
        (413, "client_max_body_size"), (403, "firewall"), (406, "firewall"), (401, "password of its own")])
    def test_a_web_server_that_refuses_by_itself_comes_with_advice(self, server, client, status, advice):
        server.answers = [said("<title>No</title>", status)]
        with pytest.raises(Refusal, match=advice):
            client.reply("POST", "wp/v2/media", None, {})
        server.answers = [said({"code": "rest_forbidden", "message": "Sorry."}, status)]
        with pytest.raises(Refusal) as caught:
            client.reply("POST", "wp/v2/media", None, {})
        assert advice not in str(caught.value)


class TestPatience:
    def test_too_many_requests_are_repeated_when_the_server_says(self, server, client):
        server.answers = [said("slow down", 429, **{"Retry-After": "1"}), said({"id": 1}, 201)]
        begun = time.monotonic()
        assert client.reply("POST", "wp/v2/posts", None, {}).json == {"id": 1}
        assert time.monotonic() - begun >= 1
        assert client.pace.limit <= 2

    def test_a_server_that_always_asks_for_patience_is_not_obeyed_for_ever(self, server, client):
        client.transport.manners = replace(FAST, deadline=1.5)
        server.default = said("slow down", 429, **{"Retry-After": "1"})
        with pytest.raises(Unreachable, match=r"next one after 1 s.* same command"):
            client.get("wp/v2/types")
        server.default = said("maintenance", 503, **{"Retry-After": "86400"})
        with pytest.raises(Unreachable, match="after 900 s"):
            client.get("wp/v2/types")

    def test_parts_of_a_batch_that_make_no_sense_are_of_unknown_outcome(self, server, client):
        server.answers = [said({"responses": ["nonsense", None]}, 207)]
        assert client.batch([{"path": "/wp/v2/posts"}] * 2) == [(0, None), (0, None)]

    def test_questions_are_repeated(self, server, client):
        server.answers = [said("", 502), said("<html>maintenance", 503, **{"Retry-After": "0"}), ("wait", {}, 0.7)]
        assert client.get("wp/v2/types") == INDEX
        assert len(server.asked) == 4

    def test_not_for_ever(self, server, client):
        server.default = said("<title>Down</title>", 503)
        begun = time.monotonic()
        with pytest.raises(Unreachable, match="same command"):
            client.get("wp/v2/types")
        assert time.monotonic() - begun < 2 * FAST.deadline

    def test_a_wrong_address_is_not_tried_for_minutes(self):
        with pytest.raises(Unreachable, match=r"for 1 s .* address is right"):
            connect(f"http://127.0.0.1:{free_port()}", SECRET, Manners(first=1))

    def test_a_server_that_has_answered_is_waited_for(self, server, client):
        server.close()
        with pytest.raises(Unreachable, match=r"for 6 s .* same command"):
            client.get("wp/v2/types")

    def test_nobody_there(self):
        with pytest.raises(Unreachable, match="no connection"):
            Transport(None, Manners(deadline=0.5)).write("POST", f"http://127.0.0.1:{free_port()}/", b"{}", {})


class TestDiscovery:
    def test_plain_permalinks(self, server):
        page = said('<link rel="https://api.w.org/" href="/index.php?rest_route=/" />')
        server.answers = [page, page, said(INDEX)]
        client = connect(server.url, None, FAST)
        assert client.root == f"{server.url}/index.php?rest_route=/"
        server.answers = [said([])]
        client.get("wp/v2/posts", {"per_page": 100, "status": "any"})
        assert server.asked[-1][1] == "/index.php?rest_route=/wp/v2/posts&per_page=100&status=any"

    def test_a_home_page_in_the_place_of_the_api_is_not_believed(self, server):
        server.answers = [said("<html>"), said("<html>"), said("<html>the same"), said(INDEX)]
        assert connect(server.url, None, FAST).root == f"{server.url}/?rest_route=/"

    def test_no_wordpress(self, server):
        server.default = said("<title>Static site</title>", 404)
        with pytest.raises(TargetError, match=r"No WordPress.*404 with a web page, “Static site”"):
            connect(server.url, None, FAST)

    def test_a_redirect_into_a_folder_is_followed(self, server):
        server.answers = [said("", 302, Location="/blog/"), said("<html>"), said("<html>"), said(INDEX)]
        assert connect(server.url, None, FAST).root == f"{server.url}/blog/wp-json/"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"id": 1}', {"id": 1}),
        ("[]", []),
        (NOTICE + '{"id": 1}', {"id": 1}),
        (NOTICE + '[{"id": 1}, {"id": 2}]', [{"id": 1}, {"id": 2}]),
        ('{"id": 1}' + NOTICE, {"id": 1}),
        ('\ufeff{"id": 1}'.encode().decode("utf-8-sig"), {"id": 1}),
        ("[1] " + '{"code": "x", "message": "{y}"}', {"code": "x", "message": "{y}"}),
        ("<html>{a} [b]</html>", None),
        ("<html>[1, 2]</html>", None),
        ('{"id": 1', None),
        ("", None),
        ("true", None),
        ("[" * 100_000, None),
    ],
)
def test_json_is_found(text, value):
    assert json_in(text) == value


def test_titles():
    assert title_of("<head><TITLE>\n One &amp; two </TITLE>") == "One & two"
    assert title_of("<p>Forbidden by rule 7</p>") == "Forbidden by rule 7"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.org", "http://a.org/x", True), ("http://a.org", "https://a.org", True),
        ("https://a.org", "http://a.org", False), ("http://a.org:80", "http://a.org", True),
        ("http://a.org:81", "http://a.org", False), ("https://a.org", "https://www.a.org", False),
        ("http://a.org:8080", "https://a.org", False),
    ],
)
def test_what_is_the_same_place(one, other, same):
    assert same_place(one, other) is same


@pytest.mark.parametrize("link", ["https://[x", "https://example.org:99999/", f"https://{'a' * 70}.org/"])
def test_what_a_site_says_need_be_no_address(link):
    with pytest.raises(TargetError, match="is no address"):
        led_to("https://example.org/", link)
    page = f'<link rel="https://api.w.org/" href="{link}"><link rel="https://api.w.org/" href="/wp-json/">'
    assert api_links("https://example.org/", f'<{link}>; rel="https://api.w.org/"', page) == ("https://example.org/wp-json/",)


def test_addresses():
    assert site_address("example.org/blog/?x=1#y") == "https://example.org/blog"
    assert [site_address(text) for text in ("localhost:8080/x", "127.0.0.1", "https://localhost", "localhost.example")] == [
        "http://localhost:8080/x", "http://127.0.0.1", "https://localhost", "https://localhost.example"]
    assert [is_loopback(host) for host in ("localhost", "127.0.0.9", "::1", "a.localhost", "10.0.0.1", "example.org")] == [
        True, True, True, True, False, False]
    assert api_url("https://a.org/wp-json/", "wp/v2/tags", {"slug": "ж,b", "x": [1, 2], "f": False}) == (
        "https://a.org/wp-json/wp/v2/tags?slug=%D0%B6,b&x=1,2&f=false")


class TestPace:
    def test_it_grows_while_that_pays_and_halves_on_trouble(self):
        pace = Pace(8)
        assert pace.limit == 4
        for _ in range(10):
            pace.answered("POST", 0.1)
        assert pace.limit == 8
        pace.troubled()
        assert pace.limit == 4
        pace.throttled(0)
        assert pace.limit == 2

    def test_it_shrinks_when_replies_take_long(self):
        pace = Pace(4)
        for _ in range(10):
            pace.answered("POST", 0.1)
        for _ in range(30):
            pace.answered("POST", 3.0)
        assert pace.limit < 4

    def test_sorts_are_not_compared_with_each_other(self):
        pace = Pace(4)
        for _ in range(30):
            pace.answered("POST 5 × /wp/v2/tags", 0.1)
            pace.answered("POST 25 × /wp/v2/posts", 3.0)
            pace.answered("GET", 9.0)
        assert pace.limit == 4
        assert pace.usual("POST") == pytest.approx(3.0)
        assert pace.usual("DELETE") == 0

    def test_turns_wait_for_each_other_and_for_the_pause(self):
        pace = Pace(1)
        pace.throttled(0.2)
        begun = time.monotonic()
        with pace.turn():
            assert time.monotonic() - begun >= 0.2
            other = threading.Thread(target=lambda: pace.turn().__enter__())
            other.start()
            other.join(0.1)
            assert other.is_alive()
        other.join(1)
        assert not other.is_alive()


def test_all_authors_are_known_however_many_there_are(server, client):
    pages = [[{"id": n, "slug": f"user-{n}", "name": f"User {n}"} for n in numbers] for numbers in (range(1, 101), range(101, 131))]
    server.answers = [said(rows) for rows in pages]
    assert [user.id for user in _users(client)] == list(range(1, 131))


@pytest.mark.parametrize("last", [said([{"id": 301}]), said([]), said({"code": "rest_post_invalid_page_number", "message": "No"}, 400)])
def test_a_list_is_read_to_its_end_though_nobody_says_how_long_it_is(server, client, last):
    full = [said([{"id": 100 * page + number} for number in range(100)]) for page in (1, 2)]
    server.answers = [*full, last]
    inventory = Inventory(client)
    inventory.read(["tag"])
    assert inventory.by_id("tag", 299) is not None
    assert (inventory.by_id("tag", 301) is not None) == (last[0] == 200 and last[2] != "[]")
    assert [path.partition("&page=")[2][0] for _, path, _ in server.asked] == ["1", "2", "3"]
    inventory.close()


def test_more_than_a_hundred_pages_may_share_a_slug(server, client):
    rows = [{"id": number, "slug": "intro", "parent": number} for number in range(1, 131)]
    server.answers = [said([]), said(rows[:100]), said(rows[100:])]
    inventory = Inventory(client)
    inventory.read(["page"])
    assert [item["id"] for item in inventory.looked_up("page", ["intro"], ())] == list(range(1, 131))
    inventory.close()
