"""Reads months and days in them, in Chinese: 7月14日, 7月23、24日, 6月上旬, 上月底, 14日."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from kalends.dates.date_resolution import (
    DateContext,
    Point,
    Span,
    month_of,
    months_of,
    months_on,
    nth_weekday,
)
from kalends.dates.numerals import NUMBER, NUMERALS, WEEK, WEEKDAY, number, weekday
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import CHINESE_NUMERALS, DAY_IN_NUMBERS
from kalends.domain.errors import SpanError
from kalends.domain.when import Precision

_LINK = "[-~至到、,和及与]"
_NUMBERS = f"({NUMBER}(?: ?{_LINK} ?{NUMBER})*)"
_DAY = f"(?:日(?![内游均间龄租本志光捐]|记(?!者节))|{DAY_IN_NUMBERS})"
_PARTS: dict[str, tuple[int, int | None, Precision]] = {
    **dict.fromkeys(("上旬", "初"), (1, 10, "ten-days")),
    **dict.fromkeys(("中旬", "中"), (11, 20, "ten-days")),
    **dict.fromkeys(("下旬", "底", "末"), (21, None, "ten-days")),
    "上半月": (1, 15, "days"),
    "下半月": (16, None, "days"),
    "上中旬": (1, 20, "days"),
    "中下旬": (11, None, "days"),
}
_PART = (
    "(上旬|中旬|下旬|上中旬|中下旬|[上下]半月|初(?![中级步审赛评一二三四五六七八九十])|"
    "中(?=$|[ ,;:)~至到-])|底(?![层线数])|末(?!端))"
)
_NTH = "(?:(倒数)?第([1-5一二三四五])|最[后末]一?)"
_RELATIVE = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "": 0, "下": 1, "下下": 2}
_RELATIVE_MONTH = (
    "(上上|上|这|本|当|下下|下)个?月(?:份?的)?(?![球饼薪均])"
    "|()月(?=[初底末]|中旬|中(?:$|[ ,;:)~至到-]))"
)
_LONGEST_MONTH, _MONTHS = 31, 12
_SATURDAY, _SUNDAY = 5, 6
_CHINESE = frozenset(CHINESE_NUMERALS)


def month(scan: Scanner, year: int | None) -> Point | None:
    """Read a month or several, and the day or the part of it that follows."""
    found = scan.take(f"{_NUMBERS} ?月(?:份(?:的)?|的)?(?![球饼薪均龄嫂刊])", NUMERALS)
    if found is None:
        return None
    first, last = _run(scan, found[1])
    if first == last:
        is_chinese = set(found[1]) <= _CHINESE
        return _inside(scan, first, year, "zh-month", loose=is_chinese)
    return Point(
        days=lambda year: months_of(year, first, last),
        precision="period",
        rule="zh-months",
        year=year,
    )


def relative_month(scan: Scanner, context: DateContext) -> Point | None:
    """Read a month counted from this one: 上个月, 本月15日, 下月初, 月底."""
    found = scan.take(_RELATIVE_MONTH, "上这本当下月")
    if found is None:
        return None
    day = months_on(context.today.replace(day=1), _RELATIVE[found[1] or ""])
    return _inside(scan, day.month, day.year, "zh-relative-month")


def bare_day(scan: Scanner, context: DateContext) -> Point | None:
    """Read a day, or days in a row, of this month: 14日, 23、24日."""
    found = scan.take(_NUMBERS + f" ?{_DAY}", NUMERALS)
    if found is None:
        return None
    first, last = _run(scan, found[1])
    if first <= _MONTHS and ("-" in found[1] or "~" in found[1]):
        raise scan.unreadable(scan.typed(found))  # 11-25日: which of them is the month?
    if last > _LONGEST_MONTH and not scan.whole:
        return None
    loose = found[0].endswith("号") or set(found[1]) <= _CHINESE
    return days_of(context.today, first, last, loose=loose)


def next_part(scan: Scanner, span: Span) -> Point | None:
    """Read the part of a month that ends 10月上旬至中旬: of the same month."""
    found = scan.take("([上中下]旬|月?底)", "上中下月底")
    if found is None:
        return None
    first, last, precision = _PARTS[found[1].lstrip("月")]
    days = partial(month_of, month=span[0].month, first=first, last=last)
    return Point(days=days, precision=precision, rule="zh-month-part", year=span[0].year)


def next_day(scan: Scanner, span: Span) -> Point | None:
    """Read the day that ends 7月23日至24日: of the same month."""
    found = scan.take(f"({NUMBER}) ?{_DAY}", NUMERALS)
    return None if found is None else days_of(span[0], number(found[1]), number(found[1]))


def days_of(anchor: date, first: int, last: int, *, loose: bool = False) -> Point:
    """Return the days of the month in which `anchor` is."""
    return Point(
        days=lambda year: month_of(year, anchor.month, first, last),
        precision="day" if first == last else "days",
        rule="zh-day",
        year=anchor.year,
        loose=loose,
    )


def _inside(
    scan: Scanner, month: int, year: int | None, rule: str, *, loose: bool = False
) -> Point:
    def point(
        days: Callable[[int], Span], precision: Precision, rule: str, *, loose: bool
    ) -> Point:
        return Point(days=days, precision=precision, rule=rule, year=year, loose=loose)

    if found := scan.take(f"{_NTH}个(?:{WEEK}({WEEKDAY})|周末)", "第最倒"):
        count = -1 if found[2] is None else number(found[2]) * (-1 if found[1] else 1)
        if found[3] is None:
            saturday = partial(nth_weekday, month=month, weekday=_SATURDAY, count=count)
            words = scan.typed(found)
            return point(
                partial(_weekend, scan, words, saturday), "days", f"{rule}-weekend", loose=False
            )
        on = partial(nth_weekday, month=month, weekday=weekday(found[3]), count=count)
        return point(lambda year: (on(year),) * 2, "day", f"{rule}-weekday", loose=False)
    if scan.take("最后一天", "最"):
        return point(
            lambda year: (month_of(year, month)[1],) * 2, "day", f"{rule}-day", loose=False
        )
    if found := scan.take(f"月?{_PART}", "月上中下初底末"):
        first, last, precision = _PARTS[found[1]]
        days = partial(month_of, month=month, first=first, last=last)
        return point(days, precision, f"{rule}-part", loose=False)
    if found := scan.take(f"{_NUMBERS} ?{_DAY}|([0-9]{{1,2}})(?![0-9:]| ?[点时-])", NUMERALS):
        first, last = _run(scan, found[1] or found[2])
        days = partial(month_of, month=month, first=first, last=last)
        precision = "day" if first == last else "days"
        return point(days, precision, f"{rule}-day", loose=found[1] is None)
    return point(partial(month_of, month=month), "month", rule, loose=loose)


def _weekend(scan: Scanner, words: str, saturday: Callable[[int], date], year: int) -> Span:
    """Return the weekend of a month that begins on its first, second, … Saturday.

    Raises `UnreadableDateError` where a weekend lies in two months.
    """
    first = saturday(year)
    last = first + timedelta(days=1)
    begins = first.replace(day=1)
    if begins.weekday() == _SUNDAY or last.month != first.month:
        raise scan.unreadable(words)
    return first, last


def _run(scan: Scanner, words: str) -> tuple[int, int]:
    """Return the first and the last of 23—24 or 23、24、25; refuse a list with gaps."""
    found = [number(digits) for digits in re.findall(NUMBER, words)]
    if any(mark in words for mark in "-~至到"):
        if len(found) > 2:  # noqa: PLR2004 - both ends
            raise scan.unreadable(words)
        if found[1] < found[0]:
            raise SpanError(detail=f"{found[0]} → {found[1]}")
    else:
        for before, after in pairwise(found):
            if after != before + 1:
                raise scan.apart(str(after))
    return found[0], found[-1]
