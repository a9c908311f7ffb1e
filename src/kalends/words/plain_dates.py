"""A date as people say it: the year only where it is another one than the reader's."""

from datetime import date

from kalends.words.catalogue import Message, Words
from kalends.words.dates import MONTHS, NAMED, PARTS, WEEKDAYS

# Of a longer span nobody asks for the weekdays.
_FEW = 7
# In the reader's year, and in another one.
_IN_A_MONTH = (
    Message("{first_weekday} {first} — {last_weekday} {last} {month}"),
    Message("{first_weekday} {first} — {last_weekday} {last} {month} {year}"),
)
_IN_TWO_MONTHS = (
    Message("{first_weekday} {first} {first_month} — {last_weekday} {last} {month}"),
    Message("{first_weekday} {first} {first_month} — {last_weekday} {last} {month} {year}"),
)
_LONG_IN_A_MONTH = (
    Message("{first} — {last} {month}"),
    Message("{first} — {last} {month} {year}"),
)
_LONG_IN_TWO_MONTHS = (
    Message("{first} {first_month} — {last} {month}"),
    Message("{first} {first_month} — {last} {month} {year}"),
)


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
    """Return two days: weekdays where they are near, month and year once where they are one."""
    is_short = (last - first).days < _FEW
    fields = {
        "first_weekday": WEEKDAYS[first.weekday()],
        "first": first.day,
        "first_month": MONTHS[first.month - 1],
        "last_weekday": WEEKDAYS[last.weekday()],
        "last": last.day,
        "month": MONTHS[last.month - 1],
        "year": last.year,
    }
    if first.year != last.year:
        return f"{plain_day(words, first, this_year=0)} — {plain_day(words, last, this_year=0)}"
    is_here = last.year == this_year
    if first.month == last.month:
        templates = _IN_A_MONTH if is_short else _LONG_IN_A_MONTH
    else:
        templates = _IN_TWO_MONTHS if is_short else _LONG_IN_TWO_MONTHS
    return words.say(templates[not is_here], **fields)


def _with_time(
    words: Words, day: str, part: str | None, starts: str | None = None, ends: str | None = None
) -> str:
    clock = plain_clock(words, part, starts, ends)
    return words.say("{day}, {clock}", day=day, clock=clock) if clock else day


def plain_month(words: Words, day: date, *, this_year: int | None = None) -> str:
    """Return a month; the year where it is another than this one."""
    if day.year == this_year:
        return words.gettext(MONTHS[day.month - 1])
    return words.say("{month} {year}", month=MONTHS[day.month - 1], year=day.year)


def plain_months(words: Words, first: date, last: date) -> str:
    """Return from which month to which; the year once where it is the same."""
    if first.year != last.year:
        return f"{plain_month(words, first)} — {plain_month(words, last)}"
    if first.month == last.month:
        return plain_month(words, last)
    fields = {"first": MONTHS[first.month - 1], "last": MONTHS[last.month - 1]}
    return words.say("{first} — {last} {year}", **fields, year=last.year)
