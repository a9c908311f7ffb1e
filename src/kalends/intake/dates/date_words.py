"""The date that some words of a sentence are: on 8 August, the fourth of September, in June."""

import re
from collections.abc import Sequence

from kalends.dates.reader import DateContext, Reading, read
from kalends.dates.vocabulary import (
    DAYS_IN_WORDS,
    DAYS_NEAR,
    EARLY_OR_LATE,
    EDGES,
    MONTHS,
    PARTS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    THROUGH,
    WEEKDAYS,
    any_of,
)
from kalends.domain.errors import KalendsError, TwoReadingsError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.event_words import DONE, EVENTS

_CLOCK_ALONE = {"zh-time", "en-time"}
_LOOSE = "en-natural"
_SMALL = Pattern(r"\b(?:in|on|at|the|a|an|of|to|from|for|with|by|and)$", re.IGNORECASE)
_OF = Pattern("(?:[oO]f|[aA]nd) ", first="oaOA")  # class of 2021, July 25
_DAY = Pattern(
    rf"(?:(?:the )?(?:{any_of(*DAYS_NEAR)})"
    rf"|(?:on |this |next |last |coming )?(?:{any_of(*WEEKDAYS)})"
    rf"|(?:on |this |next |last |coming )(?:{any_of(*SHORT_WEEKDAYS)})"
    r"|(?:last|this|next) (?:week|weekend|month)"
    rf"|(?:{THROUGH})(?:{any_of(*MONTHS, *SHORT_MONTHS)})"
    rf"|(?:in |during )?(?:the )?(?:{any_of(*EARLY_OR_LATE)}|(?:first|second) half of"
    rf"|(?:{any_of(*EDGES)}) of)[ -](?:{any_of(*MONTHS)}))\b",
    re.IGNORECASE,
)
_DAY_IN_WORDS = Pattern(
    rf"\b(?:{any_of(*DAYS_IN_WORDS)})\b.*\b(?:{any_of(*MONTHS, *SHORT_MONTHS)})\b"
    rf"|\b(?:{any_of(*MONTHS, *SHORT_MONTHS)}) the (?:{any_of(*DAYS_IN_WORDS)})\b",
    re.IGNORECASE,
    words=tuple({word[-4:] for word in DAYS_IN_WORDS}),
)
# A day in the middle of a sentence: reopened on Monday after …, yesterday began a ….
_SURE_DAY = Pattern(
    rf"(?:(?:[Oo]n |[Oo]n the |[Ll]ast |[Tt]his |[Nn]ext )(?i:{any_of(*WEEKDAYS)})"
    rf"|{any_of(*DAYS_NEAR)})(?: (?:{any_of(*PARTS)}))?"
)
_DASHES = frozenset("-–—")
_LAST_WORDS = frozenset((*WEEKDAYS, *PARTS, *(name.split()[-1] for name in DAYS_NEAR)))
_GOES_ON = Pattern(
    r"(?:at|in|on|with|for|by|after|before|from|to|and|the|an?|when|where|as|during|near|outside"
    rf"|inside|about|over|under|between|but|so|because|{DONE}|[a-z]+ed"
    rf"|(?!(?:{EVENTS})\b)[a-z]+ing)$"
)
# What stands before “on July 14” belongs to the title: quiz night, morning run.
_NIGHT = Pattern(rf"(?:{any_of(*PARTS)})\s+on\b", re.IGNORECASE)
_LISTED = Pattern(r", ?[0-9]{1,2},? (?:and|&) [0-9]{1,2}$", words=(" and ", " & "))
_COUNTS = Pattern(r"(?!(?:at|in|on|from|to|with|by|for|the|each|both)\b)[a-z]")
_PERSON = Pattern(r" [AP]M$")  # Nov 12 PM Li visits


def of_words(
    words: Sequence[str], context: DateContext, *, is_last: bool
) -> tuple[Reading | TwoReadingsError, int] | None:
    """Return the date that some of these words are, from the first on, and how many.

    Where they go on with an hour that may be either of two, return what is asked. In English a
    date bears a number (“may” is no month), or the last words of a sentence are a day: `is_last`
    tells that these are the last.
    """
    loose: tuple[Reading, int] | None = None
    doubt: tuple[TwoReadingsError, int] | None = None
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count]).rstrip(",，;；:.。!！")
        behind = "".join(words[count : count + 1])
        is_end = (is_last and count == len(words)) or words[count - 1][-1] in ",，;；.。!！"
        is_end |= behind in _DASHES
        dated = _read(phrase, context) if _may_be_date(phrase, behind, is_end=is_end) else None
        if (
            isinstance(dated, Reading)
            and dated.when.part
            and not is_end
            and _PERSON.search(phrase)
        ):
            continue
        if isinstance(dated, TwoReadingsError):
            doubt = dated, count
        elif isinstance(dated, KalendsError):
            return loose
        elif dated and dated.rule == _LOOSE:  # passes over words: on February 1 2020 in the
            if loose is None and not _SMALL.search(phrase) and not _OF.match(phrase):
                loose = dated, count
        elif dated and dated.rule not in _CLOCK_ALONE:  # today's, but nobody said so
            return doubt or (dated, count)
    return loose or doubt


def _read(phrase: str, context: DateContext) -> Reading | KalendsError | None:
    """Return what a phrase says, None for what is no date, or why it cannot be one."""
    try:
        return read(phrase, context)
    except TwoReadingsError as error:
        return error
    except UnreadableDateError:
        return None
    except KalendsError as error:
        return error


def _may_be_date(phrase: str, behind: str, *, is_end: bool) -> bool:
    if _LISTED.search(phrase) and _COUNTS.match(behind):
        return False  # Oct 2, 3 and 4 year olds
    has_number = not phrase.isascii() or any(char.isdigit() for char in phrase)
    is_day = is_end and _DAY.match(phrase) is not None
    is_day = is_day or _DAY_IN_WORDS.search(phrase) is not None
    if not (is_day or has_number) and phrase.rpartition(" ")[2].casefold() in _LAST_WORDS:
        is_day = (_SURE_DAY.fullmatch(phrase) and _GOES_ON.match(behind)) is not None
    return (has_number or is_day) and not _NIGHT.match(phrase)
