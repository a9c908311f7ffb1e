"""Tells the sign before a clock time or a day from the one before a place: @ 6 PM, @Tue Sep 22."""

import re

from kalends.dates.vocabulary import (
    HOURS_IN_WORDS,
    MINUTES_IN_WORDS,
    MONTHS,
    NOON,
    WEEKDAYS,
    any_of,
)
from kalends.domain.patterns import Pattern

_WORDS = any_of(*HOURS_IN_WORDS)
_ENDS = r"(?=\s*(?:$|[,;.()#＃@＠–-]))"
_TIME = (
    r"(?:from |between |about |around |approx\.? |approximately |circa |roughly |~)?(?:"
    r"[0-9]{1,2}(?:[:.h][0-9]{2})? ?(?:[-–~] ?[0-9]{1,2}(?:[:.h][0-9]{2})? ?)?"
    r"(?:[ap]\.?m\b|hrs\b|hours\b|o['’]?clock\b|h\b|-?ish\b)"
    r"|[0-9]{1,2}[:.h][0-9]{2}(?![0-9])|[0-9]{1,2}(?:[:.][0-9]{2})? in the [a-z]"
    r"|[0-9]{1,2} ?(?:[-–~]|to |till? |until |or |and |sharp\b) ?[0-9]{0,2}"
    rf"|[0-9]{{1,2}}{_ENDS}|(?:[01][0-9]|2[0-3])[0-5][0-9](?: ?(?:hrs|hours))?{_ENDS}"
    r"|(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:[-–~]|to |hrs|hours)"
    rf"|(?:{_WORDS})(?: ?[ap]\.?m\b| o['’]?clock\b| (?:to|till?|until) |{_ENDS}"
    r"|[ -](?:fifteen|twenty|thirty|forty(?:[- ]five)?|fifty)\b)"
    r"|(?:a )?(?:half|quarter|five|ten|twenty(?:[ -]five)?)(?: minutes)? (?:past|to) "
    rf"|(?:(?:12|twelve) )?(?:{any_of(*NOON, 'midnight')})\b)"
)
_MONTHS = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
    rf"(?:{_MONTHS}\.? [0-9]{{1,2}}(?![0-9])|[0-9]{{1,2}}(?:st|nd|rd|th)? {_MONTHS}\b)"
)
_BEGIN = frozenset(
    word[:3]
    for word in (
        *(*HOURS_IN_WORDS, *MINUTES_IN_WORDS, *NOON, "midnight", *MONTHS, *WEEKDAYS, "a"),
        *("from", "between", "about", "around", "approx", "circa", "roughly"),
    )
)
_NEXT = Pattern(r"[@＠]\s*(\w+|~)", needs="@＠")
_AT_TIME = Pattern(rf"\s*[@＠] ?(?={_TIME})", re.IGNORECASE, needs="@＠")
_AT_DAY = Pattern(rf"\s*[@＠] ?(?={_DAY})", re.IGNORECASE, needs="@＠")
ALONE = Pattern(r"(?:^|\s)([@＠])\s*[.!]?\s*$", needs="@＠")


# Who is called in a chat: no place.
_CALL = Pattern(
    r"^\s*[@＠]\s*[小老阿][一-鿿](?=[\s，,：:])[\s，,：:]*|[@＠]\s*(?:所有人|全体(?:成员|人员|同事|干部)|各位\w{0,4}|(?:(?:everyone|everybody)\b|all(?=\s*(?:[,，:：]|$))))"
    r"[\s,，:：]*",
    re.IGNORECASE,
    needs="@＠",
)


def without_times(text: str) -> str:
    """Return a text in which the sign before a clock time or a day is a word.

    Who is called in a chat (@所有人) is left out.
    """
    text = _CALL.sub(" ", text)
    words = [word[1].casefold() for word in _NEXT.finditer(text)]
    if not any(word[0] in "0123456789~" or word[:3] in _BEGIN for word in words):
        return text  # most signs stand before a place; nothing more is compiled
    return _AT_DAY.sub(" on ", _AT_TIME.sub(" at ", text))
