"""Patterns for pieces of dates: clock times, days, repetitions, torn dates.

The patterns are for text as it is read (`folding`). What is innocent in a title (3点要求, 12号楼,
24小时, 2nd meeting, 1.5公里) is named beside each.
"""

from kalends.dates.vocabulary import (
    AS_ADJECTIVES,
    CHINESE_PARTS,
    COUNTS,
    DAY_IN_NUMBERS,
    MONTHS,
    OF_A_NOUN,
    PARTS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    any_of,
)
from kalends.domain.patterns import Pattern
from kalends.intake.tags_and_place import SEAM

_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十廿卅两〇]{1,3})"
_ALONE = "(?<![0-9.一二三四五六七八九十百千万第几])"
_EDGE = f"(?=$|[\\s,，.。;；:：、!?！？)~-]|{SEAM})"
_OPEN = f"(?:^|(?<=[\\s,，.。;；:：、(]))"  # noqa: F541 - reads as the one above
_HALF = r"[-~][0-9]{1,2}(?:[:.][0-9]{2})?"
# What the word begins otherwise: 下午茶, 晚上好.
_NOT_BEHIND = {"下午": "(?!茶)", "晚上": "(?!好)"}
_PARTS = "|".join(
    f"{word}{_NOT_BEHIND.get(word, '')}"
    for word in any_of(*CHINESE_PARTS).split("|")
    if len(word) > 1 and word not in AS_ADJECTIVES
)
_AS_ADJECTIVES = f"{any_of(*AS_ADJECTIVES)}|全天|整天|白天"  # 夜间巡查 is what was done
_QUOTED = (
    '“[^”]*”|"[^"]*"|《[^》]*》|「[^」]*」|『[^』]*』|‘[^’]*’|〈[^〉]*〉|【[^】]*】|＂[^＂]*＂'
)
_MONTHS = f"(?:{any_of(*MONTHS, *SHORT_MONTHS)})"
_WEEKDAYS = "|".join(
    (*(f"{day}s?" for day in WEEKDAYS), *sorted(set(SHORT_WEEKDAYS) - {"sat", "sun"}))
)
_COUNTS = f"[0-9]{{1,3}}|a|an|{any_of(*COUNTS)}|several|few|couple"
_DAY_PARTS = any_of(*PARTS)

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

_CLOCK_IN_WORDS = f"[0-9]{{1,2}}|{_HOURS}|noon|midday|midnight"
_AFTER = f"(?=$|[,;.!?)]| (?:in|on|at|sharp|for)(?![a-z])| ?{SEAM})"

_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_SIGNS = "".join(
    map(chr, (*range(0x32C0, 0x32CC), *range(0x3358, 0x3371), *range(0x33E0, 0x33FF)))
)


def _sought(needs: str, *patterns: str) -> tuple[Pattern, ...]:
    # A word of English ends where Chinese begins, which \b does not see.
    return tuple(
        Pattern(
            pattern.replace(r")?\b", ")?(?![a-z0-9])")
            .replace(r")\b", ")(?![a-z0-9])")
            .replace(r"\b(", "(?<![a-z0-9])("),
            needs=needs,
        )
        for pattern in patterns
    )


_CLOCKS = (
    *_sought(
        ":",
        r"(?<![0-9]) ?:[0-5][0-9](?![0-9])",
        r"(?<![a-z0-9.:])t?(?:[01]?[0-9]|2[0-4]) ?: ?[0-5][0-9](?::[0-5][0-9])?(?![0-9:])分?",
    ),
    *_sought(
        _LETTERS,
        r"(?<![a-z0-9.:])(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])? ?[ap]\.?m\b\.?",
        r"(?<![a-z0-9.:])(?:[01]?[0-9]|2[0-3])h[0-5][0-9](?![0-9])",
        r"(?<![0-9.])(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:hrs?|hours|h)\b",
        r"(?<![a-z0-9.:])(?:[01]?[0-9]|2[0-4]) ?[-~] ?(?:[01]?[0-9]|2[0-4]) ?(?:h|hrs?|hours)\b(?= ?(?:$|[,;.!?)]))",
        r"\b[a-z0-9]+ o'?clock\b|\b(?:half past|quarter (?:past|to)) [a-z0-9]+",
        r"\b(?:at|from|until|till|to|by|before|after|around|about) (?:12 )?(?:noon|midday|midnight)\b",
        r"\b(?:at|from|until|till) (?:[01]?[0-9]|2[0-3])(?:\.[0-5][0-9])?(?=$|[,;.!?)]| (?:in|on|at)\b)",
        rf"\b(?:from|between) (?:{_CLOCK_IN_WORDS}) (?:to|till|until|and) (?:{_CLOCK_IN_WORDS}){_AFTER}",
        rf"\b(?:{_HOURS}) (?:till|until) (?:{_CLOCK_IN_WORDS}){_AFTER}|\bat (?:{_HOURS}){_AFTER}",
        # Right before a department, or at the end: at 3 Police visit, Police visit at four.
        rf"\b(?:at|from|until|till|by|around|about) (?:[01]?[0-9]|2[0-3]|{_HOURS})(?=$| ?{SEAM})",
    ),
    *_sought(
        "-~",
        r"(?<![0-9.:/-])(?:[01][0-9]|2[0-3])[0-5][05] ?[-~] ?(?:[01][0-9]|2[0-3])[0-5][05](?![0-9])",
    ),
    *_sought(
        _DIGITS,
        rf"^(?:[01]?[0-9]|2[0-4])(?: ?h|-(?:[01]?[0-9]|2[0-4]))(?= ?{SEAM})",
    ),
    *_sought(
        "点时:",
        f"(?:{_PARTS}|{_AS_ADJECTIVES}) ?{_NUMBER} ?[点时:]",
    ),
    *_sought(
        "点时",
        f"{_ALONE}{_NUMBER} ?[点时](?:半|整|钟|许(?!可)|左右|前后|[一三]刻| ?[0-9]{{2}}|{_NUMBER}分)分?",
        f"{_ALONE}{_NUMBER} ?[点时]{_EDGE}",
    ),
    *_sought(
        "点",
        f"{_ALONE}(?!一点)[一二三四五六七八九十两]{{1,3}}点(?=[开到在至前集出正准入])",
        "(?<![0-9.第])(?:1?[0-9]|2[0-4]) ?点(?![评名位赞亮检阅心多意要建左内希体重思认做举提])",
    ),
    *_sought(
        "时",
        f"{_ALONE}{_NUMBER} ?时(?![间候代段期尚装常事刻空令下局光而不])",
    ),
    *_sought(
        "晨早午晚夜",
        f"(?:{_PARTS})|[今明昨]晚|[今明]早(?!已)",
    ),
    *_sought(
        "间天",
        f"(?:^|[,，、;；:：(]|{SEAM}) ?(?:{_AS_ADJECTIVES})",
    ),
    *_sought(
        _LETTERS,
        r"(?:(?:^|[,;:(~-]) ?|\b(?:in the|at|that|on|same) )(?:[a-z]+day )?"
        rf"(?!{OF_A_NOUN})(?:{_DAY_PARTS})\b(?! (?:school|class|shift))",
    ),
)
_DAYS = (
    *_sought(
        "正冬腊",
        "[正冬腊]月 ?(?:初[一二三四五六七八九十]|三十|(?:二十|廿|十)[一二三四五六七八九]?)(?![日号])",
    ),
    *_sought(
        "月",
        f"(?<![0-9.第])[0-9]{{4}} ?年 ?{_NUMBER} ?月|{_ALONE}{_NUMBER} ?月 ?{_NUMBER} ?[日号]?"
        "(?![一-鿿]*[票刊])",
    ),
    *_sought(
        "日号",
        f"{_ALONE}第?{_NUMBER} ?(?:日(?!召(?!开|集))|{DAY_IN_NUMBERS})"
        "(?![内游均间龄租本记志光捐报语元常谈餐地区])",
    ),
    *_sought(_SIGNS, f"[{_SIGNS}]"),
    *_sought(
        _LETTERS,
        rf"(?<![a-z]){_MONTHS}\.?[ -]?[0-3]?[0-9](?:st|nd|rd|th)?\b(?! ?%)",
        rf"\b[0-3]?[0-9](?:st|nd|rd|th)?[ -]?(?:of )?{_MONTHS}\b",
        r"\b(?:on|until|till|to|by|and|&|from|since) (?:the )?[0-3]?[0-9](?:st|nd|rd|th)\b(?! [a-z])",
        r"\bthe [0-3]?[0-9](?:st|nd|rd|th)(?=$|[,;.!?)]| (?:of|and|to|until|in|at)\b)",
        r"(?:^|[,;&~-] ?)[0-3]?[0-9](?:st|nd|rd|th)(?=$|[,;.!?)~-])",
    ),
    *_sought(
        "-./~",
        r"(?<![0-9])(?:19|20)[0-9]{2} ?[-./~] ?[01]?[0-9](?: ?[-./~] ?[0-3]?[0-9])?(?![0-9])",
    ),
    *_sought(
        _DIGITS,
        r"(?<![0-9])(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9])",
    ),
    *_sought(
        "-./",
        r"(?<![0-9])[0-3]?[0-9]([-./])[01]?[0-9]\1(?:19|20)?[0-9]{2}(?![0-9])",
    ),
)
_RELATIVE = (
    *_sought(
        "天日晨同",
        "大前天|大后天|前天|昨[天日]|今[天日](?!头条)|(?<!美好的)(?<!美好)(?<!绿色)(?<!的)明[天日]|后天(?!性)|"
        "次[日晨]|翌日|隔[天日]|即日|当[天日]|同[日一]天?(?=[,，、;； ]|$)|第[二三四五]天",
    ),
    *_sought(
        _LETTERS,
        r"\b(?:today|tomorrow|yesterday|tonight)\b(?!')(?<!for tomorrow)(?<!of tomorrow)",
        r"\b(?:last|this|next|coming) (?:week|weekend|month|" + _DAY_PARTS + r")\b(?!')",
        rf"\b(?:{_COUNTS}) (?:days?|weeks?|months?) (?:ago|later|from now|earlier)\b",
    ),
    *_sought(
        "周期拜",
        "(?:周|星期|礼拜) ?[一二三四五六日天末](?!大讲堂|课堂|剧场|影院|集市|文明)(?<![0-9一两二三四]周[一-鿿])",
    ),
    *_sought(
        _LETTERS,
        rf"\b(?:{_WEEKDAYS})\b\.?(?!')(?<!black friday)(?<!good friday)(?! school)",
        r"\b(?:sat|sun)\b\.?(?=$|[,;)]| ?[0-9])",
    ),
)
_AGAIN = (
    *_sought(
        "每",
        f"每(?:逢|隔|个?(?:{_NUMBER})?个? ?(?:天|日|周|星期|礼拜|月|季|年|晚|早|工作日|双休日|节假日))",
    ),
    *_sought(
        "隔逢天期",
        "[隔逢](?:天|日|周|月|年|[单双]|[一二三四五六七八九十])|(?<![一-鿿])天天|定期|不定期",
    ),
    *_sought(
        _LETTERS,
        rf"\b(?:every|each) (?:other |second |[0-9]+ )?(?:day|week|month|year|"
        rf"{_DAY_PARTS}|weekend|weekday|{_WEEKDAYS}|{_MONTHS})\b",
        r"\b(?:daily|weekly|fortnightly|monthly|yearly)(?=$|[,;.!?)]| (?:at|on|from|until|for)\b)",
        rf"\b(?:{_WEEKDAYS}|weekdays|weekends)s\b",
    ),
    *_sought(
        "天日周期拜",
        f"(?:为期|连续|历时|持续|为时) ?{_NUMBER} ?个?(?:天|日|周|星期|礼拜|工作日)",
    ),
    *_sought(
        _LETTERS,
        rf"\b(?:for|over|during) (?:the )?(?:next )?(?:{_COUNTS}) (?:days|weeks)\b",
        rf"\b(?:{_COUNTS})[ -]days?[ -](?=[a-z])(?<!a day )",
    ),
)
# At the edges only, where nothing but a date can stand; inside a title they say what it is about.
_EDGES = (
    *_sought(
        _LETTERS + "点时半-~",
        f"^(?:{_NUMBER} ?[点时](?![间候代段期评名位赞亮阅心多意要建希体重思])|半|[-~](?=\\S)|[b-z](?= ))",
    ),
    *_sought(
        _DIGITS,
        "^[a-z]?[0-9][a-z][0-9]+(?![0-9a-z])|^(?:[01][0-9]|2[0-3])[0-5][0-9](?= )",
    ),
    *_sought(
        "日号月底初旬午点夜晨",
        "^(?:[日号月底初](?= )|[夜晨](?=[ ,、])|[上中下]旬(?![一-鿿])|午(?= )|午?[一二三四五六七八九十0-9]+点)",
    ),
    *_sought(
        _LETTERS,
        "^(?:[0-9]{1,2}(?:[ap]{2,}m|[ap]mm)|mo(?:rn?)?|aft)(?= )",
        "^" + "[^a-z]{0,8}".join("morning"),
        f"^(?!{OF_A_NOUN})" + "[^a-z]{0,8}".join("afternoon"),
        f"^(?!{OF_A_NOUN})" + "[^a-z]{0,8}".join("evening"),
    ),
    *_sought(
        "午",
        "^[上下正] ?[^ ]{0,5} ?午(?![餐饭休睡])",
    ),
    *_sought(
        _LETTERS,
        "^(?:[apm]?m|rning|orning|ning|ing|ernoon|noon|ening|vening)(?= )",
    ),
    *_sought(
        _DIGITS + "-~分",
        f"^(?:{_HALF}|分{_EDGE}|[0-9]{{1,4}}(?=$|[,，、;；:：]| (?![a-z])))",
    ),
    *_sought(
        _DIGITS + "-~至到",
        f"(?:^|{SEAM}) ?(?:[-~至到] ?{_NUMBER}(?:[日号点时]|{_EDGE})|[0-9]{{1,2}}(?:{_EDGE})[ ,]*$)",
    ),
    *_sought(
        _LETTERS + "'",
        "^(?:'[0-9]{2}|(?:to|until|till|through|by|from|since|before|after) [0-9]{1,4}\\b)",
    ),
    *_sought(
        _DIGITS + "年度周月旬",
        f"(?:^|[\\s,，;；]|{SEAM})(?:[今去明前后]年|[上下]半年|[一二三四1-4]季度|[上下本这]个?[周月]|"
        f"[上中下]旬|月[初底末]|年[初底末]|(?:19|20)[0-9]{{2}}年?)(?=$|[\\s,，;；]|{SEAM})",
    ),
)
# Another zone than the campaign's. Right behind a date it belongs to its clock time.
_ZONE_WORDS = (
    "utc|gmt|zulu|[ecmp][sd]t|cet|cest|eest|eet|bst|jst|kst|hkt|sgt|ist|msk|aest|aedt|"
    "(?:[a-z]+ )?(?:local|standard|daylight|summer|universal) time"
)
_ZONE_PLACES = (
    "北京|上海|香港|台北|东京|首尔|曼谷|新加坡|新德里|迪拜|莫斯科|伦敦|巴黎|柏林|纽约|芝加哥|洛杉矶|悉尼|"
    "美东|美西|美国东部|美国西部|中欧|东欧|西欧|太平洋|格林[尼威]治|协调世界|世界协调|世界|国际|当地|本地"
)
_ZONES = (
    *_sought(
        _LETTERS,
        rf"(?:^|{SEAM})[ ,(]*(?:{_ZONE_WORDS})(?:[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?)?\b",
        rf"(?:^|{SEAM})[ ,]*\((?:[a-z]+ )+time(?=\))",
    ),
    *_sought(
        "时区",
        rf"(?:^|{SEAM})[ ,，(]*(?:(?:{_ZONE_PLACES})(?:标准|夏令)?时间?|[东西零中]{_NUMBER}?区时?间?)(?=$|[ ,，)])",
        rf"(?:^|{SEAM})[ ,，]*\([^()]{{1,8}}时间(?=\))",
    ),
)
PIECES = (*_CLOCKS, *_DAYS, *_RELATIVE, *_AGAIN, *_EDGES, *_ZONES)
# The sources of those that are a time of day; the others are a day.
TIMES = {pattern.source for pattern in (*_CLOCKS, *_EDGES, *_ZONES)}
HALF = Pattern(_HALF)
NUMBERS = Pattern(
    r"(?<![0-9a-z./:·%-])([0-9]{1,2}) ?([-./~]) ?([0-9]{1,2})(?![0-9a-z:.]*[0-9a-z])", needs="-./~"
)
# Completes a date that names no day by month and number.
MORE = Pattern(
    r"(?<![0-9a-z])[0-3]?[0-9](?:st|nd|rd|th)\b|\b" + _MONTHS + r"\b"
    f"|{_ALONE}{_NUMBER} ?月|(?<![0-9])[0-9]{{1,2}}(?=$|[ ,](?![a-z]))|^{_NUMBER} ?[日号]|^[一二三四五六日天](?!届|起|次|个|名)"
)
_ROAD = "四点半(?:课堂|学校|托管)|(?:五一|八一|七一|六一|五四|三八|十一)(?=[路街巷广小大学红勋中])"  # 五一路, 三八红旗手
NAMES = Pattern(f"{_QUOTED}|{_ROAD}", needs='”"》」』’〉】＂一四八')
