"""The schema of a campaign as an auditor reads it: it believes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kalends.domain.errors import DamagedStoreError
from kalends.log.event_log import (
    USUAL_SIZE,
    USUAL_TYPES,
    Columns,
    Range,
    RawEvent,
    StoredEvent,
    UnusualError,
    columns_of,
)
from kalends.log.journal_line import compose
from kalends.log.postgres.failures import is_lost, translating
from kalends.log.postgres.inspection import differences
from kalends.log.postgres.pool import Connection, Connections
from kalends.log.postgres.statements import statements_of
from kalends.store_address import StoreAddress

_ROWS = 2_000


class UntrustedPostgresLog:
    """A schema, opened for inspection; every method raises what `EventLog` raises."""

    def __init__(self, address: StoreAddress) -> None:
        """Set the address; nothing is connected."""
        self.name = address.name
        self._url = address.url
        self._statements = statements_of(address.schema)

    def extent(self) -> Range:
        """Return how far it reaches; rows without a valid position count, so they show."""
        last, count = self._asked(self._statements.extent)[0]
        return Range(max(last or 0, 0), count)

    def strangers(self) -> list[str]:
        """Return what Kalends did not create in the schema: triggers, views, other tables."""
        with self._connected() as connections:
            return differences(connections, self._statements, self.name)

    def raw_events(self, after: int, until: int) -> Iterator[tuple[int, RawEvent]]:
        """Yield what is at the positions from `after` + 1 to `until`; some may be missing.

        If the table is damaged, the last raw event says so.
        """
        position = after
        try:
            with self._connected() as connections, translating(self.name):
                for row in self._streamed(connections, after, until):
                    position = row[0]
                    yield position, _of_row(*row)
        except DamagedStoreError as error:
            yield position + 1, RawEvent(b"", None, str(error))

    def _streamed(
        self, connections: Connections, after: int, until: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield rows a few at a time, whatever the indexes of the table say of positions."""
        with (
            connections.lend() as connection,
            connection.transaction(),
            connection.cursor("kalends", scrollable=False) as cursor,
        ):
            cursor.itersize = _ROWS
            yield from cursor.execute(self._statements.between, (after, until), binary=True)

    def whole(self, after: int, until: int) -> Columns:
        """Return the rows of these positions if all are there, of the usual types and sizes.

        Raises `UnusualError` otherwise, or if the table is damaged.
        """
        try:
            if any(
                (size or 0) > USUAL_SIZE
                for size in self._asked(self._statements.largest, after, until)[0]
            ):
                raise UnusualError
            rows = self._asked(self._statements.between, after, until)
        except DamagedStoreError as error:
            raise UnusualError from error
        return columns_of(rows, after, until)

    def _asked(self, query: bytes, *values: Any) -> list[tuple[Any, ...]]:
        def ask(connection: Connection) -> list[tuple[Any, ...]]:
            return connection.execute(query, values, binary=True).fetchall()

        with self._connected() as connections, translating(self.name):
            found: list[tuple[Any, ...]] = connections.retried(ask, is_lost)
        return found

    @contextmanager
    def _connected(self) -> Iterator[Connections]:
        connections = Connections(self._url)
        try:
            yield connections
        finally:
            connections.close()


def _of_row(position: int, stream: Any, version: Any, topic: Any, state: Any) -> RawEvent:
    """Return a row of the table, whatever types its columns have."""
    values = (stream, version, topic, state)
    if [{type(value)} for value in values] != USUAL_TYPES:
        line = b" ".join(
            value if isinstance(value, bytes) else str(value).encode() for value in values
        )
        return RawEvent(line, None, f"types {' '.join(type(value).__name__ for value in values)}")
    row = StoredEvent(position, stream, version, topic, state)
    return RawEvent(compose(row), row)
