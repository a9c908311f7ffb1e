"""When something happened, no more exactly than people said."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Literal

from kalends.domain.errors import ImpossibleDateError, SpanError
from kalends.domain.value import Value, replace

Precision = Literal[
    "minute",
    "part",
    "day",
    "days",
    "ten-days",
    "week",
    "month",
    "quarter",
    "half-year",
    "year",
    "period",
]
Part = Literal["night", "morning", "noon", "afternoon", "evening"]
Clock = Annotated[str, "HH:MM, to 24:00"]
PARTS: tuple[Part, ...] = ("night", "morning", "noon", "afternoon", "evening")

_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_MIDNIGHT = "24:00"  # the end of a day: no clock shows it, but everybody knows it
_STAMP = "%Y-%m-%dT%H:%M:%SZ"

# An activity this vague is in the history but not in a calendar.
COARSE: frozenset[Precision] = frozenset({"month", "quarter", "half-year", "year", "period"})


class When(Value):
    """The first and last day, and the time of day if one was given.

    `starts` and `ends` are clock times `HH:MM` in `zone`: `starts` on the first day, `ends` on the
    last. `begin` and `end` are the same as UTC instants, resolved once, when the activity is
    recorded; for a part of a day they are the campaign's office hours. `text` is what was typed.
    """

    first_day: date
    last_day: date
    precision: Precision
    zone: str
    text: str
    part: Part | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    begin: datetime | None = None
    end: datetime | None = None

    @property
    def is_coarse(self) -> bool:
        """Return whether it is too coarse for a calendar."""
        return self.precision in COARSE


class OfficeHours(Value):
    """The hours `HH:MM-HH:MM` at which a calendar shows each part of a day."""

    night: str = "00:00-06:00"
    morning: str = "08:30-11:30"
    noon: str = "11:30-13:30"
    afternoon: str = "13:30-17:00"
    evening: str = "18:00-21:00"

    def of(self, part: Part) -> tuple[str, str]:
        """Return the first and last clock time of a part, `HH:MM` each."""
        hours: str = getattr(self, part)
        first, last = hours.split("-")
        return first, last


def checked(when: When) -> When:
    """Return the time unchanged.

    Raises `ImpossibleDateError` for a clock time that is not `HH:MM`, up to 24:00, and `SpanError`
    when it ends before it begins, by the clock or by its instants.
    """
    for clock in (when.starts, when.ends):
        if clock is not None and not _CLOCK.fullmatch(clock):
            raise ImpossibleDateError(text=when.text, part=clock)
    if when.last_day < when.first_day:
        raise SpanError(detail=f"{when.first_day} → {when.last_day}")
    if (
        when.first_day == when.last_day
        and when.starts is not None
        and when.ends is not None
        and when.ends <= when.starts
    ):
        raise SpanError(detail=f"{when.starts} → {when.ends}")
    if when.begin is not None and when.end is not None and when.end <= when.begin:
        raise SpanError(detail=f"{when.begin:{_STAMP}} → {when.end:{_STAMP}}")
    return when


def sound(when: When, zone: str) -> When:
    """Return the time unchanged if it is one that a phrase can mean in the campaign's zone.

    Raises `ImpossibleDateError` if its parts do not fit each other, and what `checked` raises.
    """
    has_part, has_clock = when.part is not None, when.starts is not None
    fits = (
        (when.zone, when.zone == zone),
        (when.part or when.precision, has_part == (when.precision == "part")),
        (when.starts or when.precision, has_clock == (when.precision == "minute")),
        (f"{when.ends}", has_clock or when.ends is None),
        (f"{when.last_day}", when.precision != "day" or when.first_day == when.last_day),
    )
    for part, is_right in fits:
        if not is_right:
            raise ImpossibleDateError(text=when.text, part=part)
    return checked(replace(when, begin=None, end=None))


def shown(when: When, zone: tzinfo) -> When:
    """Return the time unchanged if clocks and calendars of the zone show it.

    Raises `ImpossibleDateError` for a clock time that is skipped when clocks go forward, and for a
    day that is skipped whole (30 December 2011 in Samoa). A time that comes twice, when clocks go
    back, means the first.
    """
    try:
        for day, clock in ((when.first_day, when.starts), (when.last_day, when.ends)):
            if clock is None or clock == _MIDNIGHT:
                # A skipped day within a longer span is fine: nobody named it.
                if when.first_day == when.last_day and _is_skipped(day, zone):
                    raise ImpossibleDateError(text=when.text, part=f"{day}")
            elif not _is_shown(datetime.combine(day, time.fromisoformat(clock)), zone):
                raise ImpossibleDateError(text=when.text, part=f"{day} {clock}")
    except OverflowError:
        raise _beyond(when) from None
    return when


def comes_twice(when: When, zone: tzinfo) -> str | None:
    """Return the clock time of `starts` or `ends` that occurs twice in the zone, or None."""
    for day, clock in ((when.first_day, when.starts), (when.last_day, when.ends)):
        if clock is None or clock == _MIDNIGHT:
            continue
        moment = datetime.combine(day, time.fromisoformat(clock), zone)
        first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
        if first is not None and second is not None and first > second:
            return f"{day} {clock}"
    return None


def resolved(when: When, zone: tzinfo, hours: OfficeHours) -> When:
    """Return the time with its UTC instants: none for whole days, office hours for a part.

    Raises what `checked` and `shown` raise, and `ImpossibleDateError` outside the years 1 to 9999.
    """
    unresolved = shown(checked(replace(when, begin=None, end=None)), zone)
    try:
        return checked(_resolved(unresolved, zone, hours))
    except OverflowError:
        raise _beyond(when) from None


def _beyond(when: When) -> ImpossibleDateError:
    return ImpossibleDateError(text=when.text, part=f"{when.first_day} → {when.last_day}")


def _resolved(when: When, zone: tzinfo, hours: OfficeHours) -> When:
    if when.starts is not None:
        begin = _instant(when.first_day, when.starts, zone)
        end = None if when.ends is None else _instant(when.last_day, when.ends, zone)
        return replace(when, begin=begin, end=end)
    if when.part is not None:
        return _in_hours(when, zone, *hours.of(when.part))
    return when


def _in_hours(when: When, zone: tzinfo, first: Clock, last: Clock) -> When:
    """Return the time with the instants of its office hours, even where a clock change falls."""
    last_day = when.last_day
    if last <= first:
        last_day += timedelta(days=1)
    begin, end = _instant(when.first_day, first, zone), _instant(last_day, last, zone)
    if end <= begin:  # clocks went forward within them: keep their usual length
        end = begin + (_instant(last_day, last, UTC) - _instant(when.first_day, first, UTC))
    return replace(when, begin=begin, end=end)


def _instant(day: date, clock: Clock, zone: tzinfo) -> datetime:
    if clock == _MIDNIGHT:
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def _is_shown(local: datetime, zone: tzinfo) -> bool:
    """Return whether the zone's clocks ever show a local time."""
    there = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) == local


def _is_skipped(day: date, zone: tzinfo) -> bool:
    """Return whether the zone skips a whole day."""
    return not any(_is_shown(datetime.combine(day, time(hour, 59)), zone) for hour in (12, 0, 23))
