"""Generate a Grav site of any size: deterministic, about 5 kB a post, no two blocks of text alike.

Every post: headings, paragraphs with emphasis, a list, two links to other posts (one by folder, one by
route), one to another site. Half of them: a nested list. One in three: a table; a code block. One in four: a
quote; an ordered list. One in five: a notice; a picture beside the page (about 10 kB). One in twenty: a
carousel of two pictures. Three in ten are written in Russian, the others in English.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ENGLISH = (HERE / "english.txt").read_text(encoding="utf-8").split()

RUSSIAN = (HERE / "russian.txt").read_text(encoding="utf-8").split()
SECTIONS = 20
PICTURES = HERE.parent / "sample_content" / "user" / "pages" / "03.gallery"


class Post(NamedTuple):
    """One post: its folder below `pages/`, its address, front matter, body, and the pictures beside it."""

    folder: str
    route: str
    header: str
    body: str
    pictures: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole page file."""
        return f"---\n{self.header}---\n{self.body}"


def posts(count: int, seed: int = 1) -> Iterator[Post]:
    """The same posts for the same count and seed."""
    for number in range(count):
        yield Writer(random.Random(f"{seed}:{number}"), number, count).post()


class Writer:
    """Writes one post by the dice that it is given."""

    def __init__(self, dice: random.Random, number: int, count: int) -> None:
        """Choose the language, and remember how many posts there are to link to."""
        self.dice = dice
        self.number = number
        self.count = count
        self.words = RUSSIAN if dice.random() < 0.3 else ENGLISH

    def post(self) -> Post:
        """The post with all its parts."""
        pictures = self.pictures()
        place, route = folder_of(self.number), route_of(self.number)
        return Post(place, route, self.header(), self.body(pictures), pictures)

    def header(self) -> str:
        """Front matter as Grav's editor writes it."""
        day = date(2012, 1, 1) + timedelta(days=self.number % 4000)
        lines = [f"title: '{self.phrase(4, 8).capitalize()}'",
                 f"date: '{day:%d-%m-%Y} {self.dice.randrange(24):02}:{self.dice.randrange(60):02}'",
                 f"author: {self.dice.choice(ENGLISH)}", "taxonomy:", "    category:",
                 f"        - {self.dice.choice(ENGLISH[:12])}", "    tag:"]
        lines += [f"        - {word}" for word in self.dice.sample(self.words[:60], 2)]
        return "\n".join(lines) + "\n"

    def pictures(self) -> tuple[str, ...]:
        """The files that lie beside the post."""
        if self.number % 20 == 0:
            return ("hour-1.jpg", "hour-2.jpg")
        return ("hour-3.jpg",) if self.number % 5 == 1 else ()

    def body(self, pictures: tuple[str, ...]) -> str:
        """Blocks until there are about 4.4 kB."""
        blocks = [self.paragraph(), "==="]
        if len(pictures) > 1:
            slides = "\n".join(f'![{self.phrase(1, 3)}]({name} "{self.phrase(2, 4)}")' for name in pictures)
            blocks.append(f"[owl-carousel items=1 margin=10 loop=true]\n{slides}\n[/owl-carousel]")
        elif pictures:
            blocks.append(f'![{self.phrase(2, 3)}]({pictures[0]} "{self.phrase(2, 4)}")')
        blocks += [self.links(), *self.extras()]
        while sum(len(block.encode()) for block in blocks) < 4400:
            blocks += [f"## {self.phrase(2, 5).capitalize()}", self.paragraph(), self.paragraph()]
        return "\n\n".join(blocks) + "\n"

    def extras(self) -> Iterator[str]:
        """The blocks that only a share of the posts has."""
        yield self.bullets()
        rare = ((3, self.table), (3, self.code), (4, self.quote), (4, self.steps), (5, self.notice))
        for share, block in rare:
            if self.dice.randrange(share) == 0:
                yield f"### {self.phrase(2, 4).capitalize()}"
                yield block()

    def phrase(self, least: int, most: int) -> str:
        """A few words."""
        return " ".join(self.dice.choices(self.words, k=self.dice.randint(least, most)))

    def sentence(self) -> str:
        """A sentence, now and then with emphasis, code or a dash in it."""
        words = self.dice.choices(self.words, k=self.dice.randint(6, 16))
        place, mark = self.dice.randrange(len(words)), self.dice.choice(("", "", "", "*", "**", "`"))
        words[place] = f"{mark}{words[place]}{mark}"
        if self.dice.random() < 0.2:
            words.insert(len(words) // 2, "–")
        text = " ".join(words)
        return text[:1].upper() + text[1:] + self.dice.choice((".", ".", ".", "!", "?"))

    def paragraph(self) -> str:
        """Two to five sentences on lines of their own or on one."""
        glue = self.dice.choice((" ", " ", "\n"))
        return glue.join(self.sentence() for _ in range(self.dice.randint(2, 5)))

    def links(self) -> str:
        """A paragraph with a link by folder, one by route and one to elsewhere."""
        first, second = self.dice.randrange(self.count), self.dice.randrange(self.count)
        section = folder_of(self.number).split("/")[0]
        near = folder_of(first)
        near = f"../{near.split('/')[1]}" if near.startswith(f"{section}/") else f"../../{near}"
        return (f"{self.sentence()} [{self.phrase(1, 3)}]({near}), [{self.phrase(1, 3)}]({route_of(second)}) "
                f"– [{self.phrase(1, 2)}](https://example.org/{self.dice.choice(ENGLISH)}?page={first}). "
                f"{self.sentence()}")

    def bullets(self) -> str:
        """A list, in half of the posts with a second level."""
        lines = []
        for _ in range(self.dice.randint(3, 6)):
            lines.append(f"- {self.phrase(3, 9)}")
            if self.dice.random() < 0.15:
                lines += [f"  - {self.phrase(2, 5)}", f"  - {self.phrase(2, 5)}"]
        return "\n".join(lines)

    def steps(self) -> str:
        """An ordered list."""
        return "\n".join(f"{number}. {self.phrase(3, 9)}" for number in range(1, self.dice.randint(4, 7)))

    def table(self) -> str:
        """A table of three columns."""
        count = self.dice.randint(4, 7)
        rows = ["| " + " | ".join(self.phrase(1, 2) for _ in range(3)) + " |" for _ in range(count)]
        return "\n".join([rows[0], "|:---|:---:|---:|", *rows[1:]])

    def code(self) -> str:
        """A fenced block with characters that mean something elsewhere."""
        lines = [f"{a} = {b}[{number}] * {{{{ {c} }}}} < {number + 1}  # {a} & {c}" for number, (a, b, c) in
                 enumerate(self.dice.choices(ENGLISH, k=3) for _ in range(self.dice.randint(3, 6)))]
        return "\n".join(["```python", *lines, "```"])

    def quote(self) -> str:
        """A quote of one paragraph."""
        return "\n".join(f"> {self.sentence()}" for _ in range(2))

    def notice(self) -> str:
        """A notice, by a plug-in that the site has on."""
        return "!" * self.dice.randint(1, 4) + " " + self.sentence()


def folder_of(number: int) -> str:
    """Where the post lies below `pages/`, in one of twenty sections."""
    section = number % SECTIONS
    return f"{section + 1:02}.section-{section + 1}/{number // SECTIONS + 1:03}.post-{number}"


def route_of(number: int) -> str:
    """The post's address in Grav."""
    return f"/section-{number % SECTIONS + 1}/post-{number}"
