"""The views' connection: an SQLite file that each reader builds for itself, or memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kalends.domain.text import fold
from kalends.log.sqlite import connection

LOCK_SECONDS = 10
# What SQLite says about a file that another program wrote or damaged.
DAMAGE = (sqlite3.Error, UnicodeDecodeError)

_REFUSALS = {
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
}  # fmt: skip


def is_of_sqlite(error: Exception) -> bool:
    """Return whether SQLite raised an error."""
    return isinstance(error, sqlite3.Error)


def is_refusal(error: Exception) -> bool:
    """Return whether the machine refused SQLite: a full or failing disk, too little memory.

    A file that is shorter than it says is damaged instead.
    """
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in _REFUSALS and code != sqlite3.SQLITE_IOERR_SHORT_READ


class Views(sqlite3.Connection):
    """A connection to the views of one log. Each thread has its own."""


def opened(path: Path | str, *, seconds: float = LOCK_SECONDS) -> Views:
    """Open or create a file of views; raises `sqlite3.Error`.

    Closing the workspace closes the connections of all threads.
    """
    db = connection.connect(str(path), seconds=seconds, check_same_thread=False, factory=Views)
    assert isinstance(db, Views)
    # How texts are compared, for conditions in SQL.
    db.create_function("fold", 1, lambda text: text and fold(text), deterministic=True)
    return db


def copied_to(db: sqlite3.Connection, path: Path | str) -> Views:
    """Copy a database as it is now; reading the copy keeps nobody waiting."""
    copy = opened(path, seconds=0)
    with closed_on_failure(copy):
        db.backup(copy)
    return copy


@contextmanager
def closed_on_failure(db: sqlite3.Connection) -> Iterator[None]:
    """Close a connection if using it fails."""
    try:
        yield
    except BaseException:
        db.close()
        raise
