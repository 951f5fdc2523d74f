"""Writing for Goldmark takes time in proportion to the text, whatever the text: judging, mending and patching too."""

from __future__ import annotations

import time

import pytest

from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import parse
from migrate.model.document import Dialect

SIZE = 20_000                                 # characters
SECONDS = 1.0                                 # a tenth of it will do, but a machine may be slow
PLAIN = Dialect(shortcodes=frozenset({"center", "u"}))
EXTRA = Dialect(extra=True, notices=("yellow", "red", "blue", "green"))
PIECES = (
    "*a _b ", "[a](", "![a <", "[a]: x\n", "[a]: (\n", "]:", "]:%", "[^1]: x\n", "[^1] ", "{{< a ", "{{< x >}}\n\n", "{{%", "~~~",
    "~", "`", "``` ", "<!--", "<!-- \n\n", "<script", "\n<script", "<pre>\n\n</pre>\n", "</pre>\n", "<div>\n\n", "</div>\n", " ",
    "\t", "- \n\n", "- a\n\n  b\n", "* a\n+ b\n", "> - ", "a|b\n-|-\n", "|-\n", "a\n: b\n", ": b\n", "a  \n", "&", "\n", "=\"%41",
    "<a href=\"%", "<b>x</b>\n\n", " </p>", "<div markdown=\"1\">\n", "! a\n", "===\n\n", "<http://a%", "<", "# a {#b .c}\n",
)


@pytest.mark.parametrize("extra", [False, True])
@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_again_and_again(piece: str, extra: bool) -> None:
    options = GoldmarkOptions(extra=extra, hard_wraps=extra)
    for end in ("", "x\n\nend\n", "\n--> >}} %}} </script> </pre>\n"):
        tree = parse(piece * (SIZE // len(piece)) + end, EXTRA if extra else PLAIN)
        start = time.process_time()
        render(tree, {}, options)
        assert time.process_time() - start < SECONDS, end


def test_many_definitions_and_notes() -> None:
    numbers = range(2000)
    text = "\n".join(f"[d{n}]: /d" for n in numbers) + "\n\n" + "".join(f"[d{n}] ![d{n}] " for n in numbers) + "\n\n"
    text += "".join(f"[^{n}] " for n in numbers) + "\n\n" + "\n".join(f"[^{n}]: *x*y" for n in numbers)
    tree = parse(text, EXTRA)
    start = time.process_time()
    render(tree, {}, GoldmarkOptions(extra=True))
    assert time.process_time() - start < 3 * SECONDS
