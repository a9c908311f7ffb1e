"""Reads the published folder as a whole, never half updated while somebody publishes."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TypeVar

from kalends.domain.errors import LockedError
from kalends.feeds.feed_folder import MANIFEST
from kalends.feeds.manifest import contents

# At most so many looks while others go on publishing; then they must wait.
_TRIES = 3

_T = TypeVar("_T")
Hold = Callable[[], AbstractContextManager[object]]


def steadily(
    look: Callable[[], _T], is_right: Callable[[_T], bool], folder: Path, hold: Hold
) -> _T:
    """Return what was found when all was right, or when nobody published meanwhile.

    The manifest changes before any other file does, and again after the last. `hold` keeps
    publishers waiting; if that is impossible, what was found counts.
    """
    for _ in range(_TRIES):
        before = _version(folder)
        seen = look()
        if is_right(seen):
            return seen
        with _held(hold):  # by then, anyone publishing now has finished
            if _version(folder) == before:
                return seen
    with _held(hold):
        return look()


def _held(hold: Hold) -> ExitStack:
    held = ExitStack()
    try:
        held.enter_context(hold())
    except LockedError:
        held.close()
    return held


def _version(folder: Path) -> tuple[bytes, int]:
    try:
        changed = (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        changed = 0
    return contents(folder), changed
