"""The ledger: an SQLite file that remembers what was made, what was about to be made, and the runs.

It lies in the target's `.grav-migrate/`; docs/ledger.md describes it. Write-ahead logging keeps it whole
through a SIGKILL at any moment: a transaction is either there or not.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from migrate.errors import LedgerError
from migrate.model.document import Key
from migrate.model.plan import Action, Entry, Intent

FOLDER = ".grav-migrate"
NAME = "ledger.sqlite"
LOCK = "lock"
PLACE = "place"  # the note that says whose ledger it is
SCHEMA = 1
APPLICATION = 0x47724D67  # "GrMg": what `file` may say of it

TABLES = """
CREATE TABLE entries (
  key TEXT PRIMARY KEY, kind TEXT NOT NULL, target_id TEXT NOT NULL, url TEXT NOT NULL, desired TEXT NOT NULL,
  observed TEXT NOT NULL, owned INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
  natural_key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE intents (
  key TEXT PRIMARY KEY, action TEXT NOT NULL, kind TEXT NOT NULL, natural_key TEXT NOT NULL,
  digest TEXT NOT NULL, former TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, program TEXT NOT NULL,
  source TEXT NOT NULL, totals TEXT);
CREATE TABLE notes (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
ENTRY = "key, kind, target_id, url, desired, observed, owned, size, modified, natural_key"


class Ledger:
    """An open ledger. `entries` is what it holds, in step with the file. All its errors are LedgerErrors."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use `open_ledger` or `copy_ledger`."""
        self._connection = connection
        self._path = path
        with _border(path):
            self.entries: dict[Key, Entry] = {
                row[0]: _entry(row) for row in connection.execute(f"SELECT {ENTRY} FROM entries")
            }

    def intents(self) -> tuple[Intent, ...]:
        """What an interrupted run was about to do, in the order of keys."""
        with _border(self._path):
            rows = self._connection.execute(
                "SELECT action, key, kind, natural_key, digest, former FROM intents ORDER BY key"
            ).fetchall()
        return tuple(
            Intent(
                action=Action(action),
                key=Key(key),
                kind=kind,
                natural_key=natural_key,
                digest=digest,
                former=former,
            )
            for action, key, kind, natural_key, digest, former in rows
        )

    def intend(self, intents: Iterable[Intent]) -> None:
        """Commit what is about to be written: before it is."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO intents VALUES (?, ?, ?, ?, ?, ?)",
                [(i.key, i.action.value, i.kind, i.natural_key, i.digest, i.former) for i in intents],
            )

    def record(self, made: Iterable[Entry] = (), gone: Iterable[Key] = (), settled: Iterable[Key] = ()) -> None:
        """Commit results: entries made or changed, entries that are no more, intents with a known outcome."""
        made, gone = tuple(made), tuple(gone)
        with self._transaction() as connection:
            connection.executemany("DELETE FROM entries WHERE key = ?", [(key,) for key in gone])
            connection.executemany(
                f"INSERT OR REPLACE INTO entries ({ENTRY}) VALUES (?,?,?,?,?,?,?,?,?,?)",
                [_row(entry) for entry in made],
            )
            connection.executemany("DELETE FROM intents WHERE key = ?", [(key,) for key in settled])
        for key in gone:
            self.entries.pop(key, None)
        self.entries.update((entry.key, entry) for entry in made)

    def begin_run(self, started: str, program: str, source: str, forget: Iterable[str] = ()) -> int:
        """Note that a run begins; gives its number. `forget`: notes that are no longer true once it has begun."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM notes WHERE name = ?", [(name,) for name in forget])
            cursor = connection.execute(
                "INSERT INTO runs (started, program, source) VALUES (?, ?, ?)", (started, program, source)
            )
        return cursor.lastrowid or 0

    def end_run(self, number: int, finished: str, totals: str, notes: Iterable[tuple[str, bytes | None]] = ()) -> None:
        """Note that a run came to its end, its totals, and what the next run may know (None: forget it)."""
        with self._transaction() as connection:
            connection.execute("UPDATE runs SET finished = ?, totals = ? WHERE id = ?", (finished, totals, number))
            for name, value in notes:
                connection.execute("DELETE FROM notes WHERE name = ?", (name,))
                if value is not None:
                    connection.execute("INSERT INTO notes VALUES (?, ?)", (name, value))

    def runs(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """Started, finished (None: interrupted) and totals of each run, the first first."""
        with _border(self._path):
            return tuple(self._connection.execute("SELECT started, finished, totals FROM runs ORDER BY id"))

    def note(self, name: str) -> bytes | None:
        """What an earlier run left under this name."""
        with _border(self._path):
            row = self._connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def claim(self, place: str) -> None:
        """Note whose ledger this is, unless that is "". Raises LedgerError when it is another target's."""
        known = self.note(PLACE)
        if not place:
            return
        if known is None:
            with self._transaction() as connection:
                connection.execute("INSERT INTO notes VALUES (?, ?)", (PLACE, place.encode()))
        elif known.decode() != place:
            raise LedgerError(
                f"{self._path} is the ledger of {known.decode()}, not of {place}. Give each target a folder of its own "
                "with --state."
            )

    def close(self) -> None:
        """Let go of the file."""
        with _border(self._path):
            self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _border(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def open_ledger(folder: Path) -> Ledger:
    """Open the ledger of a target, making it where there is none. The caller holds the lock."""
    path = folder / NAME
    with _border(path):
        connection = sqlite3.connect(path, isolation_level=None)
        # A killed run loses nothing in this mode; only a power cut can take back the last moments.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _prepare(connection, path)
    return Ledger(connection, path)


def copy_ledger(folder: Path) -> Ledger:
    """Open a copy in memory: what is done to it, and reading itself, leaves no trace in the folder."""
    path = folder / NAME
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with _border(path), contextlib.ExitStack() as stack:
        if path.exists():
            # Opened where it lies, SQLite would leave side files behind, and it needs those of a killed run.
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grav-migrate-")))
            for side in ("", "-wal", "-journal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(f"{path}{side}", scratch / f"{NAME}{side}")
            original = sqlite3.connect(scratch / NAME, isolation_level=None)
            stack.callback(original.close)
            original.backup(memory)
        _prepare(memory, path)
    return Ledger(memory, path)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or see that they are ours and not from the future."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise LedgerError(
            f"{path} was written by a newer version of this program (format {version}, this one knows "
            f"{SCHEMA}). Update it, and run again."
        )
    if version == SCHEMA:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the quick check failed")
        return
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise sqlite3.DatabaseError("it has tables of something else")
    connection.execute("BEGIN IMMEDIATE")
    for statement in filter(str.strip, TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


@contextlib.contextmanager
def _border(path: Path) -> Iterator[None]:
    """Where SQLite's errors become ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LedgerError(
            f"Cannot use the ledger {path}: {error}. Is the folder writable, and is there room?"
        ) from error
    except sqlite3.DatabaseError as error:
        raise LedgerError(
            f"The ledger {path} is damaged ({error}). Move it away and run again: what stands on the target "
            "as this program would write it is taken up again, everything else is reported and left alone."
        ) from error
    except OSError as error:
        raise LedgerError(f"Cannot read the ledger {path}: {error.strerror}.") from error


def _entry(row: tuple[str, str, str, str, str, str, int, int, int, str]) -> Entry:
    key, kind, target_id, url, desired, observed, owned, size, modified, natural_key = row
    return Entry(
        key=Key(key),
        kind=kind,
        target_id=target_id,
        url=url,
        desired=desired,
        observed=observed,
        owned=bool(owned),
        size=size,
        modified=modified,
        natural_key=natural_key,
    )


def _row(entry: Entry) -> tuple[str, str, str, str, str, str, int, int, int, str]:
    return (
        entry.key,
        entry.kind,
        entry.target_id,
        entry.url,
        entry.desired,
        entry.observed,
        int(entry.owned),
        entry.size,
        entry.modified,
        entry.natural_key,
    )
