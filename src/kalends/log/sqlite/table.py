"""Creates the table of events as the library `eventsourcing` wants it.

Loading the library takes a quarter of a short command's time, so this module is imported only when
a log is created or restored.
"""

from contextlib import closing

from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from kalends.log.sqlite.connection import connect


def create_table(path: str, *, seconds: float) -> None:
    """Create a file with the library's table, unless it has it; raises `sqlite3.Error`."""
    # The statements alone: the library's connections would turn the file into one with a
    # write-ahead log, which `connection` avoids.
    statements = SQLiteApplicationRecorder(SQLiteDatastore(":memory:")).create_table_statements
    with closing(connect(path, seconds=seconds)) as db:
        for statement in statements:
            db.execute(statement)
