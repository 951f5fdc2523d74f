"""What a command says when it has come to its end, and its exit code."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from migrate.errors import CHANGES_PENDING, IncompleteRun
from migrate.options import Options
from migrate.pipeline import REPORT, Ended
from migrate.places import state_folder
from migrate.report import as_json
from migrate.terminal import QUIET, VERBOSE, Terminal, summary
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
        brief = repeated or terminal.verbosity == QUIET
        groups = [group for group in ended.groups if not brief or group["code"] in ABOUT_TARGET
                  or (group["severity"] == "error" and not repeated)]
        summary(terminal, ended.content, groups, dry_run=options.dry_run)
        if brief and ended.warnings:
            terminal.write(_warnings(ended.warnings, options, repeated=repeated))
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
    if done.edited:
        terminal.write(f"{done.edited:,} {'was' if done.edited == 1 else 'were'} edited since, and "
                       f"{'stays' if done.edited == 1 else 'stay'}: see above. --force KEY removes one of them.")
    if done.trouble > done.edited:
        terminal.write(f"{done.trouble - done.edited:,} could not be removed: see above.")
    return IncompleteRun.exit_code if done.trouble else 0


def _warnings(count: int, options: Options, *, repeated: bool) -> str:
    """How many there are, and where, when they are not shown."""
    if options.dry_run and not repeated:
        return f"Warnings: {count:,}. Without -q they are shown."
    return f"Warnings{', as before' if repeated else ''}: {count:,}. They are in {_report(options)}; -v shows them all."


def _last_word(changes: int, trouble: int, options: Options) -> str:
    """One sentence: how it stands, and what comes next."""
    if trouble:
        where = "see above" if options.dry_run else f"see above, and {_report(options)}"
        return f"{trouble:,} could not be brought over or {'is' if trouble == 1 else 'are'} in conflict: {where}."
    if options.dry_run:
        return "A dry run: nothing was written." if changes else "Nothing to do."
    if not changes:
        return "Nothing to do."
    if options.target == "wordpress":
        return f"Done. Look at it: {options.out} · report, redirects and more: {state_folder(options)}"
    return f"Done. Look at it: cd {quote(options.out)} && hugo server"


def _report(options: Options) -> Path:
    """The report's file."""
    return (Path(options.out) if options.target == "hugo" else state_folder(options)) / REPORT
