"""Grav's pages and files as Twig sees them: `page.title`, `page.media['a.png'].url`, `page.find('/x').title`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from migrate.mappers.place import Around
from migrate.mappers.twig_library import UnknownError, printed
from migrate.mappers.twig_values import NOT_KNOWN
from migrate.model.document import Document, Key
from migrate.model.site import Media

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")
_LETTERS: Mapping[str, Callable[[datetime], str]] = {
    "d": lambda moment: f"{moment.day:02}", "j": lambda moment: str(moment.day),
    "m": lambda moment: f"{moment.month:02}", "n": lambda moment: str(moment.month),
    "Y": lambda moment: f"{moment.year:04}", "y": lambda moment: f"{moment.year:04}"[2:],
    "H": lambda moment: f"{moment.hour:02}", "G": lambda moment: str(moment.hour),
    "g": lambda moment: str((moment.hour + 11) % 12 + 1), "h": lambda moment: f"{(moment.hour + 11) % 12 + 1:02}",
    "a": lambda moment: "am" if moment.hour < 12 else "pm", "A": lambda moment: "AM" if moment.hour < 12 else "PM",
    "i": lambda moment: f"{moment.minute:02}", "s": lambda moment: f"{moment.second:02}",
    "D": lambda moment: _DAYS[moment.weekday()][:3], "l": lambda moment: _DAYS[moment.weekday()],
    "M": lambda moment: _MONTHS[moment.month - 1][:3], "F": lambda moment: _MONTHS[moment.month - 1],
    "N": lambda moment: str(moment.isoweekday()),
}
_FORM = re.compile(r"\\(.)|([A-Za-z])")
_KINDS = {"images": ("image",), "videos": ("video",), "audios": ("audio",), "files": ("file",)}
_ACTIONS = frozenset((
    "resize", "forceResize", "cropResize", "crop", "cropZoom", "zoomCrop", "quality", "lightbox", "link", "classes",
    "id", "style", "grayscale", "negate", "brightness", "contrast", "sepia", "rotate", "flip", "gaussianBlur",
    "colorize", "loading", "width", "height", "derivatives", "sizes",
))


def twig_values(here: Document, around: Around, unknown: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The names that Twig knows on every page and that we know as well; `unknown` are set by what we do not know.

    The variable without a name says whether what tags print is escaped.
    """
    config = around.site_config
    system = config.get("system") or {}
    lax = (system.get("strict_mode") or {}).get("twig_compat")
    escaping = not lax or (system.get("twig") or {}).get("autoescape") is not False
    return {"": escaping, "page": PageThing(here, around, here), "media": FilesThing(here.media, around, here),
            "header": here.header, "site": config.get("site") or {}, "base_url": "",
            "config": SettingsThing({"site": config.get("site") or {}, "system": SettingsThing(system)}),
            "system": SettingsThing(system), **dict.fromkeys(unknown, NOT_KNOWN)}


class SettingsThing:
    """Settings of which only some are known: `config`, `system`. The others are unknown, and not empty."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = known

    def attribute(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """`config.site.title`, `config.get('site.title')`."""
        if name == "get" and arguments:
            first, *rest = printed(arguments[0]).split(".")
            value = self.attribute(first, ())
            for part in rest:
                value = value.attribute(part, ()) if isinstance(value, SettingsThing) else (
                    value.get(part) if isinstance(value, Mapping) else None)
            return value
        return self.item(name)

    def item(self, key: str) -> Any:
        """`config['site']`; raises UnknownError for settings that are not known."""
        if key not in self.known:
            raise UnknownError(f"config.{key}")
        return self.known[key]


class MomentThing:
    """A date: printed as the number of seconds that it is in Grav, or by a form of PHP's."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def printed(self) -> str:
        """Seconds since 1970."""
        return str(int(self.moment.timestamp()))

    def dated(self, form: str | None) -> str:
        """Grav: `|date('Y-m-d')`; raises UnknownError for letters that need more than the date."""
        if not form:
            raise UnknownError("the site's own form of dates")

        def one(match: re.Match[str]) -> str:
            if match[1]:
                return match[1]
            if match[2] not in _LETTERS:
                raise UnknownError(match[2])
            return _LETTERS[match[2]](self.moment)
        return _FORM.sub(one, form)


class PageThing:
    """A page (Page.php), as far as it is known before anything is rendered."""

    def __init__(self, document: Document, around: Around, here: Document) -> None:
        self.document, self.around, self.here = document, around, here

    def attribute(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """A property or method of the page."""
        work = _PAGE.get(name)
        if work is None:
            raise UnknownError(f"page.{name}")
        return work(self, *arguments[:1])

    def item(self, key: str) -> Any:
        """`page['title']`."""
        return self.attribute(key, ())

    def other(self, document: Document | None) -> PageThing | None:
        """Another page, seen from the same place."""
        return PageThing(document, self.around, self.here) if document is not None else None

    def find(self, route: Any = "") -> PageThing | None:
        """`page.find('/x')`: the page at a route of the same language."""
        wanted = "/" + printed(route).strip("/")
        return self.other(next((page for page in self.around.documents.values() if page.language == self.here.language
                                and wanted in (page.route, page.raw_route) and page.owns_route), None))

    def parent(self) -> PageThing | Mapping[str, Any] | None:
        """The page of the folder above; the root of all pages has a title of its own."""
        key = self.document.parent
        return self.other(self.around.documents.get(key)) if key else _ROOT

    def children(self) -> list[Any]:
        """Published pages below, in Grav's order, without modules."""
        pages = [page for page in self.around.documents.values()
                 if page.parent == self.document.key and page.published and not page.modular]
        return [self.other(page) for page in sorted(pages, key=lambda page: page.position)]

    def moment(self) -> MomentThing:
        """The page's date; unknown where the header has none (Grav: the file's own time)."""
        if self.document.dates.created is None:
            raise UnknownError("page.date")
        return MomentThing(self.document.dates.created)

    def terms(self) -> dict[str, list[str]]:
        """Taxonomy: type → names."""
        found: dict[str, list[str]] = {}
        for term in self.document.terms:
            found.setdefault(term.taxonomy, []).append(term.name)
        return found


_ROOT: Mapping[str, Any] = {"title": "Pages", "menu": "Pages"}
_PAGE: Mapping[str, Callable[..., Any]] = {
    "title": lambda page: page.document.title, "menu": lambda page: page.document.menu or page.document.title,
    "slug": lambda page: page.document.slug, "route": lambda page: page.document.route,
    "rawRoute": lambda page: page.document.raw_route, "url": lambda page, *_: page.document.url,
    "header": lambda page: page.document.header, "template": lambda page: page.document.template,
    "language": lambda page: page.document.language, "published": lambda page: page.document.published,
    "visible": lambda page: page.document.visible, "home": lambda page: page.document.home,
    "folder": lambda page: page.document.folder.rpartition("/")[2], "date": PageThing.moment,
    "taxonomy": PageThing.terms, "parent": PageThing.parent, "children": PageThing.children, "find": PageThing.find,
    "media": lambda page: FilesThing(page.document.media, page.around, page.here),
    "root": lambda page: False, "isPage": lambda page: True,
}


class FilesThing:
    """The files of a page (`page.media`): by name, all, or those of one kind."""

    def __init__(self, keys: tuple[Key, ...], around: Around, here: Document) -> None:
        self.files = [around.media[key] for key in keys if key in around.media and around.media[key].variant_of is None]
        self.around, self.here = around, here

    def attribute(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """`all`, `images`, `videos` …; or a file by its name."""
        if name in _KINDS:
            return {file.name: FileThing(file, (), self.around, self.here) for file in self.files
                    if file.kind in _KINDS[name]}
        if name == "all":
            return {file.name: FileThing(file, (), self.around, self.here) for file in self.files}
        return self.item(printed(arguments[0]) if name == "get" and arguments else name)

    def item(self, key: str) -> FileThing | None:
        """The file of that name, None where there is none."""
        return next((FileThing(file, (), self.around, self.here) for file in self.files if file.name == key), None)

    def __iter__(self) -> Iterator[FileThing]:
        return (FileThing(file, (), self.around, self.here) for file in self.files)


class FileThing:
    """A file with what was done to it so far."""

    def __init__(self, file: Media, actions: tuple[str, ...], around: Around, here: Document) -> None:
        self.file, self.actions, self.around, self.here = file, actions, around, here

    def attribute(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """`url`, `html()`, `filename` …, or an action, which gives the file again."""
        if name == "url":
            if self.actions:
                raise UnknownError("the address of a picture made anew")
            return self.around.words.to_media(self.file, self.here, "").html
        if name == "html":
            return self.html(*arguments)
        if name in ("filename", "basename", "extension"):
            stem, _, extension = self.file.name.rpartition(".")
            return {"filename": self.file.name, "basename": stem, "extension": extension}[name]
        if name in ("alt", "title"):
            return getattr(self.file, name)
        if name not in _ACTIONS:
            raise UnknownError(f"media.{name}")
        told = ",".join(printed(value) for value in arguments)
        return FileThing(self.file, (*self.actions, f"{name}={told}" if told else name), self.around, self.here)

    def item(self, key: str) -> Any:
        """`file['filename']`."""
        return self.attribute(key, ())

    def html(self, title: Any = None, alt: Any = None, classes: Any = None, *_: Any) -> str:
        """The picture as an element."""
        actions = (*self.actions, *((f"classes={printed(classes)}",) if classes else ()))
        tail = "?" + "&".join(actions) if actions else ""
        return self.around.words.image_html(self.file, self.here, tail, alt=printed(alt) or self.file.alt,
                                            title=printed(title) or self.file.title or None)

    def printed(self) -> str:
        """`{{ page.media['a.png'] }}` prints the element."""
        return self.html()
