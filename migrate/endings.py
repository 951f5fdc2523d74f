"""What a command says when it has come to its end, and its exit code."""

from __future__ import annotations

from pathlib import Path

from migrate.errors import CHANGES_PENDING, IncompleteRun
from migrate.options import Options
from migrate.pipeline import REPORT, Ended
from migrate.places import state_folder
from migrate.report import as_json
from migrate.terminal import VERBOSE, Terminal, summary
from migrate.undo import Undone

ABOUT_TARGET = ("G440", "G446", "G447")
"""Findings about the target as it stands now; worth telling each time."""


def end_of_run(ended: Ended, options: Options, terminal: Terminal, *, strict: bool, exit_code: bool) -> int:
    """Print totals, findings and one last sentence. `strict`: warnings count; `exit_code`: so do changes to come."""
    if ended.declined:
        terminal.say("Nothing was changed.")
        return 0
    if terminal.json:
        terminal.write(as_json(ended.content))
    else:
        repeated = ended.repetition is not None and terminal.verbosity < VERBOSE
        groups = [group for group in ended.groups if group["code"] in ABOUT_TARGET] if repeated else ended.groups
        summary(terminal, ended.content, groups, dry_run=options.dry_run)
        if repeated and ended.warnings:
            terminal.write(f"Warnings, as before: {ended.warnings}. They are in {REPORT}; -v shows them all.")
        terminal.write(_last_word(ended.changes, ended.trouble, options))
    if ended.trouble or (strict and ended.warnings):
        return IncompleteRun.exit_code
    return CHANGES_PENDING if options.dry_run and exit_code and ended.changes else 0


def end_of_undo(done: Undone, options: Options, terminal: Terminal) -> int:
    """Print what is gone, and what stays."""
    if done.declined:
        terminal.say("Nothing was changed.")
        return 0
    removed = f"{'To remove' if options.dry_run else 'Removed'}: {done.removed:,}."
    terminal.write(f"{removed} There before the migration, or gone already: {done.strangers:,}.")
    if done.trouble:
        terminal.write(f"{done.trouble:,} were edited since, or could not be removed, and stay: see above. "
                       "--force NAME removes one of them.")
    return IncompleteRun.exit_code if done.trouble else 0


def _last_word(changes: int, trouble: int, options: Options) -> str:
    """One sentence: how it stands, and what comes next."""
    if trouble:
        return f"{trouble} could not be brought over or are in conflict: see above, and migration-report.json."
    if options.dry_run:
        return "A dry run: nothing was written." if changes else "Nothing to do."
    if not changes:
        return "Nothing to do."
    if options.target == "wordpress":
        return f"Done. Look at it: {options.out} · report, redirects and more: {state_folder(options)}"
    return f"Done. Look at it: cd {Path(options.out)} && hugo server"
