"""Pictures that belong together: galleries, carousels, and the blocks of plug-ins that are made for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from migrate.mappers.placeholders import fill, read_template
from migrate.model.document import Key
from migrate.model.reference import token
from migrate.writers.wordpress.building import BlockTemplate, Page, Shape
from migrate.writers.wordpress.elements import Element, Node
from migrate.writers.wordpress.figures import image, picture_in, seen
from migrate.writers.wordpress.pictures import picture_of
from migrate.writers.wordpress.texts import attribute_html, block, text_html

CAROUSEL = "grav-carousel"
"""The class of a gallery that slides, given the style that the report offers."""
RIGHT_TO_LEFT = "grav-rtl"
"""The class of one whose first picture stands at the right, whatever the language of the site."""

_MOST_COLUMNS = 8                                # that a gallery block knows


class Slide(NamedTuple):
    """A picture, and the link around it."""

    picture: Element
    link: Element | None


def named_block(element: Element, page: Page) -> list[str]:
    """A block that the mapping asked for by name."""
    name = element.attributes.get("name", "")
    if name == "core/more":
        return [block("more", "<!--more-->")]
    if name == "core/gallery":
        return carousel(element, page)
    template = page.options.templates.get(name)
    slides = slides_of(element.children)
    if template is not None and slides:
        return [_by_template(template, slides)]
    page.found.append(("G604", "[", {"name": name, "why": "it holds more than pictures" if template else
                                     "the mapping has no template for it under wordpress.blocks"}))
    return carousel(element, page)


def carousel(element: Element, page: Page) -> list[str]:
    """A gallery that slides; a group where its slides are not pictures only."""
    given = element.attributes
    classes = (CAROUSEL, *((RIGHT_TO_LEFT,) if given.get("rtl") == "true" else ()), *given.get("class", "").split())
    page.asked.add("carousel")
    attributes: dict[str, Any] = {"linkTo": "none", "imageCrop": False}
    columns = given.get("items", "")
    if columns.isdecimal() and 0 < int(columns) <= _MOST_COLUMNS:
        attributes["columns"] = int(columns)
    made = gallery_of(element.children, page, attributes, classes)
    if made is not None:
        return [made]
    inner = page.inner(element.children)
    shape = Shape(classes, "", "")
    return [block("group", f"<div{shape.html('wp-block-group')}>{inner}</div>", shape.attributes())] if inner else []


def gallery_of(nodes: Sequence[Node], page: Page, attributes: dict[str, Any], classes: Sequence[str] = ()
               ) -> str | None:
    """The gallery block of pictures; None where there is anything else. Titles become captions."""
    slides = slides_of(nodes)
    if not slides:
        return None
    images = [_slide(slide, page) for slide in slides]
    if None in images:
        return None
    columns = attributes.get("columns")
    words = ["wp-block-gallery", "has-nested-images", f"columns-{columns or 'default'}",
             *(() if attributes.get("imageCrop") is False else ("is-cropped",)), *classes]
    more = {"className": " ".join(classes)} if classes else {}
    inner = "\n\n".join(text for text in images if text is not None)
    html = f'<figure class="{attribute_html(" ".join(words))}">{inner}</figure>'
    return block("gallery", html, {**attributes, **more})


def slides_of(nodes: Sequence[Node]) -> list[Slide]:
    """The pictures in order; none where there is anything but pictures."""
    found: list[Slide] = []
    for node in seen(nodes):
        picture = picture_in(node)
        if picture is not None:
            found.append(Slide(*picture))
        elif isinstance(node, Element) and node.name in ("p", "figure", "div"):
            inner = slides_of(node.children)
            if not inner and seen(node.children):
                return []
            found += inner
        elif not (isinstance(node, Element) and node.name == "br"):
            return []
    return found


def _slide(slide: Slide, page: Page) -> str | None:
    """A picture with its title as its caption. `style`: the words come by CSS, as Grav itself does not show them."""
    caption, given = slide.picture.attributes.get("title", ""), slide.picture.attributes
    if caption and page.options.captions != "none":
        given = {name: value for name, value in given.items() if name != "title"}
    if caption and page.options.captions == "style":
        page.asked.add("captions")
        shown = f'<span data-caption="{attribute_html(caption)}"></span>'
    else:
        shown = text_html(caption) if page.options.captions == "text" else ""
    return image(Element("img", given), slide.link, page, shown, nested=True)


def _by_template(template: BlockTemplate, slides: Sequence[Slide]) -> str:
    """A plug-in's block: its own markup, filled in."""
    values = [_values(slide, number) for number, slide in enumerate(slides)]
    whole = {"ids": ",".join(value["id"] for value in values), "count": str(len(values))}
    between = template.between.join(fill(read_template(template.slide), {**whole, **value}) for value in values)
    return fill(read_template(template.open), whole) + between + fill(read_template(template.close), whole)


def _values(slide: Slide, number: int) -> dict[str, str]:
    picture = picture_of(slide.picture)
    found = {"id": token(Key(picture.key), "id") if picture.key else "", "url": picture.source, "alt": picture.alt,
             "caption": picture.title, "number": str(number)}
    return found | ({"link": slide.link.attributes.get("href", "")} if slide.link is not None else {})
