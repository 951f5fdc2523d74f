"""How fast Markdown is read, and said again for Goldmark, on one core: processor time, so that others may work too.

The bodies are those of the real sites beside the repository, and generated posts where these are missing.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.posts import posts
from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import Tree, parse
from migrate.model.document import Dialect
from tests.conftest import shared_folder
from tests.content.goldmark.real_pages import RealPage, real_pages
from tests.hostile.texts import DIALECT, TWIG, hostile_texts

POSTS = Dialect(notices=("yellow", "red", "blue", "green"), shortcodes=frozenset({"owl-carousel"}))
HOSTILE = 100_000           # characters


class Slowest(NamedTuple):
    """The page that takes longest: its name, size in bytes, seconds, and the kind of block that takes most of them."""

    name: str
    size: int
    seconds: float
    why: str


class Speed(NamedTuple):
    """MB/s over all bodies."""

    bodies: str
    megabytes: float
    parse: float
    goldmark: float              # `parse` and `render` together, the self-check included
    slowest_to_parse: Slowest
    slowest: Slowest
    hostile: tuple[tuple[str, float], ...]


def content_speed(count: int) -> Speed:
    """Measure; `count` posts are generated where there are no real sites."""
    gc.set_threshold(100_000, 20, 50)            # as the program itself does
    place = shared_folder()
    pages = list(real_pages(place / "corpus")) if place else generated(count)
    size = sum(len(page.body.encode()) for page in pages) / 1e6
    parsing, rendering = timed(pages, read), timed(pages, read_and_say)
    what = f"{len(pages)} bodies of real pages" if place else f"{len(pages)} generated bodies"
    return Speed(what, size, size / sum(parsing), size / sum(rendering), slowest(pages, parsing, read),
                 slowest(pages, rendering, read_and_say), hostile_times())


def generated(count: int) -> list[RealPage]:
    """So many posts of the generated site."""
    return [RealPage(post.folder, post.body, POSTS) for post in posts(count)]


def read(page: RealPage) -> Tree:
    """The page's tree."""
    return parse(page.body, page.dialect)


def read_and_say(page: RealPage) -> object:
    """What Hugo gets."""
    return render(read(page), {}, GoldmarkOptions(extra=page.dialect.extra))


def timed(pages: Sequence[RealPage], work: Callable[[RealPage], object]) -> list[float]:
    """Seconds for each page, the better of two rounds."""
    rounds = [[seconds(work, page) for page in pages] for _ in range(2)]
    return [min(both) for both in zip(*rounds, strict=True)]


def seconds(work: Callable[[RealPage], object], page: RealPage) -> float:
    """Processor time of one call."""
    start = time.process_time()
    work(page)
    return time.process_time() - start


def slowest(pages: Sequence[RealPage], times: Sequence[float], work: Callable[[RealPage], object]) -> Slowest:
    """The slowest page, and why: each of its blocks alone, summed up by kind."""
    longest = max(range(len(pages)), key=times.__getitem__)
    page, kinds, sizes = pages[longest], Counter[str](), Counter[str]()
    for block in read(page).blocks:
        alone = page._replace(body=page.body[block.start:block.end])
        kinds[type(block).__name__] += round(seconds(work, alone) * 1e6)
        sizes[type(block).__name__] += len(alone.body.encode())
    kind, micro = kinds.most_common(1)[0]
    why = f"{micro / sum(kinds.values()):.0%} of it for {sizes[kind] / 1000:.1f} kB of {kind}"
    return Slowest(page.name, len(page.body.encode()), times[longest], why)


def hostile_times() -> tuple[tuple[str, float], ...]:
    """The three texts of 100,000 characters that take longest to parse, with seconds."""
    found: Counter[str] = Counter()
    for name, text in hostile_texts(HOSTILE).items():
        for dialect in (DIALECT, TWIG):
            page = RealPage(name, text, dialect)
            found[name] = max(found[name], round(seconds(read, page) * 1e6))
    return tuple((name, micro / 1e6) for name, micro in found.most_common(3))


def in_words(speed: Speed) -> str:
    """The figures in words, with what we aim at."""
    lines = [f"Markdown, on one core, {speed.bodies}, {speed.megabytes:.1f} MB:",
             f"parse {speed.parse:.2f} MB/s ({aim(speed.parse, 3)})",
             f"parse, say it for Goldmark and check that {speed.goldmark:.2f} MB/s ({aim(speed.goldmark, 1.5)})"]
    for what, page in (("slowest to parse", speed.slowest_to_parse), ("slowest of both", speed.slowest)):
        lines.append(f"{what}: {page.name}, {page.size / 1000:.1f} kB in {page.seconds * 1000:.0f} ms, {page.why}")
    worst = ", ".join(f"{name} {time:.2f} s" for name, time in speed.hostile)
    verdict = "yes" if speed.hostile[0][1] < 1 else "NO"
    return "\n".join((*lines, f"hostile texts of {HOSTILE / 1000:.0f} kB (aim: under 1 s: {verdict}): {worst}"))


def aim(speed: float, least: float) -> str:
    """Whether it is fast enough."""
    return f"aim: at least {least}: {'yes' if speed >= least else 'NO'}"


if __name__ == "__main__":
    print(in_words(content_speed(400)))
