"""A date as people say it: the year only where it is another one than the reader's."""

from datetime import date

from kalends.words.catalogue import Message, Words
from kalends.words.dates import MONTHS, NAMED, PARTS, WEEKDAYS


def plain_when(  # noqa: PLR0913 - a When's own fields; this room does not know the domain
    words: Words,
    first_day: date,
    last_day: date,
    *,
    this_year: int,
    precision: str,
    part: str | None = None,
    starts: str | None = None,
    ends: str | None = None,
) -> str:
    """Return a time in words: `7月14日 周二 上午`, `Tue 14 July, morning`.

    The arguments are the fields of a `When`. What is known to a month or ten days is named as in
    `say_when`.
    """
    named = NAMED.get(precision)
    if named is not None and precision != "period":
        first, last = named(words, first_day), named(words, last_day)
        return first if first == last else f"{first} — {last}"
    if first_day == last_day:
        day = plain_day(words, first_day, this_year=this_year)
        return _with_time(words, day, part, starts, ends)
    if starts or ends:
        first = _with_time(words, plain_day(words, first_day, this_year=this_year), None, starts)
        last = _with_time(words, plain_day(words, last_day, this_year=this_year), None, ends)
        return f"{first} — {last}"
    span = _span(words, first_day, last_day, this_year)
    return _with_time(words, span, part)


def plain_day(words: Words, day: date, *, this_year: int) -> str:
    """Return a day with its weekday; the year where it is another than this one."""
    fields = {"weekday": WEEKDAYS[day.weekday()], "month": MONTHS[day.month - 1], "day": day.day}
    if day.year == this_year:
        return words.say("{weekday} {day} {month}", **fields)
    return words.say("{weekday} {day} {month} {year}", **fields, year=day.year)


def plain_clock(
    words: Words, part: str | None, starts: str | None, ends: str | None = None
) -> str:
    """Return the hours, else the part of the day, else nothing."""
    if starts or ends:
        return f"{starts or ''}–{ends}" if ends else str(starts)
    return "" if part is None else words.say(PARTS[part])


def _span(words: Words, first: date, last: date, this_year: int) -> str:
    """Return two days; the month once where it is one, the year once where it is one."""
    end = plain_day(words, last, this_year=this_year)
    if (first.year, first.month) == (last.year, last.month) and first.year == this_year:
        return words.say(
            "{first_weekday} {first} — {last_weekday} {last} {month}",
            first_weekday=WEEKDAYS[first.weekday()],
            first=first.day,
            last_weekday=WEEKDAYS[last.weekday()],
            last=last.day,
            month=MONTHS[first.month - 1],
        )
    return f"{plain_day(words, first, this_year=this_year)} — {end}"


def _with_time(
    words: Words, day: str, part: str | None, starts: str | None = None, ends: str | None = None
) -> str:
    clock = plain_clock(words, part, starts, ends)
    return words.say(Message("{day}, {clock}"), day=day, clock=clock) if clock else day


def plain_month(words: Words, day: date, *, this_year: int | None = None) -> str:
    """Return a month; the year where it is another than this one."""
    if day.year == this_year:
        return words.gettext(MONTHS[day.month - 1])
    return words.say("{month} {year}", month=MONTHS[day.month - 1], year=day.year)
