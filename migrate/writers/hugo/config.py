"""hugo.toml: what Hugo must be told so that the site looks and answers as it did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from migrate.content.goldmark_options import hugo_markup
from migrate.mappers.language_names import name_of
from migrate.mappers.tables import Images, LanguageNames
from migrate.mappers.values import found_at
from migrate.model.document import Dialect
from migrate.model.site import Language, MenuEntry, Site
from migrate.writers.hugo.languages import is_right_to_left, own_language
from migrate.writers.hugo.project import Project

NOWHERE = "https://example.org/"
"""`baseURL` where nobody knows the address of the new site."""

_ALTERED = re.compile(r"[^a-z0-9/._~%?&=#-]")
"""What Hugo changes in the path of a menu's entry, unless it is written in percent: capitals and blanks too."""

_WORD = 6                                 # characters; Hugo counts a summary's words


def hugo_settings(project: Project) -> dict[str, Any]:
    """The configuration as nested tables. Valid without a warning from Hugo 0.158 on, and read by 0.146."""
    site, mapping = project.site, project.mapping
    settings: dict[str, Any] = {
        "baseURL": base_url(project),
        "title": site.title or "Home",
        "timeZone": site.timezone,
        "theme": mapping.output.theme or None,
        "capitalizeListTitles": False,
        "pluralizeListTitles": False,
        "summaryLength": max(10, _summary_size(site.config) // _WORD),
    }
    settings |= _languages(project) if site.languages else _one_language(project)
    if taxonomies := _taxonomies(project):
        settings["taxonomies"] = taxonomies
        settings["permalinks"] = _term_permalinks(project)
    else:
        settings["disableKinds"] = ["taxonomy", "term"]
    settings["pagination"] = {"pagerSize": 10, "disableAliases": True}
    settings["markup"] = _merged(hugo_markup(project.markdown),
                                 {"goldmark": {"duplicateResourceFiles": project.duplicate_files or None}})
    settings["module"] = {"mounts": _mounts(project)}
    settings["params"] = {"description": site.metadata.get("description"), "metadata": _metadata(site.metadata),
                          "direction": "rtl" if is_right_to_left(own_language(site)) else None,
                          "pictures": _pictures(mapping.images),
                          "links": {"external": dict(mapping.links.external), "attributes": _link_attributes(site)}}
    return _pruned(_merged(settings, mapping.output.config))


def base_url(project: Project) -> str:
    """The address of the new site: the mapping's, else the old site's, else a stand-in."""
    for url in (project.mapping.output.base_url, project.site.url):
        if url and urlsplit(url).scheme and urlsplit(url).netloc:
            return url if url.endswith("/") else url + "/"
    return NOWHERE


def _one_language(project: Project) -> dict[str, Any]:
    menu, code = project.site.menus.get("", ()), own_language(project.site)
    return {"locale": code or None, "defaultContentLanguage": code or None,
            "menus": {project.mapping.menus.name: _menu(menu, project)} if menu else None}


def _languages(project: Project) -> dict[str, Any]:
    default = project.site.languages[0]
    tables = {language.code.lower(): _language(language, weight, project)
              for weight, language in enumerate(project.site.languages, start=1)}
    return {"defaultContentLanguage": default.code.lower(),
            "defaultContentLanguageInSubdir": default.prefix != "",
            "languages": tables}


def _language(language: Language, weight: int, project: Project) -> dict[str, Any]:
    names = project.mapping.languages.names.get(language.code, LanguageNames())
    direction = names.direction or ("rtl" if is_right_to_left(language.code) else "ltr")
    label = names.label or language.label or name_of(language.code)
    menu = project.site.menus.get(language.code, ())
    return {
        "weight": weight,
        "label": label,
        "locale": names.locale or language.code,
        "direction": direction,
        "title": names.title or None,
        # What the starter layouts read, as the keys above have other names before Hugo 0.158.
        "params": {"label": label, "locale": names.locale or language.code, "direction": direction},
        "menus": {project.mapping.menus.name: _menu(menu, project)} if menu else None,
    }


def _menu(entries: tuple[MenuEntry, ...], project: Project) -> list[dict[str, Any]]:
    return [{"name": entry.name, **_goal(entry, project), "weight": entry.weight,
             "identifier": entry.identifier or None, "parent": entry.parent or None} for entry in entries]


def _goal(entry: MenuEntry, project: Project) -> dict[str, str]:
    """A page by its path, so that Hugo knows when it is shown; what has no page by its address."""
    place = project.places.get(entry.key) if entry.key else None
    if place is None or place.hidden:
        return {"url": _ALTERED.sub(_encoded, entry.address) if entry.address.startswith("/") else entry.address}
    return {"pageRef": f"/{place.folder}"}


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _taxonomies(project: Project) -> dict[str, str]:
    """Those in use, and those that nothing stands in the way of: Hugo makes an empty list for each."""
    site = project.site
    used = {term.taxonomy for term in site.terms}
    taken = {page.address for page in site.documents}
    prefixes = {language.prefix for language in site.languages} | {""}
    return {singular: plural for singular, plural in site.taxonomy_names.items()
            if plural in used or not any(f"{prefix}/{plural}/" in taken for prefix in prefixes)}


def _term_permalinks(project: Project) -> dict[str, Any]:
    """Where lists of terms answer, for taxonomies whose own address a page has."""
    moved = {term.taxonomy: term.address for term in project.site.terms
             if not term.slug and term.address and term.address != f"/{term.taxonomy}/"}
    terms = {plural: f"{address}:slug/" for plural, address in moved.items()}
    return {"taxonomy": moved, "term": terms} if moved else {}


def _link_attributes(site: Site) -> list[str] | None:
    """What the site takes out of the queries of links, where that is not what _partials/link.html takes (Grav: e.3)."""
    names = found_at(site.config, ("system", "pages", "markdown", "valid_link_attributes"))
    if not isinstance(names, list | tuple) or set(names) == Dialect().link_attributes:
        return None
    return [str(name) for name in names]


def _mounts(project: Project) -> list[dict[str, str]]:
    """Pictures in `static/` are made known to Hugo's image processing; everything else lies where Hugo looks."""
    processed = any(place.startswith("static/") and project.site.media[key].kind == "image"
                    for key, place in project.media_places.items())
    mounts = [{"source": "assets", "target": "assets"}, {"source": "static", "target": "assets"}]
    return mounts if processed else []


def _pictures(images: Images) -> dict[str, Any]:
    """What _partials/picture.html is told, where it differs from what it does by itself."""
    return {"resize": "attributes" if images.resize == "attributes" else None,
            "lightbox": "drop" if images.lightbox == "drop" else None,
            "loading": images.loading or None, "actions": dict(images.actions)}


def _summary_size(config: Mapping[str, Any]) -> int:
    site = config.get("site")
    summary = site.get("summary") if isinstance(site, Mapping) else None
    size = summary.get("size") if isinstance(summary, Mapping) else None
    return size if isinstance(size, int) and size > 0 else 300


def _metadata(metadata: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in metadata.items() if name not in ("description", "generator")}


def _pruned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The tables without what holds nothing."""
    kept = {key: _pruned(value) if isinstance(value, Mapping) else value for key, value in values.items()}
    return {key: value for key, value in kept.items() if value not in (None, {}, [])}


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merged key by key; anything else in `over` replaces."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return result
