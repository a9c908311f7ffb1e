"""Recognises a part of the day that holds for each day of a range: 8月11日至13日夜间集中清理."""

from kalends.dates.chinese_hours import hour_in
from kalends.dates.reader import Reading
from kalends.dates.vocabulary import AS_ADJECTIVES, CHINESE_PARTS, any_of
from kalends.domain.patterns import Pattern

EACH_DAY = Pattern(f"(?:{any_of(*AS_ADJECTIVES)})(?=[一-鿿])", needs="夜晚早午")
_HALF_DAY = 12


def repeats_time(text: str, when: Reading) -> bool:
    """Return whether a text begins with a part of the day that adds nothing to when it is.

    Of several days it says how each was spent; of an hour what is known: 晚7点 夜间整治.
    """
    how = EACH_DAY.match(text)
    if how is None:
        return False
    hour = int(when.when.starts[:2]) if when.when.starts else None
    part = CHINESE_PARTS[how[0]]
    is_then = hour is not None and hour_in(part, hour % _HALF_DAY or _HALF_DAY) == hour
    return when.when.precision == "days" or when.when.part == part or is_then
