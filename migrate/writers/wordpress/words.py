"""How WordPress writes what Markdown has no words for: shortcodes, blocks by name, links that it fills in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from urllib.parse import parse_qsl

from migrate.mappers.words import Argument, Arguments, Destination
from migrate.model.document import Document, Key
from migrate.model.reference import token
from migrate.model.site import Media
from migrate.writers.wordpress.html_names import MARK
from migrate.writers.wordpress.texts import RUN, RUN_END

_SWITCHES = ("autoplay", "loop", "muted", "playsinline")


class WordPressWords:
    """WordPress' way of writing; see `mappers.words.Words`.

    `attachments`: file → resource of the library. `elsewhere`: address of a file that the library does not take.
    `pages`: keys of the documents that are posts or pages of their own.
    """

    markdown = False
    keeps_addresses = False

    def __init__(self, attachments: Mapping[Key, Key], elsewhere: Mapping[Key, str], pages: Collection[Key]) -> None:
        self._attachments = attachments
        self._elsewhere = elsewhere
        self._pages = pages

    def shortcode(self, name: str, arguments: Arguments, *, paired: bool) -> tuple[str, str]:
        """`[name key="value"]` and `[/name]`; a name like `core/gallery` is that of a block."""
        if "/" in name:
            named = "".join(f' {key}="{escape(_written(value))}"' for key, value in (("name", name), *arguments))
            return f"<{MARK}{named}>", f"</{MARK}>"
        named = "".join(f" {key}={_argument(_written(value))}" for key, value in arguments)
        return f"{RUN}[{name}{named}]{RUN_END}", f"{RUN}[/{name}]{RUN_END}" if paired else ""

    def to_page(self, goal: Document, tail: str) -> Destination:
        """The permalink, which only WordPress knows for sure; a module is found on the page that shows it."""
        key = goal.key if goal.key in self._pages or goal.parent is None or not goal.modular else goal.parent
        address = (token(key, "url") if key in self._pages else goal.address or goal.url) + tail
        return Destination(address, address)

    def to_media(self, goal: Media, here: Document, tail: str) -> Destination:
        """The attachment's file."""
        del here
        key = self._attachments.get(goal.key)
        address = token(key, "url") if key is not None else self._elsewhere.get(goal.key) or goal.address
        return Destination(address + tail, address + tail)

    def image_html(self, goal: Media, here: Document, tail: str, *, alt: str, title: str | None) -> str:
        """The element, actions and all: blocks are made of it later. What is played is played."""
        if goal.kind in ("video", "audio"):
            return self._player(goal, here, tail)
        named = f' title="{escape(title)}"' if title else ""
        return f'<img src="{escape(self.to_media(goal, here, tail).html)}" alt="{escape(alt)}"{named} />'

    def _player(self, goal: Media, here: Document, tail: str) -> str:
        actions = dict(parse_qsl(tail.partition("#")[0].removeprefix("?"), keep_blank_values=True))
        switches = [name for name in _SWITCHES if actions.get(name, "0") not in ("0", "false")]
        if actions.get("controls", "1") not in ("0", "false"):
            switches.insert(0, "controls")
        loading = f' preload="{actions["preload"]}"' if actions.get("preload") in ("auto", "metadata", "none") else ""
        source = escape(self.to_media(goal, here, "").html)
        return f'<{goal.kind} src="{source}"{"".join(f" {name}" for name in switches)}{loading}></{goal.kind}>'


def _written(value: Argument) -> str:
    """A typed argument as text: `true`, `3`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _argument(value: str) -> str:
    return f'"{value}"' if '"' not in value else "'" + value.replace("'", "&#39;") + "'"
