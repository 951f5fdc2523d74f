"""The addresses of tabs: what Grav made of a shortcode's text, so that links to a tab go on working."""

from __future__ import annotations

from hashlib import md5

from migrate.content.block_nodes import Document
from migrate.content.decisions import Decision, Relink, Replace, Wrap
from migrate.content.html import Printer
from migrate.content.html_escapes import escape_attribute
from migrate.content.tree import Image, Link, Shortcode
from migrate.mappers.place import Place
from migrate.mappers.tags import between, partner_of
from migrate.mappers.words import Reference

_FIRST, _LAST = "\ue016", "\ue017"
_PLAIN_ACTIONS = frozenset({"class", "classes", "id"})


def anchor_of(node: Shortcode, place: Place) -> str | None:
    """The first part of the addresses of a shortcode's parts; None where Grav's text of it cannot be known.

    The last ten digits of the md5 of the whole shortcode, brackets included, as the HTML that it is after Markdown.
    Grav: shortcode-core, ShortcodeManager.php::getId.
    """
    text = _text_of(node, place)
    return None if text is None else md5(text.encode(), usedforsecurity=False).hexdigest()[-10:]


def _text_of(node: Shortcode, place: Place) -> str | None:
    partner = partner_of(node, place)
    if partner is None:
        return node.text
    decisions: dict[int, Decision] = {node.id: Wrap(_FIRST + node.text, partner.text + _LAST)}
    for inner in between(node, place):
        if isinstance(inner, Link | Image):
            printed = _printed(inner, place)
            if printed is None:
                return None
            decisions[inner.id] = printed
    tree = place.tree
    blocks = tuple(block for block in tree.blocks if block.end > node.start and block.start < partner.end)
    html = Printer(tree.dialect, tree, decisions).document(Document(blocks))
    first, last = html.find(_FIRST), html.find(_LAST)
    return html[first + 1:last] if 0 <= first < last else None


def _printed(node: Link | Image, place: Place) -> Decision | None:
    """The element as Grav printed it; None for a picture that it made anew, under a name that nobody can foretell."""
    reference = place.resolve(node.url, image=isinstance(node, Image))
    media = place.around.media.get(reference.key) if reference.key else None
    if isinstance(node, Link) or media is None:
        return Relink(reference.url or node.url, node.title, (*node.attributes, *reference.attributes))
    if media.kind != "image" or {name for name, _ in reference.query} - _PLAIN_ACTIONS:
        return None
    html = _picture(node, reference)
    return Replace(html, False, html)


def _picture(node: Image, reference: Reference) -> str:
    """Attributes in Grav's order (Media/Traits/MediaObjectTrait.php)."""
    given = {"title": node.title or "", **dict((*reference.attributes, *reference.query))}
    given["class"] = given.get("class") or given.get("classes", "").replace(",", " ")
    pairs = (("title", given["title"]), ("alt", node.alt), ("class", given["class"]), ("id", given.get("id", "")),
             ("src", reference.url))
    shown = " ".join(f'{name}="{escape_attribute(value)}"' for name, value in pairs if value or name == "alt")
    return f"<img {shown} />"
