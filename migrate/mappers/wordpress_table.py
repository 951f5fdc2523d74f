"""What a mapping file says about WordPress alone: the models of its section `wordpress`."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import field_validator

from migrate.mappers.shortcode_table import Row, checked_template

Format = Literal["", "standard", "aside", "chat", "gallery", "link", "image", "quote", "status", "video", "audio"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Kind(Row):
    """A rule about pages. All that it names must fit; the first rule that fits decides. A page that has children,
    and the home page, are pages whatever the rules say."""

    templates: tuple[str, ...] = ()
    """Source templates; `*` stands for any text."""
    routes: tuple[str, ...] = ()
    """Routes without the language: `/blog/*`."""
    parents: tuple[str, ...] = ()
    """Templates of the page above it."""
    languages: tuple[str, ...] = ()
    """Languages."""
    dated: bool | None = None
    """Whether its header names a date."""
    terms: bool | None = None
    """Whether it has categories or tags."""
    kind: Literal["post", "page"] = "page"
    """What it becomes. Posts have dates, terms and a place in feeds; pages have parents, an order and keep the
    whole of their address."""
    format: Format = ""
    """Post format."""
    template: str = ""
    """A template of your WordPress theme, as its file or name (`page-wide`)."""
    comments: Literal["", "open", "closed"] = ""
    """Whether visitors may comment; empty: see `wordpress.comments`."""
    category: str = ""
    """Category of posts that have none."""


class Statuses(Row):
    """What becomes of pages that are not simply public."""

    hidden: Literal["draft", "private"] = "draft"
    """Pages without an address (`routable: false`)."""
    unlisted: Literal["publish", "draft", "private"] = "publish"
    """Pages at their address, but in no list."""
    expired: Literal["draft", "private"] = "draft"
    """Pages whose `unpublish_date` has passed."""


class Excerpt(Row):
    """Where excerpts come from; without any, WordPress takes the first words itself."""

    keys: tuple[str, ...] = ("excerpt",)
    """Header keys, the first that is there."""
    divider: bool = True
    """Else what stands before the summary's divider."""


class MediaFiles(Row):
    """The media library."""

    attach: bool = True
    """Files belong to the first page that they lie beside."""
    accepted: tuple[str, ...] = ()
    """Extensions that WordPress takes. Other files are laid ready in a folder instead, which you copy."""
    further: tuple[str, ...] = ()
    """What it takes besides, perhaps by a plug-in: `[svg, avif]`."""
    place: str = "wp-content/uploads/grav"
    """Where you copy that folder to, below WordPress' own address."""

    @field_validator("place")
    @classmethod
    def _inside(cls, place: str) -> str:
        if not place.strip("/") or any(part in ("", ".", "..") for part in place.strip("/").split("/")):
            raise ValueError("expected a path below the address of WordPress, as wp-content/uploads/grav")
        return place.strip("/")


class BlockRule(Row):
    """How a plug-in's block for pictures is written: templates, with {id} {url} {alt} {caption} {link} {number} for
    each picture, {ids} and {count} for all of them."""

    open: str
    """What stands before the pictures, with the block's own comment."""
    slide: str
    """One picture."""
    between: str = ""
    """Text between two pictures."""
    close: str = ""
    """What stands after the pictures."""

    _templates = field_validator("open", "slide", "close")(checked_template)


class WordPressLanguages(Row):
    """How the languages of a site with several live together."""

    mode: Literal["auto", "plain", "polylang", "separate"] = "auto"
    """`plain`: without a plug-in; `polylang`: by the REST fields of Polylang Pro; `separate`: a site for each.
    `auto`: polylang where the target has these fields, else plain."""
    sites: dict[str, str] = {}
    """For `separate`: language → address of its site. A run brings over the languages of the site that it is
    given."""
    category: Literal["parent", "always", "none"] = "parent"
    """For `plain`: a category for each language. `parent`: the categories of its posts are below it; `always`: its
    posts are in it as well."""
    links: Literal["none", "top", "bottom"] = "none"
    """For `plain`: a line of links to the other languages in each text that has translations."""


class WordPress(Row):
    """What a site becomes in WordPress."""

    kinds: tuple[Kind, ...] = ()
    """Which pages become posts."""
    statuses: Statuses = Statuses()
    """What becomes of pages that are not simply public."""
    undated: str = "file"
    """Date of pages whose header names none: `file`, the time of the source file, which the source showed; or a
    day, as `2020-01-31`."""
    authors: dict[str, str] = {}
    """Author of the source → login of the WordPress user. Equal names need no entry."""
    author: str = ""
    """Login of the user for everything else; empty: who runs the migration."""
    excerpt: Excerpt = Excerpt()
    """Where excerpts come from."""
    sticky: tuple[str, ...] = ("sticky",)
    """Header keys that keep a post at the top."""
    comments: Literal["", "open", "closed"] = "closed"
    """Whether visitors may comment; empty: as WordPress is set."""
    front: bool = True
    """The home page becomes the front page."""
    posts_page: str = "auto"
    """Route of the page at whose address WordPress lists the posts; `auto`: the one that has most posts below it;
    `none`."""
    videos: Literal["auto", "frame", "embed"] = "auto"
    """Videos of YouTube and Vimeo. `frame`: as the source showed them, size and start included; `embed`: blocks of type
    embed, for which WordPress asks the other site. `auto`: frames where the user may write any HTML."""
    parents: dict[str, dict[str, str]] = {}
    """Taxonomy → term → the term above it: `category: {Tea: Drinks}`."""
    media: MediaFiles = MediaFiles()
    """The media library."""
    languages: WordPressLanguages = WordPressLanguages()
    """How several languages live together."""
    captions: Literal["style", "text", "none"] = "style"
    """Titles of pictures in galleries and carousels as captions. `style`: visible by the style that comes with it,
    for the source shows them as hints only; `text`: words of the page; `none`: they stay hints."""
    style: Literal["report", "inline"] = "report"
    """Where the style for carousels, captions, notices and tabs is: in a file for your theme's additional CSS, or in
    each page that needs it."""
    blocks: dict[str, BlockRule] = {}
    """Blocks of plug-ins that a shortcode may become (`shortcode: jetpack/slideshow`), by their name."""

    @field_validator("undated")
    @classmethod
    def _day(cls, undated: str) -> str:
        if undated != "file" and not _DATE.match(undated):
            raise ValueError("expected `file` or a day, as 2020-01-31")
        return undated
