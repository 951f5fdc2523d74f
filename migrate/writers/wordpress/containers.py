"""Blocks that hold other blocks: groups, columns, details."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from migrate.writers.wordpress.building import Page, Shape, shape_of
from migrate.writers.wordpress.carousels import gallery_of
from migrate.writers.wordpress.elements import Element, Node, is_blank
from migrate.writers.wordpress.figures import embed, seen
from migrate.writers.wordpress.html_names import BLOCKS
from migrate.writers.wordpress.markup import html_of
from migrate.writers.wordpress.texts import block

_COLUMN = re.compile(r"(?:col|column|large|medium)(?:-(?:xs|sm|md|lg|xl))?-(\d{1,2})\Z")
_SHARED = re.compile(r"\s*columns\s*:\s*(\d)\b")
_GROUPS = frozenset(("section", "article", "aside", "main", "header", "footer"))


_STYLES = {"tabs-wrapper": "tabs", "notices": "notices"}
"""Classes that Grav's plug-ins brought a style for."""


def group(element: Element, page: Page) -> list[str]:
    """`<div>` and its like."""
    made = _known(element, page)
    if made is not None:
        return made
    shape = shape_of(element)
    if shape is None:
        return page.html([element])
    page.asked.update(_STYLES[word] for word in shape.classes if word in _STYLES)
    if element.name == "div" and not element.attributes:
        return page.flow(element.children)
    return [group_block(shape, page.inner(element.children), page, element.name)]


def group_block(shape: Shape, inner: str, page: Page, name: str = "div") -> str:
    """A group with this inside."""
    more: dict[str, Any] = {"tagName": name} if name in _GROUPS else {}
    name = name if name in _GROUPS else "div"
    if shape.align:
        shape = shape._replace(classes=(*shape.classes, f"has-text-align-{shape.align}"))
        if shape.align == "justify":
            page.asked.add("justify")
    html = f"<{name}{shape.html('wp-block-group')}>{inner}</{name}>"
    return block("group", html, shape.attributes(**more))


def _known(element: Element, page: Page) -> list[str] | None:
    """What certain classes mean, wherever they come from."""
    player = _single_frame(element)
    if player is not None and not page.options.frames and (shown := embed(player)):
        return [shown]
    for word, maker in _BY_CLASS.items():
        if word in element.classes:
            return maker(element, page)
    return None


def _single_frame(element: Element) -> Element | None:
    """The frame that is all there is within an element, however deep."""
    while True:
        inside = seen(element.children)
        if len(inside) != 1 or not isinstance(inside[0], Element):
            return None
        element = inside[0]
        if element.name == "iframe":
            return element


def _row(element: Element, page: Page) -> list[str] | None:
    """A row of Bootstrap's twelve columns."""
    things = seen(element.children)
    columns = [node for node in things if isinstance(node, Element) and node.name in ("div", "article", "section")]
    widths = [_twelfths(column) for column in columns]
    if len(columns) < 2 or len(columns) != len(things) or None in widths or set(element.attributes) != {"class"}:
        return None
    if sum(width or 0 for width in widths) > 12:
        return None
    inner = [_column(page.inner(column.children), (width or 0) / 12 * 100)
             for column, width in zip(columns, widths, strict=True)]
    return [block("columns", f'<div class="wp-block-columns">{_joined(inner)}</div>')]


def _twelfths(column: Element) -> int | None:
    if set(column.attributes) != {"class"}:
        return None
    return next((int(match[1]) for word in column.classes if (match := _COLUMN.match(word))), None)


def _column(inner: str, width: float = 0) -> str:
    if not width:
        return block("column", f'<div class="wp-block-column">{inner}</div>')
    share = f"{width:.2f}".rstrip("0").rstrip(".") + "%"
    return block("column", f'<div class="wp-block-column" style="flex-basis:{share}">{inner}</div>', {"width": share})


def _shared(element: Element, page: Page) -> list[str] | None:
    """A text that flows through so many columns: its blocks in columns of about the same length."""
    match = _SHARED.match(element.attributes.get("style", ""))
    things = [node for node in element.children if isinstance(node, Element) or not is_blank(node)]
    if match is None or any(isinstance(node, str) or node.name not in BLOCKS  # type: ignore[union-attr]
                            for node in things):
        return None
    count = int(match[1])
    if not 2 <= count <= len(things):
        return None
    columns = [_column(page.inner(part)) for part in _dealt(things, count)]
    return [block("columns", f'<div class="wp-block-columns">{_joined(columns)}</div>')]


def _dealt(things: list[Node], count: int) -> list[list[Node]]:
    """In order, each part about as long as the others, none empty."""
    sizes = [len(node.text()) + 40 if isinstance(node, Element) else 0 for node in things]
    parts: list[list[Node]] = [[]]
    share, filled = sum(sizes) / count, 0
    for number, (node, size) in enumerate(zip(things, sizes, strict=True)):
        needed = count - len(parts)
        full = filled + size / 2 > share * len(parts)
        if parts[-1] and needed and (full or len(things) - number <= needed):
            parts.append([])
        parts[-1].append(node)
        filled += size
    return parts


def _joined(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


def _gallery(element: Element, page: Page) -> list[str] | None:
    """Pictures beside each other."""
    made = gallery_of(element.children, page, {"linkTo": "none"})
    return [made] if made is not None else None


def details(element: Element, page: Page) -> list[str]:
    """`<details>`: a block since 6.3, HTML before."""
    shape = shape_of(element, "open")
    things = seen(element.children)
    summary = things[0] if things and isinstance(things[0], Element) and things[0].name == "summary" else None
    if shape is None or shape.align or summary is None or summary.attributes or not page.options.modern:
        return page.html([element])
    opened = "open" in element.attributes
    rest = [node for node in element.children if node is not summary]
    inner = page.inner(rest)
    html = (f"<details{shape.html('wp-block-details')}{' open' if opened else ''}>"
            f"<summary>{html_of(summary.children).strip()}</summary>{inner}</details>")
    return [block("details", html, shape.attributes(**({"showContent": True} if opened else {})))]


_BY_CLASS: Mapping[str, Callable[[Element, Page], list[str] | None]] = MappingProxyType({
    "row": _row, "sc-columns": _shared, "gallery": _gallery,
})
