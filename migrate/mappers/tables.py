"""The mapping file as models: what becomes what. Its JSON Schema and docs/mapping.md are generated from here.

Every key has a default, so that an empty file is a mapping. Wherever a header key is named, a path with dots
is meant: `metadata.description`, `routes.canonical`. Target names are paths too: `params.subtitle`.
"""

from __future__ import annotations

import re
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import field_validator

from migrate.mappers.address_table import Addresses
from migrate.mappers.placeholders import TemplateError, read_template
from migrate.mappers.shortcode_table import Row, ShortcodeRule
from migrate.mappers.wordpress_table import WordPress


class Source(Row):
    """What is to be believed about the source where it does not say so itself, or says it wrongly."""

    timezone: str = ""
    """Zone of dates without an offset, as `Asia/Almaty`, where the site's configuration names none."""
    environment: str = ""
    """Host name whose `user/HOST/config` is laid over the configuration."""
    languages: tuple[str, ...] | Literal["auto"] = "auto"
    """The languages, default first. `auto`: from the configuration, else from file suffixes."""
    plugins: dict[str, bool] = {}
    """Plug-ins to be taken as on or off, whatever the configuration says: `shortcode-core: true`."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            return str(ZoneInfo(name)) if name else name
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {name!r}; expected one like Europe/Berlin") from error


class FieldNames(Row):
    """Under which key of the target's front matter each part of a page is written; empty: not written."""

    title: str = "title"
    """The page's title."""
    menu: str = "linkTitle"
    """The short title for menus, where it differs from the title."""
    date: str = "date"
    """The page's date."""
    published: str = "publishDate"
    """Shown from."""
    modified: str = "lastmod"
    """Last change, where the header names it."""
    expires: str = "expiryDate"
    """Shown until."""
    draft: str = "draft"
    """True for what the public does not see."""
    position: str = "weight"
    """Place among its siblings, from 1, for numbered folders."""
    type: str = "type"
    """From `templates`."""
    layout: str = "layout"
    """From `templates`."""
    template: str = "params.template"
    """The source template's own name."""
    authors: str = "params.authors"
    """Names of the authors, a list."""
    metadata: str = "params.metadata"
    """Remaining `<meta>` entries of the page, a map."""
    featured: str = "images"
    """The featured picture (see `images.featured`), a list of one."""
    external_url: str = "params.external_url"
    """Address elsewhere that lists link to."""
    visible: str = "params.visible"
    """Written where the header says otherwise than the folder's name: a number makes a page visible in menus."""


class Frontmatter(Row):
    """Which header key becomes which front matter key. What no rule names is decided by `unknown.header`."""

    names: FieldNames = FieldNames()
    """Target names of the parts that every page has."""
    rename: dict[str, str] = {}
    """Header key → target key: `subtitle: params.subtitle`."""
    drop: tuple[str, ...] = ()
    """Header keys left out in silence, because they mean something inside the source only. `*` stands for
    any text."""
    keep: tuple[str, ...] = ()
    """Header keys that go under `params` whatever `unknown.header` says. `*` stands for any text."""
    reserved: tuple[str, ...] = ()
    """Front matter keys with a meaning of their own for the target: no taxonomy may be called so."""
    reserved_params: tuple[str, ...] = ()
    """Names under `params` with a meaning of their own for the target: a page's header key of such a name, in small
    letters or capitals, is written with `header_` before it."""
    constant: dict[str, Any] = {}
    """Target key → value written on every page."""
    template: dict[str, str] = {}
    """Target key → text made of header keys, with placeholders: `params.byline: 'By {author.name,author}'`.
    Not written where every placeholder is empty."""

    @field_validator("template")
    @classmethod
    def _readable(cls, templates: dict[str, str]) -> dict[str, str]:
        for key, text in templates.items():
            try:
                read_template(text)
            except TemplateError as error:
                raise ValueError(f"{key}: {error}") from error
        return templates


class Taxonomies(Row):
    """Which taxonomy of the source becomes which of the target."""

    types: dict[str, str] = {"category": "categories", "tag": "tags"}
    """Source type → the target's plural name (`author: authors`)."""
    listed: Literal["taxonomy", "params", "drop"] = "taxonomy"
    """Further types that the site itself declares: a taxonomy under their own name, a list under
    `params.taxonomy`, or dropped (with a finding)."""
    unlisted: Literal["taxonomy", "params", "drop"] = "params"
    """Types that only headers name; the source itself takes no notice of them."""
    from_headers: dict[str, str] = {}
    """Further header keys that hold terms → source type: `tags: tag`."""
    rename: dict[str, dict[str, str]] = {}
    """Source type → term → new name: `tag: {Hugo: hugo}`. Two names may become one."""
    slugs: dict[str, dict[str, str]] = {}
    """Source type → term → the last part of its address."""


class TemplateRule(Row):
    """What a page of one source template becomes."""

    section: str = ""
    """Content folder for pages of this template instead of their own; addresses stay."""
    type: str = ""
    """Front matter `type`."""
    layout: str = ""
    """Front matter `layout`."""


class Dates(Row):
    """Which header key feeds which date (the first that can be read), and how dates are written."""

    created: tuple[str, ...] = ("date", "publish_date")
    """The page's date."""
    published: tuple[str, ...] = ("publish_date",)
    """Shown from."""
    modified: tuple[str, ...] = ("modified",)
    """Last change."""
    expires: tuple[str, ...] = ("unpublish_date",)
    """Shown until."""
    formats: tuple[str, ...] = ()
    """Date formats in PHP's letters (`d-m-Y H:i`) tried before the site's own."""


class LanguageNames(Row):
    """How a language is called and written."""

    label: str = ""
    """Its name in itself: `Қазақша`."""
    locale: str = ""
    """For dates and the `lang` attribute: `kk-KZ`."""
    direction: Literal["", "ltr", "rtl"] = ""
    """Writing direction; empty: known from the code."""
    title: str = ""
    """The site's title in this language; empty: from the configuration."""


class Languages(Row):
    """Languages, and what happens where a page lacks a translation."""

    names: dict[str, LanguageNames] = {}
    """Language code → its names."""
    missing: Literal["redirect", "copy", "none"] = "redirect"
    """At addresses where the source shows a page in another language because there is no translation: lead
    to that page, make a copy of it, or leave them empty."""


class Featured(Row):
    """Which picture stands for a page."""

    keys: tuple[str, ...] = ()
    """Header keys that name it, in order of preference; a value that is a map is looked into (`file`,
    `src`, `name`)."""
    first: bool = False
    """Where no key names one: the first picture of the folder by media order."""


class Images(Row):
    """Pictures and their actions (`![](a.jpg?resize=400,300)`)."""

    featured: Featured = Featured()
    """Which picture stands for a page."""
    resize: Literal["process", "attributes"] = "process"
    """`process`: the target makes the resized or cropped file; `attributes`: the original file with width
    and height."""
    lightbox: Literal["link", "drop"] = "link"
    """A picture with `lightbox`: a link to the full file, or just the picture."""
    actions: dict[str, Literal["process", "attributes", "drop", "keep"]] = {}
    """Action → process it, say it with attributes, drop it, or keep it in the file's address."""
    loading: Literal["lazy", "eager", ""] = ""
    """`loading` of pictures that name none."""


class Links(Row):
    """Links in texts."""

    broken: Literal["keep", "text"] = "keep"
    """A link to nothing stays as it is (with a finding), or only its text stays."""
    external: dict[str, str] = {}
    """Attributes for links to other sites: `rel: noopener`."""


class Menus(Row):
    """The main menu, made of visible pages in folder order. A page that a language lacks has its place in its
    menu too, as in the source, and leads to the other language (with `languages.missing: redirect`)."""

    name: str = "main"
    """The target's name of the menu, in WordPress the title of the navigation; empty: no menu."""
    depth: Literal[1, 2, 3] = 1
    """Levels of pages: 1 for the top pages only."""


class Pages(Row):
    """Pages that the public of the source does not see, or not as pages.

    Where a page is `skip`ped, nothing of it is written; a finding says so. A page that has children is never
    skipped but hidden, so that they keep their place.
    """

    unpublished: Literal["draft", "skip"] = "draft"
    """`published: false`."""
    unroutable: Literal["hidden", "unlisted", "draft", "skip"] = "hidden"
    """`routable: false`, which the source answers with 404. `hidden`: the text is in the project, without an
    address; `unlisted`: at its address, but in no list."""
    protected: Literal["draft", "skip"] = "draft"
    """Pages behind a login (`access:`): never published by this program."""
    redirecting: Literal["redirect", "page", "skip"] = "redirect"
    """Pages that only lead elsewhere (`redirect:`): a page that redirects, a page like any other, or only a
    line in the list of redirects."""
    hidden_fields: dict[str, Any] = {}
    """Front matter that makes the target keep a page to itself."""
    unlisted_fields: dict[str, Any] = {}
    """Front matter that makes the target leave a page out of lists."""
    redirect_fields: dict[str, Any] = {}
    """Front matter of a page that redirects."""
    redirect_key: str = "params.redirect"
    """Where the front matter of such a page says whereto."""


class Unknown(Row):
    """What happens to things that nobody has a rule for; each is a finding as well."""

    shortcode: Literal["keep", "unwrap", "drop"] = "keep"
    """A live shortcode without a rule: its text stays visible, its body stays, or nothing."""
    twig: Literal["keep", "drop"] = "keep"
    """Twig that cannot be worked out: stays visible, or goes."""
    header: Literal["params", "drop"] = "params"
    """Header keys without a rule: under `params`, or dropped (with a finding)."""


class Output(Row):
    """How the target's files look."""

    front_matter: Literal["yaml", "toml"] = "yaml"
    """Language of the front matter."""
    theme: str = ""
    """A theme of yours instead of the starter layouts; you install it."""
    base_url: str = ""
    """Address of the new site; empty: the old one where it is known."""
    config: dict[str, Any] = {}
    """Settings laid over the generated site configuration."""


class Mapping(Row):
    """What becomes what: the whole mapping file."""

    version: Literal[1] = 1
    """Version of this format."""
    source: Source = Source()
    """What is to be believed about the source."""
    frontmatter: Frontmatter = Frontmatter()
    """Header keys and front matter keys."""
    taxonomies: Taxonomies = Taxonomies()
    """Categories, tags and other terms."""
    templates: dict[str, TemplateRule] = {}
    """Source template → section, type, layout. `*` stands for any text; the first match wins."""
    dates: Dates = Dates()
    """Which header key feeds which date."""
    languages: Languages = Languages()
    """Languages and missing translations."""
    shortcodes: dict[str, ShortcodeRule] = {}
    """Shortcode name (`plugin:youtube` for `[plugin:youtube](url)`) → what becomes of it."""
    images: Images = Images()
    """Pictures and their actions."""
    links: Links = Links()
    """Links in texts."""
    html: Literal["keep", "markdown"] = "keep"
    """Raw HTML in texts stays as it is, or becomes Markdown where Markdown can say it."""
    addresses: Addresses = Addresses()
    """At which path each page answers."""
    menus: Menus = Menus()
    """The main menu."""
    pages: Pages = Pages()
    """Unpublished, unroutable, protected and redirecting pages."""
    unknown: Unknown = Unknown()
    """Things that nobody has a rule for."""
    output: Output = Output()
    """How the target's files look."""
    wordpress: WordPress = WordPress()
    """What a site becomes in WordPress."""


def matches(patterns: tuple[str, ...] | list[str], name: str) -> bool:
    """Whether a name is in a list of names with `*`."""
    return any(pattern == name or ("*" in pattern and _glob(pattern).fullmatch(name)) for pattern in patterns)


def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
