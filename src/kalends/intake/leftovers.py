"""What is left of a date in a title: a piece of a day, a clock time, a repetition.

A piece is looked for in the text as it is read (`folding`), outside quoted names. What is innocent
there (3点要求, 12号楼, 24小时, 2nd meeting, 1.5公里) is named beside each pattern.
"""

import re
from functools import cache
from typing import NamedTuple

from kalends.dates.folding import normalise, seen
from kalends.intake.marks import SEAM

_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十廿卅两〇]{1,3})"
_ALONE = "(?<![0-9.一二三四五六七八九十百千万第几])"
_EDGE = f"(?=$|[\\s,，.。;；:：、!?！？)~-]|{SEAM})"
_OPEN = f"(?:^|(?<=[\\s,，.。;；:：、(]))"  # noqa: F541 - reads as the one above
_HALF = r"[-~][0-9]{1,2}(?:[:.][0-9]{2})?"
_PARTS = "凌晨|清晨|早晨|早上|上午|中午|正午|下午(?!茶)|午后|傍晚|晚上(?!好)|当晚|夜里|深夜"
_AS_ADJECTIVES = "夜间|晚间|早间|午间|全天|整天|白天"  # 夜间巡查 is what was done
_QUOTED = (
    '“[^”]*”|"[^"]*"|《[^》]*》|「[^」]*」|『[^』]*』|‘[^’]*’|〈[^〉]*〉|【[^】]*】|＂[^＂]*＂'
)
_UNITS = (
    "[万亿倍米吨件家户名人个次份元斤克升亩平岁周张条间座栋楼幢层级班届期版折分秒度℃%‰寸码台辆把只支"
    "株棵本篇场处位类项批组队轮套片块点]|公里|公斤|公顷|千|百|小时|工作日|立方|年级|单元|号楼|教室|比|版本"
)
_MONTHS = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
_WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thurs?|thu|fri"
_COUNTS = "[0-9]{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple"

_CLOCKS = (
    r"(?<![0-9]) ?:[0-5][0-9](?![0-9])",
    r"(?<![a-z0-9.:])t?(?:[01]?[0-9]|2[0-4]) ?: ?[0-5][0-9](?::[0-5][0-9])?(?![0-9:])分?",
    r"(?<![a-z0-9.:])(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])? ?[ap]\.?m\b\.?",
    r"(?<![a-z0-9.:])(?:[01]?[0-9]|2[0-3])h[0-5][0-9](?![0-9])",
    r"(?<![0-9.])(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:hrs?|hours|h)\b",
    r"\b[a-z0-9]+ o'?clock\b|\b(?:half past|quarter (?:past|to)) [a-z0-9]+",
    r"\b(?:at|from|until|till|to|by|before|after|around|about) (?:12 )?(?:noon|midday|midnight)\b",
    r"\b(?:at|from|until|till) (?:[01]?[0-9]|2[0-3])(?:\.[0-5][0-9])?(?=$|[,;.!?)]| (?:in|on|at)\b)",
    f"(?:{_PARTS}|{_AS_ADJECTIVES}) ?{_NUMBER} ?[点时:]",
    f"{_ALONE}{_NUMBER} ?[点时](?:半|整|钟|许(?!可)|左右|前后|[一三]刻| ?[0-9]{{2}}|{_NUMBER}分)分?",
    f"{_ALONE}{_NUMBER} ?[点时]{_EDGE}",
    f"{_ALONE}(?!一点)[一二三四五六七八九十两]{{1,3}}点(?=[开到在至前集出正准入])",
    "(?<![0-9.第])(?:1?[0-9]|2[0-4]) ?点(?![评名位赞亮检阅心多意要建左内希体重思认做举提])",
    f"{_ALONE}{_NUMBER} ?时(?![间候代段期尚装常事刻空令下局光而不])",
    f"(?:{_PARTS})|[今明昨]晚|[今明]早(?!已)",
    f"(?:^|[,，、;；:：(]|{SEAM}) ?(?:{_AS_ADJECTIVES})",
    r"(?:(?:^|[,;:(~-]) ?|\b(?:in the|at|that|on|same) )(?:[a-z]+day )?"
    r"(?:morning|afternoon|evening|night)\b(?! (?:school|class|shift))",
)
_DAYS = (
    f"(?<![0-9.第])[0-9]{{4}} ?年 ?{_NUMBER} ?月|{_ALONE}{_NUMBER} ?月 ?{_NUMBER} ?[日号]?"
    "(?![一-鿿]*[票刊])",
    f"{_ALONE}第?{_NUMBER} ?[日号](?![内游均间龄租本记志光捐报语元常谈餐楼线院门店馆库机文令桥井地区厅]|召(?!开|集))",
    "[㏠-㏾㋀-㋋㍘-㍰]",
    rf"(?<![a-z]){_MONTHS}\.?[ -]?[0-3]?[0-9](?:st|nd|rd|th)?\b(?! ?%)",
    rf"\b[0-3]?[0-9](?:st|nd|rd|th)?[ -]?(?:of )?{_MONTHS}\b",
    r"\b(?:on|until|till|to|by|and|&|from|since) (?:the )?[0-3]?[0-9](?:st|nd|rd|th)\b(?! [a-z])",
    r"\bthe [0-3]?[0-9](?:st|nd|rd|th)(?=$|[,;.!?)]| (?:of|and|to|until|in|at)\b)",
    r"(?:^|[,;&~-] ?)[0-3]?[0-9](?:st|nd|rd|th)(?=$|[,;.!?)~-])",
    r"(?<![0-9])(?:19|20)[0-9]{2} ?[-./~] ?[01]?[0-9](?: ?[-./~] ?[0-3]?[0-9])?(?![0-9])",
    r"(?<![0-9])(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9])",
    r"(?<![0-9])[0-3]?[0-9]([-./])[01]?[0-9]\1(?:19|20)?[0-9]{2}(?![0-9])",
)
_RELATIVE = (
    "大前天|大后天|前天|昨[天日]|今[天日](?!头条)|(?<!美好的)(?<!美好)(?<!绿色)(?<!的)明[天日]|后天(?!性)|"
    "次[日晨]|翌日|隔[天日]|即日|当[天日]|同[日一]天?(?=[,，、;； ]|$)|第[二三四五]天",
    r"\b(?:today|tomorrow|yesterday|tonight)\b(?!')(?<!for tomorrow)(?<!of tomorrow)",
    r"\b(?:last|this|next|coming) (?:week|weekend|month|morning|afternoon|evening|night)\b(?!')",
    rf"\b(?:{_COUNTS}) (?:days?|weeks?|months?) (?:ago|later|from now|earlier)\b",
    "(?:周|星期|礼拜) ?[一二三四五六日天末](?!大讲堂|课堂|剧场|影院|集市|文明)(?<![0-9一两二三四]周[一-鿿])",
    rf"\b(?:{_WEEKDAYS})\b\.?(?!')(?<!black friday)(?<!good friday)(?! school)",
    r"\b(?:sat|sun)\b\.?(?=$|[,;)]| ?[0-9])",
)
_AGAIN = (
    f"每(?:逢|隔|个?(?:{_NUMBER})?个? ?(?:天|日|周|星期|礼拜|月|季|年|晚|早|工作日|双休日|节假日))",
    "[隔逢](?:天|日|周|月|年|[单双]|[一二三四五六七八九十])|(?<![一-鿿])天天|定期|不定期",
    rf"\b(?:every|each) (?:other |second |[0-9]+ )?(?:day|week|month|year|morning|afternoon|evening|"
    rf"night|weekend|weekday|{_WEEKDAYS}|{_MONTHS})\b",
    r"\b(?:daily|weekly|fortnightly|monthly|yearly)(?=$|[,;.!?)]| (?:at|on|from|until|for)\b)",
    rf"\b(?:{_WEEKDAYS}|weekdays|weekends)s\b",
    f"(?:为期|连续|历时|持续|为时) ?{_NUMBER} ?个?(?:天|日|周|星期|礼拜|工作日)",
    rf"\b(?:for|over|during) (?:the )?(?:next )?(?:{_COUNTS}) (?:days|weeks)\b",
    rf"\b(?:{_COUNTS})[ -]days?[ -](?=[a-z])(?<!a day )",
)
# At the edges only, where nothing but a date can stand; inside a title they say what it is about.
_EDGES = (
    f"^(?:{_NUMBER} ?[点时](?![间候代段期评名位赞亮阅心多意要建希体重思])|半|[-~](?=\\S)|[b-z](?= ))",
    "^[a-z]?[0-9][a-z][0-9]+(?![0-9a-z])|^(?:[01][0-9]|2[0-3])[0-5][0-9](?= )",
    "^(?:[日号月底初](?= )|[上中下]旬(?![一-鿿])|午(?= )|午?[一二三四五六七八九十0-9]+点)",
    "^(?:[0-9]{1,2}(?:[ap]{2,}m|[ap]mm)|mo(?:rn?)?|aft)(?= )",
    "^" + "[^a-z]{0,8}".join("morning"),
    "^" + "[^a-z]{0,8}".join("afternoon"),
    "^" + "[^a-z]{0,8}".join("evening"),
    "^[上下正] ?[^ ]{0,5} ?午(?![餐饭休睡])",
    "^(?:[apm]?m|rning|orning|ning|ing|ernoon|noon|ening|vening)(?= )",
    f"^(?:{_HALF}|分{_EDGE}|[0-9]{{1,4}}(?=$|[,，、;；:：]| (?![a-z])))",
    f"(?:^|{SEAM}) ?(?:[-~至到] ?{_NUMBER}(?:[日号点时]|{_EDGE})|[0-9]{{1,2}}(?:{_EDGE})[ ,]*$)",
    "^(?:'[0-9]{2}|(?:to|until|till|through|by|from|since|before|after) [0-9]{1,4}\\b)",
    f"(?:^|[\\s,，;；]|{SEAM})(?:[今去明前后]年|[上下]半年|[一二三四1-4]季度|[上下本这]个?[周月]|"
    f"[上中下]旬|月[初底末]|年[初底末]|(?:19|20)[0-9]{{2}}年?)(?=$|[\\s,，;；]|{SEAM})",
)
_NUMBERS = r"(?<![0-9a-z./:·%-])([0-9]{1,2}) ?([-./~]) ?([0-9]{1,2})(?![0-9a-z:.]*[0-9a-z])"
# Days that are names when the date is known: 3.15宣传, 12.4宪法宣传.
_NAMED = {
    *(
        (3, 5),
        (3, 8),
        (3, 12),
        (3, 15),
        (4, 15),
        (4, 22),
        (4, 23),
        (4, 26),
        (5, 1),
        (5, 4),
        (5, 12),
    ),
    *((6, 1), (6, 5), (6, 6), (6, 26), (7, 1), (8, 1), (9, 3), (9, 10), (9, 18), (10, 1), (11, 9)),
    *((12, 1), (12, 2), (12, 4), (12, 5), (12, 9), (12, 13)),
}
_DAYS_OF_MONTH, _MONTHS_OF_YEAR = 31, 12
_ROAD = "(?:五一|八一|七一|六一|五四|三八|十一)(?=[路街巷广小大学红勋中])"  # 五一路, 三八红旗手


class Piece(NamedTuple):
    """Where a piece stands in a text, and whether it is a day rather than a time of day."""

    start: int
    end: int
    is_day: bool


def half_range(text: str, end: int) -> int:
    """Return where the other half of a range ends that stands right behind a date, or 0."""
    found = re.compile(_HALF).match(normalise(text), end)
    return 0 if found is None else found.end()


def piece(text: str, *, is_open: bool, is_torn: bool = False) -> Piece | None:
    """Return the first piece of a date that stands in what is left of a sentence.

    `is_open`: the date that was read names no day by month and number, so that a further number
    may complete it. `is_torn`: it ends in a digit that may be the first of two.
    """
    places = seen(text)
    read = normalise(_without_names("".join(text[place] for place in places)))
    found = _first(read, "".join(text[place] for place in places), is_open=is_open)
    if found is None and is_torn:
        found = re.match("[0-9]{1,2}(?:-[0-9]{1,2})?/?(?![0-9a-z.:%])(?= )", read)
    if found is None:
        return None
    start, end = found.span()
    while read[start] in f" ,，、;；:：({SEAM}":
        start += 1
    return Piece(
        places[start], places[end - 1] + 1, found.re not in _compiled((*_CLOCKS, *_EDGES))
    )


def _first(read: str, typed: str, *, is_open: bool) -> re.Match[str] | None:
    found = [
        one
        for pattern in _compiled((*_CLOCKS, *_DAYS, *_RELATIVE, *_AGAIN, *_EDGES))
        for one in pattern.finditer(read)
        if not _is_word(one, typed)
    ]
    found += [one for one in re.finditer(_NUMBERS, read) if _is_day(one, is_open=is_open)]
    if is_open:
        more = re.compile(
            r"(?<![0-9a-z])[0-3]?[0-9](?:st|nd|rd|th)\b|\b" + _MONTHS + r"\b"
            f"|{_ALONE}{_NUMBER} ?月|(?<![0-9])[0-9]{{1,2}}(?=$|[ ,](?![a-z]))|^{_NUMBER} ?[日号]|^[一二三四五六日天](?!届|起|次|个|名)"
        )
        found += [one for one in more.finditer(read) if not _is_word(one, typed)]
    return min(found, key=lambda one: (one.start(), -one.end()), default=None)


def _is_word(found: re.Match[str], typed: str) -> bool:
    """Tell whether it is a word of the language besides: may, march, sun, second."""
    word = re.match("[a-z]+", found[0])
    small = typed[found.start() : found.start() + 3].islower()
    return word is not None and small and word[0] in {"may", "march", "mar", "sun", "sat", "wed"}


def _is_day(found: re.Match[str], *, is_open: bool) -> bool:
    """Tell whether two numbers may be a day: 7.15, 7/15, 14-16, not 1.5公里 or 10-12岁."""
    first, between, second = int(found[1]), found[2], int(found[3])
    behind = found.string[found.end() :]
    if (first, between, second) == (24, "/", 7) or re.match(f" ?(?:{_UNITS})", behind):
        return False
    is_day = 1 <= first <= _MONTHS_OF_YEAR and 1 <= second <= _DAYS_OF_MONTH
    is_day = is_day or (
        between == "/" and 1 <= second <= _MONTHS_OF_YEAR and 1 <= first <= _DAYS_OF_MONTH
    )
    is_day = is_day or (is_open and 1 <= first < second <= _DAYS_OF_MONTH)
    if re.match(r" (?!at\b|on\b|in\b|from\b|and\b|to\b)[a-z]", behind):
        return is_day and is_open
    is_name = (first, second) in _NAMED and between == "." and re.match('["”]?[一-鿿]', behind)
    return is_day and (is_open or not is_name)


def _without_names(text: str) -> str:
    """Return the text with its quoted names blanked out: “7月1日”讲话, and 五一路."""
    return re.sub(f"{_QUOTED}|{_ROAD}", lambda name: "." * len(name[0]), text)


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    # A word of English ends where Chinese begins, which \b does not see.
    return tuple(
        re.compile(
            pattern.replace(r")?\b", ")?(?![a-z0-9])")
            .replace(r")\b", ")(?![a-z0-9])")
            .replace(r"\b(", "(?<![a-z0-9])(")
        )
        for pattern in patterns
    )
