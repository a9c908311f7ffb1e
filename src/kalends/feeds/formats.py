"""The format in which feeds are made, and how a move to another changes the stamps of entries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kalends.views.activities import Revision
from kalends.views.database import Views
from kalends.views.roster_view import FeedFormat, feed_formats

_SECOND = timedelta(seconds=1)


class Formats:
    """The feed formats of a campaign up to a position."""

    def __init__(self, db: Views, *, known_at: int) -> None:
        """Read them; before the campaign is opened there is no format."""
        self.all: Sequence[FeedFormat] = feed_formats(db, known_at=known_at)

    @property
    def number(self) -> int:
        """Return the format in which feeds are made."""
        return self.all[-1].number if self.all else 1

    @property
    def since(self) -> int:
        """Return the position from which on feeds are made in this format, 0 without any."""
        return self.all[-1].position if self.all else 0

    def made_at(self, position: int) -> int:
        """Return the position from which on the entry of a revision is as it is now.

        When the campaign moves to another format, the entry is made again, from campaign and
        roster as they are then.
        """
        return max(position, self.since)

    def number_at(self, position: int) -> int:
        """Return the format in which feeds were made at a position."""
        return [chosen.number for chosen in self.all if chosen.position <= position][-1]

    def stamp(self, revisions: Sequence[Revision]) -> datetime:
        """Return DTSTAMP and LAST-MODIFIED of the entry that these revisions give.

        In format 1 that is when the last revision was recorded. From format 2 on the stamps of an
        activity always grow, and a move to another format counts as a change.
        """
        first, last = revisions[0], revisions[-1]
        if self.since <= first.position and (self.number == 1 or first is last):
            return last.at
        moves = [chosen for chosen in self.all if chosen.position > first.position]
        moments = [(chosen.position, chosen.at) for chosen in moves]
        moments += [(revision.position, revision.at) for revision in revisions]
        return grown([at for _, at in sorted(moments)])


def grown(moments: Sequence[datetime]) -> datetime:
    """Return the last of these moments, at least a second after the one before it, and so on."""
    found = moments[0]
    for moment in moments[1:]:
        found = max(moment, found + _SECOND)
    return found
