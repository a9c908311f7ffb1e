"""Finds words beside a date that make something else of it: 9点结束, ends at 9, July 25 onwards.

A date that was read says when the activity begins, so beside such words it is asked about: they
make an end or a limit of it, leave it out, or say more than was read.
"""

import re

from kalends.dates.folding import normalise
from kalends.dates.vocabulary import HOURS_IN_WORDS, any_of
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.letters import is_chinese
from kalends.intake.vocabulary.tags_and_place import SEAM

# What only ends there, behind a clock time; and a range whose other end is missing: 7月14日至.
_ENDS = Pattern(
    r"\s?(?:准时|左右)?(?:结束|散会|散场|截止|收尾|完毕|收工)"
    r"|\s+(?:at the latest|finish|end|close)\b",
    re.IGNORECASE,
    words=("结束", "散", "截止", "收", "完毕", "latest", "finish", "end", "close"),
)
_OPEN_RANGE = Pattern(
    r"\s?[至到](?=[\s，,、；;。\x1f]|$)|\s+(?:until|till)(?=\W*$)",
    re.IGNORECASE,
    words=("至", "到", "until", "till"),
)
_LIMITS = Pattern(
    r"(?:最[晚迟早]?|不[晚早迟]于|[晚早迟]于|截[至止]到?|直到|赶在)\s*$"
    r"|\b(?:end|finish|clos|conclud)(?:es|s|e|ing|ed)?(?: at| by)?\s+$"
    r"|\b(?:latest|no later than)(?: at)?\s+$"
    # Not the hour of what happens: doors 6pm, a talk with lunch at noon.
    r"|\b(?:doors?|(?<!the )gates?|check-?in|set-?up|with (?:an? )?(?:lunch|dinner|breakfast"
    r"|supper|coffee|tea|drinks|snacks))(?: opens?| opening| served)?(?: at| from)?:?\s+$",
    re.IGNORECASE,
    words=(
        *("最", "于", "截", "直到", "赶在", "end", "finish", "clos", "conclud", "late", "door"),
        *("gate", "check", "set", "with "),
    ),
)
# What has numbers of its own, right before a clock: room 9:30, ratio 9:30.
_NUMBERED = Pattern(
    r"\b(?:room|fee|ratio|tickets?|price|cost|score|odds|scale|psalm|verse|chapter|section|bus|route"
    r"|flight|train|number|ref|page|pin|code|ext|call|tel|dial|phone)[.:]?\s+$",
    re.IGNORECASE,
    words=(
        *("room", "fee", "ratio", "ticket", "price", "cost", "score", "odds", "scale", "psalm"),
        *("verse", "chapter", "section", "bus", "route", "flight", "train", "number", "ref"),
        *("page", "pin", "code", "ext", "call", "tel", "dial", "phone"),
    ),
)
_WEEKDAYS = "mon|tue|wed|thu|fri|sat|sun"
_NAMES = f"(?:{_WEEKDAYS}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = f"(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?{_NAMES}"
_EDGE = r"(?=\s*(?:$|[,;!?)，。；！？）]|[.:](?!\S)))"
_CHINESE_EDGE = r"(?=[\s，,、。;；前后起]|$)"
_COUNT = "[0-9一二三四五六七八九十]+"
_HOURS = any_of(*HOURS_IN_WORDS)
# What goes on from a date in Chinese, or leaves it out: 7月25日除外, 9点1刻, 早中晚, 子时.
_CHINESE_BEHIND = Pattern(
    rf"\s?(?:除外|之外|以外|[上下]半天|已过|[那当]周|附近|[待未暂]定|(?:工作日(?![志程])|双休日|节假日|平日|逐日)|各(?:天|日|周|星期|月|季)|开始(?={_COUNT}个?[天日周])"
    rf"|(?:[吧吗呢嘛]|为?止|[子丑寅卯辰巳午未申酉戌亥]时|大?半夜|傍黑|擦黑|(?<=[日号])[一二三四五六天]|天[亮黑]|黎明|拂晓|破晓"
    rf"|日[出落]|(?<=早)、?(?:中、?)?晚){_CHINESE_EDGE}"
    r"|[0-9]{1,2}(?:秒|刻|['。;][0-5][0-9](?![0-9]))"
    rf"|(?:(?<=月)|(?<=月份))的?(?:某[日天]|中?的?一天|(?:第|头|[前后末]|倒数)第?{_COUNT}个?(?:天|日|周末)"
    r"|首个?(?:周|星期)))",
    words=tuple(
        "过周附定一二三四五六外半各始止时更秒刻亮黑明晓出落晚'。;吧吗呢嘛天日末某首第头倒"
    ),
)
# The same in English: 25 July onwards, July 25 and after.
_ENGLISH_BEHIND = Pattern(
    r"[\s,]+(?:onwards?|ff|et seq|inst|ult|prox|excluded|excepted"
    r"|but one|or (?:so|later|earlier|thereabouts)|(?:plus|minus) (?:one|two|[0-9]+)|at the latest"
    r"|tb[acd]|(?:and|&) [0-9]{1,2}(?:st|nd|rd|th)?(?! ?[a-z0-9])"
    r"|not (?:on )?(?:the )?[0-9]+(?:st|nd|rd|th)?"
    r"|(?:the )?(?:following|previous|next|last) year"
    r"|and (?:after|later|beyond|onwards?|so on|(?:the )?(?:days?|weeks?) (?:after|following)"
    r"|(?:the )?(?:following|next|subsequent) (?:days?|weeks?)))\b"
    r"|(?:(?<=st)|(?<=nd)|(?<=rd)|(?<=th)) (?:week|quarter|half)\b|\s*[\[(]sic[\])]",
    words=(
        *("or so", "or later", "or earlier", "or there", "plus ", "minus ", "latest", "tb"),
        *("& ", "but one", "onward", "ff", "et seq", "inst", "ult", "prox", "not "),
        *("except", "exclud", "and ", "week", "quarter", "half", "year", "sic"),
    ),
)  # fmt: skip
# What was said wrong, or is left out: July 25, I mean 26; 25 to 28 July except 26.
_CORRECTED = Pattern(
    r"[\s,(]+(?:i mean|that is|correction|(?:or )?rather|sorry|was|were|not|instead of|no wait"
    r"|make (?:it|that)|formerly|previously|originally|closed|off|except(?:ing)?|excluding|excl\.?"
    r"|without|but not|minus|apart from|skipping)[ ,:]+(?:on |the |it'?s )*"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|weekends?|weekdays|(?:{_WEEKDAYS})[a-z]*){_EDGE}",
    words=(
        *("i mean", "that is", "correct", "rather", "sorry", "was", "were", "not", "instead"),
        *("no wait", "make", "merly", "ously", "nally", "closed", "off", "except", "excl"),
        *("without", "minus", "apart", "skip"),
    ),
)
# A time of day that no clock shows, or which days of several: at dawn, weekdays only.
_VAGUE = Pattern(
    r"\s+(?:(?:at|by|before|after|from|until|till) )?(?:dawn|dusk|sun(?:rise|set|up|down)|daybreak"
    r"|nightfall|tea-?time|overnight|(?:the )?small hours|first thing|close of (?:business|play)"
    rf"|cob|eod|all night){_EDGE}|\s+(?:at|before|after|until) (?:lunch|dinner|breakfast"
    rf"|supper|tea){_EDGE}|\s+(?:{_HOURS}){_EDGE}"
    rf"|[\s,(]+(?:weekdays|weekends|(?:working|alternate|odd|even) days)(?: only)?{_EDGE}",
    words=(
        *("dawn", "dusk", "sunrise", "sunset", "sunup", "sundown", "daybreak", "fall", "time"),
        *("overnight", "small", "first", "close", "cob", "eod", "all night", "lunch", "dinner"),
        *("breakfast", "supper", "tea", "days", "weekends", *HOURS_IN_WORDS),
    ),
)
# A number that goes on from a date: July 25, 19; July 25 2d; July 25 15 h; July 25 at 3½.
_NUMBER_BEHIND = Pattern(
    r"\s*[,(+']?\s*(?:plus |at )?"
    r"(?:(?:(?:[0-9]{1,3}(?:st|nd|rd|th)?|[a-z]+ (?=days|weeks|nights))"
    rf" ?(?:days?|nights?|weeks?|d|h|hrs?|hours?)?|[0-9]{{1,2}} ?[-~ ] ?[0-9]{{1,2}})\)?{_EDGE}"
    r"|[0-9]{1,2}d\b|[0-9]{1,4} ?[hz]\b|[0-9]{0,2} ?[½¼¾⅓⅔]|[0-9]/[0-9] (?:past|to)\b)",
)
# Before a name or a capital a number belongs to the date, too: July 25 3/4 Police.
_PIECE_BEHIND = Pattern(
    r"[\s,]+(?:(?!24/7|50/50)[0-9]{1,2}(?:[./][0-9]{1,2}\.?|st|nd|rd|th)|[qhw][0-9]{1,2}|o'?clock)"
    r"(?=[\s,]+|$)",
    words=("/", ".", "st", "nd", "rd", "th", "q", "h", "w", "clock"),
)
_GOES_ON = frozenset("0123456789½¼¾⅓⅔")
_BEHIND = (_CHINESE_BEHIND, _ENGLISH_BEHIND, _CORRECTED, _VAGUE)
# What stands before a date, which begins behind the seam.
_BEFORE = Pattern(
    r"\b(?:[0-3]?[0-9](?:st|nd|rd|th)? ?(?:plus|thru|and/or|&|\+|n|and|nor|not|but|then|or) "
    rf"{SEAM}(?=[0-9]|the |{_NAMES})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)? {SEAM}(?=and )"
    rf"|(?:ending|within(?: an?| one| the)?|ca?\.?) {SEAM}"
    rf"|(?:neither|not|not on) {SEAM}"
    rf"|(?:except|except on|except for|excluding|barring|other than|apart from) {SEAM}"
    rf"|(?:easter|whit|ash|palm|good|black|cyber|shrove|maundy|holy|super) {SEAM}"
    rf"(?=(?:{_WEEKDAYS}))|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:(?:week|weekend"
    rf"|fortnight|[a-z0-9]+ days) (?:in {SEAM}|of {SEAM})|(?:week|weekend|fortnight|days) {SEAM})"
    rf"|(?:later|early|late|sometime) {SEAM}(?=(?:this|next|in) )"
    rf"|(?:originally|formerly|previously|initially|(?:old|former|original|previous|wrong) date:?"
    rf"|deadline:?|rsvp(?: by)?:?|(?:weekdays|weekends|(?:working|alternate) days)(?: only)?"
    rf"(?: from| in)?) {SEAM}|of {SEAM}(?=20[0-9]{{2}} )"
    r"|(?:(?:jan|febr)uary|april|june|july|august|(?:sept|nov|dec)ember|october) "
    rf"{SEAM}(?={_DAY})|(?:one|some|another|either|certain) {SEAM}(?=(?:{_WEEKDAYS}))"
    rf"|(?:second|third|2nd|3rd|penultimate|one)[ -](?:to[ -]|but )?{SEAM}(?=last )"
    rf"|[0-3]?[0-9][ .]+(?:[ivx]*(?:i {SEAM}|v {SEAM}|x {SEAM})|[ivx]+\. ?{SEAM})"
    r"(?=[0-9]{4}))",
    words=(
        *(
            f"{word} {SEAM}"
            for word in (
                *("plus", "thru", "or", "&", "+", "n", "and", "nor", "not", "but", "then", "of"),
                *("ending", "within", "a", "an", "one", "the", "ca", "c", "ca.", "c.", "some"),
                *("another", "either", "certain", "second", "third", "2nd", "3rd", "to", "i", "v"),
                *("penultimate", "x", "i.", "v.", "x.", "date", "date:", "line", "line:", "rsvp"),
                *(
                    "by",
                    "by:",
                    "rsvp:",
                    "nally",
                    "merly",
                    "ously",
                    "ially",
                    "weekdays",
                    "weekends",
                ),
                *("days", "only", "from", "in", "uary", "april", "june", "july", "august"),
                *(
                    "ember",
                    "october",
                    "except",
                    "excluding",
                    "barring",
                    "than",
                    "except on",
                    "neither",
                    "not on",
                    "except for",
                    "easter",
                ),
                *("whit", "ash", "palm", "good", "black", "cyber", "shrove", "maundy", "holy"),
                *("super", "week", "weekend", "weekday", "fortnight", "later", "early", "late"),
                "sometime",
            )
        ),
        *(
            f"{word}-{SEAM}"
            for word in ("second", "third", "2nd", "3rd", "penultimate", "one", "to")
        ),
        *(f" {SEAM}and ", f".{SEAM}", f". {SEAM}"),
    ),
)
_CHINESE_BEFORE = Pattern(
    f"(?:^|[\\s，,。；;])(?:原|非|距离?|离|赶在|唯|仅|只|恰|不){SEAM}|(?:不?[早晚]于|不是|并非|除了?){SEAM}",
    words=tuple(f"{word}{SEAM}" for word in "原非距离在唯仅只恰不于是除了"),
)
_REACH = 30


def bound(text: str, spans: list[tuple[int, int]], *, is_timed: bool) -> str:
    """Return the piece of a date with the word beside it that makes an end of it, or "".

    `spans` are the pieces of the date in the text; `is_timed` says that it has a clock time.
    """
    for start, end in spans:
        behind = _OPEN_RANGE.match(text, end) or (_ENDS.match(text, end) if is_timed else None)
        if behind:
            return text[start : behind.end()].strip()
        is_clock = text[start].isdigit() and (
            not {":", "."}.isdisjoint(text[start + 1 : start + 3])
            or text[start : start + 4].isdecimal()
        )
        before = _LIMITS.search(text[:start]) if is_timed else None
        if before := before or (_NUMBERED.search(text[:start]) if is_clock else None):
            return text[before.start() : end].strip()
    outer = dict.fromkeys((*spans[:1], *spans[-1:]))  # most dates are in one piece
    return next(filter(None, (_beside(text, *span) for span in outer)), "")


def _beside(text: str, start: int, end: int) -> str:
    """Return a date with what goes on from it, or stands before it and is a piece of it, or ""."""
    read = normalise(text)
    begins = max(start - _REACH, 0)
    around = f"{read[begins:start]}{SEAM}{read[start : start + 5]}"
    if before := _BEFORE.search(around) or _CHINESE_BEFORE.search(around):
        return text[begins + before.start() : end]
    behind = next(filter(None, (pattern.match(read, end) for pattern in _BEHIND)), None)
    goes_on = read[end:].lstrip(" ,(+'").removeprefix("plus ").removeprefix("at ")[:1]
    if behind is None and goes_on in _GOES_ON:
        behind = _NUMBER_BEHIND.match(read, end)
    first = read[end:].lstrip(" ,")[:2]
    may_be = first[:1].isdigit() or first[1:].isdigit() or first in {"oc", "o'"}
    if behind is None and may_be and (piece := _PIECE_BEHIND.match(read, end)):
        after = text[piece.end() :].lstrip(" ,，")[:1]
        behind = piece if not after or after.isupper() or is_chinese(after) else None
    return text[start : behind.end()].strip() if behind else ""
