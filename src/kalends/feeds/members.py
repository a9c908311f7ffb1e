"""Which activities each feed may show: asked for one feed, or found for all feeds together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from kalends.feeds.selection import Feed, candidates, count_candidates, shows_undone
from kalends.views.activities import FeedCandidate, feed_candidates
from kalends.views.database import Views
from kalends.views.feed_candidates import named_codes, named_tags

# Of more activities, each feed's are asked for separately, so that memory stays flat.
_MOST = 50_000


class Members(Protocol):
    """The activities that feeds may show at a position of the log."""

    def latest(self, feed: Feed, most: int) -> Sequence[FeedCandidate]:
        """Return at most so many: the latest by their last day, then by id; the latest first."""

    def every(self, feed: Feed) -> Iterable[FeedCandidate]:
        """Return all, by id."""

    def count(self, feed: Feed) -> int:
        """Return how many there are."""


class AskedMembers:
    """Asks the views for each feed."""

    def __init__(self, db: Views, *, known_at: int) -> None:
        """Take the views and the position."""
        self._db = db
        self._known_at = known_at

    def latest(self, feed: Feed, most: int) -> Sequence[FeedCandidate]:
        """Return the latest."""
        return list(candidates(self._db, feed, known_at=self._known_at, most=most))

    def every(self, feed: Feed) -> Iterable[FeedCandidate]:
        """Return all, one after the other: memory stays flat."""
        return candidates(self._db, feed, known_at=self._known_at)

    def count(self, feed: Feed) -> int:
        """Return how many there are."""
        return count_candidates(self._db, feed, known_at=self._known_at)


class FoundMembers:
    """Holds those of all feeds."""

    def __init__(
        self, db: Views, feeds: Sequence[Feed], found: Iterable[FeedCandidate], *, known_at: int
    ) -> None:
        """Take what feeds may show, the latest first, and give each feed its own."""
        holding: dict[int, set[str]] = defaultdict(set)
        of_code, of_tag = _feeds_of(feeds)
        for position, code in named_codes(db, known_at=known_at):
            holding[position].update(of_code[code])
        for position, key in named_tags(db, known_at=known_at):
            holding[position].update(of_tag[key])
        self._held: dict[str, list[FeedCandidate]] = {feed.name: [] for feed in feeds}
        of_all = [feed.name for feed in feeds if feed.kind == "all"]
        for candidate in found:
            for name in (*of_all, *holding[candidate.position]):
                self._held[name].append(candidate)

    def latest(self, feed: Feed, most: int) -> Sequence[FeedCandidate]:
        """Return the latest."""
        return self._held[feed.name][:most]

    def every(self, feed: Feed) -> Iterable[FeedCandidate]:
        """Return all."""
        return sorted(self._held[feed.name])

    def count(self, feed: Feed) -> int:
        """Return how many there are."""
        return len(self._held[feed.name])


def members_of(db: Views, feeds: Sequence[Feed], *, known_at: int) -> Members:
    """Return the members of all these feeds: found together, unless there are very many."""
    undone = shows_undone(db, known_at=known_at)
    found = feed_candidates(db, known_at=known_at, undone=undone, most=_MOST + 1)
    first = list(islice(found, _MOST + 1))
    if len(first) > _MOST:
        return AskedMembers(db, known_at=known_at)
    return FoundMembers(db, feeds, first, known_at=known_at)


def _feeds_of(feeds: Sequence[Feed]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the names of the feeds of each department's code, and of each tag's key."""
    of_code: dict[str, list[str]] = defaultdict(list)
    of_tag: dict[str, list[str]] = defaultdict(list)
    for feed in feeds:
        for code in feed.codes:
            of_code[code].append(feed.name)
        if feed.kind == "tag":
            of_tag[feed.key].append(feed.name)
    return of_code, of_tag
