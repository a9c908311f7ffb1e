"""Follows the logs on a server: by notices, and by asking, because notices can get lost."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any

import psycopg
from psycopg.errors import FeatureNotSupported, ReadOnlySqlTransaction
from psycopg.sql import SQL, Identifier

from kalends.domain.errors import ServerUnreachableError
from kalends.log.postgres.statements import Statements

# A lost notice is made up for after so many seconds.
ASK_SECONDS = 1.0
_GLANCE = 0.2


class Follower:
    """One thread and one connection for all logs of a process on a server.

    While the server is away it knows the last positions, and goes on when the server is back.
    """

    def __init__(
        self, lend: Callable[[], AbstractContextManager[psycopg.Connection[tuple[Any, ...]]]]
    ) -> None:
        """Take what lends a connection; nothing is followed yet."""
        self._lend = lend
        self._followed: dict[str, tuple[Statements, int]] = {}
        self._positions: dict[str, int] = {}
        self._is_away = False
        self._moved: dict[str, str] = {}
        self._changed = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kalends-follower", daemon=True)

    def follow(self, statements: Statements, position: int) -> None:
        """Follow a log from this position."""
        with self._changed:
            _, count = self._followed.get(statements.channel, (statements, 0))
            self._followed[statements.channel] = (statements, count + 1)
            self._positions.setdefault(statements.channel, position)
            if not self._thread.is_alive():
                self._thread.start()

    def leave(self, statements: Statements) -> bool:
        """Follow a log no longer; return whether it was the last, and the thread has ended."""
        with self._changed:
            _, count = self._followed.pop(statements.channel)
            if count > 1:
                self._followed[statements.channel] = (statements, count - 1)
            else:
                self._positions.pop(statements.channel)
                self._moved.pop(statements.channel, None)
            if self._followed:
                return False
            self._stopped.set()
        self._thread.join()
        return True

    def position(self, statements: Statements) -> int:
        """Return the newest position that is known; asks nobody."""
        return self._positions[statements.channel]

    def newest(self, statements: Statements, ask: Callable[[], int]) -> int:
        """Return the newest position, by asking; what is known while the server is away.

        So what was read before, as the views have it, goes on being shown.
        """
        with suppress(ServerUnreachableError):
            if not self._is_away:
                return ask()
        return self.position(statements)

    def moved_to(self, statements: Statements) -> str:
        """Return where a log was moved, as far as that is known, "" while it is in force."""
        return self._moved.get(statements.channel, "")

    def saw(self, statements: Statements, position: int) -> None:
        """Take note of what this process has inserted itself, or of how far it could read."""
        if statements.channel in self._positions:
            self._positions[statements.channel] = position

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with self._lend() as connection:
                    try:
                        self._follow(connection)
                    finally:
                        connection.close()  # it listens; nobody else should get it
            except psycopg.Error:
                self._is_away = True
                self._stopped.wait(_GLANCE)

    def _follow(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        heard: set[str] = set()
        can_listen = True
        while not self._stopped.is_set():
            with self._changed:
                followed = dict(self._followed)
            if can_listen:
                can_listen = _listen(connection, followed.keys() - heard)
                heard |= followed.keys()
            self._ask(connection, followed)
            self._wait(connection, can_listen=can_listen)

    def _ask(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        followed: dict[str, tuple[Statements, int]],
    ) -> None:
        with connection.pipeline():
            asked = {
                channel: connection.execute(statements.followed)
                for channel, (statements, _) in followed.items()
            }
        self._is_away = False
        for channel, cursor in asked.items():
            row = cursor.fetchone()
            if row is not None and channel in self._positions:
                self._positions[channel], self._moved[channel] = int(row[0]), str(row[1])

    def _wait(self, connection: psycopg.Connection[tuple[Any, ...]], *, can_listen: bool) -> None:
        """Wait for a notice, or until it is time to ask."""
        until = time.monotonic() + ASK_SECONDS
        while not self._stopped.is_set() and (left := until - time.monotonic()) > 0:
            if not can_listen:
                self._stopped.wait(left)
            elif any(True for _ in connection.notifies(timeout=min(left, _GLANCE), stop_after=1)):
                return


def _listen(connection: psycopg.Connection[tuple[Any, ...]], channels: set[str]) -> bool:
    """Listen for notices; return False on a standby, which refuses that."""
    try:
        for channel in channels:
            connection.execute(SQL("LISTEN {}").format(Identifier(channel)))
    except (ReadOnlySqlTransaction, FeatureNotSupported):
        return False
    return True
