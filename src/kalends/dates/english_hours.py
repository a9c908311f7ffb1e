"""Reads the time of day in English: morning, 2pm, at 14:30, from 9 to 11:30 am, tonight at 8."""

import re
from dataclasses import dataclass

from kalends.dates.chinese_hours import hour_in
from kalends.dates.date_resolution import EVENING, Hours, runs_overnight
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import MIDNIGHT, NOON, PARTS, any_of
from kalends.domain.when import Part

_HALF = r"[,;]? ?([ap])\.?m(?![a-z])\.?"
_HALVES: dict[str, Part] = {"a": "morning", "p": "afternoon"}
# 0900-1030, where no number is as well a year
_DIGITS_ALONE = (
    "[,;]? ?(?:from )?(0[0-9]|1[0-8])([0-5][05])(?:h|hrs)? ?(?:[-~]|to) ?"
    "([01][0-9]|2[0-3])([0-5][05])(?: ?(?:h|hrs|hours))?(?![0-9a-z:./]|-[0-9])"
)
_DIGITS_OF_ONE = (  # 1800 hrs
    "[,;]? ?(?:at )?([01][0-9]|2[0-3])([0-5][0-9]) ?(?:hrs|hours)(?![a-z0-9]| of )"
)
_DASH = (  # Aug 13 - 8:00 to 17:00
    "[-~] (?=[0-9]{1,2}:[0-9]{2} ?(?:[ap]m ?)?(?:[-~]|to|until|till) ?[0-9]{1,2}:[0-9]{2})"
)
_PART = f"({any_of(*PARTS)})(?![a-z])"
_PART_BEGINS = "".join({part[0] for part in PARTS})
_CLOCK = (
    r"([0-9]{1,2})(?:(?::|\.(?=[0-9]{2} ?[ap]\.?m))([0-9]{2})(?::[0-5][0-9])?)?(?![0-9]|:[0-9])"
    r"(?: ?([ap])\.?m(?![a-z])\.?)?"
    r"(?: ?o'?clock| ?(?:hrs|hours)(?![a-z]))?(?: sharp(?![a-z]))?(?![a-z/]| ?%)|(?:12 )?"
    rf"(?:{any_of(*NOON)})(?![a-z])|({MIDNIGHT})(?![a-z])"
)
_DIGITS = "0123456789"
_CLOCK_BEGINS = f"{_DIGITS}nm"
_DOTTED = r"([0-9]{1,2})\.([0-5][0-9])(?![0-9.%:a-z]| ?[ap]\.?m(?![a-z]))((?!))?((?!))?"
_TO = "[-~]|(?:to|until|till|through|and)(?![a-z])"
_FIRM = r"$|[,;.!?)~-]|(?:in|at|to|on|and|until|till|o'clock)(?![a-z])"
_SPACED_MARK = "$|[^ a-z0-9]"
_SPACED = "$|[ ,;]"
_HALF_DAY, _LAST_MINUTE = 12, 59
_SURE = range(7, 24)  # at 9 is as 9:00 is; at 3 may be either of two
_NOON_CLOCK = "12:00"


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class _Clock:
    """A time as it was written.

    `half` is a (am), p (pm) or nothing. `is_bare`: a number alone. `is_short`: 3 or 3:30, which is
    either of two. `is_at`: behind “at”, so a number alone is a time too.
    """

    hour: int
    minute: int
    half: str | None
    is_bare: bool
    is_short: bool
    words: str
    is_at: bool = False


def take_hours(scan: Scanner, given: Part | None = None) -> Hours:
    """Read a part of the day, clock times, or nothing; `given` is a part that was said before.

    Raises `ImpossibleDateError` for a time that no clock shows, `UnreadableDateError` for one that
    may be either of two (midnight, 9am to 5).
    """
    start = scan.at
    if scan.take(r"\(", "("):  # 14 Aug (morning)
        bracketed = take_hours(scan, given)
        if bracketed.words and scan.take(r"\)", ")"):
            return bracketed._replace(words=scan.words(start))
        scan.at = start
    scan.take(_DASH, "-~")
    if digits := _take_digits(scan):
        return digits._replace(words=scan.words(start))
    if given is None and (half := _take_half(scan)):
        return Hours(part=half, words=scan.words(start))
    said = scan.take(f"[,;]? ?(?:(?:in|during) the )?{_PART}", f",;id{_PART_BEGINS}")
    part = PARTS[said[1]] if said else given
    before = scan.at
    clocks = _take_clocks(scan)
    after = None
    if clocks and said is None:
        after = scan.take(f"(?:in the|at|,)? ?{_PART}", f"ia,{_PART_BEGINS}")
    part = PARTS[after[1]] if after else part
    times = _times(scan, clocks, part) if clocks else None
    if times is None:
        scan.at = before
        return Hours(part=PARTS[said[1]] if said else given, words=scan.words(start))
    return times._replace(words=scan.words(start))


def _take_digits(scan: Scanner) -> Hours | None:
    """Read two clock times without colons: 0900-1030."""
    before = scan.at
    found = scan.take(_DIGITS_ALONE, ",;f01")
    starts, ends = (f"{found[1]}:{found[2]}", f"{found[3]}:{found[4]}") if found else ("", "")
    if starts < ends:
        return Hours(starts=starts, ends=ends)
    scan.at = before
    single = scan.take(_DIGITS_OF_ONE, ",;a012")
    return Hours(starts=f"{single[1]}:{single[2]}") if single else None


def _take_half(scan: Scanner) -> Part | None:
    """Read the half of a day behind it: Nov 12 am. A PM before a word may be a person."""
    before = scan.at
    is_apart = scan.text[before : before + 1] in " ,"
    found = scan.take(_HALF, ",;ap") if is_apart else None
    is_small = found is not None and scan.raw[found.start(1)].islower()
    if found and (is_small or scan.peek(_SPACED_MARK) or scan.is_before_name):
        return _HALVES[found[1]]
    scan.at = before
    return None


def _take_clocks(scan: Scanner) -> list[_Clock]:
    opener = scan.take(
        r"[,;]? ?(?:(at|from|between|@)(?![a-z]))?(?= ?[0-9nm])", f",;afb@{_CLOCK_BEGINS}"
    )
    first = _take_clock(scan, firm=opener is not None)
    if first is None:
        return []
    before = scan.at
    if to := scan.take(_TO, "-~tua"):
        # 11 is a time in 9:30-11, whatever word follows it
        tight = to[0] in "-~" and not first.is_bare and scan.text[scan.at : scan.at + 1].isdigit()
        if last := _take_clock(scan, firm=True, ending=tight):
            last.is_bare = last.is_bare and not tight
            return [first, last]
    scan.at = before
    first.is_at = opener is not None and opener[1] == "at"
    return [first]


def _take_clock(scan: Scanner, *, firm: bool, ending: bool = False) -> _Clock | None:
    start = scan.at
    found = _take_dotted(scan) or scan.take(_CLOCK, _CLOCK_BEGINS)
    if found is None:
        return None
    words = scan.typed(found)
    if found[4]:
        raise scan.unreadable(words)  # the one before the day, or the one after it?
    if found[1] is None:
        return _Clock(
            hour=_HALF_DAY, minute=0, half="p", is_bare=False, is_short=False, words=words
        )
    bare = found[2] is None and found[3] is None
    followed = (firm and scan.peek(_FIRM)) or (ending and scan.peek(_SPACED))
    if bare and not scan.whole and not followed:
        scan.at = start
        return None
    return _Clock(
        hour=int(found[1]),
        minute=int(found[2] or 0),
        half=found[3],
        is_bare=bare,
        is_short=found[1] in set("123456"),
        words=words,
    )


def _take_dotted(scan: Scanner) -> re.Match[str] | None:
    """Read 14.30 behind a day; before a word it may be an amount, and alone a day (7.15)."""
    start = scan.at
    found = scan.take(_DOTTED, _DIGITS) if start else None
    if found and (scan.peek(_FIRM) or scan.is_before_name):
        return found
    scan.at = start
    return None


def _times(scan: Scanner, clocks: list[_Clock], part: Part | None) -> Hours | None:
    first, last = clocks[0], clocks[-1]
    if first is last:
        return None if (starts := _at(scan, first, part)) is None else Hours(starts=starts)
    # 11pm-1am says both halves; of two clocks of 24 hours only an evening runs into a morning.
    overnight = {("p", "a"): _NOON_CLOCK, (None, None): EVENING}.get((first.half, last.half))
    if last.half is None and part is None and last.hour <= _HALF_DAY:
        last.half = first.half
    ends = _at(scan, last, part)
    starts = None
    if first.half is None and last.half is not None and first.hour <= _HALF_DAY:
        first.half = last.half
        starts = _at(scan, first, part)
        if starts is not None and ends is not None and starts >= ends:
            first.half = "a" if last.half == "p" else "p"
    starts = _at(scan, first, part)
    if starts is None or ends is None:
        return None
    next_day = overnight is not None and runs_overnight(starts, ends, from_clock=overnight)
    return Hours(starts=starts, ends=ends, next_day=next_day)


def _at(scan: Scanner, clock: _Clock, part: Part | None) -> str | None:
    """Return `HH:MM`, or None for a bare number that may be no time at all."""
    if clock.is_bare and clock.half is None and part is None:
        return f"{clock.hour:02}:00" if clock.is_at and clock.hour in _SURE else None
    if (
        clock.hour not in (range(1, 13) if clock.half else range(24))
        or clock.minute > _LAST_MINUTE
    ):
        raise scan.impossible(clock.words)
    hour: int | None = clock.hour
    if clock.half is not None:
        hour = clock.hour % _HALF_DAY + (_HALF_DAY if clock.half == "p" else 0)
    elif part is not None:
        hour = hour_in(part, clock.hour)
    elif clock.is_short:
        minutes = f"{clock.minute:02}"
        later = f"{clock.hour + _HALF_DAY}:{minutes}"
        raise scan.either(clock.words, f"{clock.hour:02}:{minutes}", later)
    if hour is None:
        raise scan.unreadable(clock.words)
    return f"{hour:02}:{clock.minute:02}"
