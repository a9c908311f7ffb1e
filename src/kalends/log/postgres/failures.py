"""The errors of PostgreSQL, told apart by their SQLSTATE and turned into ours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.errors import UniqueViolation

from kalends.domain.errors import (
    DamagedStoreError,
    DiskError,
    KalendsError,
    LockedError,
    ReadOnlyStoreError,
    ServerRefusedError,
    ServerUnreachableError,
    StoreAddressError,
)
from kalends.log.event_log import VersionTakenError

# See https://www.postgresql.org/docs/current/errcodes-appendix.html.
_WAITED = {"55P03", "57014", "40P01", "40001"}  # a lock or a statement that took too long
_GONE = {"57P01", "57P02", "57P03", "57P04", "57P05"}  # the server stops, starts or crashed
_REFUSED = {"42501", "28000", "28P01", "3D000"}  # privilege, login, no such database
_READ_ONLY = {"25006"}
_NO_ROOM = ("53", "58")  # resources, and the system's own errors
_GONE_CLASS = "08"
# How the library lists the hosts of an address, none of which answered as asked.
_HOST = re.compile(
    r"- host: '([^']*)', port: (?:None|'(?:5432|(\d+))?'), hostaddr: (?:None|'[^']*'): (.*)"
)
# What it says before the reason; the address is named already.
_PRELUDE = re.compile(
    r"(?:connection failed: |connection is bad: )?"
    r"(?:connection to server .*? failed: )?(?:FATAL: +)?"
)


def is_lost(error: psycopg.Error) -> bool:
    """Return whether the connection broke: what it was doing may have been done, or not."""
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return state in _GONE or state.startswith(_GONE_CLASS)


def translated(error: psycopg.Error, name: str, seconds: float) -> Exception:
    """Return our error for one of PostgreSQL's; `seconds` is how long locks are waited for."""
    state, detail = error.sqlstate or "", _on_a_line(error)
    if isinstance(error, UniqueViolation):
        return VersionTakenError()
    if state in _WAITED:
        return LockedError(seconds=round(seconds))
    if not state and isinstance(error, psycopg.ProgrammingError):
        return StoreAddressError(detail=detail)
    return _kind_of(error, state)(name=name, detail=detail)


def _kind_of(error: psycopg.Error, state: str) -> type[KalendsError]:
    if state in _REFUSED or _asked_for_password(error):
        return ServerRefusedError
    if state in _READ_ONLY:
        return ReadOnlyStoreError
    if state.startswith(_NO_ROOM):
        return DiskError
    return ServerUnreachableError if is_lost(error) else DamagedStoreError


@contextmanager
def translating(name: str, seconds: float = 10) -> Iterator[None]:
    """Turn PostgreSQL's errors within the block into ours."""
    try:
        yield
    except (KalendsError, VersionTakenError):
        raise
    except psycopg.Error as error:
        raise translated(error, name, seconds) from None


def _asked_for_password(error: psycopg.Error) -> bool:
    """Return whether a login failed for its password; libpq gives no SQLSTATE for that."""
    connection = error.pgconn
    return connection is not None and bool(
        connection.needs_password or (error.sqlstate is None and connection.used_password)
    )


def _on_a_line(error: psycopg.Error) -> str:
    """Return the error's words on a line, without libpq's advice, which is indented.

    Where several hosts failed, each is named once with what it said.
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and line[0] != "\t"]
    hosts = [found.groups() for found in map(_HOST.fullmatch, lines) if found]
    if not hosts:
        return "; ".join(map(_reason, lines)) or type(error).__name__
    return "; ".join(
        f"{host}{f':{port}' if port else ''}: {_reason(said)}" for host, port, said in hosts
    )


def _reason(said: str) -> str:
    return _PRELUDE.sub("", said, count=1)
