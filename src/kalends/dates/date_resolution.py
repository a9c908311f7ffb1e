"""Works out the days that are meant: a missing year, short months, weeks from Monday."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from kalends.dates.scanner import Scanner
from kalends.domain.campaign_settings import Language, Period
from kalends.domain.errors import WrongWeekdayError
from kalends.domain.value import Value
from kalends.domain.when import OfficeHours, Part, Precision, When

Span = tuple[date, date]

EVENING, _DAWN = "18:00", "06:00"
_HALF_A_MONTH, _LATE = 15, 21
_FEBRUARY, _SHORT_MONTHS = 2, frozenset((4, 6, 9, 11))


class DateContext(Value):
    """What a phrase is read against.

    `now` is aware, in the campaign's `zone`. A year that was not written is the one that brings
    the date into the campaign's `period`, or next to it; without a period it is the year of `now`.
    Relative words (去年, 昨天, last week) always count from `now`. In the `language` en, 3/11 may
    be either of two days. No phrase is read against `office_hours`: they say when a part of a day
    begins.
    """

    now: datetime
    zone: str
    period: Period | None = None
    language: Language = "zh"
    office_hours: OfficeHours = OfficeHours()

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()


class Reading(Value):
    """What was read, and the rule that read it: a short stable name like `zh-month-day`."""

    when: When
    rule: str


class Point(Value):
    """One date as it was said: the days it names in a year, and the year if that was written.

    `days` raises `ValueError` for what is on no calendar and `LookupError` for what nobody can
    tell. `loose`: it may be the beginning of a name (八一, 周一), so in a sentence a word must end
    behind it. `of_winter`: a day of the moon that one year may lack and another have twice.
    """

    days: Callable[[int], Span]
    precision: Precision
    rule: str
    year: int | None = None
    part: Part | None = None
    starts: str | None = None
    loose: bool = False
    of_winter: bool = False
    words: str = ""


class Hours(Value):
    """What was said about the time of day: a part of it, or clock times `HH:MM`.

    `next_day`: the end is on the day after. `words` is what was typed.
    """

    part: Part | None = None
    starts: str | None = None
    ends: str | None = None
    next_day: bool = False
    words: str = ""


class Found(Value):
    """A phrase understood, ready to become a `When`."""

    span: Span
    precision: Precision
    rule: str
    hours: Hours = Hours()


def fixed(first: date, last: date | None = None, *, precision: Precision, rule: str) -> Point:
    """Return the point of days that are known already."""
    span = (first, first if last is None else last)
    return Point(days=lambda _: span, year=first.year, precision=precision, rule=rule)


def span_in(scan: Scanner, point: Point, context: DateContext, year: int | None = None) -> Span:
    """Return the days meant, in `year` if it is given and none was written.

    Raises `ImpossibleDateError` for no such day, `VagueDateError` where nobody can tell.
    """
    year = year if point.year is None else point.year
    try:
        if year is None:
            return _year_within_campaign(scan, point, context)
        return point.days(year)
    except LookupError:
        raise scan.vague(point.words) from None
    except (ValueError, OverflowError):
        raise scan.impossible(point.words) from None


def _year_within_campaign(scan: Scanner, point: Point, context: DateContext) -> Span:
    period, today = context.period, context.today
    if period is None:
        return point.days(today.year)
    spans: list[Span] = []
    beside = int(point.of_winter)  # 腊月 of the last year of a campaign is in January after it
    for year in range(period.first_day.year - beside, period.last_day.year + beside + 1):
        try:
            spans.append(point.days(year))
        except (LookupError, ValueError):
            continue
    if not spans:
        return point.days(period.first_day.year)  # raises, as it did

    def rank(span: Span) -> tuple[int, bool, int]:
        outside = max((period.first_day - span[1]).days, (span[0] - period.last_day).days, 0)
        return outside, span[0].year != today.year, abs((span[0] - today).days)

    likely, *others = sorted(spans, key=rank)
    if point.of_winter and rank(likely)[0]:
        if not others:
            raise scan.vague(point.words)
        first, second = (day.isoformat() for day, _ in sorted((likely, others[0])))
        raise scan.either(point.words, first, second)
    return likely


def check_weekday(scan: Scanner, day: date, weekday: int, words: str) -> None:
    """Raise `WrongWeekdayError` unless the day is that weekday (0 is Monday)."""
    if day.weekday() != weekday:
        raise WrongWeekdayError(text=scan.said, day=day.isoformat(), part=words)


def month_of(year: int, month: int, first: int = 1, last: int | None = None) -> Span:
    """Return a month, or of it the days from `first` to `last`; `ValueError` if there are none."""
    start = date(year, month, first)
    return start, date(year, month, _length(year, month) if last is None else last)


def _length(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == _FEBRUARY:
        return 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 30 if month in _SHORT_MONTHS else 31


def months_of(year: int, first: int, last: int) -> Span:
    """Return all the days from the first month to the last of a year."""
    return date(year, first, 1), month_of(year, last)[1]


def months_on(day: date, months: int) -> date:
    """Return the day some months on; in a shorter month, its last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, month_of(years, month + 1)[1].day))


def week_of(day: date, weeks: int = 0) -> Span:
    """Return the week of a day, Monday to Sunday, or one that many weeks on."""
    monday = day + timedelta(days=7 * weeks - day.weekday())
    return monday, monday + timedelta(days=6)


def weekday_of(day: date, weekday: int, weeks: int = 0) -> date:
    """Return a weekday (0 is Monday) of the week of a day, or of one that many weeks on."""
    return week_of(day, weeks)[0] + timedelta(days=weekday)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """Return the first, second … weekday of a month; `ValueError` if it has not so many.

    A `count` below zero counts from the end: -1 is the last.
    """
    first, last = month_of(year, month)
    if count < 0:
        return date(year, month, last.day - (last.weekday() - weekday) % 7 + 7 * (count + 1))
    return date(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (count - 1))


def no_more_exact(day: date, *, days: int, months: int, rule: str) -> Point:
    """Return the day some units on, no more exactly than the unit of `days` or `months` is.

    Days are counted to the day. Two weeks ago is a week, a month ago a month, and half a month
    ago ten days: nobody who says so names one day.
    """
    if months:
        return fixed(*months_of(day.year, day.month, day.month), precision="month", rule=rule)
    if days == _HALF_A_MONTH:
        first = (min(day.day, _LATE) - 1) // 10 * 10 + 1
        third = month_of(day.year, day.month, first, first + 9 if first < _LATE else None)
        return fixed(*third, precision="ten-days", rule=rule)
    if days > 1:
        return fixed(*week_of(day), precision="week", rule=rule)
    return fixed(day, precision="day", rule=rule)


def runs_overnight(starts: str, ends: str, *, from_clock: str = EVENING) -> bool:
    """Return whether clock times can only mean an end on the next day: 22:00-01:00.

    They begin at `from_clock` or later and end by six in the morning; 14:00-13:00 is a slip.
    """
    return ends <= _DAWN and starts >= from_clock
