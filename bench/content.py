"""How fast Markdown is read, and said again for Goldmark, on one core."""

from __future__ import annotations

import time

from bench.posts import posts
from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import parse
from migrate.model.document import Dialect

DIALECT = Dialect(notices=("yellow", "red", "blue", "green"), shortcodes=frozenset({"owl-carousel"}))


def parse_speed(count: int) -> dict[str, float]:
    """MB/s of `parse` alone and of `parse` and `render` together, and the seconds of the slowest post."""
    bodies = [post.body for post in posts(count)]
    size = sum(len(body.encode()) for body in bodies) / 1e6
    start = time.perf_counter()
    for body in bodies:
        parse(body, DIALECT)
    parsed = time.perf_counter() - start
    options, times = GoldmarkOptions(), []
    for body in bodies:
        begun = time.perf_counter()
        render(parse(body, DIALECT), {}, options)
        times.append(time.perf_counter() - begun)
    return {"parse": size / parsed, "goldmark": size / sum(times), "slowest": max(times)}
