"""What a run leaves in the state folder besides ledger and report: redirects, a script, files to be copied."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from migrate import __version__
from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.plan import Entry
from migrate.writers.wordpress.languages import SCRIPT, translations_script
from migrate.writers.wordpress.layout import Layout
from migrate.writers.wordpress.redirects import redirect_files
from migrate.writers.wordpress.style import style_of

FILES = "files"
STYLE = "style.css"


def leave_files(folder: Path, layout: Layout, entries: Mapping[Key, Entry]) -> None:
    """Write them. Raises TargetError where the folder cannot be written."""

    def number_of(key: Key) -> int | None:
        entry = entries.get(key)
        return int(entry.target_id) if entry and entry.target_id.isdigit() else None

    texts = redirect_files(layout.site.redirects, __version__) if layout.mapping.addresses.redirects_file else {}
    script = translations_script(layout, number_of) if layout.mode == "plain" else ""
    if script:
        texts[SCRIPT] = script
    if layout.mapping.wordpress.style == "report":
        texts[STYLE] = style_of()
    try:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", errors="replace")
        _copy(folder / FILES, {**layout.media_library.refused, **_left(layout, entries)})
    except OSError as error:
        raise TargetError(f"Cannot write into {folder}: {error.strerror}.") from error


def _left(layout: Layout, entries: Mapping[Key, Entry]) -> dict[str, str]:
    """Files that should be in the library and are not; a selection leaves out most of them on purpose."""
    library = layout.media_library
    if layout.site.selected is not None:
        return {}
    return {library.paths[resource.key]: str(resource.fields["file"]) for resource in library.resources
            if resource.key not in entries}


def _copy(folder: Path, files: Mapping[str, str]) -> None:
    """Files that WordPress does not take, in the folders that they had."""
    for path, source in files.items():
        goal = folder / path
        if not Path(source).is_file():
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, goal)
