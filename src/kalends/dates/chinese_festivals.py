"""Reads festivals and lunar days in Chinese: 端午节, 除夕, 国庆假期, 农历五月初五, 正月十五."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from kalends.dates import moon
from kalends.dates.date_resolution import Point, Span, fixed
from kalends.dates.festivals import OF_WINTER, Day, festivals, holiday
from kalends.dates.folding import normalise
from kalends.dates.numerals import CHINESE, NUMERALS, number
from kalends.dates.scanner import Scanner
from kalends.domain.patterns import DIGITS
from kalends.domain.value import Value

MOON = "(?:农历|阴历|旧历)"
LUNAR_DAY = "(?:初(?:十|[一二三四五六七八九])|三十|(?:二十|廿|十)[一二三四五六七八九]?)"
_NAMED = {"正": 1, "冬": 11, "腊": 12}
_OFF = "小长假|长假|假期|假日|黄金周"
_LUNAR = (
    f"({MOON})? ?(闰)?(正|冬|腊|{CHINESE}|[0-9]{{1,2}})月 ?({LUNAR_DAY})"
    "(?![日号月一二三四五六七八九十])"
)
_LONGEST = 14
_NOT = tuple("点时月日号年周天个")  # 十一点 is no festival


class Year(Value):
    """A year that was written; how, matters to days that the moon moves into the next one."""

    number: int
    relative: bool = False
    lunar: bool = False


def festival(scan: Scanner, year: Year | None) -> Point | None:
    """Read a festival, by one name or two (“六一”国际儿童节), or the holiday around it."""
    name = None
    while found := _name_here(scan, name):
        name, scan.at = found
    if name is None:
        return None
    if scan.take(_OFF):
        return Point(
            days=partial(holiday, name), precision="days", rule="zh-holiday", year=_of(year)
        )
    if year is not None and year.relative and name in OF_WINTER:
        raise scan.vague(scan.words(0))  # of which winter?
    _, day = festivals()[name]
    return Point(
        days=_single_day(day),
        precision="day",
        rule="zh-festival",
        year=_of(year),
        loose=True,
        of_winter=name in OF_WINTER,
    )


def lunar(scan: Scanner, year: Year | None) -> Point | None:
    """Read a day of the moon: 农历八月十五, 八月初五, 腊月廿三; 七月十四 alone is none."""
    if found := scan.take("大年(初[一二三四五六七])", "大"):
        return _lunar_point(scan, 1, found[1], year)
    start = scan.at
    is_solar = scan.begins(DIGITS) and not ({"初", "廿"} & set(scan.text))
    if is_solar and not (year and year.lunar):
        return None
    found = scan.take(_LUNAR, f"{NUMERALS}农阴旧闰正冬腊")
    if found is None:
        return None
    said, leap, month, day = found.groups()
    clear = said or leap or month in _NAMED or day[0] in "初廿" or (month, day) == ("八", "十五")
    if year and not year.lunar and (month, day) == ("八", "十五") and not (said or leap):
        raise scan.unreadable(scan.words(0))  # 15 August, or Mid-Autumn?
    if not said and (month, day) == ("八", "十五") and "中秋" not in scan.text:
        raise scan.either(scan.words(start), "8月15日", "中秋节")
    if not clear and not (year and year.lunar):
        scan.at = start
        return None
    named = _NAMED.get(month) or number(month)
    return _lunar_point(scan, named, day, year, leap=leap is not None)


def next_lunar(scan: Scanner, first: Point, span: Span) -> Point | None:
    """Read the day that ends 正月初一至初七: one of the same month."""
    begun = (
        re.search(f"{LUNAR_DAY}$", normalise(first.words)) if first.rule == "zh-lunar" else None
    )
    if begun is None or (found := scan.take(f"({LUNAR_DAY})(?<!三十)")) is None:
        return None
    later = timedelta(days=number(found[1]) - number(begun[0]))
    return fixed(span[0] + later, precision="day", rule="zh-lunar")


def _lunar_point(
    scan: Scanner, month: int, day: str, year: Year | None, *, leap: bool = False
) -> Point:
    on = partial(moon.lunar_in, month=month, day=number(day), leap=leap)
    if year is not None and month >= moon.WINTER:
        if not year.lunar:
            raise scan.vague(scan.words(0))  # 2020年腊月 began in January, and again in December
        on = partial(moon.lunar_day, month=month, day=number(day), leap=leap)
    return Point(
        days=_single_day(on),
        precision="day",
        rule="zh-lunar",
        year=_of(year),
        of_winter=month >= moon.WINTER,
    )


def _name_here(scan: Scanner, name: str | None) -> tuple[str, int] | None:
    """Return the festival named here, and where its name ends; only `name` if one is given."""
    run = scan.peek('("?)([^\x00-\x7f]+)')
    if run is None:
        return None
    for length in range(min(len(run[2]), _LONGEST), 1, -1):
        end = run.start(2) + length
        found = festivals().get(scan.text[run.start(2) : end])
        if found is not None and name in (None, found[0]) and not scan.text.startswith(_NOT, end):
            return found[0], end + (run[1] == scan.text[end : end + 1] == '"')
    return None


def _single_day(day: Day) -> Callable[[int], Span]:
    return lambda year: (day(year),) * 2


def _of(year: Year | None) -> int | None:
    return None if year is None else year.number
