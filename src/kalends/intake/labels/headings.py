"""Finds a heading that was pasted before a sentence: 【通知】, 会议纪要：, Reminder:."""

import re

from kalends.dates.reader import DateContext, read_prefix
from kalends.domain.errors import KalendsError
from kalends.domain.patterns import Pattern
from kalends.intake.labels import list_numbers
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.event_words import HEADINGS
from kalends.intake.vocabulary.letters import is_chinese
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM

_DIGITS = "0123456789"  # a message that begins with its date has no greeting before it
_HEADING = Pattern(
    r"\s*(?:【[^】0-9]{1,12}】|\[[^\]0-9]{1,12}\]"
    r"|关于[^0-9,，。:：#＃@＠\x1f]{2,30}的(?:通知|函|公告|通告|启事|报告|通报|简报|信息)[:：]"
    r"|[^0-9,，。:：#＃@＠\x1f]{1,12}(?:[:：]|\s[-–—](?=\s))"
    r"|[A-Za-z][A-Za-z -]{12,24}\s[-–—](?=\s)|[一-鿿][^0-9。:：#＃@＠\x1f]{1,18}?[！!]+)\s*",
    needs="】]:：-–—！!",
    never_first=_DIGITS,
)
# What it is about, in several words: St Mary's fete needs marshals: the Police meet.
_ABOUT_LONG = Pattern(
    r"\s*(?=[^:]*[a-z]{3})[^0-9,，.。:：#＃@＠\x1f]{13,70}:\s+", needs=":", never_first=_DIGITS
)
_PLAIN = Pattern(  # Minutes 6 July: …, Save the date! …
    rf"\s*(?:{HEADINGS})(?:!*\s+(?=[0-9])|!+\s+)",
    re.IGNORECASE,
    words=HEADINGS.split("|"),
    never_first=_DIGITS,
)
_GREETING = Pattern(
    r"\s*(?:(?:hi|hello|hey|dear)(?: (?:all|everyone|everybody|team|colleagues|folks|there))?"
    r"|good (?:morning|afternoon|evening)(?: (?:all|everyone|team))?"
    r"|各(?:有关|相关|成员)?(?:单位|部门|社区|科室|学校|街道)(?:负责人|联络员)?(?=\s*[:：])"
    r"|(?:各位(?:领导|同事|老师|同志)?(?:[、，](?:各位)?(?:领导|同事|老师|同志|委员))*|大家|同志们)(?:早上|上午|下午|晚上)?好?)\s*[,，!！:：。]\s*",
    re.IGNORECASE,
    needs=",，!！:：。",
    never_first=_DIGITS,
)
# What asks for the record or says what kind of list it is for: 请记一下：, Please log:, 【台账】.
_KINDS = "(?:工作|活动|创城)?(?:台账|日志|日报|周报|月报|周计划|月计划|季度计划)"
_REQUEST = Pattern(
    r"\s*(?:(?:please|pls|kindly|(?:could|can|would) you)(?: please| also| just)?"
    r"(?: note(?: that|,)?\s+(?=[A-Z0-9]|the |an? )"
    r"| (?:log|add|record|note|enter|register|put down)(?: (?:this|that|it|the following))?"
    r"(?: (?:down|in))?\s*[:：])"
    r"|(?:请|烦请|麻烦|劳烦|帮忙)(?:您|你)?(?:帮忙|帮我|帮)?(?:登记|记录|录入|添加|补录|补记|记|加|录)"
    r"(?:一下|下|一条|一笔)?\s*[:：]|(?:转发|转载|代发)\s*[:：]"
    rf"|[【\[]\s*{_KINDS}\s*[】\]]|{_KINDS}\s*[:：]|(?:minutes|log(?: entry)?|ledger)\s*[:：])\s*",
    re.IGNORECASE,
    words=(":", "：", "】", "]", "note"),
    never_first=_DIGITS,
)
_HELLO = Pattern(
    r"\s*[一-鿿]{0,7}(?:(?<=[办局委科室])|(?<=中心|同志|老师|主任|领导))(?:你好|您好)"
    r"\s*[,，!！。:：]\s*(?:我们(?=[一-鿿]))?"
    r"|\s*[一-鿿]{0,8}(?:你好|您好)\s*[,，!！。:：]\s*"
    r"(?:我们(?=[一-鿿])|(?=[0-9今明昨]|[一二三四五六七八九十]+月|请|麻烦|烦请|帮忙))",
    words=("你好", "您好"),
)
# Where the news is from: 刚接电话，…, FYI Police …, Just heard: ….
_NEWS = Pattern(
    r"\s*(?:fyi(?: (?:all|everyone|team))?[,:]?\s+"
    r"|(?:just (?:heard|got word|had a call)|heads[- ]up)\s*(?:[:,]|\s[-–—])\s+"
    r"|(?:刚刚?|刚才)?(?:接到?|收到)(?:[一-鿿]{0,6})?(?:电话|通知|消息)\s*[，,:：]\s*)",
    re.IGNORECASE,
    words=("fyi", "just ", "heads", "电话", "通知", "消息"),
    never_first=_DIGITS,
)
_THANKS = Pattern(
    r"(?:[.。!！;；]\s*(?:(?:many )?thanks(?: a lot| in advance| all)?|thank you|cheers)"
    r"|[,，.。!！;；]\s*(?:谢谢|多谢|辛苦了)(?:大家|您|你|各位)?)\s*[!！.。~]*\s*$",
    re.IGNORECASE,
    words=("thank", "cheers", "谢谢", "多谢", "辛苦了"),
)
_COLUMN = Pattern(r"(?:^|\s+)\|(?:\s+|$)|\s*｜\s*", needs="|｜")
_FEWEST_TABS = 2  # of a row that was copied from a table; one tab alone is a blank
_LABELS = (
    *("单位", "时间", "办方", "头方", "合方", "加方"),
    *(f"{mark}{part}" for mark in " ，；\n" for part in ("主办", "承办", "协办", "牵头")),
)
_OF_A_LETTER = (
    *("特此", "通知", "准时", "按时", "提前", "收到", "转告", "知悉", "周知", "此致", "敬礼"),
    *("各位", "各单位", "请", "望", "注意", "报名", "一起", "\n"),
)
_SIGNS = frozenset("*·※\u20e3⭐⬛⬜⭕")
_SLASHES = 3  # part columns: 龙山区 / 8月26日 / 14:00 / 现场会
_DASHES, _DASHED = 2, Pattern("——\\s*[0-9]{1,4}[年月./-]|[日号]——", needs="—")
_ROW = Pattern(  # 2020.07.15/市城管局/早市整治
    r"(?:^|[:：/])\s*(?:20[0-9]{2}[.年-])?[0-9]{1,2}[.月-][0-9]{1,2}日?/[一-鿿]", needs="/"
)
_OF_WORK = Pattern("(?:工作|计划|安排|动态|要点|活动|日程|预告)[:：]", needs=":：")
_THE = Pattern(r"the\s+", re.IGNORECASE, words=("the",))
_THEY = Pattern("^(?:他们(?:单位|那边|那里)?|对方|那边)", first="他对那")
_IS_SET = Pattern("[兹现]?将?[拟定]?于", needs="于")
_ABOUT_DONE = Pattern("关于.*的(?:报告|通报|简报|信息|通知)", first="关")
_ABOUT = Pattern("关于(?:举办|召开|开展|组织|举行)", first="关")
_WORDS = Pattern(rf"(?:{HEADINGS})\s", re.IGNORECASE)


def without_greeting(text: str, names: Names) -> str:
    """Return a text without greetings, requests and thanks around it.

    It has marks for the bars between columns. A heading that says what the message is about
    (`heading`) stays.
    """
    if thanks := _THANKS.search(text):
        text = text[: thanks.start()]
    text = list_numbers.without_number(_without_envelope(text, names), names)
    for pattern in (_GREETING, _HELLO, _NEWS, _REQUEST):
        if opener := pattern.match(text):
            rest = text[opener.end() :]
            caller = _caller(opener[0], rest, names)
            text = f"{caller}{_THEY.sub('', rest) if caller else rest}"
    if not text[:1].isascii() or text[:1] == "[" or any(mark in text[1:10] for mark in ":：讯"):
        text = _without_openers(text, names)
    if not is_chinese(next(filter(str.isalpha, text), "")):
        from kalends.intake.labels import english_labels, english_prefaces  # noqa: PLC0415 - English

        text = english_prefaces.without_closing(text, names.at)
        text = english_prefaces.without_prefaces(english_labels.as_sentence(text, names), names.at)
    elif ":" in text or "：" in text or any(word in text for word in _LABELS):
        from kalends.intake.labels import chinese_labels  # noqa: PLC0415 - few sentences have labels

        text = chinese_labels.as_sentence(text, names)
    return _without_columns(text)


def _without_openers(text: str, names: Names) -> str:
    """Return a text in Chinese without what stands before what it says."""
    from kalends.intake.labels import chinese_openers, chinese_prefaces  # noqa: PLC0415 - most begin with a date

    text = chinese_openers.without_openers(text, names)
    return chinese_prefaces.without_prefaces(text, names)


def _without_envelope(text: str, names: Names) -> str:
    """Return the body of a text that may be a letter, with marks for the signs of posters."""
    if _is_with_signs(text):
        from kalends.intake.labels import poster_signs  # noqa: PLC0415 - few have signs

        text = poster_signs.with_marks(text, names)
    if not any(word in text for word in _OF_A_LETTER):
        return text
    from kalends.intake.labels import chinese_letters  # noqa: PLC0415 - few are letters

    return chinese_letters.without_envelope(text, names)


def _is_with_signs(text: str) -> bool:
    has_signs = any(char in _SIGNS or char >= "🀀" or "⌚" <= char <= "➿" for char in text)
    return has_signs and any(map(is_chinese, text))


def _without_columns(text: str) -> str:
    """Return a text with marks for tabs, bars, dashes and slashes between columns."""
    if text.count(" // ") > 1:
        text = text.replace(" // ", "; ")
    if text.count("/") >= _SLASHES:
        text = re.sub(r" ?/ ?", "; ", text) if _ROW.search(text) else text.replace(" / ", "; ")
    if text.count("——") >= _DASHES and _DASHED.search(text):
        text = text.replace("——", "; ")
    if text.count("\t") >= _FEWEST_TABS:
        text = re.sub("(?: *\t)+ *", " | ", text.strip())
    if "|" in text or "｜" in text:
        text = _COLUMN.sub("; ", text)
    return text


def _caller(opener: str, rest: str, names: Names) -> str:
    """Return the department from which the news is, if the news names nobody, with a comma."""
    named = unread_offices.mentioned(opener, names.at)
    if named is None or unread_offices.mentioned(rest, names.at):
        return ""
    return f"{opener[slice(*named)]}，"


def joined(before: str, title: str) -> str:
    """Return a title behind its heading; alone, a heading is one if it says what happens."""
    if title:
        return f"{before}{title}"
    is_call = before.rstrip().endswith(("！", "!"))  # 夏令营开营啦！
    is_about = is_call or _ABOUT.match(before) or _ABOUT_LONG.fullmatch(before)
    return before.rstrip(" :：") if is_about else ""


def heading(text: str, names: Names, context: DateContext) -> str:
    """Return the heading before a date or a department at the beginning of a text, or ""."""
    found = _HEADING.match(text) or _ABOUT_LONG.match(text) or _PLAIN.match(text)
    if found is None:
        return ""
    named = unread_offices.mentioned(found[0], names.at)
    if named and not (
        _ABOUT_DONE.match(found[0]) and found[0][slice(*named)] in text[found.end() :]
    ):
        return ""
    if found[0].rstrip()[-1] in "-–—" and not _WORDS.match(found[0].lstrip()):
        return ""  # Rotary - Police
    rest = text[found.end() :]
    is_list = _OF_WORK.search(found[0]) is not None  # 本周工作：7月22日…
    is_heading = is_list or not _begins(text, names, context)
    return found[0] if is_heading and _begins(rest, names, context) else ""


def _begins(text: str, names: Names, context: DateContext) -> bool:
    """Return whether a text begins with a department or a date, even one that is refused."""
    article = _THE.match(text) or _IS_SET.match(text)
    text = text[article.end() if article else 0 :]
    if names.at(text, 0):
        return True
    try:
        return read_prefix(text.replace(SEAM, " "), context) is not None
    except KalendsError:
        return True
