"""When something happened, no more exactly than it was told."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Literal

from kalends.domain.errors import ImpossibleDateError, SpanError
from kalends.domain.value import Value, value

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

# An activity known only this coarsely stands in the history, not in a calendar.
COARSE: frozenset[Precision] = frozenset({"month", "quarter", "half-year", "year", "period"})


@value
class When(Value):
    """First and last day, and of those only as much as was said.

    `starts` and `ends` are clock times `HH:MM` in `zone`: `starts` on the first day, `ends` on the
    last. `begin` and `end` are the same as UTC instants, resolved once, when recorded; for a part
    of a day they are the campaign's office hours. `text` is what was typed.
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
        """Tell whether it is too coarse for a calendar."""
        return self.precision in COARSE


@value
class OfficeHours(Value):
    """For each part of a day, the hours `HH:MM-HH:MM` in which a calendar shows it."""

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
    """Return the time as it is.

    Raises `ImpossibleDateError` for a clock time that is not `HH:MM`, to 24:00; `SpanError` when
    it ends before it begins.
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
    return when


def resolved(when: When, zone: tzinfo, hours: OfficeHours) -> When:
    """Return the time with its UTC instants: none for whole days, office hours for a part.

    Raises what `checked` raises, and `ImpossibleDateError` beyond the first or last year.
    """
    try:
        return _resolved(checked(when), zone, hours)
    except OverflowError:
        part = f"{when.first_day} → {when.last_day}"
        raise ImpossibleDateError(text=when.text, part=part) from None


def _resolved(when: When, zone: tzinfo, hours: OfficeHours) -> When:
    if when.starts is not None:
        begin = _instant(when.first_day, when.starts, zone)
        end = None if when.ends is None else _instant(when.last_day, when.ends, zone)
        return replace(when, begin=begin, end=end)
    if when.part is not None:
        first, last = hours.of(when.part)
        last_day = when.last_day
        if last <= first:
            last_day += timedelta(days=1)
        return replace(
            when, begin=_instant(when.first_day, first, zone), end=_instant(last_day, last, zone)
        )
    return replace(when, begin=None, end=None)


def _instant(day: date, clock: str, zone: tzinfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)
