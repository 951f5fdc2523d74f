"""Where the library that stands in for Goldmark is not trusted, and where it is."""

import pytest

from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.goldmark.doubts import doubt
from migrate.content.tree import parse
from migrate.model.document import Dialect


@pytest.mark.parametrize("text", [
    "[x]: /u\n- \n",
    "[x]: /u\n1.\n\n[a][x]\n",
    "| a | b |\n|---|---|\n3) |\n",
    "text\n| a | b |\n|---|---|\n",
    "- [x]: /u\n",
    "- a\n\n  | b |\n  |---|\n  | c |\n\nd\n",
    "- a\n\n  | b |\n  |---|\n",
    "text\n- 1.\n\n   > a\n",
    "[a]\\[b]\n",
    "[a]: u 't' v\n",
    "[a]: u\n  \"q\" b\n",
    "<http://a%zz>\n",
    "![a [b] <c](d)\n",
    "a\n\n- \n\n  b\n",
    "a {{< b\n",
    "a <!--more--> b\n",
    "a | b\\|\n---|---\n",
    "|-\\\n|-\n",
    "a\\|b\n|:-|\n",
    "| \n|:-|\n",
    "x\n     >\n| - | - |\n",
    "> [a]: u](b\n",
    "[a]: u%zz\n",
    "[a\nb]: u\n",
    "[a](b\u00a0c%zz)\n",
    "![a]( b](c \"d\")\n",
    "[a](b[c](d)(e f)\n",
    "![[a]b [![c](d)](e) <f>](g)\n",
    "  -\ta\n\n     b\n",
    "<pre>a</pre*>\n</script>\nb\n",
    "a\n\n</ Dir b>\nc\n",
    "| a | b |\n- | :-\n",
    "a <!doctype b>\n",
    "a\n    -\nb\n",
    "> a\n>     ---\n",
    "- a\nb\n--\n",
    "a~~\u200bb~~\n",
    "_~~a~~\n",
    "```\na\n```\t\n\nb\n",
    "# <pre>a\t\n",
    "-\t b\n",
    "- a\n\n  \t- b\n",
    "<a href=\"b\n  c\">d</a>\n",
    "~~~\n<pre>\n~~~\n\n</pre>\na\n",
    "\t<script>\n\n- a\n\n\n</script>\nb\n",
    "\t```\n\na\\|b\n|:-|\n",
    "- 1. \n \n    ````<!-- a--b -->c\n",
])
def test_doubtful(text: str) -> None:
    assert doubt(text) is not None


@pytest.mark.parametrize("text", [
    "[x]: /u\n[y]: /v\n\n- a\n- b\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n3) c\n",
    "text\n-\n\nmore\n",
    "a {{< b >}}\n",
    "a <!-- more --> b\n",
    "- a\n\n  | b |\n  |---|\n  | c |\n\n  d\n",
    "[a]: u 't'\n[b]: <u> \"t\"\n",
    "<http://a%20b>\n",
    "![a [b] c](d)\n",
    "[![a](b)](c) ![d](e)\n",
    "```\n- \n\n  | a\n```\n",
    "- a\n\n  ```\n  b\n  |:-|\n  ```\n",
    "\\<!DOCTYPE html>\n",
    "> a\n>\n> | b | c |\n> |---|---|\n",
    "a\n--\n\n- b\n",
    "<pre>\na\n</pre>\n",
])
def test_not_doubtful(text: str) -> None:
    assert doubt(text) is None


@pytest.mark.parametrize("text", [
    "# a {% b %}\n",
    "# a{#b}\n",
    "# a {b} {#c}\n",
    "{% if x %}\n-\n",
    "a\nb\n: c\n",
    "a  \n: b\n",
    "a\\\n: b\n",
    "# a\n: b\n",
    "a\n: b\n\n\t````\\\n",
    "    ```\n\n--- {% if x %}: d\n\nb\\\n :\n",
    "[a][^b]\n",
    "[^a][b]\n",
    "- [^a]: b\n",
    "a[^b]\n\n[^b]: c\n\n[^b]: d\n",
])
def test_doubtful_with_extra(text: str) -> None:
    assert doubt(text, extra=True) is not None


@pytest.mark.parametrize("text", [
    "# a {#b .c}\n",
    "a {b}\n",
    "a\n: b\n\nc\n: d\n: e\n\nf\n",
    "x[^a]\n\n[^a]: b\n[^c]: d\n",
])
def test_not_doubtful_with_extra(text: str) -> None:
    assert doubt(text, extra=True) is None


@pytest.mark.parametrize(("text", "options"), [
    ("- - ```\n\n  a\n", GoldmarkOptions()),                                    # unclosed code, which loosens the item
    ("a `b\n    c` d\n".replace("b\n", "\n"), GoldmarkOptions()),              # what indents code's second line
    ("[^1]: a\nb[^1]\n", GoldmarkOptions(extra=True)),                         # a note that only itself mentions
    ("a[^1]\n\n[^1]: b\n</div>\n", GoldmarkOptions(extra=True)),               # a note with the end of its own `<div>`
    ("a\n\t<p>b\n", GoldmarkOptions(hard_wraps=True)),                         # a tag on the next line
])
def test_never_kept(text: str, options: GoldmarkOptions) -> None:
    """What the library shows as Grav does, and Goldmark does not."""
    dialect = Dialect(extra=options.extra)
    assert render(parse(text, dialect), {}, options).text != text
