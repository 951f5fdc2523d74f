"""The targets that there are: what each makes of a decided site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from migrate.batches import Made
from migrate.findings import Finding
from migrate.model.document import Document
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.writers import Store

if TYPE_CHECKING:
    from migrate.content.decisions import Decisions
    from migrate.content.tree import Tree
    from migrate.conversion import Converter, Text, Voice
    from migrate.mappers.tables import Mapping as MappingFile
    from migrate.writers.hugo.project import Project


class Workshop(Protocol):
    """Everything that turns one decided site into resources. `site` has its last addresses."""

    @property
    def site(self) -> Site: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...

    def convert(self, document: Document) -> Made:
        """A page's resources, and what was noticed."""
        ...

    def rest(self) -> tuple[Resource, ...]:
        """Everything that is no page."""
        ...


class Target(Protocol):
    """A kind of target."""

    def store(self, place: str) -> Store:
        """Open what lies at `place`."""
        ...

    def workshop(self, site: Site, mapping: MappingFile) -> Workshop:
        """Make ready for one site."""
        ...

    def check(self, place: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
        """Look at what the target shows of the report's page rows."""
        ...


class Hugo:
    """A Hugo project in a folder."""

    def check(self, place: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
        """Build it with the user's Hugo, and compare every address with the report's rows."""
        from migrate.verify import Shown, verify
        from migrate.writers.hugo.check import shown_by_hugo

        showing = shown_by_hugo(place)
        if showing.failure:
            return showing.findings()
        shown = [Shown(page.path, page.address) for page in showing.pages]
        return (*showing.findings(), *verify(rows, shown, published=showing.published))

    def store(self, place: str) -> Store:
        """The folder, made when something is written to it."""
        from migrate.writers.hugo.store import FolderStore

        return FolderStore(place)

    def workshop(self, site: Site, mapping: MappingFile) -> Workshop:
        """Lay out the project."""
        from migrate.conversion import Converter
        from migrate.writers.hugo.render import lay_out

        project = lay_out(site, mapping)
        return HugoWorkshop(project, Converter(project.site, mapping, _hugo_voice(project)))


def _hugo_voice(project: Project) -> Voice:
    """Goldmark's Markdown, and a file for each page."""
    from migrate.content.goldmark import render
    from migrate.conversion import Text, Voice
    from migrate.writers.hugo.render import render_page
    from migrate.writers.hugo.words import HugoWords

    def say(tree: Tree, decisions: Decisions, *, subject: str, first_line: int) -> Text:
        rendered = render(tree, decisions, project.markdown, subject=subject, first_line=first_line)
        return Text(rendered.text, rendered.findings)

    def page(document: Document, texts: Sequence[Text]) -> tuple[Resource, ...]:
        markdown = "\n\n".join(text.text.strip("\n") for text in texts if text.text.strip())
        fields = {name: value for text in texts for name, value in text.fields.items()}
        return render_page(_with_params(document, fields), markdown, project)

    return Voice(HugoWords(), say, page)


def _with_params(document: Document, fields: Mapping[str, Any]) -> Document:
    """The document with front matter that came out of its body, under `params`."""
    if not fields:
        return document
    params = {**(document.fields.get("params") or {}), **fields}
    return replace(document, fields={**document.fields, "params": params})


@dataclass(frozen=True, slots=True)
class HugoWorkshop:
    """A laid out project, and who converts its pages."""

    project: Project
    converter: Converter

    @property
    def site(self) -> Site:
        """The site with the addresses that Hugo can publish."""
        return self.project.site

    @property
    def findings(self) -> tuple[Finding, ...]:
        """About places and addresses."""
        return self.project.findings

    def convert(self, document: Document) -> Made:
        """A page's file."""
        return self.converter.convert(document)

    def rest(self) -> tuple[Resource, ...]:
        """Settings, layouts, lists, redirects, and copies of the media."""
        from migrate.writers.hugo.render import render_site
        from migrate.writers.hugo.starter import starter_files

        return render_site(self.project, starter_files(theme=bool(self.project.mapping.output.theme)))


TARGETS: Mapping[str, Callable[[], Target]] = MappingProxyType({"hugo": Hugo})
