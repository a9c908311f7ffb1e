"""A mark that changes whenever kept answers may be out of date."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

# In every time zone a new day begins at such a step of UTC.
_STEP = timedelta(minutes=15)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Freshness:
    """Tells whether anything changed on which answers depend: the log, the time, and some files.

    Of the time, every quarter of an hour counts. Without files a call costs less than a
    microsecond. It waits for nobody.
    """

    def __init__(self, change_counter: Callable[[], object], files: Sequence[Path] = ()) -> None:
        """Take what changes with the log, and files or folders that change beside it."""
        self._change_counter = change_counter
        self._files = files
        self._state: object = None
        self._begins = self._ends = _FIRST
        self._mark = object()

    def expire(self) -> None:
        """Let no answer be given again that was made before."""
        self._state, self._mark = None, object()

    def __call__(self, now: datetime) -> object:
        """Return a mark: while it is the same object, all answers are the same."""
        state: object = self._change_counter()
        if self._files:
            state = (state, *map(_stamp, self._files))
        if state != self._state or not self._begins <= now < self._ends:
            self._begins = now - (now - _FIRST) % _STEP
            self._ends = self._begins + _STEP
            self._state, self._mark = state, object()
        return self._mark


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return a value that changes when a file is replaced, or when a folder gets another file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - half as slow
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
