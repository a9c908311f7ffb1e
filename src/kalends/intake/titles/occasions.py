"""The occasion with which a sentence begins: 教师节前夕，…; 国庆期间（10月1日至8日），…; 因雨，….

It names no day itself. It belongs to what happened, where the sentence tells the day besides.
"""

import re

from kalends.dates.reader import DateContext, Reading, read, read_prefix
from kalends.domain.errors import KalendsError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.intake.dates import sentence_dates
from kalends.intake.vocabulary import unknown_departments, unread_offices
from kalends.intake.vocabulary.naming import Names

_OCCASION = Pattern(
    '\\s*(?:[一-鿿“”"]{2,10}?(?:前夕|期间|之际|前后|假期|长假)(?:(?=\\s*[（(])|[，,]|(?=\\s|[0-9]{1,2}月))'
    '|(?:因|由于|鉴于|受|为|根据|按照|依据|围绕|针对)[一-鿿“”"]{2,20}[，,])',
    needs="夕间际后期假因由鉴受为根按依围针",
)
_NUMBERED = Pattern(
    "[一二三四五六七八九十]+[月日号周]|[周月日][初末底]|旬|季度|半年", needs="月日号周旬季半"
)
_BRACKET = Pattern(r"\s*[（(]([^（()）]{2,24})[）)][，,]?", needs="（(")
_ROOM = (
    "[一-鿿0-9]{0,8}(?:(?:会议|活动|阅览|值班)室|报告厅|礼堂|大厅|食堂|操场|广场|门[前口](?:集合|集中)?|院内"
    "|[0-9一二三四五六七八九十]楼)"
)
_ROOM_END = Pattern(f"{_ROOM}[，,]\\s*$", needs="室厅堂场前口内楼")
# Who only told or allowed it: 经市文明办批准，…; 按照市教育局部署，….
_ON_WHOSE_WORD = Pattern(
    "(?:经|根据|按照?|依据|依照|遵照|应)[^，,0-9]{2,24}?(?:研究|批准|同意|审批|部署|安排|要求|通知|精神|文件|决定|意见|计划|方案|邀请)[，,]\\s*",
    first="经根按依遵应",
)
# What tells why or on which occasion, before whoever does it.
_BEFORE_NAMES = Pattern(
    "(?:是|为|恰逢|适逢|正值|正逢|时值|值此|随着|根据|按照|结合|围绕|针对|由于|因|在)[^，,]{2,24}[，,]\\s*"
    "|经[一-鿿]{0,8}(?:研究|批准|同意|协商|讨论|安排)(?:决定)?[，,]\\s*"
    '|[^，,]{1,20}?(?:日|节|周|月|季|后|时|之际|期间|当天|前夕|周年|来袭|来临|到来|在即|将至|临近|高峰)[”"』」]?[，,]\\s*'
    '|[（(“"][一-鿿]{2,14}(?:日|节|周年)[)）”"]\\s*'
    f"|{_ROOM}[，,]\\s*"
    f"|(?:(?!{unknown_departments.DOING})[一-鿿]){{1,6}}[，,]\\s*",
    needs='，,）)”"',
)
_ENGLISH_DAY = Pattern(
    r"(?P<day>(?:[A-Z][\w'’.]* ){1,4}(?:Day|Week|Month|Festival|Eve|Anniversary|Holiday|Year)"
    r"(?:,|:|\s[-–—](?=\s))) *(?:[Tt]he )?",
    needs=",:-–—",
)
# Why or by what it is done, before whoever does it: Pursuant to the annual plan, the Police ….
_WHY = Pattern(
    r"(?P<day>(?:pursuant to|according to|in (?:line with|accordance with|response to|view of)"
    r"|as (?:part of|a follow-up to)|following|further to|ahead of|due to|because of|owing to"
    r"|(?:in order )?to (?:mark|celebrate|promote|improve)|on the (?:occasion|eve) of"
    r"|in (?:celebration|honou?r|memory) of|given|despite|amid|under|after|before|during|for"
    r"|with) [^,;:0-9\x1f]{2,60},) *(?:the )?",
    re.IGNORECASE,
    needs=",",
    words=(
        *(
            "pursuant ",
            "according ",
            "in line",
            "in acc",
            "in resp",
            "in view",
            "in order",
            "in celeb",
            "in hono",
            "in mem",
            "as part",
            "as a ",
        ),
        *(
            "following ",
            "further ",
            "ahead ",
            "due ",
            "because ",
            "owing ",
            "to mark ",
            "to celeb",
            "to promote ",
            "to improve ",
        ),
        *("on the ", "given ", "despite ", "amid ", "under ", "after ", "before ", "during "),
        *("for ", "with "),
    ),
)
_DAY_OF = Pattern("日|节|周年|前夕|饭后|课后|下班后|会后", needs="日节年夕后")
_PLAIN = Pattern(f'(?:(?!{unknown_departments.DOING})[一-鿿“”"]){{1,10}}')
_FAR = 14
_IS = Pattern("是|[恰适正]逢|[正时]值", needs="是逢值")  # 是国家扶贫日: without it, it reads well


def take(text: str, names: Names, context: DateContext) -> tuple[str, Reading | None, str]:
    """Return the occasion with which a text begins, a date in brackets behind it, and the rest.

    十月前后 is no occasion but a date, though a vague one.
    """
    if allowed := _ON_WHOSE_WORD.match(text, len(text) - len(text.lstrip())):
        return allowed[0], None, text[allowed.end() :]
    found = _OCCASION.match(text)
    if found is None or unread_offices.mentioned(found[0], names.at) or _NUMBERED.search(found[0]):
        return "", None, text
    rest = text[found.end() :]
    bracket = _BRACKET.match(rest)
    if bracket:
        try:
            return f"{found[0]}，", read(bracket[1], context), rest[bracket.end() :]
        except KalendsError:
            pass  # what stands in brackets is no date
    return found[0], None, rest


def before_names(text: str, names: Names) -> tuple[int, int] | None:
    """Return where an occasion begins and ends with which a text begins: 是国家扶贫日，….

    The verb that only joins it to the sentence is left out.
    """
    blanks = len(text) - len(text.lstrip())
    for day in _DAY_OF.finditer(text[: blanks + _FAR]):  # 国际扫盲日市教育局举办
        if _PLAIN.fullmatch(text[blanks : day.start()]) and names.at(text, day.end()):
            return blanks, day.end()
    english = _ENGLISH_DAY.match(text, blanks) or _why(text, blanks, names)
    if english and names.at(text, english.end()):
        return blanks, english.end("day")
    found = _BEFORE_NAMES.match(text, blanks)
    is_room = found and _ROOM_END.search(found[0])
    if found is None or (
        not is_room and unknown_departments.OFFICE_END.search(found[0].rstrip("，, "))
    ):
        return None
    verb = _IS.match(text, blanks)
    return verb.end() if verb else blanks, found.end()


def _why(text: str, start: int, names: Names) -> re.Match[str] | None:
    """Return the words that say why, where they name nobody."""
    if not text[start : start + 1].isascii():
        return None
    why = _WHY.match(text, start)
    return None if why is None or unread_offices.mentioned(why["day"], names.at) else why


def no_date(said: str, occasion: str, text: str, context: DateContext) -> KalendsError:
    """Return what is asked where nothing but an occasion says when, or nothing at all."""
    try:
        if occasion:
            read_prefix(occasion, context)
    except UnreadableDateError as error:
        return sentence_dates.narrowed(error, occasion)
    return sentence_dates.missing(said, text)
