"""The quick look: some positions at which all is as it must be; else the walk looks with care."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import chain, repeat
from typing import NamedTuple

from kalends.log import codec
from kalends.log.evidence import Journal, Store, UnusualError
from kalends.log.journal import parse, spelt

_Row = tuple[int, str, int, str, bytes]


class Glance(NamedTuple):
    """What was seen: the leaves' hashes, when each was recorded, first and last of each stream."""

    leaves: list[bytes]
    times: list[datetime]
    streams: dict[str, tuple[int, int]]


def glance(
    store: Store | None, journal: Journal | None, place: int, start: int, stop: int
) -> Glance | None:
    """Return what stands at the positions from `start` + 1 to `stop`, None unless all is well.

    All is well when every row and line is as Kalends writes it, both agree, no version is
    missing within these positions and no time goes back. `place` is where the first line begins.
    """
    try:
        lines = journal.whole(start, stop, place) if journal is not None else []
        facts = _on_lines(lines) if store is None else _in_both(store.whole(start, stop), lines)
        return _seen(facts, stop - start)
    except (UnusualError, codec.UnknownTopicError, codec.UnreadableStateError):
        return None


def _seen(facts: Iterator[tuple[_Row, bytes]], count: int) -> Glance | None:
    leaves: list[bytes] = []
    times: list[datetime] = []
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    recorded, take, keep, last_of = codec.recorded, leaves.append, times.append, lasts.get
    before: datetime | None = None
    for (_, stream, version, topic, state), line in facts:
        at = recorded(topic, state)
        last = last_of(stream)
        if last is None:
            firsts[stream] = version
        elif last != version - 1:
            return None
        lasts[stream] = version
        if before is not None and at < before:
            return None
        before = at
        keep(at)
        take(sha256(b"\x00" + line).digest())
    if len(leaves) != count:
        return None
    return Glance(leaves, times, {one: (firsts[one], last) for one, last in lasts.items()})


def _in_both(rows: Iterator[_Row], lines: Sequence[bytes]) -> Iterator[tuple[_Row, bytes]]:
    """Yield the database's rows; as far as the journal goes it must tell the same."""
    for row, line in zip(rows, chain(lines, repeat(None)), strict=False):
        _, stream, version, topic, state = row
        ours = spelt(stream, version, topic, state)
        if line is not None and line != ours:
            raise UnusualError
        yield row, ours


def _on_lines(lines: Sequence[bytes]) -> Iterator[tuple[_Row, bytes]]:
    for line in lines:
        row = parse(line, 0)
        if row is None:
            raise UnusualError
        yield row, line
