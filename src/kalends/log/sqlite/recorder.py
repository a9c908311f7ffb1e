"""Creates the event store's table and appends to it, with the recorder of `eventsourcing`.

Reading needs none of this. The library takes a quarter of the time of a short command to load, so
this module is imported only by what records.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from eventsourcing import persistence
from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool, SQLiteFactory
from eventsourcing.utils import Environment
from typing_extensions import override

from kalends.log.event_log import StoredEvent, VersionTakenError
from kalends.log.sqlite.connection import connect


class _Pool(SQLiteConnectionPool):
    """The stock pool, except that it opens connections as Kalends does."""

    @override
    def _create_connection(self) -> SQLiteConnection:
        seconds = self.lock_timeout or 0
        db = connect(self.db_name, seconds=seconds, uri=True, check_same_thread=False)
        db.row_factory = sqlite3.Row
        return SQLiteConnection(sqlite_conn=db, max_age=self.max_age)


class Recorder:
    """The stock recorder for a file, with our own pool, whatever the environment says."""

    def __init__(self, path: str, *, lock_seconds: float, is_new: bool) -> None:
        """Open the file, and create its table when `is_new`; raises `sqlite3.Error`."""
        settings = {
            "SQLITE_DBNAME": path,
            "SQLITE_LOCK_TIMEOUT": str(max(1, int(lock_seconds))),
            "ORIGINATOR_ID_TYPE": "text",
            "CREATE_TABLE": "y" if is_new else "n",
        }
        self._factory = SQLiteFactory(Environment("log", settings))
        try:
            stock = self._factory.datastore.pool
            self._factory.datastore.pool = _Pool(db_name=path, lock_timeout=stock.lock_timeout)
            stock.close()
            with _errors_of_sqlite():
                self._recorder = self._factory.application_recorder()
        except BaseException:
            self._factory.close()
            raise

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none, in one transaction; SQLite gives them the next positions.

        Raises `VersionTakenError` and `sqlite3.Error`.
        """
        events = [
            persistence.StoredEvent(row.stream, row.version, row.topic, row.state) for row in rows
        ]
        with _errors_of_sqlite():
            try:
                self._recorder.insert_events(events)
            except persistence.IntegrityError:
                raise VersionTakenError from None

    def close(self) -> None:
        """Close the file."""
        self._factory.close()


@contextmanager
def _errors_of_sqlite() -> Iterator[None]:
    """Turn the library's errors back into those of SQLite that caused them."""
    try:
        yield
    except persistence.PersistenceError as error:
        raise sqlite3.OperationalError(str(error)) from None
