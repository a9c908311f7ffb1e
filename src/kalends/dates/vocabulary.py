"""The words that dates are made of, each written once.

The grammars read these words. The checks of what a date left behind (`intake`) look for the same
words, so a word that is read is never taken for a part of a title.
"""

from kalends.domain.when import Part

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
SHORT_MONTHS = (
    *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS = ("mon", "tues", "tue", "weds", "wed", "thurs", "thur", "thu", "fri", "sat", "sun")
PARTS: dict[str, Part] = {
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "evening",
    "lunchtime": "noon",
    "arvo": "afternoon",
}
# These say what happened where a noun follows: night patrol, afternoon tea. A morning visit may
# as well be a visit in the morning.
_NO_NOUN = "at|in|on|by|with|to|for|from|of|the|an?|and|or|until"
OF_A_NOUN = f"(?:night|evening|afternoon|arvo|lunchtime)s? (?!(?:{_NO_NOUN})\\b)[a-z]"
NOON, MIDNIGHT = ("noon", "midday"), "midnight"
DAYS_NEAR: dict[str, tuple[int, Part | None]] = {
    "today": (0, None),
    "tonight": (0, "evening"),
    "tomorrow": (1, None),
    "yesterday": (-1, None),
    **dict.fromkeys(("tmrw", "tmr", "tomoz", "2moro"), (1, None)),
    "tonite": (0, "evening"),
    "2day": (0, None),
    "day before yesterday": (-2, None),
    "day after tomorrow": (2, None),
    "last night": (-1, "evening"),
    "this morning": (0, "morning"),
    "this afternoon": (0, "afternoon"),
    "this evening": (0, "evening"),
}
WHICH = {"last": -1, "past": -1, "this": 0, "the": 0, "next": 1, "coming": 0}
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HOURS_IN_WORDS = {word: count for count, word in enumerate((*COUNTS, "eleven", "twelve"), 1)}
MINUTES_IN_WORDS = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "half": 30}
UNITS = {"day": (1, 0), "week": (7, 0), "fortnight": (14, 0), "month": (0, 1), "year": (0, 12)}
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
NTH_OR_LAST = NTH | {"fifth": 5, "5th": 5, "last": -1}
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
DAYS_IN_WORDS = (
    {word: day for day, word in enumerate(_ORDINALS, 1)}
    | {f"twenty-{word}": day for day, word in enumerate(_ORDINALS[:9], 21)}
    | {"thirtieth": 30, "thirty-first": 31}
)
EARLY_OR_LATE = ("early", "mid", "late")
EDGES = ("beginning", "start", "middle", "end")
THROUGH = (  # a whole month
    "(?:in|during|throughout|(?:all )?through|all(?: of)?"
    "|(?:for |during |throughout )?the whole of) "
    "(?:the month of )?"
)
JOINING = ("to", "until", "till", "til", "through", "thru", "and", "or")
OPENING = (
    "from",
    "between",
    "since",
    "on",
    "in",
    "during",
    "at",
    "of",
    "the",
    "a",
    "an",
    "by",
    "for",
)
_OTHERS = (
    *("ago", "now", "hence", "later", "time", "before", "after", "all", "itself", "weekend"),
    *("quarter", "half", "q", "h", "am", "pm", "a", "p", "m", "s", "o", "clock", "oclock", "past"),
    *(
        "commencing",
        "starting",
        "wk",
        "moro",
        "eve",
        "daily",
        "each",
        "every",
        "both",
        "only",
        "mornings",
        "afternoons",
        "evenings",
        "nights",
    ),
    *("hours", "hour", "hrs", "st", "nd", "rd", "th", "t", "z", "utc", "gmt"),
    *("eleven", "twelve", "quarter", "half", "twenty", "minutes", "whole"),
    *(
        "fifteen",
        "thirty",
        "forty",
        "sharp",
        "throughout",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    ),
)
# All words of English dates but the names of festivals.
ENGLISH = frozenset(
    word
    for words in (
        *(MONTHS, SHORT_MONTHS, WEEKDAYS, SHORT_WEEKDAYS, PARTS, NOON, (MIDNIGHT,), WHICH),
        *(*(name.split() for name in DAYS_NEAR), COUNTS, EARLY_OR_LATE, EDGES, JOINING, OPENING),
        *(UNITS, (f"{unit}s" for unit in UNITS), ("weekends", "quarters", "halves"), _OTHERS),
        (word for word in NTH_OR_LAST if word.isalpha()),
        (piece for word in DAYS_IN_WORDS for piece in word.split("-")),
    )
    for word in words
)
# The words that name a day or a part of one, which a slip of the keys spoils: Julyy, mornng.
NAMES_OF_DAYS = frozenset(
    (*MONTHS, *WEEKDAYS, *PARTS, *NOON, MIDNIGHT, *(name for name in DAYS_NEAR if " " not in name))
)

CHINESE_PARTS: dict[str, Part] = {
    "凌晨": "night",
    **dict.fromkeys(("清晨", "早晨", "早上", "早间", "一早", "上午", "早", "晨"), "morning"),
    **dict.fromkeys(("中午", "正午", "午间"), "noon"),
    **dict.fromkeys(("下午", "午后"), "afternoon"),
    **dict.fromkeys(
        ("傍晚", "晚上", "晚间", "夜晚", "夜间", "夜里", "深夜", "当晚", "晚", "夜"), "evening"
    ),
}
# These also say how something is done: 夜间巡查, 晚间课堂.
AS_ADJECTIVES = ("夜间", "晚间", "早间", "午间")
PART_BEGINS = "".join(sorted({part[0] for part in CHINESE_PARTS}))
# 3号 is a day, 3号会议室 and 3号楼 are not.
DAY_IN_NUMBERS = (
    "号(?![楼线院门店馆库机文令桥井厅台车路公]|(?:会议|会客|报告|接待|活动|多功能|展|演播|教学|宿舍|办公|实验|综合|家属|居民)"
    "[室厅楼院馆])"
)
# What is counted or measured is no date: 1.5公里, 24小时.
MEASURES = (
    "[万亿倍米吨件家户名人个次份元斤克升亩平岁周张条间座栋楼幢层级班届期版折分秒度℃%‰寸码台辆把只支"
    "株棵本篇场处位类项批组队轮套片块点]|公里|公斤|公顷|千|百|小时|工作日|立方|年级|单元|号楼|教室|比|版本"
)
# Days that are names when the date is known: 3.15宣传, 12.4宪法宣传.
NAMED_DAYS = {
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
    *(
        (6, 1),
        (6, 5),
        (6, 6),
        (6, 26),
        (7, 1),
        (7, 7),
        (8, 1),
        (9, 3),
        (9, 10),
        (9, 18),
        (9, 30),
        (10, 1),
        (11, 9),
    ),
    *((12, 1), (12, 2), (12, 4), (12, 5), (12, 9), (12, 13)),
}
CHINESE_NUMERALS = "〇一二三四五六七八九十廿卅两"
# All characters by which a piece of a Chinese date goes on.
CHINESE = frozenset(
    f"{CHINESE_NUMERALS}{''.join(CHINESE_PARTS)}"
    "年月日号点时分半刻钟整周星期礼拜末天初底旬季度第前后至到个次"
)
# The others that stand in a date, or beside one.
CHINESE_BESIDE = frozenset(
    "准式大今明昨本去每从与之于以份倒假儿全农冬历及和在始小开数旧最来止现由的目翌腊自许起过这金长闰阴隔首黄也即就是"
)
DATES_HOLD = frozenset("0123456789") | CHINESE


def any_of(*words: str) -> str:
    """Return the expression of any of these words, the longest first."""
    return "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))
