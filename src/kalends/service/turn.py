"""The writer's turn: its events get their times and are appended in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from kalends.domain import clock
from kalends.domain.events import CAMPAIGN, ROSTER, Entry, Stamp, Via
from kalends.domain.value import replace
from kalends.log.event_log import NewEvent
from kalends.log.log import Log


class Turn:
    """The writer's turn: nothing else changes while it lasts.

    `at` is when its events are recorded, `last` when the newest event before them was.
    """

    def __init__(  # noqa: PLR0913 - all that its events depend on
        self,
        log: Log,
        append: Callable[[Sequence[NewEvent]], None],
        *,
        permit: Callable[[Sequence[NewEvent]], object],
        by: str,
        via: Via,
        at: datetime,
        last: datetime | None,
    ) -> None:
        """Take the log, the function that appends to it, and what raises if it must not."""
        self._log = log
        self._append = append
        self._permit = permit
        self._by, self._via, self._at, self._last = by, via, at, last

    def stamp(self, act: str) -> Stamp:
        """Return what every event of an act carries."""
        return Stamp(at=self._at, by=self._by, via=self._via, act=act)

    def append(self, events: Sequence[NewEvent]) -> list[Entry]:
        """Have these events appended in one transaction; return them with their positions."""
        self._permit(events)
        position = self._log.position()
        stamped = list(self._stamped(events))
        if stamped:
            self._append(stamped)
        return [
            Entry(position + n, new.originator_id, new.originator_version, new.event)
            for n, new in enumerate(stamped, 1)
        ]

    def append_undo(
        self,
        events: Sequence[NewEvent],
        *,
        reason: str,  # noqa: ARG002 - a turn on a server needs it
        ended: int,  # noqa: ARG002 - also this
    ) -> list[Entry]:
        """Append the events that undo an act of this handle, which ended at a position."""
        return self.append(events)

    def _stamped(self, events: Sequence[NewEvent]) -> Iterator[NewEvent]:
        """Yield events, each at least a second after the previous event of the same activity.

        Calendars tell two revisions of an entry apart by these times.
        """
        at = self._at
        lasts: dict[str, datetime | None] = {}
        for new in events:
            stream = new.originator_id
            if stream not in {CAMPAIGN, ROSTER}:
                if stream not in lasts and new.originator_version > 1:
                    lasts[stream] = self._log.last_at_of(stream)
                before = lasts.get(stream)
                if before is not None:
                    at = clock.next_of_stream(at, before, self._last)
                lasts[stream] = self._last = at
            yield new._replace(event=replace(new.event, at=at))
