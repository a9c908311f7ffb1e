"""Tells where a day ends and a verb says what happened: 周五去敬老院, not 22号检查站."""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.unknown_departments import DOING

_DOES = "[去请开办搞做上要到来给把帮讲看送发]|有(?!约)"
# Not 22号检查站.
ACT = Pattern(f"(?:{DOING}|{_DOES})(?![一-鿿]?[站点车楼室厅队员岗线亭台])")
# Not behind a festival: 七一表彰 and 教师节慰问 are rarely on that day.
_SURE_DAY = Pattern("(?:号|月 ?[0-9]{1,2}|[周期拜][一二三四五六日天末])$", needs="号月周期拜")


def begins_act(text: str, place: int) -> bool:
    """Return whether a day ends there and what happened begins, with a verb: 周五去敬老院.

    22号检查站 and 周五课堂 are no days.
    """
    return _SURE_DAY.search(text[:place]) is not None and ACT.match(text, place) is not None
