"""Which page answers which route: winners and losers, aliases, home, redirects.

Where two folders claim one route Grav lets the one win that it happens to read last, which is the disk's order.
Here the winner is always the same: a page before a folder without one, a routable page before one that is not,
the language's own file before a borrowed one, the folder with more files, and then the last in Grav's own order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from migrate.findings import Finding, find
from migrate.model.site import Redirect
from migrate.readers.grav.nodes import Node
from migrate.readers.grav.ordering import Collated, collation_key
from migrate.readers.grav.settled import Settings

_STATUS = re.compile(r"\[(30[0-9])\]$")
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)

Rank = tuple[int, int, int, int, Collated]


class Claim(NamedTuple):
    """A node's claim to a route; the highest rank wins."""

    route: str
    rank: Rank
    node: Node
    own: bool                      # the node's own route, not an alias


def settle_routes(nodes: Iterable[Node], home: str) -> tuple[dict[str, Node], list[tuple[Node, Node]]]:
    """Route → node in one language, and the (loser, winner) pairs; sets `owner`, `aliases` and home's route."""
    nodes = list(nodes)
    table: dict[str, Claim] = {}
    for claim in (claim for node in nodes for claim in _claims(node)):
        held = table.get(claim.route)
        if held is None or claim.rank > held.rank:
            table[claim.route] = claim
    _settle_home(table, home)
    lost = [(node, table[node.route].node) for node in nodes if table[node.route].node is not node]
    for loser, _ in lost:
        loser.owner = False
    routes = {route: claim.node for route, claim in table.items()}
    _hand_out_aliases(routes)
    return routes, lost


def _claims(node: Node) -> Iterator[Claim]:
    draft = node.draft
    merit = (int(node.routable), int(node.native), len(node.folder.files), collation_key(node.folder.path))
    own = 3 if node.routable else 2
    yield Claim(node.route, (own if draft else 0, *merit), node, True)
    further = {node.own_route, node.raw_route}
    if draft is not None:
        further |= {draft.canonical_route, *draft.alias_routes}
    for route in further - {node.route, ""}:
        yield Claim(route, (1 if draft else 0, *merit[:2], 0, merit[3]), node, False)


def _settle_home(table: dict[str, Claim], home: str) -> None:
    """The page at the home alias gets `/` once all routes are made; it keeps the old one as an alias (b.6)."""
    claim = table.get(home)
    if claim is None or home == "/":
        return
    claim.node.route = "/"
    table["/"] = claim


def _hand_out_aliases(routes: Mapping[str, Node]) -> None:
    found: dict[Node, list[str]] = {}
    for route, node in routes.items():
        if route != node.route:
            found.setdefault(node, []).append(route)
    for node, aliases in found.items():
        node.aliases = tuple(sorted(aliases))


def compare_losers(lost: Iterable[tuple[Node, Node]]) -> dict[str, list[Finding]]:
    """What to say on the page file of each folder that lost its route: page file → findings."""
    found: dict[str, list[Finding]] = {}
    for loser, winner in lost:
        if loser.draft is None or not loser.native or winner.draft is None:
            continue
        differences = _differences(loser, winner)
        code = "G139" if differences else "G138"
        found.setdefault(loser.draft.source, []).append(
            find(code, loser.draft.source, route=loser.route, winner=winner.draft.source,
                 differences="; ".join(differences)))
    return found


def _differences(loser: Node, winner: Node) -> list[str]:
    assert loser.draft is not None and winner.draft is not None
    differences = []
    if loser.draft.digest != winner.draft.digest:
        differences.append("the text or header is another")
    ours = {file.name: file.size for file in loser.folder.files if not file.name.endswith(".md")}
    theirs = {file.name: file.size for file in winner.folder.files if not file.name.endswith(".md")}
    if missing := sorted(ours.keys() - theirs.keys()):
        differences.append("only here: " + ", ".join(missing[:5]))
    if changed := sorted(name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]):
        differences.append("of another size here: " + ", ".join(changed[:5]))
    return differences


def lost_aliases(nodes: Iterable[Node], routes: Mapping[str, Node]) -> Iterator[tuple[str, Finding]]:
    """Aliases that a header names and that lead to another page: (page file, finding)."""
    for node in nodes:
        if node.draft is None or not node.native or not node.owner:
            continue
        for alias in (*node.draft.alias_routes, node.draft.canonical_route):
            winner = routes.get(alias)
            if alias and winner is not None and winner is not node:
                shown = winner.draft.source if winner.draft else winner.folder.path
                yield node.draft.source, find("G147", node.draft.source, alias=alias, winner=shown)


def page_redirects(nodes: Iterable[Node], prefix: str, settings: Settings) -> Iterator[Redirect]:
    """Redirects that pages and page-less folders make (Grav: Pages::dispatch; m.1, f.5)."""
    for node in nodes:
        if not node.owner:
            continue
        origin = address(node.route, prefix)
        if node.draft is not None and node.draft.redirect:
            goal, status = redirect_goal(node.draft.redirect, prefix, settings.redirect_default_code)
            yield Redirect(origin=origin, goal=goal, status=status, subject=node.draft.source)
        elif not node.routable and not node.module and (child := first_shown_child(node, settings)):
            yield Redirect(origin=origin, goal=address(child.route, prefix), status=302,
                           subject=node.draft.source if node.draft else node.folder.path)


def first_shown_child(node: Node, settings: Settings) -> Node | None:
    """The child to which Grav leads on from a folder that has no page to show."""
    return next((child for child in node.children
                 if child.routable and child.visible(settings.hide_empty_folders)), None)


def redirect_goal(written: str, prefix: str, default: int) -> tuple[str, int]:
    """`/blog[303]` → (`/en/blog`, 303); an address with a scheme stays as it is (m.1)."""
    match = _STATUS.search(written)
    goal = written[:match.start()] if match else written
    status = int(match[1]) if match else default
    if not _EXTERNAL.match(goal):
        goal = prefix + "/" + goal.lstrip("/")
        goal = goal.rstrip("/") or "/"
    return goal, status


def address(route: str, prefix: str) -> str:
    """A route with its language prefix: home is `/en`, or `/` without a prefix (g.4)."""
    return prefix + ("" if route == "/" and prefix else route)
