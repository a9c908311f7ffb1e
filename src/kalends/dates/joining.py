"""Joins dates to ranges, and checks what must agree with a date."""

from collections.abc import Iterable
from datetime import timedelta

from kalends.dates.date_resolution import (
    DateContext,
    Found,
    Hours,
    Point,
    Span,
    check_weekday,
    span_in,
)
from kalends.dates.scanner import Scanner
from kalends.domain.errors import SpanError
from kalends.domain.patterns import Pattern
from kalends.domain.when import Precision

EACH_DAY = "each-day"  # a rule: the hours are those of each day; a record keeps them in its words
_DOTTED = Pattern(r"[0-9]{1,2}\.[0-9]{2}")
_LONGEST_ROLL = timedelta(days=200)  # 12月30日至1月2日 turns the year, 8月2日至7月23日 is a slip


class Dated:
    """One end of a phrase: the date, the time of day, and what must agree with the date.

    `end` is where it ends, if a word must end there too in a sentence. `inherits`: it goes on from
    the date before it, as 24日 does in 7月23日至24日.
    """

    __slots__ = ("end", "hours", "inherits", "point", "same", "weekdays")

    def __init__(
        self,
        *,
        point: Point,
        weekdays: Iterable[tuple[int, str]] = (),
        end: int = 0,
        inherits: bool = False,
    ) -> None:
        """Begin with the date, and the weekdays that were said with it."""
        self.point, self.end, self.inherits = point, end, inherits
        self.hours = Hours()
        self.weekdays = list(weekdays)
        self.same: list[Point] = []

    def span(self, scan: Scanner, context: DateContext, year: int | None = None) -> Span:
        """Return the days meant; raise when what stands beside them disagrees."""
        beside = [day.year for day in self.same if day.year is not None]
        span = span_in(scan, self.point, context, beside[0] if beside else year)
        for weekday, words in self.weekdays:
            if span[0] != span[1]:
                raise scan.unreadable(words)
            check_weekday(scan, span[0], weekday, words)
        for day in self.same:
            other = span_in(scan, day, context, span[0].year)
            is_within = other[0] <= span[0] and span[1] <= other[1]  # 10月1日至7日国庆假期
            if other != span and not (day.rule == "zh-holiday" and is_within):
                raise scan.unreadable(day.words)
        return span


def joined(
    scan: Scanner, context: DateContext, first: Dated, last: Dated, *, language: str
) -> Found:
    """Return the days from the first date to the last; the year turns at most once.

    Raises `SpanError` when they run backwards, `UnreadableDateError` for half-days at the ends.
    """
    if _is_clock(first, last):
        raise scan.unreadable(last.point.words)
    begun = first.span(scan, context)
    if last.point.year is None:
        ended = last.span(scan, context, begun[0].year)
        if ended[0] < begun[0]:
            rolled = last.span(scan, context, begun[0].year + 1)
            _check_roll(begun, ended, lasting=rolled[0] - begun[0])
            ended = rolled
    else:
        ended = last.span(scan, context)
        if first.point.year is None and not last.inherits:
            begun = first.span(scan, context, ended[0].year)
            if begun[0] > ended[0]:
                rolled = first.span(scan, context, ended[0].year - 1)
                _check_roll(begun, ended, lasting=ended[0] - rolled[0])
                begun = rolled
    if ended[0] < begun[0]:
        raise _backwards(begun, ended)
    span = (begun[0], ended[1])
    return _between(scan, first, last, span, f"{language}-range")


def _is_clock(first: Dated, last: Dated) -> bool:
    """Return whether the last date may be an hour of the first: 24 July - 9.30."""
    is_dotted = _DOTTED.fullmatch(last.point.words.strip()) is not None
    return is_dotted and first.point.words.isascii() and "." not in first.point.words


def _between(scan: Scanner, first: Dated, last: Dated, span: Span, rule: str) -> Found:
    """Return the days with what both ends say of the time of day: clocks, parts or nothing."""
    starting, ending = first.hours, last.hours
    if starting.starts and ending.starts and not starting.ends and not ending.ends:
        return found_in_span(
            span, "minute", rule, Hours(starts=starting.starts, ends=ending.starts)
        )
    if _is_by_parts(starting) and _is_by_parts(ending) and span[0] < span[1]:
        # 14日上午至15日下午: a record has no half-days of several days, its text keeps them
        return found_in_span(span, _together(first.point, last.point, span), rule, Hours())
    if ending.ends and not starting.words and span[0] < span[1]:  # 23 July to 2 August, 9am-5pm
        return found_in_span(span, "days", f"{rule[:2]}-{EACH_DAY}", Hours())
    if starting.words or ending.words or starting.part or ending.part:
        raise scan.unreadable(ending.words or starting.words or last.point.words)
    return found_in_span(span, _together(first.point, last.point, span), rule, starting)


def _is_by_parts(hours: Hours) -> bool:
    """Return whether a part of the day was given, and no clock time."""
    return hours.part is not None and hours.starts is None


def _together(first: Point, last: Point, span: Span) -> Precision:
    if {first.precision, last.precision} <= {"day", "days"}:
        return "day" if span[0] == span[1] else "days"
    return "period"


def _check_roll(begun: Span, ended: Span, *, lasting: timedelta) -> None:
    """Raise for a range that runs backwards, unless it can turn the year, `lasting` so long."""
    if lasting > _LONGEST_ROLL:
        raise _backwards(begun, ended)


def _backwards(begun: Span, ended: Span) -> SpanError:
    """Return the error for a range whose end begins before its beginning, as 7月14日至7月 does."""
    return SpanError(detail=f"{begun[0]} → {ended[1] if ended[1] < begun[0] else ended[0]}")


def since(scan: Scanner, context: DateContext, begun: Found, words: str, *, rule: str) -> Found:
    """Return the days from a date to today; `words` are those that said so."""
    period = context.period
    is_over = period is not None and begun.span[0] <= period.last_day < context.today
    if begun.hours.words or begun.hours.part or begun.span[0] > context.today or is_over:
        raise scan.unreadable(words)  # until the campaign's end, or until today?
    return found_in_span((begun.span[0], context.today), "period", rule, Hours())


def found_in_span(span: Span, precision: Precision, rule: str, hours: Hours) -> Found:
    """Return what was found, as exact as its time of day makes it."""
    if hours.starts is not None:
        precision = "minute"
    elif hours.part is not None:
        precision = "part"
    return Found(span=span, precision=precision, rule=rule, hours=hours)
