"""Reads a day in Chinese, from the calendar or counted from today: 昨天, 3天前, 下周三."""

from collections.abc import Callable
from datetime import timedelta

from kalends.dates.chinese_months import bare_day, relative_month
from kalends.dates.chinese_years import in_year
from kalends.dates.date_resolution import (
    DateContext,
    Point,
    Span,
    fixed,
    months_of,
    months_on,
    no_more_exact,
    week_of,
    weekday_of,
)
from kalends.dates.numerals import CHINESE, NUMERALS, WEEK, WEEKDAY, number, weekday
from kalends.dates.numeric import numeric
from kalends.dates.scanner import Scanner
from kalends.domain.patterns import DIGITS
from kalends.domain.value import replace
from kalends.domain.when import Part

Rule = Callable[[Scanner, DateContext], Point | None]

_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}
_PARTS: dict[str, Part] = {"晚": "evening", "夜": "evening", "早": "morning", "晨": "morning"}


def point(scan: Scanner, context: DateContext) -> Point | None:
    """Read one date, without time of day, or stay and return None.

    Raises `UnreadableDateError` for what begins like one but is not clear.
    """
    return _first_of(scan, context, _RULES)


def calendar_day(scan: Scanner, context: DateContext) -> Point | None:
    """Read a day that the calendar names, as it stands beside a weekday: 7月14日, 7.14."""
    start = scan.at
    found = _first_of(scan, context, _CALENDAR)
    if found is not None and found.precision == "day":
        return found
    scan.at = start
    return None


def next_weekday(scan: Scanner, span: Span) -> Point | None:
    """Read the weekday that ends 下周一至周五: of the same week."""
    found = scan.take(f"{WEEK}({WEEKDAY})", "周星礼")
    if found is None:
        return None
    return fixed(weekday_of(span[0], weekday(found[1])), precision="day", rule="zh-weekday")


def _first_of(
    scan: Scanner, context: DateContext, rules: tuple[tuple[str, Rule], ...]
) -> Point | None:
    start = scan.at
    for first, rule in rules:
        if first and not scan.begins(first):
            continue
        found = rule(scan, context)
        if found is not None:
            return replace(found, words=scan.words(start))
        scan.at = start
    return None


def _relative_day(scan: Scanner, context: DateContext) -> Point | None:
    found = scan.take(
        "(大前|大后|前|昨|今|明|后)(?:天(?![性津气空文])|日|儿个?|(晚)上?(?![报会宴级海])|"
        "(夜)[里间]?|(早|晨)上?(?![报市会餐])|(?=[上下]午))",
        "大前昨今明后",
    )
    if found is None or (found[1] in "前后" and found[0].strip() == found[1]):
        return None
    day = context.today + timedelta(days=_DAYS[found[1]])
    part = _PARTS.get(found[2] or found[3] or found[4])
    return replace(fixed(day, precision="day", rule="zh-relative-day"), part=part)


def _offset(scan: Scanner, context: DateContext) -> Point | None:
    """Read 3天前, 两周后 (a week), 半年前 (a month). 3日前 is none: it may be before the third."""
    if "前" not in scan.text and "后" not in scan.text:
        return None
    found = scan.take(
        f"(?:(半)(个?月|年)|([0-9]{{1,3}}|{CHINESE}) ?(天|日|周|个?星期|个?礼拜|个月|年))"
        "(?:[之以]?(前)(?![后进往锋沿期夕])|[之以]?后(?![勤备期续台]))"
    )
    if found is None or (found[4] == "日" and found[3].isdecimal()):
        return None
    unit = (found[2] or found[4]).lstrip("个")
    days, months = {
        "天": (1, 0),
        "日": (1, 0),
        "月": (15, 0) if found[1] else (0, 1),
        "年": (0, 6 if found[1] else 12),
    }.get(unit, (7, 0))
    if found[3] and found[3].startswith("0"):
        raise scan.unreadable(scan.typed(found))  # 07年以后: after 2007
    count = (1 if found[1] else number(found[3])) * (-1 if found[5] else 1)
    day = months_on(context.today, count * months) + timedelta(days=count * days)
    if unit == "年" and not found[1]:
        return fixed(*months_of(day.year, 1, 12), precision="year", rule="zh-offset")
    return no_more_exact(day, days=days, months=months, rule="zh-offset")


def _week(scan: Scanner, context: DateContext) -> Point | None:
    """Read a week, its weekend or a weekday of it; a weekday alone is one of this week."""
    which = scan.take(
        f"(上上|下下|上|下|本|这)(?:一|个)?(?={WEEK})(?:{WEEK}的?(?={WEEK}))?", "上下本这"
    )
    weeks, today = _WEEKS[which[1]] if which else 0, context.today
    if scan.take("周末", "周"):
        saturday = weekday_of(today, 5, weeks)
        return fixed(saturday, saturday + timedelta(days=1), precision="days", rule="zh-weekend")
    days = scan.take(
        f"({WEEK})({WEEKDAY})(?: ?[-~至、] ?({WEEKDAY})(?![一-鿿])|(?<=六)(日))?", "周星礼"
    )
    if days is None:
        if which is None or scan.take(WEEK, "周星礼") is None:
            return None
        return fixed(*week_of(today, weeks), precision="week", rule="zh-week")
    first = weekday_of(today, weekday(days[2]), weeks)
    until = days[3] or days[4]
    if until is None:
        read = fixed(first, precision="day", rule="zh-weekday")
        return replace(read, loose=days[1] == "周" and which is None)
    last = weekday_of(today, weekday(until), weeks)
    if "、" in days[0] and (last - first).days != 1:
        raise scan.unreadable(until)
    return fixed(first, last, precision="days", rule="zh-weekdays")


def _relative_quarter(scan: Scanner, context: DateContext) -> Point | None:
    found = scan.take("(上|本|这|下)一?个?季度", "上本这下")
    if found is None:
        return None
    start = months_on(context.today.replace(day=1), 3 * _WEEKS[found[1]])
    quarter = (start.month - 1) // 3
    span = months_of(start.year, 3 * quarter + 1, 3 * quarter + 3)
    return fixed(*span, precision="quarter", rule="zh-relative-quarter")


# Each rule with the characters it can begin with, so that few patterns are ever compiled.
_RULES: tuple[tuple[str, Rule], ...] = (
    (DIGITS, numeric),
    (f"{NUMERALS}半", _offset),
    ("", in_year),
    ("大前昨今明后", _relative_day),
    ("上下本这周星礼", _week),
    ("上下本这当月", relative_month),
    ("上下本这", _relative_quarter),
    (NUMERALS, bare_day),
)
_CALENDAR: tuple[tuple[str, Rule], ...] = (
    (DIGITS, numeric),
    ("", in_year),
    (NUMERALS, bare_day),
)
