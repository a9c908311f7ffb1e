"""The composition root: the only place with a clock and a source of random numbers."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime

from kalends.application.machine import Machine
from kalends.domain.ids import spelt


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return twelve random characters of Crockford's base32, not all digits (about 60 bits)."""
    made = "0"
    while made.isdigit():
        made = spelt(os.urandom(12))
    return made


def new_seed() -> bytes:
    """Return the 32 random bytes that a key is made from."""
    return os.urandom(32)


def user() -> str:
    """Return the handle of the person at the machine: `KALENDS_ACTOR`, or the account's name."""
    if named := os.environ.get("KALENDS_ACTOR"):
        return named
    with suppress(OSError, KeyError, ImportError):
        import getpass  # noqa: PLC0415 - slow to load, and only without the variable

        return getpass.getuser()
    return "unknown"


def machine() -> Machine:
    """Return this machine."""
    return Machine(now=now, new_id=new_id, new_seed=new_seed, pause=time.sleep, user=user)
