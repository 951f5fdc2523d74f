"""Live shortcodes of a body: what the mapping file says of each, filled in; HANDLERS for those that need thought."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from types import MappingProxyType

from migrate.content.decisions import Replace, Wrap
from migrate.content.tree import Plugin, Shortcode
from migrate.mappers.place import Decided, Place
from migrate.mappers.placeholders import fill, read_template
from migrate.mappers.shortcode_table import Html, Option, ShortcodeRule

Handler = Callable[[Shortcode, ShortcodeRule, Place], Decided]


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
    return next((other for other in place.tree.occurrences if isinstance(other, Shortcode) and other.id == number), None)


def inner_tags(node: Shortcode, name: str, place: Place) -> tuple[Shortcode, ...]:
    """The opening tags called `name` between a tag and its partner, in order."""
    partner = place.tree.partners.get(node.id, node.id)
    return tuple(other for other in place.tree.occurrences
                 if isinstance(other, Shortcode) and node.id < other.id < partner
                 and other.name == name and other.form != "close")


def stands_alone(node: Shortcode | Plugin, place: Place) -> bool:
    """Whether the tag has a line of the source to itself."""
    source = place.tree.source
    before = source[source.rfind("\n", 0, node.start) + 1:node.start]
    end = source.find("\n", node.end)
    return not before.strip(" \t>") and not source[node.end:end if end >= 0 else None].strip()


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
    paired = isinstance(node, Shortcode) and rule.body != "none" and partner_of(node, place) is not None
    opening, closing = place.around.words.shortcode(rule.shortcode, arguments, paired=paired)
    if paired and rule.body in ("markdown", "slides"):
        return Wrap(opening, closing, True), ()
    text = opening + (body_of(node, place) if paired else "") + closing
    return Replace(text, stands_alone(node, place)), ()


def arguments_of(rule: ShortcodeRule, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The target shortcode's arguments: what was given or is the source's own default, less what goes without saying."""
    arguments = [(option.name or name, text) for name, option in rule.options.items() if not option.drop
                 and (text := _argument(values.get(name), option)) is not None]
    if rule.others == "keep":
        arguments += [(name, value) for name, value in values.items() if name not in rule.options]
    return tuple(arguments)


def _argument(value: str | None, option: Option) -> str | None:
    given = value if value is not None else option.default
    if given is None or given == option.implied or str(given).lower() == str(option.implied).lower():
        return None
    text = str(given).lower() if option.type == "boolean" or isinstance(given, bool) else str(given)
    return strict_json(text) if option.type == "json" else text


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


# Handlers


def raw(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[raw]`: its body as it is; the tags within it are no tags for Grav already."""
    return Wrap("", ""), ()


def section(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[section name=x]`: taken out of the text; themes show it elsewhere (see `sections_of`)."""
    name = dict(node.attributes).get("name") or node.value or "section"
    return Replace("", True, ""), (place.finding("G243", node.start, name=name),)


def lang(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[lang=en,fr]`: shown on pages in these languages only."""
    wanted = (node.value or dict(node.attributes).get("lang") or "").replace(" ", "").split(",")
    return (Wrap("", ""), ()) if place.here.language in wanted else (Replace("", stands_alone(node, place), ""), ())


def figure(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[figure id class caption]`: the caption is HTML already, Markdown has been through it."""
    given = dict(node.attributes)
    named = "".join(f' {name}="{escape(str(given[name]))}"' for name in ("id", "class") if given.get(name))
    caption = given.get("caption")
    closing = f"<figcaption>{caption}</figcaption></figure>" if caption else "</figure>"
    return Wrap(f"<figure{named}>", closing, stands_alone(node, place)), ()


def safe_email(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[safe-email]`: the address as numeric entities, with a link where `autolink` is on."""
    given = dict(node.attributes)
    address = re.sub(r"<[^>]*>", "", body_of(node, place)).strip()
    hidden = _entities(address)
    icon = f'<i class="fa fa-{escape(given["icon"] or "")}"></i> ' if given.get("icon") else ""
    subject = f"?subject={given['subject']}" if given.get("subject") else ""
    linked = f'<a href="mailto:{_entities(address + subject)}">{hidden}</a>' if given.get("autolink") == "true" else hidden
    return Replace(icon + linked, False, icon + linked), ()


def tabs(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-tabs]`: the list of titles, then the panels; style of ours shows one at a time."""
    given = dict(node.attributes)
    theme, position = given.get("theme") or "default", given.get("position") or "top-left"
    active = given.get("active") or "0"
    items = "".join(f'<li{" class=" + chr(34) + "current" + chr(34) if str(number) == active else ""}>'
                    f'<a href="#{_panel(node, number)}">{dict(tab.attributes).get("title") or ""}</a></li>'
                    for number, tab in enumerate(inner_tags(node, "ui-tab", place)))
    opening = (f'<div class="tabs-wrapper ui-theme-{escape(theme)} {escape(position)}">\n<ul class="tabs-nav">{items}</ul>\n'
               '<div class="tabs">')
    return Wrap(opening, "</div>\n</div>", True), (place.finding("G244", node.start, name="ui-tabs"),)


def tab(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-tab]`: one panel."""
    owner, number = _owner(node, "ui-tabs", place)
    name = _panel(owner, number) if owner else f"tab-{node.id}"
    return Wrap(f'<div class="tab" id="{name}">', "</div>", True), ()


def accordion(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-accordion]`: items that open one by one."""
    return Wrap('<div class="accordion-wrapper">', "</div>", True), ()


def accordion_item(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-accordion-item]`: what HTML itself calls details, open where the accordion says so."""
    owner, number = _owner(node, "ui-accordion", place)
    opened = dict(owner.attributes).get("open") if owner else None
    state = " open" if opened == "all" or opened == str(number) else ""
    title = dict(node.attributes).get("title") or ""
    return Wrap(f"<details{state}><summary>{title}</summary>", "</details>", True), ()


def gallery(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[gallery]`: pictures side by side, each a link to itself."""
    return Wrap('<div class="gallery">', "</div>", True), ()


def _owner(node: Shortcode, name: str, place: Place) -> tuple[Shortcode | None, int]:
    """The tag called `name` around a tag, and which of its kind the tag is within it, from 0."""
    for other in reversed(place.tree.occurrences):
        if (isinstance(other, Shortcode) and other.name == name and other.form == "open"
                and other.id < node.id < place.tree.partners.get(other.id, other.id)):
            inner = inner_tags(other, node.name, place)
            return other, next((number for number, tag in enumerate(inner) if tag.id == node.id), 0)
    return None, 0


def _panel(node: Shortcode, number: int) -> str:
    return f"tab-{node.id}-{number}"


def _entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


HANDLERS: Mapping[str, Handler] = MappingProxyType({
    "figure": figure,
    "gallery": gallery,
    "lang": lang,
    "raw": raw,
    "safe-email": safe_email,
    "section": section,
    "ui-accordion": accordion,
    "ui-accordion-item": accordion_item,
    "ui-tab": tab,
    "ui-tabs": tabs,
})
