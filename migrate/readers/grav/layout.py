"""Where a Grav site lies: a Grav root, a user folder, one site of several, or bare pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLayout:
    """A site on disk. Paths are absolute and real (no symlink in them); nothing outside `root` is ever opened."""

    root: str                                      # what bounds every read: the folder that holds pages/ (or pages itself)
    pages_root: str
    config: str | None = None                      # user/config, None where there is none
    environments: tuple[tuple[str, str], ...] = ()  # (name, its config folder): user/env/NAME/config, user/NAME/config
    accounts: str | None = None                    # user/accounts
    kind: str = "user"                             # "root", "user", "site" (of user/sites), "pages"
    description: str = ""                          # one sentence for the user: what was found


def locate(path: str | Path) -> SourceLayout:
    """Find the site in `path`. Raises SourceError when there is none, or several (it names them)."""
    raise NotImplementedError
