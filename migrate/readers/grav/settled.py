"""A site's configuration as the reader uses it: typed, with Grav's defaults where nothing is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate.findings import Finding
from migrate.model.document import EMPTY, Summary
from migrate.model.site import Author, Redirect
from migrate.readers.grav.values import as_bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """`system.languages`, settled. `supported` is () where the site names none (Grav: languages are off)."""

    supported: tuple[str, ...] = ()       # with the default in front if the list lacks it (g.1)
    default: str = ""                     # "" where there are none
    include_default: bool = True          # the default language carries its prefix in addresses
    content_fallback: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: EMPTY)   # only what is set
    pages_fallback_only: bool = False
    inferred: bool = False                # from the names of files: for Grav itself languages are off

    def file_order(self, language: str) -> tuple[str, ...]:
        """File extensions tried for `language`, first wins: (".fr.md", ".en.md", ".md") (g.2)."""
        tried = [f".{language}.md", *self._fallbacks(language)]
        return tuple(dict.fromkeys(tried))

    def _fallbacks(self, language: str) -> list[str]:
        """Extensions after the language's own; plain `.md` comes right behind the default language (g.2)."""
        if self.pages_fallback_only:
            earlier = self.supported[:self.supported.index(language)] if language in self.supported else self.supported
            names = [*reversed(earlier)]
            plain = [".md"] if language == self.default else []
            return [*plain, *(extension for name in names for extension in self._with_plain(name)), ".md"]
        others = self.content_fallback.get(language, (self.default,))
        own = [".md"] if language == self.default else []
        return [*own, *(extension for name in others for extension in self._with_plain(name))]

    def _with_plain(self, name: str) -> list[str]:
        return [f".{name}.md", ".md"] if name == self.default else [f".{name}.md"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One plug-in that the site names: its own defaults with the site's settings over them."""

    name: str
    enabled: bool
    installed: bool                       # its folder lies in user/plugins (a repository often leaves them out)
    config: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownSettings:
    """`system.pages.markdown` and `system.pages.process`, coerced."""

    markdown: bool = True                 # pages.process.markdown
    engine: str = ""                      # the plug-in that pages.process names for Markdown in Grav's stead
    twig: bool = False                    # pages.process.twig
    twig_first: bool = False
    never_cache_twig: bool = False
    extra: bool = False
    auto_line_breaks: bool = False
    auto_url_links: bool = False
    escape_markup: bool = False
    special_chars: tuple[tuple[str, str], ...] = ((">", "gt"), ("<", "lt"))
    link_attributes: frozenset[str] = frozenset({"rel", "target", "id", "class", "classes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that the reader asks of a site's configuration, with Grav 1.7's defaults where nothing is set.

    `system` and `site` are the whole merged trees (for rarer keys: `setting(settings.system, "pages.x.y")`).
    """

    system: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    site: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    plugins: Mapping[str, Plugin] = field(default_factory=lambda: EMPTY)
    environment: str = ""                 # the environment whose overrides are in: a host name, or ""
    # site
    title: str = ""
    author: Author | None = None          # site.author
    metadata: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    taxonomies: tuple[str, ...] = ("category", "tag")
    summary: Summary = field(default_factory=Summary)
    redirects: tuple[Redirect, ...] = ()  # site.redirects then site.routes, in the order Grav tries them (m.2)
    # system
    timezone: str = ""                    # a name zoneinfo knows; "" where the site names none (or a wrong one)
    date_format: str = ""                 # pages.dateformat.default
    languages: Languages = Languages()
    home_alias: str = "/home"
    home_aliases: Mapping[str, str] = field(default_factory=lambda: EMPTY)   # language → alias
    home_hide_in_urls: bool = False
    markdown: MarkdownSettings = MarkdownSettings()
    publish_dates: bool = True
    order_by: str = "default"
    order_dir: str = "asc"
    url_extension: str = ""               # pages.append_url_extension
    page_types: tuple[str, ...] = ("html", "htm", "xml", "txt", "json", "rss", "atom")
    redirect_default_code: int = 302
    ignore_files: tuple[str, ...] = (".DS_Store",)
    ignore_folders: tuple[str, ...] = (".git", ".idea")
    ignore_hidden: bool = True
    hide_empty_folders: bool = False
    frontmatter_twig: bool = False        # pages.frontmatter.process_twig
    param_separator: str = ":"
    force_lowercase_urls: bool = True
    absolute_urls: bool = False
    custom_base_url: str = ""
    image_defaults: Mapping[str, Any] = field(default_factory=lambda: EMPTY)  # images.defaults: actions given to all
    media_types: Mapping[str, str] = field(default_factory=lambda: EMPTY)     # extension (lower case) → kind, e.15
    # people
    authors: tuple[Author, ...] = ()      # accounts/*.yaml: login, full name, e-mail; nothing else is read
    findings: tuple[Finding, ...] = ()

    def home_for(self, language: str) -> str:
        """The home alias in `language`, with a leading slash and none at the end (b.6)."""
        return "/" + str(self.home_aliases.get(language) or self.home_alias).strip("/")

    def plugin_on(self, name: str) -> bool:
        """Whether the site names the plug-in and has it enabled."""
        return name in self.plugins and self.plugins[name].enabled


def markdown_engine(process: Mapping[str, Any]) -> str:
    """The switch of `process` by which a plug-in makes Markdown in Grav's stead (`zmarkdown: true`), or ""."""
    return next((name for name, on in process.items()
                 if isinstance(name, str) and name != "markdown" and "mark" in name.lower() and as_bool(on)), "")


def setting(tree: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """The value at a dotted path, or `default` where a step is missing or is no map."""
    value: Any = tree
    for step in path.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return default
        value = value[step]
    return value
