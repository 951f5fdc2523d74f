"""The password of a target: from the environment, a file, a command, or asked for. Never from the command line, where
every process can read it."""

from __future__ import annotations

import getpass
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from migrate.errors import ConfigError

NAME = "GRAV_MIGRATE_PASSWORD"
PATIENCE = 60  # seconds for a command that asks its own questions


def password_for(user: str, environment: Mapping[str, str], ask: Callable[[str], str] | None = None) -> str:
    """The password of `user`. `ask` asks a person; None: nobody is there. Raises ConfigError where there is none."""
    given = [name for name in (NAME, f"{NAME}_FILE", f"{NAME}_COMMAND") if environment.get(name)]
    if len(given) > 1:
        raise ConfigError(f"{' and '.join(given)} are both set. Keep one of them.")
    if not given:
        return _asked(user, ask)
    value = environment[given[0]]
    if given[0].endswith("_FILE"):
        value = _from_file(value)
    elif given[0].endswith("_COMMAND"):
        value = _from_command(value)
    if not value.strip():
        raise ConfigError(f"{given[0]} gives an empty password.")
    return value.strip()


def at_a_terminal() -> Callable[[str], str] | None:
    """How to ask, where somebody is there to answer."""
    return getpass.getpass if sys.stdin.isatty() and sys.stderr.isatty() else None


def _asked(user: str, ask: Callable[[str], str] | None) -> str:
    if ask is None:
        raise ConfigError(
            f"There is no password. Put an application password of {user} into {NAME}, or name a file that holds it in "
            f"{NAME}_FILE, or a command that prints it in {NAME}_COMMAND."
        )
    password = ask(f"Application password of {user}: ").strip()
    if not password:
        raise ConfigError("There is no password.")
    return password


def _from_file(name: str) -> str:
    try:
        return Path(name).expanduser().read_text(encoding="utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigError(f"{NAME}_FILE: {name} cannot be read: {why}.") from error


def _from_command(line: str) -> str:
    try:
        command = shlex.split(line)
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"{NAME}_COMMAND cannot be run: {error}.") from error
    if run.returncode:
        raise ConfigError(f"{NAME}_COMMAND ended with code {run.returncode}.")
    return run.stdout.partition("\n")[0]
