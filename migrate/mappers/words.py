"""What the body mapper must know of a target's way of writing, without knowing which target it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from migrate.model.document import Document, Key
from migrate.model.site import Media

Argument = str | int | float | bool
Arguments = Sequence[tuple[str, Argument]]


class Reference(Protocol):
    """Where one link or image leads, as a reader resolved it."""

    @property
    def kind(self) -> str:
        """page, media, external, fragment, mail, stream or unresolved."""

    @property
    def key(self) -> Key | None:
        """The page or file, where there is one."""

    @property
    def url(self) -> str:
        """What the source itself printed."""

    @property
    def better(self) -> str:
        """What it should have printed."""

    @property
    def fragment(self) -> str:
        """Without #."""

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """What stays in the address; for an image its actions, in order."""

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """HTML attributes that the query asked for."""

    @property
    def problem(self) -> str | None:
        """What is wrong with it, in plain English."""


class Resolver(Protocol):
    """Resolves an address as the source does."""

    def __call__(self, url: str, *, document: Document, image: bool) -> Reference:
        """Where `url`, written in `document`, leads."""


class Destination(NamedTuple):
    """A place to point at: `markdown` for Markdown, where the target's hooks see it; `html` for raw HTML."""

    markdown: str
    html: str


class Words(Protocol):
    """How a target writes what Markdown has no words for."""

    @property
    def markdown(self) -> bool:
        """Whether bodies are written in Markdown; else in HTML, and the HTML of every decision counts."""

    @property
    def keeps_addresses(self) -> bool:
        """Whether old addresses answer on the new site as well, so that links to them may stay."""

    def shortcode(self, name: str, arguments: Arguments, *, paired: bool) -> tuple[str, str]:
        """The opening and closing text of the target's shortcode; the closing one is "" unless `paired`."""

    def to_page(self, goal: Document, tail: str) -> Destination:
        """A link to a page; `tail` is what follows the path: query and fragment."""

    def to_media(self, goal: Media, here: Document, tail: str) -> Destination:
        """A link to a file, or the source of a picture, from the text of `here`."""

    def image_html(self, goal: Media, here: Document, tail: str, *, alt: str, title: str | None) -> str:
        """A picture with its actions for raw HTML, where no hook sees it."""


Documents = Mapping[Key, Document]
MediaFiles = Mapping[Key, Media]
