"""Remembers answers from the views as long as nothing changes that they depend on."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from kalends.domain.value import replace
from kalends.views.activity_filter import PUBLIC, ActivityFilter
from kalends.views.database import Views
from kalends.views.last_changes import LastChanges, last_changes

# So many answers are kept; those that nobody asked for longest go first.
_MOST = 400

_Answer = TypeVar("_Answer")


class Remembered:
    """Answers as known now; several threads may use it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = threading.Lock()
        self._reached = 0
        self._happened = LastChanges(campaign=0, roster=0, activities=0, codes={}, tags={})
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def last_changes(self, db: Views, position: int) -> LastChanges:
        """Return what changed last; only what is new is looked for.

        Meanwhile another thread may have seen more of the log than up to this position.
        """
        with self._lock:
            if self._reached < position:
                found = last_changes(db, after=self._reached, known_at=position)
                self._happened = _later(self._happened, found)
                self._reached = position
            return self._happened

    def since(
        self, key: Hashable, since: int, position: int, make: Callable[[], _Answer]
    ) -> _Answer:
        """Return an answer as of a position, which changed last at `since`."""
        if since > position:  # of a later position: it is neither used nor kept for this one
            return make()
        with self._lock:
            found = self._kept.get(key)
        if found is None or found[0] != since:
            found = since, make()
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        answer: _Answer = found[1]
        return answer

    def counted(
        self,
        db: Views,
        position: int,
        what: Hashable,
        wanted: ActivityFilter,
        make: Callable[[], _Answer],
    ) -> _Answer:
        """Return `what` is known of the activities that a filter finds.

        Remembered are answers about all that is public, and about some departments or tags of it.
        """
        happened = self.last_changes(db, position)
        every = max(happened.campaign, happened.roster, happened.clock)
        if replace(wanted, codes=frozenset()) == PUBLIC and wanted.codes:
            since = max(every, *(happened.codes.get(code, 0) for code in wanted.codes))
        elif replace(wanted, tags=frozenset()) == PUBLIC and wanted.tags:
            since = max(every, *(happened.tags.get(tag, 0) for tag in wanted.tags))
        elif wanted == PUBLIC:
            since = max(every, happened.activities)
        else:
            return make()
        return self.since((what, wanted), since, position, make)


def _later(before: LastChanges, after: LastChanges) -> LastChanges:
    return LastChanges(
        campaign=max(before.campaign, after.campaign),
        roster=max(before.roster, after.roster),
        activities=max(before.activities, after.activities),
        clock=max(before.clock, after.clock),
        codes={**before.codes, **after.codes},
        tags={**before.tags, **after.tags},
    )
