"""The quick look: some positions at which all is as it must be; else the scan looks with care."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from kalends.domain.events import ClockCorrected
from kalends.log import codec
from kalends.log.event_log import Columns, UntrustedLog, UnusualError
from kalends.log.journal import parse_all, spelt
from kalends.log.merkle import leaf_hashes
from kalends.log.untrusted_journal import Journal

# So many states are read together: more would not stay in the processor's cache.
_TOGETHER = 1 << 8


class FastCheck(NamedTuple):
    """What was seen: the leaves' hashes, when each was recorded.

    Of each stream its first and its last version; none between them is missing.
    """

    leaves: list[bytes]
    times: list[datetime]
    firsts: dict[str, int]
    lasts: dict[str, int]


def fast_check(
    store: UntrustedLog | None, journal: Journal | None, span: Sequence[int], start: int, stop: int
) -> FastCheck | None:
    """Return what stands at the positions from `start` + 1 to `stop`, None unless all is well.

    All is well when every row and line is as Kalends writes it, both agree, no version is
    missing within these positions and no time goes back, nor may any. `span` is where the
    journal's lines begin and end.
    """
    try:
        block = journal.between(*span) if journal is not None else b""
        if store is None:
            lines = block.split(b"\n")[:-1]
            facts = parse_all(block, len(lines))
        else:
            facts = store.whole(start, stop)
            lines = list(map(spelt, *facts))
            # As far as the journal goes it must tell the same.
            if not b"\n".join([*lines, b""]).startswith(block):
                return None
        times = _times(facts)
        firsts, lasts = _versions(facts)
    except (UnusualError, ValueError, codec.UnregisteredTopicError):
        return None
    if len(lines) != stop - start or any(earlier > other for earlier, other in pairwise(times)):
        return None
    if ClockCorrected.TOPIC in facts.topics:
        return None
    return FastCheck(leaf_hashes(lines), times, firsts, lasts)


def _times(facts: Columns) -> list[datetime]:
    """Return when each was recorded; those of one topic are read together."""
    places: dict[str, list[int]] = {}
    for place, topic in enumerate(facts.topics):
        places.setdefault(topic, []).append(place)
    found: dict[int, datetime] = {}
    for topic, those in places.items():
        for some in (those[n : n + _TOGETHER] for n in range(0, len(those), _TOGETHER)):
            times = codec.all_recorded(topic, [facts.states[place] for place in some])
            found.update(zip(some, times, strict=True))
    return [found[place] for place in range(len(facts.topics))]


def _versions(facts: Columns) -> tuple[dict[str, int], dict[str, int]]:
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    for stream, version in zip(facts.streams, facts.versions, strict=True):
        if lasts.get(stream, firsts.setdefault(stream, version) - 1) != version - 1:
            raise UnusualError
        lasts[stream] = version
    return firsts, lasts
