"""Run the program, Hugo and the yardstick as a user does: as commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def migrate(*arguments: str | Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """`grav-migrate ARGUMENTS…`; never with a traceback."""
    command = [sys.executable, "-m", "migrate", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                          timeout=timeout, env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"})
    assert "Traceback" not in done.stdout + done.stderr, done.stderr[-3000:]
    return done


def build(hugo: str, project: Path, destination: Path, *options: str) -> None:
    """Build with a real Hugo, where every warning counts as a failure."""
    command = [hugo, "--source", str(project), "--destination", str(destination), "--panicOnWarning",
               "--printPathWarnings", "--cacheDir", str(destination.parent / "hugo-cache"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder: time of change and bytes; what Hugo and the ledger keep for themselves left out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    own = {".grav-migrate", "public", "resources", ".hugo_build.lock", "migration-report.json"}
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
            for path in files if path.relative_to(folder).parts[0] not in own}
