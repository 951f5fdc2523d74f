"""Footnotes: WordPress' own since 6.3 (their texts are a field of the page), before that a list at the end."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from migrate.writers.wordpress.elements import Element, Node
from migrate.writers.wordpress.markup import html_of

Notes = list[dict[str, str]]
"""As the field `footnotes` holds them: `id` and `content` (HTML) of each, in order."""

_LABEL = re.compile(r"fn:(.*)\Z", re.DOTALL)
_MENTION = re.compile(r"fnref(\d+):(.*)\Z", re.DOTALL)
_SPACE_OF_NAMES = uuid.UUID("a7c3f7c2-0a5e-4c0e-9a53-6f1c2d8e7b10")


def section_of(nodes: list[Node]) -> Element | None:
    """The section of footnotes at the end of a page."""
    last = next((node for node in reversed(nodes) if isinstance(node, Element)), None)
    found = last is not None and last.name == "div" and last.classes == ["footnotes"]
    return last if found and last is not None and _items(last) else None


def take_notes(nodes: list[Node], section: Element, subject: str) -> Notes:
    """Take the notes out of the page, and mark their mentions as WordPress does; `subject` makes names unique."""
    nodes.remove(section)
    names: dict[str, str] = {}
    notes: Notes = []
    for item in _items(section):
        label = _label(item)
        names[label] = str(uuid.uuid5(_SPACE_OF_NAMES, f"{subject}\n{label}"))
        notes.append({"id": names[label], "content": _content(item)})
    for element in _elements(nodes):
        match = _MENTION.match(element.attributes.get("id", "")) if element.name == "sup" else None
        if match and match[2] in names:
            name, again = names[match[2]], "" if match[1] == "1" else f"-{match[1]}"
            element.attributes = {"data-fn": name, "class": "fn"}
            for link in element.elements:
                link.attributes = {"href": f"#{name}", "id": f"{name}-link{again}"}
    return notes


def as_list(section: Element) -> list[Node]:
    """The notes as a ruled list: items can have no anchor of their own, so that it stands within them."""
    items: list[Node] = []
    for item in _items(section):
        anchor = Element("span", {"id": item.attributes["id"]})
        lead = next((child for child in item.elements if child.name == "p"), None)
        if lead is not None:
            lead.children.insert(0, anchor)
        items.append(Element("li", {}, item.children if lead is not None else [anchor, *item.children]))
    return [Element("hr"), Element("ol", {}, items)]


def _items(section: Element) -> list[Element]:
    return [item for part in section.elements if part.name == "ol" for item in part.elements
            if item.name == "li" and _LABEL.match(item.attributes.get("id", ""))]


def _label(item: Element) -> str:
    return item.attributes["id"].removeprefix("fn:")


def _content(item: Element) -> str:
    """What the note says, without the links back (WordPress makes its own) and without a lone paragraph's tags."""
    for holder in [item, *_elements(item.children)]:
        kept = [node for node in holder.children
                if not (isinstance(node, Element) and "footnote-backref" in node.classes)]
        if len(kept) < len(holder.children):
            while kept and isinstance(kept[-1], str) and not kept[-1].strip("\u00a0 \n"):
                kept.pop()
            if kept and isinstance(kept[-1], str):
                kept[-1] = kept[-1].rstrip("\u00a0 \n")
            holder.children = kept
    parts = [node for node in item.children if not (isinstance(node, str) and not node.strip())]
    parts = [node for node in parts if not (isinstance(node, Element) and node.name == "p" and not node.children)]
    single = parts[0] if len(parts) == 1 else None
    nodes = single.children if isinstance(single, Element) and single.name == "p" else parts
    return html_of(nodes).strip()


def _elements(nodes: list[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from _elements(node.children)
