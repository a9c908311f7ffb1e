"""Reads dates of numbers alone: 2020-07-14, 20200714, 7.14, 07-14, 14/7/2020, ISO instants."""

import re
from datetime import date, datetime
from functools import partial

from kalends.dates.date_resolution import DateContext, Point, Span, fixed, month_of
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import MEASURES, MONTHS, NAMED_DAYS, SHORT_MONTHS, any_of
from kalends.domain.errors import TwoReadingsError
from kalends.domain.value import replace

_ISO_DAY, _ZONED = len("2020-07-14"), frozenset("z+")
_INSTANT = (
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:t| (?=[0-9:.]+[z+]))"
    r"([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r" ?(z|[+-][0-9]{2}(?::?[0-9]{2})?)(?![0-9a-z:])"
)
_WHOLE = r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})(?!\2?[0-9]{1,3}(?![0-9])|[0-9])"
_COMPACT = "((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])"
_YEAR_LAST = r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})(?![0-9])"
_YEAR_MONTH = "((?:19|20)[0-9]{2})[-./]([0-9]{1,2})(?![0-9:]|[-./][0-9])"
_UNIT = (
    "[点时月日号年季天个元万亿倍米吨件家处人次名户分公平%‰]|周(?![一二三四五六日天])|(?:of|million|billion|trillion|thousand|percent|per|km|kg|times|"
    "hours?|days?|weeks?|years?|points?|am|pm|m|x|h)(?![a-z])"
)
_MONTH_DAY = (
    f"([0-9]{{1,2}})([-./·])([0-9]{{1,2}})(?![0-9]|[./·:][0-9]|-[0-9]{{1,2}}-| ?(?:{_UNIT}))"
)
_HAPPENING = (
    f"(?!{MEASURES}|[折代成里小号款期毫厘兆至到和与及前后左以起])(?![一-鿿]{{1,5}}[节日案])[一-鿿]"
)
_NAMES = any_of(*MONTHS, *SHORT_MONTHS)
_MONTHS, _DAYS = 12, 31
_COMPACT_DIGITS = 8


def numeric(scan: Scanner, context: DateContext) -> Point | None:
    """Read a date written with numbers and one of - . / · between them.

    Raises `TwoReadingsError` for 3/4/2020, which is two days. Of 3/4 alone the month is first;
    where English is spoken it is what falls into the campaign's period, or refused.
    """
    if not _is_numeric(scan):
        return None
    rest = scan.text[scan.at :].lstrip(" ")
    if (rest[_ISO_DAY : _ISO_DAY + 1] == "t" or not _ZONED.isdisjoint(rest)) and (
        found := scan.take(_INSTANT)
    ):
        return _instant(scan, found, context)
    if found := scan.take(_WHOLE):
        if not scan.take(r"t00:00:00(?:\.0+)?(?![0-9:])", "t"):  # a day, as programs export it
            scan.take("t(?=[0-9]{2}:)", "t")
        return _day("iso-day" if found[2] == "-" else "numeric-day", found[1], found[3], found[4])
    if found := scan.take(_YEAR_LAST):
        return _year_last(scan, found)
    start = scan.at
    point = _shorter(scan, context)
    if point is None:
        scan.at = start
    return point


def _is_numeric(scan: Scanner) -> bool:
    """Return whether digits stand here as in such a date: for all others nothing is compiled."""
    text = scan.text[scan.at :].lstrip(" ")
    behind = text.lstrip("0123456789")
    digits = len(text) - len(behind)
    return digits == _COMPACT_DIGITS or (digits > 0 and behind[:1] in {"-", ".", "/", "·"})


def _shorter(scan: Scanner, context: DateContext) -> Point | None:
    if found := scan.take(_COMPACT):
        return _day("compact-day", *found.groups())
    if found := scan.take(_YEAR_MONTH):
        if not scan.whole and (len(found[2]) == 1 or int(found[2]) > _MONTHS):
            return None
        month, year = partial(month_of, month=int(found[2])), int(found[1])
        return Point(days=month, precision="month", rule="numeric-month", year=year, loose=True)
    if found := scan.take(_MONTH_DAY):
        return _month_day(scan, found, context)
    return None


def next_number(scan: Scanner, first: Point, span: Span) -> Point | None:
    """Read the bare number that ends 7.23-24 or 2020.7.23-24: a day of the same month."""
    if first.rule not in ("numeric-day", "numeric-month-day"):
        return None
    found = scan.take(rf"([0-9]{{1,2}})(?![0-9]|[./·:-][0-9]| ?(?:{_UNIT}))")
    if found is None:
        return None
    day, year, month = int(found[1]), span[0].year, span[0].month
    return Point(
        days=lambda _: month_of(year, month, day, day),
        precision="day",
        rule=first.rule,
        year=year,
        loose=True,
        words=found[1],
    )


def _day(rule: str, year: str, month: str, day: str, *, loose: bool = False) -> Point:
    return Point(
        days=lambda number: (date(number, int(month), int(day)),) * 2,
        precision="day",
        rule=rule,
        year=int(year),
        loose=loose,
    )


def _year_last(scan: Scanner, found: re.Match[str]) -> Point:
    first, _, second, year = found.groups()
    if int(first) > _MONTHS:
        return _day("numeric-day", year, second, first)
    if int(second) <= _MONTHS and int(first) != int(second):
        raise _either(scan, found, int(first), int(second), year)
    return _day("numeric-day", year, first, second)


def _month_day(scan: Scanner, found: re.Match[str], context: DateContext) -> Point | None:
    first, between, second = found.groups()
    month, day = int(first), int(second)
    more = scan.peek("-[0-9]{1,2}(?![0-9-]| ?[日号])") if between == "-" else None
    if more and scan.text[found.start(1) - 1 : found.start(1)] != "-":
        raise scan.unreadable(scan.words(found.start(), more.end()))  # 12-10-11
    if between in "/-" and scan.peek(f"(?:of )?(?:{_NAMES})(?![a-z])"):
        return None  # 13/14 November is two days
    if between == "/" and (month > _MONTHS >= day or _is_day_first(scan, found, context)):
        month, day = day, month
    is_padded = len(first) == len(second) == 2  # noqa: PLR2004 - two digits
    likely = 1 <= month <= _MONTHS and 1 <= day <= _DAYS
    if not likely and (not scan.whole or between == "-"):
        return None
    if not scan.whole and between == "·":
        return None  # “7·7” begins a name
    if between == "-" and not is_padded and (day <= _MONTHS or not scan.whole):
        return None  # 3-5 may be two months, two days or a count
    # Behind 9.5 what happened may begin at once, unless it is a size or a name: 9.5折, 3.15宣传.
    is_plain = between == "." and likely and (month, day) not in NAMED_DAYS
    return Point(
        days=lambda year: (date(year, month, day),) * 2,
        precision="day",
        rule="numeric-month-day",
        loose=not (is_plain and scan.peek(_HAPPENING)),
    )


def _is_day_first(scan: Scanner, found: re.Match[str], context: DateContext) -> bool:
    """Return whether 3/11 is 3 November: only where English is spoken, and the period says so.

    Raises `TwoReadingsError` where English is spoken and no period decides.
    """
    first, second = int(found[1]), int(found[3])
    if (
        context.language != "en"
        or first == second
        or not 1 <= min(first, second) <= max(first, second) <= _MONTHS
    ):
        return False
    fits = [_within(context, month, day) for month, day in ((first, second), (second, first))]
    if fits[0] == fits[1]:
        raise _either(scan, found, first, second)
    return fits[1]


def _either(
    scan: Scanner, found: re.Match[str], first: int, second: int, year: str = ""
) -> TwoReadingsError:
    """Return the refusal of two numbers that may each be the month."""
    pairs = (first, second), (second, first)
    days = [f"{MONTHS[a - 1].title()} {b} {year}".strip() for a, b in pairs]
    return scan.either(scan.typed(found), days[0], days[1])


def _within(context: DateContext, month: int, day: int) -> bool:
    """Return whether a day is one of the campaign's, in any year of it."""
    period = context.period
    return period is not None and any(
        period.first_day <= date(year, month, day) <= period.last_day
        for year in range(period.first_day.year, period.last_day.year + 1)
    )


def _instant(scan: Scanner, found: re.Match[str], context: DateContext) -> Point:
    words = scan.words(found.start(), found.end())
    zone = found[3].replace("z", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
        here = moment.astimezone(context.now.tzinfo)
    except (ValueError, OverflowError):
        raise scan.impossible(words) from None
    if here.fold:
        raise scan.unreadable(words)  # local clocks show it twice, and kept is the first
    point = fixed(here.date(), precision="minute", rule="iso-instant")
    return replace(point, starts=f"{here:%H:%M}")
