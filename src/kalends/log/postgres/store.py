"""The log in a schema of a PostgreSQL server. Reading needs no lock; the server keeps the turn."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from kalends.domain.errors import (
    DamagedStoreError,
    DiskError,
    LockedError,
    ReadOnlyStoreError,
    StoreMovedError,
)
from kalends.log.event_log import EventLog, StoredEvent, UntrustedLog
from kalends.log.postgres.failures import is_lost, translating
from kalends.log.postgres.follower import Follower
from kalends.log.postgres.inspection import create, differences, standing
from kalends.log.postgres.pool import Connection, Connections
from kalends.log.postgres.statements import statements_of
from kalends.log.postgres.turn import STANDBY, Turn
from kalends.store_address import StoreAddress
from kalends.words import Message

_SECONDS = 10
_READER = Message("the role may not insert")
_RESTORING_SECONDS = 60  # restoring takes time, and other processes wait for it


class PostgresLog:
    """The rows of a log in a schema; several threads may use it, on connections of one pool."""

    def __init__(self, address: StoreAddress) -> None:
        """Open the log; raises what `EventLog` raises."""
        self.name = address.name
        self.refused: DiskError | None = None
        self._never: DiskError | None = None
        self._statements = statements_of(address.schema)
        self._connections = Connections(address.url)
        self._writing = threading.Lock()
        self._turns = threading.local()
        self._confirmed = 0
        self._follower: Follower | None = None
        self._shows_last = False
        self._schema = address.schema
        try:
            self._check(address)
        except BaseException:
            self._connections.close()
            raise

    def _check(self, address: StoreAddress) -> None:
        stands = standing(self._connections, self._statements, self.name)
        if not stands.has_table:
            raise DiskError(name=self.name, detail=Message("it is not there"))
        foreign = differences(self._connections, self._statements, self.name)
        if foreign:
            raise DamagedStoreError(name=self.name, detail=foreign[0])
        self._moved_to, self.may_only_add = stands.moved_to, stands.may_only_add
        if not stands.may_insert:
            self.refused = self._never = ReadOnlyStoreError(name=address.name, detail=_READER)
        elif stands.is_standby:
            self.refused = ReadOnlyStoreError(name=address.name, detail=STANDBY)

    @property
    def identity(self) -> str:
        """Return the server, its line of history, the database and the schema."""
        return f"{self._connections.server}/{self._schema}"

    def close(self) -> None:
        """Leave the pool."""
        if self._follower is not None:
            self._follower = None
            self._connections.leave(self._statements)
        self._connections.close()

    @property
    def _turn(self) -> Turn | None:
        """Return the turn of this thread."""
        turn: Turn | None = getattr(self._turns, "turn", None)
        return turn

    def position(self) -> int:
        """Return the newest position; in a turn it is known."""
        if self._turn is not None:
            return self._turn.head
        if self._follower is not None and self._shows_last:
            return self._follower.newest(self._statements, self._head)
        return self._head()

    def _head(self) -> int:
        return int(self._asked(self._statements.head)[0][0])

    def change_counter(self) -> object:
        """Return the newest position, which waits for no writer."""
        if self._follower is not None:
            position, moved = self._follower.position(self._statements), self.moved_to
            return (position, moved) if moved else position
        return self.position()

    @property
    def moved_to(self) -> str:
        """Return where the log was moved, as known when it was opened or by what follows it."""
        if self._follower is not None:
            return self._follower.moved_to(self._statements)
        return self._moved_to

    def follow(self, *, shows_last: bool = False) -> None:
        """Follow the log by notices, and by asking every second."""
        self._shows_last = shows_last
        if self._follower is None:
            follower = self._connections.follower()
            follower.follow(self._statements, self.position())
            self._follower = follower

    def page(self, after: int, limit: int) -> Sequence[tuple[Any, ...]]:
        """Return rows after a position.

        Of an address with several hosts this connection may lead to a standby that lags behind
        what the follower knows of. Then what is known is put back, to be found again.
        """
        follower = self._follower
        known = 0 if follower is None else follower.position(self._statements)
        rows = self._asked(self._statements.page, after, limit)
        if follower is not None and len(rows) < limit:
            reached = rows[-1][0] if rows else after
            if reached < known:
                follower.saw(self._statements, reached)
        return rows

    def stream(self, name: str) -> Sequence[tuple[Any, ...]]:
        """Return a stream's rows, by version."""
        return self._asked(self._statements.stream, name)

    def newest(self, stream: str) -> tuple[Any, ...] | None:
        """Return the row of a stream with the highest version."""
        return next(iter(self._asked(self._statements.newest, stream)), None)

    def positions(self, stream: str) -> list[int]:
        """Return the positions of a stream's rows."""
        return [int(row[0]) for row in self._asked(self._statements.positions, stream)]

    def existing(self, streams: Sequence[str], topic: str | None) -> set[str]:
        """Return which of the streams have a row, or a row of this topic."""
        named, of_topic = self._statements.existing, self._statements.existing_topic
        names = list(streams)
        asked = (named, names) if topic is None else (of_topic, names, topic)
        return {str(row[0]) for row in self._asked(*asked)}

    def beginning(self, prefix: str, most: int) -> list[str]:
        """Return the first streams whose names start with a prefix."""
        rows = self._asked(self._statements.beginning, prefix, prefix + "\U0010ffff", most)
        return [str(row[0]) for row in rows]

    def _asked(self, query: bytes, *values: Any) -> list[tuple[Any, ...]]:
        """Return a query's rows: in a turn on its connection, else retried if that is lost."""

        def ask(connection: Connection) -> list[tuple[Any, ...]]:
            return connection.execute(query, values, binary=True).fetchall()

        turn = self._turn
        with translating(self.name):
            if turn is not None:
                return ask(turn.connection)
            found: list[tuple[Any, ...]] = self._connections.retried(ask, is_lost)
            return found

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none, durably; outside a turn, in one of its own."""
        turn = self._turn
        if turn is None:
            with self.turn(_SECONDS):
                self.insert(rows)
            return
        if turn.moved_to:
            raise StoreMovedError(name=self.name, place=turn.moved_to)
        with translating(self.name):
            turn.insert(rows)
        self._confirmed = rows[-1].position
        if self._follower is not None:
            self._follower.saw(self._statements, self._confirmed)

    def confirm(self) -> None:
        """Return once everything up to now is on the standby that the server waits for, if any."""
        position = self.position()
        if position <= self._confirmed:
            return
        turn = self._turn
        if turn is None:
            with self._held(_SECONDS):
                self.confirm()
            return
        with translating(self.name):
            turn.confirm()
        self._confirmed = position

    def retire(self, place: str) -> None:
        """Within a turn, close the log for writing and say where it went; "" opens it again."""
        turn = self._turn
        assert turn is not None
        with translating(self.name):
            turn.connection.execute(self._statements.move, [place])
        turn.moved_to = self._moved_to = place

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Hold the server's lock; the server releases it however this process ends.

        Raises `ReadOnlyStoreError` where nothing can be inserted.
        """
        if self._never is not None:
            raise self._never
        with self._held(seconds):
            yield

    @contextmanager
    def _held(self, seconds: float) -> Iterator[None]:
        if not self._writing.acquire(timeout=seconds):
            raise LockedError(seconds=round(seconds))
        try:
            turn = self._taken(seconds)
            self._turns.turn = turn
            try:
                yield
            finally:
                self._turns.turn = None
                turn.release()
        finally:
            self._writing.release()

    def _taken(self, seconds: float) -> Turn:
        try:
            with translating(self.name, seconds):
                turn = Turn(self._connections, self._statements, self.name, seconds)
                self.refused = self._never  # and no longer that it was a standby
                return turn
        except ReadOnlyStoreError as error:
            self.refused = error
            raise

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Within a turn, keep everything that is inserted in the block, or nothing."""
        turn = self._turn
        assert turn is not None
        with translating(self.name), turn.connection.transaction():
            yield


class PostgresBackend:
    """A schema of a server: creates, opens and restores the log in it."""

    def __init__(self, address: StoreAddress) -> None:
        """Set the address; nothing is connected."""
        self.address = address
        self.name = address.name
        self._statements = statements_of(address.schema)

    def exists(self) -> bool:
        """Return whether there is a log with events: the tables may be made before them."""
        with self._connected() as connections:
            return standing(connections, self._statements, self.name).has_events

    def create(self) -> PostgresLog:
        """Make the tables, unless they are there, and open the log."""
        with self._connected() as connections:
            create(connections, self._statements, self.name)
            return PostgresLog(self.address)

    def open(self) -> PostgresLog:
        """Open the log."""
        return PostgresLog(self.address)

    def restore(self, fill: Callable[[EventLog], None]) -> None:
        """Fill an empty log in one transaction, in the writer's turn."""
        with closing(self.create()) as log, log.turn(_RESTORING_SECONDS):
            if not log.position():  # else another process has just restored it
                with log.whole():
                    fill(log)

    def set_aside(self) -> None:
        """Do nothing: the log was closed by its own rows."""

    def untrusted(self) -> UntrustedLog | None:
        """Return the schema as an auditor reads it."""
        from kalends.log.postgres.untrusted import UntrustedPostgresLog  # noqa: PLC0415 - only to verify

        with self._connected() as connections:
            if not standing(connections, self._statements, self.name).has_table:
                return None
        return UntrustedPostgresLog(self.address)

    def changed(self) -> float | None:
        """Return None: the server does not say when it last changed."""
        return None

    @contextmanager
    def _connected(self) -> Iterator[Connections]:
        with closing(Connections(self.address.url)) as connections:
            yield connections
