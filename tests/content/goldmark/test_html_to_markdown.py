"""Raw HTML becomes Markdown where the mapping asks for it and nothing is lost."""

from __future__ import annotations

import pytest

from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.tree import parse
from migrate.model.document import Dialect


@pytest.mark.parametrize(("html", "wanted"), [
    ("<p>a <em>b</em></p>", "a *b*"),
    ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b"),
    ("<h2>T</h2>\n<p>a</p>", "## T\n\na"),
    ("<p>1) a_b</p>", "1\\) a\\_b"),
    ("<p class='x'>a</p>", "<p class='x'>a</p>"),
    ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
    ("<div>a</div>", "<div>a</div>"),
    ("<table><tr><td>1</td></tr></table>", "<table><tr><td>1</td></tr></table>"),
    ("<script>a()</script>", "<script>a()</script>"),
])
def test_html_that_markdown_can_say(html: str, wanted: str) -> None:
    tree = parse(html + "\n", Dialect())
    assert render(tree, {}, GoldmarkOptions(html_to_markdown=True)).text == wanted + "\n"
    assert render(tree, {}, GoldmarkOptions()).text == html + "\n"
