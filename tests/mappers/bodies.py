"""Bodies on their way through reader, mappers and Markdown: a small site on disk, one of its pages converted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from migrate.conversion import Converter
from migrate.findings import Finding
from migrate.mappers import map_site
from migrate.model.site import Site
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from migrate.targets import hugo_voice
from migrate.writers.hugo.project import lay_out
from tests.mappers.sites import mapping
from tests.readers.grav_answers import PNG

NOW = datetime(2025, 6, 1, tzinfo=UTC)
PAGE = "02.blog/01.first/item.md"
NEIGHBOURS: Mapping[str, str | bytes] = {
    "pages/01.home/default.md": "---\ntitle: Home\n---\nHello",
    "pages/02.blog/blog.md": "---\ntitle: Blog\n---\n",
    "pages/02.blog/02.second/item.md": "---\ntitle: Second\nslug: zweite\n---\nThe second",
    "pages/02.blog/02.second/b.png": PNG,
    "pages/02.blog/01.first/a.png": PNG,
    "pages/02.blog/01.first/my_photo.png": PNG,
    "pages/02.blog/01.first/doc.pdf": b"%PDF",
    "pages/02.blog/01.first/v.mp4": b"film",
    "pages/02.blog/01.first/s.mp3": b"sound",
}
PLUGINS = ("shortcode-core", "shortcode-ui", "shortcode-owl-carousel", "shortcode-gallery-plusplus", "page-inject",
           "youtube", "vimeo", "markdown-notices", "prism-highlight", "mermaid-diagrams")


class Text(NamedTuple):
    """A body as Hugo gets it."""

    markdown: str
    findings: tuple[Finding, ...]
    fields: Mapping[str, Any]


def site_of(user: Path, body: str, *, header: str = "", files: Mapping[str, str | bytes] | None = None) -> Site:
    """A site whose page PAGE has this body, with neighbours, media and the usual plug-ins; read and mapped."""
    plugins = {f"config/plugins/{name}.yaml": "enabled: true\n" for name in PLUGINS}
    page = {f"pages/{PAGE}": f"---\ntitle: First\n{header}---\n{body}"}
    for name, text in {**NEIGHBOURS, **plugins, **page, **(files or {})}.items():
        file = user / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_site(locate(user), ReadOptions(now=NOW))


def convert(user: Path, body: str, *, header: str = "", files: Mapping[str, str | bytes] | None = None,
            source: str = PAGE, **over: Any) -> Text:
    """The body of PAGE as Hugo gets it, or of the file `source`, with the findings; `over` are sections laid over the
    mapping."""
    chosen = mapping(**over)
    project = lay_out(map_site(site_of(user, body, header=header, files=files), chosen), chosen)
    page = next(document for document in project.site.documents if document.source == source)
    made = Converter(project.site, chosen, hugo_voice(project))._text(page)
    return Text(made.text, made.findings, made.fields)


def found(text: Text) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in text.findings]
