"""The header of an SQLite file, read beside SQLite: whether the file changed, without a lock.

Closing any descriptor of a file drops all locks that the process holds on it (POSIX wants it so).
That would take them from under SQLite. So each file is opened once in a process, for all that
read its header, and closed when the last of them is done.
"""

import os
import threading
from pathlib import Path

# See https://www.sqlite.org/fileformat2.html#file_change_counter: it changes with every
# transaction that writes, in files with a rollback journal.
_COUNTER, _LENGTH = 24, 4

_lock = threading.Lock()
# By device and inode: the descriptor, and how many read it.
_opened: dict[tuple[int, int], tuple[int, int]] = {}


class Header:
    """The header of a database file; several threads may read it."""

    def __init__(self, path: Path) -> None:
        """Open the file, unless this process has it open; raises `OSError`."""
        with _lock:
            found = path.stat()
            self._key = (found.st_dev, found.st_ino)
            if self._key in _opened:
                self._file, readers = _opened[self._key]
            else:
                self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
                readers = 0
            _opened[self._key] = (self._file, readers + 1)

    def is_of(self, path: Path) -> bool:
        """Return whether the file that was opened still has this name; raises `OSError`."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        return (found.st_dev, found.st_ino) == self._key

    def change_counter(self) -> bytes:
        """Return the counter's bytes; raises `OSError`."""
        if hasattr(os, "pread"):
            return os.pread(self._file, _LENGTH, _COUNTER)
        with _lock:
            os.lseek(self._file, _COUNTER, os.SEEK_SET)
            return os.read(self._file, _LENGTH)

    def close(self) -> None:
        """Close the file, if nobody else in this process reads it."""
        with _lock:
            file, readers = _opened.pop(self._key)
            if readers > 1:
                _opened[self._key] = (file, readers - 1)
            else:
                os.close(file)
