"""Connections to the event store's file: opened as Kalends needs, and always closed."""

import sqlite3

from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool, SQLiteFactory
from eventsourcing.utils import Environment
from typing_extensions import override

from kalends.log.sqlite.connection import connect


class _Pool(SQLiteConnectionPool):
    """The stock pool, except that it opens connections as Kalends does."""

    @override
    def _create_connection(self) -> SQLiteConnection:
        seconds = self.lock_timeout or 0
        db = connect(self.db_name, seconds=seconds, uri=True, check_same_thread=False)
        db.row_factory = sqlite3.Row
        return SQLiteConnection(sqlite_conn=db, max_age=self.max_age)


def factory(path: str, *, lock_seconds: float, is_new: bool) -> SQLiteFactory:
    """Return the stock factory for a file, with our own pool, whatever the environment says."""
    settings = {
        "SQLITE_DBNAME": path,
        "SQLITE_LOCK_TIMEOUT": str(max(1, int(lock_seconds))),
        "ORIGINATOR_ID_TYPE": "text",
        "CREATE_TABLE": "y" if is_new else "n",
    }
    made = SQLiteFactory(Environment("log", settings))
    stock = made.datastore.pool
    made.datastore.pool = _Pool(db_name=path, lock_timeout=stock.lock_timeout)
    stock.close()
    return made
