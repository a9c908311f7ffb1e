"""Reads days that weekdays name as well: Mon 22 - Wed 24 June; this Saturday, 25 July."""

from datetime import timedelta
from functools import partial

from kalends.dates.date_resolution import DateContext, Point, Span, month_of
from kalends.dates.english_calendar import (
    MONTH,
    ORDINAL,
    WEEKDAY_BEGINS,
    month_number,
    weekday_number,
)
from kalends.dates.english_years import take_year
from kalends.dates.joining import Dated
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import SHORT_WEEKDAYS, WEEKDAYS, any_of
from kalends.domain.value import replace

_NAMES = any_of(*WEEKDAYS, *SHORT_WEEKDAYS)
_DAY = rf"(?:{_NAMES})(?![a-z'])"
NAMED_DAY = f"(?:the )?(?:{ORDINAL}(?: of)? )?{MONTH}"
# How many days from today the weekday may be: people mean different ones by this and next.
_WITHIN = {"last": (-13, -1), "this": (-6, 7), "next": (1, 13), "coming": (0, 7)}
_BOTH = (
    rf"(?P<one_day>{_DAY})\.?,? (?:the )?(?P<begins>{ORDINAL})"
    r"(?: ?[-~] ?| (?:to|until|till|through|(?P<and>and|&)) )(?:on )?"
    rf"(?P<other_day>{_DAY})\.?,? (?:the )?(?P<ends>{ORDINAL})(?: of)? {MONTH}"
)


def both_ends(scan: Scanner, context: DateContext) -> tuple[Dated, Dated] | None:
    """Read two weekdays with their numbers in one month, or return None and stay.

    Raises `UnreadableDateError` for two that do not follow each other: Mon 22 and Wed 24 June.
    """
    found = scan.take(_BOTH, WEEKDAY_BEGINS)
    if found is None:
        return None
    month, words = month_number(found["month"]), scan.typed(found)
    begins, ends = (int(found[end].rstrip("stndrh")) for end in ("begins", "ends"))
    if found["and"] and ends != begins + 1:
        raise scan.unreadable(words)
    year = take_year(scan, context)
    first, last = (
        Dated(
            point=Point(
                days=partial(month_of, month=month, first=number, last=number),
                precision="day",
                rule="en-month-day",
                year=year,
                words=words,
            ),
            weekdays=[(weekday_number(found[day]), scan.typed(found, day))],
        )
        for day, number in (("one_day", begins), ("other_day", ends))
    )
    return first, last


def near_today(day: Point, which: str, context: DateContext) -> Point:
    """Return a day of the calendar that is on none if last, this or next does not fit it."""
    first, last = (timedelta(days=days) for days in _WITHIN[which])

    def days(year: int) -> Span:
        span = day.days(year)
        if not first <= span[0] - context.today <= last:
            raise ValueError(which)
        return span

    return replace(day, days=days)
