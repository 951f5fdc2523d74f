"""Text as it must be written so that WordPress shows it as it was.

On its way to the visitor WordPress makes quotes curly, dashes long, `...` an ellipsis, `5x5` a multiplication, `:-)` a
picture, an address on a line of its own an embedded player, `[gallery]` a gallery, and Wordpress WordPress; the last
three in code as well. Character references look the same to readers and are not touched. (WordPress: wptexturize,
convert_smilies, WP_Embed::autoembed, do_shortcode, capital_P_dangit.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

RUN, RUN_END = "\ue016", "\ue017"
"""Around a text that WordPress shall run: a shortcode. It is written as it stands."""

_KEPT = f"\ufdd0[^\ufdd1]*\ufdd1|{RUN}[^{RUN_END}]*{RUN_END}"    # what the target fills in; what shall run
_SPACE = r"[^\s\u00a0]"
_CODE = re.compile(rf"{_KEPT}|[&<>\[]|(?:(?<=\n)|^)[ \t]*https?://|(?<![^ >(])Wordpress")
_TEXT = re.compile(
    rf"{_KEPT}|[&<>\[\"'\u00a0]"
    rf"|--+|(?<!{_SPACE})-(?!{_SPACE})"                          # dashes
    r"|\.\.\.|``| \(tm\)|(?<=\d)x(?=\d)"
    r"|(?<!\S)(?:[:;](?=[^\s\d])|8(?=-?[)O]))"                   # smilies
    r"|(?:(?<=\n)|^)[ \t]*https?://|(?<![^ >(])Wordpress")
_ATTRIBUTE = re.compile(rf"{_KEPT}|[&<>\[\"\u00a0]")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;", '"': "&quot;", "'": "&#39;", "\u00a0": "&nbsp;",
          "-": "&#45;", "...": "&#46;..", "``": "&#96;`", " (tm)": " &#40;tm)", "x": "&#120;", ":": "&#58;",
          ";": "&#59;", "8": "&#56;", "Wordpress": "Wordpre&#115;s"}
_IN_JSON = re.compile(r'--|[<>&]|\\"')
_JSON_SIGNS = {"--": "\\u002d\\u002d", "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", '\\"': "\\u0022"}


class Raw(str):
    """A number for block JSON that only the target knows: a token, written without quotes."""

    __slots__ = ()


def text_html(text: str) -> str:
    """Text between tags."""
    return _TEXT.sub(_written, text)


def code_html(text: str) -> str:
    """Text within `code`, `pre`, `kbd` and `tt`, whose quotes and dashes WordPress leaves alone."""
    return _CODE.sub(_written, text)


def attribute_html(text: str) -> str:
    """An attribute's value, for double quotes around it."""
    return _ATTRIBUTE.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    sign = match[0]
    known = _SIGNS.get(sign)
    if known is not None:
        return known
    if sign[0] == RUN:
        return sign[1:-1]
    if sign[0] == "-":
        return "&#45;" * len(sign)
    return sign[:-2] + "&#47;&#47;" if sign.endswith("//") else sign


def block_json(attributes: Mapping[str, Any]) -> str:
    """A block's attributes for its comment: nothing in it can end the comment, or be taken for HTML."""
    pairs = (f"{json.dumps(name)}:{value if isinstance(value, Raw) else _json(value)}"
             for name, value in attributes.items())
    return "{" + ",".join(pairs) + "}"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _IN_JSON.sub(lambda match: _JSON_SIGNS[match[0]], text)


def block(name: str, html: str, attributes: Mapping[str, Any] | None = None) -> str:
    """A block: its comments around `html`."""
    shown = f" {block_json(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{shown} -->\n{html}\n<!-- /wp:{name} -->" if html else f"<!-- wp:{name}{shown} /-->"
