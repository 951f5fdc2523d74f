"""WordPress' own editor judges block markup: its scripts from the Debian package, in jsdom.

jsdom is installed by npm into the cache folder, once. Further versions of WordPress are judged as well where
$GRAV_MIGRATE_MORE_WORDPRESS names their folders (those with wp-includes/), separated by colons.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.wordpress.packages import Unavailable, cache, unpacked

HERE = Path(__file__).resolve().parent / "validate"
GOOD = ("valid", "migrated")


class Verdict(NamedTuple):
    """About one block of one text: valid, migrated, invalid or loose."""

    text: str
    name: str
    path: str
    verdict: str
    why: tuple[str, ...]


class Validator:
    """The editor of one version of WordPress."""

    def __init__(self, wordpress: Path, jsdom: Path, folder: Path) -> None:
        """`folder`: for a file of ours."""
        self.name = wordpress.name
        self._jsdom = jsdom
        self._scripts = folder / "scripts.json"
        self._scripts.write_text(_said(["php", str(HERE / "scripts.php"), str(wordpress)]), encoding="utf-8")

    def judge(self, texts: Mapping[str, str]) -> list[Verdict]:
        """All blocks of all texts."""
        posts = "".join(json.dumps({"id": name, "content": text}) + "\n" for name, text in texts.items())
        told = _said(["node", str(HERE / "validate.cjs"), str(self._jsdom), str(self._scripts)], posts)
        records: list[dict[str, Any]] = [json.loads(line) for line in told.splitlines()]
        assert len(records) == len(texts)
        return [Verdict(record["id"], block["name"], block["path"], block["verdict"], tuple(block["why"]))
                for record in records for block in record["blocks"]]


def validators(folder: Path) -> list[Validator]:
    """The Debian package's, and those of further versions. Raises Unavailable."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise Unavailable(f"there is no {program}")
    jsdom = _jsdom()
    more = [Path(name) for name in os.environ.get("GRAV_MIGRATE_MORE_WORDPRESS", "").split(":") if name]
    found = []
    for number, wordpress in enumerate((unpacked().wordpress, *more)):
        place = folder / str(number)
        place.mkdir(parents=True)
        found.append(Validator(wordpress, jsdom, place))
    return found


def _jsdom() -> Path:
    """The folder whose node_modules hold jsdom."""
    place = cache() / "validate"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        wanted = (HERE / "package.json").read_bytes()
        done = place / "installed.json"
        if not done.is_file() or done.read_bytes() != wanted:
            (place / "package.json").write_bytes(wanted)
            _said(["npm", "install", "--prefix", str(place), "--no-audit", "--no-fund", "--ignore-scripts",
                   "--loglevel=error"])
            done.write_bytes(wanted)
    return place


def _said(command: list[str], given: str = "") -> str:
    run = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=900)
    if run.returncode:
        raise Unavailable(f"{command[0]} failed: {(run.stderr or run.stdout)[-2000:]}")
    return run.stdout
