"""Which store a workspace's log is kept in."""

from pathlib import Path

from kalends.log.event_log import Backend
from kalends.log.sqlite.store import SQLiteBackend

_NAME = "kalends.db"


def backend_of(events: Path) -> Backend:
    """Return where the log of a workspace is kept whose folder of events is this one."""
    return SQLiteBackend(events / _NAME)
