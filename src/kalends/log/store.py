"""The log: every fact once, in one order, never changed."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

from eventsourcing import persistence
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, Mapper, StoredEvent
from eventsourcing.sqlite import SQLiteFactory
from eventsourcing.utils import Environment
from typing_extensions import override

from kalends.domain.errors import (
    ConflictError,
    CorruptDatabaseError,
    DiskError,
    GapError,
    KalendsError,
    LockedError,
    StateError,
    UnknownTopicError,
)
from kalends.domain.events import Entry, Event
from kalends.log import codec, pool
from kalends.log.connection import copied, is_wal
from kalends.log.lock import held
from kalends.log.pool import MEMORY
from kalends.log.unswept import unswept
from kalends.words import Message, complaint

_PAGE = 5_000
_DECODED = 100
_ROWS = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
_KINDS = {
    "rowid": int,
    "originator_id": str,
    "originator_version": int,
    "topic": str,
    "state": bytes,
}
# Somebody's SQL, which would be run when an event is appended or read.
_STRANGERS = "SELECT type || ' ' || name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
_STREAMS = "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id"


class Row(NamedTuple):
    """A fact as it is kept: `state` is its bytes, `position` and `version` count from 1."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class New(NamedTuple):
    """A fact to be appended as this version of its stream; the names are `eventsourcing`'s."""

    originator_id: str
    originator_version: int
    event: Event


class _FactMapper(Mapper[str]):
    """Facts to stored events and back, by our own table of topics and our own spelling."""

    def __init__(self) -> None:  # the stock one would ask for a transcoder
        pass

    @override
    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=domain_event.event.TOPIC,
            state=codec.encode(domain_event.event),
        )

    @override
    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        stream, version = str(stored_event.originator_id), stored_event.originator_version
        row = Row(0, stream, version, stored_event.topic, stored_event.state)
        _check_kinds([row])
        return New(stream, version, decoded(row))


class _Facts(Application[str]):
    """The stock application on a given factory: the environment has no say."""

    def __init__(self, factory: SQLiteFactory) -> None:
        """Take the factory; whoever made it closes it."""
        self._given = factory
        super().__init__()

    @override
    def construct_env(self, name: str, env: Any = None) -> Environment:
        return self._given.env

    @override
    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        return self._given

    @override
    def construct_mapper(self) -> Mapper[str]:
        return _FactMapper()


class Log:
    """The facts of one workspace, in an SQLite file.

    Reading needs no lock. Appending takes one turn: see `turn`.
    """

    def __init__(
        self,
        path: Path,
        *,
        lock_seconds: float = 10,
        is_new: bool = False,
        in_memory: bool = False,
    ) -> None:
        """Open the file, or make it when `is_new`; `in_memory`: nothing is read or written there.

        Raises `CorruptDatabaseError`, `DiskError` or `LockedError`.
        """
        self.path = path
        self._lock_seconds = lock_seconds
        self._refused: DiskError | None = None
        self._until_closed = ExitStack()
        with _spoken(path):
            if not is_new and not path.exists():
                raise DiskError(name=path.name, detail=Message("it is not there"))
            self._app = self._open(MEMORY if in_memory else None, is_new=is_new)
            self._recorder = self._app.recorder
            self._datastore = cast("SQLiteFactory", self._app.factory).datastore

    def _open(self, name: str | None, *, is_new: bool) -> _Facts:
        try:
            return self._opened(name or str(self.path), is_new=is_new)
        except (sqlite3.OperationalError, persistence.OperationalError) as error:
            cannot_write = any(word in str(error) for word in _UNWRITABLE)
            is_left = is_wal(self.path) and "locked" not in str(error)
            if is_new or not (cannot_write or is_left):
                raise
            self.refuse(DiskError(name=self.path.name, detail=str(error)))
            return self._open_copy()

    def _open_copy(self) -> _Facts:
        """Open a copy: a file that a crash left must be mended to be read, and cannot be here."""
        with self._until_closed as until_failure:
            folder = TemporaryDirectory(prefix="kalends-read-")
            copy = copied(self.path, Path(until_failure.enter_context(folder)))
            app = self._opened(str(copy), is_new=False)
            self._until_closed = until_failure.pop_all()
            return app

    def _opened(self, name: str, *, is_new: bool) -> _Facts:
        """Return the file in use; where it cannot be read, nothing of it stays open."""
        factory = pool.factory(name, lock_seconds=self._lock_seconds, is_new=is_new)
        try:
            app = _Facts(factory)
            app.recorder.max_notification_id()
            self._refuse_strangers(factory)
        except BaseException:
            factory.close()
            raise
        return app

    def close(self) -> None:
        """Let go of the file."""
        with self._until_closed:
            self._app.close()

    def refuse(self, error: DiskError) -> None:
        """From now on raise this from whatever would append: what is read here is only a copy."""
        self._refused = error

    def position(self) -> int:
        """Return the position of the newest fact, 0 when there is none."""
        with _spoken(self.path):
            return self._recorder.max_notification_id() or 0

    def last_at(self) -> datetime | None:
        """Return when the newest fact was recorded."""
        position = self.position()
        return next(self.entries(after=position - 1)).event.at if position else None

    def last_at_of(self, stream: str) -> datetime | None:
        """Return when the newest fact of a stream was recorded."""
        with _spoken(self.path):
            kept: list[Any] = list(self._app.events.get(stream, desc=True, limit=1))
        return kept[0].event.at if kept else None

    def rows(self, *, after: int = 0, until: int | None = None) -> Iterator[Row]:
        """Yield facts as kept, in order, from `after` + 1 to `until` or the end.

        Raises `GapError` where a position is missing: facts are never deleted, so somebody did;
        `StateError` where SQL has made something else of a column.
        """
        for page in self._pages(after, until):
            for row in page:
                yield Row(*row)

    def entries(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Yield facts in order; raises `StateError`, `UnknownTopicError` or `GapError`."""
        for page in self._pages(after, until):
            for start in range(0, len(page), _DECODED):
                yield from _decoded_page(page[start : start + _DECODED])

    def _pages(self, after: int, until: int | None) -> Iterator[list[tuple[Any, ...]]]:
        """Yield pages of rows as they are kept; the recorder's own reading takes twice as long."""
        while until is None or after < until:
            limit = _PAGE if until is None else min(_PAGE, until - after)
            with _spoken(self.path), self._datastore.transaction(commit=False) as cursor:
                cursor.sqlite_cursor.row_factory = None  # plain tuples: nothing is asked by name
                cursor.execute(_ROWS, (after, limit))
                page: list[tuple[Any, ...]] = cursor.fetchall()
            for row in page:
                after += 1
                if row[0] != after:
                    raise GapError(detail=f"{after} → {row[0]}")
            _check_kinds(page)
            yield page
            if len(page) < limit:
                return

    def stream(self, name: str) -> list[Event]:
        """Return a stream's facts, in order of version, from 1 without a gap."""
        with _spoken(self.path):
            kept: list[Any] = list(self._app.events.get(name))
        for version, one in enumerate(kept, 1):
            if one.originator_version != version:
                raise GapError(detail=f"{name}: {version} → {one.originator_version}")
        return [one.event for one in kept]

    def _refuse_strangers(self, factory: SQLiteFactory) -> None:
        with factory.datastore.transaction(commit=False) as cursor:
            cursor.execute(_STRANGERS)
            stranger = cursor.fetchone()
        if stranger is not None:
            raise CorruptDatabaseError(name=self.path.name, detail=str(stranger[0]))

    def positions(self, name: str) -> list[int]:
        """Return the positions of a stream's facts, rising; none where there is no such stream."""
        query = "SELECT rowid FROM stored_events WHERE originator_id = ? ORDER BY rowid"
        with _spoken(self.path), self._datastore.transaction(commit=False) as cursor:
            cursor.execute(query, (name,))
            return [int(one[0]) for one in cursor.fetchall()]

    def existing(self, streams: Sequence[str], *, topic: str | None = None) -> set[str]:
        """Return those of the streams that hold a fact already, or a fact of this topic."""
        found: set[str] = set()
        which, topics = ("", []) if topic is None else (" AND topic = ?", [topic])
        for start in range(0, len(streams), _PAGE):
            asked = streams[start : start + _PAGE]
            condition = f"IN ({','.join('?' * len(asked))}){which}"
            found.update(self._streams(condition, [*asked, *topics]))
        return found

    def beginning(self, prefix: str, *, most: int = 10) -> list[str]:
        """Return, in order, up to so many streams whose names begin so."""
        found = self._streams("BETWEEN ? AND ?", [prefix, prefix + "\U0010ffff"], f"LIMIT {most}")
        return sorted(found)

    def _streams(self, condition: str, values: Sequence[str], limit: str = "") -> list[str]:
        query = f"{_STREAMS} {condition} ORDER BY originator_id {limit}"
        with _spoken(self.path), self._datastore.transaction(commit=False) as cursor:
            cursor.execute(query, values)
            return [str(one[0]) for one in cursor.fetchall()]

    @contextmanager
    def turn(self, *, wait: float | None = None) -> Iterator[Callable[[Sequence[New]], int]]:
        """Take the writer's turn; yield a function that appends in one transaction.

        It returns the position of the last fact appended. Raises `LockedError` when others write
        for longer than `wait` seconds, `ConflictError` when a version exists already. Where the
        disk would not, only appending raises `DiskError`: deciding needs no disk.
        """
        seconds, before = self._lock_seconds if wait is None else wait, self._refused
        with ExitStack() as until_done:
            if before is None:
                try:
                    until_done.enter_context(held(lock_of(self.path), seconds))
                except TimeoutError:
                    raise LockedError(seconds=round(seconds)) from None
                except OSError as error:
                    self._refused = DiskError(name=self.path.name, detail=complaint(error))
            try:
                yield self._append
            finally:
                self._refused = before

    def _append(self, facts: Sequence[New]) -> int:
        self._check_appending()
        before = self.position()
        with _spoken(self.path):
            try:
                self._app.events.put(facts)
            except persistence.IntegrityError:
                one = facts[0]
                raise ConflictError(
                    expected=one.originator_version - 1, found=one.originator_version
                ) from None
        return before + len(facts)

    def _check_appending(self) -> None:
        if self._refused is not None:
            raise self._refused

    def load(self, rows: Iterable[Row]) -> None:
        """Append facts that are already bytes, as when restoring; a transaction a page."""
        self._check_appending()
        page: list[StoredEvent] = []
        with _spoken(self.path):
            for row in rows:
                page.append(StoredEvent(row.stream, row.version, row.topic, row.state))
                if len(page) == _PAGE:
                    self._recorder.insert_events(page)
                    page.clear()
            if page:
                self._recorder.insert_events(page)


@contextmanager
def closed_on_failure(log: Log) -> Iterator[None]:
    """Let go of a log that was opened, when what follows fails."""
    try:
        yield
    except BaseException:
        log.close()
        raise


def _check_kinds(page: Sequence[tuple[Any, ...]]) -> None:
    """Raise `StateError` for the first row with a column that Kalends does not write so.

    SQLite keeps any kind of value in any column: SQL can turn a BLOB into TEXT, or into nothing.
    """
    columns = (set(map(type, column)) for column in zip(*page, strict=True))
    if all(found == {kind} for found, kind in zip(columns, _KINDS.values(), strict=False)):
        return
    for row in page:
        for (column, kind), value in zip(_KINDS.items(), row, strict=True):
            if type(value) is not kind:
                detail = f"{column}: {type(value).__name__} ≠ {kind.__name__}"
                raise StateError(position=row[0], stream=row[1], version=row[2], detail=detail)


def lock_of(database: Path) -> Path:
    """Return the file that whoever appends to a database holds locked."""
    return database.with_name(f"{database.name}.lock")


def _decoded_page(rows: list[tuple[Any, ...]]) -> list[Entry]:
    """Decode without the garbage collector: it would look at every fact and free none."""
    decode = codec.decode
    with unswept():
        try:
            return [
                Entry(position, stream, version, decode(topic, state))
                for position, stream, version, topic, state in rows
            ]
        except (codec.UnknownTopicError, codec.UnreadableStateError):
            return [Entry(row[0], row[1], row[2], decoded(Row(*row))) for row in rows]


def decoded(row: Row) -> Event:
    """Return the fact of a row.

    Raises `UnknownTopicError` (written by a newer Kalends) or `StateError` (damaged).
    """
    try:
        return codec.decode(row.topic, row.state)
    except codec.UnknownTopicError:
        raise UnknownTopicError(position=row.position or row.stream, topic=row.topic) from None
    except codec.UnreadableStateError as error:
        raise StateError(
            position=row.position, stream=row.stream, version=row.version, detail=str(error)
        ) from None


_UNWRITABLE = ("readonly", "read-only", "unable to open")
_DAMAGED = ("malformed", "not a database", "no such table")
_DISK = ("readonly", "read-only", "disk", "full", "unable to open", "permission", "i/o")


@contextmanager
def _spoken(path: Path) -> Iterator[None]:
    """Turn what the store and the disk complain of into errors with a cure."""
    try:
        yield
    except KalendsError:
        raise
    # Whoever can write the file can give its columns other names, and other kinds of values.
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise CorruptDatabaseError(name=path.name, detail=detail) from None
    except (sqlite3.Error, persistence.PersistenceError, OSError) as error:
        words = str(error).lower()
        if "locked" in words or "busy" in words:
            raise LockedError(seconds="10") from None
        damaged = any(word in words for word in _DAMAGED)
        if isinstance(error, OSError) or (not damaged and any(word in words for word in _DISK)):
            detail = complaint(error) if isinstance(error, OSError) else str(error)
            raise DiskError(name=path.name, detail=detail) from None
        raise CorruptDatabaseError(name=path.name, detail=str(error)) from None
