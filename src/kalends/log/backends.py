"""Which store a workspace's log is kept in."""

from pathlib import Path

from kalends.log.event_log import Backend
from kalends.log.sqlite.store import SQLiteBackend

_NAME = "kalends.db"


def backend_of(events: Path) -> Backend:
    """Return the store of the workspace with this folder of events."""
    return SQLiteBackend(events / _NAME)
