"""What a store of events must do. `Log` does everything else, for any store."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from kalends.domain.errors import DiskError
from kalends.domain.events import Event


class StoredEvent(NamedTuple):
    """An event as it is stored: `state` is its bytes, `position` and `version` count from 1."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class NewEvent(NamedTuple):
    """An event to be appended as this version of its stream."""

    originator_id: str
    originator_version: int
    event: Event


class VersionTakenError(Exception):
    """The store already has this position or version; nothing was inserted."""


class EventLog(Protocol):
    """The rows of a log in the order of their positions, and the writer's turn.

    A row is (position, stream, version, topic, state). The store decodes and checks nothing,
    because anyone who can write to it can put anything there. Besides the errors named below,
    every method raises only `CorruptDatabaseError`, `DiskError` or `LockedError`, and, where a
    server keeps the log, `ServerUnreachableError` or `ServerRefusedError`.
    """

    @property
    def name(self) -> str:
        """The name to use in errors."""

    @property
    def refused(self) -> DiskError | None:
        """The reason why nothing can be inserted (it is open for reading only), else None."""

    @property
    def identity(self) -> str:
        """The name of this very copy of the log; after a failover it is another one, "" for files.

        What was compared with another copy must be compared again.
        """

    def position(self) -> int:
        """Return the newest position, 0 when there is none."""

    def change_counter(self) -> object:
        """Return a value that changes with every insert, at the latest when the insert returns.

        It may also change before the insert is complete. Asking costs next to nothing and waits
        for nobody, so a server can ask at each request.
        """

    def follow(self, *, shows_last: bool = False) -> None:
        """Make `change_counter` free, and never fail, from now on: a server needs that.

        It then changes at once after an insert by this process. After an insert by another it
        changes within a second, or when the store can be reached again. With `shows_last` the
        position, too, is the last that is known while a server is away: for those who only show.
        """

    def page(self, after: int, limit: int) -> Sequence[tuple[Any, ...]]:
        """Return up to `limit` rows with a position above `after`, in order."""

    def stream(self, name: str) -> Sequence[tuple[Any, ...]]:
        """Return a stream's rows, by version."""

    def newest(self, stream: str) -> tuple[Any, ...] | None:
        """Return the row of a stream with the highest version."""

    def positions(self, stream: str) -> list[int]:
        """Return the positions of a stream's rows, in order."""

    def existing(self, streams: Sequence[str], topic: str | None) -> set[str]:
        """Return which of the streams have a row; with a topic, a row of that topic."""

    def beginning(self, prefix: str, most: int) -> list[str]:
        """Return the first streams whose names start with a prefix, sorted by code points."""

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none, durably, at their positions, which follow the newest.

        Called in a turn, or while nobody else has the log open. Raises `VersionTakenError`; a
        server's log also `InDoubtError` and `UnconfirmedError`.
        """

    @property
    def moved_to(self) -> str:
        """Where the log was moved when this store was closed for writing; "" while in force."""

    @property
    def may_only_add(self) -> bool:
        """Whether the user who opened it can only add to what is recorded."""

    def retire(self, place: str) -> None:
        """In a turn, close the log for all writers, because it moved to `place`; "" opens it.

        A file does nothing here: only its own workspace writes to it, and its settings say where
        the log is.
        """

    def confirm(self) -> None:
        """Return once everything inserted so far is safe wherever the store keeps copies.

        Nothing is signed before that. Raises `UnconfirmedError` when a copy does not answer.
        """

    def turn(self, seconds: float) -> AbstractContextManager[object]:
        """Take the writer's turn, waiting at most `seconds`; nobody else can insert meanwhile."""

    def close(self) -> None:
        """Close everything that is open."""


class Backend(Protocol):
    """Where a workspace's log is kept; creates, opens and restores it."""

    @property
    def name(self) -> str:
        """The name to use in errors."""

    def exists(self) -> bool:
        """Return whether there is a log."""

    def create(self) -> EventLog:
        """Make an empty log and open it."""

    def open(self) -> EventLog:
        """Open the log."""

    def restore(self, fill: Callable[[EventLog], None]) -> None:
        """Create a log and let `fill` fill it, whole or not at all; keep an existing log.

        Others wait meanwhile. Leftovers of a restore that was killed are removed.
        """

    def set_aside(self) -> None:
        """Rename a log that is a file, because it was moved elsewhere; raise `DiskError`."""

    def untrusted(self) -> "UntrustedLog | None":
        """Return the log as an auditor reads it, or None when there is none."""

    def changed(self) -> float | None:
        """Return when the log last changed, in seconds since 1970, if that is known."""


class RawEvent(NamedTuple):
    """What is at a position: its line, and its row if it can be read.

    `flaw` says what is wrong with it, "" when nothing is.
    """

    line: bytes
    row: StoredEvent | None
    flaw: str = ""


class Range(NamedTuple):
    """The newest position of a store or a journal, and how many whole events it holds."""

    last: int
    events: int


class Columns(NamedTuple):
    """Several events, with each of their values in a list of its own."""

    streams: Sequence[str]
    versions: Sequence[int]
    topics: Sequence[str]
    states: Sequence[bytes]


USUAL_TYPES: list[set[type]] = [{str}, {int}, {str}, {bytes}]
# Larger states are read one by one: many of them would not fit into memory together.
USUAL_SIZE = 1 << 15


class UnusualError(Exception):
    """Something is not as Kalends writes it: look at the raw events to find out what."""


def columns_of(rows: Sequence[tuple[Any, ...]], after: int, until: int) -> Columns:
    """Return rows as columns; raise `UnusualError` if one is missing or has unusual types."""
    positions, *columns = zip(*rows, strict=True) if rows else [()] * 5
    types = [set(map(type, column)) for column in columns]
    if positions != tuple(range(after + 1, until + 1)) or types != USUAL_TYPES:
        raise UnusualError
    return Columns(*columns)


class UntrustedLog(Protocol):
    """A log as an auditor reads it: it believes nothing and writes nothing."""

    def extent(self) -> Range:
        """Return its range; rows without a valid position count too, so that they are noticed."""

    def strangers(self) -> list[str]:
        """Return what Kalends did not create in it, and what Kalends created that is gone."""

    def raw_events(self, after: int, until: int) -> Iterator[tuple[int, RawEvent]]:
        """Yield what is at the positions from `after` + 1 to `until`; some may be missing.

        If the store is damaged, the last raw event says so.
        """

    def whole(self, after: int, until: int) -> Columns:
        """Return the rows of these positions if all are there, of the usual types and sizes.

        Raises `UnusualError` otherwise, or if the store is damaged.
        """
