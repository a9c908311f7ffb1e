"""Converts moments to and from whole seconds since 1970 in UTC, as the views store them."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_from_seconds = datetime.fromtimestamp


def seconds_of(moment: datetime) -> int:
    """Return the whole seconds from the beginning of 1970 to an aware moment."""
    return (moment - _EPOCH) // _SECOND


def moment_of(seconds: int) -> datetime:
    """Return the UTC moment so many seconds after the beginning of 1970."""
    # A quarter of the time of the sum; some systems know no moments before 1970.
    return _from_seconds(seconds, UTC) if seconds >= 0 else _EPOCH + timedelta(seconds=seconds)
