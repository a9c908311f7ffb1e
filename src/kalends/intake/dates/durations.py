"""Reads how long an activity lasts from its first day: 为期三天, for three days."""

import re
from datetime import timedelta

from kalends.dates.numerals import CHINESE, TwoNumbersError, number
from kalends.dates.reader import Reading
from kalends.dates.vocabulary import COUNTS
from kalends.domain.patterns import DIGITS, Pattern, small
from kalends.domain.value import replace

_CHINESE = Pattern(
    f"(?:为期|连续|历时|持续|为时|[工会展赛课学]期) ?([0-9]{{1,2}}|{CHINESE}) ?个?"
    "(?:([天日])|周|星期|礼拜)(?!内)",
    needs="天日周期拜",
)
_BEHIND = Pattern(
    rf"[\s，,]*[（(]?(?:为期|连续|历时|持续|为时|共|一共|共计)? ?([0-9]{{1,2}}|{CHINESE}) ?天"
    "[）)]?(?![内后前])",
    needs="天",
)
_COUNT = f"[0-9]{{1,2}}|{'|'.join(COUNTS)}"
_ENGLISH = Pattern(
    rf"(?:\b(?:for|over|during) (?:the )?|,\s*(?=[a-z0-9]+ (?:day|week)s\s*(?:$|[,;.])))"
    rf"(?P<count>{_COUNT}) (?P<unit>day|week)s\b"
    rf"|\b(?P<before>{_COUNT})[ -]day\b",
    re.IGNORECASE,
    words=("day", "week"),
)
# Titles with a duration that is not the activity's own: 为期三天的培训总结会, 为期三天的培训结束.
_OTHER_DAY = Pattern(
    "结束|闭幕|落幕|收官|完成|总结|结业|告终|圆满|落下|的[^，,；;]*(?:会|仪式|通知|方案|部署|准备|动员)(?:$|[，,；;])"
    r"|\b(?:end|clos|finish|final|wrap|review|open)",
    re.IGNORECASE,
)
_COUNTED = [f"{count}{unit}" for count in (*DIGITS, *COUNTS) for unit in (" day", "-day", " week")]
_OPEN = {"起", "开始"}
_LONGEST, _WEEK = 60, 7


def lasting(when: Reading, text: str) -> Reading:
    """Return the days that an activity lasts from its first day; unchanged if not given."""
    days = _days(text)
    if days is None or when.when.precision != "day" or not 1 < days[0] <= _LONGEST:
        return when
    if _OTHER_DAY.search(text) or days[1].endswith("day"):  # 3-day camp: which day of it?
        return when
    last = when.when.first_day + timedelta(days=days[0] - 1)
    words = f"{when.when.text} {days[1]}"
    return replace(when, when=replace(when.when, last_day=last, precision="days", text=words))


def without_duration(text: str, when: Reading | None) -> str:
    """Return a text with its duration blanked out, if the date says the same."""
    days = _days(text)
    if when is None or days is None:
        return text
    length = (when.when.last_day - when.when.first_day).days + 1
    return text.replace(days[1], "." * len(days[1])) if length == days[0] else text


def behind(when: Reading, text: str, end: int) -> tuple[Reading, int]:
    """Return the days that a duration right behind a date makes of it, and where it ends.

    It says how many days were named (8月5日、6日两天), or how long it lasts (7月21日起连续三天).
    """
    counted = _BEHIND.match(text, end)
    if counted is None or when.when.precision not in {"day", "days"}:
        return when, end
    length = (when.when.last_day - when.when.first_day).days + 1
    if length > 1 and _is_number(counted[1], length):
        return when, counted.end()
    longer = lasting(when, counted[0]) if length == 1 else when
    return (when, end) if longer is when else (longer, counted.end())


def _is_number(word: str, count: int) -> bool:
    try:
        return number(word) == count
    except TwoNumbersError:
        return False


def begins_only(part: str, text: str) -> bool:
    """Return whether a date is refused only because of 起, and the text says how long it lasts."""
    return part in _OPEN and _days(text) is not None


def _days(text: str) -> tuple[int, str] | None:
    """Return the number of days in a text's duration, and its words."""
    if found := _CHINESE.search(text):
        try:
            return number(found[1]) * (1 if found[2] else _WEEK), found[0]
        except TwoNumbersError:
            return None  # 三五天
    if is_counted(text) and (found := _ENGLISH.search(text)):
        word = (found["count"] or found["before"]).casefold()
        count = COUNTS.index(word) + 1 if word in COUNTS else int(word)
        return count * (_WEEK if found["unit"] == "week" else 1), found[0]
    return None


def is_counted(text: str) -> bool:
    """Return whether days or weeks stand behind a number: for all else nothing is compiled."""
    read = small(text)
    return any(words in read for words in _COUNTED)
