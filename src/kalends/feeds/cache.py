"""Calendar entries made earlier, kept so that none is made twice; disposable at any time."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from zlib import crc32

from kalends.feeds.entry_maker import EntryMaker
from kalends.feeds.near_entries import NearEntries
from kalends.log.gc_paused import gc_paused
from kalends.log.sqlite import connection
from kalends.views.activities import FeedCandidate
from kalends.views.database import Views, copied_to
from kalends.views.entries import mark

# A file with another number is emptied: raise it when entries are made differently.
_MADE_BY = 4
_AT_ONCE = 1_000
# How many bytes of entries are held in memory while all feeds are made.
_NEAR = 1 << 24
# SQLite's own temporary file: what does not fit into its small cache goes to the disk.
_NAMELESS = ""
_LOCK_SECONDS = 10
_TABLES = """
    CREATE TABLE component (
        position INTEGER NOT NULL, made_at INTEGER NOT NULL, activity TEXT NOT NULL,
        body BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (position, made_at));
    CREATE TABLE log (position INTEGER NOT NULL, mark BLOB NOT NULL);
    CREATE TABLE published (
        name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
        changed INTEGER NOT NULL)
"""
# Made when first needed, so that files of older versions keep their entries.
_FIRST = """
    CREATE TABLE IF NOT EXISTS first (
        sha256 TEXT PRIMARY KEY, last_day TEXT NOT NULL, activity TEXT NOT NULL)
"""


class Components:
    """The entries by the position of the revision that each shows, and what was published last.

    An entry is kept with the position from which on it is valid: its revision's, or that of the
    campaign's move to another feed format.

    The file belongs to a single log: `follow` empties it when the log is another. Each entry has a
    checksum: what the disk damaged is made again. (`audit replay` finds entries that were changed
    on purpose.) When the file cannot be written, nothing is kept and everything is made again.
    """

    def __init__(self, path: Path | None) -> None:
        """Open or create the file; without a path, use a file that vanishes when closed."""
        self.db = _opened(path)
        self._near = NearEntries(0)

    @contextmanager
    def near(self) -> Iterator[None]:
        """Within the block, keep some entries in memory too: for whoever reads them often."""
        self._near = NearEntries(_NEAR)
        try:
            yield
        finally:
            self._near = NearEntries(0)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def follow(self, db: Views, *, known_at: int) -> None:
        """Make sure that the kept entries came from the log of these views."""
        found = self.db.execute("SELECT position, mark FROM log").fetchone()
        position, kept = found if found and isinstance(found[0], int) else (-1, b"")
        if position and kept != mark(db, position):
            position = 0
            self._near.clear()
            try:
                _empty(self.db)
            except sqlite3.Error:
                self.db.close()
                self.db = _ready(_NAMELESS)
        if position < known_at:
            self._write("UPDATE log SET position = ?, mark = ?", known_at, mark(db, known_at))

    def bodies(
        self, db: Views, rows: Iterable[FeedCandidate], *, known_at: int
    ) -> Iterator[list[bytes]]:
        """Yield the entries of the rows, in order, 1,000 at a time; make those not kept yet.

        `rows` are as known at this position. Memory does not grow with their number.
        """
        self.follow(db, known_at=known_at)
        maker = EntryMaker(db, known_at=known_at)
        coming = (position for _, position in rows)
        while positions := list(islice(coming, _AT_ONCE)):
            kept = self._at(maker, positions)
            yield [kept[position] for position in positions]

    def at(self, db: Views, positions: Sequence[int], *, known_at: int) -> dict[int, bytes]:
        """Return, by position, the entries that revisions give; make those not kept yet."""
        return self._at(EntryMaker(db, known_at=known_at), positions)

    def _at(self, maker: EntryMaker, positions: Sequence[int]) -> dict[int, bytes]:
        since = maker.formats.since
        found = self._near.of(since, positions)
        if missing := [position for position in positions if position not in found]:
            kept = self._kept(missing, since)
            if missing := [position for position in missing if position not in kept]:
                kept.update(self._made(maker, missing))
            self._near.keep(kept)
            found.update(kept)
        return found

    def every(self) -> Iterator[tuple[int, int, bytes, bytes, str]]:
        """Yield what is kept: position, made at, activity, entry, type of the entry's value.

        Whatever somebody changed is returned too; a damaged file raises `database.DAMAGE`.
        """
        yield from self.db.execute(
            "SELECT CAST(position AS INTEGER), CAST(made_at AS INTEGER), "
            "CAST(activity AS BLOB), CAST(body AS BLOB), typeof(body) "
            "FROM component ORDER BY position, made_at"
        )

    def copy_to(self, path: Path) -> None:
        """Copy the file as it is now; reading the copy keeps nobody waiting."""
        copied_to(self.db, path).close()

    def published(self) -> dict[str, tuple[str, int, int]]:
        """Return for each file as last written: SHA-256, bytes, nanoseconds of change."""
        found = self.db.execute("SELECT name, sha256, size, changed FROM published")
        return {name: (sha256, size, changed) for name, sha256, size, changed in found}

    def remember(self, files: Mapping[str, tuple[str, int, int]]) -> None:
        """Keep what `published` returns about these files."""
        self._insert(
            "INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?)",
            ((name, *stamp) for name, stamp in files.items()),
        )

    def first_of(self, digest: str) -> tuple[str, str] | None:
        """Return the last day and the id that sort first in a feed's file with this SHA-256.

        None if that was not remembered.
        """
        with suppress(sqlite3.Error):
            found = self.db.execute(
                "SELECT last_day, activity FROM first WHERE sha256 = ?", (digest,)
            ).fetchone()
            return found and (str(found[0]), str(found[1]))
        return None

    def remember_first(self, digest: str, first: tuple[str, str]) -> None:
        """Keep what `first_of` returns about a file."""
        self._write(_FIRST)
        self._write("INSERT OR REPLACE INTO first VALUES (?, ?, ?)", digest, *first)

    def _kept(self, wanted: Sequence[int], since: int) -> dict[int, bytes]:
        """Return the kept entries by position; the feed format is used since a position."""
        found = self.db.execute(
            "SELECT c.position, c.made_at, c.body, c.sum FROM json_each(?) AS wanted "
            "CROSS JOIN component AS c ON c.position = wanted.value",
            (json.dumps(wanted),),
        )
        return {
            position: body
            for position, made_at, body, checksum in found
            if made_at == max(position, since)
            and isinstance(body, bytes)
            and crc32(body) == checksum
        }

    def _made(self, maker: EntryMaker, positions: Sequence[int]) -> dict[int, bytes]:
        with gc_paused():
            made = [*maker.made(positions)]
        self._insert(
            "INSERT OR REPLACE INTO component VALUES (?, ?, ?, ?, ?)",
            ((*entry, crc32(entry[-1])) for entry in made),
        )
        return {position: body for position, *_, body in made}

    def _insert(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Insert all rows in one transaction, or none."""
        with suppress(sqlite3.Error):
            self.db.execute("BEGIN IMMEDIATE")
            self.db.executemany(statement, rows)
            self.db.execute("COMMIT")
        _give_up(self.db)

    def _write(self, statement: str, *values: object) -> None:
        with suppress(sqlite3.Error):
            self.db.execute(statement, values)


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        with suppress(sqlite3.Error, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _ready(str(path))
            except sqlite3.OperationalError:
                raise
            except (sqlite3.DatabaseError, UnicodeDecodeError):  # another program's, or damaged
                connection.discard(path)
                return _ready(str(path))
    return _ready(_NAMELESS)


def _ready(path: str) -> sqlite3.Connection:
    db = connection.connect(path, seconds=_LOCK_SECONDS, check_same_thread=False)
    try:
        # Each entry has a checksum, each file a stamp: damage by a power failure is noticed.
        db.execute("PRAGMA synchronous = OFF")
        if db.execute("PRAGMA user_version").fetchone() != (_MADE_BY,):
            _empty(db)
    except BaseException:
        db.close()
        raise
    return db


def _empty(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    for name in ("component", "log", "published", "first"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _TABLES.split(";"):
        db.execute(statement)
    db.execute("INSERT INTO log VALUES (0, x'')")
    db.execute(f"PRAGMA user_version = {_MADE_BY}")
    db.execute("COMMIT")


def _give_up(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")
