"""Pictures that texts show only as the source made them anew (smaller, cut, in grey): visitors know them by the name
that it gave those, `img1.jpg` for `IMG_1.jpg?resize=300`, and so shall the media library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

MAKING = frozenset(
    ("resize", "forceResize", "cropResize", "cropZoom", "zoomCrop", "crop", "negate", "brightness", "contrast",
     "grayscale", "emboss", "smooth", "sharp", "edge", "colorize", "sepia", "gaussianBlur", "rotate", "flip",
     "quality", "format", "fixOrientation", "enableProgressive"))
"""Actions that make another file of a picture. (Grav: ImageMedium, its calls of `image()`.)"""

_PICTURE = re.compile(r"\.(?:jpe?g|png|webp)(?![\w.])(?:\?([^\s()<>\"']*))?", re.IGNORECASE)
_BEFORE = re.compile(r"[\s()<>\"'\[\]{}=,]")
_LONGEST = 300                                        # characters of a path that are looked at
_DROPPED = re.compile(r"[^a-z0-9-]+")


def made_name(name: str) -> str:
    """The name that Grav gives to what it makes of a picture; the picture's own where letters would be lost."""
    stem, dot, extension = name.rpartition(".")
    if not stem.isascii():
        return name
    made = _DROPPED.sub("", stem.lower().replace(" ", "-"))
    return f"{made}{dot}{extension}" if made.strip("-") else name


def mentions(text: str) -> Iterator[tuple[str, bool]]:
    """The paths of pictures that a text names, and whether a making action follows."""
    for match in _PICTURE.finditer(text):
        start = match.start(1) - 1 if match[1] is not None else match.end()
        path = _BEFORE.split(text[max(0, start - _LONGEST):start])[-1]
        actions = (part.partition("=")[0] for part in (match[1] or "").split("&"))
        yield unquote(path), not MAKING.isdisjoint(actions)
