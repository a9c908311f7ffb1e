"""Patterns for pieces of dates: days, repetitions, torn dates; the clock times are beside them.

The patterns are for text as it is read (`folding`). What is innocent in a title (3点要求, 12号楼,
24小时, 2nd meeting, 1.5公里) is named beside each.
"""

from kalends.dates.vocabulary import (
    COUNTS,
    DAY_IN_NUMBERS,
    MONTHS,
    OF_A_NOUN,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    any_of,
)
from kalends.domain.patterns import Pattern
from kalends.intake.dates.clock_pieces import (
    ALONE,
    CLOCKS,
    DAY_PARTS,
    DIGITS,
    EDGE,
    LETTERS,
    NUMBER,
    sought,
)
from kalends.intake.dates.english_clock_pieces import ENGLISH_CLOCKS
from kalends.intake.dates.zone_pieces import ZONES
from kalends.intake.vocabulary.tags_and_place import SEAM

_HALF = r"[-~][0-9]{1,2}(?:[:.][0-9]{2})?"
_QUOTED = (
    '“[^”]*”|"[^"]*"|《[^》]*》|「[^」]*」|『[^』]*』|‘[^’]*’|〈[^〉]*〉|【[^】]*】|＂[^＂]*＂'
)
_MONTHS = f"(?:{any_of(*MONTHS, *SHORT_MONTHS)})"
_WEEKDAYS = "|".join(
    (*(f"{day}s?" for day in WEEKDAYS), *sorted(set(SHORT_WEEKDAYS) - {"sat", "sun"}))
)
_COUNTS = f"[0-9]{{1,3}}|a|an|{any_of(*COUNTS)}|several|few|couple"
_SIGNS = "".join(
    map(chr, (*range(0x32C0, 0x32CC), *range(0x3358, 0x3371), *range(0x33E0, 0x33FF)))
)
_CIRCLED = "".join(
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
)
_ACTS = (
    "走访|开展|召开|组织|举行|举办|检查|慰问|巡查|巡逻|宣传|清扫|清理|培训|座谈|调研|排查|整治|志愿|演练|服务|学习|参加"
    "|开会|督查|看望|参观|植树|义诊"
)
# What stands in every match, to compile few of the patterns for a text.
_MONTHS_BEGIN = tuple(sorted({month[:3] for month in MONTHS}))
_WEEKDAYS_BEGIN = tuple(sorted({day[:3] for day in WEEKDAYS}))
_ORDINALS = [f"{digit}{end}" for digit in DIGITS for end in ("st", "nd", "rd", "th")]
_YEARS = ("19", "20")


_DAYS = (
    *sought(
        "正冬腊",
        "[正冬腊]月 ?(?:初[一二三四五六七八九十]|三十|(?:二十|廿|十)[一二三四五六七八九]?)(?![日号])",
    ),
    *sought(
        "月",
        f"(?<![0-9.第])[0-9]{{4}} ?年 ?{NUMBER} ?月|{ALONE}{NUMBER} ?月 ?{NUMBER} ?[日号]?"
        "(?![一-鿿]*[票刊])",
    ),
    *sought(
        "日号",
        f"{ALONE}第?{NUMBER} ?(?:日(?!召(?!开|集))|{DAY_IN_NUMBERS})"
        "(?![内游均间龄租本记志光捐报语元常谈餐地区])",
    ),
    *sought(_SIGNS, f"[{_SIGNS}]"),
    *sought(_CIRCLED, f"[{_CIRCLED}] ?[月日号]"),
    *sought(
        DIGITS,
        rf"(?<![a-z]){_MONTHS}\.?[ -]?[0-3]?[0-9](?:st|nd|rd|th)?\b(?! ?%)",
        rf"\b[0-3]?[0-9](?:st|nd|rd|th)?[ -]?(?:of )?{_MONTHS}\b",
        words=_MONTHS_BEGIN,
    ),
    *sought(
        DIGITS,
        r"\b(?:on|until|till|to|by|and|&|from|since) (?:the )?[0-3]?[0-9](?:st|nd|rd|th)\b(?! [a-z])",
        r"\bthe [0-3]?[0-9](?:st|nd|rd|th)(?=$|[,;.!?)]| (?:of|and|to|until|in|at)\b)",
        r"(?:^|[,;&~-] ?)[0-3]?[0-9](?:st|nd|rd|th)(?=$|[,;.!?)~-])",
        words=_ORDINALS,
    ),
    *sought(
        DIGITS,
        r"(?:^|[,;] ?)[0-3]?[0-9](?:st|nd|rd|th)?(?:, ?[0-3]?[0-9])* ?(?:&|and|or) ?"
        r"[0-3]?[0-9](?:st|nd|rd|th)?(?=$|[,;.!?)])",
        words=("&", "and", "or"),
    ),
    *sought(
        DIGITS,
        r"\b(?:else|otherwise|failing that|(?:rain|back-?up|reserve|alternative) (?:date|day)),? ?:? "
        r"?(?:on )?(?:the )?[0-3]?[0-9](?:st|nd|rd|th)?\b(?! ?[a-z])",
        words=("else", "otherwise", "failing that", "date", "day"),
    ),
    *sought(
        "-./~",
        r"(?<![0-9])(?:19|20)[0-9]{2} ?[-./~] ?[01]?[0-9](?: ?[-./~] ?[0-3]?[0-9])?(?![0-9])",
    ),
    *sought(
        DIGITS,
        r"(?<![0-9])(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9])",
        digits=8,
    ),
    *sought(
        "-./",
        r"(?<![0-9])[0-3]?[0-9]([-./])[01]?[0-9]\1(?:19|20)?[0-9]{2}(?![0-9])",
    ),
)
_RELATIVE = (
    *sought(
        "天日晨同",
        "大前天|大后天|前天|昨[天日]|今[天日](?!头条)|(?<!美好的)(?<!美好)(?<!绿色)(?<!的)明[天日]|后天(?!性)|"
        "次[日晨]|翌日|隔[天日]|即日|当[天日]|同[日一]天?(?=[,，、;； ]|$)|第[二三四五]天",
    ),
    *sought(
        LETTERS,
        r"\b(?:today|tomorrow|yesterday|tonight)\b(?!')(?<!for tomorrow)(?<!of tomorrow)",
        words=("today", "tomorrow", "yesterday", "tonight"),
    ),
    *sought(
        LETTERS,
        r"\b(?:last|this|next|coming) (?:week|weekend|month|" + DAY_PARTS + r")\b(?!')",
        words=("last ", "this ", "next ", "coming "),
    ),
    *sought(
        LETTERS,
        rf"\b(?:{_COUNTS}) (?:days?|weeks?|months?) (?:ago|later|from now|earlier)\b",
        words=(" ago", " later", " from now", " earlier"),
    ),
    *sought(
        "周期拜",
        "(?:周|星期|礼拜) ?[一二三四五六日天末](?!大讲堂|课堂|剧场|影院|集市|文明)(?<![0-9一两二三四]周[一-鿿])",
    ),
    *sought(
        LETTERS,
        rf"\b(?:{_WEEKDAYS})\b\.?(?!')(?<!black friday)(?<!good friday)(?! school)",
        words=_WEEKDAYS_BEGIN,
    ),
    *sought(
        LETTERS,
        r"\b(?:sat|sun)\b\.?(?=$|[,;)]| ?[0-9])",
        words=("sat", "sun"),
    ),
)
_AGAIN = (
    # How long it takes, which nothing says of the days that were read: 走访三天, camp two days.
    *sought(
        "天日周期拜月",
        f"(?<=[一-鿿（(])(?<![第每前后近隔满破超刺战坚时])(?:一连|共|整整)?(?!(?:一|1)个?整?天)(?:{NUMBER}个?(?:整?天(?!坛)|星期|礼拜|周(?![年岁末]))"
        f"|[半一两二三四五六]个月)(?=$|[\\s，,。；;）)])",
    ),
    *sought(
        LETTERS,
        rf"(?<=[a-z] )\(?(?:(?:in|within|after|every) )?(?:{_COUNTS}) (?:days|weeks|nights)\)?(?=$|[,;.!])",
        words=(" days", " weeks", " nights"),
    ),
    *sought("按逐", "(?:^|[\\s，,；;])[按逐](?:日|天|周|月|季度?|年)(?=[一-鿿])"),
    # Another month than the one that was read: 将于8月走访, 8月走访.
    *sought(
        "月",
        f"(?:[自从]|[拟将]于?|计划|预计|直到|[至到]){NUMBER}月份?(?![0-9一二三四五六七八九十]|底?前)",
        f"^{NUMBER}月份?(?={_ACTS})",
    ),
    *sought(
        "每",
        f"每(?:逢|隔|个?(?:{NUMBER})?个? ?(?:天|日|周|星期|礼拜|月|季|年|晚|早|工作日|双休日|节假日))",
    ),
    *sought(
        "隔逢天期",
        "[隔逢](?:天|日|周|月|年|[单双]|[一二三四五六七八九十])|(?<![一-鿿])天天|定期|不定期",
    ),
    *sought(
        LETTERS,
        rf"\b(?:every|each) (?:other |second |[0-9]+ )?(?:day|week|month|year|"
        rf"{DAY_PARTS}|weekend|weekday|{_WEEKDAYS}|{_MONTHS})\b",
        words=("every ", "each "),
    ),
    *sought(
        LETTERS,
        r"\b(?:daily|weekly|fortnightly|monthly|yearly)(?=$|[,;.!?)]| (?:at|on|from|until|for)\b)",
        words=("daily", "weekly", "nightly", "monthly", "yearly"),
    ),
    *sought(
        LETTERS,
        rf"\b(?:{_WEEKDAYS}|weekdays|weekends)s\b",
        words=(*_WEEKDAYS_BEGIN, "weekdays", "weekends"),
    ),
    *sought(
        "天日周期拜",
        f"(?:为期|连续|历时|持续|为时) ?{NUMBER} ?个?(?:天|日|周|星期|礼拜|工作日)",
    ),
    *sought(
        LETTERS,
        rf"\b(?:for|over|during) (?:the )?(?:next )?(?:{_COUNTS}) (?:days|weeks)\b",
        words=(" days", " weeks"),
    ),
    *sought(
        LETTERS,
        rf"\b(?:{_COUNTS})[ -]days?[ -](?=[a-z])(?<!a day )",
        words=[f"{a}day{s}{b}" for a in " -" for s in ("", "s") for b in " -"],
        then=LETTERS,
    ),
)
# At the edges only, where nothing but a date can stand; inside a title they say what it is about.
_EDGES = (
    *sought(
        "点时半-~",
        f"^(?:{NUMBER} ?[点时](?![间候代段期评名位赞亮阅心多意要建希体重思])|半|[-~](?=\\S))",
    ),
    *sought(LETTERS, "^[b-z](?= )", first=LETTERS),
    # What belongs to the date before the department: 7月25日市公安局前走访, 下旬走访, 26走访.
    *sought(
        "右前后下内外起止至来间中",
        f"^(?:左右|前后|上下|之?[前后内外]|起|止|至|为止|以[来前后]|期间|当中) ?(?={_ACTS})",
    ),
    *sought(
        "年周月旬夜初底末历日时",
        f"^(?:[去明后前]年|[上下]个?[周月]|[上中下]旬|[初底末]|午夜|初[一二三四五六七八九十]|农历|阴历|工作日|双休日"
        f"|节假日|平[日时]|逐日) ?(?={_ACTS})",
    ),
    *sought(DIGITS, f"^(?!1(?:10|19|2[02])|315)[0-9]{{2,4}} ?(?={_ACTS})", first=DIGITS),
    *sought(
        "天周月期",
        f"^(?!(?:一|1)天)(?:{NUMBER}|[数多几半])(?:天|周|个(?:星期|月)) ?(?={_ACTS})",
    ),
    *sought(
        DIGITS,
        "^[a-z]?(?=[0-9][a-z])[0-9][a-z][0-9]+(?![0-9a-z])",
        words=DIGITS,
        then=LETTERS,
    ),
    *sought(DIGITS, "^(?:[01][0-9]|2[0-3])[0-5][0-9](?= )", digits=4, first="012"),
    *sought(
        "日号月底初旬午点夜晨",
        "^(?:[日号月底初](?= )|[夜晨](?=[ ,、])|[上中下]旬(?![一-鿿])|午(?= )|午?[一二三四五六七八九十0-9]+点)",
    ),
    *sought(
        LETTERS,
        "^(?:[0-9]{1,2}(?:[ap]{2,}m|[ap]mm)|mo(?:rn?)?|aft)(?= )",
        first=DIGITS + "ma",
    ),
    *sought(LETTERS, "^" + "[^a-z]{0,8}".join("morning"), first="m"),
    *sought(LETTERS, f"^(?!{OF_A_NOUN})" + "[^a-z]{0,8}".join("afternoon"), first="a"),
    *sought(LETTERS, f"^(?!{OF_A_NOUN})" + "[^a-z]{0,8}".join("evening"), first="e"),
    *sought(
        "午",
        "^[上下正] ?[^ ]{0,5} ?午(?![餐饭休睡])",
    ),
    *sought(
        LETTERS,
        "^(?:[apm]?m|rning|orning|ning|ing|ernoon|noon|ening|vening)(?= )",
        first="apmroniev",
        words=("m ", "ing ", "noon "),
    ),
    *sought(
        DIGITS + "-~分",
        f"^(?:{_HALF}|分{EDGE}|[0-9]{{1,4}}(?=$|[,，、;；:：]| (?![a-z])))",
        first=DIGITS + "-~分",
    ),
    *sought("至到", f"(?:^|{SEAM}) ?[至到](?:[月年周]底|[月年周]末|次日|翌日|[下本]个?[周月])"),
    *sought(
        "晚",
        "[早朝]?[0-9一二三四五六七八九十]{1,2}晚[0-9一二三四五六七八九十]{1,2}(?![点时分:0-9])",
    ),
    *sought("-~至到", f"(?:^|{SEAM}) ?[-~至到] ?{NUMBER}(?:[日号点时]|{EDGE})"),
    *sought(DIGITS, f"^ ?[0-9]{{1,2}}(?:{EDGE})[ ,]*$", first=f" {DIGITS}"),
    *sought(
        DIGITS,
        f"{SEAM} ?(?=[0-9])[0-9]{{1,2}}(?:{EDGE})[ ,]*$",
        words=(SEAM, f"{SEAM} "),
        then=DIGITS,
    ),
    *sought(
        DIGITS,
        "^(?:'[0-9]{2}|(?:to|until|till|through|by|from|since|before|after) [0-9]{1,4}\\b)",
        first="'tubfsa",
    ),
    *sought(
        "年度周月旬",
        f"(?:^|[\\s,，;；]|{SEAM})(?:[今去明前后]年|[上下]半年|[一二三四1-4]季度|[上下本这]个?[周月]|"
        f"[上中下]旬|月[初底末]|年[初底末])(?=$|[\\s,，;；]|{SEAM})",
    ),
    *sought(
        DIGITS,
        f"(?:^|[\\s,，;；]|{SEAM})(?:19|20)[0-9]{{2}}年?(?=$|[\\s,，;；]|{SEAM})",
        words=_YEARS,
    ),
)
PIECES = (*CLOCKS, *ENGLISH_CLOCKS, *_DAYS, *_RELATIVE, *_AGAIN, *_EDGES, *ZONES)
# The sources of those that are a time of day; the others are a day.
TIMES = {pattern.source for pattern in (*CLOCKS, *ENGLISH_CLOCKS, *_EDGES, *ZONES)}
HALF = Pattern(_HALF)
NUMBERS = Pattern(
    r"(?<![0-9a-z./:·%-])([0-9]{1,2}) ?([-./~]) ?([0-9]{1,2})(?![0-9a-z:.]*[0-9a-z])", needs="-./~"
)
# Completes a date that names no day by month and number.
MORE = Pattern(
    r"(?<![0-9a-z])[0-3]?[0-9](?:st|nd|rd|th)\b|\b" + _MONTHS + r"\b"
    f"|{ALONE}{NUMBER} ?月|(?<![0-9])[0-9]{{1,2}}(?=$|[ ,](?![a-z]))|^{NUMBER} ?[日号]|^[一二三四五六日天](?!届|起|次|个|名)"
)
_ROAD = "四点半(?:课堂|学校|托管)|(?:五一|八一|七一|六一|五四|三八|十一)(?=[路街巷广小大学红勋中])"  # 五一路, 三八红旗手
NAMES = Pattern(f"{_QUOTED}|{_ROAD}", needs='”"》」』’〉】＂一四八')
