"""Links and pictures of a body: from what they point to, to the address they have on the new site."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from migrate.content.decisions import Relink, Replace
from migrate.content.tree import Definition, Image, Link
from migrate.findings import Finding
from migrate.mappers.captions import figure_of, lost_caption, plain_picture, wants_caption
from migrate.mappers.place import Decided, Place
from migrate.mappers.redirects import without_parameters
from migrate.mappers.twig import print_text
from migrate.mappers.twig_pages import twig_values
from migrate.mappers.words import Destination, Reference
from migrate.model.site import Media

_TWIG = ("{{", "{%", "{#")
_PLAYED = ("video", "audio")
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_LONGEST_CHAIN = 5                      # redirects that lead to redirects


def decide_link(node: Link | Definition, place: Place) -> Decided:
    """A new address for a link; nothing where it can stay as the author wrote it."""
    if _is_twig(node.url, place):
        return _twig_address(node, place)
    reference = place.resolve(own_path(node.url, place), image=False)
    goal = _destination(reference, place) or (None if reference.key else _led(reference, place))
    if goal is None:
        return _left_alone(node, reference, place)
    goal, noticed = _as_it_was(goal, node, reference, place)
    opening = _opening_tag(goal.html, node.title, reference)
    return Relink(goal.markdown, node.title, (), opening), noticed + _unpublished(node, reference, place)


def _unpublished(node: Link | Definition, reference: Reference, place: Place) -> tuple[Finding, ...]:
    """A published page's link to one that nobody sees, in the source as on the new site."""
    page = place.around.documents.get(reference.key) if reference.kind == "page" and reference.key else None
    if page is None or page.published or not place.here.published:
        return ()
    return (place.finding("G220", node.start, url=node.url, problem="the page there is not published"),)


def decide_image(node: Image, place: Place) -> Decided:
    """A new source for a picture; its actions stay in the query for the target to carry out."""
    if _is_twig(node.url, place):
        return _twig_address(node, place)
    reference = place.resolve(own_path(node.url, place), image=True)
    media = place.around.media.get(reference.key) if reference.key else None
    if media is None:
        return _missing_or_external(node, reference, place)
    actions = dict(reference.query)
    display = actions.get("display")
    if display == "text":
        return _as_words(node, media, reference, place)
    if media.kind == "file":
        return _file_as_picture(node, media, place)
    decision, findings = _shown(node, media, reference, place)
    if display == "thumbnail" and (media.kind != "image" or actions.get("thumbnail", "page") not in ("page", "media")):
        findings += (place.finding("G228", node.start, name=media.name),)
    return decision, findings


def _shown(node: Image, media: Media, reference: Reference, place: Place) -> Decided:
    tail = _tail(reference)
    goal = place.around.words.to_media(media, place.here, tail)
    alt, title = node.alt or media.alt, node.title or media.title or None
    html = place.around.words.image_html(media, place.here, tail, alt=alt, title=title)
    findings = _problems(node, reference, place)
    if title and wants_caption(node, title, reference, place):
        return figure_of(node, html, title, reference), findings + lost_caption(node, title, place)
    if media.kind in _PLAYED:
        findings += (place.finding("G223", node.start, name=media.name),)
    if alt == node.alt or not place.around.words.markdown:
        return Relink(goal.markdown, title, (), html), findings
    label = alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    shown = f'<img src="{escape(goal.markdown)}" alt="{escape(alt)}"' + (f' title="{escape(title)}"' if title else "")
    return Replace(f"![{label}]({_target(goal.markdown)}{_quoted(title)})", False, shown + " />"), findings


def _file_as_picture(node: Image, media: Media, place: Place) -> Decided:
    """`![a](a.pdf)`: Grav shows the words without a way to the file; a link is what the author meant."""
    goal = place.around.words.to_media(media, place.here, "")
    words = node.title or node.alt or media.name
    label = words.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    html = f'<a href="{escape(goal.markdown)}">{escape(words, quote=False)}</a>'
    return (Replace(f"[{label}]({_target(goal.markdown)})", False, html),
            (place.finding("G224", node.start, name=media.name),))


def _as_words(node: Image, media: Media, reference: Reference, place: Place) -> Decided:
    """`?display=text`: the words that stand for a picture, a link to it where `link` or `lightbox` is asked for."""
    words = node.title or node.alt or media.name
    text, html = _SIGNS.sub(r"\\\g<0>", words), escape(words, quote=False)
    if {"link", "lightbox"}.isdisjoint(name for name, _ in reference.query):
        return Replace(text, False, html), ()
    goal = place.around.words.to_media(media, place.here, "")
    return Replace(f"[{text}]({_target(goal.markdown)})", False, f'<a href="{escape(goal.markdown)}">{html}</a>'), ()


def _missing_or_external(node: Image, reference: Reference, place: Place) -> Decided:
    if reference.kind == "external":
        if not node.title or not wants_caption(node, node.title, reference, place):
            return None, ()
        return (figure_of(node, plain_picture(node, reference), node.title, reference),
                lost_caption(node, node.title, place))
    finding = place.finding("G222", node.start, url=node.url, problem=reference.problem or "there is no such file")
    return (Relink(reference.url, node.title), (finding,)) if reference.url != node.url else (None, (finding,))


def own_path(url: str, place: Place) -> str:
    """An address on the source's own host as a path, where old addresses will not answer; any other as it is."""
    words = place.around.words
    if words.keeps_addresses or not place.around.hosts or "//" not in url:
        return url
    parts = urlsplit(url)
    own = parts.scheme in ("http", "https", "") and parts.netloc in place.around.hosts
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment)) if own else url


def _led(reference: Reference, place: Place) -> Destination | None:
    """Where an old address leads on to, for a target that does not answer there."""
    if place.around.words.keeps_addresses or reference.kind not in ("redirect", "unresolved"):
        return None
    return led_on(_route(reference.url), _link_tail(reference, place), place)


def led_on(path: str, tail: str, place: Place) -> Destination | None:
    """What an old path of the site leads to in the end: a page, a list of terms, another site; None for nothing."""
    around, reached = place.around, ""
    for _ in range(_LONGEST_CHAIN):
        key = around.pages_at.get(path)
        if key in around.documents and key is not None:
            return around.words.to_page(around.documents[key], tail)
        goal = around.leads.get(path, "")
        if not goal or "//" in goal:
            end = goal or reached
            return Destination(end, end) if end else None
        path, reached = _route(goal), goal
    return None


def _destination(reference: Reference, place: Place) -> Destination | None:
    """Where a link that resolves points to on the new site; None where only the author's text can say."""
    if reference.key is None:
        return None
    if reference.kind == "page" and reference.key in place.around.documents:
        return place.around.words.to_page(place.around.documents[reference.key], _link_tail(reference, place))
    if reference.kind in ("media", "stream") and reference.key in place.around.media:
        return place.around.words.to_media(place.around.media[reference.key], place.here, _link_tail(reference, place))
    return None


def _as_it_was(goal: Destination, node: Link | Definition, reference: Reference, place: Place
               ) -> tuple[Destination, tuple[Finding, ...]]:
    """The page's own address; or the one that Grav printed, where that is another of its old addresses.

    An old address leads on to the page, so the author's link stays the same. What Grav printed wrongly works now.
    """
    printed = _route(reference.url)
    document = place.around.documents.get(reference.key) if reference.kind == "page" and reference.key else None
    if document is None or printed in (_route(document.url), _route(document.address)):
        return goal, _problems(node, reference, place)
    if printed in place.around.old_addresses and not place.around.words.keeps_addresses:
        return goal, ()
    if printed in place.around.old_addresses:
        address = printed + _link_tail(reference, place)
        return Destination(address, address), ()
    bare = without_parameters(printed)
    if bare != printed and bare in {_route(path) for path in (document.url, document.address, *document.aliases)}:
        return goal, (place.finding("G229", node.start, url=node.url),)
    if reference.problem and printed == _route(node.url):      # Grav printed what the author wrote
        return goal, _problems(node, reference, place)
    return goal, (place.finding("G227", node.start, url=node.url, printed=reference.url or "nothing"),)


def _route(url: str) -> str:
    """The path of an address, decoded, without a slash at its end."""
    return "/" + unquote(url.partition("#")[0].partition("?")[0]).strip("/")


def _left_alone(node: Link | Definition, reference: Reference, place: Place) -> Decided:
    if reference.kind in ("external", "fragment", "mail"):
        if reference.kind == "external" and _spelling(reference.url) != _spelling(reference.better or node.url):
            return None, (place.finding("G227", node.start, url=node.url, printed=reference.url or "nothing"),)
        better = reference.better or node.url
        tagged = reference.attributes or (reference.kind == "external" and better != node.url)
        opening = _opening_tag(better, node.title, reference) if tagged else None
        return (Relink(node.url, node.title, (), opening) if opening else None), ()
    url = reference.url or node.url
    if reference.kind == "redirect":          # an old address that leads on, here as there
        return (Relink(url, node.title) if url != node.url else None), ()
    finding = place.finding("G220", node.start, url=node.url, problem=reference.problem or "nothing is there")
    if place.around.mapping.links.broken == "text" and isinstance(node, Link) and node.patchable:
        return Replace(place.tree.source[node.start + 1:node.tail - 1]), (finding,)
    return (Relink(url, node.title) if url != node.url else None), (finding,)


def _is_twig(url: str, place: Place) -> bool:
    return "{" in url and (url.startswith(_TWIG) or (place.tree.dialect.twig and any(sign in url for sign in _TWIG)))


def _twig_address(node: Link | Image | Definition, place: Place) -> Decided:
    """Grav takes an address that begins with Twig as what Twig prints; others go the way of all addresses."""
    twig = place.tree.dialect.twig
    address = print_text(node.url, twig_values(place.here, place.around)) if twig else None
    if address is None or any(sign in address for sign in _TWIG):
        return None, (place.finding("G231", node.start, text=node.url),)
    if node.url.startswith(_TWIG):
        return Relink(address, node.title), ()
    written = node._replace(url=address)
    decision, findings = decide_image(written, place) if isinstance(written, Image) else decide_link(written, place)
    return decision or Relink(address, node.title), findings


def _problems(node: Link | Image | Definition, reference: Reference, place: Place) -> tuple[Finding, ...]:
    """A link that resolves in spite of something (another spelling, another language's prefix)."""
    if not reference.problem:
        return ()
    return (place.finding("G225", node.start, url=node.url, problem=reference.problem),)


def _spelling(url: str) -> str:
    """An address in one of the ways to write it: where Grav prints it in another, it leads to the same place."""
    return unescape(unquote(unescape(url))).replace("+", " ").rstrip("/#?").lower()


def _tail(reference: Reference) -> str:
    """Query and fragment again, attributes included: the target's hooks take them out."""
    items = (*reference.query, *((name, value.replace(" ", ",")) for name, value in reference.attributes))
    query = "&".join(f"{quote(name, safe='-_')}={quote(value, safe=',;:/[]{}%')}" if value else quote(name, safe="-_[]")
                     for name, value in items)
    return (f"?{query}" if query else "") + (f"#{reference.fragment}" if reference.fragment else "")


def _link_tail(reference: Reference, place: Place) -> str:
    """The tail of a link: items that are attributes by their names alone are named again, so that hooks leave them."""
    tail = _tail(reference)
    kept = [name for name, _ in reference.query if name in place.tree.dialect.link_attributes]
    if not kept or not place.around.words.markdown:
        return tail
    query, mark, fragment = tail.partition("#")
    return f"{query}&noprocess={','.join(kept)}{mark}{fragment}"


def _opening_tag(url: str, title: str | None, reference: Reference) -> str:
    if reference.attributes and not reference.query:          # all of the query has become attributes
        url = url.partition("?")[0] + (f"#{reference.fragment}" if reference.fragment and "?" in url else "")
    attributes = (("href", url),
                  *((("title", title),) if title else ()), *reference.attributes)
    return "<a " + " ".join(f'{name}="{escape(value)}"' for name, value in attributes) + ">"


def _target(url: str) -> str:
    """A link destination as Markdown can hold it."""
    return f"<{url}>" if any(sign in url for sign in " ()") else url


def _quoted(title: str | None) -> str:
    return ' "' + title.replace("\\", "\\\\").replace('"', '\\"') + '"' if title else ""
