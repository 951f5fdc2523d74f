"""The commands: parse, one call, print, exit code. docs/commands.md describes each of them."""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import TextIOWrapper
from typing import Annotated, Any, Literal

import typer
import typer.core

from migrate import __version__
from migrate.errors import INTERRUPTED, MigrateError
from migrate.interruption import be_impatient, say_so
from migrate.options import Options
from migrate.terminal import NORMAL, QUIET, VERBOSE, Terminal


class Commands(typer.core.TyperGroup):
    """The one place where errors are printed; a mistake of ours keeps its traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what it returns is the exit code."""
        try:
            code = super().invoke(ctx)
        except MigrateError as error:
            typer.echo(f"grav-migrate: {error}", err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            say_so()
            code = INTERRUPTED
        raise typer.Exit(code or 0)


app = typer.Typer(
    name="grav-migrate",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

SITE = typer.Argument(metavar="SITE", help="A Grav root, its user folder, user/sites/NAME, or a pages folder.")
MAPPING = typer.Option("--mapping", metavar="FILE", help="What becomes what; says only what differs from the default.")
LANGUAGES = typer.Option("--lang", metavar="CODE", help="Only pages in this language. May be given several times.")
ONLY = typer.Option(
    "--only",
    metavar="PATTERN",
    help="Only pages whose path, folder, route or address matches, as 02.news/*. Several times.",
)
LIMIT = typer.Option("--limit", metavar="N", min=0, help="Only the first N pages.")
DRAFTS = typer.Option("--include-drafts/--no-drafts", help="Unpublished pages: as drafts, or not at all.")
TIMEZONE = typer.Option("--timezone", metavar="ZONE", help="Zone of dates where the site names none: Asia/Almaty.")
ENVIRONMENT = typer.Option("--environment", metavar="HOST", help="Whose user/HOST/config is laid over the site's own.")
STRICT = typer.Option("--strict", help="Findings of severity warning and up end with exit code 3.")
JSON = typer.Option("--json", help="The report as JSON on stdout, and nothing else there.")
AS_JSON = typer.Option("--json", help="What was found, as JSON on stdout, and nothing else there.")
QUIETLY = typer.Option("--quiet", "-q", help="Only totals and what went wrong.")
VERBOSELY = typer.Option("--verbose", "-v", help="Every file, and findings of severity info.")
USER = typer.Option("--user", "-u", metavar="LOGIN",
                    help="Who writes; the application password is in GRAV_MIGRATE_PASSWORD.")
STATE = typer.Option("--state", metavar="DIR", help="Folder of ledger and report, instead of .grav-migrate/HOST.")
CONNECTIONS = typer.Option("--connections", metavar="N", min=1, max=16, help="Requests at once, at most.")
INSECURE = typer.Option("--insecure-http", help="Send the password unencrypted, where there is no https.")
ALL_OF_IT = typer.Option("--verbose", "-v", help="All names and places, and findings of severity info.")
TARGET = typer.Argument(metavar="TARGET", help="The address of a WordPress site, or the folder of a Hugo project.")
LOGIN = typer.Option("--user", "-u", metavar="LOGIN", help="For WordPress: the login of the user.")
OUT = typer.Argument(metavar="OUT", help="The Hugo project: a new folder, or one that an earlier run made.")
COMPARED = typer.Option("--source", metavar="SITE", help="A Grav site, to compare with the target.")
JOBS = typer.Option("--jobs", "-j", metavar="N", min=1, help="Worker processes; one for each core by default.")


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A file name that is no text must not end a run that only wants to name it.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    be_impatient()
    # A site is many small objects that live to the end: looking through them again and again is time lost.
    gc.set_threshold(100_000, 20, 50)
    # Who has got a server's reply need not wait 5 ms behind who converts pages: the next request waits with them.
    sys.setswitchinterval(0.0005)
    try:
        app(args=arguments, prog_name="grav-migrate")
    finally:
        gc.freeze()  # nor at the end, when all of it goes


@app.callback(invoke_without_command=True)
def start(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Move a Grav site to Hugo or WordPress, faithfully, and say what could not be carried over."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command(short_help="What is in a Grav site, and what needs attention.")
def inspect(
    site: Annotated[str, SITE],
    mapping: Annotated[str | None, MAPPING] = None,
    timezone: Annotated[str | None, TIMEZONE] = None,
    environment: Annotated[str | None, ENVIRONMENT] = None,
    as_json: Annotated[bool, AS_JSON] = False,
    verbose: Annotated[bool, ALL_OF_IT] = False,
    jobs: Annotated[int | None, JOBS] = None,
) -> int:
    """Tell what is in a Grav site, and what will need attention; writes nothing."""
    from migrate.overview import overview
    from migrate.pipeline import inspect as inspected

    options = Options(source=site, out="", mapping=mapping, timezone=timezone, environment=environment, jobs=jobs)
    terminal = Terminal(verbosity=_verbosity(quiet=False, verbose=verbose), json=as_json)
    try:
        told = inspected(options, terminal, datetime.now(tz=UTC))
    finally:
        terminal.close()
    if as_json:
        terminal.write(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        overview(terminal, told)
    return 0


@app.command(short_help="Make a Hugo project, or bring it up to date.")
def hugo(  # noqa: PLR0913  one parameter for each option is how Typer reads a command line
    site: Annotated[str, SITE],
    out: Annotated[str, OUT],
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would change; write nothing.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="With --dry-run: 10 when there are changes.")] = False,
    diff: Annotated[
        Literal["target", "source", "none"] | None,
        typer.Option(help="Show differences against the target, or new files against their source."),
    ] = None,
    mapping: Annotated[str | None, MAPPING] = None,
    lang: Annotated[list[str] | None, LANGUAGES] = None,
    only: Annotated[list[str] | None, ONLY] = None,
    limit: Annotated[int | None, LIMIT] = None,
    drafts: Annotated[bool | None, DRAFTS] = None,
    timezone: Annotated[str | None, TIMEZONE] = None,
    environment: Annotated[str | None, ENVIRONMENT] = None,
    strict: Annotated[bool, STRICT] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove what earlier runs made and the source lost.")] = False,
    max_delete: Annotated[
        int | None,
        typer.Option("--max-delete", metavar="N", min=0, help="With --prune: remove nothing if it would be more."),
    ] = None,
    force: Annotated[
        list[str] | None,
        typer.Option("--force", metavar="KEY", help="Decide this conflict for the migration: a key, file or page."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Afterwards build with your Hugo and compare every address with the plan.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before overwriting or removing.")] = False,
    as_json: Annotated[bool, JSON] = False,
    quiet: Annotated[bool, QUIETLY] = False,
    verbose: Annotated[bool, VERBOSELY] = False,
    jobs: Annotated[int | None, JOBS] = None,
) -> int:
    """Make a Hugo project of a Grav site, or bring it up to date; run again, nothing changes."""
    options = Options(
        source=site,
        out=out,
        target="hugo",
        mapping=mapping,
        timezone=timezone,
        environment=environment,
        languages=tuple(lang or ()),
        only=tuple(only or ()),
        limit=limit,
        drafts=drafts,
        dry_run=dry_run,
        prune=prune,
        max_delete=max_delete,
        forced=frozenset(force or ()),
        check=check,
        jobs=jobs,
    )
    against = diff or ("target" if dry_run else "none")
    terminal = Terminal(verbosity=_verbosity(quiet=quiet, verbose=verbose), json=as_json, against=against, yes=yes)
    return _migrated(options, terminal, strict=strict, exit_code=exit_code)


@app.command(short_help="Bring a site into WordPress, or up to date there.")
def wordpress(  # noqa: PLR0913  one parameter for each option is how Typer reads a command line
    site: Annotated[str, SITE],
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the WordPress site, as https://example.org.")],
    user: Annotated[str, USER],
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would change; write nothing.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="With --dry-run: 10 when there are changes.")] = False,
    diff: Annotated[
        Literal["target", "none"] | None, typer.Option(help="Show, field by field, what changes on the target.")
    ] = None,
    mapping: Annotated[str | None, MAPPING] = None,
    status: Annotated[
        Literal["draft", "source"] | None,
        typer.Option(help="draft: everything as a draft. source: published even where subscribers are told."),
    ] = None,
    lang: Annotated[list[str] | None, LANGUAGES] = None,
    only: Annotated[list[str] | None, ONLY] = None,
    limit: Annotated[int | None, LIMIT] = None,
    drafts: Annotated[bool | None, DRAFTS] = None,
    timezone: Annotated[str | None, TIMEZONE] = None,
    environment: Annotated[str | None, ENVIRONMENT] = None,
    strict: Annotated[bool, STRICT] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Put what the source lost into the trash.")] = False,
    max_delete: Annotated[
        int | None,
        typer.Option("--max-delete", metavar="N", min=0, help="With --prune: remove nothing if it would be more."),
    ] = None,
    force: Annotated[
        list[str] | None,
        typer.Option("--force", metavar="KEY", help="Decide this conflict for the migration: a key, slug or page."),
    ] = None,
    state: Annotated[str | None, STATE] = None,
    connections: Annotated[int | None, CONNECTIONS] = None,
    insecure_http: Annotated[bool, INSECURE] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before overwriting or removing.")] = False,
    as_json: Annotated[bool, JSON] = False,
    quiet: Annotated[bool, QUIETLY] = False,
    verbose: Annotated[bool, VERBOSELY] = False,
    jobs: Annotated[int | None, JOBS] = None,
) -> int:
    """Bring a Grav site into WordPress, or bring it up to date there; run again, nothing is written."""
    from migrate.passwords import at_a_terminal, password_for

    options = Options(
        source=site,
        out=url,
        target="wordpress",
        mapping=mapping,
        timezone=timezone,
        environment=environment,
        languages=tuple(lang or ()),
        only=tuple(only or ()),
        limit=limit,
        drafts=drafts,
        dry_run=dry_run,
        prune=prune,
        max_delete=max_delete,
        forced=frozenset(force or ()),
        jobs=jobs,
        user=user,
        password=password_for(user, os.environ, at_a_terminal()),
        insecure_http=insecure_http,
        connections=connections,
        state=state,
        status=status or "",
    )
    against = diff or ("target" if dry_run else "none")
    terminal = Terminal(verbosity=_verbosity(quiet=quiet, verbose=verbose), json=as_json, against=against, yes=yes)
    return _migrated(options, terminal, strict=strict, exit_code=exit_code)


@app.command(short_help="Remove what migrations have made on a target.")
def undo(  # noqa: PLR0913  one parameter for each option is how Typer reads a command line
    target: Annotated[str, TARGET],
    user: Annotated[str, LOGIN] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show what it would remove.")] = False,
    force: Annotated[
        list[str] | None,
        typer.Option("--force", metavar="KEY", help="Remove this one though somebody has edited it."),
    ] = None,
    state: Annotated[str | None, STATE] = None,
    insecure_http: Annotated[bool, INSECURE] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before removing.")] = False,
    quiet: Annotated[bool, QUIETLY] = False,
    verbose: Annotated[bool, VERBOSELY] = False,
) -> int:
    """Remove what migrations have made on a target; what somebody has edited since, or was there before, stays."""
    from migrate.endings import end_of_undo
    from migrate.undo import undo as undone

    options = replace(_at(target, user), dry_run=dry_run, forced=frozenset(force or ()), state=state,
                      insecure_http=insecure_http)
    terminal = Terminal(verbosity=_verbosity(quiet=quiet, verbose=verbose), yes=yes)
    try:
        done = undone(options, terminal, datetime.now(tz=UTC))
    finally:
        terminal.close()
    return end_of_undo(done, options, terminal)


@app.command(short_help="Is a target ready? What is to be mended?")
def doctor(
    target: Annotated[str, TARGET],
    user: Annotated[str, LOGIN] = "",
    site: Annotated[str | None, COMPARED] = None,
    insecure_http: Annotated[bool, INSECURE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Look whether a target is ready for a migration, and say what to mend; writes nothing."""
    from migrate.doctor import examined

    options = replace(_at(target, user), source=site or "", insecure_http=insecure_http)
    terminal = Terminal(json=as_json)
    examination = examined(options, datetime.now(tz=UTC))
    if as_json:
        terminal.write(json.dumps(examination.content, ensure_ascii=False, indent=1))
    else:
        for line in examination.lines:
            terminal.write(line)
    return examination.code


def _at(target: str, user: str) -> Options:
    """Options for a target alone: an address, or anything with a user, is a WordPress site; else it is a folder."""
    from migrate.passwords import at_a_terminal, password_for

    if "://" not in target and not user:
        return Options(source="", out=target)
    password = password_for(user, os.environ, at_a_terminal()) if user else ""
    return Options(source="", out=target, target="wordpress", user=user, password=password)


def _migrated(options: Options, terminal: Terminal, *, strict: bool, exit_code: bool) -> int:
    from migrate.endings import end_of_run
    from migrate.pipeline import migrate

    try:
        ended = migrate(options, terminal, datetime.now(tz=UTC))
    finally:
        terminal.close()
    return end_of_run(ended, options, terminal, strict=strict, exit_code=exit_code)


def _verbosity(*, quiet: bool, verbose: bool) -> int:
    return QUIET if quiet else VERBOSE if verbose else NORMAL
