"""The effective `system`, `site`, `media` and plug-in configuration of a Grav site, and its accounts' names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from migrate.findings import Finding, find
from migrate.model.site import Author
from migrate.readers.grav.configuration import environment_folder, environments, load, overlaid
from migrate.readers.grav.defaults import SITE, SYSTEM
from migrate.readers.grav.settled import Languages, MarkdownSettings, Plugin, Settings, setting
from migrate.readers.grav.settling import settle
from migrate.readers.grav.values import as_bool, as_text

__all__ = ["Languages", "MarkdownSettings", "Plugin", "Settings", "read_settings", "setting"]


def read_settings(user: Path | None, *, shared: Path | None = None, environment: str | None = None) -> Settings:
    """Read the configuration that applies to the pages of `user`, the folder that holds config/ and pages/.

    `user` None: bare pages, Grav's defaults only. `shared`: the outer user/ of a multi-site (user/sites/NAME), whose
    plug-ins count too. `environment`: the host whose overrides (user/env/HOST/config, user/HOST/config) apply; None
    takes the only one there is, with a finding; "" takes none. Broken files are findings, never an exception.
    """
    if user is None:
        return settle({"system": SYSTEM, "site": SITE}, {}, ())
    findings: list[Finding] = []
    chosen, noticed = _choose_environment(user, environment)
    findings += noticed
    folders = [user / "config"] + ([folder] if chosen and (folder := environment_folder(user, chosen)) else [])
    trees: dict[str, Mapping[str, Any]] = {"system": SYSTEM, "site": SITE, "media": {}}
    for folder in folders:
        for name, tree in trees.items():
            loaded = load(folder / f"{name}.yaml", user)
            trees[name] = overlaid(tree, loaded.values, name)
            findings += loaded.findings
        findings += _unread_languages(folder, user)
    plugins, noticed = read_plugins(user, shared, folders)
    authors, unread = read_accounts(user)
    return replace(settle(trees, plugins, (*findings, *noticed, *unread)), environment=chosen, authors=authors)


def _choose_environment(user: Path, wanted: str | None) -> tuple[str, tuple[Finding, ...]]:
    """The environment whose configuration is laid over the site's: the one asked for, else the only one."""
    known = environments(user)
    if wanted is not None:
        missing = (find("G121", "config", name=wanted, known=", ".join(known) or "none"),)
        return (wanted, ()) if wanted in known or not wanted else ("", missing)
    if len(known) == 1:
        return known[0], (find("G122", "config", name=known[0]),)
    return "", ((find("G123", "config", names=", ".join(known)),) if known else ())


def _unread_languages(folder: Path, user: Path) -> Iterator[Finding]:
    """`site.fr.yaml`: Grav itself does not read such files, only some themes do."""
    for path in sorted(folder.glob("site.*.yaml")):
        yield find("G124", path.relative_to(user).as_posix())


def read_plugins(user: Path, shared: Path | None, folders: Sequence[Path]
                 ) -> tuple[dict[str, Plugin], tuple[Finding, ...]]:
    """Every plug-in that is configured or installed, its own settings under the site's."""
    homes = [home / "plugins" for home in (user, shared) if home is not None and (home / "plugins").is_dir()]
    installed = {path.name: path for home in reversed(homes) for path in sorted(home.iterdir()) if path.is_dir()}
    named = {path.stem for folder in folders for path in (folder / "plugins").glob("*.yaml")}
    plugins: dict[str, Plugin] = {}
    findings: list[Finding] = []
    for name in sorted(named | installed.keys()):
        values: Mapping[str, Any] = {}
        own = [installed[name] / f"{name}.yaml"] if name in installed else []
        for path in own + [folder / "plugins" / f"{name}.yaml" for folder in folders]:
            loaded = load(path, user if path.is_relative_to(user) or shared is None else shared)
            values = overlaid(values, loaded.values, f"plugins.{name}")
            findings += loaded.findings
        plugins[name] = Plugin(name=name, enabled=as_bool(values.get("enabled", name in installed)),
                               installed=name in installed, config=values)
    return plugins, tuple(findings)


def read_accounts(user: Path) -> tuple[tuple[Author, ...], tuple[Finding, ...]]:
    """The people of user/accounts: login, name and e-mail. Nothing else of these files is kept."""
    authors: list[Author] = []
    findings: list[Finding] = []
    for path in sorted((user / "accounts").glob("*.yaml")):
        loaded = load(path, user)
        findings += [replace(finding, message=finding.message.split(":")[0]) for finding in loaded.findings]
        authors.append(Author(login=path.stem, name=as_text(loaded.values.get("fullname")) or "",
                              email=as_text(loaded.values.get("email")) or ""))
    return tuple(authors), tuple(findings)
