"""The targets that there are: what each makes of a decided site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from migrate.batches import Batch, Made
from migrate.findings import Finding
from migrate.ledger import Ledger
from migrate.model.document import Document, Key
from migrate.model.plan import Entry
from migrate.model.resource import Resource
from migrate.model.site import Site
from migrate.options import Options
from migrate.places import state_folder
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

    def in_order(self, documents: Sequence[Document]) -> Sequence[Document]:
        """The pages in the order in which the target must get them."""
        ...

    def first(self) -> tuple[Resource, ...]:
        """What must be there before the pages, because they name it."""
        ...

    def convert(self, document: Document) -> Made:
        """A page's resources, and what was noticed."""
        ...

    def between(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """The converted pages with what must come between them."""
        ...

    def rest(self) -> tuple[Resource, ...]:
        """Everything else that is no page."""
        ...

    def spared(self) -> frozenset[Key]:
        """What this run has no part in, though another one may have made it."""
        ...

    def learn(self, entries: Mapping[Key, Entry]) -> None:
        """See what the target has made of it: `site` then has the addresses that it really gave."""
        ...


class Target(Protocol):
    """A target as one run sees it. What it needs of the user stands in the options that it was made of."""

    @property
    def report(self) -> Path:
        """The folder of the report."""
        ...

    @property
    def state(self) -> Path:
        """The folder of ledger and lock."""
        ...

    def begin(self) -> None:
        """Ask already, while this program is still loading, what a run will want to know."""
        ...

    def facts(self) -> str:
        """What a result depends on besides source, mapping and options, as text; looks at the target."""
        ...

    def store(self, kinds: Collection[str] = ()) -> Store:
        """Open it. `kinds`: of what an earlier run has made, and will be looked at."""
        ...

    def workshop(self, site: Site, mapping: MappingFile) -> Workshop:
        """Make ready for one site. Without a look at the target before, with usual assumptions."""
        ...

    def check(self, rows: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
        """Look at what the target shows of the report's page rows."""
        ...

    def leave(self, workshop: Workshop, ledger: Ledger) -> None:
        """What a finished run leaves in the state folder besides ledger and report."""
        ...


class Hugo:
    """A Hugo project in a folder."""

    def __init__(self, options: Options) -> None:
        """Only the folder is of interest."""
        self._place = options.out
        self.report = Path(options.out)
        self.state = state_folder(options)

    def begin(self) -> None:
        """A folder answers at once."""

    def facts(self) -> str:
        """Nothing but the source decides what a project holds."""
        return ""

    def check(self, rows: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
        """Build it with the user's Hugo, and compare every address with the report's rows."""
        from migrate.verify import Shown, verify
        from migrate.writers.hugo.check import shown_by_hugo

        showing = shown_by_hugo(self._place)
        if showing.failure:
            return showing.findings()
        shown = [Shown(page.path, page.address) for page in showing.pages]
        return (*showing.findings(), *verify(rows, shown, published=showing.published))

    def store(self, kinds: Collection[str] = ()) -> Store:
        """The folder, made when something is written to it."""
        from migrate.writers.hugo.store import FolderStore

        return FolderStore(self._place)

    def workshop(self, site: Site, mapping: MappingFile) -> Workshop:
        """Lay out the project."""
        from migrate.conversion import Converter
        from migrate.writers.hugo.render import lay_out

        project = lay_out(site, mapping)
        return HugoWorkshop(project, Converter(project.site, mapping, hugo_voice(project)))

    def leave(self, workshop: Workshop, ledger: Ledger) -> None:
        """Everything is in the project."""


def hugo_voice(project: Project) -> Voice:
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

    def in_order(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Files may come in any order."""
        return documents

    def first(self) -> tuple[Resource, ...]:
        """Nothing has to wait."""
        return ()

    def convert(self, document: Document) -> Made:
        """A page's file."""
        return self.converter.convert(document)

    def between(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """As they come."""
        return batches

    def learn(self, entries: Mapping[Key, Entry]) -> None:
        """Files are where they were written."""

    def spared(self) -> frozenset[Key]:
        """Nothing: who may write into the folder may write all of it."""
        return frozenset()

    def rest(self) -> tuple[Resource, ...]:
        """Settings, layouts, lists, redirects, and copies of the media."""
        from migrate.writers.hugo.render import render_site
        from migrate.writers.hugo.starter import starter_files

        return render_site(self.project, starter_files(theme=bool(self.project.mapping.output.theme)))


def _wordpress(options: Options) -> Target:
    from migrate.wordpress import WordPress

    return WordPress(options)


TARGETS: Mapping[str, Callable[[Options], Target]] = MappingProxyType({"hugo": Hugo, "wordpress": _wordpress})
