"""The layouts, styles and scripts that go into every new project: files of this package, read as they are."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

NEEDED = ("layouts/_markup/", "layouts/_shortcodes/", "layouts/redirect.html", "assets/carousel/")
"""What the migrated texts need even when a theme shows them."""

NEEDED_PARTIALS = frozenset({
    "base", "destination", "folder", "link", "pages-by-folder", "picture", "player", "processed", "resource", "tag",
    "unescaped", "with-base", "words",
})


def starter_files(*, theme: bool = False) -> dict[str, str]:
    """Path in the project → text. With a `theme`, only what the texts need: hooks, shortcodes, redirects."""
    found = dict(_texts(files("migrate.writers.hugo") / "site", ""))
    return {path: text for path, text in sorted(found.items()) if not theme or _is_needed(path)}


def _is_needed(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if folder == "layouts/_partials":
        return name.removesuffix(".html") in NEEDED_PARTIALS
    return path.startswith(NEEDED)


def _texts(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _texts(item, f"{path}{item.name}/")
        else:
            yield path + item.name, item.read_text(encoding="utf-8")
