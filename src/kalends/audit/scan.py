"""Scans a log event by event on all cores, rebuilds its tree and collects every problem."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple, Self

from kalends.audit.fast_check import fast_check
from kalends.audit.problem import Problem, ProblemKind, differing, gap, gone_back
from kalends.domain.events import may_go_back
from kalends.log import codec
from kalends.log.backends import sorted_streams
from kalends.log.event_log import Range, RawEvent, StoredEvent, UntrustedLog
from kalends.log.gc_paused import gc_paused
from kalends.log.journal_line import is_stream
from kalends.log.merkle import Frontier, edge_of, heights, leaf_hash
from kalends.log.untrusted_journal import CUT, Journal

# Positions in a chunk: a complete subtree, scanned by one process.
CHUNK = 1 << 13
# A log this short is scanned in this process: starting another would take longer.
_FEW = 4 * CHUNK
# Problems kept for each chunk: if everything was changed, more tell nothing new.
_MOST = 20

_NOTHING = RawEvent(b"", None)
NOWHERE = Range(0, 0)


class Edge(NamedTuple):
    """The right edge of a tree at some size, and when its last event was recorded."""

    size: int
    hashes: list[bytes]
    at: datetime | None


class Chunk(NamedTuple):
    """The result of scanning a range of positions.

    `edges` are the edges of the tree over this chunk alone, at each wanted size and at the chunk's
    end. `firsts` and `lasts` hold each stream's first and last version in the chunk. `corrections`
    are the positions and times of corrections of the clock; `first_at` is None if the chunk begins
    with one.
    """

    edges: dict[int, Edge]
    firsts: dict[str, int]
    lasts: dict[str, int]
    first_at: datetime | None
    last_at: datetime | None
    problems: list[Problem]
    corrections: Sequence[tuple[int, datetime]] = ()


class ScanResult(NamedTuple):
    """The result of a scan: for each wanted size, the root hash and when the size was reached."""

    size: int
    roots: dict[int, bytes]
    moments: dict[int, datetime | None]
    problems: list[Problem]


class Sources(NamedTuple):
    """What is scanned: a database, a journal, or both beside each other.

    `places` are byte offsets in the journal: where each chunk begins, and where the last ends.
    `stored` is the database's last position and `lines` the journal's range, 0 if there is none.
    """

    store: UntrustedLog | None
    journal: Journal | None
    places: Sequence[int]
    stored: int
    lines: Range

    def beside(self, store: UntrustedLog | None, stored: Range) -> Self:
        """Return these with a database; `stored` is its range."""
        # No accident leaves a larger gap. Nothing beyond it is scanned, since it could be endless.
        return self._replace(store=store, stored=min(stored.last, stored.events + CHUNK))


def sources(
    journal: Journal | None, store: UntrustedLog | None = None, stored: Range = NOWHERE
) -> Sources:
    """Return what to scan; `stored` is the database's range. Raises `DiskError`."""
    lines, places = journal.measured(CHUNK) if journal else (NOWHERE, [])
    alone = Sources(store=None, journal=journal, places=places, stored=0, lines=lines)
    return alone.beside(store, stored)


def scan(given: Sources, sizes: Iterable[int]) -> ScanResult:
    """Check every event; return the tree's root hashes at these sizes and of the whole log."""
    size = max(given.stored, given.lines.last)
    wanted = sorted(
        {wanted for wanted in sizes if 0 < wanted < size} | ({size} if size else set())
    )
    whole, roots = Frontier(), {0: Frontier().root()}
    moments: dict[int, datetime | None] = {}
    problems: list[Problem] = []
    corrections: list[tuple[int, datetime]] = []
    with closing(_ChunkOrder()) as order:
        for start, chunk in zip(range(0, size, CHUNK), _chunks(given, size, wanted), strict=True):
            problems += [*chunk.problems, *order.follow(chunk, start)]
            corrections += chunk.corrections
            for at, edge in chunk.edges.items():
                roots[at], moments[at] = _grown(whole, edge).root(), edge.at
            whole = _grown(whole, chunk.edges[min(start + CHUNK, size)])
        problems += order.gaps()
    return ScanResult(size, roots, _trusted(moments, corrections), problems)


def _trusted(
    moments: dict[int, datetime | None], corrections: Sequence[tuple[int, datetime]]
) -> dict[int, datetime | None]:
    """Return when each size was reached: no later than any later correction of the clock."""
    return {
        size: at and min([at, *(limit for position, limit in corrections if position > size)])
        for size, at in moments.items()
    }


class _ChunkOrder:
    """What the chunks so far ended with; the next one must continue from there.

    The versions are compared when all are known: sorted on the disk, they need no memory.
    """

    def __init__(self) -> None:
        self._streams = sorted_streams()
        self._at: datetime | None = None

    def close(self) -> None:
        """Forget all of it."""
        self._streams.close()

    def follow(self, chunk: Chunk, start: int) -> Iterator[Problem]:
        """Yield a problem if the times do not continue."""
        if self._at is not None and chunk.first_at is not None and chunk.first_at < self._at:
            yield gone_back(start + 1, "", 0, self._at, chunk.first_at)
        self._streams.add(
            (stream, start, first, chunk.lasts[stream]) for stream, first in chunk.firsts.items()
        )
        self._at = chunk.last_at or self._at

    def gaps(self) -> Iterator[Problem]:
        """Yield a problem for every stream whose versions do not continue."""
        before, due = "", 1
        for stream, start, first, last in self._streams.sorted():
            due = due if stream == before else 1
            if first != due:
                yield gap(start + 1, stream, first, due)
            before, due = stream, last + 1


def _chunks(given: Sources, size: int, sizes: Sequence[int]) -> Iterator[Chunk]:
    look = partial(_chunk, given, size, sizes)
    starts = range(0, size, CHUNK)
    if size <= _FEW or (os.cpu_count() or 1) == 1:
        yield from map(look, starts)
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        yield from pool.map(look, starts)


def _chunk(given: Sources, size: int, sizes: Sequence[int], start: int) -> Chunk:
    stop = min(start + CHUNK, size)
    asked = {wanted for wanted in sizes if start < wanted < stop} | {stop}
    journal = given.journal if start < given.lines.last else None
    with gc_paused():
        seen = fast_check(given.store, journal, given.places[start // CHUNK :][:2], start, stop)
        if seen is None:
            return _looked_at(given, start, stop, asked)
    subtrees = heights(seen.leaves)
    edges = {
        size: Edge(size - start, edge_of(size - start, subtrees), seen.times[size - start - 1])
        for size in asked
    }
    return Chunk(edges, seen.firsts, seen.lasts, seen.times[0], seen.times[-1], [])


def _looked_at(given: Sources, start: int, stop: int, sizes: Collection[int]) -> Chunk:
    edge = Frontier()
    edges: dict[int, Edge] = {}
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    problems: list[Problem] = []
    first_at: datetime | None = None
    last_at: datetime | None = None
    corrections: list[tuple[int, datetime]] = []
    for position, shown, found in _shown(given, start, stop):
        edge.append(leaf_hash(shown.line))
        problems += found
        row = shown.row
        if row is not None:
            at = _moment(row, problems)
            if at is not None and may_go_back(row.stream, row.topic):
                corrections.append((position, at))
                last_at = at
            elif at is not None:
                if last_at is not None and at < last_at:
                    problems.append(gone_back(position, row.stream, row.version, last_at, at))
                first_at, last_at = at if last_at is None else first_at, at
            firsts.setdefault(row.stream, row.version)
            due = lasts.get(row.stream, row.version - 1) + 1
            if row.version != due:
                problems.append(gap(position, row.stream, row.version, due))
            lasts[row.stream] = row.version
        if position in sizes:
            edges[position] = Edge(edge.size, list(edge.hashes), last_at)
    found_so = problems[:_MOST]
    return Chunk(edges, firsts, lasts, first_at, last_at, found_so, corrections)


def _shown(given: Sources, start: int, stop: int) -> Iterator[tuple[int, RawEvent, list[Problem]]]:
    """Yield each position's event, from the journal or else the database, and its problems."""
    rows = given.store.raw_events(start, min(stop, given.stored)) if given.store else iter(())
    lines: Iterator[tuple[int, RawEvent]] = iter(())
    if given.journal and start < given.lines.last:
        lines = given.journal.raw_events(start, stop, given.places[start // CHUNK])
    row, line = next(rows, None), next(lines, None)
    for position in range(start + 1, stop + 1):
        stored = written = None
        if row is not None and row[0] == position:
            stored, row = row[1], next(rows, None)
        if line is not None:
            written, line = line[1], next(lines, None)
        if written and stored and written.flaw == CUT and stored.line.startswith(written.line):
            written = None  # a crash cut the line off; the database has the whole event
        shown = written or stored or _NOTHING
        yield position, shown, list(_compared(given, position, written, stored))


def _compared(
    given: Sources, position: int, written: RawEvent | None, stored: RawEvent | None
) -> Iterator[Problem]:
    # If only the journal goes on, report just the first event that the database lacks.
    if stored is None and given.store is not None and position <= given.stored + 1:
        yield differing(position, "missing", written, None)
    for raw_event, other in ((stored, written), (written, stored)):
        if raw_event is not None and _is_flawed(raw_event):
            yield differing(position, "form", other, raw_event)
    flawed = any(raw_event and _is_flawed(raw_event) for raw_event in (written, stored))
    if written and stored and not flawed and written.line != stored.line:
        yield differing(position, "differs", written, stored)


def _is_flawed(raw_event: RawEvent) -> bool:
    row = raw_event.row
    return bool(raw_event.flaw) or (row is not None and not is_stream(row.stream))


def _moment(row: StoredEvent, problems: list[Problem]) -> datetime | None:
    """Return when an event was recorded; None, and a problem, if it cannot be decoded."""
    what: ProblemKind = "unreadable"
    try:
        return codec.recorded(row.topic, row.state)
    except codec.UnregisteredTopicError:
        what, expected = "unknown-topic", ""
    except codec.UnreadableStateError as error:
        expected = str(error)
    found = row.state.decode("utf-8", "backslashreplace")
    problems.append(Problem(row.position, row.stream, row.version, what, expected, found))
    return None


def _grown(whole: Frontier, edge: Edge) -> Frontier:
    """Return the tree with a chunk appended; chunks begin where complete subtrees may begin."""
    grown, left = Frontier(whole.size, whole.hashes), edge.size
    for digest in edge.hashes:
        level = left.bit_length() - 1
        grown.extend(digest, level)
        left -= 1 << level
    return grown
