"""Joins a clock time with its day before it: September 15 … will host an evening at 6:30 pm."""

import re

from kalends.dates.reader import DateContext, Reading
from kalends.domain.patterns import Pattern
from kalends.intake import sentence_dates
from kalends.intake.tags_and_place import SEAM, tidy
from kalends.intake.unread_dates import Piece

_REACH = 24  # how many characters before a piece of a clock time may belong to it: from 9 to 11 am
_BEGINS = Pattern(r"(?<![^\s,，、;；:：！!。(（\x1f])(?=[^\s,，、;；:：！!。(（\x1f])")
_AT = Pattern(
    r"(?:^|(?<=[\s,.;:(]))(?:(?:(?:start|begin)(?:s|n?ing)?\s+)?(?:at|from)|between"
    r"|(?:start|begin)(?:s|n?ing)?|(?:start |end )?times?\s*:?|hours\s*:|when\s*:)\s*$",
    re.IGNORECASE,
)
# Around 9am, by 3pm and the 9am are not when it happens.
_INEXACT = Pattern(
    r"(?:\b(?:around|about|approx\.?|approximately|circa|roughly|by|before|after|until|till?|near|nearly"
    r"|not|or|the|than|expected)|~)\s*$",
    re.IGNORECASE,
)
_NUMBERS = Pattern(r"[0-9]{1,2}\s*(?:[-~–—]|to|till?|until)\s*[0-9]{1,2}$", re.IGNORECASE)
_APART = Pattern(r"(?:^|[,，;；:：(（.!\x1f-])\s*$")  # not ages 9-11
_FOUR_DIGITS = Pattern(r"[0-2][0-9][0-5][0-9](?![0-9:.~-])", first="012")  # start 0900
_GOES_ON = Pattern(r"\s+(?!(?:at|in|outside|near)\b)[A-Za-z]")  # the 6:30 pm train
# What may follow a complete time: the end, a mark, or where and with whom.
_WHOLE = Pattern(
    r"\s*(?:$|[,，。;；:：)）\x1f]|[.!！](?:\s|$)|\s[-–—]\s)|\s+(?:at|in|on|with|by|for|near|inside|outside)\s"
    r"|(?=[在于][一-鿿]{2,12}(?:集合|集中|举行|召开|出发|开始|见面))"
    r"|\s+(?=[一-鿿])(?!之?[前后起止内外左右许多])(?!以[前后])",
    re.IGNORECASE,
)


def with_clock(
    title: str, piece: Piece, when: Reading | None, context: DateContext
) -> tuple[Reading, str] | None:
    """Return the day joined with the clock time in the title, and the rest of the title.

    None where it is not plain: a date of several days, a time that already was read, a time that
    goes on (9:00前) or belongs to something else (the 6:30 pm train), a second time.
    """
    if when is None or when.when.first_day != when.when.last_day:
        return None
    starts = (found.start() for found in _BEGINS.finditer(title[: piece.end]))
    for start in (start for start in starts if start >= piece.start - _REACH):
        is_digits = start == piece.start and _FOUR_DIGITS.match(title, start)
        rest = f"{title[start : start + 2]}:{title[start + 2 :]}" if is_digits else title[start:]
        timed = sentence_dates.hours_of(when, rest, context)
        if timed is None or timed[0].when.precision != "minute":
            continue
        end = start + timed[1] - bool(is_digits)
        if end < piece.end or not _WHOLE.match(title, end):
            continue
        before, behind = title[:start], title[end:]
        at = _AT.search(before)
        is_number = _NUMBERS.fullmatch(title[start:end].rstrip()) and at is None
        if _INEXACT.search(before) or (is_number and not _APART.search(before)):
            return None
        if at is None and _GOES_ON.match(behind):
            return None
        rest = f"{before[: at.start()] if at else before}{SEAM}{behind}"
        return None if sentence_dates.left(rest, timed[0]) else (timed[0], tidy(rest))
    return None
