"""Reads one clock time in English: 2pm, 14:30, 14h30, noon, half past nine, ten o'clock, 9.

clock  = number [ ":" | "." | "h" number ] [ "am" ] [ "o'clock" ] | "noon" | "0930"
       | minutes ("past" | "to") hour [ "am" ] | hour in words [ "am" ] [ "o'clock" ]
"""

import re

from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import (
    HOURS_IN_WORDS,
    MIDNIGHT,
    MINUTES_IN_WORDS,
    MONTHS,
    NOON,
    SHORT_MONTHS,
    any_of,
)
from kalends.domain.patterns import DIGITS, digits_in_a_row

FIRM = (
    r"$|[,;.!?)~-]|:(?![0-9])|(?:in|at|to|on|and|until|till?|daily|each|every|o'?clock)(?![a-z])"
)
HALF_DAY = 12
_LENGTH = 4  # of 0930
_HALF = r"(?: ?(?P<half>[ap])\.?m(?![a-z])\.?)?"
_SHARP = "(?: sharp(?![a-z]))?"
_OCLOCK = "(?: ?(?P<oclock>o'?clock)(?![a-z])| ?(?:hrs|hours)(?![a-z]))?"
_NUMBER = (
    r"(?P<hour>[0-9]{1,2})(?:(?::|h(?=[0-5][0-9])|\.(?=[0-9]{2} ?[ap]\.?m))(?P<minute>[0-9]{2})"
    rf"(?::[0-5][0-9])?)?(?![0-9]|:[0-9]){_HALF}{_OCLOCK}{_SHARP}(?![a-z/]| ?%)"
)
_NAMED = (
    rf"(?:(?:12(?:[:.]00)?|twelve) )?(?:{any_of(*NOON)})(?![a-z])"
    rf"|(?P<midnight>{MIDNIGHT})(?![a-z])"
)
_CLOCK = f"{_NAMED}|{_NUMBER}"
_CLOCK_BEGINS = f"{DIGITS}nmt"
_DOTTED = (
    r"(?P<hour>[0-9]{1,2})\.(?P<minute>[0-5][0-9])(?: ?(?:hrs|hours))?"
    r"(?![0-9.%a-z]|:[0-9]| ?[ap]\.?m(?![a-z]))"
)
# 0930, where it is no year; behind at it is a time in any case.
_FOUR = "(?P<hour>0[0-9]|1[0-8])(?P<minute>[0-5][05])(?![0-9a-z./-]|:[0-9]| ?[-~] ?[0-9])"
_FOUR_AT = "(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?![0-9a-z/]|[:.][0-9])"
_MONTH = f"(?:of |-)?(?:{any_of(*MONTHS, *SHORT_MONTHS)})(?![a-z])"
_SUBJECT = "(?:the|we|they|our|all)(?![a-z])"  # this evening at 7 the Police meet
_SPACED = "$|[ ,;]"
_WORDS = any_of(*HOURS_IN_WORDS)
_PAST = (
    f"(?:a )?(?P<minutes>twenty[- ]five|{any_of(*MINUTES_IN_WORDS)})(?: minutes)? (?P<to>past|to) "
    rf"(?P<word>{_WORDS}|1[0-2]|[1-9])(?![0-9a-z]|[:.][0-9]){_HALF}{_OCLOCK}{_SHARP}(?![a-z])"
)
EITHER = rf"(?:five|ten) to (?:{_WORDS})(?= ?(?:{FIRM}))(?! in the | ?[ap]\.?m)"
_IN_WORDS = (
    rf"(?P<word>{_WORDS})(?: (?P<more>fifteen|thirty|forty[- ]five)(?![a-z-]))?(?![a-z])"
    rf"{_HALF}{_OCLOCK}{_SHARP}(?![a-z'-])"
)
_MORE = {"fif": 15, "thi": 30, "for": 45}  # at nine thirty
_FIRST_WORD = re.compile(" *(?:a )?([a-z]+)")
_SPOKEN = frozenset((*HOURS_IN_WORDS, *MINUTES_IN_WORDS))
_SHORT = frozenset("123456")
_SHORT_IN_WORDS = range(1, 9)  # at eight is either of two; at 8 is as 8:00 is


class Clock:
    """A time as it was written.

    `half` is a (am), p (pm) or nothing. `is_bare`: a number alone. `is_short`: 3 or 3:30, or half
    past seven, which are either of two. `is_at`: behind “at” or before “o'clock”, so that a number
    alone is a time too.
    """

    __slots__ = ("half", "hour", "is_at", "is_bare", "is_short", "minute", "words")

    def __init__(  # noqa: PLR0913 - all that a clock time may say
        self,
        *,
        hour: int,
        minute: int,
        half: str | None = None,
        is_bare: bool = False,
        is_short: bool = False,
        is_at: bool = False,
        words: str,
    ) -> None:
        """Keep what was written."""
        self.hour, self.minute, self.half, self.words = hour, minute, half, words
        self.is_bare, self.is_short, self.is_at = is_bare, is_short, is_at


def take_clock(
    scan: Scanner, *, firm: bool, ending: bool = False, is_at: bool = False, is_last: bool = False
) -> Clock | None:
    """Read a clock time, or stay and return None.

    A number alone is one if what follows ends it and something `firm` stands before it; `ending`:
    it ends a range that a dash without blanks opens. `is_at`: behind “at”. `is_last`: it ends a
    range, before a name as well.
    """
    start = scan.at
    if spoken := _take_spoken(scan, firm=firm, is_last=is_last):
        return spoken
    found = _take_four(scan, is_at=is_at) or _take_dotted(scan) or scan.take(_CLOCK, _CLOCK_BEGINS)
    if found is None:
        return None
    said, words = found.groupdict(), scan.typed(found)
    if said.get("midnight"):
        raise scan.unreadable(words)  # the one before the day, or the one after it?
    if said["hour"] is None:
        return Clock(hour=HALF_DAY, minute=0, half="p", words=words)
    is_bare = said["minute"] is None and said["half"] is None
    is_clock = said.get("oclock") is not None
    is_followed = bool((firm and scan.peek(FIRM)) or (ending and scan.peek(_SPACED)))
    is_followed |= is_last and scan.is_before_name
    is_followed |= is_at and scan.peek(_SUBJECT, "twoa") is not None
    is_day = is_bare and scan.peek(_MONTH, "-ojfmasnd")  # between 10 and 14 August
    if is_day or (is_bare and not (scan.whole or is_followed or is_clock)):
        scan.at = start
        return None
    return Clock(
        hour=int(said["hour"]),
        minute=int(said["minute"] or 0),
        half=said.get("half"),
        is_bare=is_bare,
        is_short=said["hour"] in _SHORT,
        words=words,
        is_at=is_clock,
    )


def _take_four(scan: Scanner, *, is_at: bool) -> re.Match[str] | None:
    """Read 0930 where nothing goes on: 24 July 0930, at 1830."""
    if digits_in_a_row(scan.text[scan.at :]) < _LENGTH:
        return None
    return _take_before_end(scan, _FOUR_AT if is_at else _FOUR)


def _take_dotted(scan: Scanner) -> re.Match[str] | None:
    """Read 14.30 behind a day; before a word it may be an amount, and alone a day (7.15)."""
    return _take_before_end(scan, _DOTTED) if "." in scan.text[scan.at :] else None


def _take_before_end(scan: Scanner, pattern: str) -> re.Match[str] | None:
    """Read digits behind something else if a mark, a small word or a name follows them."""
    start = scan.at
    found = scan.take(pattern, DIGITS) if start else None
    if found and (scan.peek(FIRM) or scan.is_before_name):
        return found
    scan.at = start
    return None


def _take_spoken(scan: Scanner, *, firm: bool, is_last: bool) -> Clock | None:
    """Read half past nine, ten to 3 pm, seven pm; a word alone only behind something `firm`."""
    first = _FIRST_WORD.match(scan.text, scan.at)
    if first is None or first[1] not in _SPOKEN:
        return None
    start = scan.at
    minute = 0
    if not scan.peek(EITHER, "ft") and (found := scan.take(_PAST)):
        minute = MINUTES_IN_WORDS.get(found["minutes"], 25)
    else:
        found = scan.take(_IN_WORDS)
        is_clock = found and (found["half"] or found["oclock"])
        minute = _MORE[found["more"][:3]] if found and found["more"] else 0
        is_followed = (firm and scan.peek(FIRM)) or (is_last and scan.is_before_name)
        if found is None or not (is_clock or scan.whole or is_followed):
            scan.at = start
            return None
    hour = HOURS_IN_WORDS.get(found["word"]) or int(found["word"])
    if found.re.groupindex.get("to") and found["to"] == "to":
        hour, minute = (hour - 2) % HALF_DAY + 1, 60 - minute
    return Clock(
        hour=hour,
        minute=minute,
        half=found["half"],
        is_bare=not minute and found["half"] is None,
        is_short=hour in _SHORT_IN_WORDS,
        words=scan.typed(found),
        is_at=found["oclock"] is not None,
    )
