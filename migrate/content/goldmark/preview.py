"""What Hugo's Goldmark will show for a text, foretold by a fast CommonMark library (pulldown-cmark).

The two agree but for the cases in `doubts.py`. A lone `~` is hidden from the library, which would strike text
through with it.
"""

from __future__ import annotations

import re

import pyromark

from migrate.content.goldmark.tokens import DIVIDER, unwrap_tokens
from migrate.content.goldmark_options import GoldmarkOptions

_PLAIN = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_EXTRA = (_PLAIN | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_DEFINITION_LIST
          | pyromark.Options.ENABLE_HEADING_ATTRIBUTES)
_LONE_TILDE = re.compile(r"~(?<!~~)(?<!\\~)(?!~)")
_STAND_IN = "\u2053"                      # SWUNG DASH: punctuation to both, as ~ is
_STAND_IN_CODE = "%E2%81%93"


def preview(text: str, options: GoldmarkOptions) -> str:
    """The HTML of the text, with `<br />` for line breaks and without the ids that Hugo gives headings."""
    flags = _EXTRA if options.extra else _PLAIN
    if DIVIDER in text:
        text = text.replace(DIVIDER, "")
    if "~" in text:
        html = pyromark.html(_LONE_TILDE.sub(_STAND_IN, text), options=flags)
        html = html.replace(_STAND_IN, "~").replace(_STAND_IN_CODE, "~")
    else:
        html = pyromark.html(text, options=flags)
    return unwrap_tokens(html) if "\ue010" in html else html
