"""What a store of events must do. `Log` does the rest, once, over any of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from kalends.domain.errors import DiskError
from kalends.domain.events import Event


class StoredEvent(NamedTuple):
    """A fact as it is kept: `state` is its bytes, `position` and `version` count from 1."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class NewEvent(NamedTuple):
    """A fact to be appended as this version of its stream."""

    originator_id: str
    originator_version: int
    event: Event


class VersionTakenError(Exception):
    """A position, or a version of a stream, is in the store already; nothing was inserted."""


class EventLog(Protocol):
    """The rows of one log in the order of their positions, and the writer's turn.

    A row is (position, stream, version, topic, state). Nothing is decoded or checked here, for
    whoever can write the store can put anything there. Besides what is named below, every method
    raises `CorruptDatabaseError`, `DiskError` or `LockedError`, and nothing else.
    """

    @property
    def name(self) -> str:
        """What errors call it."""

    @property
    def refused(self) -> DiskError | None:
        """Why nothing can be inserted: it is open for reading only. None where it can."""

    def position(self) -> int:
        """Return the newest position, 0 when there is none."""

    def page(self, after: int, limit: int) -> Sequence[tuple[Any, ...]]:
        """Return up to `limit` rows with a position above `after`, rising."""

    def stream(self, name: str) -> Sequence[tuple[Any, ...]]:
        """Return a stream's rows, by version."""

    def newest(self, stream: str) -> tuple[Any, ...] | None:
        """Return a stream's row of the highest version."""

    def positions(self, stream: str) -> list[int]:
        """Return the positions of a stream's rows, rising."""

    def existing(self, streams: Sequence[str], topic: str | None) -> set[str]:
        """Return those of the streams that have a row, or a row of this topic."""

    def beginning(self, prefix: str, most: int) -> list[str]:
        """Return, sorted by code points, the first streams whose names begin so."""

    def insert(self, rows: Sequence[StoredEvent]) -> None:
        """Insert all rows or none, durably, at their positions, which follow the newest one.

        Called in a turn, or while nobody else has the log open. Raises `VersionTakenError`.
        """

    def turn(self, seconds: float) -> AbstractContextManager[object]:
        """Take the writer's turn, waiting at most so long for others; others cannot insert."""

    def close(self) -> None:
        """Let go of everything that is open."""


class Backend(Protocol):
    """Where a workspace's log is kept: made, opened, restored and looked at from here."""

    @property
    def name(self) -> str:
        """What errors call it."""

    def exists(self) -> bool:
        """Tell whether there is a log."""

    def create(self) -> EventLog:
        """Make an empty log and open it."""

    def open(self) -> EventLog:
        """Open the log."""

    def restore(self, fill: Callable[[EventLog], None]) -> None:
        """Make a log that `fill` fills, whole or not at all; nothing where there is one already.

        Others wait meanwhile. What a restoring that was killed left behind is removed.
        """

    def untrusted(self) -> "UntrustedLog | None":
        """Return the log as an auditor reads it, None where there is none."""

    def changed(self) -> float | None:
        """Return when the log was last changed, in seconds since 1970, as far as can be told."""


class RawEvent(NamedTuple):
    """What stands at one position: its line, and its row when that can be read as one.

    `flaw` says what is wrong with it, "" when nothing is.
    """

    line: bytes
    row: StoredEvent | None
    flaw: str = ""


class Range(NamedTuple):
    """The newest position of a store or a journal, and how many events it holds, whole ones."""

    last: int
    events: int


class Columns(NamedTuple):
    """Some facts in a row, each of their values by itself."""

    streams: Sequence[str]
    versions: Sequence[int]
    topics: Sequence[str]
    states: Sequence[bytes]


class UnusualError(Exception):
    """Something is not as Kalends writes it: whoever wants to know looks at the raw events."""


class UntrustedLog(Protocol):
    """A log as an auditor reads it: whatever is there, nothing believed, nothing written."""

    def extent(self) -> Range:
        """Return how far it reaches; a row at no position counts, so that it shows."""

    def strangers(self) -> list[str]:
        """Return what is in it that no Kalends made, and what Kalends made and is not there."""

    def raw_events(self, after: int, until: int) -> Iterator[tuple[int, RawEvent]]:
        """Yield what stands at the positions from `after` + 1 to `until`; some may be missing.

        Where the store is damaged the last one says so.
        """

    def whole(self, after: int, until: int) -> Columns:
        """Return the rows of these positions: each is there, of the usual types, none huge.

        Raises `UnusualError` where one is not, or where the store is damaged.
        """
