"""What stands in the bodies: shortcodes, Twig and the like, counted page by page."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from migrate.content.tree import (
    CodeBlock,
    Footnote,
    Html,
    HtmlBlock,
    Image,
    Link,
    MixedHtml,
    Notice,
    Plugin,
    Shortcode,
    Table,
    Tree,
    Twig,
    walk,
)

CONSTRUCTS = {
    Image: "pictures",
    Link: "links",
    Twig: "Twig",
    Table: "tables",
    CodeBlock: "code",
    Notice: "notices",
    Footnote: "footnotes",
    HtmlBlock: "raw HTML",
    Html: "raw HTML",
    MixedHtml: "raw HTML",
}


class Survey(NamedTuple):
    """How often each shortcode and each construct, and on how many pages."""

    shortcodes: Counter[str]
    shortcode_pages: Counter[str]
    constructs: Counter[str]
    construct_pages: Counter[str]


def survey(tree: Tree) -> Survey:
    """Count in one body. A pair of tags is one shortcode; what Grav leaves as text is none."""
    shortcodes: Counter[str] = Counter()
    constructs: Counter[str] = Counter()
    for node in walk(tree):
        if isinstance(node, Shortcode):
            if node.form != "close" and node.id not in tree.inert:
                shortcodes[node.name] += 1
        elif isinstance(node, Plugin):
            shortcodes[f"plugin:{node.name}"] += 1
        elif type(node) in CONSTRUCTS:
            constructs[CONSTRUCTS[type(node)]] += 1
    return Survey(shortcodes, Counter(shortcodes.keys()), constructs, Counter(constructs.keys()))


def together(one: Survey, other: Survey) -> Survey:
    """The sum of two."""
    return Survey(*(a + b for a, b in zip(one, other, strict=True)))


NOTHING = Survey(Counter(), Counter(), Counter(), Counter())
