"""Where the library that stands in for Goldmark is not trusted, and where it is."""

import pytest

from migrate.content.goldmark.doubts import doubt


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
    "```\n- \n\n  | a\n```\n",
])
def test_not_doubtful(text: str) -> None:
    assert doubt(text) is None
