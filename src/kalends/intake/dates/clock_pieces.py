"""Patterns for clock times and parts of the day that are left of a date.

The patterns are for text as it is read (`folding`).
"""

from collections.abc import Iterable

from kalends.dates.vocabulary import (
    AS_ADJECTIVES,
    CHINESE_PARTS,
    MEASURES,
    MONTHS,
    OF_A_NOUN,
    PARTS,
    any_of,
)
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.tags_and_place import SEAM

NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十廿卅两〇]{1,3})"
ALONE = "(?<![0-9.一二三四五六七八九十百千万第几])"
EDGE = f"(?=$|[\\s,，.。;；:：、!?！？)~-]|{SEAM})"
# What the word begins otherwise: 下午茶, 晚上好.
_NOT_BEHIND = {"下午": "(?!茶)", "晚上": "(?!好)"}
_MONTHS = any_of(*(month[:3] for month in MONTHS))  # night of Books, not of July
_PARTS = "|".join(
    f"{word}{_NOT_BEHIND.get(word, '')}"
    for word in any_of(*CHINESE_PARTS).split("|")
    if len(word) > 1 and word not in AS_ADJECTIVES
)
_AS_ADJECTIVES = f"{any_of(*AS_ADJECTIVES)}|全天(?!候)|整天|白天"  # 夜间巡查 is what was done
DAY_PARTS = any_of(*PARTS)
_AMOUNTS = (
    r"(?:k?m|kg|miles?|million|billion|lit(?:re|er)s?|met(?:re|er)s?|hectares?|tons?|tonnes?)\b"
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

_CLOCK_IN_WORDS = f"[0-9]{{1,2}}|{_HOURS}|noon|midday|midnight"
_AFTER = f"(?=$|[,;.!?)]| (?:in|on|at|sharp|for)(?![a-z])| ?{SEAM})"

_HOUR = "(?:[01]?[0-9]|2[0-4])"
_OWN = rf"(?:^|[,;:.(]|{SEAM}) ?(?:(?:from|about|around|between|approx(?:imately)?\.?) )?"
_OWN_ENDS = rf"(?=$|[,;.!?)]| ?{SEAM})"
_DAY_HOUR = "(?:0[0-9]|1[0-9]|2[0-3])"
LETTERS, DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"


def sought(
    needs: str,
    *patterns: str,
    words: Iterable[str] = (),
    then: str = "",
    also: Iterable[str] = (),
    digits: int = 0,
    first: str = "",
) -> tuple[Pattern, ...]:
    """Return patterns that need the same: see `Pattern`."""
    # A word of English ends where Chinese begins, which \b does not see.
    return tuple(
        Pattern(
            pattern.replace(r")?\b", ")?(?![a-z0-9])")
            .replace(r")\b", ")(?![a-z0-9])")
            .replace(r"\b(", "(?<![a-z0-9])("),
            needs=needs,
            words=words,
            then=then,
            also=also,
            digits=digits,
            first=first,
        )
        for pattern in patterns
    )


CLOCKS = (
    *sought(
        ":",
        r"(?<![0-9]) ?:[0-5][0-9](?![0-9])",
        r"(?<![a-z0-9.:])t?(?:[01]?[0-9]|2[0-4]) ?: ?[0-5][0-9](?::[0-5][0-9])?(?![0-9:])分?",
        r"(?<![a-z0-9.:])[0-2]?[0-9]:[0-9]{2}(?![0-9:])",  # 25:00, 9:75: no clock has it
    ),
    *sought(
        DIGITS,
        r"(?<![a-z0-9.:])[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.?m\b\.?",  # 30 AM: no clock has it
        words=("am", "pm", ".m"),
    ),
    *sought(
        DIGITS,
        r"(?<![a-z0-9.:])(?:[01]?[0-9]|2[0-3])h[0-5][0-9](?![0-9])",
        r"(?<![0-9.])(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:hrs?|hours|h)\b",
        rf"(?<![a-z0-9.:])(?:[01]?[0-9]|2[0-3])h(?: ?[-~] ?(?:[01]?[0-9]|2[0-3])h)?"
        rf"(?= ?(?:$|[,;.!?)]|{SEAM}))",
        r"(?:(?<=\bat )|(?<=\bfrom )|(?<=\buntil ))(?:[01]?[0-9]|2[0-3])h\b",
        words=[f"{digit}{blank}h" for digit in DIGITS for blank in ("", " ")],
    ),
    *sought(
        "-~",
        r"(?<![a-z0-9.:])(?:[01]?[0-9]|2[0-4]) ?[-~] ?(?:[01]?[0-9]|2[0-4]) ?(?:h|hrs?|hours)\b(?= ?(?:$|[,;.!?)]))",
        words=("h",),
    ),
    *sought(
        ".",
        # Right behind the date, or at the end: 14.30 quiz, quiz 14.30.
        rf"(?:^|{SEAM}) ?(?!3\.15)(?:[01]?[0-9]|2[0-3])\.[0-5][0-9](?![0-9.%])(?! ?(?:{MEASURES}|{_AMOUNTS}))(?= [a-z])",
        r"(?<=[a-z] )(?:[01][0-9]|2[0-3])\.[0-5][0-9]$",
    ),
    *sought(
        LETTERS,
        r"\b[a-z0-9]+ o'?clock\b|\b(?:half past|quarter (?:past|to)) [a-z0-9]+",
        words=("clock", "half past", "quarter"),
    ),
    *sought(
        LETTERS,
        r"\b(?:at|from|until|till|to|by|before|after|around|about) (?:12 )?(?:noon|midday|midnight)\b",
        words=("noon", "mid"),
    ),
    *sought(
        DIGITS,
        r"\b(?:at|from|until|till) (?:[01]?[0-9]|2[0-3])(?:\.[0-5][0-9])?(?=$|[,;.!?)]| (?:in|on|at)\b)",
        words=("at ", "from ", "til"),
    ),
    *sought(
        LETTERS,
        rf"\b(?:from|between) (?:{_CLOCK_IN_WORDS}) (?:to|till|until|and) (?:{_CLOCK_IN_WORDS}){_AFTER}",
        words=("from ", "between "),
    ),
    *sought(
        LETTERS,
        rf"\b(?:{_HOURS}) (?:till|until) (?:{_CLOCK_IN_WORDS}){_AFTER}|\bat (?:{_HOURS}){_AFTER}",
        words=(" till ", " until ", *(f"at {hour}" for hour in _HOURS.split("|"))),
    ),
    *sought(
        LETTERS,
        # Right before a department, or at the end: at 3 Police visit, Police visit at four.
        rf"\b(?:at|from|until|till|by|around|about) (?:[01]?[0-9]|2[0-3]|{_HOURS})(?=$| ?{SEAM})",
        words=("at ", "from ", "til", "by ", "around ", "about "),
    ),
    *sought(
        DIGITS,
        r"(?:(?<=start )|(?<=starts )|(?<=starting )|(?<=begins )|(?<=meet )|(?<=at ))"
        r"(?:0[0-9]|1[0-9]|2[0-3])[0-5][05](?![0-9a-z:.%])(?! ?[a-z]+s\b)",
        digits=4,
    ),
    *sought(
        DIGITS,
        # In a clause of their own, or before whoever does something: , 9 to 12, / at 2 we bring.
        rf"{_OWN}{_HOUR} (?:to|till|until|and) {_HOUR}{_OWN_ENDS}",
        r"\bat (?:[01]?[0-9]|2[0-3])(?= (?:we|they|our|the|a|an|i|he|she|it)\b)",
        words=(" to ", " till ", " until ", " and ", "at "),
    ),
    *sought("-~", rf"{_OWN}{_HOUR} ?[-~] ?{_HOUR}{_OWN_ENDS}"),
    *sought(
        "-~",
        r"(?<![0-9.:/-])(?:[01][0-9]|2[0-3])[0-5][05] ?[-~] ?(?:[01][0-9]|2[0-3])[0-5][05](?![0-9])",
    ),
    *sought(
        "h-",
        rf"^(?:[01]?[0-9]|2[0-4])(?: ?h|-(?:[01]?[0-9]|2[0-4]))(?= ?{SEAM})",
        first=DIGITS,
    ),
    *sought(
        ":点时.",
        r"(?<![a-z])[ap]\.?m\.? ?[0-9]{1,2} ?[:点时.]",
        words=("am", "pm", ".m"),
    ),
    *sought(
        DIGITS,
        # 0930 in Chinese; 1930 too where it begins.
        # A class of characters that holds a long range among others takes a millisecond.
        r"(?<![0-9a-z.:/-])(?<![一-鿿])0[0-9][0-5][05](?![0-9a-z.:/%-])"
        r"(?= ?(?:[一-鿿]|[,，。;；:：)）])|$)",
        r"(?:时间|于)0[0-9][0-5][05](?![0-9a-z.:/%-])",
        rf"(?:^|[,，;；:：(（ ]|{SEAM}) ?(?!20[0-9]{{2}}){_DAY_HOUR}[0-5][05]"
        "(?=[,，;；。)）]|$|(?:准时)?[开集在于])",
        digits=4,
    ),
    *sought(
        "点时:",
        f"(?:{_PARTS}|{_AS_ADJECTIVES}) ?{NUMBER} ?[点时:]",
    ),
    *sought(
        "点时",
        f"{ALONE}{NUMBER} ?[点时](?:半|整|钟|许(?!可)|左右|前后|[一三]刻| ?[0-9]{{2}}|{NUMBER}分)分?",
        f"{ALONE}{NUMBER} ?[点时]{EDGE}",
    ),
    *sought(
        "点",
        f"(?<![强调提出讲下了要这几做上写])(?<!如下){ALONE}(?!一点)[一二三四五六七八九十两]{{1,3}}点"
        "(?![评名位赞亮检阅心多意要建左希体重思认做举提措经启原共安说倡任工成几一不])",
        "(?<![0-9.第])(?:1?[0-9]|2[0-4]) ?点(?![评名位赞亮检阅心多意要建左内希体重思认做举提])",
    ),
    *sought(
        "时",
        f"{ALONE}{NUMBER} ?时(?![间候代段期尚装常事刻空令下局光而不])",
    ),
    *sought(
        "晨早午晚夜",
        f"(?:{_PARTS})|[今明昨]晚|[今明]早(?!已)",
    ),
    *sought(
        "间天",
        f"(?:^|[,，、;；:：(]|{SEAM}) ?(?:{_AS_ADJECTIVES})",
    ),
    *sought(
        LETTERS,
        r"(?:(?:^|[,;:(~-]) ?|\b(?:in the|at|that|on|same) )(?:[a-z]+day )?"
        rf"(?!{OF_A_NOUN})(?:{DAY_PARTS})\b(?! (?:school|class|shift)| of (?!the\b|{_MONTHS})[a-z])",
        words=PARTS,
    ),
)
