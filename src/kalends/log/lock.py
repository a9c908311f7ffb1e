"""The writer's lock: only one process appends at a time.

The operating system holds the lock file and releases it when the process ends, however it ends.
Loading a library for this would take as long as loading all of click.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.02

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock file, waiting for it at most so many seconds.

    Raises `TimeoutError`, or the `OSError` of creating or locking the file.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(file, time.monotonic() + seconds)
        yield
    finally:
        os.close(file)  # releases the lock as well


def _wait(file: int, until: float) -> None:
    while True:
        try:
            _take(file)
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= until:
                raise TimeoutError from None
            time.sleep(_PAUSE)
        else:
            return
