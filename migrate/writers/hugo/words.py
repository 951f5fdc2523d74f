"""How Hugo writes what Markdown has no words for: shortcodes, and destinations that its render hooks resolve."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from migrate.content.goldmark.openers import hidden_openers
from migrate.mappers.words import Argument, Arguments, Destination
from migrate.model.document import Document
from migrate.model.site import Media

_KEPT = "/!$&'*+,;=:@~-._"            # what may stand in the path of an address besides letters and digits


class HugoWords:
    """Hugo's way of writing; see `mappers.words.Words`."""

    markdown = True
    keeps_addresses = True

    def shortcode(self, name: str, arguments: Arguments, *, paired: bool) -> tuple[str, str]:
        """`{{< name key="value" >}}` and `{{< /name >}}`."""
        named = "".join(f" {key}={_argument(value)}" for key, value in arguments)
        return f"{{{{< {name}{named} >}}}}", f"{{{{< /{name} >}}}}" if paired else ""

    def to_page(self, goal: Document, tail: str) -> Destination:
        """The page's path from the site's root: the link hook puts a base path in front."""
        address = _path(goal.address or goal.url) + tail
        return Destination(address, address)

    def to_media(self, goal: Media, here: Document, tail: str) -> Destination:
        """A file of the page's own folder by its name, as a page resource; another one by its path from the root."""
        address = _path(goal.address) + tail
        own = goal.beside and goal.folder == here.folder and not here.modular
        return Destination(_path(goal.name) + tail if own else address, address)

    def image_html(self, goal: Media, here: Document, tail: str, *, alt: str, title: str | None) -> str:
        """The shortcode `image` does for raw HTML what the image hook does for Markdown."""
        del here
        arguments = [("src", goal.address + tail), ("alt", alt), *((("title", title),) if title else ())]
        if not tail and goal.kind in ("image", "animated", "vector"):
            named = f' title="{escape(title)}"' if title else ""
            return hidden_openers(f'<img src="{escape(_path(goal.address))}" alt="{escape(alt)}"{named}>')
        return self.shortcode("image", arguments, paired=False)[0]


def _path(text: str) -> str:
    """A path for Markdown and HTML: letters of every script stay readable, the rest is percent-encoded."""
    if text.isascii():
        return quote(text, safe=_KEPT)
    return "".join(letter if letter.isalnum() and not letter.isascii() else quote(letter, safe=_KEPT)
                   for letter in text)


def _argument(value: Argument) -> str:
    if not isinstance(value, str):
        return str(value).lower()
    if "\n" in value and "`" not in value:
        return f"`{value}`"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
