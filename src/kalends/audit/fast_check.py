"""Checks rows, lines, versions and times of a range of events together.

If anything is wrong, `scan` checks the range again, event by event, to say what.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from kalends.domain.events import ClockCorrected
from kalends.log import codec
from kalends.log.event_log import Columns, UntrustedLog, UnusualError
from kalends.log.journal_line import encoded_line, is_stream, parse_all
from kalends.log.merkle import leaf_hashes
from kalends.log.untrusted_journal import Journal

# States decoded together: more would not fit into the processor's cache.
_TOGETHER = 1 << 8


class CleanRange(NamedTuple):
    """A range without problems: each event's leaf hash, and the time it was recorded.

    `firsts` and `lasts` hold each stream's first and last version; no version between is missing.
    """

    leaves: list[bytes]
    times: list[datetime]
    firsts: dict[str, int]
    lasts: dict[str, int]


def fast_check(
    store: UntrustedLog | None,
    journal: Journal | None,
    byte_span: Sequence[int],
    start: int,
    stop: int,
) -> CleanRange | None:
    """Check the positions from `start` + 1 to `stop`; return None if anything is wrong.

    Nothing is wrong if every row and line is encoded as Kalends encodes it, rows and lines agree,
    no version is missing, no time goes back, and no event here allows times to go back.
    `byte_span` gives the byte offsets where the journal's lines begin and end.
    """
    try:
        block = journal.between(*byte_span) if journal is not None else b""
        if store is None:
            lines = block.split(b"\n")[:-1]
            columns = parse_all(block, len(lines))
        else:
            columns = store.whole(start, stop)
            lines = list(map(encoded_line, *columns))
            # As far as the journal reaches, it must agree.
            if not b"\n".join([*lines, b""]).startswith(block):
                return None
        times = _times(columns)
        firsts, lasts = _versions(columns)
    except (UnusualError, ValueError, codec.UnregisteredTopicError):
        return None
    if len(lines) != stop - start or any(earlier > other for earlier, other in pairwise(times)):
        return None
    if ClockCorrected.TOPIC in columns.topics or not all(map(is_stream, firsts)):
        return None
    return CleanRange(leaf_hashes(lines), times, firsts, lasts)


def _times(columns: Columns) -> list[datetime]:
    """Return the time each event was recorded; events of one topic are decoded together."""
    places: dict[str, list[int]] = {}
    for place, topic in enumerate(columns.topics):
        places.setdefault(topic, []).append(place)
    found: dict[int, datetime] = {}
    for topic, those in places.items():
        for some in (those[n : n + _TOGETHER] for n in range(0, len(those), _TOGETHER)):
            times = codec.all_recorded(topic, [columns.states[place] for place in some])
            found.update(zip(some, times, strict=True))
    return [found[place] for place in range(len(columns.topics))]


def _versions(columns: Columns) -> tuple[dict[str, int], dict[str, int]]:
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    for stream, version in zip(columns.streams, columns.versions, strict=True):
        if lasts.get(stream, firsts.setdefault(stream, version) - 1) != version - 1:
            raise UnusualError
        lasts[stream] = version
    return firsts, lasts
