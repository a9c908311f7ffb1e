"""A mapping for many keys, of which memory holds few: the others are in a file without a name."""

import sqlite3
import weakref
from typing import Generic, TypeVar

from kalends.domain.errors import DiskError
from kalends.words import Message

_Value = TypeVar("_Value", bound=int | str)
_MOST = 20_000


class Spilled(Generic[_Value]):
    """A mapping that can be asked and set; its file goes when nobody holds it any more."""

    def __init__(self, most: int = _MOST) -> None:
        """Begin empty; `most` keys stay in memory before they go to the disk together."""
        self._most = most
        self._near: dict[str, _Value] = {}
        self._far: sqlite3.Connection | None = None

    def get(self, key: str) -> _Value | None:
        """Return the value of a key, None when it was never set; raise `DiskError`."""
        value = self._near.get(key)
        if value is not None or self._far is None:
            return value
        try:
            found = self._far.execute("SELECT value FROM far WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise spill_error(error) from None
        return None if found is None else found[0]

    def __setitem__(self, key: str, value: _Value) -> None:
        """Set the value of a key; raise `DiskError` when it is to be spilled and cannot be."""
        self._near[key] = value
        if len(self._near) > self._most:
            self._spill()

    def _spill(self) -> None:
        try:
            if self._far is None:
                # SQLite makes a file without a name for this, and removes it when it is closed.
                self._far = sqlite3.connect("", isolation_level=None, check_same_thread=False)
                weakref.finalize(self, self._far.close)
                self._far.execute("PRAGMA journal_mode = OFF")
                self._far.execute("PRAGMA synchronous = OFF")
                self._far.execute("CREATE TABLE far (key TEXT PRIMARY KEY, value) WITHOUT ROWID")
            self._far.execute("BEGIN")
            self._far.executemany("INSERT OR REPLACE INTO far VALUES (?, ?)", self._near.items())
            self._far.execute("COMMIT")
        except sqlite3.Error as error:
            raise spill_error(error) from None
        self._near.clear()


def spill_error(error: sqlite3.Error) -> DiskError:
    """Return our error for a file without a name that cannot be written or read."""
    return DiskError(name=Message("the temporary folder"), detail=str(error))
