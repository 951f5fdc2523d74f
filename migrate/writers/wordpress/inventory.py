"""What stands on the site, listed once at the start, a hundred at a time, and kept up with our own writes.

Never a look-up for each post: a thousand rows cost half a second, a thousand look-ups twenty.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from migrate.writers.wordpress.client import FORBIDDEN, Client, Refusal, Reply
from migrate.writers.wordpress.kinds import BY_NATURAL, KINDS, asked_for, plain_slug

PAGE = 100
NUMBER = re.compile(r"-(?:[2-9]|[1-9][0-9])\Z")  # behind a slug: a greater one is a year rather
LONGEST_LIST = 1500  # characters of slugs or ids in one address
FINAL_LINK = frozenset({"publish", "private", "inherit"})  # statuses in which the link is the last one
LATEST = 2**63 - 1  # nanoseconds that the ledger can hold: the year 2262; a post may be dated after it
STANDING = "publish,future,draft,pending,private"


class Row(NamedTuple):
    """One thing on the site. `modified` in nanoseconds, -1 where its kind has no such time; `date` in UTC, as the site
    writes it; `fields` of terms only."""

    id: int
    kind: str
    slug: str
    parent: int
    status: str
    modified: int
    date: str
    link: str
    fields: Mapping[str, Any]


class Inventory:
    """Rows by kind, read when the first of a kind is asked for."""

    def __init__(self, client: Client) -> None:
        """Nothing is asked yet."""
        self._client = client
        self._pool = ThreadPoolExecutor(client.manners.connections, "inventory")
        self._lock = threading.RLock()
        self._since = time.monotonic()
        self._rows: dict[str, dict[int, Row]] = {}
        self._places: dict[str, dict[str, int]] = {}
        self._listed: dict[str, frozenset[int]] = {}
        self._numbered: dict[str, dict[str, list[int]]] = {}
        self._hidden: set[str] = set()

    @property
    def age(self) -> float:
        """Seconds since the lists were begun."""
        return time.monotonic() - self._since

    def by_id(self, kind: str, number: int) -> Row | None:
        """The row with this id."""
        with self._lock:                     # while other things are being written, rows come and go
            return self._of(kind).get(number)

    def by_place(self, natural_key: str) -> Row | None:
        """What stands under a natural key such as `post:slug` or `page:parent/slug`."""
        natural, _, place = natural_key.partition(":")
        kind = BY_NATURAL.get(natural)
        if kind is None:
            return None
        with self._lock:
            rows = self._of(kind)
            number = self._places[kind].get(plain_slug(place))
            return rows.get(number) if number is not None else None

    def place_of(self, row: Row) -> str:
        """Where a row stands among those of its kind: slugs from the top down, as in natural keys."""
        with self._lock:
            return self._place(row)

    def numbered(self, natural_key: str) -> list[Row]:
        """What has stood there since before anything was written, under a natural key with a number behind; the oldest
        first."""
        natural, _, place = natural_key.partition(":")
        kind = BY_NATURAL[natural]
        with self._lock:
            rows = self._of(kind)
            found = (rows.get(number) for number in self._by_base(kind).get(place.rpartition("/")[2], ()))
            return [row for row in found if row is not None and NUMBER.sub("", self._place(row)) == place]

    def was_there(self, kind: str, number: int) -> bool:
        """Whether it stood there when its kind was listed: before anything of it was written."""
        with self._lock:
            self._of(kind)
            return number in self._listed[kind]

    def is_hidden(self, kind: str) -> bool:
        """Whether we may not look at things of this kind: menus, for those who may not change the theme."""
        return kind in self._hidden

    def note(self, kind: str, reply: Mapping[str, Any]) -> Row:
        """Remember what a reply says of one thing."""
        row = row_of(kind, reply)
        with self._lock:
            self.forget(kind, row.id)
            self._rows[kind][row.id] = row
            self._places[kind][self._place(row)] = row.id
        return row

    def forget(self, kind: str, number: int) -> None:
        """What was removed."""
        with self._lock:
            row = self._of(kind).pop(number, None)
            if row is not None and self._places[kind].get(self._place(row)) == number:
                del self._places[kind][self._place(row)]

    def close(self) -> None:
        """Let go of the threads."""
        self._pool.shutdown()

    def fetched(self, kind: str, numbers: Sequence[int], names: Iterable[str]) -> dict[int, Mapping[str, Any]]:
        """These things with these fields, by id; what is gone is missing."""
        rows = (self._of(kind).get(number) for number in numbers)
        waits = any(row is not None and row.status not in FINAL_LINK for row in rows)
        fields = asked_for(kind, names, waits=waits)
        params = {"include": "", "per_page": PAGE, "context": KINDS[kind].context, "_fields": fields}
        asked = [params | {"include": part} for part in _parts([str(number) for number in numbers])]
        return {int(item["id"]): item for items in self._lists(kind, asked) for item in items}

    def looked_up(self, kind: str, slugs: Sequence[str], names: Iterable[str]) -> list[Mapping[str, Any]]:
        """What stands under these slugs now, with these fields: asked of the site, and remembered."""
        params = {"per_page": PAGE, "context": KINDS[kind].context, "_fields": asked_for(kind, names)}
        found: list[Mapping[str, Any]] = []
        for part in _parts(slugs):

            def ask(page: int, part: str = part) -> Reply:
                which = {"slug": part, "page": page, "orderby": "id"}  # pages below others may share a slug
                return self._client.reply("GET", KINDS[kind].route, _with_status(kind, params | which))

            rows = _rows_in(ask(1).json)
            found += rows + (_further(ask) if len(rows) >= PAGE else [])
        for item in found:
            self.note(kind, item)
        return found

    def read(self, kinds: Iterable[str]) -> None:
        """List these kinds, side by side, unless they are listed already."""
        with self._lock:
            missing = [kind for kind in dict.fromkeys(kinds) if kind in KINDS and kind not in self._rows]
            for kind, items in self._all(missing).items():
                rows = [row_of(kind, item) for item in items]
                self._rows[kind] = {row.id: row for row in rows}
                self._listed[kind] = frozenset(self._rows[kind])
                self._places[kind] = {}
                for row in rows:
                    self._places[kind].setdefault(self._place(row), row.id)  # the oldest has the name

    def _of(self, kind: str) -> dict[int, Row]:
        if kind not in self._rows:
            self.read((kind,))
        return self._rows[kind]

    def _by_base(self, kind: str) -> dict[str, list[int]]:
        """The ids of what had a numbered slug when it was listed, by the slug without the number."""
        if kind not in self._numbered:
            bases = self._numbered[kind] = {}
            for number in sorted(self._listed[kind]):
                row = self._rows[kind].get(number)
                if row is not None and (base := NUMBER.sub("", row.slug)) != row.slug:
                    bases.setdefault(base, []).append(number)
        return self._numbered[kind]

    def _place(self, row: Row) -> str:
        if row.kind != "page":
            return row.slug
        path, rows, seen = [row.slug], self._rows["page"], {row.id}
        while row.parent and row.parent not in seen and (above := rows.get(row.parent)) is not None:
            row = above
            seen.add(row.id)
            path.append(row.slug)
        return "/".join(reversed(path))

    def _all(self, kinds: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
        """Whole lists: the first page of each says how many there are, unless somebody on the way drops that."""
        found: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in kinds}
        pages: list[tuple[str, int]] = []
        for kind, reply in zip(kinds, self._pool.map(self._first, kinds), strict=True):
            if reply is None:
                self._hidden.add(kind)
                continue
            rows, total = _rows_in(reply.json), reply.headers.get("x-wp-totalpages", "")
            found[kind] += rows
            if total.isdigit():
                pages += [(kind, page) for page in range(2, int(total) + 1)]
            elif len(rows) >= PAGE:
                found[kind] += _further(partial(self._page, kind))
        replies = self._pool.map(self._page, [kind for kind, _ in pages], [page for _, page in pages])
        for (kind, _), reply in zip(pages, replies, strict=True):
            found[kind] += _rows_in(reply.json)
        return found

    def _first(self, kind: str) -> Reply | None:
        try:
            return self._page(kind, 1)
        except Refusal as refusal:
            # To ask for a status that one may not see is an invalid parameter.
            if kind != "navigation" or refusal.status not in (400, *FORBIDDEN):
                raise
            return None

    def _page(self, kind: str, page: int) -> Reply:
        params = {"per_page": PAGE, "page": page, "context": KINDS[kind].context, "_fields": asked_for(kind, ())}
        order = {"orderby": "id", "order": "asc"}
        return self._client.reply("GET", KINDS[kind].route, _with_status(kind, params | order))

    def _lists(self, kind: str, asked: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
        for params in asked:
            yield _rows_in(self._client.get(KINDS[kind].route, _with_status(kind, params)))


def row_of(kind: str, reply: Mapping[str, Any]) -> Row:
    """A reply as a row."""
    return Row(
        id=int(reply["id"]),
        kind=kind,
        slug=plain_slug(str(reply.get("slug", ""))),
        parent=int(reply.get("parent") or 0),
        status=str(reply.get("status", "publish")),
        modified=_moment(reply.get("modified_gmt")),
        date=str(reply.get("date_gmt") or "").removesuffix("Z"),
        link=str(reply.get("source_url" if kind == "media" else "link") or ""),
        fields={} if KINDS[kind].dated else reply,
    )


def _further(ask: Callable[[int], Reply]) -> list[Mapping[str, Any]]:
    """All pages of a list but the first, one after the other, until one is not full."""
    found: list[Mapping[str, Any]] = []
    while len(found) % PAGE == 0:
        try:
            rows = _rows_in(ask(2 + len(found) // PAGE).json)
        except Refusal as refusal:
            if refusal.status != 400:
                raise
            break  # there is no such page
        if not rows:
            break
        found += rows
    return found


def _with_status(kind: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Posts and pages of every status but the trash; a term has none, and an attachment its own."""
    return dict(params) | ({"status": STANDING} if kind in ("post", "page", "navigation") else {})


def _rows_in(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict) and "id" in item] if isinstance(value, list) else []


def _moment(text: Any) -> int:
    """A time such as 2020-01-02T03:04:05 in nanoseconds; -1 for none."""
    try:
        seconds = int(datetime.fromisoformat(str(text)).replace(tzinfo=UTC).timestamp())
        return min(max(seconds, 0) * 1_000_000_000, LATEST)
    except ValueError:
        return -1


def _room(name: str) -> int:
    return len(quote(name, safe="%")) + 1


def _parts(names: Sequence[str]) -> Iterator[str]:
    """Names joined by commas, in pieces that fit into an address."""
    waiting: list[str] = []
    taken = 0
    for name in names:
        its = _room(name)
        if waiting and (len(waiting) >= PAGE or taken + its > LONGEST_LIST):
            yield ",".join(waiting)
            waiting, taken = [], 0
        waiting.append(name)
        taken += its
    if waiting:
        yield ",".join(waiting)
