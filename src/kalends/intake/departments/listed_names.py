"""Finds names that stand beside a department in a list and are not on the roster.

    Rotary, Police visit schools        物业，市教育局走访        open day, Fire Brigade, Red Cross

A sentence is parted at its marks. A part beside a department is a name unless it says plainly what
happened, on which occasion or where, or unless nothing else says what happened.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from kalends.domain.patterns import Pattern
from kalends.domain.value import Value
from kalends.intake.vocabulary.event_words import BODIES, EVENTS, HEADINGS, PEOPLE, PLACES
from kalends.intake.vocabulary.joining_words import OTHERS, PARTS
from kalends.intake.vocabulary.letters import is_chinese
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.taking_part import happened, may_be_office
from kalends.intake.vocabulary.unknown_departments import DOING, OFFICE_END

_MARK = re.compile(
    f"\\s*((?<!No)(?<!St)(?<!Mt)[.](?=\\s|$)|[,，、;；/&＆+＋:：（）()|{SEAM}]|(?<=\\s)[-–—](?=\\s))\\s*"
)
_WALLS = frozenset(":：-–—")  # behind a department: what follows is what happened
_HEADING = Pattern(
    rf"^(?:{HEADINGS})$|(?:纪要|通知|公告|通告|[快简短要]讯|动态|[要新]闻|信息|提示|提醒|预告|公示|[简喜通日周月快]报|日志|书|安排|"
    "计划|方案|总结|记录|日程|备忘录?|[表单]|说明|登记|工作|要点|要情|摘要|汇总|部署|任务|通稿|[补追]记|台账|消息|播报|速递|主题|议题|内容|标题|事项|活动)$",
    re.IGNORECASE,
)
_COMMAS = frozenset(f",，、;；{SEAM}")
_BEFORE = Pattern(
    r"(?:(?:and|with|the|by|both)\s+|[由和与及跟并])+",
    re.IGNORECASE,
    words=("and", "with", "the", "by", "both", *"由和与及跟并"),
)
_BETWEEN = Pattern(rf"(?:[\s和与及跟]|and\s|the\s|{PARTS}|联合|会同|共同)+", re.IGNORECASE)
_JOINERS = frozenset("和与及跟")
_JOIN_FIRST = _JOINERS | {*"aAtT联会共", *(word[0] for word in PARTS.split("|"))}
_BEHIND = Pattern(
    r"\s+(?:on|at|in|from|to|for|and)$",
    re.IGNORECASE,
    words=("on", "at", "in", "from", "to", "for", "and"),
)
_CAPITALS = Pattern(r"[A-Z][\w'’.-]*(?: (?:(?:of|the|and|for|&) )*[A-Z0-9][\w'’.-]*)*")
# A body nobody knows, and what it does or gives: Red Cross first aid.
_BODY = Pattern(rf"(?:[A-Z][\w'’-]*(?: of)? )*(?:{BODIES})(?: Club)?(?= (?!for |of )[a-z])")
_ROOMS = "foyer|lobby|room|office|canteen|yard|gym|field|kitchen|quarry|reception|primary"
_PLAIN_END = Pattern(
    rf"^[0-9]|(?:\b(?:{EVENTS}|{PLACES}|{_ROOMS}|[A-Z][a-z]+day|(?:Jan|Febr)uary|March|April|May|June|July|August|"
    r"(?:Septem|Octo|Novem|Decem)ber)s?|[0-9])$",
    re.IGNORECASE,
)
# When, where or why it is done, before whoever does it.
_ADVERBIAL = Pattern(
    r"(?:hey|hi|hello|dear|fyi|ok|okay|pls|please|in|on|at|to|for|during|after|before|ahead|as|under|because|due|thanks|despite|when|while|"
    r"since|amid|near|from|through|throughout|if|so|given|owing|following|according|pursuant|further|once|until|by|"
    r"\w+ly|\w+ing \w+ \w+)\b",
    re.IGNORECASE,
)
# In small letters: police and rotary fair, lego club run by rotary; not police and volunteers.
_NOBODY = rf"(?!(?:the )?(?:[a-z'’-]+ ){{0,2}}(?:{PEOPLE}|us|them|mum|dad)\b)"
_SMALL = Pattern(
    rf"^and {_NOBODY}[a-z'’-]+"
    rf"|\b(?:run|held|led|organi[sz]ed|hosted|given|put on) by {_NOBODY}[a-z'’-]+"
)
_OFTEN = Pattern(
    r"(?:free|all|welcome|outdoors?|indoors?|online|weekly|monthly|[a-z]+(?:ing|ed|ly))$"
)
_LONGEST_ENGLISH, _LONGEST = 5, 12
# Words that make an occasion of a short part, or a place of it.
_OCCASION = Pattern(
    "在即|来临|将至|将近|来袭|临近|降临|到来|时节|时分|开学|放假|复工|复学|渐|转[凉暖冷晴阴]|[暴大小雨台][雨雪风]|"
    "[高中]考|[前午今当昨明本此这那][天日晚次]|高峰|[们家您你]好$|第[一二三]天|[首当]日|[之以]?[后前]$|时$|假$|夕$|初$|末$|底$|际$|间$|中$|下$|上$"
)
_WHERE = Pattern(
    "(?:室|厅|楼|层|考点|体育馆|广场|操场|球场|体育场|公园|门口|大堂|礼堂|食堂|[路街巷]|[东南西北][侧边门])$"
)
# A place in a clause of its own; in a list it is who takes part.
_SITE = Pattern(
    "(?:医院|学校|小学|中学|幼儿园|社区|小区|村|敬老院|养老院|福利院|车站|市场|商场|景区|夜市|早市|集市|路口|(?:服务|活动|文化|会议|健身)中心|文化[站宫馆])$"
)
_SAID = Pattern(f"{DOING}|集合|集中|出发|签到|报到|[是有了着过]")


# 物业走访敬老院 says who does it; 交通整治行动 and 春节走访 say what happened.
_DOES = Pattern(
    f"((?!{DOING})(?:(?!{DOING})[一-鿿]){{2,10}}?)"
    "(?:开展|召开|举办|举行|组织|参加|参与|走访|慰问|看望|拜访|参观|前往|来到|走进|捐赠|发放|护送|帮扶)[一-鿿]"
)


class _Part(Value):
    """A part of a sentence between marks, or in Chinese between blanks."""

    text: str
    mark: str  # before it, empty for a blank
    is_heading: bool  # a colon or dash follows
    is_led: bool  # it begins with a known name
    is_name: bool  # it is nothing but known names
    joined_at: int  # where 和 stands behind the last of them, or 0


def unknown_beside(text: str, title: str, names: Names, *, later: Collection[str] = ()) -> str:
    """Return the first unknown name in a list with a department that is left in a title, or "".

    `text` is the sentence with seams in place of its date, tags and place; `later` are the later
    clauses in it whose departments were read: small words before them make no list with them.
    """
    parts, are_small = list(_parts(text, names)), names.are_small
    if are_small and (hidden := _SMALL.search(title)):
        return hidden[0]
    for part in parts:
        body = None if part.is_led or part.mark not in _COMMAS else _BODY.match(part.text)
        if body and body[0] in title:
            return body[0]
    for before, part in pairwise(parts):
        is_said = before.text.isascii() and _HEADING.search(before.text) is not None
        is_heading = is_said or (
            before.is_heading
            and (
                _HEADING.search(before.text)
                or (before.text.isascii() and not _CAPITALS.fullmatch(before.text))
            )
        )
        is_later = any(part.text.startswith(said) for said in later)
        is_small = is_later and before.text.isascii() and not _CAPITALS.fullmatch(before.text)
        is_beside = part.is_led and not (before.is_led or is_heading or is_small)
        if is_beside and _names(name := _who(before), part, title, are_small=are_small):
            return name
        is_list = before.is_name and not part.is_led and part.mark not in _WALLS | {SEAM}
        if is_list and _names(
            name := _who(part), before, title, mark=part.mark, are_small=are_small
        ):
            return name
    return ""


def _who(part: _Part) -> str:
    """Return who does something in a part, else all of it: 物业 of 物业走访敬老院."""
    does = _DOES.match(part.text) if part.mark in _COMMAS else None
    return does[1] if does and not happened(part.text) else part.text


def _parts(text: str, names: Names) -> Iterator[_Part]:
    pieces = _MARK.split(text)
    is_dated = False
    for n in range(0, len(pieces), 2):
        is_dated |= n > 0 and pieces[n - 1] == SEAM
        mark = pieces[n - 1] if n else ","
        is_heading = n + 1 < len(pieces) and pieces[n + 1] in _WALLS
        for piece in _between_blanks(pieces[n]):
            opening = _BEFORE.match(piece)
            said = _BEHIND.sub("", piece[opening.end() if opening else 0 :].strip(" .。!！?？"))
            if said:
                is_dated, mark = False, SEAM if is_dated else mark
                part = _part(said, mark, names, is_heading=is_heading)
                if (at := part.joined_at) and not part.is_name:  # 团市委和物业: as 团市委、物业
                    yield _part(said[:at], mark, names, is_heading=False)
                    part = _part(said[at + 1 :], "、", names, is_heading=is_heading)
                yield part
                mark = ""


def _between_blanks(text: str) -> list[str]:
    """Return what is between the blanks of a text; Latin words stay together: 团市委 Fun run."""
    found: list[str] = []
    for word in text.split():
        if found and not (is_chinese(found[-1][-1]) or is_chinese(word[0])):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _part(text: str, mark: str, names: Names, *, is_heading: bool) -> _Part:
    place = end = joined_at = 0
    while named := names.at(text, place):
        end = named[1]
        between = _BETWEEN.match(text, end) if _may_join(text[end : end + 1]) else None
        others = OTHERS.match(text, end)
        place = others.end() if others else between.end() if between else end
        joined_at = end if between and between[0] in _JOINERS else 0
    is_name = end > 0 and place == len(text)
    return _Part(
        text=text,
        mark=mark,
        is_heading=is_heading,
        is_led=end > 0,
        is_name=is_name,
        joined_at=joined_at,
    )


def _may_join(char: str) -> bool:
    return char in _JOIN_FIRST or char.isspace()


def _names(
    text: str, beside: _Part, title: str, *, mark: str | None = None, are_small: bool = False
) -> bool:
    """Return whether a part of a list names somebody: `beside` is the department there."""
    rest = title.replace(text, "", 1).strip(" ,，、;；:：")
    if text not in title or not rest:
        return False
    mark = beside.mark if mark is None else mark
    if any(map(is_chinese, text)):
        is_site = mark not in {"、", "/", "&", "＆", "+", "＋"} and _SITE.search(text)
        return not is_site and _names_in_chinese(text, is_apart=bool(mark))
    if _PLAIN_END.search(text):
        return False
    if are_small and " " not in text and not _OFTEN.match(text):
        return True  # fair, rotary, police
    is_clause = beside.is_name or _ADVERBIAL.match(text) is not None
    is_short = len(text.split()) <= _LONGEST_ENGLISH
    return _CAPITALS.fullmatch(text) is not None or (is_short and not is_clause)


def _names_in_chinese(text: str, *, is_apart: bool) -> bool:
    if not 1 < len(text) <= _LONGEST or not text.isalnum():
        return False
    if any(pattern.search(text) for pattern in (_SAID, _OCCASION, _WHERE)):
        return False
    return may_be_office(text) and (is_apart or OFFICE_END.search(text) is not None)
