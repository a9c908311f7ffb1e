"""A date as Kalends repeats it: with its weekday, and no more exactly than it was given."""

from collections.abc import Callable
from datetime import date, timedelta

from kalends.words.catalogue import Message, Words

WEEKDAYS = (
    Message("Mon"),
    Message("Tue"),
    Message("Wed"),
    Message("Thu"),
    Message("Fri"),
    Message("Sat"),
    Message("Sun"),
)
MONTHS = (
    Message("January"),
    Message("February"),
    Message("March"),
    Message("April"),
    Message("May"),
    Message("June"),
    Message("July"),
    Message("August"),
    Message("September"),
    Message("October"),
    Message("November"),
    Message("December"),
)
_TEN_DAYS = (
    Message("early {month} {year}"),
    Message("mid-{month} {year}"),
    Message("late {month} {year}"),
)
_QUARTERS = (
    Message("Q1 {year}"),
    Message("Q2 {year}"),
    Message("Q3 {year}"),
    Message("Q4 {year}"),
)
_HALVES = (Message("first half of {year}"), Message("second half of {year}"))
PARTS = {
    "night": Message("before dawn"),
    "morning": Message("morning"),
    "noon": Message("noon"),
    "afternoon": Message("afternoon"),
    "evening": Message("evening"),
}


def say_when(  # noqa: PLR0913 - a When's own fields; this room does not know the domain
    words: Words,
    first_day: date,
    last_day: date,
    *,
    precision: str,
    part: str | None = None,
    starts: str | None = None,
    ends: str | None = None,
) -> str:
    """Return a time as people read it, as precise as it was given.

    The arguments are the fields of a `When`; clock times are `HH:MM`, `starts` on the first day
    and `ends` on the last.
    """
    named = NAMED.get(precision, say_day)
    first, last = named(words, first_day), named(words, last_day)
    if first == last:
        clock = (starts or "") + (f"–{ends}" if ends else "")
        return _spaced(first, None if starts else _part(words, part), clock)
    span = f"{_spaced(first, starts)} — {_spaced(last, ends)}"
    return _spaced(span, None if starts else _part(words, part))


def say_day(words: Words, day: date) -> str:
    """Return a day with its weekday."""
    return words.say("{weekday} {day}", weekday=WEEKDAYS[day.weekday()], day=day)


def _week(words: Words, day: date) -> str:
    monday = day - timedelta(days=day.weekday())
    return words.say("week of {day}", day=say_day(words, monday))


def _ten_days(words: Words, day: date) -> str:
    third = min((day.day - 1) // 10, 2)
    return words.say(_TEN_DAYS[third], month=MONTHS[day.month - 1], year=day.year)


def _month(words: Words, day: date) -> str:
    return words.say("{month} {year}", month=MONTHS[day.month - 1], year=day.year)


def _quarter(words: Words, day: date) -> str:
    return words.say(_QUARTERS[(day.month - 1) // 3], year=day.year)


def _half_year(words: Words, day: date) -> str:
    return words.say(_HALVES[(day.month - 1) // 6], year=day.year)


def _year(words: Words, day: date) -> str:
    return words.say("{year}", year=day.year)


def _bare_day(_: Words, day: date) -> str:
    return day.isoformat()


# How each precision is named that is not shown as days with their weekdays.
NAMED: dict[str, Callable[[Words, date], str]] = {
    "ten-days": _ten_days,
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "half-year": _half_year,
    "year": _year,
    "period": _bare_day,
}


def _part(words: Words, part: str | None) -> str | None:
    return None if part is None else words.say(PARTS[part])


def _spaced(*texts: str | None) -> str:
    return " ".join(text for text in texts if text)
