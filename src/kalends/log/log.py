"""The log: every event once, in one order, never changed."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, NoReturn

from kalends.domain.errors import (
    ConflictError,
    DiskError,
    GapError,
    StateError,
    UnknownTopicError,
)
from kalends.domain.events import Entry, Event
from kalends.log import codec
from kalends.log.event_log import EventLog, NewEvent, StoredEvent, VersionTakenError

_LOCK_SECONDS = 10
_PAGE = 5_000
# Decoded together. With more, the garbage collector would look at their objects while they are in
# use: it begins after 700.
_DECODED = 80
# Makes an `Entry` of its four values in a third of the time of calling the class.
_entry = partial(tuple.__new__, Entry)
_KINDS = {
    "position": int,
    "stream": str,
    "version": int,
    "topic": str,
    "state": bytes,
}


class Log:
    """The events of a campaign, over any store; handles pages, gaps, conflicts and decoding.

    Reading needs no lock. Appending takes a turn: see `turn`. `is_whole` says that no event is
    left out of it.
    """

    is_whole = True

    def __init__(self, store: EventLog) -> None:
        """Take an open store; closing the log closes it."""
        self.name = store.name
        self._store = store
        self._refused: DiskError | None = None
        self._turns = threading.local()

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    @property
    def identity(self) -> str:
        """The name of this copy of the log: see `EventLog`."""
        return self._store.identity

    def refuse(self, error: DiskError) -> None:
        """From now on raise this for every append: this log is only a copy to read."""
        self._refused = error

    def position(self) -> int:
        """Return the position of the newest event, 0 when there is none."""
        return self._store.position()

    def change_counter(self) -> object:
        """Return a value that changes with every append, at the latest when the append returns.

        Unlike `position` it waits for no writer, and costs next to nothing. What you read
        afterwards is at least as new as this value.
        """
        return self._store.change_counter()

    def follow(self, *, shows_last: bool = False) -> None:
        """Make `change_counter` free from now on, even with a server: see `EventLog`."""
        self._store.follow(shows_last=shows_last)

    def last_at(self) -> datetime | None:
        """Return when the newest event was recorded."""
        position = self.position()
        return next(self.entries(after=position - 1)).event.at if position else None

    def last_at_of(self, stream: str) -> datetime | None:
        """Return when the newest event of a stream was recorded."""
        row = self._store.newest(stream)
        if row is None:
            return None
        _check_kinds([row])
        return decoded(StoredEvent(*row)).at

    def rows(self, *, after: int = 0, until: int | None = None) -> Iterator[StoredEvent]:
        """Yield the stored events, in order, from `after` + 1 to `until` or the end.

        Raises `GapError` when a position is missing, because events are never deleted, and
        `StateError` when a column has another type.
        """
        for page in self._pages(after, until):
            for row in page:
                yield StoredEvent(*row)

    def entries(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Yield events in order; raises `StateError`, `UnknownTopicError` or `GapError`."""
        return chain.from_iterable(self._decoded(after, until))

    def _decoded(self, after: int, until: int | None) -> Iterator[list[Entry]]:
        for page in self._pages(after, until):
            for start in range(0, len(page), _DECODED):
                yield _decoded_page(page[start : start + _DECODED])

    def _pages(self, after: int, until: int | None) -> Iterator[Sequence[tuple[Any, ...]]]:
        while until is None or after < until:
            limit = _PAGE if until is None else min(_PAGE, until - after)
            page = self._store.page(after, limit)
            dense = range(after + 1, after + 1 + len(page))
            if [row[0] for row in page] != list(dense):
                _raise_gap(page, dense)
            after += len(page)
            _check_kinds(page)
            yield page
            if len(page) < limit:
                return

    def stream(self, name: str) -> list[Event]:
        """Return a stream's events, in order of version, from 1 without a gap."""
        rows = self._store.stream(name)
        _check_kinds(rows)
        for version, row in enumerate(rows, 1):
            if row[2] != version:
                raise GapError(detail=f"{name}: {version} → {row[2]}")
        return [entry.event for entry in _decoded_page(rows)]

    def positions(self, name: str) -> list[int]:
        """Return the positions of a stream's events, in order; none without such a stream."""
        return self._store.positions(name)

    def existing(self, streams: Sequence[str], *, topic: str | None = None) -> set[str]:
        """Return which of the streams hold an event; with a topic, an event of that topic."""
        return self._store.existing(streams, topic)

    def beginning(self, prefix: str, *, most: int = 10) -> list[str]:
        """Return, in order, up to `most` streams whose names start with a prefix."""
        return self._store.beginning(prefix, most)

    @contextmanager
    def turn(self, *, wait: float | None = None) -> Iterator[Callable[[Sequence[NewEvent]], int]]:
        """Take the writer's turn; yield a function that appends in one transaction.

        It returns the position of the last event appended. Raises `LockedError` when others write
        for longer than `wait` seconds, and `ConflictError` when a version exists already. If the
        store is read-only, only appending raises `DiskError`: deciding needs no disk.
        """
        with ExitStack() as until_done:
            if self._refused is None:
                try:
                    seconds = _LOCK_SECONDS if wait is None else wait
                    until_done.enter_context(self._store.turn(seconds))
                except DiskError as error:
                    self._turns.refused = error
            try:
                yield self._append
            finally:
                self._turns.refused = None

    def _append(self, new_events: Sequence[NewEvent]) -> int:
        self.check_appending()
        before = self.position()
        rows = [
            StoredEvent(
                position,
                new.originator_id,
                new.originator_version,
                new.event.TOPIC,
                codec.encode(new.event),
            )
            for position, new in enumerate(new_events, before + 1)
        ]
        try:
            if rows:
                self._store.insert(rows)
        except VersionTakenError:
            version = new_events[0].originator_version
            raise ConflictError(expected=version - 1, found=version) from None
        return before + len(rows)

    def check_appending(self) -> None:
        """Raise the reason why nothing can be appended, if there is one."""
        in_turn: DiskError | None = getattr(self._turns, "refused", None)
        refused = in_turn or self._refused or self._store.refused
        if refused is not None:
            raise refused

    @property
    def moved_to(self) -> str:
        """Where the log was moved when it was closed for writing: see `EventLog`."""
        return self._store.moved_to

    @property
    def may_only_add(self) -> bool:
        """Whether the user who opened it can only add to what is recorded."""
        return self._store.may_only_add

    def retire(self, place: str) -> None:
        """In a turn, close the log for every writer; "" opens it again: see `EventLog`."""
        self.check_appending()
        self._store.retire(place)

    def confirm(self) -> None:
        """Return once all events are safe wherever the store keeps copies; call it before signing.

        Raises `UnconfirmedError` when a copy does not answer.
        """
        self._store.confirm()

    def load(self, rows: Iterable[StoredEvent]) -> None:
        """Append events that are already bytes, as when restoring; a transaction for each page."""
        self.check_appending()
        page: list[StoredEvent] = []
        for row in rows:
            page.append(row)
            if len(page) == _PAGE:
                self._store.insert(page)
                page.clear()
        if page:
            self._store.insert(page)


@contextmanager
def closed_on_failure(log: Log) -> Iterator[None]:
    """Close a log if what follows fails."""
    try:
        yield
    except BaseException:
        log.close()
        raise


def _raise_gap(page: Sequence[tuple[Any, ...]], dense: range) -> NoReturn:
    expected, found = next(
        (expected, row[0]) for expected, row in zip(dense, page, strict=True) if row[0] != expected
    )
    raise GapError(detail=f"{expected} → {found}")


def _check_kinds(page: Sequence[tuple[Any, ...]]) -> None:
    """Raise `StateError` for the first row with a column of a type that Kalends does not write.

    SQLite keeps any type of value in any column: SQL can turn a BLOB into TEXT or NULL.
    """
    columns = zip(*page, strict=True)
    # Whole columns take a third of the time; the rows are for the message.
    if all(
        {*map(type, column)} == {kind}
        for column, kind in zip(columns, _KINDS.values(), strict=False)
    ):
        return
    for row in page:
        for (column, kind), value in zip(_KINDS.items(), row, strict=True):
            if type(value) is not kind:
                detail = f"{column}: {type(value).__name__} ≠ {kind.__name__}"
                raise StateError(position=row[0], stream=row[1], version=row[2], detail=detail)


def _decoded_page(rows: Sequence[tuple[Any, ...]]) -> list[Entry]:
    if not rows:
        return []
    positions, streams, versions, topics, states = zip(*rows, strict=True)
    try:
        events = codec.decode_all(topics, states)
    except (codec.UnregisteredTopicError, codec.UnreadableStateError):
        return [Entry(row[0], row[1], row[2], decoded(StoredEvent(*row))) for row in rows]
    return list(map(_entry, zip(positions, streams, versions, events, strict=True)))


def decoded(row: StoredEvent) -> Event:
    """Return the event of a row.

    Raises `UnknownTopicError` (written by a newer Kalends) or `StateError` (damaged).
    """
    try:
        return codec.decode(row.topic, row.state)
    except codec.UnregisteredTopicError:
        raise UnknownTopicError(position=row.position or row.stream, topic=row.topic) from None
    except codec.UnreadableStateError as error:
        raise StateError(
            position=row.position, stream=row.stream, version=row.version, detail=str(error)
        ) from None
