"""A WordPress site's REST API: found, asked, and spoken to in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from migrate.errors import TargetError
from migrate.writers.wordpress.addresses import (
    REL,
    api_links,
    api_url,
    guesses,
    led_to,
    refuse_plain_http,
    same_place,
    site_address,
)
from migrate.writers.wordpress.replies import Reply, title_of
from migrate.writers.wordpress.transport import READS, Account, Manners, Refusal, Transport, Unsure, encoded

JSON = {"Content-Type": "application/json"}
ADVICE = {
    401: ". It asks for a password of its own before WordPress: let requests to wp-json through",
    403: ". A firewall or security plug-in stands before WordPress: let requests to wp-json through",
    406: ". A firewall (mod_security) stands before WordPress: let requests to wp-json through",
    413: ". It takes nothing of that size: raise client_max_body_size (nginx) or LimitRequestBody (Apache)",
}
"""What to do about a web server that answers in the place of WordPress, by status."""
FORBIDDEN = (401, 403)  # statuses of replies to those who may not look
HOPS = 5  # redirects on the way to the front page

__all__ = ["Account", "Client", "Manners", "Refusal", "Reply", "Unsure", "connect"]


class Client:
    """Speaks to one site. `root` is the REST API's address, `index` what stands there."""

    def __init__(self, address: str, root: str, index: Mapping[str, Any], transport: Transport) -> None:
        """Use `connect`."""
        self.address = address
        self.root = root
        self.index = index
        self.transport = transport
        self.manners = transport.manners
        self.pace = transport.pace

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON of a route such as `wp/v2/types`. Raises Refusal."""
        return self.reply("GET", path, params).json

    def reply(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str | bytes] | None = None,
        *,
        sort: str = "",
    ) -> Reply:
        """A reply that says yes. `body`: a value sent as JSON, or a file. Raises Refusal, Unsure, Unreachable.

        `sort`: see `Transport.write`.
        """
        url = api_url(self.root, path, params)
        if method in READS:
            reply = self.transport.read(url, method=method)
        elif isinstance(body, Path):
            reply = self.transport.write(method, url, body, headers or {}, sort=sort)
        else:
            reply = self.transport.write(method, url, encoded(body), JSON | dict(headers or {}), sort=sort)
        if method != "HEAD" or reply.status >= 300:
            refuse(reply, url)
        return reply

    def batch(self, requests: Sequence[Mapping[str, Any]]) -> list[tuple[int, Any]]:
        """Status and body of each of up to 25 writes. Raises Unsure where that is of no use."""
        route = str(requests[0]["path"]).partition("?")[0] if requests else ""
        sort = f"{len(requests)} × {route.rstrip('0123456789')}"  # five terms are no measure for 25 posts
        said = self.reply("POST", "batch/v1", None, {"requests": list(requests)}, sort=sort).json
        responses = said.get("responses") if isinstance(said, dict) else None
        if not isinstance(responses, list) or len(responses) != len(requests):
            raise Unsure("the server's reply to a batch does not name all of its parts")
        return [(int(one.get("status", 0)), one.get("body")) if one else (0, None) for one in responses]

    def me(self) -> Mapping[str, Any] | None:
        """The user that the server takes us for, with capabilities; None: nobody, as with a wrong password."""
        try:
            said = self.get("wp/v2/users/me", {"context": "edit"})
        except Refusal as error:
            if error.status in (401, 403):
                return None
            raise
        return said if isinstance(said, Mapping) else None

    @property
    def has_batches(self) -> bool:
        """Whether the site takes batches: from WordPress 5.6 on, unless somebody has switched them off."""
        return "/batch/v1" in self.index.get("routes", {})

    def close(self) -> None:
        """Let go of the connections."""
        self.transport.close()


def connect(address: str, account: Account | None, manners: Manners | None = None) -> Client:
    """Find the REST API of the site at `address`, without showing it the password.

    Raises ConfigError for an address that will not do, TargetError where there is no REST API to be found.
    """
    manners = manners or Manners()
    address = site_address(address)
    if account is not None and not manners.insecure_http:
        refuse_plain_http(address)
    transport = Transport(account, manners)
    address, said = _front_page(transport, address)
    links = api_links(address, said.headers.get("link", ""), said.text)
    seen = []
    for link in dict.fromkeys((*links, *guesses(address))):
        root = _upgraded(link, address)
        if not same_place(address, root):
            raise TargetError(
                f"{address} says that its REST API is at {link}, on another host. The password goes to the host that "
                "was named and to no other: give the site's own address."
            )
        reply = transport.read(root, anonymous=True)
        if isinstance(reply.json, dict) and "namespaces" in reply.json:
            return Client(address, root, reply.json, transport)
        seen.append(f"{root} answers {reply.status}{_about(reply)}")
    transport.close()
    what = "It is WordPress, but its REST API does not answer" if links else "No WordPress with a REST API was found"
    raise TargetError(
        f"{what} at {address}: {'; '.join(seen)}. See whether the address is right, and whether a security "
        "plug-in or a firewall keeps the REST API from you."
    )


def refuse(reply: Reply, url: str) -> None:
    """Raise Refusal for a reply that is no yes."""
    if 300 <= reply.status < 400:
        goal = led_to(url, reply.headers.get("location", ""))
        raise Refusal(reply.status, "", f"{url} leads on to {goal}: give the site's own address")
    said = reply.json
    if reply.status >= 400:
        if isinstance(said, dict) and "message" in said:
            raise Refusal(reply.status, str(said.get("code", "")), str(said["message"]), said.get("data"))
        advice = ADVICE.get(reply.status, "")
        raise Refusal(reply.status, "", f"The server answered {reply.status}{_about(reply)}{advice}")
    if said is None:
        raise Refusal(reply.status, "", f"The server answered with no JSON{_about(reply)}")


def _front_page(transport: Transport, address: str) -> tuple[str, Reply]:
    """The front page and its address, after redirects on its own host: its head, if that says enough."""
    for _ in range(HOPS):
        reply = transport.read(f"{address}/", method="HEAD", anonymous=True)
        if reply.status >= 400 or (reply.status < 300 and REL not in reply.headers.get("link", "")):
            reply = transport.read(f"{address}/", anonymous=True)
        if reply.status not in (301, 302, 303, 307, 308):
            return address, reply
        goal = led_to(f"{address}/", reply.headers.get("location", "")).partition("?")[0].rstrip("/")
        if goal == address:
            return address, reply
        address = goal
    return address, reply


def _upgraded(link: str, address: str) -> str:
    """The link, encrypted where the front page is: a site may not know that it is served so."""
    return f"https{link[4:]}" if address.startswith("https:") and link.startswith("http:") else link


def _about(reply: Reply) -> str:
    return f" with a web page, “{title_of(reply.text)}”" if reply.json is None and "<" in reply.text[:500] else ""
