"""Our own grammar of Chinese dates, as clerks and reports write them.

    phrase    = [ "自" | "从" | "于" ] dated [ joined ] [ since ]
    joined    = "至" [ "次年" ] dated | { "、" dated }   days in a row; 至, 到, -, — and ~ are one
    dated     = point [ beside ] [ "当天" | "全天" ] [ hours ]
    each      = [ "每天" ] hours                          behind several days
    beside    = weekday | "(" weekday ")" | "(" point ")" | "，即" point | festival       checked
    since     = "以来" | "至今"                           to today

    point     = [ year ] inside | year | relative | numbers
    year      = "2020年" | "二〇二〇年" | "今年" | "去年" | "前年" | "明年" …
    inside    = month [ day | "上旬" | "初" | "底" | "月底" | "第二个周三" | "最后一个周五" ]
              | "上半年" | "二季度" | "年底" | festival [ "假期" ] | [ "农历" ] lunar month and day
    day       = N "日" | N "号"; in a row 23、24日 or 23—24日
    relative  = "昨天" | "今晚" | N "天前" | "两周后" | "下周三" | "本周末" | "上月底" | "14日" …
    numbers   = 2020-07-14 | 7.14 | 7/14 | 07-14 | 20200714 | 2020-07 | 2020-07-14T14:30+08:00
    hours     = part | [ "从" ] [ part ] clock [ "至" [ "次日" ] [ part ] clock ]
    part      = "凌晨" (night) | "早上" "上午" … | "中午" … | "下午" … | "傍晚" "晚上" …
    clock     = 8点 | 8点半 | 八点一刻 | 8时30分 | 8:30

A year not written is the campaign's; a bare weekday is this week's; a bare day this month's.
年初 is January, 年底 December, 6月初 the first ten days. Refused: what may be either of two
(晚上2点, 3/4/2020, 3日前, 2020年腊月), lists with gaps, what has no end (7月1日起), half-days of
several days, 近日 and 同日.
"""

import re
from datetime import timedelta

from kalends.dates.chinese_days import calendar_day, next_weekday, point
from kalends.dates.chinese_festivals import MOON, festival, next_lunar
from kalends.dates.chinese_hours import take_hours
from kalends.dates.chinese_months import next_day, next_part
from kalends.dates.date_resolution import (
    DateContext,
    Found,
    Hours,
    Point,
    Span,
    check_weekday,
    fixed,
)
from kalends.dates.folding import normalise
from kalends.dates.joining import Dated, found_in_span, joined, since
from kalends.dates.numerals import WEEK, WEEKDAY, weekday
from kalends.dates.numeric import next_number
from kalends.dates.scanner import Scanner
from kalends.domain.value import replace

_BESIDE = (
    rf"\( ?{WEEK}({WEEKDAY}) ?\)|,? ?(?:星期|礼拜)({WEEKDAY})"
    rf"|,? ?周({WEEKDAY})(?=$|[^一-鿿]|[上中下早晚午傍凌清夜深]|[一二两三四五六七八九十]+点)"
)
_BESIDE_TWO = rf"\( ?{WEEK}({WEEKDAY}) ?[-~至到、] ?{WEEK}?({WEEKDAY}) ?\)"
_THAT_IS = "(?:也就?是|即|就是|是) ?"
_THAT_DAY = "当天|当日|这一?天|全天|整天"
_TO = "起?(?:[至到](?!少|今(?![天日晚早])|目前|现在)|[-~]{1,2})"
_AND = "[、,和及与]"
_OPEN = {"起", "开始"}
_SINCE = "以来|起?至今|[至到](?:目前|现在)|开始(?=$|[ ,])|起(?![草到初点诉航步重床])"
_VAGUE_FIRST = "截近日连不前这过几最届目当现如眼今此随稍之以同次翌第隔即某改择平春夏秋冬暑寒入"
_ABOUT = (
    "前后|左右|[之以]?前(?![进往锋沿期郭卫旗])|[之以]?后(?![勤备旗])|许|以?内(?![蒙部务科环容])"
    "|期间|第[0-9一二三四五]周"
)
_ABOUT_FIRST = "前左之以后许内期第"
_NEARS = ("来临", "到来", "将至", "临近", "在即", "之际", "前夕")
_NEARING = f"[一-鿿]{{0,10}}?(?:{'|'.join(_NEARS)})"
_VAGUE = (
    "截[至止]|近日|日前|近期|近来|近年|近几|近[0-9两一二三四五六七八九十]|连日|不久|前不久|前一?段|"
    "前些|前几|这几|过几|几[天周个年]|最近|届时|目前|当前|现在|如今|眼下|日后|今后|此前|此后|随后|"
    "稍后|之[前后]|以后|同[日天月年]|同一天|当[日天晚年]|次[日月年]|翌[日年]|第二天|隔[天日]|即日|"
    "某[天日]|改天|择日|平时|春[天季]|夏[天季]|秋[天季]|冬[天季]|[暑寒]假|入[春夏秋冬汛]"
)


def chinese(scan: Scanner, context: DateContext) -> Found | None:
    """Read the longest date phrase here and move behind it, or return None.

    Raises `UnreadableDateError` and its kind for what begins as a date and cannot be one.
    """
    if scan.whole and (vague := scan.peek(_VAGUE, _VAGUE_FIRST)):
        raise scan.vague(scan.typed(vague))
    opener = scan.take("([自从由])|[于在]", "自从由于在")
    said = point(scan, context)
    if said is None:
        return _today(scan, context, opened=opener is not None) if scan.whole else None
    first = _dated(scan, context, said)
    read, last = _joined(scan, context, first)
    read = _with_hours_of_each(scan, read)
    if until := scan.take(_SINCE, "以起至到开"):
        words = scan.typed(until)
        if words in _OPEN:  # nobody said that it ends today
            raise scan.unreadable(words)
        return since(scan, context, read, words, rule="zh-since")
    if opener is not None and opener[1] and first is last and first.hours.ends is None:
        raise scan.unreadable(scan.typed(opener))
    if scan.whole:
        return read
    if about := scan.peek(_ABOUT, _ABOUT_FIRST) or _nearing(scan):
        raise scan.unreadable(scan.typed(about))
    return None if scan.at == last.end and not scan.is_apart else read


def _nearing(scan: Scanner) -> re.Match[str] | None:
    """Return words behind a day which say that it is near: 8月1日建军节来临之际."""
    is_said = any(words in scan.text for words in _NEARS)
    return scan.peek(_NEARING) if is_said else None


def _with_hours_of_each(scan: Scanner, read: Found) -> Found:
    """Read the hours that each of several days has."""
    if read.precision != "days":
        return read
    from kalends.dates.chinese_each_day import with_hours  # noqa: PLC0415 - most dates are a day

    return with_hours(scan, read)


def _today(scan: Scanner, context: DateContext, *, opened: bool) -> Found | None:
    """Read clock times alone as today's; a part of the day alone names no day.

    `opened`: 从 or 于 stands before them, so only a range is read, 从下午两点到四点.
    """
    hours = take_hours(scan)
    if opened and hours.ends is None:
        return None
    if hours.starts is None:
        if hours.part is not None:
            raise scan.vague(hours.words)
        return None
    return found_in_span((context.today,) * 2, "minute", "zh-time", hours)


def _dated(scan: Scanner, context: DateContext, said: Point, *, is_last: bool = False) -> Dated:
    dated = Dated(point=said)
    dated.end = scan.at if said.loose else 0
    start = scan.at
    if said.rule == "zh-weekday" and normalise(said.words)[0] in "周星礼":
        bracket = scan.take(r"(\()|,", "(,")
        day = calendar_day(scan, context)
        if day is not None and (not (bracket and bracket[1]) or scan.take(r"\)", ")")):
            dated = Dated(point=day, weekdays=[(weekday(said.words[-1]), said.words)])
        else:
            scan.at = start
    if beside := scan.take(_BESIDE, "(,周星礼"):
        word = beside[1] or beside[2] or beside[3]
        dated.weekdays.append((weekday(word), scan.typed(beside)))
    _same(scan, context, dated)
    scan.take(_THAT_DAY, "当这全整")
    if dated.point.starts is not None:
        dated.hours = Hours(starts=dated.point.starts, words=dated.point.words)
    elif dated.point.precision == "day":
        scan.skip_midnight()
        before = scan.at
        dated.hours = take_hours(scan, dated.point.part)
        if is_last and dated.hours.words:
            from kalends.dates.chinese_each_day import is_of_each  # noqa: PLC0415 - of several days

            if is_of_each(scan, dated.hours, before):
                scan.at, dated.hours = before, Hours()
    return dated


def _same(scan: Scanner, context: DateContext, dated: Dated) -> None:
    """Read another name of the same day: 6月25日（端午节）, 本周二（7月21日）."""
    start = scan.at
    if scan.take(f",? ?{_THAT_IS}", ",也即就是") or scan.take(
        rf",? ?(?={MOON})", ",农阴旧"
    ):  # 下周二，也就是7月28日
        if (other := point(scan, context)) is not None:
            dated.same.append(other)
            return
    elif scan.take(rf"\((?:{_THAT_IS})?", "("):
        other = point(scan, context)
        # 周六、周日（25、26日）
        is_row = other is not None and other.precision == "days" and other.rule != "zh-holiday"
        if other is not None and not is_row and scan.take(r"\)", ")"):
            dated.same.append(other)
            return
    else:
        scan.take("[,、]", ",、")
        named = festival(scan, None)
        is_apart = scan.whole or scan.is_apart or scan.peek(_THAT_DAY, "当这全整") is not None
        if named is not None and is_apart:
            dated.same.append(replace(named, words=scan.words(start)))
            return
    scan.at = start


def _joined(scan: Scanner, context: DateContext, first: Dated) -> tuple[Found, Dated]:
    """Return what the first date and those joined to it say, and the last of them."""
    span = first.span(scan, context)
    before = scan.at
    if scan.take(f"{_TO}|/" if first.point.rule.startswith("iso") else _TO, "起至到-~/"):
        if last := _next(scan, context, first, span):
            if (
                last.point.precision == "day"
                and last.inherits
                and first.point.precision in {"month", "days"}
            ):
                raise scan.unreadable(scan.words(before))  # 7月-14日
            read = joined(scan, context, first, last, language="zh")
            scan.take("期间|止", "期止")
            _check_two(scan, read)
            _check_row(scan, context, read)
            return read, last
        scan.at = before
    last, read = first, found_in_span(span, first.point.precision, first.point.rule, first.hours)
    while joiner := scan.take(_AND, "、,和及与"):
        another = _next(scan, context, last, read.span)
        is_title = "," in joiner[0] and another is not None and _begins_a_title(scan, another)
        if another is None or is_title or another.point.precision not in {"day", "month"}:
            scan.at = before
            break
        read, last, before = _row(scan, context, read, another), another, scan.at
    if last is not first:
        _check_two(scan, read)
        _check_row(scan, context, read)
    return read, last


def _begins_a_title(scan: Scanner, another: Dated) -> bool:
    """Return whether a festival behind a comma begins what happened: ，国家宪法日宣传活动."""
    is_word = another.point.rule == "zh-festival" and not (scan.whole or scan.is_apart)
    return is_word and scan.peek("[之以]?[前后]|期间|假", "之以前后期假") is None


def _next(scan: Scanner, context: DateContext, first: Dated, span: Span) -> Dated | None:
    """Read the date after 至 or 、, which may go on from the first one: 24日, 24, 初七, 周五."""
    start = scan.at
    if scan.take("次日|翌日|第二天", "次翌第"):
        said: Point | None = fixed(span[1] + timedelta(days=1), precision="day", rule="zh-day")
    elif scan.take("[次翌]年|第二年", "次翌第"):
        said = point(scan, context)
        if said is None or said.year is not None:
            scan.at = start
            return None
        said = replace(said, year=span[1].year + 1)
    else:
        said = next_number(scan, first.point, span)
        said = said or next_day(scan, span) or next_weekday(scan, span)
        said = said or next_lunar(scan, first.point, span)
        if first.point.precision == "ten-days":
            said = said or next_part(scan, span)
    inherits = said is not None
    said = said or point(scan, context)
    if said is None:
        return None
    is_last = not first.hours.words
    dated = _dated(scan, context, replace(said, words=scan.words(start)), is_last=is_last)
    dated.inherits = inherits
    return dated


def _row(scan: Scanner, context: DateContext, read: Found, another: Dated) -> Found:
    """Return the days in a row of 7月23日、24日; a gap is refused."""
    span = another.span(scan, context, read.span[0].year)
    is_days = another.point.precision == "day"
    alike = {"day", "days"} if is_days else {"month", "period"}
    is_plain = read.precision in alike and not another.hours.words and another.hours.part is None
    if is_plain and span[0] - read.span[1] > timedelta(days=1):
        raise scan.apart(another.point.words)
    if not is_plain or span[0] - read.span[1] != timedelta(days=1):
        raise scan.unreadable(another.point.words)
    both = (read.span[0], span[1])
    if is_days:
        return found_in_span(both, "days", "zh-days", Hours())
    return found_in_span(both, "period", "zh-months", Hours())


def _check_two(scan: Scanner, read: Found) -> None:
    """Check the weekdays of 7月20日至24日（周一至周五）."""
    if beside := scan.take(_BESIDE_TWO, "("):
        for day, word in zip(read.span, beside.groups(), strict=True):
            check_weekday(scan, day, weekday(word), scan.typed(beside))


def _check_row(scan: Scanner, context: DateContext, read: Found) -> None:
    """Read the same days again in brackets: 周六、周日（25、26日）."""
    start = scan.at
    opened = scan.take(r"\(", "(")
    begins = scan.at
    said = point(scan, context) if opened else None
    if said is not None:
        again, _ = _joined(scan, context, Dated(point=said))
        words = scan.words(begins)
        if scan.take(r"\)", ")"):
            if again.span != read.span:
                raise scan.unreadable(words)
            return
    scan.at = start
