"""Runs with a fault or a SIGKILL at a random request, each continued to its end: always the same site, nothing twice.

    python -m tests.wordpress.chaos 1000 [--seed 1]

A run's faults follow from its number, so that a failure can be played again: `--only 417`.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import migrate.wordpress
from migrate.errors import MigrateError
from migrate.ledger import open_ledger
from migrate.options import Options
from migrate.pipeline import migrate as run_pipeline
from migrate.screen import Nobody
from migrate.writers.wordpress import batching
from migrate.writers.wordpress.client import Manners
from migrate.writers.wordpress.store import WordPressStore
from tests.grav_site import write
from tests.wordpress.faults import FAULTS, Proxy, proxy
from tests.wordpress.server import Site, Wish, free_port, running

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HASTY = functools.partial(Manners, patience=1.0, read=4.0, deadline=40.0, connect=10.0)
"""Less patient than usual, so that trials are quick; a run without faults has the usual patience."""
MOST_RUNS = 8  # of one trial, until it must have come to its end
LONGEST = 120  # seconds of one run
KEPT = """SELECT p.ID id, post_type kind, post_name slug, post_status status, post_title title, post_content content,
 post_excerpt excerpt, IF(post_type = 'attachment', '', post_date_gmt) date, post_parent parent, menu_order, post_author author,
 (SELECT GROUP_CONCAT(CONCAT(meta_key, '=', meta_value) ORDER BY meta_key SEPARATOR '|') FROM wp_postmeta m
  WHERE m.post_id = p.ID AND meta_key IN ('_thumbnail_id', '_wp_attachment_image_alt', '_wp_attached_file')) meta,
 (SELECT GROUP_CONCAT(CONCAT(taxonomy, ':', t.slug) ORDER BY taxonomy, t.slug) FROM wp_term_relationships r
  JOIN wp_term_taxonomy x USING (term_taxonomy_id) JOIN wp_terms t USING (term_id) WHERE r.object_id = p.ID) terms
 FROM wp_posts p WHERE post_type IN ('post', 'page', 'attachment', 'wp_navigation') AND post_status <> 'auto-draft'"""
TERMS = "SELECT t.name, t.slug, taxonomy FROM wp_terms t JOIN wp_term_taxonomy USING (term_id)"
FRONT = "SELECT option_name name, option_value value FROM wp_options WHERE option_name IN ('show_on_front', 'page_on_front')"


def make_source(root: Path) -> Path:
    """Pages below a page, posts that link forward and back, terms, a gallery, pictures in more than one place."""
    write(root / "config/system.yaml", "timezone: Europe/Berlin\nhome:\n  alias: /home\n")
    write(root / "config/site.yaml", "title: A site\ntaxonomies: [category, tag]\n")
    write(root / "config/plugins/shortcode-core.yaml", "enabled: true\n")
    write(root / "config/plugins/shortcode-owl-carousel.yaml", "enabled: true\n")
    write(root / "pages/01.home/default.md",
          "---\ntitle: Home\n---\n![Front](front.jpg)\n\nSee [the last one](../03.news/05.post-5).\n")
    write(root / "pages/02.about/default.md", "---\ntitle: About\n---\nWe. [Home](/)\n")
    write(root / "pages/02.about/01.team/default.md", "---\ntitle: Team\n---\nUs. [Post](../../03.news/02.post-2)\n")
    write(root / "pages/03.news/blog.md", "---\ntitle: News\n---\n")
    pictures = sorted((Path(__file__).parents[2] / "sample_content/user/pages/03.gallery").glob("*.jpg"))[:3]
    shutil.copyfile(pictures[2], root / "pages/01.home/front.jpg")
    for number in range(6):
        folder = root / f"pages/03.news/{number:02}.post-{number}"
        more = "published: false\n" if number == 4 else ""
        text = (f"---\ntitle: 'Post {number}'\ndate: '{number + 1:02}-03-2020 10:00'\n{more}taxonomy:\n  category: [news]\n"
                f"  tag: [tag-{number % 3}, Жаңа]\n---\nThis is **post {number}**, a summary.\n\n===\n\n"
                f"[Forward](../05.post-5), [back](../00.post-0), [a page](/about/team).\n\n")
        if number in (0, 3):
            text += "".join(f"![Alt {picture.stem}]({picture.name} \"Words\")\n\n" for picture in pictures[number // 3 :])
        write(folder / "item.md", text)
        for picture in pictures[number // 3 :] if number in (0, 3) else ():
            shutil.copyfile(picture, folder / picture.name)
    return root


class Trials:
    """A site behind the proxy, and what it holds after an undisturbed run."""

    def __init__(self, site: Site, faults: Proxy, folder: Path) -> None:
        self.site, self.faults, self.folder = site, faults, folder
        self.source = make_source(folder / "user")
        self.seen: Counter[str] = Counter()
        self.requests: dict[bool, int] = {}
        self.large = True
        self.undisturbed()
        self.expected = self.state()
        self.large = False
        self.undisturbed()
        assert different(self.expected, self.state()) == []

    def undisturbed(self) -> None:
        """A run without faults, and one that writes nothing."""
        self._begin_anew()
        assert self.run({}) == 0, "the undisturbed run fails"
        log = self.faults.log
        self.requests[self.large] = len(log)
        self.writes = [n for n, (method, _, _) in enumerate(log, 1) if method not in ("GET", "HEAD")]
        assert self.run({}) == 0
        assert self.faults.writes == 0, self.faults.log

    def _begin_anew(self) -> None:
        """A site with nothing on it but a stranger's pictures, which have the slugs of two of our pages."""
        self.site.empty()
        self.site.take_slugs("about", "post-2")
        shutil.rmtree(self.folder / "state", ignore_errors=True)

    def trial(self, seed: str, *, large: bool = False) -> list[str]:
        """Runs with faults by this seed. Gives what is wrong in the end, in words.

        `large`: as on a site with thousands of pages, where the next chunk is decided about while one is being
        written, and where some fields are looked at afterwards.
        """
        chance, self.large = random.Random(seed), large
        return self.ended(*(self.faults_by(chance) for _ in range(chance.choice((1, 1, 2)))))

    def ended(self, *plans: Mapping[int, str]) -> list[str]:
        """A run for each of these plans, then undisturbed ones until it has come to its end."""
        self._begin_anew()
        for count in range(MOST_RUNS):
            plan = plans[count] if count < len(plans) else {}
            code = self.run(plan)
            self.seen.update(fault for _, _, fault in self.faults.log if fault)
            if code == 0 and not plan:
                break
            if code not in (0, 3, 5, -signal.SIGKILL):
                return [f"a run ended with {code}"]
        else:
            return [f"not at its end after {MOST_RUNS} runs; the last one ended with {code}"]
        wrong = different(self.expected, self.state())
        self.run({})
        return [*wrong, *(["the run after it has written again"] if self.faults.writes else []), *self.open_intents()]

    def faults_by(self, chance: random.Random) -> dict[int, str]:
        """One to three faults, at any request."""
        last = self.requests[self.large] + 2
        return {chance.randint(1, last): chance.choice(sorted(FAULTS)) for _ in range(chance.choice((1, 1, 2, 3)))}

    def run(self, plan: Mapping[int, str]) -> int:
        """A run in a process of its own; its exit code, negative for a signal."""
        self.faults.plan({})
        child = os.fork()
        if child == 0:
            code = 1
            try:
                self.faults.plan(plan, os.getpid())
                code = self._in_child(HASTY if plan else Manners)
            except BaseException:  # noqa: BLE001  the end of a process, told to whoever reads
                traceback.print_exc()
            finally:
                os._exit(code)
        deadline = time.monotonic() + LONGEST
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return -signal.SIGALRM
            time.sleep(0.01)

    def _in_child(self, manners: Callable[..., Manners]) -> int:
        migrate.wordpress.Manners = manners  # type: ignore[misc, assignment]
        if self.large:
            batching.MANY, WordPressStore.together = 1, 3
        user, password = self.site.auth("admin")
        options = Options(source=str(self.source), out=self.site.url, target="wordpress", user=user, password=password,
                          state=str(self.folder / "state"), jobs=1)
        try:
            ended = run_pipeline(options, Nobody(), NOW)
        except MigrateError as error:
            return error.exit_code
        return 3 if ended.trouble else 0

    def state(self) -> dict[str, Any]:
        """Everything on the site that a visitor or editor would see, with names in the place of numbers."""
        rows = json.loads(self.site.sql(KEPT))
        names = {row["id"]: f"{row['kind']}/{row['slug']}" for row in rows}
        names["0"] = ""
        found: dict[str, Any] = {}
        for row in rows:
            row["parent"] = names.get(row["parent"], row["parent"])
            for field in ("content", "meta"):
                row[field] = re.sub(r'((?:"id":|wp-image-|_thumbnail_id=)"?)(\d+)', lambda m: m[1] + names.get(m[2], m[2]),
                                    row[field] or "")
            key, count = names[row.pop("id")], 1
            while key in found:
                count += 1
                key = f"{key} again"
            found[key] = row
        found["terms"] = sorted(map(str, json.loads(self.site.sql(TERMS))))
        front = {row["name"]: row["value"] for row in json.loads(self.site.sql(FRONT))}
        front["page_on_front"] = names.get(front.get("page_on_front", "0"), "?")
        return found | {"front": front}

    def open_intents(self) -> list[str]:
        """What the ledger still does not know the outcome of."""
        with contextlib.closing(open_ledger(self.folder / "state")) as ledger:
            return [f"an intent is open: {intent.key}" for intent in ledger.intents()]


def different(expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """What is too much, missing or otherwise."""
    wrong = [f"missing: {key}" for key in expected.keys() - found.keys()]
    wrong += [f"too much: {key}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        if expected[key] != found[key]:
            wrong.append(f"otherwise: {key}\n  wanted {expected[key]}\n  found  {found[key]}")
    return sorted(wrong)


@contextlib.contextmanager
def trials(folder: Path) -> Iterator[Trials]:
    """A site, a proxy before it, and the source."""
    port = free_port()
    with running(folder / "site", Wish(public=port)) as site, proxy(port, int(site.door.rpartition(":")[2])) as faults:
        yield Trials(site, faults, folder)


def main() -> int:
    """Run so many trials, and tell what was wrong."""
    parser = argparse.ArgumentParser(prog="chaos")
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int)
    asked = parser.parse_args()
    numbers = range(asked.first, asked.count) if asked.only is None else [asked.only]
    failures, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, trials(Path(folder)) as chaos:
        print(f"An undisturbed run makes {chaos.requests[False]} requests ({chaos.requests[True]} as on a large site) and "
              f"{len(chaos.expected) - 2} posts, pages and files.", flush=True)
        for done, number in enumerate(numbers, 1):
            wrong = chaos.trial(f"{asked.seed}:{number}", large=number % 2 == 1)
            failures += bool(wrong)
            for line in wrong:
                print(f"trial {number}: {line}", flush=True)
            if sys.stdout.isatty() or done % 50 == 0:
                print(f"{done} trials, {failures} failed, {(time.monotonic() - begun) / done:.1f} s each", flush=True)
    print(f"{len(numbers)} trials, {sum(chaos.seen.values())} faults, {failures} failed.")
    print(", ".join(f"{name} {count}" for name, count in sorted(chaos.seen.items())))
    return 3 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
