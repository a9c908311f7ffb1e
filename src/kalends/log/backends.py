"""Chooses the store of a workspace's log; also opens a mapping too large for memory."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kalends.config import WorkspaceFolder
from kalends.domain import errors
from kalends.domain.errors.base import needs_extra
from kalends.log.event_log import Backend
from kalends.log.journal_sync import JournalSync
from kalends.log.sqlite.store import SQLiteBackend
from kalends.log.store_files import DATABASE

if TYPE_CHECKING:
    from kalends.log.sqlite.sorted_streams import SortedStreams
    from kalends.log.sqlite.spilled import Spilled
    from kalends.store_address import StoreAddress


def backend_of(events: Path, store: "StoreAddress | None" = None) -> Backend:
    """Return the store of the workspace with this folder of events; nothing is opened.

    Raises `NoDriverError` where the library for PostgreSQL is not installed.
    """
    if store is not None:
        with needs_extra(errors.NoDriverError):
            from kalends.log.postgres.store import PostgresBackend  # noqa: PLC0415 - slow, an extra
        return PostgresBackend(store)
    return SQLiteBackend(events / DATABASE)


def role_sql(schema: str, role: str) -> str:
    """Return the SQL of a campaign's schema, and of the role that may only add to it."""
    with needs_extra(errors.NoDriverError):
        from kalends.log.postgres import statements  # noqa: PLC0415 - slow, an extra
    return statements.role_sql(schema, role)


def journal_sync_of(here: WorkspaceFolder) -> JournalSync:
    """Return what keeps a workspace's journal and database in step; nothing is opened."""
    return JournalSync(
        backend=backend_of(here.events, here.store),
        journal=here.journal,
        note=here.cache / "journal.json",
    )


def spilled() -> "Spilled[Any]":
    """Return an empty mapping of which memory holds a part."""
    from kalends.log.sqlite.spilled import Spilled  # noqa: PLC0415 - recording needs none

    return Spilled()


def sorted_streams() -> "SortedStreams":
    """Return an empty collection of pieces of streams, sorted on the disk."""
    from kalends.log.sqlite.sorted_streams import SortedStreams  # noqa: PLC0415 - only to verify

    return SortedStreams()
