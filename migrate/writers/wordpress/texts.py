"""Text as it must be written so that WordPress shows it as it was.

On its way to the visitor WordPress makes quotes curly, dashes long, `...` an ellipsis, `5x5` a multiplication, `:-)` a
picture, an address on a line of its own an embedded player, `[gallery]` a gallery, and Wordpress WordPress; the last
three in code as well. Character references look the same to readers and are not touched. (WordPress: wptexturize,
convert_smilies, WP_Embed::autoembed, do_shortcode, capital_P_dangit.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

RUN, RUN_END = "\ue016", "\ue017"
"""Around a text that WordPress shall run: a shortcode. It is written as it stands."""

_KEPT = re.compile(f"(\ufdd0[^\ufdd1]*\ufdd1|{RUN}[^{RUN_END}]*{RUN_END})")
"""What the target fills in, and what shall run."""

_DASHES = re.compile(r"--+|-(?<!\S-)(?!\S)")
_RUNS = re.compile(r"\.{3,}|`{2,}")
_TIMES = re.compile(r"(?<=\d)x(?=\d)")
_SMILE = re.compile(r"[:;8](?<!\S.)(?:(?<=[:;])(?=[^\s\d])|(?<=8)(?=-?[)O]))")
_LONE_ADDRESS = re.compile(r"^([ \t]*https?:)//", re.MULTILINE)
_IN_JSON = re.compile(r'--|[<>&]|\\["\\]')
_JSON_SIGNS = {"--": "\\u002d\\u002d", "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", '\\"': "\\u0022",
               "\\\\": "\\u005c"}


class Raw(str):
    """A number for block JSON that only the target knows: a token, written without quotes."""

    __slots__ = ()


def text_html(text: str) -> str:
    """Text between tags."""
    return _in_pieces(text, _text) if "\ufdd0" in text or RUN in text else _text(text)


def code_html(text: str) -> str:
    """Text within `code`, `pre`, `kbd` and `tt`, whose quotes and dashes WordPress leaves alone."""
    return _in_pieces(text, _code) if "\ufdd0" in text or RUN in text else _code(text)


def attribute_html(text: str) -> str:
    """An attribute's value, for double quotes around it."""
    return _in_pieces(text, _attribute) if "\ufdd0" in text or RUN in text else _attribute(text)


def _in_pieces(text: str, written: Callable[[str], str]) -> str:
    """What lies between the pieces that stay as they are."""
    return "".join([written(piece) if number % 2 == 0 else piece.strip(RUN + RUN_END)
                    for number, piece in enumerate(_KEPT.split(text))])


def _text(text: str) -> str:
    text = _code(text)
    if "-" in text:
        text = _DASHES.sub(lambda match: "&#45;" * len(match[0]), text)
    if "..." in text or "``" in text:
        text = _RUNS.sub(lambda match: f"&#{ord(match[0][0])};" * len(match[0]), text)
    if "x" in text:
        text = _TIMES.sub("&#120;", text)
    text = _SMILE.sub(lambda match: f"&#{ord(match[0])};", text)
    for sign, written in _SIGNS:
        if sign in text:
            text = text.replace(sign, written)
    return text


_SIGNS = ((" (tm)", " &#40;tm)"), ('"', "&quot;"), ("'", "&#39;"), ("\u00a0", "&nbsp;"))


def _code(text: str) -> str:
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("[", "&#91;")):
        if sign in text:
            text = text.replace(sign, written)
    if "://" in text:
        text = _LONE_ADDRESS.sub(r"\1&#47;&#47;", text)
    return text.replace("Wordpress", "Wordpre&#115;s") if "Wordpress" in text else text


def _attribute(text: str) -> str:
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("[", "&#91;"), ('"', "&quot;"),
                          ("\u00a0", "&nbsp;")):
        if sign in text:
            text = text.replace(sign, written)
    return text


def block_json(attributes: Mapping[str, Any]) -> str:
    """A block's attributes for its comment: nothing in it can end the comment, or be taken for HTML."""
    pairs = (f"{_json(name)}:{value if isinstance(value, Raw) else _json(value)}"
             for name, value in attributes.items())
    return "{" + ",".join(pairs) + "}"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _IN_JSON.sub(lambda match: _JSON_SIGNS[match[0]], text)


def block(name: str, html: str, attributes: Mapping[str, Any] | None = None) -> str:
    """A block: its comments around `html`."""
    shown = f" {block_json(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{shown} -->\n{html}\n<!-- /wp:{name} -->" if html else f"<!-- wp:{name}{shown} /-->"
