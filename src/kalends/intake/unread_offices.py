"""Offices in a title that may take part, and were not read.

A department that the roster knows is never left in a title, unless it is plainly what something
was done to (走访市教育局), a part of a longer word, or a name in quotes. What only looks like an
office is asked about where somebody that takes part is expected.
"""

import re
from collections.abc import Callable

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.offices import (
    CAPITAL,
    CLEAR,
    DOING,
    NONE,
    SHORTEST,
    SURE,
    WORD,
    goes_on,
    office,
)

_PEOPLE = (
    "(?:党组|党委|副)*(?:书记|局长|主任|部长|处长|院长|校长|区长|市长|镇长|科长|队长|"
    "会长|主席|一行)"
)
_ROLE = "主办|承办|协办|牵头"
_DEBRIS = Pattern(
    f"['’]s\\b|of\\b|[·・+＋（(）)、/&＆]|等[^，,\\s]{{0,4}}(?:部门|单位)|{_PEOPLE}|(?:{_ROLE}|指导|支持|监督|策划|参加|参与|配合|协同|协助)\\s*(?:[，,、；;]|的|$)|的",
    needs="'’f·・+＋（(）)、/&＆等记行长任席办头导持督划加与合同助的",
)
_CLAUSE = Pattern(
    f"(?:^|(?<=[，,、；;\\s由]))[^，,、；;\\s]{{2,20}}?(?:{_ROLE})(?=$|[，,、；;\\s的])"
    f"|(?:^|(?<=[，,、；;\\s由]))[^，,、；;\\s]{{1,12}}?(?:{CLEAR})(?:参加|参与|配合)(?=$|[，,、；;。\\s])",
    needs="办头加与合",
)
_FIRST = Pattern(
    f"(?!{DOING})" + office("局|委|办|街道|镇|中学|医院|支队|大队|公司|学校|中心"),
    needs="局委办道镇学院队司校心",
)
_LISTED = Pattern(r"(?:[、/&＆]|和|与|及|\s+and\s+(?:the\s+)?)$", re.IGNORECASE)
_GOVERNED = Pattern(
    r"\b(?:at|to|for|in|on|about|near|into|visit(?:s|ed|ing)?|inspect(?:s|ed|ing)?|"
    r"(?:help|train|thank|tour|check|audit|brief)(?:s|ed|ing)?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Behind these a department is what it is done to, or a place: 走访市教育局, 在龙山区.
_DONE_TO = Pattern(
    "(?:走访|慰问|检查|看望|拜访|回访|约谈|通报|表彰|调研|督导|督查|督办|巡查|抽查|视察|参观|观摩|考察|"
    "走进|深入|前往|奔赴|来到|抵达|服务|帮扶|对接|支援|征求|听取|抄送|报送|报|致|访|查|进|入|至|去|往|驻|"
    "赴|(?<![得收达感受])到|在|对|向|为|给|就|将|把|从|于)了?$"
)
# An office nobody knows, where somebody that takes part is expected.
_BEHIND_MARK = Pattern(
    f"(?:(?<=[，,；;、])|(?:^|(?<=[，,；;并]))(?:组织|邀请|带领|率领|联合|会同|携手|配合|协助))\\s*(?!{DOING})"
    f"((?!{NONE}){WORD}{{1,10}}?(?:局(?![部面势限])|委(?![托员派])|街道办|支队|大队|中学|公司|医院|派出所|妇联))",
    needs="局委办队学司院所联",
)
_LATIN_OFFICE = Pattern(
    r"(?:[A-Z][\w'’-]+ )+"
    r"(?:Bureau|Department|Committee|Commission|Brigade|League|Council|Office)\b",
    needs="BDCLO",
)
# Whoever helps is named there, whatever its name ends in.
_HELPERS = "群众|居民|市民|学生|家长|志愿者|队员|党员|商户|业主|现场|全程|密切|互相|相互|给予"
_HELPING = Pattern(
    f"(?<=[，,；;])由?((?!{NONE})(?![^，,；;]*(?:{_HELPERS}))[^，,；;\\s]{{2,12}}?)"
    "(?:大力|积极|全力)?(?:支持|配合|协助|赞助)(?=$|[，,。；;])",
    needs="持合助",
)
_LATIN_HELP = Pattern(
    r"\b(?:(?:support|organi[sz]|sponsor|co-host|host|fund)ed by|(?:help|support) from|"
    rf"(?:partnership|cooperation|collaboration) with)\s+(?:the\s+)?({CAPITAL})",
    needs="bfw",
)
COUNTED = Pattern(
    r"\s*(?:[两二三四五六七八九十多各几]|[0-9]+)个?(?:家|部门|单位)(?:单位|部门)?(?!的|长|领导|联)",
    needs="家部单",
)
_QUOTED = Pattern('“[^”]*”|"[^"]*"|《[^》]*》|「[^」]*」|‘[^’]*’', needs='”"》」’')
_LATIN_GROUP = Pattern(f"(?:(?:and|with|by|&)\\s+)(?:the\\s+)?({CAPITAL})", needs="dhy&")
_JOINED = Pattern("以及|[和与及]")
_VISIT = "来访|到访|来函"
_Named = Callable[[str, int], tuple[Department, int] | None]


def left(title: str, named: _Named, *, was_named: bool) -> tuple[int, int] | None:
    """Return where an office stands in a title that may take part and was not read.

    A department behind a verb is what happened (走访市教育局), one in quotes is a name.
    """
    hidden = _QUOTED.sub(lambda name: "\x00" * len(name[0]), title)
    if was_named and (found := _DEBRIS.match(hidden)):
        return found.span()
    first = _FIRST.match(hidden) or (SURE.match(hidden) if was_named else None)
    if first and (goes_on(hidden, first.end()) or re.match(_VISIT, hidden[first.end() :])):
        first = None
    if found := first or _CLAUSE.search(hidden):
        inner = mentioned(found[0], named)
        start, end = inner or (_joined(found[0]), len(found[0]))
        return found.start() + start, found.start() + end
    return _known(hidden, named) or _unknown(hidden)


def _joined(text: str) -> int:
    """Return where the joining word ends with which a text begins: 以及物业公司."""
    joined = _JOINED.match(text)
    return joined.end() if joined else 0


def _known(text: str, named: _Named) -> tuple[int, int] | None:
    """Return where a department that the roster knows may take part."""
    objects: set[int] = set()
    place = 0
    while place < len(text):
        here = named(text, place)
        if here is None or _is_word(text, place) or here[1] - place < SHORTEST:
            place += 1
            continue
        if _takes_part(text, place, here[1], objects):
            return place, here[1]
        objects.add(here[1])
        place = here[1]
    return None


def _unknown(text: str) -> tuple[int, int] | None:
    """Return where an office that nobody knows stands as those do that take part."""
    found = (
        _LATIN_GROUP.match(text)
        or _BEHIND_MARK.search(text)
        or _HELPING.search(text)
        or _LATIN_HELP.search(text)
    )
    if found and not goes_on(text, found.end(1)):
        return found.span(1)
    offices = (
        found.span()
        for found in _LATIN_OFFICE.finditer(text)
        if not _GOVERNED.search(text[: found.start()])
    )
    return next(offices, None)


def mentioned(text: str, named: _Named) -> tuple[int, int] | None:
    """Return where the first department that the roster knows stands in a text."""
    for place in range(len(text)):
        here = named(text, place)
        if here and not _is_word(text, place) and here[1] - place >= SHORTEST:
            return place, here[1]
    return None


def _takes_part(text: str, start: int, end: int, objects: set[int]) -> bool:
    """Tell whether the department there may take part: nothing before it governs it."""
    if (goes_on(text, end) and text[end] != "的") or re.compile(_VISIT).match(text, end):
        return False
    before = text[:start]
    listed = _LISTED.search(before)
    if listed and listed.start() in objects:
        return False
    if text[start].isascii():
        return _GOVERNED.search(before) is None
    return _DONE_TO.search(before) is None


def _is_word(text: str, place: int) -> bool:
    """Tell whether a Latin word goes on here, or begins small: a code is no name in a title."""
    here = text[place]
    if not here.isascii() or here == "\x00":
        return here == "\x00"
    return not here.isupper() or (
        place > 0 and text[place - 1].isascii() and text[place - 1].isalnum()
    )
