"""Elements as HTML again: such that browsers leave it as it is, and WordPress shows its texts unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from migrate.writers.wordpress.elements import Comment, Element, Node
from migrate.writers.wordpress.html_names import AS_TYPED, BOOLEAN, RAW, VOID
from migrate.writers.wordpress.pictures import inline_attributes
from migrate.writers.wordpress.texts import attribute_html, code_html, text_html

Escape = Callable[[str], str]

_ACTIVE = re.compile(r"\s+(?=/?wp:)|\A(?=(?:more|nextpage|noteaser))")


def html_of(nodes: Sequence[Node], *, code: bool = False) -> str:
    """The nodes as HTML. `code`: they stand in `pre` or `code`."""
    escape = code_html if code else text_html
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return escape(nodes[0])
    out: list[str] = []
    _write(nodes, out, escape)
    return "".join(out)


def tag(name: str, attributes: Mapping[str, str]) -> str:
    """An opening tag."""
    if name == "a" and "target" in attributes:
        attributes = _without_opener(attributes)
    return f"<{name}{attributes_html(attributes)}>"


def attributes_html(attributes: Mapping[str, str]) -> str:
    """Attributes, each with a blank before it."""
    return "".join([f" {name}" if not value and name in BOOLEAN else f' {name}="{attribute_html(value)}"'
                    for name, value in attributes.items()])


def comment_html(comment: Comment) -> str:
    """A comment that WordPress takes for nothing else: no block begins in it, no page ends at it."""
    text = _ACTIVE.sub(lambda match: "" if match[0] else " ", comment.text, count=1).replace("<!--", "<! --")
    return f"<!--{text}-->"


def _write(nodes: Iterable[Node], out: list[str], escape: Escape) -> None:
    for node in nodes:
        if isinstance(node, str):
            out.append(escape(node))
        elif isinstance(node, Comment):
            out.append(comment_html(node))
        else:
            _write_element(node, out, escape)


def _write_element(element: Element, out: list[str], escape: Escape) -> None:
    name = element.name
    attributes = inline_attributes(element) if name == "img" else element.attributes
    out.append(tag(name, attributes))
    if name in VOID:
        return
    if name in RAW:
        out.extend(child for child in element.children if isinstance(child, str))
    else:
        if name == "pre" and element.children[:1] and str(element.children[0]).startswith("\n"):
            out.append("\n")                     # browsers drop the first line end
        _write(element.children, out, code_html if name in AS_TYPED else escape)
    out.append(f"</{name}>")


def _without_opener(attributes: Mapping[str, str]) -> dict[str, str]:
    """As WordPress up to 6.6 saves a link that names a window (wp_targeted_link_rel); to browsers it is the same."""
    rel = attributes.get("rel", "").split()
    return {**attributes, "rel": " ".join(dict.fromkeys((*rel, "noopener")))}
