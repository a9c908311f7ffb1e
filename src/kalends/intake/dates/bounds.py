"""Finds words beside a date that make something else of it: 9点结束, ends at 9, July 25 onwards.

A date that was read says when the activity begins, so beside such words it is asked about: they
make an end or a limit of it, leave it out, or say more than was read.
"""

import re

from kalends.dates.folding import normalise
from kalends.domain.patterns import Pattern
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
    r"|\b(?:latest|no later than)(?: at)?\s+$",
    re.IGNORECASE,
    words=("最", "于", "截", "直到", "赶在", "end", "finish", "clos", "conclud", "late"),
)
_EDGE = r"(?=\s*(?:$|[,;!?)，。；！？）]|[.:](?!\S)))"
_CHINESE_EDGE = r"(?=[\s，,、。;；前后起]|$)"
# What goes on from a date in Chinese, or leaves it out: 7月25日除外, 9点1刻, 早中晚, 子时.
_CHINESE_BEHIND = Pattern(
    r"\s?(?:除外|之外|以外|[上下]半天|各(?:天|日|周|星期|月|季)|开始(?=[0-9一二两三四五六七八九十]+个?[天日周])"
    rf"|(?:为?止|[子丑寅卯辰巳午未申酉戌亥]时|大?半夜|傍黑|擦黑|天[亮黑]|黎明|拂晓|破晓|日[出落]|(?<=早)、?(?:中、?)?晚){_CHINESE_EDGE}"
    r"|[0-9]{1,2}(?:秒|刻|['。;][0-5][0-9](?![0-9])))",
    words=tuple("外半各始止时更秒刻亮黑明晓出落晚'。;"),
)
# The same in English: 25 July onwards, July 25 and after, July 25 +2, July 25 (2 days).
_ENGLISH_BEHIND = Pattern(
    r"[\s,]+(?:onwards?|ff|et seq|inst|ult|prox|excluded|excepted"
    r"|not (?:on )?(?:the )?[0-9]+(?:st|nd|rd|th)?"
    r"|and (?:after|later|beyond|onwards?|so on|(?:the )?(?:days?|weeks?) (?:after|following)"
    r"|(?:the )?(?:following|next|subsequent) (?:days?|weeks?)))\b"
    r"|(?:(?<=st)|(?<=nd)|(?<=rd)|(?<=th)) (?:week|quarter|half)\b",
    words=(*("onward", "ff", "et seq", "inst", "ult", "prox", "not ", "except", "exclud", "and "),
           *("week", "quarter", "half")),
)  # fmt: skip
# A number that goes on from a date: July 25, 19; July 25 2d; July 25 15 h; July 25 at 3½.
_NUMBER_BEHIND = Pattern(
    r"\s*[,(+']?\s*(?:plus |at )?(?:(?:[0-9]{1,2}(?:st|nd|rd|th)?|[a-z]+ (?=days|weeks|nights))"
    rf" ?(?:days?|nights?|weeks?|d|h|hrs?|hours?)?\)?{_EDGE}"
    r"|[0-9]{1,2}d\b|[0-9]{1,4} ?[hz]\b|[0-9]{0,2} ?[½¼¾⅓⅔]|[0-9]/[0-9] (?:past|to)\b)",
)
_GOES_ON = frozenset("0123456789½¼¾⅓⅔")
_WEEKDAYS = "mon|tue|wed|thu|fri|sat|sun"
_NAMES = f"(?:{_WEEKDAYS}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
# What stands before a date, which begins behind the seam.
_BEFORE = Pattern(
    r"\b(?:[0-3]?[0-9](?:st|nd|rd|th)? ?(?:plus|thru|and/or|&|\+|n|and|nor|not|but|then|or) "
    rf"{SEAM}(?=[0-9]|the |{_NAMES})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)? {SEAM}(?=and )"
    rf"|(?:ending|within(?: an?| one| the)?|ca?\.?) {SEAM}"
    rf"|(?:one|some|another|either|certain) {SEAM}(?=(?:{_WEEKDAYS}))"
    rf"|(?:second|third|2nd|3rd|penultimate|one)[ -](?:to[ -]|but )?{SEAM}(?=last )"
    rf"|[0-3]?[0-9][ .]+[ivx]+[ .]+{SEAM}(?=[0-9]{{4}}))",
    words=(
        *(
            f"{word} {SEAM}"
            for word in (
                *(
                    "plus",
                    "thru",
                    "or",
                    "&",
                    "+",
                    "n",
                    "and",
                    "nor",
                    "not",
                    "but",
                    "then",
                    "ending",
                ),
                *("within", "a", "an", "one", "the", "ca", "c", "ca.", "c.", "some", "another"),
                *("either", "certain", "second", "third", "2nd", "3rd", "penultimate", "to"),
                *("i", "v", "x", "i.", "v.", "x."),
            )
        ),
        *(f"{word}-{SEAM}" for word in ("second", "third", "2nd", "3rd", "one", "to")),
        f" {SEAM}and ",
    ),
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
        if is_timed and (before := _LIMITS.search(text[:start])):
            return text[before.start() : end].strip()
    return _beside(text, *spans[0]) or _beside(text, *spans[-1]) if spans else ""


def _beside(text: str, start: int, end: int) -> str:
    """Return a date with what goes on from it, or stands before it and is a piece of it, or ""."""
    read = normalise(text)
    begins = max(start - _REACH, 0)
    if before := _BEFORE.search(f"{read[begins:start]}{SEAM}{read[start : start + 5]}"):
        return text[begins + before.start() : end]
    goes_on = read[end:].lstrip(" ,(+'").removeprefix("plus ").removeprefix("at ")[:1]
    behind = _CHINESE_BEHIND.match(read, end) or _ENGLISH_BEHIND.match(read, end)
    if behind is None and goes_on in _GOES_ON:
        behind = _NUMBER_BEHIND.match(read, end)
    return text[start : behind.end()].strip() if behind else ""
