"""The journal: the log as text, one fact a line, to be read, compared and carried elsewhere."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from kalends.domain.errors import DiskError, DivergedError, JournalError, StateError
from kalends.log.store import Log, Row, decoded
from kalends.words import Message


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    stream: str
    version: int
    topic: str
    state: msgspec.Raw


_CUT = Message("it is cut off")
_MISSPELT = Message("it is not spelt as Kalends spells a line")
_decoder = msgspec.json.Decoder(_Line)
_encode = msgspec.json.encode


def compose(row: Row) -> bytes:
    """Return a fact's line, without newline: the tree's leaf, the state's bytes verbatim."""
    return spelt(row.stream, row.version, row.topic, row.state)


def spelt(stream: str, version: int, topic: str, state: bytes) -> bytes:
    """Return the line of a fact in parts; see `compose`."""
    return b'{"stream":%b,"version":%d,"topic":%b,"state":%b}' % (
        _encode(stream),
        version,
        _encode(topic),
        state,
    )


def parse(line: bytes, position: int) -> Row | None:
    """Return the fact on a line, without its newline, or None when it is not its one spelling."""
    try:
        read = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    row = Row(position, read.stream, read.version, read.topic, bytes(read.state))
    return row if compose(row) == line else None


def read(path: Path) -> Iterator[Row]:
    """Yield the journal's facts, each verified: spelling, topic, versions, times not going back.

    Raises `JournalError` with the number of the first line that is wrong, or `UnknownTopicError`.
    """
    versions: dict[str, int] = {}
    last: datetime | None = None
    for position, line in enumerate(_lines(path), 1):
        row = parse(line.removesuffix(b"\n"), position)
        if row is None or not line.endswith(b"\n"):
            cut = _CUT if row else _MISSPELT
            raise JournalError(line=position, name=path.name, detail=cut)
        try:
            event = decoded(row)
        except StateError as error:
            detail = str(error.facts["detail"])
            raise JournalError(line=position, name=path.name, detail=detail) from None
        detail = _out_of_order(row, versions.get(row.stream, 0), event.at, last)
        if detail:
            raise JournalError(line=position, name=path.name, detail=detail)
        versions[row.stream] = row.version
        last = event.at
        yield row


def _out_of_order(row: Row, version: int, at: datetime, last: datetime | None) -> str:
    if row.version != version + 1:
        return f"{row.stream}: {version} → {row.version}"
    if last is not None and at < last:
        return f"{last} → {at}"
    return ""


def restore(path: Path, database: Path) -> Log:
    """Build the database from the journal beside it, whole or not at all, and open it."""
    partial = database.with_name(f"{database.name}.{os.getpid()}.part")
    try:
        log = Log(partial, is_new=True)
        try:
            log.load(read(path))
        finally:
            log.close()
        partial.replace(database)
    except OSError as error:
        raise DiskError(name=database.name, detail=str(error)) from None
    finally:
        for left in partial.parent.glob(partial.name + "*"):
            left.unlink(missing_ok=True)
    return Log(database)


def write(log: Log, path: Path, *, known: int | None = None) -> int:
    """Bring the journal up to the log and return its number of lines; it is never shortened.

    `known`: how many of its lines are already known to agree with the log; None: compare them all.
    Raises `DivergedError` or `DiskError`.
    """
    if known is None:
        known, size, goes_on = agreed(log, path)
        if goes_on:
            return known
    else:
        size = path.stat().st_size
    rows = log.rows(after=known)
    position = known
    try:
        with path.open("ab") as file:
            if file.tell() != size:  # a line that a crash cut off is written again, whole
                file.truncate(size)
            for row in rows:
                file.write(compose(row) + b"\n")
                position = row.position
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DiskError(name=path.name, detail=str(error)) from None
    return position


def agreed(log: Log, path: Path) -> tuple[int, int, bool]:
    """Return how many lines journal and log share, their octets, and whether the journal goes on.

    When it does, the log lacks what follows; a last line that is only cut off does not count.
    Raises `DivergedError` at the first position that differs.
    """
    count = size = 0
    rows = log.rows()
    for line in _lines(path):
        row = next(rows, None)
        if row is None:
            return count, size, True
        ours = compose(row) + b"\n"
        if line != ours:
            if ours.startswith(line) and not line.endswith(b"\n"):
                break
            raise DivergedError(position=row.position)
        count += 1
        size += len(line)
    return count, size, False


def take(log: Log, path: Path, *, after: int) -> int:
    """Append to the log what only the journal holds; return how many facts that were."""
    with log.turn():
        rows = [row for row in read(path) if row.position > after]
        log.load(rows)
    return len(rows)


def _lines(path: Path) -> Iterable[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError:
        return
    except OSError as error:
        raise DiskError(name=path.name, detail=str(error)) from None
