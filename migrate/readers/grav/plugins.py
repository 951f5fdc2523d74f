"""Which content plug-ins run: as the site configures them, else by the syntax that its pages use."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from migrate.findings import Finding, find
from migrate.model.document import Dialect
from migrate.readers.grav.settled import Settings
from migrate.readers.grav.values import as_bool, as_list, as_map, as_text

CORE = "shortcode-core"
NOTICES = "markdown-notices"
CAPTIONS = "image-captions"
INJECT = "page-inject"
NOTICE_LEVELS = ("yellow", "red", "blue", "green")

SHORTCODES: Mapping[str, frozenset[str]] = {
    CORE: frozenset({"center", "left", "right", "justify", "color", "columns", "details", "div", "fa", "figure", "h1",
                     "h2", "h3", "h4", "h5", "h6", "lang", "lorem", "mark", "notice", "raw", "safe-email", "section",
                     "size", "span", "u"}),
    "shortcode-ui": frozenset({"ui-tabs", "ui-tab", "ui-accordion", "ui-accordion-item", "ui-browser", "ui-callout",
                               "ui-callout-item", "ui-polaroid", "ui-image-compare", "ui-animated-text"}),
    "shortcode-owl-carousel": frozenset({"owl-carousel"}),
    "shortcode-gallery-plusplus": frozenset({"gallery"}),
    "page-inject": frozenset({"content-inject", "page-inject", "plugin:content-inject", "plugin:page-inject"}),
    "youtube": frozenset({"youtube", "plugin:youtube"}),
    "vimeo": frozenset({"vimeo", "plugin:vimeo"}),
    "prism-highlight": frozenset({"prism"}),
    "shortcode-prism": frozenset({"prism"}),
    "page-toc": frozenset({"toc", "minitoc", "anchor"}),
    "mapbox": frozenset({"map"}),
    "mermaid-diagrams": frozenset({"mermaid"}),
    "qrcode": frozenset({"qrcode"}),
    "pdfjs": frozenset({"pdfjs"}),
    "svg-icon": frozenset({"svg-icon"}),
    "h5p": frozenset({"h5p"}),
    "embedly": frozenset({"embedly"}),
    "bibtexify": frozenset({"bibtexify", "cite"}),
    "fullcalendar": frozenset({"fullcalendar"}),
    "datatables": frozenset({"datatables", "dt-options", "dt-script"}),
    "presentation": frozenset({"presentation"}),
    "googleslides": frozenset({"googleslides"}),
}
"""Plug-in → the shortcodes that it registers; `plugin:NAME` is `[plugin:NAME](address)` in Markdown."""

INFERRED = (NOTICES, CORE, "shortcode-ui", "shortcode-owl-carousel", "shortcode-gallery-plusplus", "page-inject",
            "youtube", "vimeo")
"""Plug-ins whose effect is known exactly, so that their use shows that they ran where nothing says so."""

_REGISTERED = frozenset(name for names in SHORTCODES.values() for name in names)
_OWNERS = {name: plugin for plugin in INFERRED for name in SHORTCODES.get(plugin, ())}
_SHORTCODE = re.compile(r"\[/([a-z][\w-]*)\]|\[(plugin:[\w-]+)\]\(|\[([a-z][\w-]*)(?:[ =][^\[\]\n]*)?/\]|\[(fa)[ =]")
_SCOPE = re.compile(r"(?:^|[\s>])img(?:\.([\w-]+))?\s*$")
_NOTICE = re.compile(r"^ {0,3}!{1,4} ", re.M)
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|`[^`\n]+`", re.M | re.S)


def plugins_used(body: str) -> frozenset[str]:
    """The plug-ins of INFERRED whose syntax stands in a body, outside code."""
    used = _used_in(body)
    return _used_in(_CODE.sub("", body)) if used and ("`" in body or "~~~" in body) else used


def _used_in(text: str) -> frozenset[str]:
    used: set[str] = set()
    if "[/" in text or "/]" in text or "[plugin:" in text or "[fa" in text:
        names = (next(group for group in match.groups() if group) for match in _SHORTCODE.finditer(text))
        used.update(_OWNERS[name] for name in names if name in _OWNERS)
    if "! " in text and _NOTICE.search(text):
        used.add(NOTICES)
    return frozenset(used)


class PluginStates(NamedTuple):
    """Plug-in → on; with what was inferred."""

    on: Mapping[str, bool]
    findings: tuple[Finding, ...]


def plugin_states(settings: Settings, used: Mapping[str, int], overrides: Mapping[str, bool]) -> PluginStates:
    """Settle each plug-in: the run's own word, else the configuration, else use. `used`: plug-in → pages."""
    on = {name: plugin.enabled for name, plugin in settings.plugins.items()
          if plugin.installed or "enabled" in plugin.config or name not in INFERRED}
    on.update(overrides)
    inferred = [name for name in INFERRED if name not in on and used.get(name)]
    if CORE not in on and CORE not in inferred and any(name.startswith("shortcode-") for name in inferred):
        inferred.append(CORE)
    findings = tuple(find("G137", "config", plugin=name, pages=used.get(name, 0)) for name in inferred)
    on.update(dict.fromkeys(inferred, True))
    return PluginStates(on, findings)


class PluginDialect:
    """What the plug-ins make of a page's Markdown: dialects that differ in nothing are one object."""

    def __init__(self, settings: Settings, on: Mapping[str, bool], further: Mapping[str, str]) -> None:
        """`on` as `plugin_states` settled it; `further`: a shortcode that is in no table → its plug-in, or ""."""
        self._on = on
        self._further = {name: plugin for name, plugin in further.items() if name not in _REGISTERED}
        self._config = {name: plugin.config for name, plugin in settings.plugins.items()}
        self._made: dict[tuple[Dialect, frozenset[str], bool, str, bool], Dialect] = {}
        core = self._config.get(CORE, {})
        self._active = as_bool(core.get("active", True))
        self._parser = as_text(core.get("parser")) or "regular"

    def complete(self, dialect: Dialect, header: Mapping[str, Any]) -> Dialect:
        """The page's own dialect with the plug-ins' part added (j.1–j.8)."""
        core = as_map(header.get(CORE))
        active = as_bool(core.get("active", self._active)) and as_bool(core.get("enabled", True))
        off = frozenset(name for name, on in self._on.items()
                        if on and name in header and _switched_off(header[name]) and name != CORE)
        inject = {**self._config.get(INJECT, {}), **as_map(header.get(INJECT))}
        key = (dialect, off, active, as_text(core.get("parser")) or self._parser,
               as_bool(inject.get("processed_content", False)))
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, dialect: Dialect, off: Collection[str], active: bool, parser: str, finished: bool) -> Dialect:
        names = {name for plugin, on in self._on.items() if on and plugin not in off
                 for name in SHORTCODES.get(plugin, ())}
        further = {name for name, plugin in self._further.items()
                   if not plugin or (self._on.get(plugin) and plugin not in off)}
        registered = {name for name in names if not name.startswith("plugin:")} if self._on.get(CORE) else set()
        if self._on.get(CORE, True):
            registered |= {name for name in further if not name.startswith("plugin:")}
        names |= further
        live = registered if active else set()
        links = {name for name in names if name.startswith("plugin:")}
        levels, base = self._notices() if self._on.get(NOTICES) and NOTICES not in off else ((), "notices")
        return replace(dialect, shortcodes=frozenset(live | links), shortcode_lines=frozenset(registered),
                       shortcode_parser=parser, inject_finished=finished, notices=levels, notices_base=base,
                       captions=self._captions() if self._on.get(CAPTIONS) and CAPTIONS not in off else "")

    def _captions(self) -> str:
        """Which pictures get a caption (j.9): `img`, or a class of theirs; "" where the scope is something else."""
        scope = as_text(self._config.get(CAPTIONS, {}).get("scope")) or "img.caption"
        match = _SCOPE.search(scope)
        return "" if match is None else match[1] or "img"

    def _notices(self) -> tuple[tuple[str, ...], str]:
        config = self._config.get(NOTICES, {})
        levels = tuple(as_text(level) or "" for level in as_list(config.get("level_classes"))) or NOTICE_LEVELS
        return levels, as_text(config.get("base_classes")) or "notices"


def _switched_off(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not as_bool(value.get("enabled", True)) or not as_bool(value.get("active", True))
    return value is False
