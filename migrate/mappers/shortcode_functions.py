"""Shortcodes that a template cannot say: functions of one tag, its rule and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from migrate.content.decisions import Replace, Wrap
from migrate.content.html import to_html
from migrate.content.tree import Shortcode, parse
from migrate.mappers.place import Decided, Place
from migrate.mappers.shortcode_table import ShortcodeRule
from migrate.mappers.tabs import anchor_of
from migrate.mappers.tags import body_of, inner_tags, owner_of, stands_alone

Handler = Callable[[Shortcode, ShortcodeRule, Place], Decided]

BLIND_TEXT = ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et "
              "dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip "
              "ex ea commodo consequat.")


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
    """`[figure id class caption]`: Markdown goes through the caption too."""
    given = dict(node.attributes)
    named = "".join(f' {name}="{escape(str(given[name]))}"' for name in ("id", "class") if given.get(name))
    caption = _in_a_line(given.get("caption") or "", place)
    closing = f"<figcaption>{caption}</figcaption></figure>" if caption else "</figure>"
    return Wrap(f"<figure{named}>", closing, stands_alone(node, place)), ()


def safe_email(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[safe-email]`: the address as numeric entities, with a link where `autolink` is on."""
    given = dict(node.attributes)
    address = re.sub(r"<[^>]*>", "", body_of(node, place)).strip()
    hidden = _entities(address)
    icon = f'<i class="fa fa-{escape(given["icon"] or "")}"></i> ' if given.get("icon") else ""
    subject = f"?subject={given['subject']}" if given.get("subject") else ""
    link = f'<a href="mailto:{_entities(address + subject)}">{hidden}</a>'
    linked = link if given.get("autolink") == "true" else hidden
    return Replace(icon + linked, False, icon + linked), ()


def tabs(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-tabs]`: the list of titles, then the panels; style of ours shows one at a time."""
    given = dict(node.attributes)
    theme, position = given.get("theme") or "default", given.get("position") or "top-left"
    active = given.get("active") or "0"
    anchor = anchor_of(node, place)
    items = "".join(f'<li{" class=" + chr(34) + "current" + chr(34) if str(number) == active else ""}>'
                    f'<a href="#{_panel(node, anchor, number)}">{dict(tab.attributes).get("title") or ""}</a></li>'
                    for number, tab in enumerate(inner_tags(node, "ui-tab", place)))
    opening = (f'<div class="tabs-wrapper ui-theme-{escape(theme)} {escape(position)}">\n'
               f'<ul class="tabs-nav">{items}</ul>\n<div class="tabs">')
    changed = () if anchor else (place.finding("G244", node.start, name="ui-tabs"),)
    return Wrap(opening, "</div>\n</div>", True), changed


def tab(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-tab]`: one panel."""
    owner, number = owner_of(node, "ui-tabs", place)
    name = _panel(owner, anchor_of(owner, place), number) if owner else f"tab-{node.id}"
    return Wrap(f'<div class="tab" id="{name}">', "</div>", True), ()


def accordion(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-accordion]`: items that open one by one."""
    return Wrap('<div class="accordion-wrapper">', "</div>", True), ()


def accordion_item(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-accordion-item]`: what HTML itself calls details, open where the accordion says so."""
    owner, number = owner_of(node, "ui-accordion", place)
    opened = dict(owner.attributes).get("open") if owner else None
    state = " open" if opened == "all" or opened == str(number) else ""
    title = dict(node.attributes).get("title") or ""
    return Wrap(f"<details{state}><summary>{title}</summary>", "</details>", True), ()


def gallery(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[gallery]`: pictures side by side, each a link to itself."""
    return Wrap('<div class="gallery">', "</div>", True), ()


def prism(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[prism classes="language-bash"]`: its body is code, as it was written."""
    classes = (dict(node.attributes).get("classes") or "").split()
    language = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
    code = body_of(node, place).strip("\r\n")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    named = f' class="language-{escape(language)}"' if language else ""
    html = f"<pre><code{named}>{escape(code, quote=False)}\n</code></pre>"
    return Replace(f"{fence}{language}\n{code}\n{fence}", True, html), ()


def lorem(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[lorem=2]`: blind text, so many paragraphs of it."""
    count = min(int(node.value), 20) if node.value and node.value.isdecimal() else 1
    return Replace("\n\n".join([BLIND_TEXT] * count), stands_alone(node, place)), ()


def callout(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-callout]`: a picture with notes; the notes stand beside it instead of on it."""
    return Wrap('<div class="callouts">', "</div>", True), (place.finding("G246", node.start, name=node.name),)


def callout_item(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-callout-item title=x]`: one of the notes."""
    title = dict(node.attributes).get("title")
    heading = f"<h4>{title}</h4>\n" if title else ""
    return Wrap(f'<div class="callout-item">\n{heading}', "</div>", True), ()


def image_compare(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-image-compare]`: two pictures with a handle to drag; here side by side."""
    return Wrap('<div class="image-compare">', "</div>", True), (place.finding("G246", node.start, name=node.name),)


def animated_text(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """`[ui-animated-text words="a,b"]`: all the words, one behind the other instead of one at a time."""
    words = ", ".join(word.strip() for word in (dict(node.attributes).get("words") or "").split(","))
    text = body_of(node, place).strip().replace("%WORDS%", words)
    return Replace(text, stands_alone(node, place)), (place.finding("G246", node.start, name=node.name),)


def injected(node: Shortcode, rule: ShortcodeRule, place: Place) -> Decided:
    """A page-inject tag that is still here names no page: it stays visible, as in Grav."""
    return None, ()


def _in_a_line(text: str, place: Place) -> str:
    """Markdown as HTML, without the paragraph around it."""
    if not text or text.isalnum():
        return text
    html = to_html(parse(text, place.tree.dialect))
    return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html


def _panel(node: Shortcode, anchor: str | None, number: int) -> str:
    return f"{anchor}{number}" if anchor else f"tab-{node.id}-{number}"


def _entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


HANDLERS: Mapping[str, Handler] = MappingProxyType({
    "content-inject": injected,
    "figure": figure,
    "gallery": gallery,
    "lang": lang,
    "lorem": lorem,
    "page-inject": injected,
    "prism": prism,
    "raw": raw,
    "safe-email": safe_email,
    "section": section,
    "ui-accordion": accordion,
    "ui-accordion-item": accordion_item,
    "ui-animated-text": animated_text,
    "ui-callout": callout,
    "ui-callout-item": callout_item,
    "ui-image-compare": image_compare,
    "ui-tab": tab,
    "ui-tabs": tabs,
})
