"""Blocks of text with a form: headings, lists, quotes, code, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from migrate.writers.wordpress.building import Page, shape_of
from migrate.writers.wordpress.elements import Element, Node, holds_blocks, is_blank
from migrate.writers.wordpress.figures import seen
from migrate.writers.wordpress.html_names import BLOCKS
from migrate.writers.wordpress.markup import html_of
from migrate.writers.wordpress.texts import attribute_html, block

_ALIGNED = re.compile(r"\s*text-align\s*:\s*(left|right|center)\s*;?\s*\Z")
_WHOLE_NUMBER = re.compile(r"-?\d{1,9}\Z")


def heading(element: Element, page: Page) -> list[str]:
    """`<h1>` to `<h6>`."""
    shape = shape_of(element)
    if shape is None or holds_blocks(element) or shape.align == "justify":
        return page.html([element])
    level = int(element.name[1])
    attributes: dict[str, Any] = {} if level == 2 else {"level": level}
    aligned = [f"has-text-align-{shape.align}"] if shape.align else []
    if shape.align:
        attributes["textAlign"] = shape.align
    html = f"<h{level}{shape.html('wp-block-heading', *aligned)}>{html_of(element.children).strip()}</h{level}>"
    return [block("heading", html, shape.attributes(**attributes))]


def separator(element: Element, page: Page) -> list[str]:
    """`<hr>`."""
    shape = shape_of(element)
    if shape is None or shape.align:
        return page.html([element])
    html = f"<hr{shape.html('wp-block-separator', 'has-alpha-channel-opacity')}/>"
    return [block("separator", html, shape.attributes())]


def list_of_items(element: Element, page: Page) -> list[str]:
    """`<ul>` and `<ol>`; lists within their items too."""
    text = _list(element, page)
    return page.html([element]) if text is None else [text]


def _list(element: Element, page: Page) -> str | None:
    ordered = element.name == "ol"
    shape = shape_of(element, *(("start", "reversed") if ordered else ()))
    things = seen(element.children)
    items = [node for node in things if isinstance(node, Element) and node.name == "li"]
    if shape is None or shape.align or len(items) != len(things) or not items:
        return None
    attributes, more = _numbering(element) if ordered else ({}, "")
    kept, found = len(page.kept), len(page.found)
    written = [_item(item, page) for item in items]
    if None in written:
        del page.kept[kept:], page.found[found:]
        return None
    inner = "\n\n".join(text for text in written if text is not None)
    html = f"<{element.name}{shape.html('wp-block-list')}{more}>{inner}</{element.name}>"
    return block("list", html, shape.attributes(**attributes))


def _numbering(element: Element) -> tuple[dict[str, Any], str]:
    attributes: dict[str, Any] = {"ordered": True}
    start = element.attributes.get("start", "")
    more = ""
    if _WHOLE_NUMBER.match(start):
        attributes["start"] = int(start)
        more = f' start="{int(start)}"'
    if "reversed" in element.attributes:
        attributes["reversed"] = True
        more += " reversed"
    return attributes, more


def _item(element: Element, page: Page) -> str | None:
    """The text of an item, then what else stands in it as blocks; None for items with attributes of their own."""
    shape = shape_of(element)
    if shape is None or shape.anchor or shape.align:
        return None
    lead, rest = _lead(element.children)
    inner = page.inner(rest)
    html = f"<li{shape.html()}>{html_of(lead).strip()}{inner}</li>"
    return block("list-item", html, shape.attributes())


def _lead(children: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node]]:
    """The text that an item begins with, and the rest."""
    for number, node in enumerate(children):
        if isinstance(node, Element) and (node.name in BLOCKS or holds_blocks(node)):
            if node.name == "p" and not node.attributes and all(map(is_blank, children[:number])):
                return node.children, children[number + 1:]
            return children[:number], children[number:]
    return children, ()


def quote(element: Element, page: Page) -> list[str]:
    """`<blockquote>`, with `<cite>` or `<footer>` at its end as its source."""
    shape = shape_of(element)
    if shape is None or (shape.align and shape.align == "justify"):
        return page.html([element])
    things = seen(element.children)
    cited = ""
    last = things[-1] if things else None
    if isinstance(last, Element) and last.name in ("cite", "footer") and not last.attributes and not holds_blocks(last):
        cited = f"<cite>{html_of(last.children).strip()}</cite>"
        things = things[:-1]
    inner = page.inner([node for node in element.children if node in things or is_blank(node)])
    if not inner and not cited:
        return []
    aligned = [f"has-text-align-{shape.align}"] if shape.align else []
    html = f"<blockquote{shape.html('wp-block-quote', *aligned)}>{inner}{cited}</blockquote>"
    return [block("quote", html, shape.attributes(**({"align": shape.align} if shape.align else {})))]


def preformatted(element: Element, page: Page) -> list[str]:
    """`<pre>`: code where `<code>` is all that it holds; the language is a class."""
    inside = seen(element.children)
    code = inside[0] if len(inside) == 1 and isinstance(inside[0], Element) and inside[0].name == "code" else None
    shape = shape_of(element)
    own = shape_of(code) if code is not None else None
    if shape is None or shape.align or holds_blocks(element):
        return page.html([element])
    if code is None or own is None or own.anchor or own.align:
        html = html_of(element.children, code=True)
        html = f"\n{html}" if html.startswith("\n") else html      # browsers drop the first line end
        return [block("preformatted", f"<pre{shape.html('wp-block-preformatted')}>{html}</pre>", shape.attributes())]
    shape = shape._replace(classes=tuple(dict.fromkeys((*shape.classes, *own.classes))))
    html = f"<pre{shape.html('wp-block-code')}><code>{html_of(_with_blanks(element, code), code=True)}</code></pre>"
    return [block("code", html, shape.attributes())]


def _with_blanks(element: Element, code: Element) -> list[Node]:
    """The code, and the blanks that stood around it: they are seen as well."""
    at = element.children.index(code)
    before = "".join(node for node in element.children[:at] if isinstance(node, str))
    after = "".join(node for node in element.children[at + 1:] if isinstance(node, str)).rstrip()
    return [*([before] if before else []), *code.children, *([after] if after else [])]


def table(element: Element, page: Page) -> list[str]:
    """`<table>` of plain rows and cells."""
    shape = shape_of(element)
    parts: dict[str, list[str]] = {"thead": [], "tbody": [], "tfoot": []}
    caption, odd = "", shape is None or bool(shape.align)
    for node in seen(element.children):
        if not isinstance(node, Element) or (node.attributes and node.name != "caption"):
            odd = True
        elif node.name == "caption" and not caption:
            caption = html_of(node.children).strip()
        elif node.name in parts:
            parts[node.name] += (rows := [_row(row) for row in seen(node.children)])  # type: ignore[arg-type]
            odd = odd or None in rows
        else:
            odd = True
    if odd or shape is None or not any(parts.values()):
        return page.html([element])
    inner = "".join(f"<{name}>{''.join(rows)}</{name}>" for name, rows in parts.items() if rows)
    shown = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    html = f"<figure{shape.html('wp-block-table')}><table>{inner}</table>{shown}</figure>"
    return [block("table", html, shape.attributes(hasFixedLayout=False))]


def _row(row: Node) -> str | None:
    if not isinstance(row, Element) or row.name != "tr" or row.attributes:
        return None
    cells = [_cell(cell) for cell in seen(row.children)]
    return None if None in cells or not cells else f"<tr>{''.join(cell for cell in cells if cell)}</tr>"


def _cell(cell: Node) -> str | None:
    if not isinstance(cell, Element) or _holds_table(cell):
        return None
    align = ""
    for name, value in cell.attributes.items():
        match = _ALIGNED.match(value) if name == "style" else None
        if match or (name == "align" and value in ("left", "right", "center")):
            align = match[1] if match else value
        elif name not in ("style", "align") or value.strip():
            return None
    aligned = f' class="has-text-align-{align}" data-align="{attribute_html(align)}"' if align else ""
    return f"<{cell.name}{aligned}>{html_of(cell.children).strip()}</{cell.name}>"


def _holds_table(element: Element) -> bool:
    return any(child.name == "table" or _holds_table(child) for child in element.elements)
