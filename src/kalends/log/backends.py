"""Which store a workspace's log is kept in; also a mapping too large for memory."""

from pathlib import Path

from kalends.log.event_log import Backend
from kalends.log.sqlite.spilled import Spilled
from kalends.log.sqlite.store import SQLiteBackend
from kalends.log.store_files import DATABASE

__all__ = ["Spilled", "backend_of"]


def backend_of(events: Path) -> Backend:
    """Return the store of the workspace with this folder of events."""
    return SQLiteBackend(events / DATABASE)
