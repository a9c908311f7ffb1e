"""The clock of the machine, held against the record: what an event may be stamped with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from kalends.domain.errors import ClockAheadError, ClockBeforeError, ClockError

_SLACK = timedelta(minutes=2)
_SECOND = timedelta(seconds=1)
# So far ahead of the clock stamps may run.
_MOST_AHEAD = timedelta(minutes=1)
# A clock so far ahead of everything is asked about: longer than a campaign office pauses.
_FAR = timedelta(days=366)


def _utc() -> tzinfo:
    return UTC


def stamped_at(
    now: datetime, last: datetime | None, zone: Callable[[], tzinfo] = _utc
) -> datetime:
    """Return when an event appended now is recorded: never before the newest one.

    Raises `ClockError`, in the campaign's `zone`, when the clock is more than two minutes behind
    the record.
    """
    if last is None:
        return now
    if now < last - _SLACK:
        raise ClockError(now=_shown(now, zone()), last=_shown(last, zone()))
    return max(now, last)


def next_of_stream(at: datetime, before: datetime, last: datetime | None) -> datetime:
    """Return the stamp of an event whose stream was stamped with `before`: a second after it.

    `at` is the earliest that it can be, `last` the newest event's: a stamp from before the clock
    was set right counts as no later than that.
    """
    return max(at, min(before, last or before) + _SECOND)


def seconds_to_wait(now: datetime, *, first: datetime, last: datetime) -> float:
    """Return how long to wait where stamps ran from `first` on to `last`, 0 for not at all.

    So many changes of one activity within a second neither share a stamp nor run so far ahead
    that the clock seems to be behind.
    """
    return max(0.0, min(last - now - _MOST_AHEAD, last - first).total_seconds())


def is_far_ahead(now: datetime, last: datetime) -> bool:
    """Tell whether a clock is so far ahead of the newest event that it may be wrong."""
    return now - last >= _FAR


def check_ahead(
    now: datetime, last: datetime, newest: datetime | None, zone: Callable[[], tzinfo] = _utc
) -> None:
    """Raise `ClockAheadError`, in the campaign's zone, for a clock far ahead of every trace."""
    trace = max(last, newest or last)
    if is_far_ahead(now, trace):
        here = zone()
        raise ClockAheadError(
            now=_shown(now, here), last=_shown(last, here), newest=_shown(trace, here)
        )


def check_before(now: datetime, first: datetime, zone: Callable[[], tzinfo] = _utc) -> None:
    """Raise `ClockBeforeError` for a clock that is earlier than the first event."""
    if now < first:
        raise ClockBeforeError(now=_shown(now, zone()))


def _shown(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(" ", "seconds")
