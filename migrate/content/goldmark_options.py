"""What Hugo's Goldmark is set up to read: the switches, and the [markup] table that says them to Hugo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldmarkOptions:
    """How the site's Goldmark reads Markdown; one choice for the whole site, as hugo.toml has only one.

    A page whose own dialect differs is written so that it looks right all the same.
    """

    hard_wraps: bool = False              # a line end is a line break (Grav: auto_line_breaks)
    extra: bool = False                   # footnotes, definition lists, {#id .class} after headings
    html_to_markdown: bool = False        # raw HTML becomes Markdown where nothing is lost


def hugo_markup(options: GoldmarkOptions) -> dict[str, Any]:
    """The `[markup]` table of hugo.toml under which Goldmark renders as this package assumes.

    Hugo 0.146 and newer. Strikethrough is Hugo's own `delete` because GFM's takes a single `~` too. Linkify is off
    also where Grav links bare addresses (`auto_url_links`): Goldmark's rule is another (`www.`, mail addresses, where
    an address ends), so each of them is written `<https://…>`. The highlighter is off because it takes words in
    braces out of a fence's first line and rewrites the code.
    """
    return {
        "goldmark": {
            "renderer": {"unsafe": True, "hardWraps": options.hard_wraps, "xhtml": False},
            "parser": {
                "attribute": {"block": False, "title": options.extra},
                "wrapStandAloneImageWithinParagraph": True,
            },
            "extensions": {
                "definitionList": options.extra,
                "footnote": options.extra,        # a table since 0.151, which still takes the plain switch
                "linkify": False,
                "strikethrough": False,
                "table": True,
                "taskList": False,
                "typographer": {"disable": True},
                "extras": {"delete": {"enable": True}},
                "passthrough": {"enable": False},
                "cjk": {"enable": False},
            },
            "renderHooks": {"image": {"useEmbedded": "never"}, "link": {"useEmbedded": "never"}},
        },
        "highlight": {"codeFences": False},
    }
