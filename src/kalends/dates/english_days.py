"""Reads a day in English, from the calendar or counted from today: next Friday, 3 days ago."""

from collections.abc import Callable
from datetime import date, timedelta

from kalends.dates.date_resolution import (
    DateContext,
    Point,
    Span,
    fixed,
    month_of,
    months_of,
    months_on,
    no_more_exact,
    week_of,
    weekday_of,
)
from kalends.dates.english_calendar import (
    ORDINAL,
    THIRD,
    THIRD_BEGINS,
    WEEKDAY,
    WEEKDAY_BEGINS,
    calendar,
    day_of_month,
    third_of,
    weekday_number,
)
from kalends.dates.english_day_words import day_in_words
from kalends.dates.numeric import numeric
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import COUNTS, DAYS_NEAR, UNITS, WHICH, any_of
from kalends.domain.value import replace

Rule = Callable[[Scanner, DateContext], Point | None]

_NUMBERS = {"a": 1, "an": 1} | {word: count for count, word in enumerate(COUNTS, 1)}
_COUNT = f"([0-9]{{1,3}}|{'|'.join(COUNTS)}|an?) ({'|'.join(UNITS)})s?"
_COUNT_BEGINS = "0123456789otfsena"
_SHORT = ("sun", "sat", "wed", "mon")  # alone, these are as well something else


def point(scan: Scanner, context: DateContext) -> Point | None:
    """Read one date, without time of day, or stay and return None.

    Raises `UnreadableDateError` for what begins like one but is not clear.
    """
    rules = (
        numeric,
        day_in_words,
        calendar,
        _relative_day,
        _offset,
        _weekday,
        _day_of_month,
        _week_of,
        _span,
    )
    return _first_of(scan, context, rules)


def calendar_day(scan: Scanner, context: DateContext) -> Point | None:
    """Read a day that the calendar names, as it stands beside a weekday: July 14, 2020-07-14."""
    return _first_of(scan, context, (numeric, day_in_words, day_of_month, _day_of_month))


def _first_of(scan: Scanner, context: DateContext, rules: tuple[Rule, ...]) -> Point | None:
    start = scan.at
    for rule in rules:
        found = rule(scan, context)
        if found is not None:
            return replace(found, words=scan.words(start))
        scan.at = start
    return None


def _relative_day(scan: Scanner, context: DateContext) -> Point | None:
    found = scan.take(f"(?:the )?({any_of(*DAYS_NEAR)})(?![a-z'])", "tydl2")
    if found is None:
        return None
    days, part = DAYS_NEAR[found[1]]
    day = context.today + timedelta(days=days)
    return replace(fixed(day, precision="day", rule="en-relative-day"), part=part)


def _offset(scan: Scanner, context: DateContext) -> Point | None:
    """Read 3 days ago, in two weeks (a week), a month from now (a month), two weeks from today."""
    if found := scan.take(f"in {_COUNT}(?:(?:'s|')? time)?(?![a-z'])", "i"):
        sign = 1
    elif found := scan.take(f"{_COUNT} (ago|from (?:now|today)|hence)(?![a-z'])", _COUNT_BEGINS):
        sign = -1 if found[3] == "ago" else 1
    else:
        return None
    count = sign * (_NUMBERS.get(found[1]) or int(found[1]))
    days, months = UNITS[found[2]]
    day = months_on(context.today, count * months) + timedelta(days=count * days)
    if found[2] == "year":
        return fixed(*months_of(day.year, 1, 12), precision="year", rule="en-offset")
    if found.re.groups > 2 and found[3].endswith("today"):  # noqa: PLR2004 - its third group
        return fixed(day, precision="day", rule="en-offset")
    return no_more_exact(day, days=days, months=months, rule="en-offset")


def _weekday(scan: Scanner, context: DateContext) -> Point | None:
    """Read a weekday: of this week if alone, of the week after or before with next or last."""
    behind = None
    if found := scan.take(
        f"(last|this|next|coming) (?:(?<!coming )week (?:on )?)?{WEEKDAY}", "ltnc"
    ):
        weeks = WHICH[found[1]]
    elif found := scan.take(WEEKDAY, WEEKDAY_BEGINS):
        behind = scan.take("(?:of )?(last|this|next) week(?![a-z'])", "oltn")
        weeks = WHICH[behind[1]] if behind else 0
    else:
        return None
    day = weekday_of(context.today, weekday_number(found["weekday"]), weeks)
    if found[1] == "coming" and day <= context.today:
        day += timedelta(days=7)
    bare = found.re.groups == 1 and behind is None
    if bare and scan.text in _SHORT:
        return None
    return replace(fixed(day, precision="day", rule="en-weekday"), loose=bare)


def _day_of_month(scan: Scanner, context: DateContext) -> Point | None:
    """Read the 15th, 10th of next month."""
    found = scan.take(
        f"(?:the )?({ORDINAL})(?: of (last|this|next|the) month)?(?![a-z])", "t0123456789"
    )
    if found is None or (found[2] is None and found[1].isdecimal()):
        return None
    month = months_on(context.today.replace(day=1), WHICH[found[2] or "this"])
    day = int(found[1].rstrip("stndrh"))
    return Point(
        days=lambda year: month_of(year, month.month, day, day),
        precision="day",
        rule="en-day",
        year=month.year,
        loose=found[2] is None,
    )


def _span(scan: Scanner, context: DateContext) -> Point | None:
    """Read a week, weekend, month or quarter counted from this one, or the end of a month."""
    today = context.today
    if found := scan.take(f"{THIRD}(?:(last|this|next|the) )?month(?![a-z'])", THIRD_BEGINS):
        month = months_on(today.replace(day=1), WHICH[found[3] or "the"])
        days = month_of(month.year, month.month, *third_of(found))
        read = fixed(*days, precision="ten-days", rule="en-part-of-month")
        return replace(read, loose=found[3] is None)  # “End of month report” is a title
    if found := scan.take("(last|this|next) month(?![a-z'])", "ltn"):
        month = months_on(today.replace(day=1), WHICH[found[1]])
        return fixed(
            *month_of(month.year, month.month), precision="month", rule="en-relative-month"
        )
    if found := scan.take("(?:the )?week (before last|after next)(?![a-z'])", "tw"):
        weeks = -2 if found[1] == "before last" else 2
        return fixed(*week_of(today, weeks), precision="week", rule="en-week")
    if found := scan.take("(last|this|next) (week|weekend|quarter)(?![a-z'])", "ltn"):
        return _relative(context, WHICH[found[1]], found[2])
    return None


def _week_of(scan: Scanner, context: DateContext) -> Point | None:
    """Read the week in which a day is: week of 19 October; or its weekend, of one or both days."""
    found = scan.take(
        "(?:in |on |during )?(?:the )?(?:w/[cb]|(?:week|wk|(weekend)) (?:of|commencing|beginning"
        "|starting)) (?:on )?(?:the )?",
        "iodtw",
    )
    weekday = scan.take(WEEKDAY, WEEKDAY_BEGINS) if found else None
    day = calendar_day(scan, context) if found else None
    if found is None or day is None or day.precision not in {"day", found[1] and "days"}:
        return None
    if weekday is not None:
        day = _on_weekday(day, weekday_number(weekday["weekday"]))
    if found[1]:
        return replace(
            day,
            days=lambda year: _weekend_of(*day.days(year)),
            precision="days",
            rule="en-weekend",
        )
    return replace(
        day, days=lambda year: week_of(day.days(year)[0]), precision="week", rule="en-week"
    )


def _on_weekday(day: Point, number: int) -> Point:
    """Return a day that is on no calendar if it falls on another weekday."""

    def days(year: int) -> Span:
        span = day.days(year)
        if span[0].weekday() != number:
            raise ValueError(number)
        return span

    return replace(day, days=days)


def _weekend_of(first: date, last: date) -> Span:
    """Return the weekend that a day is in; `ValueError` for a weekday, or more than both days."""
    saturday = weekday_of(first, 5)
    if not saturday <= first <= last <= saturday + timedelta(days=1):
        raise ValueError
    return saturday, saturday + timedelta(days=1)


def _relative(context: DateContext, count: int, unit: str) -> Point:
    if unit == "quarter":
        start = months_on(context.today.replace(day=1), 3 * count)
        first = (start.month - 1) // 3 * 3 + 1
        span = months_of(start.year, first, first + 2)
        return fixed(*span, precision="quarter", rule="en-relative-quarter")
    first_day, last_day = week_of(context.today, count)
    if unit == "weekend":
        saturday = first_day + timedelta(days=5)
        return fixed(saturday, last_day, precision="days", rule="en-weekend")
    return fixed(first_day, last_day, precision="week", rule="en-week")
