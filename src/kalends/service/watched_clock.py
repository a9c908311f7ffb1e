"""The machine's clock, compared with the record before an event gets its time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from kalends.domain import clock
from kalends.domain.errors import ClockAheadError, ClockBeforeError, KalendsError


class WatchedClock:
    """A clock that may be wrong.

    `now` reads the clock (aware); `zone` is the campaign's, for the times in errors. `newest`
    returns the time of the newest trace of work on this machine. `sure` asks whether a doubtful
    clock is right, given the error to raise if it is not; `noticed` is called for a clock that is
    odd, and believed. `pause` waits for some seconds.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        zone: Callable[[], tzinfo] = lambda: UTC,
        newest: Callable[[], datetime | None] = lambda: None,
        sure: Callable[[KalendsError], bool] = lambda _: True,
        noticed: Callable[[KalendsError], object] = lambda _: None,
        pause: Callable[[float], object] = lambda _: None,
    ) -> None:
        """Take the clock, and what is known about its time."""
        self._now = now
        self._newest = newest
        self._is_sure = sure
        self.noticed = noticed
        self._pause = pause
        self._zone = zone

    def now(self) -> datetime:
        """Return the current time in UTC, in whole seconds."""
        return self._now().astimezone(UTC).replace(microsecond=0)

    def stamp(self, now: datetime, last: datetime | None) -> datetime:
        """Return when an event appended now is recorded; `last` is the newest event's time.

        Raises `ClockError` for a clock that is more than two minutes behind the record.
        """
        return clock.stamped_at(now, last, self._zone)

    def doubt(self, now: datetime, last: datetime | None) -> ClockAheadError | None:
        """Return why the clock is doubtful: it is far ahead of every trace of work here."""
        return self._ahead(now, last, clock.FAR)

    def oddity(self, now: datetime, last: datetime | None) -> ClockAheadError | None:
        """Return what is odd about the clock, if it is not doubtful: it is months ahead."""
        return self._ahead(now, last, clock.NOTICEABLE)

    def _ahead(
        self, now: datetime, last: datetime | None, limit: timedelta
    ) -> ClockAheadError | None:
        if last is None or not clock.is_far_ahead(now, last, limit):
            return None
        try:
            clock.check_ahead(now, last, self._newest(), self._zone, limit=limit)
        except ClockAheadError as doubt:
            return doubt
        return None

    def confirm(self, doubt: KalendsError) -> None:
        """Ask whether it is right anyway; raise the doubt unless somebody is sure."""
        if not self._is_sure(doubt):
            raise doubt

    def confirm_not_before(self, now: datetime, first: datetime) -> None:
        """Ask about a clock that is earlier than the first event."""
        try:
            clock.check_before(now, first, self._zone)
        except ClockBeforeError as doubt:
            self.confirm(doubt)

    def wait(self, first: datetime, last: datetime) -> None:
        """Wait after events with times from `first` to `last`; see `clock.seconds_to_wait`."""
        seconds = clock.seconds_to_wait(self._now(), first=first, last=last)
        if seconds:
            self._pause(seconds)
