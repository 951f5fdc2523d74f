"""Pictures: what `<img>` and Grav's actions say of one, as far as WordPress has a word for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from migrate.model.document import Key
from migrate.model.reference import token
from migrate.writers.wordpress.elements import Element

_SOURCE = re.compile("\ufdd0url ([^\ufdd1]*)\ufdd1(.*)\\Z", re.DOTALL)
_NUMBER = re.compile(r"(\d+)(?:\.\d+)?(?:px)?\Z")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*?)\s*(?:;|\Z)")
_SIDES = {"left": "left", "right": "right", "center": "center", "float-left": "left", "float-right": "right",
          "pull-left": "left", "pull-right": "right", "alignleft": "left", "alignright": "right",
          "aligncenter": "center"}
_FITTED = frozenset(("cropResize", "resize"))         # scaled to fit into a box
_FILLED = frozenset(("cropZoom", "zoomCrop", "forceResize"))
_LINKED = frozenset(("lightbox", "link"))
_SILENT = frozenset(
    ("quality", "format", "cache", "enableProgressive", "derivatives", "sizes", "loading", "decoding", "fetchpriority",
     "display", "thumbnail", "loop", "autoplay", "controls", "muted", "preload", "noprocess", "retina_scale",
     "higherDensity", "reset", "watermark"))
"""Actions that change nothing which the reader of a page sees, or that WordPress does by itself."""
_DROPPED = frozenset(("src", "alt", "title", "class", "id", "style", "width", "height", "loading", "decoding",
                      "fetchpriority", "srcset", "sizes", "longdesc", "border", "crossorigin"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture. `key` names the attachment, "" for one elsewhere; `source` is its address, without actions.

    `width` and `height` are pixels, 0 where nothing is said. `linked`: it opens its own file. `style` is what is
    left of its style, `odd` holds attributes that no block has a place for, `lost` actions that WordPress cannot do.
    """

    key: str
    source: str
    alt: str = ""
    title: str = ""
    classes: tuple[str, ...] = ()
    anchor: str = ""
    align: str = ""
    width: int = 0
    height: int = 0
    style: str = ""
    linked: bool = False
    odd: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def picture_of(element: Element) -> Picture:
    """What an `<img>` says."""
    given = element.attributes
    key, source, actions = _source(given.get("src", ""))
    words = [*element.classes, *_words(actions.get("classes", "")), *_words(actions.get("class", ""))]
    style = {**_style(given.get("style", "")), **_style(actions.get("style", ""))}
    align = next((_SIDES[word] for word in words if word in _SIDES), style.pop("float", ""))
    align = align if align in ("left", "right", "center") else ""
    width, height = _size(given, style, actions)
    return Picture(
        key=key, source=source, alt=given.get("alt", ""), title=given.get("title", ""),
        classes=tuple(word for word in words if word not in _SIDES and not word.startswith("wp-image-")),
        anchor=given.get("id", "") or actions.get("id", ""), align=align,
        width=width, height=height, style="; ".join(f"{name}: {value}" for name, value in style.items()),
        linked=not _LINKED.isdisjoint(actions), odd=tuple(name for name in given if name not in _DROPPED),
        lost=tuple(name for name in actions if name not in _KNOWN))


_KNOWN = _FITTED | _FILLED | _LINKED | _SILENT | frozenset(("classes", "class", "style", "id", "width", "height"))


def inline_attributes(element: Element) -> Mapping[str, str]:
    """The attributes of a picture that stands in a line of text, in the form of WordPress' own inline pictures."""
    source = element.attributes.get("src", "")
    if not source.startswith("\ufdd0"):
        return element.attributes
    picture = picture_of(element)
    words = [*([f"wp-image-{token(Key(picture.key), 'id')}"] if picture.key else ()), *picture.classes]
    if picture.align:
        words.append(f"align{picture.align}")
    style = [picture.style] if picture.style else []
    style += [f"width: {picture.width}px"] if picture.width else []
    others = {name: element.attributes[name] for name in picture.odd}
    found = {"class": " ".join(words), "id": picture.anchor, "style": "; ".join(style), "title": picture.title}
    return {**{name: value for name, value in found.items() if value}, "src": picture.source, "alt": picture.alt,
            **others}


def _source(source: str) -> tuple[str, str, dict[str, str]]:
    """Key, address and actions: what follows a reference to an attachment is for us, not for a browser."""
    match = _SOURCE.match(source)
    if match is None:
        return "", source, {}
    return match[1], token(Key(match[1]), "url"), _actions(match[2]) if match[2] else {}


@lru_cache(maxsize=512)
def _actions(tail: str) -> dict[str, str]:
    query = tail.partition("#")[0].removeprefix("?")
    return dict(parse_qsl(query, keep_blank_values=True))


def _size(given: Mapping[str, str], style: dict[str, str], actions: Mapping[str, str]) -> tuple[int, int]:
    """Width and height as they were asked for; a box that the picture is fitted into says only its width."""
    width, height = 0, 0
    for name, value in actions.items():
        if name in _FITTED or name in _FILLED:
            sides = [_pixels(side) for side in value.split(",")] + [0, 0]
            width, height = (sides[0], sides[1] if name in _FILLED else 0)
    width = _pixels(style.get("width", "")) or _pixels(actions.get("width", "")) or _pixels(given.get("width", "")) \
        or width
    height = _pixels(style.get("height", "")) or _pixels(actions.get("height", "")) \
        or _pixels(given.get("height", "")) or height
    for name in ("width", "height"):
        if _pixels(style.get(name, "")) or style.get(name) == "auto":
            del style[name]
    return width, height


def _pixels(text: str) -> int:
    match = _NUMBER.match(text.strip())
    return int(match[1]) if match and len(match[1]) < 6 else 0


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _style(text: str) -> dict[str, str]:
    return {match[1].lower(): match[2] for match in _DECLARATION.finditer(text)} if text else {}
