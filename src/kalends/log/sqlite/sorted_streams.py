"""Sorts more pieces of streams than memory should hold, in a file without a name."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kalends.log.sqlite.spilled import spill_error

_CACHE_KIB = 8_000
_MOST = 1 << 63


class StreamPiece(NamedTuple):
    """A stream between two positions: after which position, and its first and last version."""

    stream: str
    after: int
    first: int
    last: int


class SortedStreams:
    """Pieces of streams, added in any order; close it when you have them."""

    def __init__(self) -> None:
        """Begin empty; raise `DiskError`."""
        try:
            # SQLite makes a file without a name for this once its cache is full.
            self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            # Versions without a type: those beyond what SQLite counts are kept as text.
            self._db.execute("CREATE TABLE piece (stream TEXT, after INTEGER, first, last)")
        except sqlite3.Error as error:
            raise spill_error(error) from None

    def add(self, pieces: Iterable[tuple[str, int, int, int]]) -> None:
        """Add pieces; raise `DiskError`."""
        try:
            self._db.execute("BEGIN")
            self._db.executemany(
                "INSERT INTO piece VALUES (?, ?, ?, ?)",
                (
                    (stream, after, _kept(first), _kept(last))
                    for stream, after, first, last in pieces
                ),
            )
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise spill_error(error) from None

    def close(self) -> None:
        """Remove the file."""
        self._db.close()

    def sorted(self) -> Iterator[StreamPiece]:
        """Yield every piece, by stream and position; raise `DiskError`."""
        try:
            found = self._db.execute("SELECT * FROM piece ORDER BY stream, after")
            for stream, after, first, last in found:
                yield StreamPiece(stream, after, int(first), int(last))
        except sqlite3.Error as error:
            raise spill_error(error) from None


def _kept(version: int) -> int | str:
    """Return a version as SQLite keeps it: whoever writes a journal may write any number."""
    return version if abs(version) < _MOST else str(version)
