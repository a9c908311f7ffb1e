"""Finds the words that say that what happens is cancelled, put off or not held.

They are looked for in the whole title, its heading and the tags, wherever they stand: 取消 大赛,
大赛因雨取消，…, not held: open day. What a department does away with is what happened: 取消限行,
cancelled the permits. Where it may be an event (取消收费政策宣讲会), that is asked: recording what
does not take place is worse.
"""

import re
from collections.abc import Iterable

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.event_words import EVENTS

_OFF = "取消|延期|延后|改期|缓期|顺延|停办|停开|推迟|暂缓|中止"
_HELD = "举行|召开|举办|开展|进行|开幕"
_CHINESE_EVENTS = (
    "会|赛|课|展|节|讲座|活动|培训班?|演练|演习|演出|汇演|展演|仪式|典礼|检查|宣传|座谈|走访|服务|"
    "宣讲|论坛|沙龙|集市|彩排|排练|行动|参观|比武|竞答|茶话|联欢|团建|春游|秋游"
)
_TIME = "[下本次明后今]|另|周|星期|礼拜|[0-9一二三四五六七八九十]|元旦|春节|年|月|节|假"
_CHINESE = Pattern(
    f"(?:{_OFF})(?:{_HELD})?(?:了|啦)?(?=[\\s，,。；;：:！!、）)】\\]]|$)"
    f"|(?:{_OFF})(?:{_HELD})?(?:到|至|于|为|[0-9一二两三四五六七八九十半]+个?(?:次|周|天|日|月|小时|星期|届|期))"
    f"|(?:改|调整|提前|挪|移)(?:到|至|在|于|为)(?={_TIME})"
    f"|(?:{_OFF}|暂停)(?:了|{_HELD})?(?=[^，,。；;：:]{{0,24}}?(?:{_CHINESE_EVENTS})(?:$|[\\s，,。；;：:！!）)]))"
    f"|(?:不再?|未能?|没有?|无法|不能|暂不|暂停|停止|未[如按]期)(?:如期|按期|按时|继续)?(?:{_HELD})",
    words=(*_OFF.split("|"), "暂停", "停止", "调整", "提前", *"改挪移不未没无"),
)
_ENGLISH_OFF = (
    "cancell?ed|postponed|rescheduled|called off|put off|deferred|scrapped|"
    "(?:is|are|was|were|be|been|being) (?:put back|moved)"
)
_NOT = "(?:not|never|no longer|cannot|(?:ca|wo|is|was|are|did|does)n['’]?t)"
_ENGLISH = Pattern(
    rf"\b(?:{_ENGLISH_OFF})\b(?=[^\w]*$|\s*[,;:.!)\]】：，；。–—]|\s+[-–—]"
    r"| (?:due|because|owing|until|till|for now|in view|to|by|after|again|indefinitely)\b)"
    rf"|\b{_NOT} (?:be |being |to be |been )?"
    r"(?:held|happen(?:s|ing|ed)?|go(?:ing)? ahead|tak(?:e|es|en|ing) place)\b"
    rf"|\b{_NOT}\W*$"  # will not: take place is cut off as a copula
    r"|\b(?:cancel(?:s|l?ed|l?ing|lation of)?|postpon(?:es?|ed|ing|ement of)"
    r"|reschedul(?:es?|ed|ing)|(?:calls?|called|calling|puts?|putting) off|defer(?:s|red|ring)?)\b"
    rf"(?= (?:[\w'’-]+ ){{0,5}}?(?:{EVENTS})s?\b(?! \w))",
    re.IGNORECASE,
)
# One of them is in every English match; without one the long expression is never compiled.
_HINTS = (
    *("cancel", "postpon", "schedul", "off", "defer", "scrap", "back", "moved"),
    *("not", "n't", "n’t", "never", "longer", "cant", "wont", "isnt", "arent", "didnt", "doesnt"),
)
_TITLES = Pattern("《[^》]*》", needs="》")


def not_taking_place(title: str, tags: Iterable[str] = ()) -> str:
    """Return the words that say that what happens is cancelled or put off, or ""."""
    for text in (_TITLES.sub("。", title), *tags):
        if found := _CHINESE.search(text) or _in_english(text):
            return found[0]
    return ""


def _in_english(text: str) -> re.Match[str] | None:
    folded = text.casefold()
    return _ENGLISH.search(text) if any(hint in folded for hint in _HINTS) else None
