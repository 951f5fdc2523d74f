"""Where the tags of a body stand, and which belong together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from migrate.content.tree import Occurrence, Plugin, Shortcode
from migrate.mappers.place import Place


def body_of(node: Shortcode | Plugin, place: Place) -> str:
    """The source text between a tag and its partner; "" where there is none."""
    if isinstance(node, Plugin) or (partner := partner_of(node, place)) is None:
        return ""
    return place.tree.source[node.end:partner.start]


def partner_of(node: Shortcode, place: Place) -> Shortcode | None:
    """The closing tag of an opening one."""
    number = place.tree.partners.get(node.id)
    if number is None:
        return None
    nodes = place.tree.occurrences
    at = bisect_left(nodes, number, key=_number)
    found = nodes[at] if at < len(nodes) else None
    return found if isinstance(found, Shortcode) and found.id == number else None


def inner_tags(node: Shortcode, name: str, place: Place) -> tuple[Shortcode, ...]:
    """The opening tags called `name` between a tag and its partner, in order."""
    return tuple(other for other in between(node, place)
                 if isinstance(other, Shortcode) and other.name == name and other.form != "close")


def between(node: Shortcode, place: Place) -> Sequence[Occurrence]:
    """All that can carry a decision between a tag and its partner, in order."""
    nodes = place.tree.occurrences
    first = bisect_right(nodes, node.id, key=_number)
    return nodes[first:bisect_left(nodes, place.tree.partners.get(node.id, node.id), key=_number)]


def stands_alone(node: Shortcode | Plugin, place: Place) -> bool:
    """Whether the tag has a line of the source to itself."""
    source = place.tree.source
    before = source[source.rfind("\n", 0, node.start) + 1:node.start]
    end = source.find("\n", node.end)
    return not before.strip(" \t>") and not source[node.end:end if end >= 0 else None].strip()


def owner_of(node: Shortcode, name: str, place: Place) -> tuple[Shortcode | None, int]:
    """The tag called `name` around a tag, and which of its kind the tag is within it, from 0."""
    for other in reversed(place.tree.occurrences):
        if (isinstance(other, Shortcode) and other.name == name and other.form == "open"
                and other.id < node.id < place.tree.partners.get(other.id, other.id)):
            inner = inner_tags(other, node.name, place)
            return other, next((number for number, tag in enumerate(inner) if tag.id == node.id), 0)
    return None, 0


def _number(node: Occurrence) -> int:
    return node.id
