"""Everything in one body that is not plain Markdown: decided node by node, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from migrate.content.decisions import Decision, Replace
from migrate.content.tree import Definition, Image, Link, Occurrence, Plugin, Shortcode, Twig
from migrate.findings import Finding
from migrate.mappers.links import decide_image, decide_link
from migrate.mappers.place import Decided, Place
from migrate.mappers.shortcodes import decide_shortcode
from migrate.mappers.tags import body_of
from migrate.mappers.twig import VERBATIM, names_set, print_tag, tag_name
from migrate.mappers.twig_pages import twig_values

_CLOSING = re.compile(r"\[/([a-z][\w-]*)\]")
_TITLED = (Link, Image, Definition)
_TAG = re.compile(r"\[/?([a-z][\w-]*)[^\]]*\]")
_SELF_CLOSING = re.compile(r"\[([a-z][\w-]*)(?:[ =][^\[\]\n]*)?/\]")


class Choices(NamedTuple):
    """The decisions by node id, what was noticed, and front matter that came out of the body."""

    decisions: Mapping[int, Decision]
    findings: tuple[Finding, ...]
    fields: Mapping[str, Any]


def decide(place: Place) -> Choices:
    """Decide about every node of the body that can carry a decision."""
    decisions: dict[int, Decision] = {}
    findings: list[Finding] = []
    verbatim = ""
    values = _values_in(place)
    pictured = frozenset(node.reference for node in place.tree.occurrences
                         if isinstance(node, Image) and node.reference)
    for node in place.tree.occurrences:
        if isinstance(node, Twig):
            decided, verbatim = _twig(node, verbatim, values, place)
        else:
            decided = _decide_node(node, pictured, place)
        decision, noticed = decided
        if decision is not None:
            decisions[node.id] = decision
        findings += noticed
    return Choices(decisions, (*findings, *_torn(place), *_lookalikes(place)), sections_of(place) | footnotes_of(place))


def _values_in(place: Place) -> Mapping[str, Any]:
    """What Twig knows on this page; nothing where it is not run."""
    if not place.tree.dialect.twig or "{" not in place.tree.source:
        return {}
    return twig_values(place.here, place.around, names_set(place.tree.source))


def _lookalikes(place: Place) -> Iterator[Finding]:
    """Tags that no live plug-in knows, closed ones: they are text, as they were, but perhaps should not be."""
    source, live, said = place.tree.source, place.tree.dialect.shortcodes, set[str]()
    pairs = (match for match in _CLOSING.finditer(source) if f"[{match[1]}" in source)
    for match in (*pairs, *(_SELF_CLOSING.finditer(source) if "/]" in source else ())):
        if match[1] not in live and match[1] not in said:
            said.add(match[1])
            yield place.finding("G245", match.start(), name=match[1])


def _torn(place: Place) -> Iterator[Finding]:
    """Tags in titles and alternative texts: shortcodes run on the finished HTML, in its attributes as well (j.1)."""
    live = place.tree.dialect.shortcodes
    if not live or "[" not in place.tree.source:
        return
    for node in place.tree.occurrences:
        text = (node.title or "") + (node.alt if isinstance(node, Image) else "") if isinstance(node, _TITLED) else ""
        name = next((match[1] for match in _TAG.finditer(text) if match[1] in live), "") if "[" in text else ""
        if name:
            yield place.finding("G247", node.start, name=name)


def sections_of(place: Place) -> dict[str, Any]:
    """The texts that `[section]` takes out of the page, by name: kept in the front matter for a theme to show."""
    rules = place.around.mapping.shortcodes
    sections = {dict(node.attributes).get("name") or node.value or "section": body_of(node, place).strip()
                for node in place.tree.occurrences
                if isinstance(node, Shortcode) and node.form == "open" and node.id in place.tree.partners
                and (rule := rules.get(node.name)) is not None and rule.handler == "section"}
    return {"sections": sections} if sections else {}


def footnotes_of(place: Place) -> dict[str, Any]:
    """The labels of the footnotes in their order: Grav names anchors by them, and others by 1, 2, 3 …"""
    labels = [note.label for note in place.tree.notes]
    plain = [str(number) for number in range(1, len(labels) + 1)]
    return {"footnotes": labels} if labels != plain else {}


def _decide_node(node: Occurrence, pictured: frozenset[str], place: Place) -> Decided:
    match node:
        case Link():
            return decide_link(node, place)
        case Image():
            return decide_image(node, place)
        case Definition():
            return _decide_definition(node, pictured, place)
        case Shortcode() | Plugin():
            return decide_shortcode(node, place)
        case Twig():
            return None, ()


def _decide_definition(node: Definition, pictured: frozenset[str], place: Place) -> Decided:
    """A reference definition is a link's or a picture's address; what is wrong with it is said where it is used."""
    if node.key not in pictured:
        return decide_link(node, place)[0], ()
    as_image = Image(node.id, node.url, node.title, "-", (), node.key, node.start, node.end, node.end, False)
    return decide_image(as_image, place)[0], ()


def _twig(node: Twig, verbatim: str, values: Mapping[str, Any], place: Place) -> tuple[Decided, str]:
    """What one Twig tag prints, and the tag that ends the verbatim text in which the next one stands ("" none)."""
    name = tag_name(node.text)
    if verbatim:
        ends = name == verbatim
        return (Replace("", False, "") if ends else None, ()), "" if ends else verbatim
    if name in VERBATIM:
        return (Replace("", False, ""), ()), VERBATIM[name]
    printed = print_tag(node.text, values)
    if printed.text is not None:
        said = (place.finding("G232", node.start, text=node.text, name=printed.missing[0]),) if printed.missing else ()
        return (Replace(printed.text, False, None if "{{<" in printed.text else printed.text), said), ""
    dropped = Replace("", False, "") if place.around.mapping.unknown.twig == "drop" else None
    return (dropped, (place.finding("G230", node.start, text=node.text),)), ""
