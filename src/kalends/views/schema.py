"""The file of a reader's views: built from the log, and disposable at any time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kalends.domain.errors import DiskError, LockedError, MachineError
from kalends.log.sqlite import connection
from kalends.views.database import LOCK_SECONDS, Views, closed_on_failure, copied_to, opened

# A file with another number is deleted and built again.
SCHEMA = 11

# The `until` of a row that nothing has replaced yet.
OPEN = 2**63 - 1

# The events in `entry` that change the record of an activity: holding it does not.
CHANGED = (
    "version > 1 AND topic >= 'activity.' AND topic < 'activity/' AND topic <> 'activity.held'"
)
# How many seconds after the start of its last day an activity was recorded as having happened.
LATENESS = "recorded - CAST(strftime('%s', last_day) AS INTEGER)"


# A row was true from `position` on, and no longer at `until`.
# `at`, `recorded`, `begin` are seconds since 1970 in UTC, days are YYYY-MM-DD.
# `mark` is of what resembles: see `alike`.
# `trusted` is `at`, but no later than any later correction of the clock; `recorded` likewise.
# An activity's `number` is the position of its first event. Wide columns come last.
_TABLES = (
    """CREATE TABLE standing (
        only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL, mark BLOB)""",
    """CREATE TABLE entry (
        position INTEGER PRIMARY KEY, at INTEGER NOT NULL, "by" TEXT NOT NULL, via TEXT NOT NULL,
        act TEXT NOT NULL, topic TEXT NOT NULL, stream TEXT NOT NULL,
        version INTEGER NOT NULL, trusted INTEGER NOT NULL)""",
    """CREATE TABLE activity (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)""",
    """CREATE TABLE revision (
        position INTEGER PRIMARY KEY, until INTEGER NOT NULL, activity INTEGER NOT NULL,
        version INTEGER NOT NULL, status TEXT NOT NULL, withheld INTEGER NOT NULL,
        recorded INTEGER, first_day TEXT NOT NULL, last_day TEXT NOT NULL, begin INTEGER,
        coarse INTEGER NOT NULL, dated INTEGER, dated_last_day TEXT, text_number INTEGER NOT NULL,
        mark INTEGER NOT NULL, title TEXT NOT NULL, details BLOB NOT NULL, reason TEXT)""",
    """CREATE TABLE participation (
        position INTEGER NOT NULL, ordinal INTEGER NOT NULL, until INTEGER NOT NULL,
        activity INTEGER NOT NULL, code TEXT NOT NULL, role TEXT NOT NULL,
        PRIMARY KEY (position, ordinal)) WITHOUT ROWID""",
    """CREATE TABLE tag (
        position INTEGER NOT NULL, ordinal INTEGER NOT NULL, until INTEGER NOT NULL,
        activity INTEGER NOT NULL, key TEXT NOT NULL, tag TEXT NOT NULL,
        PRIMARY KEY (position, ordinal)) WITHOUT ROWID""",
    """CREATE TABLE indexed_text (
        number INTEGER PRIMARY KEY, position INTEGER NOT NULL, until INTEGER NOT NULL,
        activity INTEGER NOT NULL, body TEXT NOT NULL)""",
    # Only which texts contain which pairs of characters: the texts are in their own table.
    """CREATE VIRTUAL TABLE pairs USING fts5 (
        body, content = '', columnsize = 0, detail = 'none', tokenize = 'ascii')""",
    """CREATE TABLE department (
        position INTEGER PRIMARY KEY, until INTEGER NOT NULL, registered INTEGER NOT NULL,
        code TEXT NOT NULL, state BLOB NOT NULL)""",
    """CREATE TABLE campaign (
        position INTEGER PRIMARY KEY, until INTEGER NOT NULL, id TEXT NOT NULL,
        settings BLOB NOT NULL)""",
    """CREATE TABLE tile (
        level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL,
        PRIMARY KEY (level, number)) WITHOUT ROWID""",
    "CREATE INDEX revision_activity ON revision (activity, position)",
    "INSERT INTO standing VALUES (1, 0, NULL)",
)

# Created once the log has been read to its end: building them then costs a fraction.
_INDEXES = {
    "entry_trusted": "entry (trusted)",
    "entry_by": 'entry ("by")',
    "entry_act": "entry (act)",
    "entry_changed": f"entry (position) WHERE {CHANGED}",
    "revision_day": "revision (first_day, begin, until, status)",
    "revision_long": "revision (last_day, first_day, until) WHERE first_day < last_day",
    "revision_planned": (
        "revision (first_day, begin, last_day, until, status) WHERE status = 'planned'"
    ),
    "revision_retracted": "revision (until, status) WHERE status = 'retracted'",
    "revision_late": (
        f"revision ({LATENESS}, until, recorded, last_day) WHERE recorded IS NOT NULL"
    ),
    "revision_withheld": f"revision (activity) WHERE withheld AND until = {OPEN}",
    "revision_mark": "revision (mark, until)",
    "revision_later": "revision (position, activity) WHERE version > 1",
    "revision_dated": "revision (dated_last_day)",
    "participation_code": "participation (code, position, until)",
    "tag_key": "tag (key, position, until)",
}

_KEPT = (
    "standing", "entry", "activity", "revision", "participation", "tag",
    "indexed_text", "pairs", "department", "campaign", "tile",
)  # fmt: skip
# How many KiB of the file readers keep in memory; applying many events keeps more.
_CACHE, _CACHE_TO_APPLY = 4_096, 8_192
_PRAGMAS = ("synchronous = NORMAL", f"cache_size = -{_CACHE}")


def connect(path: Path | None) -> Views:
    """Open or create the views' file; use memory without a path or if it cannot be written.

    A file of another schema, or a damaged one, is deleted and created anew, empty.
    """
    if path is None:
        return _opened(":memory:")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not os.access(path, os.W_OK):
            return _opened(":memory:")
        try:
            return _opened(path)
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError, _OtherSchemaError):
            discard(path)
            return _opened(path)
    except (sqlite3.Error, OSError, MachineError):
        return _opened(":memory:")


def copied(db: Views) -> Views:
    """Return a copy in memory, which can be updated when the file cannot; close the file."""
    try:
        return copied_to(db, ":memory:")
    finally:
        db.close()


def reached(db: Views) -> tuple[int, bytes | None]:
    """Return the position of the last event applied, and its mark, from the same transaction.

    0 and None when there is none, -1 when the stored value is not a position. If the log's own
    event at this position has another mark, the log was replaced: `reset`.
    """
    found, marked = db.execute("SELECT position, mark FROM standing").fetchone() or (-1, None)
    if not isinstance(found, int) or not isinstance(marked, bytes | None):
        return -1, None
    return found, marked


def discard(path: Path) -> None:
    """Delete the views' file, as when a query finds it damaged; raises `OSError`."""
    connection.discard(path)


def reset(db: Views) -> None:
    """Empty all views, as when the log was replaced by another."""
    with transaction(db):
        for name in _KEPT:
            db.execute(f"DROP TABLE {name}")
        _create(db)


@contextmanager
def applying(db: Views) -> Iterator[None]:
    """Keep more of the file in memory while many events are applied."""
    db.execute(f"PRAGMA cache_size = -{_CACHE_TO_APPLY}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = -{_CACHE}")


def finish(db: Views) -> None:
    """Create the indexes that readers use, unless they exist already."""
    for name, columns in _INDEXES.items():
        db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def is_finished(db: Views) -> bool:
    """Return whether the indexes that readers use exist.

    They are missing if a process was killed after it had applied the last event.
    """
    found = db.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")
    return _INDEXES.keys() <= {name for (name,) in found}


@contextmanager
def transaction(db: Views) -> Iterator[None]:
    """Write everything in it, or nothing.

    Raises `LockedError` when others write for too long, and `DiskError` when the disk refuses.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise LockedError(seconds=LOCK_SECONDS) from None
        raise DiskError(name="views.db", detail=str(error)) from None
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


class _OtherSchemaError(Exception):
    """The file was made by another version of Kalends, or by another program."""


def _opened(path: Path | str) -> Views:
    db = opened(path)
    with closed_on_failure(db):
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        if _schema(db) != SCHEMA:
            with transaction(db):
                _make(db)
    return db


def _make(db: Views) -> None:
    """Create the tables in a new file, unless another reader just did."""
    if _schema(db) == SCHEMA:
        return
    if db.execute("SELECT count(*) FROM sqlite_schema").fetchone() != (0,):
        raise _OtherSchemaError
    _create(db)
    db.execute(f"PRAGMA user_version = {SCHEMA}")


def _create(db: Views) -> None:
    for statement in _TABLES:
        db.execute(statement)


def _schema(db: Views) -> int:
    (number,) = db.execute("PRAGMA user_version").fetchone()
    return int(number)
