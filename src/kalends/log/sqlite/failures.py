"""The errors of SQLite and of its disk, turned into ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kalends.domain.errors import CorruptDatabaseError, DiskError, KalendsError, LockedError
from kalends.log.event_log import VersionTakenError
from kalends.words import os_error_message

_DAMAGED = ("malformed", "not a database", "no such table")
_DISK = ("readonly", "read-only", "disk", "full", "unable to open", "permission", "i/o")


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn errors of the store and the disk into ours, with a hint."""
    try:
        yield
    except (KalendsError, VersionTakenError):
        raise
    # Anyone who can write the file can rename columns and change the types of values.
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise CorruptDatabaseError(name=path.name, detail=detail) from None
    except (sqlite3.Error, OSError) as error:
        words = str(error).lower()
        if "locked" in words or "busy" in words:
            raise LockedError(seconds="10") from None
        damaged = any(word in words for word in _DAMAGED)
        if isinstance(error, OSError) or (not damaged and any(word in words for word in _DISK)):
            detail = os_error_message(error) if isinstance(error, OSError) else str(error)
            raise DiskError(name=path.name, detail=detail) from None
        raise CorruptDatabaseError(name=path.name, detail=str(error)) from None
