"""Reads the time of day in Chinese: 上午, 下午3点半, 14:30-16:00, 晚上10点至次日凌晨2点."""

import re

from kalends.dates.date_resolution import Hours, runs_overnight
from kalends.dates.folding import normalise
from kalends.dates.numerals import CHINESE, NUMBER, NUMERALS, number
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import CHINESE_PARTS, MEASURES, PART_BEGINS, any_of
from kalends.domain.value import replace
from kalends.domain.when import Part

CONNECTOR = "(?:至|到|[-~]{1,2})"
# What the word begins otherwise: 下午茶, 晚上海, 早餐, 晚会.
_NOT_BEHIND = {
    "下午": "茶",
    "中午": "饭餐",
    "晚上": "级海",
    "早": "高餐饭课教市期报操读点会恋稻班已就年",
    # 夜查 and 晨读 are what happened.
    **dict.fromkeys(("夜", "晨"), "一-鿿"),
    "晚": "高会餐饭课自宴报霞稻期婚年点班安上",
}
_PARTS = any_of(*CHINESE_PARTS).split("|")
_PART = "|".join(
    f"{word}(?![{_NOT_BEHIND[word]}])" if word in _NOT_BEHIND else word for word in _PARTS
)
_PART = f"({_PART})"
# What the hour on a twelve-hour clock is on the other, and which hours a part of the day has.
_HOURS: dict[Part, dict[int, int]] = {
    "night": {12: 0} | {hour: hour for hour in range(7)},
    "morning": {hour: hour for hour in range(3, 13)},
    "noon": {1: 13, 2: 14} | {hour: hour for hour in range(10, 15)},
    "afternoon": {hour: hour + 12 for hour in range(1, 9)} | {h: h for h in range(12, 20)},
    "evening": {hour: hour + 12 for hour in range(4, 13)} | {h: h for h in range(16, 25)},
}
_EDGE = "(?=$|[ ,;:)~至到、-])"
# 9点30召开, not 9点30人.
_MINUTES = "[0-5][0-9]|[二三四五]?十[一二三四五六七八九]?|〇[一二三四五六七八九]"
_OCLOCK = (
    f"({NUMBER}) ?(点钟?(?![评名位赞亮检阅心多意要建])"
    "|时(?![间候代段期尚装常事刻]|许[可多诺昌愿]))"
    # Not of 9点整治.
    f"(?: ?(半钟?|[一三13]刻钟?|整(?![治改理顿合修容装备编队体形洁]))(?![个天年月])"
    f"|(?: ?过)? ?({NUMBER}) ?分(?![钟别组析批局公])"
    f"| ?([0-9]{{2}}|{CHINESE}){_EDGE}"
    f"|({_MINUTES})(?=[一-鿿])(?!{MEASURES}))?(?:许(?![可多诺昌愿]))?"
)
_PLAIN = f"({NUMBER}) ?([点时])"
# What may go on from 点 and 时, or makes another word of them.
_MORE = frozenset(
    "0123456789钟半整过许一二三四五六七八九十廿卅〇两评名位赞亮检阅心多意要建间候代段期尚装常事刻"
)
_BETWEEN = f"[,、的](?= *(?:{_PART}|[0-9]{{1,2}}:|{NUMBER} ?[点时]))"
_COLON = (
    r"([0-9]{1,2}):([0-9]{2})(?::[0-5][0-9](?:\.[0-9]+)?)?(?![0-9]|:[0-9]| ?[ap]\.?m\b)"
    f"(?:整{_EDGE})?"
)
_BARE = r"([0-9]{1,2})(?=$|[ ,;)])(?! ?[ap]\.?m)"  # the 11 of 9:30-11
_ON_TIME = "(?:准时|正式)?开始(?=$|[ ,;:.。、)])|准时"
_QUARTERS = {"半": 30, "一": 15, "1": 15, "三": 45, "3": 45, "整": 0}
_NEXT = "(?:次日|翌日|第二天|隔天)"
_EARLY = "清晨|早|一早"
_NOON = "12:00"
_UNSURE = range(1, 7)  # 3点 alone is either three o'clock
_LAST_HOUR, _LAST_MINUTE = 24, 59


def take_hours(scan: Scanner, given: Part | None = None) -> Hours:
    """Read a part of the day, clock times, or nothing; `given` is a part that was said before.

    Raises `ImpossibleDateError` for a time that no clock shows (25:00), `UnreadableDateError` for
    one that may be either of two (晚上2点, 3点).
    """
    if bracketed := _in_brackets(scan, given):
        return bracketed
    hours = _take_open(scan, given)
    if hours.words and hours.starts is None and (clocks := _in_brackets(scan, hours.part)):
        return clocks
    return hours


def _in_brackets(scan: Scanner, given: Part | None) -> Hours | None:
    """Read hours that stand in brackets: 8月14日（上午）, 上午（9:00-11:00）."""
    start = scan.at
    if scan.take(r"\(", "("):
        hours = _take_open(scan, given)
        if hours.words and scan.take(r"\)", ")"):
            return replace(hours, words=scan.words(start))
        scan.at = start
    return None


def _take_open(scan: Scanner, given: Part | None) -> Hours:
    scan.take(_BETWEEN, ",、的")
    before = scan.at
    if scan.take(
        "从", "从"
    ):  # 7月14日从9点到11点; without an end it is where somebody set out from
        hours = _take_hours(scan, given)
        if hours.ends is not None:
            return replace(hours, words=scan.words(before))
        scan.at = before
        return Hours(part=given)
    return _take_hours(scan, given)


def _take_hours(scan: Scanner, given: Part | None) -> Hours:
    start = scan.at
    is_early = given == "morning" or scan.peek(_EARLY, "清早一") is not None
    part = _part(scan) or given
    starts = _take_time(scan, part)
    if starts is None:
        return Hours(part=part, words=scan.words(start))
    is_either = part == "morning" and starts > _NOON  # 上午 12:30, as some clocks show 0:30
    if starts == "24:00" or is_either or (is_early and starts >= _NOON):  # 早上12点
        raise scan.unreadable(scan.words(start))
    before, is_colon = scan.at, ":" in normalise(scan.words(start))
    if scan.take(CONNECTOR, "至到-~"):
        next_day = scan.take(_NEXT, "次翌第隔") is not None
        own = _part(scan)
        ends = _take_time(
            scan,
            own or (None if next_day else part),
            ending=_BARE if is_colon else "",
            next_day=next_day,
        )
        if ends is not None:
            rolled = next_day or (own == "night" and starts >= "12:00")
            rolled = rolled or (own is None and runs_overnight(starts, ends))
            return Hours(starts=starts, ends=ends, next_day=rolled, words=scan.words(start))
        scan.at = before
    scan.take(_ON_TIME, "准正开")
    return Hours(starts=starts, words=scan.words(start))


def hour_in(part: Part, hour: int) -> int | None:
    """Return the hour of 24 that an hour said with a part of the day is; None if none or two."""
    return _HOURS[part].get(hour)


def _part(scan: Scanner) -> Part | None:
    """Read a part of the day; the expression of all takes a millisecond to compile."""
    if not scan.begins(PART_BEGINS):
        return None
    start = len(scan.text) - len(scan.text[scan.at :].lstrip(" "))
    word = next((word for word in _PARTS if _stands(scan.text, start, word)), None)
    if word is None:
        return None
    scan.at = start + len(word)
    return CHINESE_PARTS[word]


def _stands(text: str, start: int, word: str) -> bool:
    """Return whether a part of the day stands here and begins no other word: 下午茶."""
    behind = text[start + len(word) : start + len(word) + 1]
    is_other = "一" <= behind <= "鿿" if word in "夜晨" else behind in _NOT_BEHIND.get(word, ())
    return text.startswith(word, start) and not (behind and is_other)


def _take_time(
    scan: Scanner, part: Part | None, *, ending: str | None = None, next_day: bool = False
) -> str | None:
    start = scan.at
    clock = _clock(scan, ending=ending) if scan.begins(NUMERALS) else None
    if clock is None:
        return None
    hour, minute, is_sure = clock
    words = scan.words(start)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or (hour == _LAST_HOUR and minute):
        raise scan.impossible(words)
    if part is None:
        is_clear = is_sure or next_day or hour not in _UNSURE
    elif ending is not None and hour > 12:  # noqa: PLR2004 - 上午8:30-17:00
        is_clear = True
    else:
        is_clear = hour in _HOURS[part]
        hour = _HOURS[part].get(hour, hour)
    if not is_clear and part is None:
        raise scan.either(words, f"{hour:02}:{minute:02}", f"{hour + 12:02}:{minute:02}")
    if not is_clear:
        raise scan.unreadable(words)
    return f"{hour:02}:{minute:02}"


def _clock(scan: Scanner, *, ending: str | None) -> tuple[int, int, bool] | None:
    """Return hour, minute, and whether the hour is surely one of 24; None and stay without one.

    `ending`: how the end of a range may be written besides; None at its beginning.
    """
    if found := scan.take(_COLON, "0123456789"):
        return int(found[1]), int(found[2]), len(found[1]) > 1
    found = scan.peek(_PLAIN)  # the expression of all that may follow takes two milliseconds
    if found and scan.text[found.end() :].lstrip(" ")[:1] not in _MORE:
        scan.at = found.end()
        return number(found[1]), 0, found[2] == "时"
    if found and (found := scan.take(_OCLOCK)):
        return number(found[1]), _minute(found), found[2] == "时"
    if ending and (found := scan.take(ending)):
        return number(found[1]), 0, False
    if ending is None and (found := scan.take(f"({NUMBER})(?= ?{CONNECTOR} ?{NUMBER} ?[点时])")):
        return number(found[1]), 0, False
    return None


def _minute(found: re.Match[str]) -> int:
    if found[3]:
        return _QUARTERS[found[3][0]]
    said = found[4] or found[5] or found[6]
    return number(said) if said else 0
