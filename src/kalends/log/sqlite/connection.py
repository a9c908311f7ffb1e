"""Connections to SQLite files without memory maps, so that a full disk gives an error.

In WAL mode SQLite maps `-shm` into memory. On a full disk with small blocks, writing there kills
the process with SIGBUS. So all files use a rollback journal, and older files are converted.
"""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

# The files beside a database that belong to it.
BESIDE = ("-journal", "-wal", "-shm")
_PAUSE = 0.05
# The most bytes of a rollback journal that are kept.
_KEPT = 1 << 16
_WAL = b"\2\2"
# The device and inode of each file that this process looked at.
_known: set[tuple[int, int]] = set()


def connect(
    path: str, *, seconds: float, keeps_journal: bool = False, **how: Any
) -> sqlite3.Connection:
    """Open or create a file, waiting for others at most so many seconds at a time.

    With `keeps_journal` the rollback journal is made invalid after each transaction, but keeps its
    place on the disk: the next one need not ask the file system for it. Each statement is
    committed unless a transaction is open. Raises `sqlite3.Error`.
    """
    _leave_wal(path, seconds)
    db: sqlite3.Connection = sqlite3.connect(path, timeout=seconds, isolation_level=None, **how)
    try:
        db.execute("PRAGMA mmap_size = 0")
        if keeps_journal:
            db.execute(f"PRAGMA journal_size_limit = {_KEPT}")
        # Not created and removed each time: saves syncing the folder once.
        db.execute(f"PRAGMA journal_mode = {'PERSIST' if keeps_journal else 'TRUNCATE'}")
    except BaseException:
        db.close()
        raise
    return db


def is_wal(path: Path | str) -> bool:
    """Return whether a database is in WAL mode, as those of Kalends 0.1.0 are."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a name as SQLite takes it
            return file.read(20)[18:] == _WAL
    except OSError:
        return False


def copied(path: Path, folder: Path) -> Path:
    """Copy a database and what belongs to it, to read it where the original cannot be written."""
    from shutil import copyfile  # noqa: PLC0415 - slow to load, and only for a copy

    for suffix in ("", *BESIDE[:2]):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            copyfile(beside, folder / beside.name)
            (folder / beside.name).chmod(0o600)
    return folder / path.name


def undo(db: sqlite3.Connection) -> None:
    """Undo the transaction, unless SQLite has undone it already, as after some errors."""
    if db.in_transaction:
        with suppress(
            sqlite3.Error
        ):  # a disk that refuses all: the next to open the file undoes it
            db.execute("ROLLBACK")


def lacks(path: Path, position: int, seconds: float) -> bool:
    """Return whether a file surely lacks an event whose commit failed: looks at it anew."""
    query = "SELECT 1 FROM stored_events WHERE rowid = ?"
    try:
        with closing(connect(str(path), seconds=seconds, keeps_journal=True)) as db:
            return db.execute(query, (position,)).fetchone() is None
    except sqlite3.Error:
        return False


def discard(path: Path) -> None:
    """Remove a database and what belongs to it; raises `OSError`."""
    path.unlink(missing_ok=True)
    remove_beside(path)


def remove_beside(path: Path) -> None:
    """Remove the files that SQLite keeps beside a database; once it is closed they say nothing."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _leave_wal(path: str, seconds: float) -> None:
    """Change a file from WAL to a rollback journal; `-shm` is not used for that."""
    if _is_known(path):
        return
    until = time.monotonic() + seconds
    while is_wal(path):
        with closing(sqlite3.connect(path, timeout=seconds, isolation_level=None)) as db:
            try:
                _change(db)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE)


def _is_known(path: str) -> bool:
    """Return whether this process looked at the file before.

    To look again would drop the locks of the connections that it has by now: see `header`.
    """
    try:
        found = Path(path).stat()
    except OSError:
        return False
    key = (found.st_dev, found.st_ino)
    if key in _known:
        return True
    _known.add(key)
    return False


def _change(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA mmap_size = 0")
    db.execute("PRAGMA locking_mode = EXCLUSIVE")  # keeps the index of the WAL in plain memory
    db.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
