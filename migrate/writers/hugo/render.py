"""A decided Site in Hugo's words: one file for each page, and everything that the project needs besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from migrate.mappers.front_matter import FrontMatter
from migrate.mappers.values import found_at, merged, path_of
from migrate.model.document import Document, Key
from migrate.model.resource import Resource, digest_of
from migrate.writers.hugo.config import hugo_settings
from migrate.writers.hugo.folders import HOME, Node
from migrate.writers.hugo.frontmatter import front_matter, toml
from migrate.writers.hugo.paths import term_key
from migrate.writers.hugo.project import Project, lay_out
from migrate.writers.hugo.redirects import redirect_lines

__all__ = ["lay_out", "render_page", "render_site"]

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""`publishDate` of a page that the old site shows although its date lies in the future."""

MISSING = "404"
"""The content file that becomes /404.html."""

HIDDEN = {"build": {"render": "never", "list": "never"}}


def render_page(document: Document, text: str, project: Project) -> tuple[Resource, ...]:
    """The page's file; () for a module inside its page, a merged copy, and what is skipped.

    `text` is the finished Markdown. Raises KeyError for a document that was not in the project's site.
    """
    place = project.places.get(document.key)
    if place is None:
        return ()
    values = page_values(document, project)
    return (_file(document.key, "page", place.path, _page_text(values, text, project), source=document.source),)


def page_values(document: Document, project: Project) -> dict[str, Any]:
    """The page's front matter: what the mappers decided, and what Hugo must be told besides."""
    place = project.places[document.key]
    values = dict(document.fields)
    _show_in_spite_of_date(document, values, project)
    if place.url:
        values["url"] = place.url
        if _names_a_file(place.url) and place.path.rpartition("/")[2].startswith("_index."):
            values.setdefault("outputs", ["html"])  # its feed would be written over it: both have this address
    if aliases := project.aliases.get(document.key):
        values["aliases"] = list(aliases)
    if key := project.translation_keys.get(document.key):
        values["translationKey"] = key
    for plural in project.site.taxonomy_names.values():
        if plural in values:
            values[plural] = [name for name in values[plural] if term_key(name)]
    _featured(document, values, project)
    if place.hidden:
        values |= project.mapping.pages.hidden_fields or HIDDEN
    params = dict(values.pop("params", None) or {})
    if modules := _modules(document, project):
        params.setdefault("modules", modules)
    return {**values, "params": params} if params else values


def _modules(document: Document, project: Project) -> list[dict[str, Any]]:
    """What stands in the headers of a page's modules, for layouts to show: their texts are in the page's own."""
    documents = (project.modules[key] for key in document.modules if key in project.modules)
    headers = [(module, dict(module.fields.get("params") or {})) for module in documents]
    return [{"name": module.raw_route.rpartition("/")[2], "title": module.title, **params}
            for module, params in headers if params.keys() - {"template"}]


def _names_a_file(url: str) -> bool:
    return "." in url.rpartition("/")[2].lstrip(".")


def render_site(project: Project, starter: Mapping[str, str]) -> tuple[Resource, ...]:
    """Everything but the pages. `starter`: path in the project → text of the layouts and styles to ship."""
    settings = toml(hugo_settings(project))
    files = [_file(Key("config:hugo.toml"), "config", "hugo.toml", settings)]
    files += [_file(Key(f"layout:{path}"), "layout", path, text) for path, text in starter.items()]
    lines = redirect_lines(project) if project.mapping.addresses.redirects_file else ""
    if lines:
        files.append(_file(Key("redirects:static/_redirects"), "redirects", "static/_redirects", lines))
    return (*files, *_missing_page(project), *_sections(project), *_term_lists(project), *_media(project))


def _page_text(values: Mapping[str, Any], text: str, project: Project) -> str:
    head = front_matter(values, project.mapping.output.front_matter)
    body = text.strip("\n")
    return f"{head}\n{body}\n" if body else head


def _show_in_spite_of_date(document: Document, values: dict[str, Any], project: Project) -> None:
    """Hugo hides a page whose date lies ahead; Grav does so for `publish_date` only (f.2)."""
    names, now = project.mapping.frontmatter.names, project.site.now
    if now is None or not names.published or document.standing == "draft" or not document.published:
        return
    shown_from = values.get(names.published, values.get(names.date))
    if isinstance(shown_from, datetime) and shown_from > now:
        values[names.published] = LONG_AGO
    expires = values.get(names.expires)
    if isinstance(expires, datetime) and expires <= now:
        del values[names.expires]


def _featured(document: Document, values: dict[str, Any], project: Project) -> None:
    """The featured picture by its name where it stands beside the page, else by its address."""
    name = project.mapping.frontmatter.names.featured
    media = project.site.media.get(document.featured) if document.featured else None
    if media is not None and name and found_at(values, path_of(name)) is None:
        own = media.beside and media.folder == document.folder
        both = FrontMatter()
        both.set(name, [media.name if own else media.address])
        values |= merged(values, both.fields())


def _missing_page(project: Project) -> tuple[Resource, ...]:
    """What web servers show where nothing is: with a language in every address, Hugo puts it where none looks."""
    languages = project.site.languages
    if not languages or not languages[0].prefix or project.mapping.output.theme:
        return ()
    values = {"title": "404", "url": "/404.html", "layout": "missing", "build": {"list": "never"},
              "sitemap": {"disable": True}}
    head = front_matter(values, project.mapping.output.front_matter)
    return (_file(Key("section:404"), "section", f"content/{MISSING}.{languages[0].code.lower()}.md", head),)


def _sections(project: Project) -> tuple[Resource, ...]:
    """Hugo shows a list page for every folder at the top: where Grav has no page, it is told not to."""
    written = []
    for node in project.nodes:
        if node.route == HOME or not node.branch:
            continue
        for language in sorted(_languages_below(node) - node.pages.keys()):
            suffix = f".{language.lower()}.md" if language else ".md"
            values = {"title": _title(node), **HIDDEN}
            head = front_matter(values, project.mapping.output.front_matter)
            key = Key(f"section:{node.route}@{language}" if language else f"section:{node.route}")
            written.append(_file(key, "section", f"content/{node.folder}/_index{suffix}", head))
    return tuple(written)


def _languages_below(node: Node) -> set[str]:
    """Languages that have a page to be seen below a folder."""
    found: set[str] = set()
    waiting = [child for child in node.children if child.alive]
    while waiting:
        child = waiting.pop()
        found |= child.pages.keys()
        waiting += [below for below in child.children if below.alive]
    return found


def _title(node: Node) -> str:
    """A page-less folder's title (Grav: Page::title): its name with a capital letter, or another language's title."""
    for page in node.pages.values():
        return page.title
    name = node.route.rpartition("/")[2]
    return name[:1].upper() + name[1:]


def _term_lists(project: Project) -> tuple[Resource, ...]:
    """Pages for terms whose address is not the one that Hugo makes of their name."""
    written = []
    for term in project.site.terms:
        name = term_key(term.name)
        if name is None or not term.slug or name == term.slug:
            continue
        for language in term.languages or ("",):
            head = front_matter({"title": term.name, "slug": term.slug}, project.mapping.output.front_matter)
            key = Key(f"term:{term.taxonomy}/{name}" + (f"@{language}" if language else ""))
            suffix = f".{language.lower()}.md" if language else ".md"
            written.append(_file(key, "term", f"content/{term.taxonomy}/{name}/_index{suffix}", head))
    return tuple(written)


def _media(project: Project) -> tuple[Resource, ...]:
    """Copies; their digest is filled in by the store, which can read them."""
    media = project.site.media
    return tuple(
        Resource(key=key, kind="media", natural_key=place, digest="", source=media[key].key.partition(":")[2],
                 fields={"copy": media[key].path, "size": media[key].size, "modified": media[key].modified})
        for key, place in project.media_places.items())


def _file(key: Key, kind: str, path: str, text: str, *, source: str = "") -> Resource:
    text = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    return Resource(key=key, kind=kind, natural_key=path, fields={"text": text}, digest=digest_of(text), source=source)
