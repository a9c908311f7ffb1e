"""Reads the hours of each of several days: 17-18 October, 9:00-17:00; daily from 9 to 5."""

from kalends.dates.date_resolution import Found, Hours
from kalends.dates.english_hours import take_hours
from kalends.dates.joining import EACH_DAY
from kalends.dates.scanner import Scanner

_RULE = f"en-{EACH_DAY}"
_TIMES = "day|night|evening|morning|afternoon"
_EACH = f"(?:daily|(?:on )?(?:both days|(?:each|every) (?:{_TIMES})))(?![a-z])"
_BEFORE = f",? ?{_EACH}[:,]?"
_BEHIND = f",? ?{_EACH}"
_BEGINS = ",deob"
_PARTS = ",? ?(?:in the )?(?:mornings|afternoons|evenings|nights)(?: only)?(?![a-z])"


def with_hours_of_each(scan: Scanner, read: Found) -> Found:
    """Read the hours that each of several days has; a record keeps them in its words alone.

    Raises `UnreadableDateError` for a time that may be of one of the days: 17-18 October at 9.
    """
    if read.precision != "days":
        return read
    if read.rule == _RULE:
        scan.take(_BEHIND, _BEGINS)
        return read
    start = scan.at
    if scan.take(_PARTS, ",imaen"):
        return Found(span=read.span, precision="days", rule=_RULE)
    is_each = scan.take(_BEFORE, _BEGINS) is not None
    hours = take_hours(scan, day=read.span[1].day)
    is_each |= hours.words != "" and scan.take(_BEHIND, _BEGINS) is not None
    if hours.starts and (hours.ends or is_each):
        return Found(span=read.span, precision="days", rule=_RULE, hours=Hours())
    if hours.part is not None and not is_each and begins_a_title(scan, hours):
        scan.at = start
        return read
    if hours.words:
        raise scan.unreadable(hours.words)
    scan.at = start
    return read


def begins_a_title(scan: Scanner, hours: Hours) -> bool:
    """Return whether a part of the day says what happened: 3-5 October, night patrols."""
    return not scan.whole and hours.starts is None and scan.peek("[a-z]{3,}") is not None
