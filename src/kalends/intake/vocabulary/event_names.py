"""Tells the name of an event that ends like a date from a date: film night, Aug 8."""

from kalends.dates.vocabulary import DAYS_NEAR, MONTHS, PARTS, WEEKDAYS
from kalends.domain.patterns import Pattern

_LAST_WORD = Pattern(r"[A-Za-z][\w'’-]*(?=\s+$)")
_BEFORE_PART = {"the", "this", "that", "same", "in", "on", *DAYS_NEAR, *WEEKDAYS, *MONTHS}


def ends_event(before: str, word: str) -> bool:
    """Return whether a part of the day ends the name of an event: film night, quiz evening."""
    if word.casefold().rstrip(",;.") not in PARTS:
        return False
    last = _LAST_WORD.search(before)
    return last is not None and last[0].casefold() not in _BEFORE_PART
