"""The connections of this process to a server: a pool that all its logs share."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow, tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout

from kalends.domain.overriding import override
from kalends.log.postgres.follower import Follower
from kalends.log.postgres.statements import Statements

_MOST = 10
_SECONDS = 10
# What counts unless the address says otherwise. A machine that is switched off answers nothing:
# each host gets so long to answer, and what was sent must arrive in so many milliseconds.
_DEFAULTS = {"connect_timeout": 5, "tcp_user_timeout": 10_000, "application_name": "kalends"}
_SPARE = 2
# How long a connection may take before the pool is asked whether it failed meanwhile.
_GLANCE = 0.2
_IDLE_SECONDS = 300
# Whatever the server, the database or the role set: commits are durable, each statement sees what
# was committed before it, no function of somebody else's is found, and nothing waits for ever.
_SETTINGS = """
SELECT set_config('search_path', 'pg_catalog', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('lock_timeout', '10s', false),
    set_config('statement_timeout', '60s', false),
    set_config('synchronous_commit',
        CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
        ELSE current_setting('synchronous_commit') END, false)
"""


# The server, its line of history (a standby that was promoted begins another one), the database.
_IDENTITY = """
SELECT (SELECT system_identifier FROM pg_control_system())::text || '/'
    || CASE WHEN pg_is_in_recovery()
    THEN (SELECT lpad(upper(to_hex(timeline_id)), 8, '0') FROM pg_control_checkpoint())
    ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END || '/' || current_database()
"""


# What goes wrong is raised, in our words: the library would print it on standard error as well.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Connection(psycopg.Connection[TupleRow]):
    """A connection that remembers whether the server warned of something."""

    is_warned = False

    def heed(self, notice: psycopg.errors.Diagnostic) -> None:
        """Remember a warning: during a commit, a standby did not confirm it."""
        if notice.severity_nonlocalized == "WARNING":
            self.is_warned = True


class _Pool(ConnectionPool[Connection]):
    """A pool that remembers why it could not connect; the stock one only says that it waited."""

    server = ""
    seconds = float(_SECONDS)
    # Connects to any server of the address, primary or standby.
    try_any: Callable[[], None]
    follower: Follower | None = None
    failure: tuple[float, psycopg.Error] | None = None

    @override
    def _connect(self, timeout: float | None = None) -> Connection:
        try:
            made = super()._connect(timeout)
        except psycopg.Error as error:
            self.failure = (time.monotonic(), self._explained(error))
            raise
        made.add_notice_handler(made.heed)
        self.server = _server(made)
        return made

    def _explained(self, error: psycopg.Error) -> psycopg.Error:
        """Return why it could not connect.

        While a standby is being promoted, there is no primary to connect to. libpq tells that from
        a wrong password only in words, so we look whether any of the servers lets us in.
        """
        if error.pgconn is None or not error.pgconn.used_password:
            return error
        try:
            self.try_any()
        except psycopg.Error:
            return error
        return psycopg.OperationalError(str(error))


_lock = threading.Lock()
# By process and address: the pool, and how many logs use it. A forked process opens its own.
_pools: dict[tuple[int, str], tuple[_Pool, int]] = {}


class Connections:
    """The connections to a server and database; logs of the same address share them."""

    def __init__(self, url: str) -> None:
        """Join the pool for this address, or make it; nothing is connected yet."""
        self._key = (os.getpid(), url)
        with _lock:
            pool, users = _pools.get(self._key) or (_made(url), 0)
            _pools[self._key] = (pool, users + 1)
        self._pool = pool
        self._is_closed = False

    @property
    def server(self) -> str:
        """Return the identity of the server of the newest connection."""
        return self._pool.server

    def follower(self) -> Follower:
        """Return what follows the logs on this server, for all logs of this process."""
        with _lock:
            if self._pool.follower is None:
                self._pool.follower = Follower(self.lend)
            return self._pool.follower

    def leave(self, statements: Statements) -> None:
        """Follow a log no longer."""
        follower = self.follower()
        with _lock:
            if follower.leave(statements):
                self._pool.follower = None

    @contextmanager
    def lend(self) -> Iterator[Connection]:
        """Lend a connection within the block; a broken one is closed afterwards.

        Raises `psycopg.Error`.
        """
        connection = self.take()
        try:
            yield connection
        finally:
            self.give_back(connection)

    def take(self) -> Connection:
        """Return a connection, to be given back; raises `psycopg.Error` with the reason."""
        begun = time.monotonic()
        while True:
            left = begun + self._pool.seconds - time.monotonic()
            try:
                return self._pool.getconn(min(_GLANCE, max(left, 0.01)))
            except PoolTimeout:
                failure = self._pool.failure
                if failure is not None and failure[0] >= begun:
                    raise failure[1] from None
                if left <= 0:
                    raise

    def give_back(self, connection: Connection) -> None:
        """Give a connection back to the pool."""
        self._pool.putconn(connection)

    def retried(self, ask: Callable[[Connection], Any], is_lost: Callable[[Any], bool]) -> Any:
        """Return what `ask` returns; for reading only, since it may be asked several times."""
        connection, found = self.taken(ask, is_lost)
        self.give_back(connection)
        return found

    def taken(
        self, ask: Callable[[Connection], Any], is_lost: Callable[[Any], bool]
    ) -> tuple[Connection, Any]:
        """Return a connection, to be given back, and what `ask` returns, which changes nothing.

        After a restart of the server all connections in the pool are broken: it asks them all.
        """
        for attempt in range(_MOST + 1):
            connection = self.take()
            try:
                return connection, ask(connection)
            except BaseException as error:
                is_over = attempt == _MOST or not isinstance(error, psycopg.Error)
                if is_over or not is_lost(error):
                    self.give_back(connection)
                    raise
                connection.close()
                self.give_back(connection)
        raise AssertionError

    def close(self) -> None:
        """Leave the pool; the last of its logs closes it. To close it again does nothing."""
        with _lock:
            if self._is_closed:
                return
            self._is_closed = True
            pool, users = _pools.pop(self._key)
            if users > 1:
                _pools[self._key] = (pool, users - 1)
                return
        pool.close()


def _server(connection: Connection) -> str:
    """Return the server and its line of history, "" where the server keeps that to itself."""
    try:
        row = connection.execute(_IDENTITY).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return ""
    return str(row[0]) if row is not None else ""


def _configure(connection: Connection) -> None:
    connection.execute(_SETTINGS)


def _settings(url: str) -> tuple[dict[str, Any], float]:
    """Return what is set beside an address, and how long all its hosts may take to answer."""
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        given = {}  # connecting says what is wrong with it
    ours = {name: value for name, value in _DEFAULTS.items() if name not in given}
    each = 0
    hosts = str(given.get("host", given.get("hostaddr", ""))).count(",") + 1
    with suppress(ValueError):
        each = int(str(given.get("connect_timeout") or _DEFAULTS["connect_timeout"]))
    return ours, max(_SECONDS, hosts * each + _SPARE)


def _made(url: str) -> _Pool:
    ours, seconds = _settings(url)
    given = {
        "autocommit": True,
        "row_factory": tuple_row,
        "client_encoding": "utf8",
        **ours,
    }

    def try_any() -> None:
        psycopg.connect(url, **{**given, "target_session_attrs": "any"}).close()

    pool = _Pool(
        url,
        connection_class=Connection,
        kwargs=given,
        min_size=0,
        max_size=_MOST,
        max_idle=_IDLE_SECONDS,
        reconnect_timeout=_SECONDS,
        num_workers=2,
        configure=_configure,
        open=False,
    )
    pool.seconds, pool.try_any = seconds, try_any
    pool.open()
    return pool
