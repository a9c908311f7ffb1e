"""A log in memory: for tests, and to read a journal when the disk is full or read-only."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kalends.domain.errors import DiskError, LockedError
from kalends.log.event_log import StoredEvent, VersionTakenError


class MemoryLog:
    """All rows in a list. Logs opened from the same backend share it."""

    refused: DiskError | None = None
    identity = moved_to = ""
    may_only_add = True

    def __init__(self, name: str = "memory") -> None:
        """Start empty."""
        self.name = name
        self._rows: list[StoredEvent] = []
        self._streams: dict[str, list[StoredEvent]] = {}
        self._turn = threading.Lock()

    def position(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def change_counter(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def follow(self, *, shows_last: bool = False) -> None:
        """Do nothing: asking costs nothing."""

    def page(self, after: int, limit: int) -> Sequence[tuple[Any, ...]]:
        """Return up to `limit` rows after a position."""
        return self._rows[after : after + limit]

    def stream(self, name: str) -> Sequence[tuple[Any, ...]]:
        """Return a stream's rows."""
        return list(self._streams.get(name, ()))

    def newest(self, stream: str) -> tuple[Any, ...] | None:
        """Return a stream's last row."""
        rows = self._streams.get(stream)
        return rows[-1] if rows else None

    def positions(self, stream: str) -> list[int]:
        """Return the positions of a stream's rows."""
        return [row.position for row in self._streams.get(stream, ())]

    def existing(self, streams: Sequence[str], topic: str | None) -> set[str]:
        """Return those that have a row, or a row of this topic."""
        return {
            name
            for name in streams
            if any(topic in {None, row.topic} for row in self._streams.get(name, ()))
        }

    def beginning(self, prefix: str, most: int) -> list[str]:
        """Return the first streams whose names start with a prefix."""
        names = sorted(self._streams)
        start = bisect_left(names, prefix)
        return [name for name in names[start : start + most] if name.startswith(prefix)]

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none."""
        versions: dict[str, int] = {}
        for position, row in enumerate(rows, len(self._rows) + 1):
            before = versions.get(row.stream, len(self._streams.get(row.stream, ())))
            if row.position != position or row.version <= before:
                raise VersionTakenError
            versions[row.stream] = row.version
        for row in rows:
            self._rows.append(row)
            self._streams.setdefault(row.stream, []).append(row)

    def retire(self, place: str) -> None:
        """Do nothing: nobody else writes here."""

    def confirm(self) -> None:
        """Do nothing: there are no copies."""

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Take the writer's turn among the threads of this process."""
        if not self._turn.acquire(timeout=seconds):
            raise LockedError(seconds=round(seconds))
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Keep the rows: the log can still be used."""


class MemoryBackend:
    """A place for a log in memory."""

    def __init__(self, name: str = "memory") -> None:
        """Start without a log."""
        self.name = name
        self._log: MemoryLog | None = None

    def exists(self) -> bool:
        """Return whether a log was created."""
        return self._log is not None

    def create(self) -> MemoryLog:
        """Create an empty log."""
        self._log = MemoryLog(self.name)
        return self._log

    def open(self) -> MemoryLog:
        """Return the log."""
        if self._log is None:
            raise DiskError(name=self.name, detail="-")
        return self._log

    def restore(self, fill: Callable[[MemoryLog], None]) -> None:
        """Create a log and let `fill` fill it."""
        if self._log is None:
            log = MemoryLog(self.name)
            fill(log)
            self._log = log

    def set_aside(self) -> None:
        """Do nothing: there is no file to close."""

    def untrusted(self) -> None:
        """Return None: nobody else can write to this process."""

    def changed(self) -> float | None:
        """Return None: the time is not recorded."""
