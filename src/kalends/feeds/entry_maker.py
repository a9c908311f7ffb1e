"""Makes the entries that revisions give, each from campaign and roster as they were then."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kalends.domain.campaign import Campaign
from kalends.domain.roster import Roster
from kalends.feeds.calendar import component
from kalends.feeds.formats import Formats
from kalends.feeds.unchanged import UnchangedEntries
from kalends.views.activities import Revision, first_revisions, histories
from kalends.views.database import Views
from kalends.views.roster_view import campaign, roster, turning_points

# The revision's position, the position from which on the entry is valid, its activity, its bytes.
MadeEntry = tuple[int, int, str, bytes]


class EntryMaker:
    """Makes entries as known at a position; keeps campaign and roster between two changes."""

    def __init__(self, db: Views, *, known_at: int) -> None:
        """Read the feed formats, and when campaign and roster changed."""
        self.formats = Formats(db, known_at=known_at)
        self._db = db
        self._known_at = known_at
        self._turns = [0, *turning_points(db, known_at=known_at), known_at + 1]
        self._valid = range(0)
        self._setting: tuple[Campaign, Roster, UnchangedEntries] | None = None

    def made(self, positions: Sequence[int]) -> Iterator[MadeEntry]:
        """Yield the entries of revisions that nothing has replaced, in no order."""
        left = set(positions)
        if self.formats.since <= min(left):  # otherwise some are made again, with other stamps
            for first in first_revisions(self._db, positions):
                *_, unchanged = self._at(first.position)
                yield first.position, first.position, first.id, unchanged.entry(first)
                left.discard(first.position)
        changed = histories(self._db, left, known_at=self._known_at)
        for history in sorted(changed, key=_last_position):
            last = history[-1]
            made_at = self.formats.made_at(last.position)
            opened, names, _ = self._at(made_at)
            body = component(history, opened, names, stamp=self.formats.stamp(history))
            yield last.position, made_at, last.id, body

    def _at(self, position: int) -> tuple[Campaign, Roster, UnchangedEntries]:
        """Return campaign and roster as they were, and what makes entries from them."""
        if self._setting is None or position not in self._valid:
            turn = bisect_right(self._turns, position)
            self._valid = range(self._turns[turn - 1], self._turns[turn])
            opened = campaign(self._db, known_at=position)
            assert opened is not None  # the service opens the campaign before anything else
            names = roster(self._db, known_at=position)
            self._setting = opened, names, UnchangedEntries(opened, names)
        return self._setting


def _last_position(history: Sequence[Revision]) -> int:
    return history[-1].position
