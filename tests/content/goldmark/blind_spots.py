"""Where the library that stands in for Goldmark reads a text otherwise, and nothing makes the judge doubt it.

Far more telling than whole pages: each of these may become a difference that no finding announces, but only one in
hundreds does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from migrate.content.compare import fold
from migrate.content.goldmark import GoldmarkOptions
from migrate.content.goldmark.doubts import doubt
from migrate.content.goldmark.finishing import finish
from migrate.content.goldmark.preview import preview
from migrate.content.goldmark.tokens import without_controls
from tests.content.goldmark.differences import UNCLOSED, spelled, spelled_lines
from tests.content.hugo_oracle import goldmark_html

_EMPTY_CELL = re.compile(r"<(t[dh])[^>]*>\s*</")            # Goldmark aligns no cells that a row lacks
_COMMENT = re.compile(r"\n(?=<!--)")                        # of the line end before one in an item the library knows nothing
_NEVER_EQUAL = re.compile("[\ue01e]|footnote-definition")   # no page of Grav's is taken for this


class BlindSpot(NamedTuple):
    """A text, and what the library and Hugo show for it."""

    text: str
    preview: str
    hugo: str


def blind_spots(hugo: str, texts: Iterable[str], options: GoldmarkOptions) -> list[BlindSpot]:
    """Those of the texts that Hugo shows otherwise than the library, though nothing in them is doubtful.

    Without footnotes, which the two print in different ways.
    """
    clean = [without_controls(text).replace("[^", "[n") for text in texts]
    trusted = [text for text in clean if doubt(text, extra=options.extra) is None]
    shown = goldmark_html(hugo, [finish(text, {}) for text in trusted], options)
    found = [BlindSpot(text, preview(text, options), html) for text, html in zip(trusted, shown, strict=True)]
    return [spot for spot in found if not _NEVER_EQUAL.search(spot.preview) and not _agree(spot)]


def _agree(spot: BlindSpot) -> bool:
    ours, hugo = (_COMMENT.sub("", _EMPTY_CELL.sub(r"<\1></", spelled(html))) for html in (spot.preview, spot.hugo))
    if UNCLOSED.search(ours) and UNCLOSED.search(hugo):
        ours, hugo = UNCLOSED.sub("", ours), UNCLOSED.sub("", hugo)        # it swallows the rest: see G212
    return any(spelled_lines(spelling(ours)) == spelled_lines(spelling(hugo)) for spelling in (fold, str))
