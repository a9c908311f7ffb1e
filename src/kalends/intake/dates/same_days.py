"""Finds the words of a title that name the days anew which the date has named."""

import re
from datetime import date

from kalends.dates.reader import Reading
from kalends.domain.patterns import Pattern
from kalends.domain.when import COARSE
from kalends.intake.dates.acts import ACT
from kalends.intake.vocabulary.letters import is_chinese

_SAME_DAY = Pattern("当[天日]|同一天", needs="当同")
_EACH_DAY = Pattern("每[天日]", needs="每")  # of several days it is no repetition
_WEEKDAY = Pattern("(?:周|星期|礼拜)([一二三四五六日天末])", needs="周期拜")
_WEEKDAYS = {name: n for n, name in enumerate("一二三四五六日")} | {"天": 6}
_ENGLISH_WEEKDAY = Pattern(
    r"(?<!every )(?<!each )(?<!next )(?<!last )(?<!following )(?<!by )(?<!before )(?<!until )"
    r"(?<!after )(?<!from )(?<!to )(?<!till )(?<!or )(?<!and )"
    r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"(?!['’]|,? [0-9]| week|,? the [0-9])",
    re.IGNORECASE,
    words=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SATURDAY = 5


def without_same_days(text: str, when: Reading) -> str:
    """Return a text with such words blanked out: 当天, 每天 of several, 周五课堂 on a Friday.

    A 周末 before a noun is no day at all: 周末营.
    """
    first, last = when.when.first_day, when.when.last_day
    if when.when.precision in COARSE or when.when.precision in {"week", "ten-days"}:
        return text
    pattern = _SAME_DAY if first == last else _EACH_DAY
    text = pattern.sub(_dots, text)

    def hidden(said: re.Match[str]) -> str:
        is_weekend = said[1] == "末" and _is_weekend(text[said.end() :], first)
        return _dots(said) if is_weekend or _is_day(said[1], first, last) else said[0]

    def same(said: re.Match[str]) -> str:
        is_same = first == last and _ENGLISH.index(said[1][:3].lower()) == first.weekday()
        return _dots(said) if is_same else said[0]

    return _ENGLISH_WEEKDAY.sub(same, _WEEKDAY.sub(hidden, text))


def _dots(said: re.Match[str]) -> str:
    return "." * len(said[0])


def _is_day(name: str, first: date, last: date) -> bool:
    return first == last and _WEEKDAYS.get(name) == first.weekday()


def _is_weekend(behind: str, first: date) -> bool:
    is_noun = is_chinese(behind[:1]) and not ACT.match(behind)
    return first.weekday() >= _SATURDAY or is_noun
