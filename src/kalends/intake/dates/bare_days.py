"""A weekday or a day of the month that stands alone: the one behind us, or the one to come?

Alone, it is one of this week or month. That is in doubt where the day is over and the sentence
does not say that something took place, and where it is to come and the sentence does say so.
"""

import re
from datetime import date, timedelta

from kalends.dates.date_resolution import months_on
from kalends.dates.reader import DateContext, Reading
from kalends.dates.times_alone import readings_of
from kalends.dates.vocabulary import SHORT_WEEKDAYS, WEEKDAYS, any_of
from kalends.domain.errors import HalfReadDateError, TwoReadingsError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.intake.dates.sentence_dates import BARE
from kalends.intake.found import Sentence
from kalends.intake.vocabulary.unknown_departments import DOING

_OF_WEEK = {"zh-weekday", "en-weekday"}
_BARE = Pattern(
    rf"(?:on |the )*(?:{any_of(*WEEKDAYS, *SHORT_WEEKDAYS)})\b(?!.*\bweek\b)"
    r"|[于在]?(?:周|星期|礼拜)[一二三四五六日天]?"
    r"|[于在]?[0-9〇一二三四五六七八九十廿卅]{1,3} ?[日号]"
    r"|(?:on )?(?:the )?[0-9]{1,2}(?:st|nd|rd|th)\b(?! of)",
    re.IGNORECASE,
)
_PLAN = Pattern(
    "(?<!模)[将拟]|(?<![邀申])请|计划|定于|预计|准备|届时"
    r"|\b(?:will|shall|to be|going to|plan(?:s|ned)?|upcoming|please|scheduled|reminder)\b",
    re.IGNORECASE,
)
_INVITES = Pattern(
    "请[^，,。；;]{0,12}(?:准时|按时|参[加会]|回复|转告|周知)|特此通知", needs="请特"
)
_PAST = Pattern(
    "了(?!解)|已|完毕|结束|圆满|过(?=[，,。；;]|$)"
    r"|\b(?:was|were|had|held|met|gave|took|ran|spoke|went|saw|told|led|set|made|brought|taught|"
    r"sent|sat|built|found|(?!need|speed|feed|seed|weed|shed|bleed|indeed)[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_PRAISED = Pattern(
    r"\b(?:turnout|crowd|attendance|kudos|thanks to|thx to|thank you to|cheers to|well done"
    r"|good job|great job|back from|loved|enjoyed|went to|great fun|good fun|brilliant"
    r"|shout-?outs?)\b",
    re.IGNORECASE,
    words=(
        *("turnout", "crowd", "attendance", "kudos", "to", "done", "job", "from", "ed", "fun"),
        *("brilliant", "shout"),
    ),
)
# A verb of the past that is no word of a title, as in guided walk on Friday, fair held on Friday.
_DID = Pattern(
    r"\b(?:(?:took|gave|went|ran|spoke|saw|drove|wrote|came|began|sang|drew|did|was|were)\b"
    r"|(?:met|held|led|told|made|brought|taught|sent|built|found|swept|won"
    r"|(?!need|feed|seed|weed|shed)[a-z]{2,}ed) "
    r"(?:the|an?|all|some|several|many|its|their|our|two|three|four|five|six|seven|eight|nine|ten"
    r"|[0-9]+|down|out|off|up) )",
    re.IGNORECASE,
)
_DOES = Pattern(r"\b(?:is|are|be|starts?|begins?|takes? place|runs?|opens?)\b", re.IGNORECASE)
# It took place: not 已报名人员.
_OVER = Pattern(
    "已经?[^，,。；;]{0,16}(?:完毕|结束|闭幕|落幕|[完过]?了(?=$|[，,。；;]|[^，,。；;]{0,12}$))",
    needs="已",
)
_ACTS = Pattern(DOING)
# What is held, not that it was: 座谈会, 志愿者. Yet 召开会议 and 组织活动 say that it was.
_HELD = "召开|举行|举办|开展|参加|参与|组织|进行|开会|主办|承办|协办|邀请|联合|完成|接待|迎接|接受"
_OCCASION = Pattern(
    f"志愿者|(?:(?!{_HELD})(?:{DOING}))+(?:大?会(?!见|同|商)|班(?!子)|仪式|活动|比?赛|日|周|月)",
    needs="者会班式动赛日周月",
)


def asked(
    found: Sentence, said: str, typed: str, context: DateContext
) -> UnreadableDateError | None:
    """Return what is asked where a date may lie on the other side of today, else None.

    A weekday behind a verb that is surely of the past becomes the one before today.
    """
    when, today = found.when, context.today
    if when is None:
        return None
    if when.when.first_day > today and _OVER.search(found.title):  # 下周三已经办完了
        return HalfReadDateError(text=typed, part=when.when.text)
    error = in_doubt(when, said, typed, today) if when.rule in BARE else None
    if error and _is_over(error, said, today):
        found.when = readings_of(error, context)[0]
        return None
    return error


def _is_over(error: TwoReadingsError, said: str, today: date) -> bool:
    """Return whether a verb says that the day before today is meant: took down signs on Friday.

    A verb behind 了 or a participle leaves it open: 周日团市委走访了社区, fair held on Sunday.
    """
    is_two_days = str(error.fields["first"]) < today.isoformat() < str(error.fields["second"])
    is_coming = _PLAN.search(said) or _DOES.search(said)
    return is_two_days and not is_coming and _DID.search(said) is not None


def in_doubt(when: Reading, said: str, typed: str, today: date) -> TwoReadingsError | None:
    """Return what is asked where a bare day (`BARE`) may be another week's, or month's.

    `said` is the sentence, `typed` that with what stands around it (请准时参加, thanks).
    In doubt is the day alone: a time behind it stays, whichever day is meant.
    """
    day = when.when.first_day
    bare = _BARE.match(when.when.text)
    if day == today or bare is None:
        return None
    is_plan = (_PLAN.search(said) or _INVITES.search(typed)) is not None
    is_past = (_PAST.search(said) or _PRAISED.search(typed)) is not None
    if day < today and not is_plan and (is_past or _ACTS.search(_OCCASION.sub("", said))):
        return None
    if day > today and (is_plan or not is_past):
        return None
    ahead = 1 if day < today else -1
    other = day + timedelta(days=7 * ahead) if when.rule in _OF_WEEK else months_on(day, ahead)
    first, second = sorted((day, other))
    part = bare[0].lstrip("于在")
    return TwoReadingsError(
        text=when.when.text, part=part, first=first.isoformat(), second=second.isoformat()
    )
