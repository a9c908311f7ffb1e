"""Finds pieces of dates that are left in a title: a day, a clock time, a repetition.

It searches the folded text (`folding`) outside quoted names for the patterns of `date_pieces`.
"""

import re

from kalends.dates.folding import normalise, seen
from kalends.dates.vocabulary import CHINESE_BESIDE, DATES_HOLD, MEASURES, NAMED_DAYS
from kalends.domain.value import Value
from kalends.intake.dates.date_pieces import HALF, MORE, NAMES, NUMBERS, PIECES, TIMES
from kalends.intake.vocabulary.tags_and_place import SEAM

_DAYS_OF_MONTH, _MONTHS_OF_YEAR = 31, 12


_NEAR = 60
BESIDE = DATES_HOLD | CHINESE_BESIDE | frozenset("abcdefghijklmnopqrstuvwxyz")


class Piece(Value):
    """Where a piece is in a text, and whether it is a day rather than a time of day."""

    start: int
    end: int
    is_day: bool


def stands_alone(text: str, date: str) -> bool:
    """Return whether a date is complete: no character beside it may belong to it."""
    start, end = text.find(date), text.find(date) + len(date)
    near = normalise(text[max(start - _NEAR, 0) : start] + text[end : end + _NEAR])
    return start >= 0 and len(date.split()) == 1 and BESIDE.isdisjoint(near)


def half_range(text: str, end: int) -> int:
    """Return where the other half of a range right after a date ends, or 0."""
    found = HALF.match(normalise(text), end)
    return 0 if found is None else found.end()


def piece(text: str, *, is_open: bool, is_torn: bool = False) -> Piece | None:
    """Return the first piece of a date that stands in what is left of a sentence.

    `is_open`: the date that was read names no day by month and number, so that a further number
    may complete it. `is_torn`: it ends in a digit that may be the first of two.
    """
    places = seen(text)
    read = normalise(_without_names("".join(text[place] for place in places)))
    found = _first(read, "".join(text[place] for place in places), is_open=is_open)
    if found is None and is_torn:
        found = re.match("[0-9]{1,2}(?:-[0-9]{1,2})?/?(?![0-9a-z.:%])(?= )", read)
    if found is None:
        return None
    start, end = found.span()
    while read[start] in f" ,，、;；:：({SEAM}":
        start += 1
    return Piece(
        start=places[start], end=places[end - 1] + 1, is_day=found.re.pattern not in TIMES
    )


def _first(read: str, typed: str, *, is_open: bool) -> re.Match[str] | None:
    found = [
        match
        for pattern in PIECES
        for match in pattern.finditer(read)
        if not _is_word(match, typed)
    ]
    found += [match for match in NUMBERS.finditer(read) if _is_day(match, is_open=is_open)]
    if is_open:
        found += [match for match in MORE.finditer(read) if not _is_word(match, typed)]
    return min(found, key=lambda match: (match.start(), -match.end()), default=None)


def _is_word(found: re.Match[str], typed: str) -> bool:
    """Return whether it is also an ordinary word: may, march, sun, second."""
    word = re.match("[a-z]+", found[0])
    small = typed[found.start() : found.start() + 3].islower()
    return word is not None and small and word[0] in {"may", "march", "mar", "sun", "sat", "wed"}


def _is_day(found: re.Match[str], *, is_open: bool) -> bool:
    """Return whether two numbers may be a day: 7.15, 7/15, 14-16, not 1.5公里 or 10-12岁."""
    first, between, second = int(found[1]), found[2], int(found[3])
    behind = found.string[found.end() :]
    if (first, between, second) == (24, "/", 7) or re.match(f" ?(?:{MEASURES})", behind):
        return False
    is_day = 1 <= first <= _MONTHS_OF_YEAR and 1 <= second <= _DAYS_OF_MONTH
    is_day = is_day or (
        between == "/" and 1 <= second <= _MONTHS_OF_YEAR and 1 <= first <= _DAYS_OF_MONTH
    )
    is_day = is_day or (is_open and 1 <= first < second <= _DAYS_OF_MONTH)
    if re.match(r" (?!at\b|on\b|in\b|from\b|and\b|to\b)[a-z]", behind):
        return is_day and is_open
    is_name = (first, second) in NAMED_DAYS and between == "." and re.match('["”]?[一-鿿]', behind)
    return is_day and (is_open or not is_name)


def _without_names(text: str) -> str:
    """Return the text with its quoted names blanked out: “7月1日”讲话, and 五一路."""
    return NAMES.sub(lambda name: "." * len(name[0]), text)
