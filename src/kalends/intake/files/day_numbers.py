"""Days and hours as spreadsheets count them: numbers of days, and fractions of a day."""

from datetime import datetime, timedelta

# Spreadsheets store a day as the number of days after this one; those of old Macs begin later.
_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
_OLD_MAC_DAY_0 = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no zone
_FIRST, _LAST = 20_000, 80_000


def is_day(number: float) -> bool:
    """Return whether a number may be a day of these decades."""
    return _FIRST <= number < _LAST


def is_hour(number: float) -> bool:
    """Return whether a number is a fraction of a day."""
    return 0 <= number < 1


def day_of(number: float) -> datetime:
    """Return the day, and the time of day, that a number stands for."""
    return _DAY_0 + timedelta(days=number)


def readings_of(number: float) -> tuple[str, str]:
    """Return the two days that a number may stand for, by the two ways to count."""
    days = (day_zero + timedelta(days=number) for day_zero in (_DAY_0, _OLD_MAC_DAY_0))
    first, second = (f"{day:%Y-%m-%d}" for day in days)
    return first, second


def hour_of(number: float) -> str:
    """Return a fraction of a day as hour and minute, rounded."""
    return f"{_DAY_0 + timedelta(days=number, seconds=30):%H:%M}"
