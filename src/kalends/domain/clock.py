"""The machine's clock compared with the record: which time an event gets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from kalends.domain.errors import (
    ClockAheadError,
    ClockBeforeError,
    ClockError,
    ClockUnlikelyError,
)

_SLACK = timedelta(minutes=2)
_SECOND = timedelta(seconds=1)
# How far ahead of the clock the time of an event may be.
_MOST_AHEAD = timedelta(minutes=1)
# Ask about a clock this far ahead: no campaign office pauses for so long.
FAR = timedelta(days=366)
# Say so of a clock this far ahead, and go on: an office may have paused for so long.
NOTICEABLE = timedelta(days=90)

# A machine may have been set to the wrong zone when the program was installed.
_ZONES = timedelta(days=2)
# Nobody keeps a program unchanged for longer than this, and then begins a campaign.
_INSTALLED_FOR = timedelta(days=5 * 366)


def _utc() -> tzinfo:
    return UTC


def stamped_at(
    now: datetime, last: datetime | None, zone: Callable[[], tzinfo] = _utc
) -> datetime:
    """Return the time of an event appended now: never before the newest event.

    Raises `ClockError`, in the campaign's `zone`, when the clock is more than two minutes behind
    the record.
    """
    if last is None:
        return now
    if now < last - _SLACK:
        raise ClockError(now=_shown(now, zone()), last=_shown(last, zone()))
    return max(now, last)


def next_of_stream(at: datetime, before: datetime, last: datetime | None) -> datetime:
    """Return the time of an event whose stream has one at `before`: at least a second later.

    `at` is the earliest possible time and `last` the newest event's. A time from before the clock
    was corrected counts as no later than the correction.
    """
    return max(at, min(before, last or before) + _SECOND)


def seconds_to_wait(now: datetime, *, first: datetime, last: datetime) -> float:
    """Return how long to wait after stamping events from `first` to `last`; 0 for no wait.

    Several changes of one activity within a second get times in the future. Waiting keeps them
    close enough to the clock that it does not seem to be behind.
    """
    return max(0.0, min(last - now - _MOST_AHEAD, last - first).total_seconds())


def is_far_ahead(now: datetime, last: datetime, limit: timedelta = FAR) -> bool:
    """Return whether the clock is so far ahead of the newest event that it may be wrong."""
    return now - last >= limit


def check_ahead(
    now: datetime,
    last: datetime,
    newest: datetime | None,
    zone: Callable[[], tzinfo] = _utc,
    *,
    limit: timedelta = FAR,
) -> None:
    """Raise `ClockAheadError`, in the campaign's zone, for a clock far ahead of all activity."""
    trace = max(last, newest or last)
    if is_far_ahead(now, trace, limit):
        here = zone()
        raise ClockAheadError(
            now=_shown(now, here), last=_shown(last, here), newest=_shown(trace, here)
        )


def check_before(now: datetime, first: datetime, zone: Callable[[], tzinfo] = _utc) -> None:
    """Raise `ClockBeforeError` for a clock earlier than the first event."""
    if now < first:
        raise ClockBeforeError(now=_shown(now, zone()))


def check_likely(now: datetime, installed: datetime | None, zone: tzinfo) -> None:
    """Raise `ClockUnlikelyError` for a clock far from when the program was installed."""
    if installed is not None and not installed - _ZONES <= now <= installed + _INSTALLED_FOR:
        raise ClockUnlikelyError(now=_shown(now, zone), installed=_shown(installed, zone))


def _shown(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(" ", "seconds")
