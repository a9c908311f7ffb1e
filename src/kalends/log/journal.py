"""The journal: the log as text, an event on each line, to read, compare and carry elsewhere."""

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kalends.domain.errors import (
    DiskError,
    DivergedError,
    EmptyJournalError,
    JournalError,
    StateError,
    UnreadFileError,
)
from kalends.domain.events import Event, may_go_back
from kalends.log.event_log import Backend, EventLog, StoredEvent
from kalends.log.journal_line import LONGEST, compose, parse
from kalends.log.log import Log, closed_on_failure, decoded
from kalends.words import Message, os_error_message


class Shared(NamedTuple):
    """How far journal and log are the same: in lines, and in bytes of the journal.

    `journal_has_more` says that events follow there which the log lacks.
    """

    lines: int
    length: int
    journal_has_more: bool = False


_CUT = Message("it is cut off")
_MISSPELT = Message("it is not encoded as Kalends encodes a line")
_BLOCK = 1 << 18


Follow = Callable[[int, str, Event], None]
See = Callable[[bytes], None]
Readers = tuple[Follow, See]


def read(
    path: Path, follow: Follow = lambda *_: None, see: See = lambda _: None
) -> Iterator[StoredEvent]:
    """Yield the journal's events, each verified: encoding, topic, versions, times in order.

    `follow` is called with the position, stream and event of each, `see` with its line. Raises
    `JournalError` with the number of the first wrong line, `UnknownTopicError`, and what `follow`
    and `see` raise.
    """
    from kalends.log.sqlite.spilled import Spilled  # noqa: PLC0415 - only to read a journal

    versions: Spilled[int] = Spilled()
    last: datetime | None = None
    for position, line in enumerate(_lines(path), 1):
        row = parse(line.removesuffix(b"\n"), position)
        if row is None or not line.endswith(b"\n"):
            cut = _CUT if row else _MISSPELT
            raise JournalError(line=position, name=path.name, detail=cut)
        try:
            event = decoded(row)
        except StateError as error:
            detail = str(error.fields["detail"])
            raise JournalError(line=position, name=path.name, detail=detail) from None
        detail = _out_of_order(row, versions.get(row.stream) or 0, event.at, last)
        if detail:
            raise JournalError(line=position, name=path.name, detail=detail)
        follow(position, row.stream, event)
        see(line[:-1])
        versions[row.stream] = row.version
        last = event.at
        yield row


def _out_of_order(row: StoredEvent, version: int, at: datetime, last: datetime | None) -> str:
    if row.version != version + 1:
        return f"{row.stream}: {version} → {row.version}"
    if last is not None and at < last and not may_go_back(row.stream, row.topic):
        return f"{last} → {at}"
    return ""


def restore(
    path: Path, backend: Backend, follow: Follow = lambda *_: None, see: See = lambda _: None
) -> Log:
    """Build the log from the journal, whole or not at all, and open it.

    Raises `EmptyJournalError` when there is nothing to restore from, `JournalError`, `DiskError`,
    `LockedError`, and `DivergedError` if the result is not the journal.
    """
    if not path.exists() or not path.stat().st_size:
        raise EmptyJournalError(name=path.name)

    def fill(store: EventLog) -> None:
        Log(store).load(read(path, follow, see))

    backend.restore(fill)
    log = Log(backend.open())
    with closed_on_failure(log):
        lines = agreed(log, path).lines
        if log.position() > lines:
            raise _diverged(log, lines + 1)
    return log


def in_memory(path: Path, follow: Follow, see: See, *, refused: DiskError) -> Log:
    """Return the journal's log in memory, for reading; appending raises `refused`.

    Raises what `restore` raises.
    """
    from kalends.log.memory_log import MemoryLog  # noqa: PLC0415 - where the disk refuses

    log = Log(MemoryLog(path.name))
    log.load(read(path, follow, see))
    log.refuse(refused)
    return log


def write(log: Log, path: Path, *, shared: Shared | None = None) -> Shared:
    """Extend the journal up to the log and return what they then share; never shorten it.

    `shared` is what is known to be the same already; None compares everything. Raises
    `DivergedError` or `DiskError`.
    """
    if shared is None:
        shared = agreed(log, path)
    if shared.journal_has_more:
        return shared
    lines, length, _ = shared
    try:
        with path.open("ab", buffering=0) as file:
            if file.tell() != length:  # write a line that a crash cut off again, whole
                file.truncate(length)
            try:
                for block, reached in _blocks(log.rows(after=lines)):
                    _write_whole(file, block)
                    lines, length = reached, length + len(block)
                os.fsync(file.fileno())
            except OSError:
                with suppress(
                    OSError
                ):  # half a line would be repaired later, but looks like damage
                    file.truncate(shared.length)
                raise
    except OSError as error:
        raise DiskError(name=path.name, detail=os_error_message(error)) from None
    return Shared(lines, length)


def _blocks(rows: Iterable[StoredEvent]) -> Iterator[tuple[bytes, int]]:
    """Yield the lines of these rows in large blocks, each with the position of its last line."""
    block = bytearray()
    position = 0
    for row in rows:
        block += compose(row) + b"\n"
        position = row.position
        if len(block) >= _BLOCK:
            yield bytes(block), position
            block.clear()
    if block:
        yield bytes(block), position


def _write_whole(file: io.FileIO, block: bytes) -> None:
    left = memoryview(block)
    while left:
        left = left[file.write(left) :]


def agreed(log: Log, path: Path) -> Shared:
    """Return what journal and log share, compared from the beginning.

    A last line that was only cut off counts neither as shared nor as more than the log holds.
    Raises `DivergedError` at the first position that differs.
    """
    lines = length = 0
    rows = log.rows()
    for line in _lines(path):
        row = next(rows, None)
        if row is None:
            return Shared(lines, length, journal_has_more=True)
        ours = compose(row) + b"\n"
        if line != ours:
            if ours.startswith(line) and not line.endswith(b"\n"):
                break
            raise _diverged(log, row.position)
        lines += 1
        length += len(line)
    return Shared(lines, length)


def _diverged(log: Log, position: int) -> DivergedError:
    """Return the error that names the database: a file beside the journal, or a schema."""
    if not log.identity:
        return DivergedError(name=f"events/{log.name}", position=position)
    error = DivergedError(name=log.name, position=position)
    error.hint = DivergedError.hint_on_server  # type: ignore[misc]  # a hint of this error alone
    return error


def is_shared(log: Log, path: Path, shared: Shared) -> bool:
    """Return whether the last shared line of the journal is still the log's event there."""
    row = (
        next(log.rows(after=shared.lines - 1, until=shared.lines), None) if shared.lines else None
    )
    line = compose(row) + b"\n" if row is not None else b""
    if shared.length < len(line) or (row is None and shared != (0, 0, False)):
        return False
    with path.open("rb") as file:
        file.seek(shared.length - len(line))
        return file.read(len(line)) == line


def take(log: Log, path: Path, follow: Follow = lambda *_: None, see: See = lambda _: None) -> int:
    """Append the events that only the journal holds to the log; return how many there were."""
    with log.turn():
        after = agreed(log, path).lines  # another process may just have taken them
        rows = [row for row in read(path, follow, see) if row.position > after]
        log.load(rows)
    return len(rows)


def _lines(path: Path) -> Iterable[bytes]:
    try:
        with path.open("rb") as file:
            yield from iter(partial(file.readline, LONGEST), b"")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UnreadFileError(name=path.name, detail=os_error_message(error)) from None
