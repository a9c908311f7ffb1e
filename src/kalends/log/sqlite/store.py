"""The log in an SQLite file. Reading needs no lock; the writer's turn is a lock file beside it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from kalends.domain import errors
from kalends.domain.errors import CorruptDatabaseError, DiskError, LockedError
from kalends.log.event_log import EventLog, StoredEvent, UntrustedLog, VersionTakenError
from kalends.log.lock import held
from kalends.log.sqlite.connection import connect, copied, is_wal, lacks, remove_beside, undo
from kalends.log.sqlite.failures import translating
from kalends.log.sqlite.header import Header
from kalends.words import Message, os_error_message

_RESTORING_SECONDS = 60  # restoring takes time, and other processes wait for it
_MANY = 5_000  # values in one query
_ROW = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
_INSERT = (
    "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) "
    "VALUES (?, ?, ?, ?, ?)"
)
_NEWEST = "SELECT MAX(rowid) FROM stored_events"
_STREAMS = "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id"
# SQL that would run when an event is appended or read.
_STRANGERS = "SELECT type || ' ' || name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
_UNWRITABLE = ("readonly", "read-only", "unable to open")
_Opened = tuple[sqlite3.Connection, Header]


class SQLiteLog:
    """The rows of a log in an SQLite file, in the table of `eventsourcing`.

    The library makes the table, and can read it and append to it. We do both with statements of
    our own, on a single connection: loading the library takes a quarter of a short command's time.
    One thread at a time uses the connection.
    """

    identity = moved_to = ""
    may_only_add = True

    def __init__(self, path: Path, *, lock_seconds: float = 10, is_new: bool = False) -> None:
        """Open the file, or create it when `is_new`.

        Raises `CorruptDatabaseError`, `DiskError` or `LockedError`.
        """
        self.path = path
        self.name = path.name
        self.refused: DiskError | None = None
        self._seconds = max(1, int(lock_seconds))
        self._until_closed = ExitStack()
        self._using = Lock()
        with translating(path):
            if not is_new and not path.exists():
                raise DiskError(name=path.name, detail=Message("it is not there"))
            if is_new:
                from kalends.log.sqlite.table import create_table  # noqa: PLC0415 - slow to load

                create_table(str(path), seconds=self._seconds)
            self._db, self._header = self._open(is_new=is_new)
            self._until_closed.callback(self._header.close)

    def _open(self, *, is_new: bool) -> _Opened:
        try:
            return self._opened(self.path)
        except sqlite3.OperationalError as error:
            cannot_write = any(word in str(error) for word in _UNWRITABLE)
            is_left = is_wal(self.path) and "locked" not in str(error)
            if is_new or not (cannot_write or is_left):
                raise
            self.refused = DiskError(name=self.path.name, detail=str(error))
            return self._open_copy()

    def _open_copy(self) -> _Opened:
        """Open a copy: repairing a file after a crash needs writing, which fails here."""
        from tempfile import TemporaryDirectory  # noqa: PLC0415 - slow to load, and only for a copy

        with self._until_closed as until_failure:
            folder = TemporaryDirectory(prefix="kalends-read-")
            copy = copied(self.path, Path(until_failure.enter_context(folder)))
            opened = self._opened(copy)
            self._until_closed = until_failure.pop_all()
            return opened

    def _opened(self, path: Path) -> _Opened:
        """Return the opened file; if it cannot be read, close it."""
        # A single append waits a sixth less than with a journal that is cut off each time.
        db = connect(str(path), seconds=self._seconds, keeps_journal=True, check_same_thread=False)
        try:
            db.execute(_NEWEST).fetchone()
            self._refuse_strangers(db)
            header = Header(path)
        except BaseException:
            db.close()
            raise
        return db, header

    def _refuse_strangers(self, db: sqlite3.Connection) -> None:
        stranger = db.execute(_STRANGERS).fetchone()
        if stranger is not None:
            raise CorruptDatabaseError(name=self.path.name, detail=str(stranger[0]))

    def close(self) -> None:
        """Close the file."""
        with self._until_closed, self._using:
            self._db.close()

    def change_counter(self) -> bytes:
        """Return the file's own counter of changes."""
        try:
            return self._header.change_counter()
        except OSError as error:
            raise DiskError(name=self.name, detail=os_error_message(error)) from None

    def follow(self, *, shows_last: bool = False) -> None:
        """Do nothing: the counter stands in the file."""

    def position(self) -> int:
        """Return the newest position."""
        return self._asked(_NEWEST)[0][0] or 0

    def page(self, after: int, limit: int) -> Sequence[tuple[Any, ...]]:
        """Return rows after a position."""
        return self._asked(_ROW + "WHERE rowid > ? ORDER BY rowid LIMIT ?", after, limit)

    def stream(self, name: str) -> Sequence[tuple[Any, ...]]:
        """Return a stream's rows, by version."""
        return self._asked(_ROW + "WHERE originator_id = ? ORDER BY originator_version", name)

    def newest(self, stream: str) -> tuple[Any, ...] | None:
        """Return the row of a stream with the highest version."""
        query = _ROW + "WHERE originator_id = ? ORDER BY originator_version DESC LIMIT 1"
        return next(iter(self._asked(query, stream)), None)

    def positions(self, stream: str) -> list[int]:
        """Return the positions of a stream's rows."""
        query = "SELECT rowid FROM stored_events WHERE originator_id = ? ORDER BY rowid"
        return [int(row[0]) for row in self._asked(query, stream)]

    def existing(self, streams: Sequence[str], topic: str | None) -> set[str]:
        """Return which of the streams have a row, or a row of this topic."""
        found: set[str] = set()
        which, topics = ("", []) if topic is None else (" AND topic = ?", [topic])
        for start in range(0, len(streams), _MANY):
            asked = streams[start : start + _MANY]
            query = f"{_STREAMS} IN ({','.join('?' * len(asked))}){which}"
            found.update(str(row[0]) for row in self._asked(query, *asked, *topics))
        return found

    def beginning(self, prefix: str, most: int) -> list[str]:
        """Return the first streams whose names start with a prefix."""
        query = f"{_STREAMS} BETWEEN ? AND ? ORDER BY originator_id LIMIT ?"
        return [str(row[0]) for row in self._asked(query, prefix, prefix + "\U0010ffff", most)]

    def _asked(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with translating(self.path), self._using:
            return self._db.execute(query, values).fetchall()

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none, in one transaction, at their positions."""
        with translating(self.path), self._using:
            if not self._header.is_of(self.path):  # else we would write into a file without a name
                raise DiskError(name=self.name, detail=Message("it is not there"))
            self._db.execute("BEGIN IMMEDIATE")
            is_ending = False
            try:
                self._db.executemany(_INSERT, rows)
                is_ending = True
                self._db.execute("COMMIT")
            except BaseException as error:
                undo(self._db)
                if isinstance(error, sqlite3.IntegrityError):
                    raise VersionTakenError from None
                is_ended = is_ending and isinstance(error, sqlite3.Error)
                if is_ended and not lacks(self.path, rows[-1].position, self._seconds):
                    raise errors.UnsyncedError(name=self.name, detail=str(error)) from None
                raise

    def retire(self, place: str) -> None:
        """Do nothing: the settings of the workspace say where the log is."""

    def confirm(self) -> None:
        """Do nothing: what was inserted is on the disk."""

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Hold the lock file; the operating system releases it however this process ends."""
        if self.refused is not None:
            raise self.refused
        with ExitStack() as until_done:
            try:
                until_done.enter_context(held(_lock_of(self.path), seconds))
            except TimeoutError:
                raise LockedError(seconds=round(seconds)) from None
            except OSError as error:
                raise DiskError(name=self.path.name, detail=os_error_message(error)) from None
            yield


class SQLiteBackend:
    """An SQLite file in a workspace: creates, opens and restores it."""

    def __init__(self, path: Path) -> None:
        """Set the file's path; nothing is opened."""
        self.path = path
        self.name = path.name

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    def create(self) -> SQLiteLog:
        """Create the file, and its folder."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DiskError(name=self.path.parent.name, detail=os_error_message(error)) from None
        return SQLiteLog(self.path, is_new=True)

    def open(self) -> SQLiteLog:
        """Open the file."""
        return SQLiteLog(self.path)

    def restore(self, fill: Callable[[EventLog], None]) -> None:
        """Create another file and put it in its place, in the writer's turn."""
        try:
            with held(_lock_of(self.path), _RESTORING_SECONDS):
                if not self.path.exists():  # else another process has just restored it
                    self._restore(fill)
        except TimeoutError:
            raise LockedError(seconds=_RESTORING_SECONDS) from None
        except OSError as error:
            raise DiskError(name=self.path.name, detail=os_error_message(error)) from None

    def _restore(self, fill: Callable[[EventLog], None]) -> None:
        self._remove_parts()
        partial = self.path.with_name(f"{self.path.name}.part")
        try:
            log = SQLiteLog(partial, is_new=True)
            try:
                fill(log)
            finally:
                log.close()
            # Before it is moved: of a process killed right after that, nothing is left behind.
            remove_beside(partial)
            self._set_aside()
            partial.replace(self.path)
        finally:
            self._remove_parts()

    def _remove_parts(self) -> None:
        for left in self.path.parent.glob(f"{self.path.name}.*part*"):
            left.unlink(missing_ok=True)

    def _set_aside(self) -> None:
        """Remove what a moved database left: SQLite would replay it into the restored file.

        A write-ahead log may hold what was never published: keep it under another name.
        """
        ahead = self.path.with_name(f"{self.path.name}-wal")
        if ahead.exists() and ahead.stat().st_size:
            ahead.replace(ahead.with_name(f"{ahead.name}.old"))
        remove_beside(self.path)

    def set_aside(self) -> None:
        """Rename the file, whose log was moved elsewhere."""
        try:
            with held(_lock_of(self.path), _RESTORING_SECONDS):
                remove_beside(self.path)
                self.path.replace(self.path.with_name(f"{self.path.name}.moved"))
        except FileNotFoundError:
            return
        except TimeoutError:
            raise LockedError(seconds=_RESTORING_SECONDS) from None
        except OSError as error:
            raise DiskError(name=self.path.name, detail=os_error_message(error)) from None

    def untrusted(self) -> UntrustedLog | None:
        """Return the file as an auditor reads it."""
        from kalends.log.sqlite.untrusted import UntrustedSQLiteLog  # noqa: PLC0415 - only to verify

        return UntrustedSQLiteLog(self.path) if self.path.exists() else None

    def changed(self) -> float | None:
        """Return when the file was last changed."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return None


def _lock_of(database: Path) -> Path:
    """Return the lock file that a process holds while it appends to a database."""
    return database.with_name(f"{database.name}.lock")
