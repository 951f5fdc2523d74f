"""Looks for texts that we read differently from Parsedown: `python -m tests.fuzz_parsedown --minutes 5`.

Prints the seed, each disagreement made as short as it will go, as a line for one of `content/cases/*.jsonl` where its
switches can be said there, and how many texts were compared.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from random import Random, SystemRandom

from migrate.content.tree import parse
from migrate.model.document import Dialect
from tests.conftest import shared_folder
from tests.content.documents import DIALECTS, texts
from tests.content.goldmark.real_pages import real_pages
from tests.content.parsedown_cases import dialect_of, line, switches_of
from tests.content.parsedown_oracle import Parsedown, cut_in_half, disagreement


def corpus() -> list[str]:
    """The bodies of all real pages, where the corpus is there."""
    place = shared_folder()
    if place is None:
        return []
    return sorted({page.body for page in real_pages(place / "corpus")})


def problem(parsedown: Parsedown, text: str, dialect: Dialect) -> str:
    """What is wrong with our reading of `text`, "" when nothing is, or when Parsedown cuts letters in half."""
    try:
        tree = parse(text, dialect)
        found = disagreement(parsedown, text, dialect)
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"
    if "".join(text[block.start:block.end] for block in tree.blocks) != text:
        return "the blocks do not join to the text"
    if found is None or cut_in_half(found[0], text):
        return ""
    return f"Parsedown: {found[0]!r}\nours:      {found[1]!r}"


def switches(dialect: Dialect) -> str:
    """What differs from the usual dialect."""
    usual = Dialect()
    return ", ".join(f"{field.name}={getattr(dialect, field.name)}" for field in fields(dialect)
                     if getattr(dialect, field.name) != getattr(usual, field.name)) or "plain"


def case(text: str, dialect: Dialect) -> str:
    """The disagreement as a new case, where there are switches for its dialect."""
    names = switches_of(dialect)
    return "\n" + line({"title": "…", "switches": names, "text": text}) if dialect_of(names) == dialect else ""


def shorter(text: str, is_wrong: Callable[[str], bool]) -> str:
    """`text` with everything left out that the problem does not need."""
    size = len(text) // 2
    while size:
        start = 0
        while start < len(text):
            candidate = text[:start] + text[start + size:]
            if is_wrong(candidate):
                text = candidate
            else:
                start += size
        size = size // 2 if size > 1 or len(text) > 1 else 0
        size = max(size, 0)
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; 1 when more than one text in ten thousand is read differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1 << 32))
    parser.add_argument("--count", type=int, default=0, help="stop after so many texts")
    parser.add_argument("--most", type=int, default=10, help="stop after so many disagreements")
    parser.add_argument("--no-extra", action="store_true")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    random, until = Random(options.seed), time.monotonic() + 60 * options.minutes
    compared = wrong = 0
    chosen = [dialect for dialect in DIALECTS if not (options.no_extra and dialect.extra)]
    with Parsedown() as parsedown:
        for text, dialect in texts(random, corpus(), chosen):
            if time.monotonic() > until or wrong >= options.most or compared == (options.count or -1):
                break
            compared += 1
            if problem(parsedown, text, dialect):
                wrong += 1
                text = shorter(text, lambda short, dialect=dialect: bool(problem(parsedown, short, dialect)))
                print(f"\n{switches(dialect)}\n{text!r}\n{problem(parsedown, text, dialect)}{case(text, dialect)}", flush=True)
    print(f"{compared} texts compared, {wrong} disagreements ({wrong / max(1, compared):.4%})")
    return 1 if wrong * 10_000 > compared else 0


if __name__ == "__main__":
    sys.exit(main())
