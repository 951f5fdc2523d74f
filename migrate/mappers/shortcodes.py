"""Live shortcodes of a body: what the mapping file says of each, filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

from migrate.content.decisions import Replace, Wrap
from migrate.content.tree import Plugin, Shortcode
from migrate.mappers.place import Decided, Place
from migrate.mappers.placeholders import fill, read_template
from migrate.mappers.shortcode_functions import HANDLERS
from migrate.mappers.shortcode_table import Html, Option, ShortcodeRule
from migrate.mappers.tags import body_of, partner_of, stands_alone
from migrate.mappers.words import Argument


def decide_shortcode(node: Shortcode | Plugin, place: Place) -> Decided:
    """What becomes of one tag; decisions are made at opening and self-closing tags, for their partners as well."""
    if isinstance(node, Shortcode) and node.form == "close":
        return None, ()
    name = f"plugin:{node.name}" if isinstance(node, Plugin) else node.name
    rule = place.around.mapping.shortcodes.get(name)
    if rule is None:
        return _unknown(node, name, place)
    said = (place.finding("G240", node.start, name=name, warning=rule.warn),) if rule.warn else ()
    values = values_of(node, rule, place)
    if values is None:
        return None, (place.finding("G242", node.start, name=name, text=_text(node, place)),)
    decision, findings = _by_rule(node, rule, values, place)
    return decision, said + findings


def values_of(node: Shortcode | Plugin, rule: ShortcodeRule, place: Place) -> dict[str, str] | None:
    """The attributes by name, `value` the BBCode one, `url` a plug-in's; None where `extract` does not match."""
    if isinstance(node, Plugin):
        values = {"url": node.url, **({"title": node.title} if node.title else {})}
    else:
        values = {name: unescape(value) if value is not None else name for name, value in node.attributes}
        values |= {"value": unescape(node.value)} if node.value is not None else {}
    if rule.extract is None:
        return values
    text = body_of(node, place) if rule.extract.source == "body" else values.get(rule.extract.source, "")
    match = re.search(rule.extract.pattern, text)
    return values | {name: found for name, found in match.groupdict().items() if found} if match else None


def _by_rule(node: Shortcode | Plugin, rule: ShortcodeRule, values: dict[str, str], place: Place) -> Decided:
    if rule.html is not None:
        return _html(node, rule.html, values, place)
    if rule.shortcode:
        return _shortcode(node, rule, values, place)
    if rule.handler is not None and isinstance(node, Shortcode):
        return HANDLERS[rule.handler](node, rule, place)
    if rule.unwrap:
        return Wrap("", ""), ()
    return (Replace("", stands_alone(node, place), ""), ()) if rule.drop else (None, ())


def _html(node: Shortcode | Plugin, html: Html, values: dict[str, str], place: Place) -> Decided:
    opening, closing = fill(read_template(html.open), values), fill(read_template(html.close), values)
    if isinstance(node, Plugin) or html.body == "drop":
        text = opening + closing
        return Replace(text, html.block and stands_alone(node, place), text), ()
    return Wrap(opening, closing, html.block and stands_alone(node, place)), ()


def _shortcode(node: Shortcode | Plugin, rule: ShortcodeRule, values: dict[str, str], place: Place) -> Decided:
    arguments = arguments_of(rule, values)
    holds = isinstance(node, Shortcode) and rule.body != "none"      # also where the author closed it at once
    opening, closing = place.around.words.shortcode(rule.shortcode, arguments, paired=holds)
    paired = holds and isinstance(node, Shortcode) and partner_of(node, place) is not None
    if paired and rule.body in ("markdown", "slides"):
        return Wrap(opening, closing, True), ()
    text = opening + (body_of(node, place) if paired else "") + closing
    return Replace(text, stands_alone(node, place)), ()


def arguments_of(rule: ShortcodeRule, values: Mapping[str, str]) -> tuple[tuple[str, Argument], ...]:
    """The target shortcode's arguments: what was given, or is the source's default, less what goes without saying."""
    arguments: list[tuple[str, Argument]] = [
        (option.name or name, value) for name, option in rule.options.items()
        if not option.drop and (value := _argument(values.get(name), option)) is not None]
    if rule.others == "keep":
        arguments += [(name, value) for name, value in values.items() if name not in rule.options]
    return tuple(arguments)


_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


def _argument(value: str | None, option: Option) -> Argument | None:
    """The value as `type` says; None where it need not be written. What is not of its type stays a text."""
    given = value if value is not None else option.default
    if given is None or str(given).lower() == str(option.implied).lower():
        return None
    typed = _typed(str(given).strip(), option.type)
    return None if option.implied is not None and typed == option.implied else typed


def _typed(text: str, kind: str) -> Argument:
    if kind == "boolean":
        return _TRUTHS.get(text.lower(), text)
    if kind == "number" and (number := _NUMBER.fullmatch(text)):
        return float(text) if number[1] else int(text)
    if kind == "list":
        return ",".join(part.strip() for part in text.split(","))
    return strict_json(text) if kind == "json" else text


def strict_json(text: str) -> str:
    """Owl's relaxed JSON (`{0:{items:1}}`) as JSON proper; the text itself where it cannot be read."""
    quoted = re.sub(r"([{,]\s*)([\w-]+)\s*:", r'\1"\2":', text)
    try:
        return json.dumps(json.loads(quoted), separators=(",", ":"), ensure_ascii=False)
    except ValueError:
        return text


def _unknown(node: Shortcode | Plugin, name: str, place: Place) -> Decided:
    policy = place.around.mapping.unknown.shortcode
    finding = place.finding("G241", node.start, name=name, text=_text(node, place))
    if policy == "unwrap":
        return Wrap("", ""), (finding,)
    return (Replace("", stands_alone(node, place), "") if policy == "drop" else None), (finding,)


def _text(node: Shortcode | Plugin, place: Place) -> str:
    return place.tree.source[node.start:node.end] if isinstance(node, Plugin) else node.text
