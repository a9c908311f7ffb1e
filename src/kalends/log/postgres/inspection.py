"""What is in a campaign's schema, and what this role may do there."""

from typing import NamedTuple

import psycopg

from kalends.domain.errors import DamagedStoreError
from kalends.log.postgres.failures import is_lost, translating
from kalends.log.postgres.pool import Connection, Connections
from kalends.log.postgres.statements import OURS, Statements
from kalends.words import Message


class Standing(NamedTuple):
    """Whether there is a log, whether it has events, and whether this role may insert here."""

    has_table: bool
    has_events: bool
    is_standby: bool
    may_insert: bool
    may_only_add: bool
    moved_to: str


def standing(connections: Connections, statements: Statements, name: str) -> Standing:
    """Look at a schema; raises `DamagedStoreError` if its database cannot hold every text."""

    def ask(connection: Connection) -> Standing:
        row = connection.execute(statements.stands).fetchone()
        assert row is not None
        encoding, is_standby, has_table, may_insert, may_only_add = row
        if encoding != "UTF8":
            detail = Message("the database's encoding is not UTF8")
            raise DamagedStoreError(name=name, detail=detail)
        has_events = has_table and bool(connection.execute(statements.any).fetchone())
        moved = connection.execute(statements.moved).fetchone() if has_table else None
        moved_to = "" if moved is None else moved[0]
        return Standing(has_table, has_events, is_standby, may_insert, may_only_add, moved_to)

    with translating(name):
        found: Standing = connections.retried(ask, is_lost)
    return found


def differences(connections: Connections, statements: Statements, name: str) -> list[str]:
    """Return what Kalends did not make in the schema; what it made and is gone has a minus."""

    def ask(connection: Connection) -> set[str]:
        return {str(row[0]) for row in connection.execute(statements.contents).fetchall()}

    with translating(name):
        found: set[str] = connections.retried(ask, is_lost)
    return [*sorted(found - OURS), *(f"- {part}" for part in sorted(OURS - found))]


def create(connections: Connections, statements: Statements, name: str) -> None:
    """Make the schema and its tables, unless they are there; raises `ServerRefusedError`."""
    if standing(connections, statements, name).has_table:
        return
    with translating(name), connections.lend() as connection:
        try:
            connection.execute(statements.create)
        except psycopg.errors.UniqueViolation:
            return  # somebody else made them at the same moment
