"""Measure a migration to a real WordPress beside bare batch calls that carry the same bodies.

    python -m bench.wordpress [1000] [--rounds 3] [--json FILE]

Each round does everything once, on an emptied site; of each command the round in the middle counts, and of what is
compared the middle of the rounds' ratios, for a machine is not equally fast all the time. In the first table server and
client share this machine's processors; in the second the server has one to itself, as a server on another machine has,
and the client another one, for the bare script as for us.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import requests

from bench.measure import Cost, measure
from bench.sites import make_grav_site
from tests.wordpress.packages import Unavailable
from tests.wordpress.server import Site, running

HERE = Path(__file__).resolve().parent
FIELDS = "title,slug,status,date_gmt,content,excerpt,categories,tags"
OURS, BATCHES, SINGLE = "grav-migrate wordpress", "bare batches of 25", "one POST for each"
AGAIN = "second run, nothing changed"
AIM = 0.9  # of the bare script's speed
SHARED, APART = "server and client share all processors", "a processor for the server, another for the client"
PICTURES = re.compile(r"\[owl-carousel.*?\[/owl-carousel\]|^!\[[^\n]*$", re.S | re.M)


class Row(NamedTuple):
    """A command's cost, and what the server spent on it."""

    cost: Cost
    server: float

    @property
    def seconds(self) -> float:
        """By the clock."""
        return self.cost.seconds


class Bench:
    """One site, one source, and the commands."""

    def __init__(self, site: Site, folder: Path, count: int) -> None:
        """Lay out `count` posts without pictures, and nothing else: the bare script sends posts only."""
        self.site, self.folder, self.count = site, folder, count
        os.environ["GRAV_MIGRATE_PASSWORD"] = os.environ["PASSWORD"] = site.users["admin"]
        make_grav_site(folder / "user", count)
        for file in (folder / "user/pages").rglob("item.md"):
            file.write_text(PICTURES.sub("Words in the place of pictures.", file.read_text("utf-8")), "utf-8")
        for file in (folder / "user/pages").rglob("*.*"):
            if file.is_file() and file.name != "item.md":
                file.unlink()
        self.rows: dict[str, dict[str, list[Row]]] = {}
        self.mine = sorted(os.sched_getaffinity(0))

    def round(self) -> None:
        """Everything once, in both ways."""
        self.commands(SHARED, {BATCHES: 25, SINGLE: 1})
        if len(self.mine) > 1:
            with self.apart():
                self.commands(APART, {BATCHES: 25})

    @contextlib.contextmanager
    def apart(self) -> Iterator[None]:
        """Server and client on a processor each."""
        pin(members(self.site.pids), self.mine[:1])
        os.sched_setaffinity(0, self.mine[1:2])
        try:
            yield
        finally:
            os.sched_setaffinity(0, self.mine)
            pin(members(self.site.pids), self.mine)

    def commands(self, way: str, others: Mapping[str, int]) -> None:
        """Ours, and what it is compared with: bodies in pieces of a size."""
        ours = [sys.executable, "-m", "migrate", "wordpress", str(self.folder / "user"), self.site.url,
                "--user", "admin", "--state", str(self.folder / "state"), "--yes"]
        bare = [sys.executable, str(HERE / "bare_batches.py"), self.site.api, "admin"]
        self.empty()
        self.command(way, OURS, ours)
        bodies = self.folder / "bodies.json"
        bodies.write_text(json.dumps(self.bodies()), encoding="utf-8")
        self.command(way, AGAIN, ours)
        for name, size in others.items():
            self.empty()
            self.command(way, name, [*bare, str(bodies), str(size)])

    def command(self, way: str, name: str, line: list[str]) -> None:
        """Run one, and keep what it took."""
        print(f"  {name} …", end="\r", file=sys.stderr, flush=True)
        before = spent_by(self.site.pids)
        cost = measure(line)
        row = Row(cost, spent_by(self.site.pids) - before)
        if cost.code:
            raise SystemExit(f"{name} ended with {cost.code}: {cost.words}")
        self.rows.setdefault(way, {}).setdefault(name, []).append(row)

    def empty(self) -> None:
        """As if nothing had been, with a warm opcache."""
        self.site.empty()
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        self.site.reply("wp/v2/posts")

    def bodies(self) -> dict[str, Any]:
        """What our run has made, as the bare script shall send it."""
        kept: dict[str, Any] = {}
        slugs: dict[str, dict[int, str]] = {}
        for kind in ("categories", "tags"):
            rows = self.all(kind, "id,name,slug")
            slugs[kind] = {row["id"]: row["slug"] for row in rows}
            kept[kind] = [{"name": row["name"], "slug": row["slug"]} for row in rows if row["slug"] != "uncategorized"]
        kept["posts"] = [
            {name: value.get("raw") if isinstance(value, dict) else value for name, value in post.items()}
            | {kind: [slugs[kind][number] for number in post[kind]] for kind in slugs}
            for post in self.all("posts", FIELDS, status="any", context="edit")
        ]
        return kept

    def all(self, kind: str, fields: str, **more: str) -> list[dict[str, Any]]:
        """A whole list."""
        rows: list[dict[str, Any]] = []
        pages = page = 1
        while page <= pages:
            asked = {"per_page": 100, "page": page, "_fields": fields, **more}
            reply = requests.get(f"{self.site.api}wp/v2/{kind}", asked, auth=self.site.auth(), timeout=60)
            rows += reply.json()
            pages, page = int(reply.headers["x-wp-totalpages"]), page + 1
        return rows


def members(groups: Collection[int]) -> dict[int, list[str]]:
    """All processes in these groups: what /proc/PID/stat says from the third field on."""
    found: dict[int, list[str]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = place.read_text().rpartition(") ")[2].split()
            if int(fields[2]) in groups:
                found[int(place.parent.name)] = fields
    return found


def spent_by(groups: Collection[int]) -> float:
    """Processor seconds of all processes in these groups."""
    return sum(sum(map(int, fields[11:15])) for fields in members(groups).values()) / os.sysconf("SC_CLK_TCK")


def pin(processes: Iterable[int], cores: Iterable[int]) -> None:
    """Let all threads of these processes run on these processors only."""
    for process in processes:
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(int(task.name), cores)


def table(rounds: Mapping[str, Sequence[Row]], count: int) -> str:
    """Time, speed and memory of each, and who spent it."""
    rows = {name: sorted(some, key=lambda row: row.seconds)[len(some) // 2] for name, some in rounds.items()}
    lines = [f"{'':30}{'time':>9}{'posts/s':>9}{'client CPU':>12}{'server CPU':>12}{'memory':>9}"]
    lines += [f"{name:30}{row.seconds:7.2f} s{count / row.seconds:9.0f}{row.cost.processor:10.2f} s{row.server:10.2f} s"
              f"{row.cost.memory / 1e6:6.0f} MB" for name, row in rows.items()]
    shares = [bare.seconds / ours.seconds for bare, ours in zip(rounds[BATCHES], rounds[OURS], strict=True)]
    share = median(shares)
    more = (rows[OURS].cost.processor - rows[BATCHES].cost.processor) / count * 1000
    server = (rows[OURS].server - rows[BATCHES].server) / count * 1000
    again = rows[AGAIN].seconds / count * 1000
    lines += ["", (f"speed / bare batches: {share:.0%}, of rounds from {min(shares):.0%} to {max(shares):.0%} "
                  f"(aim: at least 90 %: {'yes' if share >= AIM else 'NO'})"),
              f"client's processor time beyond the bare script's: {more:.2f} ms for each post",
              f"server's beyond what it spends on the bare script: {server:.2f} ms for each post",
              f"second run: {again:.2f} s for 1,000 posts (aim: under 1 s: {'yes' if again < 1 else 'NO'})"]
    return "\n".join(lines)


def main() -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="bench.wordpress")
    parser.add_argument("posts", nargs="?", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            with running(Path(folder) / "site") as site:
                bench = Bench(site, Path(folder), asked.posts)
                for _ in range(asked.rounds):
                    bench.round()
        except Unavailable as error:
            print(f"No WordPress to measure with: {error}.")
            return 0
    print(f"\n{asked.posts:,} posts of about 5 kB, a category and two tags each; WordPress {site.version}, MariaDB, "
          f"php -S with 4 workers, {os.cpu_count()} cores")
    for way, rounds in bench.rows.items():
        print(f"\n{way.capitalize()}:\n{table(rounds, asked.posts)}")
    if asked.json:
        figures = {way: {name: [[*row.cost[:3], row.server] for row in some] for name, some in rounds.items()}
                   for way, rounds in bench.rows.items()}
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
