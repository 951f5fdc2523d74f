"""Blocks of what is seen or played: pictures, galleries, videos, sounds, embedded players."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from migrate.model.document import Key
from migrate.model.reference import token
from migrate.writers.wordpress.building import Page
from migrate.writers.wordpress.elements import Element, Node, is_blank, text_of
from migrate.writers.wordpress.markup import html_of, tag
from migrate.writers.wordpress.pictures import Picture, picture_of
from migrate.writers.wordpress.texts import Raw, attribute_html, block

_YOUTUBE = re.compile(r"(?:https?:)?//(?:www\.)?(?:youtube(?:-nocookie)?\.com/(?:embed|v)/|youtu\.be/)([\w-]{11})"
                      r"(?:[?&](?!.*\blist=)[^\s]*)?\Z")
_VIMEO = re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d+)(?:\?[^\s]*)?\Z")
_TWO_READINGS = re.compile(r"&(?:[a-z0-9]+|#[0-9]+|#x[a-f0-9]+);", re.IGNORECASE)
"""Text like a character reference: the editor does not write it as it reads it."""

_START = re.compile(r"[?&](?:start|t)=(\d+)")
_MEDIA = re.compile("\ufdd0url (media:[^\ufdd1]*)\ufdd1")
_SOUND_SWITCHES = frozenset(("autoplay", "loop", "controls", "preload", "src"))
_FILM_SWITCHES = _SOUND_SWITCHES | {"muted", "playsinline", "poster"}
_WITHOUT_MEANING = frozenset(("width", "height", "alt", "title"))
_LINK = frozenset(("href", "target", "rel", "class", "title"))


def seen(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that show something."""
    return [node for node in nodes if not is_blank(node)]


def picture_in(node: Node) -> tuple[Element, Element | None] | None:
    """The picture that a node is, and the link around it; None for anything else."""
    if not isinstance(node, Element):
        return None
    if node.name == "img":
        return node, None
    if node.name == "picture":
        found = [child for child in node.elements if child.name == "img"]
        return (found[0], None) if found else None
    if node.name == "a" and set(node.attributes) <= _LINK:
        inside = seen(node.children)
        if len(inside) == 1 and isinstance(inside[0], Element) and inside[0].name == "img":
            return inside[0], node
    return None


def image(element: Element, link: Element | None, page: Page, caption: str = "", *, nested: bool = False
          ) -> str | None:
    """The image block of a picture; None where none can say it. `caption` is HTML; `nested`: it is part of a gallery.
    """
    picture = _titled(picture_of(element), link)
    if picture.odd or picture.style or _TWO_READINGS.search(f"{picture.source} {picture.alt} {picture.title}"):
        return None
    _note_lost(element, picture, page)
    attributes: dict[str, Any] = {"id": Raw(token(Key(picture.key), "id"))} if picture.key else {}
    classes, style, sized = _size(picture, attributes, page, nested=nested)
    if picture.key:
        attributes["sizeSlug"] = "full"
        classes.append("size-full")
    href, goal = _destination(picture, link)
    if picture.key or href:
        attributes["linkDestination"] = goal
    if picture.align:
        attributes["align"] = picture.align
        classes.append(f"align{picture.align}")
    if picture.classes:
        attributes["className"] = " ".join(picture.classes)
    words = " ".join(("wp-block-image", *classes, *picture.classes))
    anchor = f' id="{attribute_html(picture.anchor)}"' if picture.anchor else ""
    html = href + _img(picture, sized, style) + ("</a>" if href else "") + _caption(caption)
    return block("image", f'<figure class="{attribute_html(words)}"{anchor}>{html}</figure>', attributes)


def _titled(picture: Picture, link: Element | None) -> Picture:
    """The picture with the title of the link around it: the block keeps none for the link, and visitors see either."""
    title = link.attributes.get("title", "") if link is not None else ""
    return replace(picture, title=title) if title and not picture.title else picture


def _note_lost(element: Element, picture: Picture, page: Page) -> None:
    if picture.lost:
        name = "without a name" if picture.key else picture.source
        page.found.append(("G603", "?" + picture.lost[0], {"actions": ", ".join(picture.lost),
                                                           "name": picture.alt or picture.title or name}))


def _size(picture: Picture, attributes: dict[str, Any], page: Page, *, nested: bool) -> tuple[list[str], str, str]:
    """Classes, style and attributes for its size; before 6.3 they were HTML attributes."""
    if nested or not (picture.width or picture.height):
        return [], "", ""
    sides = {"width": picture.width, "height": picture.height}
    sides = {name: side for name, side in sides.items() if side}
    if page.options.modern:
        attributes |= {name: f"{side}px" for name, side in sides.items()}
        return ["is-resized"], ";".join(f"{name}:{side}px" for name, side in sides.items()), ""
    attributes |= sides
    return ["is-resized"], "", "".join(f' {name}="{side}"' for name, side in sides.items())


def _img(picture: Picture, sized: str, style: str) -> str:
    number = f' class="wp-image-{token(Key(picture.key), "id")}"' if picture.key else ""
    title = f' title="{attribute_html(picture.title)}"' if picture.title else ""
    styled = f' style="{style}"' if style else ""
    return (f'<img src="{attribute_html(picture.source)}" alt="{attribute_html(picture.alt)}"{number}{styled}{sized}'
            f"{title}/>")


def _destination(picture: Picture, link: Element | None) -> tuple[str, str]:
    """The opening tag of the link around it, and what kind of link that is."""
    if link is not None:
        own = link.attributes.get("href", "") == picture.source
        given = {name: value for name, value in link.attributes.items() if name in _LINK and name != "title"}
        return tag("a", given), "media" if own else "custom"
    return (tag("a", {"href": picture.source}), "media") if picture.linked and picture.key else ("", "none")


def _caption(html: str) -> str:
    return f'<figcaption class="wp-element-caption">{html}</figcaption>' if html else ""


def figure(element: Element, page: Page) -> list[str]:
    """`<figure>`: one picture or player with its caption."""
    inside = seen(element.children)
    captions = [node for node in inside if isinstance(node, Element) and node.name == "figcaption"]
    others = [node for node in inside if node not in captions]
    if len(others) == 1 and len(captions) < 2 and set(element.attributes) <= {"class", "id"}:
        node = _unwrapped(others[0])
        caption = html_of(captions[0].children).strip() if captions else ""
        made = media(node, page, caption, element)
        if made is not None:
            return [made]
    return page.html([element])


def _unwrapped(node: Node) -> Node:
    """What a paragraph around a single thing holds."""
    if isinstance(node, Element) and node.name == "p" and not node.attributes:
        inside = seen(node.children)
        return inside[0] if len(inside) == 1 else node
    return node


def media(node: Node, page: Page, caption: str = "", around: Element | None = None) -> str | None:
    """The block of a picture, video, sound or embedded player; None where there is none for it.

    `around`: the figure that it stands in, whose classes and anchor it takes over.
    """
    found = picture_in(node)
    if found:
        shown, link = found
        if around is not None:
            more = {"class": " ".join((*shown.classes, *around.classes))} if around.classes else {}
            named = {"id": around.attributes["id"]} if "id" in around.attributes else {}
            shown = Element("img", {**shown.attributes, **more, **named})
        return image(shown, link, page, caption)
    if not isinstance(node, Element) or (around is not None and around.attributes):
        return None
    if node.name in ("video", "audio"):
        return _played(node, caption)
    return embed(node, caption) if node.name == "iframe" and not page.options.frames else None


def _played(element: Element, caption: str) -> str | None:
    if "".join(text_of(element.children)).strip():     # words for browsers that cannot play it
        return None
    given = {name: value for name, value in element.attributes.items() if name not in _WITHOUT_MEANING}
    sources = [child for child in element.elements if child.name == "source"]
    if "src" not in given and len(sources) == 1:
        given["src"] = sources[0].attributes.get("src", "")
    known = _FILM_SWITCHES if element.name == "video" else _SOUND_SWITCHES
    several = len(sources) + ("src" in element.attributes) > 1
    if several or not given.get("src") or not set(given) <= known or given.get("preload") == "":
        return None
    number = _MEDIA.search(given["src"])
    attributes = {"id": Raw(token(Key(number[1]), "id"))} if number else {}
    html = tag(element.name, {name: "" if name in known - {"src", "poster", "preload"} else value
                              for name, value in given.items()})
    text = f'<figure class="wp-block-{element.name}">{html}</{element.name}>{_caption(caption)}</figure>'
    return block(element.name, text, attributes)


def embed(element: Element, caption: str = "") -> str | None:
    """The embed block of a frame with a video of YouTube or Vimeo."""
    source = element.attributes.get("src", "").strip()
    if match := _YOUTUBE.match(source):
        start = _START.search(source)
        address = f"https://www.youtube.com/watch?v={match[1]}" + (f"&t={start[1]}" if start else "")
        return _embedded(address, "youtube", caption)
    match = _VIMEO.match(source)
    return _embedded(f"https://vimeo.com/{match[1]}", "vimeo", caption) if match else None


def _embedded(address: str, provider: str, caption: str) -> str:
    wide = "wp-embed-aspect-16-9 wp-has-aspect-ratio"
    attributes = {"url": address, "type": "video", "providerNameSlug": provider, "responsive": True, "className": wide}
    words = f"wp-block-embed is-type-video is-provider-{provider} wp-block-embed-{provider} {wide}"
    shown = address.replace("&", "&amp;")
    html = f'<div class="wp-block-embed__wrapper">\n{shown}\n</div>'
    return block("embed", f'<figure class="{words}">{html}{_caption(caption)}</figure>', attributes)
