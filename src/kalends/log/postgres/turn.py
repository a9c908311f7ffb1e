"""The writer's turn in PostgreSQL: one connection, which holds a lock of the server.

When the connection breaks, the server ends the turn. What was being committed at that moment is
looked up, never sent again.
"""

import time
from collections.abc import Sequence

import psycopg

from kalends.domain.errors import (
    InDoubtError,
    ReadOnlyStoreError,
    ServerUnreachableError,
    UnconfirmedError,
)
from kalends.log.event_log import StoredEvent, VersionTakenError
from kalends.log.postgres.failures import is_lost
from kalends.log.postgres.pool import Connection, Connections
from kalends.log.postgres.statements import Statements
from kalends.words import Message

_SETTLE_SECONDS = 15
_PAUSE = 0.2
# A standby may be promoted, and an address of several hosts may lead to one: ask in each turn.
# CASE sets the time before it waits; the head is asked for in a statement of its own, since a
# statement sees only what was committed before it began to wait.
_BEGIN = (
    "SELECT pg_is_in_recovery(), "
    "CASE WHEN set_config('lock_timeout', %b, false) <> '' THEN pg_advisory_lock(%b) END"
)
_END = "SELECT pg_advisory_unlock(%b)"
# The insert has been committed: this is a statement of its own.
_END_AND_NOTIFY = "SELECT pg_advisory_unlock(%b), pg_notify(%b, %b)"
STANDBY = Message("this server is a standby")
# Its commit waits for the standby, and with it for everything before it.
_MESSAGE = "SELECT pg_logical_emit_message(true, 'kalends', '')"


class Turn:
    """A turn that was taken; `head` is the newest position, `moved_to` where the log went."""

    def __init__(
        self, connections: Connections, statements: Statements, name: str, seconds: float
    ) -> None:
        """Take the turn, waiting at most `seconds`.

        Raises `psycopg.Error`, and `ReadOnlyStoreError` from a standby.
        """
        self._connections = connections
        self._statements = statements
        self._name = name
        self._has_inserted = False
        self._connection: Connection | None = None
        self._take(seconds)

    @property
    def connection(self) -> Connection:
        """Return the connection of the turn; raises `psycopg.OperationalError` when it broke."""
        if self._connection is None:
            detail = "the connection of the turn broke"
            raise psycopg.OperationalError(detail)
        return self._connection

    def _take(self, seconds: float) -> None:
        """Take the lock on a connection that is whole; until then nothing has been sent."""
        wait = f"{max(1, round(seconds * 1000))}ms"

        def ask(connection: Connection) -> tuple[bool, int, str]:
            try:
                with connection.pipeline():
                    begun = connection.execute(_BEGIN, [wait, self._statements.key])
                    standing = connection.execute(self._statements.followed)
                return begun.fetchall()[0][0], *standing.fetchall()[0]
            except BaseException:
                connection.close()  # whatever it has, the server drops
                raise

        self._connection, found = self._connections.taken(ask, is_lost)
        is_standby, self.head, self.moved_to = found
        if is_standby:
            self.release()
            raise ReadOnlyStoreError(name=self._name, detail=STANDBY)

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none at their positions, and return once that is certain.

        Raises `VersionTakenError`, `psycopg.Error`, and what `settle` and `confirm` raise.
        """
        self.connection.is_warned = False
        try:
            self._insert(rows)
        except psycopg.Error as error:
            if not is_lost(error):
                raise
            self._settle(rows, error)
        else:
            self._has_inserted = True
            self.head = rows[-1].position
            if self.connection.is_warned:
                self.confirm()

    def _insert(self, rows: Sequence[StoredEvent]) -> None:
        if len(rows) == 1:  # half the work of arrays, for us and for the server
            self.connection.execute(self._statements.insert_one, rows[0])
            return
        _, streams, versions, topics, states = map(list, zip(*rows, strict=True))
        before = rows[0].position - 1
        # A statement of its own is a transaction of its own: it is committed when it returns. COPY
        # took a third longer for a thousand rows.
        self.connection.execute(
            self._statements.insert, [before, streams, versions, topics, states]
        )

    def confirm(self) -> None:
        """Return once the standby has confirmed everything up to now, if there is one to ask.

        Raises `UnconfirmedError`, `psycopg.Error`.
        """
        self.connection.is_warned = False
        self.connection.execute(_MESSAGE)
        if self.connection.is_warned:
            raise UnconfirmedError(name=self._name)

    def _settle(self, rows: Sequence[StoredEvent], cause: psycopg.Error) -> None:
        """Find out whether a commit happened whose answer was lost, by taking the turn again.

        The old connection holds the lock until the server is done with it, one way or the other.
        Raises `InDoubtError` if the server cannot be asked, `ServerUnreachableError` if nothing
        was recorded, and `VersionTakenError` if others recorded there.
        """
        until = time.monotonic() + _SETTLE_SECONDS
        self.release()
        while True:
            try:
                self._take(_SETTLE_SECONDS)
                found = self._found(rows)
                if found == list(rows):
                    self.confirm()
            except (psycopg.Error, ReadOnlyStoreError):  # a standby does not know
                self.release()
                if time.monotonic() >= until:
                    raise InDoubtError(name=self._name, detail=_words(cause)) from None
                time.sleep(_PAUSE)
                continue
            if found == list(rows):
                self._has_inserted = True
                return
            if found:
                raise VersionTakenError
            raise ServerUnreachableError(name=self._name, detail=_words(cause))

    def _found(self, rows: Sequence[StoredEvent]) -> list[StoredEvent]:
        cursor = self.connection.execute(
            self._statements.between, [rows[0].position - 1, rows[-1].position], binary=True
        )
        return [StoredEvent(*row) for row in cursor.fetchall()]

    def release(self) -> None:
        """End the turn; tell followers what is new, in a statement of its own after the commit."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        key, channel = self._statements.key, self._statements.channel
        try:
            if self._has_inserted:
                connection.execute(_END_AND_NOTIFY, [key, channel, str(self.head)])
            else:
                connection.execute(_END, [key])
        except psycopg.Error:
            connection.close()  # with it the server drops the lock
        except BaseException:
            connection.close()
            raise
        finally:
            self._connections.give_back(connection)


def _words(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
