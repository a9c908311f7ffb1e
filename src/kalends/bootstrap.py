"""The composition root: the only module that reads the clock and makes random numbers."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kalends.application.workspaces.machine import Machine
from kalends.domain.ids import base32

# Some packagers give every file a date long before there was any Kalends.
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def clock() -> float:
    """Return seconds that only ever grow, to measure how long something takes."""
    return time.monotonic()


def new_id() -> str:
    """Return a new id: 12 random characters of Crockford's base32 (60 bits), not all digits."""
    made = "0"
    while made.isdigit():
        made = base32(os.urandom(12))
    return made


def new_seed() -> bytes:
    """Return 32 random bytes, from which a key is made."""
    return os.urandom(32)


def user() -> str:
    """Return the handle of the person at the machine: `KALENDS_ACTOR`, or the account's name."""
    if named := os.environ.get("KALENDS_ACTOR"):
        return named
    with suppress(OSError, KeyError, ImportError):
        import getpass  # noqa: PLC0415 - slow to load, seldom needed

        return getpass.getuser()
    return "unknown"


def installed() -> datetime | None:
    """Return when this program was installed, by its file; None if that date cannot be."""
    with suppress(OSError):
        found = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
        return found if found >= _FIRST else None
    return None


def machine() -> Machine:
    """Return this machine: its clock, ids, random bytes and user."""
    return Machine(
        now=now, new_id=new_id, new_seed=new_seed, pause=time.sleep, user=user, installed=installed
    )
