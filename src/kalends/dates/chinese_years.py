"""Reads years and parts of them, in Chinese: 2020年, 去年, 上半年, 二季度, 年底, 2020年7月1日."""

from functools import partial

from kalends.dates.chinese_festivals import MOON, Year, festival, lunar
from kalends.dates.chinese_months import month
from kalends.dates.date_resolution import DateContext, Point, month_of, months_of
from kalends.dates.numerals import NUMBER, YEAR, number, year_number
from kalends.dates.scanner import Scanner
from kalends.domain.patterns import DIGITS
from kalends.domain.value import replace

_RELATIVE = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "后年": 2,
}
_RELATIVE_YEAR = f"({'|'.join(_RELATIVE)})度?的?(?! ?(?:今[天日]|同期))"
# 98年 is 1998: the latest year that ends so and is not further ahead than this.
_AHEAD = 20
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1} | {
    str(quarter): quarter for quarter in range(1, 5)
}


def in_year(scan: Scanner, context: DateContext) -> Point | None:
    """Read a year and what follows it, or what can stand without its year."""
    if found := scan.take(f"({YEAR}) ?年? ?[-~至到] ?({YEAR}) ?年", "12一二"):
        return _years(year_number(found[1]), year_number(found[2]))
    year = _year(scan, context)
    said = None if year is None else year.number
    found_point = _quarter(scan) or _half(scan) or lunar(scan, year) or _edge(scan, year)
    found_point = found_point or month(scan, said) or festival(scan, year)
    if found_point is not None:
        return replace(found_point, year=said)
    if year is None or year.lunar or scan.peek("[会级画轮鉴货糕味报刊薪龄届]"):
        return None
    return Point(
        days=lambda year: months_of(year, 1, 12), precision="year", rule="zh-year", year=said
    )


def _year(scan: Scanner, context: DateContext) -> Year | None:
    if found := scan.take(f"({MOON})? ?({YEAR}) ?年(?:度(?!假))?的?", "12一二农阴旧"):
        return Year(number=year_number(found[2]), lunar=found[1] is not None)
    two = f"([0-9]{{2}})年(?= ?{NUMBER} ?月 ?{NUMBER} ?[日号])"
    if "年" in scan.text and (found := scan.take(two, DIGITS)):
        latest = context.now.year + _AHEAD
        return Year(number=latest - (latest - int(found[1])) % 100)
    if found := scan.take(_RELATIVE_YEAR, "大前去上今本明后"):
        return Year(number=context.now.year + _RELATIVE[found[1]], relative=True)
    return None


def _years(first: int, last: int) -> Point:
    return Point(
        days=lambda _: (months_of(first, 1, 1)[0], months_of(last, 12, 12)[1]),
        precision="period",
        rule="zh-years",
        year=first,
    )


def _quarter(scan: Scanner) -> Point | None:
    if not scan.begins("第前首q1234一二三四"):
        return None
    if found := scan.take("第?([1-4一二三四首])个?季度"):
        first = last = _QUARTERS[found[1]]
    elif found := scan.take("第?([1-4一二三四])(?:季度)?[-~至到、]第?([1-4一二三四])季度"):
        first, last = _QUARTERS[found[1]], _QUARTERS[found[2]]
    elif found := scan.take("前([23二三两])个?季度"):
        first, last = 1, number(found[1])
    elif found := scan.take("q([1-4])(?![0-9a-z])"):
        first = last = int(found[1])
    else:
        return None
    if last < first or ("、" in found[0] and last != first + 1):
        raise scan.unreadable(scan.typed(found))
    return Point(
        days=lambda year: months_of(year, 3 * first - 2, 3 * last),
        precision="quarter" if first == last else "period",
        rule="zh-quarter",
    )


def _half(scan: Scanner) -> Point | None:
    found = scan.take("([上下前后])半年(?![前后内来])", "上下前后")
    if found is None:
        return None
    first = 1 if found[1] in "上前" else 7
    return Point(
        days=lambda year: months_of(year, first, first + 5),
        precision="half-year",
        rule="zh-half-year",
    )


def _edge(scan: Scanner, year: Year | None) -> Point | None:
    """Read 年初 as January and 年底 as December: nobody says more."""
    found = scan.take(
        f"年{'?' if year else ''}([初底末])(?![一二三四五六七八九十中级步端层])", "年初底末"
    )
    if found is None:
        return None
    days = partial(month_of, month=1 if found[1] == "初" else 12)
    return Point(days=days, precision="month", rule="zh-edge-of-year")
