"""The SQLite file as an auditor reads it: it believes nothing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from kalends.domain.errors import CorruptDatabaseError, DiskError, LockedError
from kalends.log.event_log import (
    USUAL_SIZE,
    Columns,
    Range,
    RawEvent,
    StoredEvent,
    UnusualError,
    columns_of,
)
from kalends.log.journal_line import compose
from kalends.log.sqlite.connection import connect, copied, is_wal
from kalends.words import os_error_message

# SQLite's messages may quote a name from the file, which need not be UTF-8.
_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
# Everything in a store of ours, by kind and name.
_OURS = {
    ("table", "stored_events"),
    ("index", "sqlite_autoindex_stored_events_1"),
}
_TYPES = " || ' ' || ".join(
    f"typeof({column})" for column in ("originator_id", "originator_version", "topic", "state")
)
_USUAL = b"text integer text blob"
_ROWS = (
    f"SELECT rowid, originator_id, originator_version, topic, state, {_TYPES} "  # noqa: S608 - our own words
    "FROM stored_events WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
)
_PLAIN = _ROWS.replace(f", {_TYPES}", "")
_LOCK_SECONDS = 10


class UntrustedSQLiteLog:
    """A database, opened for inspection; raises `CorruptDatabaseError` or `DiskError`."""

    def __init__(self, path: Path) -> None:
        """Set the file's path."""
        self.path = path
        self._read = path

    def extent(self) -> Range:
        """Return how far it reaches; rows without a valid position count, so they show."""
        with closing(self._open()) as db:
            found = self._asked(db, "SELECT max(rowid), count(*) FROM stored_events").fetchone()
        return Range(max(found[0] or 0, 0), found[1])

    def strangers(self) -> list[str]:
        """Return what Kalends did not create in the file: triggers, views, other tables."""
        with closing(self._open()) as db:
            found = self._asked(db, "SELECT type, name FROM sqlite_schema").fetchall()
        named = {(_text(kind), _text(name)) for kind, name in found}
        missing = [f"- {kind} {name}" for kind, name in sorted(_OURS - named)]
        return [f"{kind} {name}" for kind, name in sorted(named - _OURS)] + missing

    def raw_events(self, after: int, until: int) -> Iterator[tuple[int, RawEvent]]:
        """Yield what is at the positions from `after` + 1 to `until`; some may be missing.

        If the file is damaged, the last raw event says so.
        """
        position = after
        try:
            with closing(self._open()) as db:
                for row in db.execute(_ROWS, (after, until)):
                    position = row[0]
                    yield position, _of_row(*row)
        except (*_DAMAGE, CorruptDatabaseError) as error:
            yield position + 1, RawEvent(b"", None, str(error))

    def whole(self, after: int, until: int) -> Columns:
        """Return the rows of these positions if all are there, of the usual types and sizes.

        Raises `UnusualError` otherwise, or if the file is damaged.
        """
        try:
            with closing(self._open()) as db:
                db.text_factory = str
                db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, USUAL_SIZE)
                rows = db.execute(_PLAIN, (after, until)).fetchall()
        except (*_DAMAGE, CorruptDatabaseError) as error:
            raise UnusualError from error
        return columns_of(rows, after, until)

    def _open(self) -> sqlite3.Connection:
        if not self._read.exists():
            raise DiskError(name=self.path.name, detail="-")
        try:
            try:
                if is_wal(self._read):  # reading it would map memory, and write
                    self._read = self._copied()
                return self._connected()
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    raise LockedError(seconds=_LOCK_SECONDS) from None
                # A crash left a transaction half undone: repair a copy, not the file itself.
                self._read = self._copied()
                return self._connected()
        except _DAMAGE as error:
            raise CorruptDatabaseError(name=self.path.name, detail=str(error)) from None
        except OSError as error:
            raise DiskError(name=self.path.name, detail=os_error_message(error)) from None

    def _copied(self) -> Path:
        """Return a copy that can be written and repaired; it is removed with this log."""
        if self._read != self.path:
            return self._read
        folder = Path(mkdtemp(prefix="kalends-look-"))
        finalize(self, shutil.rmtree, folder, ignore_errors=True)
        copy = copied(self.path, folder)
        connect(str(copy), seconds=_LOCK_SECONDS).close()
        return copy

    def _connected(self) -> sqlite3.Connection:
        is_copy = self._read != self.path
        name = f"{self._read.absolute().as_uri()}?mode={'rw' if is_copy else 'ro'}"
        db = sqlite3.connect(name, uri=True, timeout=_LOCK_SECONDS)
        try:
            db.text_factory = bytes  # TEXT need not be UTF-8
            db.execute("PRAGMA mmap_size = 0")
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            db.close()
            raise
        return db

    def _asked(self, db: sqlite3.Connection, query: str, *values: int) -> sqlite3.Cursor:
        try:
            return db.execute(query, values)
        except _DAMAGE as error:
            raise CorruptDatabaseError(name=self.path.name, detail=str(error)) from None


def _of_row(
    position: int, stream: Any, version: Any, topic: Any, state: Any, types: bytes
) -> RawEvent:
    """Return a database's row, whatever types its columns have."""
    if types != _USUAL:
        values = (stream, version, topic, state)
        line = b" ".join(
            value if isinstance(value, bytes) else str(value).encode() for value in values
        )
        return RawEvent(line, None, f"types {types.decode()}")
    try:
        row = StoredEvent(position, stream.decode(), version, topic.decode(), state)
    except UnicodeDecodeError:
        return RawEvent(b" ".join((stream, topic, state)), None, "not UTF-8")
    return RawEvent(compose(row), row)


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
