"""The elements of HTML by what they do to each other."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MARK = "x-block\ue020"
"""The element that stands for a block by name, where a mapping asked for one: no page can hold it."""

VOID = _names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")
RAW = _names("script style iframe xmp noembed noframes plaintext")
"""Elements whose content is no HTML."""

ESCAPABLE = _names("textarea title")
"""Elements that hold text only, with entities."""

PARTS = _names("dd dt li caption colgroup tbody td tfoot th thead tr")
"""Elements that stand in a list or table only."""

ENDS_P = _names("address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
                "form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul")
"""Elements that end a paragraph."""

BLOCKS = ENDS_P | PARTS
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
WALLS = _names("table td th caption button object template marquee applet svg math")
"""Elements beyond which a tag has no effect."""

FOREIGN = _names("svg math")
SECTIONS = _names("thead tbody tfoot")
TABLE_PARTS = _names("table tbody thead tfoot tr")
"""Elements that hold no text of their own."""

IN_TABLE = _names("caption colgroup col tbody thead tfoot tr td th script style template")
IMPLIED_ENDS = _names("p li dd dt td th tr tbody thead tfoot option rb rp rt rtc")
"""Elements whose closing tag may be left out."""

IGNORED = _names("html head body frameset")
SPECIAL = BLOCKS | WALLS | _names("iframe script style select textarea title object option")
AS_TYPED = _names("code pre kbd tt")
"""Elements whose quotes and dashes WordPress leaves alone."""

BOOLEAN = _names("allowfullscreen async autofocus autoplay checked controls default defer disabled download hidden "
                 "loop multiple muted novalidate open playsinline readonly required reversed selected")
"""Attributes that are there or not."""

RUBY = {**dict.fromkeys(("rb", "rtc"), _names("rb rp rt rtc")), **dict.fromkeys(("rp", "rt"), _names("rb rp rt"))}
"""Part of a ruby → those that end where it begins."""

NEVER_TWICE = frozenset(("a", "button", "nobr"))   # within each other
_CELLS = ("td", "th", "caption", "object", "template")
KIN = {**{name: ((name,), _CELLS) for name in (*NEVER_TWICE, "form")}, **dict.fromkeys(HEADINGS, (HEADINGS, _CELLS)),
        "li": (("li",), ("ul", "ol", "menu", *_CELLS)), "option": (("option",), ("select", *_CELLS)),
        **dict.fromkeys(("dd", "dt"), (("dd", "dt"), ("dl", *_CELLS)))}
"""Element → those within which it cannot stand, and those in which it can again."""

PARTS_OF_TABLE = SECTIONS | {"caption", "col", "colgroup", "tr", "td", "th"}
_INLINE = FORMATTING - {"a", "nobr"} | frozenset(("span", "sup", "sub", "del", "mark", "abbr", "img", "br", "kbd"))
_FLOW = frozenset(("p", "ul", "ol", "pre", "blockquote", "div", "hr", *HEADINGS)) | _INLINE
NOTHING = frozenset[str]()
DIRECT = {
    **dict.fromkeys(("", "div", "blockquote", "li", "section"), _FLOW),
    **dict.fromkeys(("p", "td", "th", "pre", "a", *HEADINGS, *(_INLINE - VOID)), _INLINE),
    **dict.fromkeys(("ul", "ol"), frozenset(("li",))),
    "table": frozenset(("thead", "tbody", "tfoot")), "tr": frozenset(("td", "th")),
    **dict.fromkeys(SECTIONS, frozenset(("tr",))),
}
"""Parent → what may begin in it without a further thought."""
