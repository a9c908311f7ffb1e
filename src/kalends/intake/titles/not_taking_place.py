"""Finds the words that say that what happens is cancelled, put off or not held.

They are looked for in the whole title, its heading and the tags, wherever they stand: 取消 大赛,
大赛因雨取消，…, not held: open day. What a department does away with is what happened: 取消限行,
cancelled the permits. Where it may be an event (取消收费政策宣讲会), that is asked: recording what
does not take place is worse. So are a question (走访了没有？), a wish (希望走访) and what is not
sure (might meet, 走访待定).
"""

import re
from collections.abc import Iterable

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.event_words import DONE, EVENTS
from kalends.intake.vocabulary.unknown_departments import DOING

_OFF = "取消|延期|延后|改期|缓期|顺延|停办|停开|推迟|暂缓|中止"
_HELD = "举行|召开|举办|开展|进行|开幕"
_CHINESE_EVENTS = (
    "会|赛|课|展|节|讲座|活动|培训班?|演练|演习|演出|汇演|展演|仪式|典礼|检查|宣传|座谈|走访|服务|"
    "宣讲|论坛|沙龙|集市|彩排|排练|行动|参观|比武|竞答|茶话|联欢|团建|春游|秋游"
)
_NONE = "不再?|未能?|没能?|没有|无法|不能|暂不|未[如按]期"
_ACTIVITIES = (
    f"{_CHINESE_EVENTS}|{_HELD}|参加|参与|组织|调研|慰问|巡查|巡逻|排查|整治|清理|清扫|学习|培训|"
    "开会|入户|宣讲|督查|督导"
)
_TIME = "[下本次明后今]|另|周|星期|礼拜|[0-9一二三四五六七八九十]|元旦|春节|年|月|节|假"
_CHINESE = Pattern(
    f"(?:{_OFF})(?:{_HELD})?(?:了|啦)?(?=[\\s，,。；;：:！!、）)】\\]]|$)"
    f"|(?:{_OFF})(?:{_HELD})?(?:到|至|于|为|[0-9一二两三四五六七八九十半]+个?(?:次|周|天|日|月|小时|星期|届|期))"
    f"|(?:改|调整|提前|挪|移)(?:到|至|在|于|为)(?={_TIME})"
    f"|(?:{_OFF}|暂停)(?:了|{_HELD})?(?=[^，,。；;：:]{{0,24}}?(?:{_CHINESE_EVENTS})(?:$|[\\s，,。；;：:！!）)]))"
    f"|(?:{_NONE}|暂停|停止)(?:如期|按期|按时|继续)?(?:{_HELD})"
    # Of those who did nothing: 因雨未走访; 走访未就业青年 is what was done.
    f"|^(?:(?:因|由于)[^，,；;。]{{1,12}}?[，,]?)?(?:今天|今年|仍然?|还|暂时?|一直|尚|均|都)*(?:{_NONE})"
    f"(?:{_ACTIVITIES})(?![性式型])"
    # Of what did not come about: 培训没开成, 座谈会不开了.
    f"|(?:{_NONE})(?:{_HELD}|[开办搞去做来弄组织到能]{{1,2}})(?:成行?|了|上|起来)?"
    r"(?=[\s，,。；;：:！!、）)】\]]|$)|未果(?=[\s，,。；;！!]|$)",
    words=(*_OFF.split("|"), "暂停", "停止", "调整", "提前", *"改挪移不未没无"),
)
_ENGLISH_OFF = (
    "cancell?ed|postponed|rescheduled|called off|put off|deferred|scrapped|"
    "(?:is|are|was|were|be|been|being) (?:put back|moved)"
)
_EVENTS_OFF = (
    "meet|go|come|start|open|run|visit|train|hold|host|attend|take part|turn up|show up|work out"
)
_UNDONE = (
    "(?:(?:did|does|will|would|could|can|has|have|had|was|were|is|are)(?: not|n['’]t)"
    "|cannot|no longer)"
)
_NOT = "(?:not|never|no longer|cannot|(?:ca|wo|is|was|are|did|does)n['’]?t)"
_ENGLISH = Pattern(
    rf"\b(?:{_ENGLISH_OFF})\b(?=[^\w]*$|\s*[,;:.!)\]】：，；。–—]|\s+[-–—]"
    r"| (?:due|because|owing|until|till|for now|in view|to|by|after|again|indefinitely)\b)"
    rf"|\b{_NOT} (?:be |being |to be |been )?"
    r"(?:held|happen(?:s|ing|ed)?|go(?:ing)? ahead|tak(?:e|es|en|ing) place)\b"
    rf"|\b{_NOT}\W*$"  # will not: take place is cut off as a copula
    # Of those who did nothing: did not meet; a talk for those who cannot read is something.
    rf"|^\W*{_UNDONE}\b(?! (?:just|only|alone)\b)"
    rf"|\b(?:did|will|could|would)(?: not|n['’]t) (?:{_EVENTS_OFF})\b"
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
_CLOSED = r"(?=[\s，,。；;：:！!、）)】\]?？]|$)"
# What came to nothing or is not sure, who did not do it, and what is only asked or wished.
_CHINESE_DOUBT = Pattern(
    f"(?:泡汤|黄了|作罢|(?<!工)(?<!防)流产|搁浅|叫停|暂停|缓办|缓开|停了|免了|撤了|作废|告吹|吹了|落空|夭折|没成)了?{_CLOSED}"
    f"|(?:{_ACTIVITIES}|{_CHINESE_EVENTS}|时间|日期)(?:时间|日期)?(?:待定|未定|暂定|另定|待通知|另行通知){_CLOSED}"
    "|^(?:不(?:用|必|愿|肯|准|许|会|予|需|应|该|想|敢|得|打算)|别|甭|没人|无人|忘了|忘记|放弃|差点儿?|险些|几乎|假装"
    "|没去|没来|没来得及|希望|想要?|盼望?|但愿|也许|大概|约|暂定|待定|待核实?|存疑|可能|或许|说不定|恐怕|未必|没准|据说|听说|拒不)"
    f"\\s*(?:再|去|来|能)?(?:{_ACTIVITIES}|走访|检查)"
    f"|(?:{_ACTIVITIES})不了{_CLOSED}"
    f"|^(?:尚未|未(?!来|成年)|没有?|不再|无法|放弃|忘了|忘记|差点儿?|险些|希望|可能)(?={DOING})"
    "|^(?:如果|要是|假如|倘若|若(?!干))|[，,；;\\s](?:待定|未定|另定时间|时间另定|以通知为准)[。.]?$"
    f"|^(?:拒绝|谢绝|禁止|终止|停止|免|无)(?:{_ACTIVITIES}|走访|检查){_CLOSED}"
    "|^(?:是否|要不要|会不会|能不能|可不可以|该不该)"
    f"|(?:{_ACTIVITIES}|{_CHINESE_EVENTS})(?:了没有?|没有|吗|与否|(?=[?？]))[?？]*$|吗[?？]*$"
    "|^(?:暂?无|没有?)(?:活动|安排|事)?$",
    words=(
        *("泡汤", "黄了", "作罢", "流产", "搁浅", "叫停", "暂停", "缓办", "缓开", "停了"),
        *("免了", "撤了", "作废", "告吹", "吹了", "落空", "夭折", "没", "定", "通知", "不"),
        *("别", "甭", "无", "忘", "放弃", "差点", "险些", "几乎", "假装", "希望", "想"),
        *("盼", "愿", "也许", "可能", "或许", "恐怕", "未", "如果", "要是", "假如"),
        *("倘若", "若", "为准", "大概", "约", "待核", "存疑", "准", "据说", "听说", "绝"),
        *("禁止", "终止", "停止", "免", "是否", "该", "吗", "与否", "?", "？"),
    ),
)  # fmt: skip
_EVENT = rf"\b(?:{EVENTS})s?"
_OURS = "(?:the|its|their|an?|this|all)"
_ENGLISH_DOUBT = Pattern(
    rf"{_EVENT}[\s,:;(–-]+(?:(?:is|was|were|are|got|has been|have been) )?"
    r"(?:off|abandoned|shelved|axed|dropped|scrapped|nixed|aborted|suspended|void|on hold"
    r"|(?:rained|snowed|washed) (?:off|out)"
    r"|fell through|fallen through|(?:still )?tb[acd]|to be (?:confirmed|decided)|tentative"
    r"|provisional|unconfirmed|pending|in doubt|unsure|uncertain|or not)(?=\W*$|\s*[,;:.)])"
    # Of those who did nothing, or may do something.
    r"|^\W*(?:failed|forgot|refused|declined|unable|neglected|hop(?:es?|ed|ing)|wish(?:es|ed)?"
    r"|wants?|wanted|would like|(?:was|were) (?:meant|supposed|due|going)) to\b"
    r"|^\W*(?-i:supposedly|allegedly|reportedly|denied|might|may(?! day)"
    rf"|(?:almost|nearly|hardly|barely|never) (?:{DONE}|held|\w+ed)"
    r"|(?:would|could|should|might) have"
    rf"|(?:do|wo|ca|ai)(?: not|n['’]?t) (?:{_EVENTS_OFF}|talk))\b"
    r"|\b(?:was|were) (?:to(?: be (?:held|given))?|(?:supposed|meant|due|going) to)"
    r"(?: (?:be held|take place|happen))?\W*$"
    rf"|^\W*(?:skip(?:s|ped)?|miss(?:es|ed)|boycott(?:s|ed)?|abandon(?:s|ed)?|scrap(?:s|ped)?"
    rf"|shelve[sd]?|axe[sd]?|drop(?:s|ped)?|withdrew|stop(?:s|ped)? (?:holding|hosting|running))"
    rf" {_OURS}? ?(?:[\w'’-]+ ){{0,3}}?(?:{EVENTS})(?:e?s)?\b(?! \w)"
    rf"|^\W*(?:was|were) to\b|\b(?:hold|holds|held|gave|gives|ran|runs|had) no (?:{EVENTS})s?\b"
    rf"|^\W*no (?:{EVENTS})s?\b(?=\W*$| (?:today|this|on|at|in|for|by|because|due|with)\b)"
    r"|^\W*(?:(?-i:if|unless|not(?! (?:an?|just|only)\b))|hopefully|supposed to|meant to|won['’]t"
    r"|(?-i:almost)|(?-i:never)(?! too| ending| forget| again| mind))\b"
    r"|(?: is| was| -) off\W*$|\b(?:fell through|(?:rained|snowed|called) off)\W*$"
    r"|(?<!venue)(?<!place)(?<!speaker)(?<!room)(?<!time)(?<!location)(?<!venue:)(?<!place:)"
    r"(?<!speaker:)(?<!room:)(?<!time:)(?<!location:)[ ,(-]+tb[acd]\W*$"
    r"|^\W*(?:nothing|none|nobody|no one|n/a|nil)\W*$|\brumou?r"
    r"|\b(?:moved|shifted|changed|pushed|brought forward) to (?:the )?[0-9]{1,2}(?:st|nd|rd|th)?"
    r"(?=\W*$|[,;.)])"
    r"|\b(?:hardly|barely|scarcely|formerly|rarely|previously)(?: by\b|\W*$)"
    r"|\b(?:perhaps|maybe|possibly|probably|presumably|hopefully)\W*$|\(\s*[?？]\s*\)"
    rf"|^\s*[?？]|{_EVENT}\s?[?？]+\W*$",
    re.IGNORECASE,
    words=(
        *("off", "abandon", "shelve", "axe", "drop", "scrap", "nixed", "aborted"),
        *("suspended", "void", "on hold", " out", "through", "tb", "to be", "tentat"),
        *("provis", "confirm", "pend", "doubt", "sure", "uncert", "or not", "failed"),
        *("forgot", "refuse", "decline", "unable", "neglect", "hop", "wish", "want"),
        *("like to", "was ", "were ", "almost", "nearly", "hardly", "barely", "never"),
        *("edly", "denied", "might", "may", " have", " not", "n't", "n’t", "nt ", "skip"),
        *("miss", "boycott", "withdr", "stop", "no ", "nothing", "none", "nobody", "n/a"),
        *("nil", "rumo", "if", "unless", "not", "hopefully", "supposed", "meant", "perhaps"),
        *("scarcely", "merly", "rarely", "viously", "maybe", "ably", "ibly", "moved"),
        *("shifted", "changed", "pushed", "brought", "?", "？"),
    ),
)  # fmt: skip
_CROSSED_OUT = Pattern("[❌❎✖✗✘🚫⛔🙅👎]", needs="❌❎✖✗✘🚫⛔🙅👎")
# Where a title begins so, it is not sure that it takes place.
_NOT_SURE = Pattern(
    r"^\W*(?:tb[acd]|to be (?:confirmed|decided)|tentative(?:ly)?|provisional(?:ly)?"
    r"|pencilled in|maybe|perhaps|possibly)\b"
    r"|\bif (?:it|the weather|weather|there|enough|possible|needed|necessary|required|dry)\b"
    r"|\bhad (?:hoped|wanted|planned|meant|intended) to\b",
    re.IGNORECASE,
    words=(
        *("tba", "tbc", "tbd", "to be ", "tentative", "provisional", "pencil", "maybe", "perhaps"),
        *("possibl", "if ", "had "),
    ),
)
_TITLES = Pattern("《[^》]*》", needs="》")


def not_taking_place(title: str, tags: Iterable[str] = ()) -> str:
    """Return the words that say that what happens is cancelled or put off, or ""."""
    for text in (_TITLES.sub("。", title), *tags):
        if (
            found := _CHINESE.search(text)
            or _in_english(text)
            or _CROSSED_OUT.search(text)
            or _NOT_SURE.search(text)
        ):
            return found[0]
        if found := _CHINESE_DOUBT.search(text) or _ENGLISH_DOUBT.search(text):
            return found[0]
    return ""


def _in_english(text: str) -> re.Match[str] | None:
    folded = text.casefold()
    return _ENGLISH.search(text) if any(hint in folded for hint in _HINTS) else None
