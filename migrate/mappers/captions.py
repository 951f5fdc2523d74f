"""The plug-in Image Captions: a picture with a title becomes a figure with a caption.

Grav: grav-plugin-image-captions works on the finished HTML; its `scope` says which pictures, by default those of the
class `caption`. A paragraph that holds nothing else goes.
"""

from __future__ import annotations

from html import escape

from migrate.content.decisions import Replace
from migrate.content.tree import Image
from migrate.findings import Finding
from migrate.mappers.place import Place
from migrate.mappers.words import Reference


def wants_caption(node: Image, title: str | None, reference: Reference, place: Place) -> bool:
    """Whether the plug-in makes a figure of this picture."""
    wanted = place.tree.dialect.captions
    return bool(wanted and title) and (wanted == "img" or wanted in _classes(node, reference))


def figure_of(node: Image, html: str, title: str, reference: Reference) -> Replace:
    """The figure around the picture's own HTML; `caption-…` among its classes is the figure's as well."""
    more = "".join(f" {name}" for name in _classes(node, reference) if name.startswith("caption-"))
    figure = (f'<figure class="image-caption{escape(more)}">{html}'
              f"<figcaption>{escape(title, quote=False)}</figcaption></figure>")
    return Replace(figure, True, None if "{{<" in html else figure)


def lost_caption(node: Image, title: str, place: Place) -> tuple[Finding, ...]:
    """The plug-in makes an empty caption of a title with an ampersand: PHP's DOM takes it for a broken entity."""
    return (place.finding("G248", node.start, text=title),) if "&" in title else ()


def plain_picture(node: Image, reference: Reference) -> str:
    """The HTML of a picture that is none of the site's files."""
    given = dict((("src", reference.better or node.url), ("alt", node.alt), ("title", node.title or ""),
                  *node.attributes, *reference.attributes))
    shown = " ".join(f'{name}="{escape(value)}"' for name, value in given.items() if value or name == "alt")
    return f"<img {shown}>"


def _classes(node: Image, reference: Reference) -> list[str]:
    return " ".join(value for name, value in (*node.attributes, *reference.attributes) if name == "class").split()
