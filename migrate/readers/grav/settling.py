"""From merged configuration trees to typed Settings; a value of the wrong type is coerced, with a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrate.findings import Finding, find
from migrate.model.document import Summary
from migrate.model.site import Author, Redirect
from migrate.readers.grav.defaults import MEDIA_KINDS, SITE, SYSTEM
from migrate.readers.grav.settled import Languages, MarkdownSettings, Plugin, Settings, markdown_engine, setting
from migrate.readers.grav.values import as_bool, as_list, as_map, as_text, texts


class Trees:
    """The merged trees, asked value by value; remembers what had the wrong type."""

    def __init__(self, trees: Mapping[str, Mapping[str, Any]]) -> None:
        self._trees = trees
        self.findings: list[Finding] = []

    def text(self, path: str) -> str:
        """A text; "" where nothing is set."""
        value = self._value(path)
        found = as_text(value)
        if found is None and value is not None:
            self._wrong(path, "a text")
        return found or ""

    def flag(self, path: str) -> bool:
        """PHP's truth of the value."""
        return as_bool(self._value(path))

    def names(self, path: str) -> tuple[str, ...]:
        """A list of texts; a text with commas counts as one."""
        value = self._value(path)
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return tuple(text for item in as_list(value) if (text := as_text(item)) is not None)

    def map(self, path: str) -> Mapping[str, Any]:
        """A map; {} where nothing is set."""
        value = self._value(path)
        if value not in (None, "", []) and not isinstance(value, Mapping):
            self._wrong(path, "a map")
        return as_map(value)

    def _value(self, path: str) -> Any:
        tree, _, rest = path.partition(".")
        value = setting(self._trees.get(tree, {}), rest)
        return setting({"system": SYSTEM, "site": SITE}.get(tree, {}), rest) if value is None else value

    def _wrong(self, path: str, wanted: str) -> None:
        tree, _, rest = path.partition(".")
        self.findings.append(find("G125", f"config/{tree}.yaml", key=rest, wanted=wanted))


def settle(trees: Mapping[str, Mapping[str, Any]], plugins: Mapping[str, Plugin], findings: tuple[Finding, ...]
           ) -> Settings:
    """The settings that these trees and plug-ins make."""
    asked = Trees(trees)
    zone = _zone(asked)
    author = asked.map("site.author") if isinstance(setting(trees["site"], "author"), Mapping) else {}
    return Settings(
        system=trees["system"], site=trees["site"], plugins=plugins,
        title=asked.text("site.title"),
        author=Author(login="", name=as_text(author.get("name")) or "", email=as_text(author.get("email")) or "")
        if author else None,
        metadata={name: text for name, value in asked.map("site.metadata").items() if (text := as_text(value))},
        taxonomies=asked.names("site.taxonomies"), summary=_summary(asked),
        redirects=(*_redirects(asked, "redirects"), *_redirects(asked, "routes")),
        timezone=zone, date_format=asked.text("system.pages.dateformat.default"), languages=_languages(asked),
        home_alias=asked.text("system.home.alias"),
        home_aliases={code: text for code, value in asked.map("system.home.aliases").items()
                      if (text := as_text(value))},
        home_hide_in_urls=asked.flag("system.home.hide_in_urls"), markdown=_markdown(asked),
        publish_dates=asked.flag("system.pages.publish_dates"), order_by=asked.text("system.pages.order.by"),
        order_dir=asked.text("system.pages.order.dir"), url_extension=asked.text("system.pages.append_url_extension"),
        page_types=asked.names("system.pages.types"), redirect_default_code=_code(asked),
        ignore_files=asked.names("system.pages.ignore_files"),
        ignore_folders=asked.names("system.pages.ignore_folders"),
        ignore_hidden=asked.flag("system.pages.ignore_hidden"),
        hide_empty_folders=asked.flag("system.pages.hide_empty_folders"),
        frontmatter_twig=asked.flag("system.pages.frontmatter.process_twig"),
        param_separator=asked.text("system.param_sep") or ":",
        force_lowercase_urls=asked.flag("system.force_lowercase_urls"),
        absolute_urls=asked.flag("system.absolute_urls"),
        custom_base_url=asked.text("system.custom_base_url"), image_defaults=asked.map("system.images.defaults"),
        media_types=_media_types(trees.get("media", {})), findings=(*findings, *asked.findings))


def _zone(asked: Trees) -> str:
    name = asked.text("system.timezone")
    try:
        return str(ZoneInfo(name)) if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        asked.findings.append(find("G126", "config/system.yaml", name=name))
        return ""


def _summary(asked: Trees) -> Summary:
    size = asked.text("site.summary.size")
    return Summary(enabled=asked.flag("site.summary.enabled"), format=asked.text("site.summary.format"),
                   size=int(size) if size.lstrip("-").isdecimal() else 300,
                   delimiter=asked.text("site.summary.delimiter") or "===")


def _markdown(asked: Trees) -> MarkdownSettings:
    here, process = "system.pages.markdown.", asked.map("system.pages.process")
    # `process: {twig: true}` in system.yaml turns Markdown off, as it replaces the default (0.10).
    own = "markdown" in process and as_bool(process["markdown"])
    engine = "" if own else markdown_engine(process)
    if engine:
        asked.findings.append(find("G129", "config/system.yaml", engine=engine))
    return MarkdownSettings(
        markdown=own or bool(engine), engine=engine,
        twig=asked.flag("system.pages.process.twig"),
        twig_first=asked.flag("system.pages.twig_first"), never_cache_twig=asked.flag("system.pages.never_cache_twig"),
        extra=asked.flag(here + "extra"), auto_line_breaks=asked.flag(here + "auto_line_breaks"),
        auto_url_links=asked.flag(here + "auto_url_links"), escape_markup=asked.flag(here + "escape_markup"),
        special_chars=tuple((sign, text) for sign, value in asked.map(here + "special_chars").items()
                            if (text := as_text(value))),
        link_attributes=frozenset(asked.names(here + "valid_link_attributes")))


def _languages(asked: Trees) -> Languages:
    supported = asked.names("system.languages.supported")
    default = asked.text("system.languages.default_lang") or (supported[0] if supported else "")
    if supported and default not in supported:
        supported = (default, *supported)
    fallback = asked.map("system.languages.content_fallback")
    return Languages(
        supported=supported, default=default if supported else "",
        include_default=asked.flag("system.languages.include_default_lang"),
        content_fallback={str(code): tuple(part for text in texts(value) for part in text.replace(",", " ").split())
                          for code, value in fallback.items()},
        pages_fallback_only=asked.flag("system.languages.pages_fallback_only"))


def _redirects(asked: Trees, which: str) -> list[Redirect]:
    """`site.redirects` and `site.routes`; every key is a regular expression for Grav (m.2)."""
    found = []
    for origin, goal in asked.map(f"site.{which}").items():
        text = as_text(goal)
        if text:
            found.append(Redirect(origin=str(origin), goal=text, status=_code(asked), pattern=True,
                                  rewrite=which == "routes"))
    return found[::-1] if which == "routes" else found


def _code(asked: Trees) -> int:
    code = asked.text("system.pages.redirect_default_code")
    return int(code) if code in ("301", "302", "303", "307", "308") else 302


def _media_types(media: Mapping[str, Any]) -> dict[str, str]:
    """Extension → kind: a site's own list replaces Grav's (0.10)."""
    own = as_map(media.get("types"))
    if not own:
        return dict(MEDIA_KINDS)
    return {str(name).lower(): _kind(str(name).lower(), as_map(value)) for name, value in own.items()
            if name != "defaults"}


def _kind(extension: str, value: Mapping[str, Any]) -> str:
    kind = as_text(value.get("type")) or MEDIA_KINDS.get(extension, "file")
    return kind if kind in ("image", "animated", "vector", "video", "audio") else "file"
