"""Runs of text: a paragraph, or what stands in one alone and has a block of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrate.model.document import Key
from migrate.model.reference import references_in, token
from migrate.writers.wordpress.building import PLAIN, Page, Shape, shape_of
from migrate.writers.wordpress.elements import Comment, Element, Node, holds_blocks
from migrate.writers.wordpress.figures import media, picture_in, seen
from migrate.writers.wordpress.markup import html_of, tag
from migrate.writers.wordpress.texts import RUN, RUN_END, Raw, attribute_html, block

_BUTTONS = frozenset(("btn", "button", "wp-block-button__link"))
_BUTTON_LINK = ("href", "title", "target", "rel")
_PLAYERS = frozenset(("video", "audio", "iframe"))
_ASIDE = frozenset(("script", "style", "link", "meta", "template", "noscript", "object"))
"""What is no text: it goes into a block of HTML beside the paragraph."""


def paragraph_element(element: Element, page: Page) -> list[str]:
    """`<p>`."""
    shape = shape_of(element)
    if shape is None:
        return page.html([element]) if seen(element.children) else []
    return run(element.children, page, shape)


def run(nodes: Sequence[Node], page: Page, shape: Shape = PLAIN) -> list[str]:
    """The blocks of a run of text, pictures and the like."""
    aside = [node for node in nodes if isinstance(node, Element) and node.name in _ASIDE]
    if aside:
        return [*run([node for node in nodes if node not in aside], page, shape), *page.html(aside)]
    things = seen(nodes)
    if not things:
        return _comments(nodes, page)
    return _alone(things, page, shape) or [paragraph(nodes, shape, page)]


def _comments(nodes: Sequence[Node], page: Page) -> list[str]:
    comments = [node for node in nodes if isinstance(node, Comment)]
    return page.html(comments) if comments else []


def _alone(things: list[Node], page: Page, shape: Shape) -> list[str]:
    """Blocks for a run that is made of nothing but such things; [] where it is text."""
    first = things[0]
    if isinstance(first, str):
        return _shortcodes(things)
    if isinstance(first, Comment):
        return []
    if first.name == "img" or first.name in _PLAYERS or first.name in ("a", "picture"):
        return _media(things, page, shape) or _buttons(things) or _file(things, shape)
    return []


def _media(things: list[Node], page: Page, shape: Shape) -> list[str]:
    """Players one below the other; a picture alone on its line. Pictures side by side stay in their line."""
    lines: list[list[Node]] = [[]]
    for node in things:
        if isinstance(node, Element) and node.name == "br":
            lines.append([])
        elif isinstance(node, Element) and node.name in _PLAYERS:
            lines += [[node], []]
        else:
            lines[-1].append(node)
    lines = [line for line in lines if line]
    if any(len(line) > 1 or not _is_media(line[0]) for line in lines):
        return []
    made = []
    for line in lines:
        around = Element("figure", {"class": " ".join(shape.classes)}) if shape.classes and len(lines) == 1 else None
        text = media(_aligned(line[0], shape), page, "", around)
        made += [text] if text is not None else page.html(line)
    return made


def _is_media(node: Node) -> bool:
    return picture_in(node) is not None or (isinstance(node, Element) and node.name in _PLAYERS)


def _aligned(node: Node, shape: Shape) -> Node:
    """A picture in a line that is centred or stands at the right."""
    if shape.align in ("center", "right") and isinstance(node, Element) and node.name == "img":
        return Element("img", {**node.attributes, "class": f"{node.attributes.get('class', '')} align{shape.align}"})
    return node


def _buttons(things: list[Node]) -> list[str]:
    """Links that look like buttons, and nothing else."""
    links = [node for node in things if isinstance(node, Element) and node.name != "br"]
    if len(links) + sum(isinstance(node, Element) and node.name == "br" for node in things) < len(things):
        return []
    if not links or not all(_is_button(link) for link in links):
        return []
    inner = "\n\n".join(_button(link) for link in links)
    return [block("buttons", f'<div class="wp-block-buttons">{inner}</div>')]


def _is_button(link: Element) -> bool:
    return (link.name == "a" and not _BUTTONS.isdisjoint(link.classes) and not holds_blocks(link)
            and set(link.attributes) <= {"class", *_BUTTON_LINK} and bool(link.text().strip()))


def _button(link: Element) -> str:
    classes = " ".join(word for word in link.classes if word not in _BUTTONS)
    given = {name: link.attributes[name] for name in _BUTTON_LINK if name in link.attributes}
    opening = tag("a", {"class": "wp-block-button__link wp-element-button", **given})
    words = attribute_html(f"wp-block-button {classes}".strip())
    return block("button", f'<div class="{words}">{opening}{html_of(link.children).strip()}</a></div>',
                 {"className": classes} if classes else None)


def _file(things: list[Node], shape: Shape) -> list[str]:
    """A link to a file of the library, and nothing else."""
    link = things[0]
    if len(things) != 1 or not isinstance(link, Element) or link.name != "a" or set(link.attributes) != {"href"}:
        return []
    href = link.attributes["href"]
    media_keys = [reference.key for reference in references_in(href) if reference.key.startswith("media:")]
    if shape != PLAIN or len(media_keys) != 1 or href != token(media_keys[0], "url"):
        return []
    if link.elements or not link.text().strip():
        return []
    name = f"wp-block-file--media-{token(Key(media_keys[0]), 'id')}"
    attributes: dict[str, Any] = {"id": Raw(token(Key(media_keys[0]), "id")), "href": href,
                                  "showDownloadButton": False}
    html = f'<a id="{name}" href="{href}">{html_of(link.children)}</a>'
    return [block("file", f'<div class="wp-block-file">{html}</div>', attributes)]


def _shortcodes(things: list[Node]) -> list[str]:
    """Tags for WordPress to run, and nothing else."""
    made: list[str] = []
    for node in things:
        if not isinstance(node, str) or RUN not in node:
            return []
        for piece in node.split(RUN)[1:] if not node.split(RUN)[0].strip() else [""]:
            tagged, end, rest = piece.partition(RUN_END)
            if not end or rest.strip():
                return []
            made.append(block("shortcode", tagged))
    return made


def paragraph(nodes: Sequence[Node], shape: Shape, page: Page) -> str:
    """The paragraph block."""
    html = html_of(nodes).strip(" \t\n\r")
    if shape == PLAIN:
        return f"<!-- wp:paragraph -->\n<p>{html}</p>\n<!-- /wp:paragraph -->"
    align, classes = _alignment(shape, page)
    return block("paragraph", f"<p{shape.html(*classes)}>{html}</p>", shape.attributes(**align))


def _alignment(shape: Shape, page: Page) -> tuple[dict[str, str], list[str]]:
    if not shape.align:
        return {}, []
    if shape.align == "justify":
        page.asked.add("justify")
    return {"align": shape.align}, [f"has-text-align-{shape.align}"]
