"""Tells where a group of departments ends: before whom they help, or before what happened."""

import re

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary import unknown_departments
from kalends.intake.vocabulary.event_words import EVENTS, PLACES
from kalends.intake.vocabulary.joining_words import JOINER, LISTED
from kalends.intake.vocabulary.naming import Names

_DOING = Pattern(rf"\s+(?!(?:{EVENTS})\b)[a-z]+ing\b", words=("ing",))
_EVENT = Pattern(rf"\s+(?:{EVENTS})s?\b", re.IGNORECASE, never_first=",;:.、，")
_DOUBT = Pattern(
    r"\s+(?:or|and/or|nor)\s+(?:the )?[A-Z][\w'’-]*|\s+(?:excluded|excepted|absent|excused)\b"
    r"|\s+(?:only )?(?:if|unless)\b|\s+et al\b",
    words=("or", "exc", "absent", "if", "unless", "et al"),
)
_HELPING = ("help", "assist", "support", "join")
_HELPS = Pattern(
    r"\s*(?:全力|积极)?(?:配合|协助|协同)\s*|\s+(?:(?:also|will|has|have) )?"
    rf"(?:{'|'.join(_HELPING)})(?:s|ed)?\s+(?:out )?(?:the )?",
    words=("配合", "协助", "协同", *_HELPING),
)
# Police helped Parks to …; not Police helped Library visitors.
_HELPED_ENDS = Pattern(
    r"\s*(?:$|[,;:\x1f]|\.(?!\S)|\s[-–—]\s)"
    r"|\s+(?:with|at|to|on|in|for|during|[a-z]+ (?:up|out|the|its|their|an?))\b"
)
_HELPED_UNKNOWN = Pattern(unknown_departments.CAPITAL)
_WHERE = Pattern(rf"\b(?:{PLACES}|school|hospital|church|clinic|station)s?$", re.IGNORECASE)
_WITH_WHAT = Pattern(r"\s+with\s+(?:the |their |its |an? )?(?=[a-z])")
_BLANK = Pattern(r"(?<=[一-鿿])[ \u3000]+(?=[一-鿿])", needs=" \u3000")
# Where something is held: 市政府三楼会议室 推进会 城管局汇报.
_ROOM = Pattern(
    "(?:政府|机关|办事处)?(?:[0-9一二三四五六七八九十]+号?[楼层]|大|小|多功能|第[一二三四五]|常务|视频|党[组委])*"
    "(?:(?:会议室|会议厅|礼堂|报告厅|多功能厅|会议中心|演播厅|大厅|活动室|阅览室|食堂|停车场|[操球]场)"
    "(?=[\\s,，、;；:：]|$)|[东南西北正大后]*门[口前外]|[东南西北正大后]门(?=[\\s,，]|$)|楼[下前]|大院|院[内里]|广场(?!舞))"
    "|[0-9一二三四五六七八九十]+号?[楼层](?=[\\s,，、]|$)"
    "|(?<=[区道镇乡县])(?:(?![在到于赴去往对向从和与联将组机清走慰整检宣开举召进])[一-鿿]){1,4}"
    "(?:广场(?!舞)|公园|体育[场馆]|文化宫|[火汽客]车站)",
    needs="室厅堂心场门楼层院园馆宫站",
)


def helped(text: str, end: int, names: Names) -> int:
    """Return where a department begins that others help, or 0: 龙山区配合市公安局清查."""
    helps = _HELPS.match(text, end)
    named = names.at(text, helps.end()) if helps else None
    if helps is None or named is None or unknown_departments.goes_on(text, named[1]):
        return 0
    if not text[helps.end()].isascii():
        return helps.end()
    end = named[1]
    while (joiner := JOINER.match(text, end)) and (named := names.at(text, joiner.end())):
        end = named[1]
    return helps.end() if _HELPED_ENDS.match(text, end) else 0


def helped_unknown(text: str, end: int) -> str:
    """Return who is helped and is not known, a place apart: Police helped Rotary with a fair."""
    helps = _HELPS.match(text, end)
    unknown = _HELPED_UNKNOWN.match(text, helps.end()) if helps else None
    is_who = unknown and _HELPED_ENDS.match(text, unknown.end()) and not _WHERE.search(unknown[0])
    return unknown[0] if unknown and is_who else ""


def doubt_behind(text: str, end: int) -> str:
    """Return the words behind a name that make it one of two, or none: Police or Rotary meet."""
    found = _DOUBT.match(text, end) if text[end - 1 : end].isascii() else None
    return found[0].strip() if found else helped_unknown(text, end)


def behind_helped(text: str, end: int) -> int:
    """Return where the title begins behind whoever was helped: Police helped Parks with a walk."""
    what = _WITH_WHAT.match(text, end)
    return what.end() if what else end


def is_no_further(text: str, start: int, named: tuple[Department, int]) -> bool:
    """Return whether a name behind another one begins something else: Fire Brigade fire drill."""
    department, end = named
    is_whole = unknown_departments.stands_whole(text, start, end, department)
    return text[start] in "与和及" or (text[start].isascii() and not is_whole)


def is_topic(text: str, start: int, end: int) -> bool:
    """Return whether a name of one word may say what an event is about: Library Health Talk."""
    word = text[start:end]
    return (
        word.isascii()
        and word.isalpha()
        and word[0].isupper()
        and _EVENT.match(text, end) is not None
    )


def is_clause(text: str, joiner: re.Match[str], names: Names) -> bool:
    """Return whether a joiner begins what another one does: Police, with Fire helping to clean."""
    named = names.at(text, joiner.end()) if joiner[1].casefold() == "with" else None
    return named is not None and _DOING.match(text, named[1]) is not None


def listed(text: str, end: int, names: Names) -> re.Match[str] | None:
    """Return the comma, or the blank before a department, behind one: 市教育局 市妇联协办."""
    blank = _BLANK.match(text, end)
    return blank if blank and names.at(text, blank.end()) else LISTED.match(text, end)


def is_adverb(text: str, joiner: re.Match[str], names: Names) -> bool:
    """Return whether a joiner says only that they do it together: 城管局、公安局联合 文明劝导."""
    is_apart = joiner[1] in {"联合", "共同"} and text[joiner.end(1) : joiner.end()] != ""
    return is_apart and names.at(text, joiner.end()) is None


def behind_adverb(text: str, end: int, names: Names) -> int:
    """Return where such a word ends behind several departments, or where they end."""
    joiner = JOINER.match(text, end)
    return joiner.end(1) if joiner and is_adverb(text, joiner, names) else end


def is_room(text: str, end: int) -> bool:
    """Return whether a name only begins where they meet: 市政府三楼会议室 推进会 城管局汇报."""
    return _ROOM.match(text, end) is not None


def is_small(before: str, word: str, behind: str) -> bool:
    """Return whether a name of one small word only says what happened: Education and health talk.

    The name before it has a capital, and another small word stands behind it.
    """
    is_word = word.isascii() and word.isalpha() and word.islower() and behind[1:2].islower()
    return is_word and before.rsplit(maxsplit=1)[-1][:1].isupper()


def written(text: str, department: Department, end: int, names: Names) -> str:
    """Return the name that ends here as it stands in the text, not as it is registered."""
    starts = (start for start in range(end) if names.at(text, start) == (department, end))
    return text[next(starts, end) : end] or department.name
