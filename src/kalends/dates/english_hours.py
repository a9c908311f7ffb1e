"""Reads the time of day in English: morning, 2pm, at 14:30, from 9 to 11:30 am, tonight at 8."""

from kalends.dates.chinese_hours import hour_in
from kalends.dates.date_resolution import EVENING, Hours, runs_overnight
from kalends.dates.english_clocks import EITHER, HALF_DAY, Clock, take_clock
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import HOURS_IN_WORDS, MINUTES_IN_WORDS, PARTS, any_of
from kalends.domain.patterns import DIGITS, digits_in_a_row
from kalends.domain.value import replace
from kalends.domain.when import Part

_HALF = r"[,;]? ?([ap])\.?m(?![a-z])\.?"
_HALVES: dict[str, Part] = {"a": "morning", "p": "afternoon"}
# 0900-1030, where no number is as well a year
_FOUR = 4  # digits: 0900
_DIGITS_ALONE = (
    "[,;]? ?(?:from )?(0[0-9]|1[0-8])([0-5][05])(?:h|hrs)? ?(?:[-~]|to) ?"
    "([01][0-9]|2[0-3])([0-5][05])(?: ?(?:h|hrs|hours))?(?![0-9a-z:./]|-[0-9])"
)
_DIGITS_OF_ONE = (  # 1800 hrs
    "[,;]? ?(?:at )?([01][0-9]|2[0-3])([0-5][0-9]) ?(?:hrs|hours)(?![a-z0-9]| of )"
)
# 23 July: 9:00 staff meeting
_COLON = ": (?=[0-9]{1,2}[:h][0-9]{2}(?![0-9])|[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\\.?m(?![a-z]))"
# Aug 13 - 8:00 to 17:00, Dec 5 - 2pm; Nov 2 - 8 to 17 may be days.
_DASH = (
    "(?<= )[-~] (?=(?:from )?[0-9]{1,2}(?:[:.h][0-9]{2})? ?(?:[-~]|to|till?|until)? ?"
    r"(?:[0-9]{1,2}(?:[:.h][0-9]{2})? ?)?[ap]\.?m(?![a-z])|(?:from )?[0-9]{1,2}[:h][0-9]{2}|"
    "(?:12 )?noon|midday|half past|(?:a )?quarter)"
)
_EVE = "eve"  # Thursday eve; the eve of a day is the day before it
_PART = f"({any_of(*PARTS)}|{_EVE}(?! of))(?![a-z])"
_PART_OF: dict[str, Part] = {**PARTS, _EVE: "evening"}
_PART_BEGINS = "".join({part[0] for part in _PART_OF})
_TO = "[-~]|(?:to|until|till?|through|and)(?![a-z])"
_SPOKEN = f"a |{any_of(*HOURS_IN_WORDS, *MINUTES_IN_WORDS)}"
_CLOCK_BEGINS = f"{DIGITS}nmt"
_OPENER = f"[,;]? ?(?:(at|from|between|@)(?![a-z]))?(?= ?(?:[0-9nm]|{_SPOKEN}))"
_OPENER_BEGINS = (
    f",;@bamn{DIGITS}{''.join({word[0] for word in (*HOURS_IN_WORDS, *MINUTES_IN_WORDS)})}"
)
_OPENING = frozenset(("from", "between", "at", "@"))
_SPACED_MARK = "$|[^ a-z0-9]"
_LAST_HOUR, _LAST_MINUTE = 23, 59
_SURE = range(7, 24)  # at 9 is as 9:00 is; at 3 may be either of two
_NOON_CLOCK = "12:00"
# From 9 to 3, from 9 to 11; from 7 to 9 may be in the evening, too.
_DAY_BEGINS, _DAY_ENDS, _MORNING = range(7, 13), range(1, 7), range(9, 12)


def take_hours(scan: Scanner, given: Part | None = None, day: int = 0) -> Hours:
    """Read a part of the day, clock times, or nothing; `given` is a part that was said before.

    `day` is the number of the day before them; behind tomorrow, where no day can go on, it is 32.

    Raises `ImpossibleDateError` for a time that no clock shows, `UnreadableDateError` for one that
    may be either of two (midnight, 9am to 5).
    """
    start = scan.at
    if scan.take(r"\(", "("):  # 14 Aug (morning)
        bracketed = take_hours(scan, given, day)
        if bracketed.words and scan.take(r"\)", ")"):
            return replace(bracketed, words=scan.words(start))
        scan.at = start
    scan.take(_DASH, "-~") or scan.take(_COLON, ":")
    if digits := _take_digits(scan):
        return replace(digits, words=scan.words(start))
    if given is None and (half := _take_half(scan)):
        return Hours(part=half, words=scan.words(start))
    said = scan.take(f"[,;]? ?(?:(?:in|during) the )?{_PART}", f",;id{_PART_BEGINS}")
    part = _PART_OF[said[1]] if said else given
    before = scan.at
    clocks = _take_clocks(scan)
    after = None
    if clocks and said is None:
        after = scan.take(f"(?:in the|at|,)? ?{_PART}", f"ia,{_PART_BEGINS}")
    part = _PART_OF[after[1]] if after else part
    times = _times(scan, clocks, part, day) if clocks else None
    if times is None:
        scan.at = before
        return Hours(part=_PART_OF[said[1]] if said else given, words=scan.words(start))
    return replace(times, words=scan.words(start))


def _take_digits(scan: Scanner) -> Hours | None:
    """Read two clock times without colons: 0900-1030."""
    before = scan.at
    if digits_in_a_row(scan.text[before:]) < _FOUR:
        return None
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
    is_apart = scan.text[before : before + 1] in " ," or scan.text[before - 1 : before] == "("
    found = scan.take(_HALF, ",;ap") if is_apart else None
    is_small = found is not None and scan.raw[found.start(1)].islower()
    if found and (is_small or scan.peek(_SPACED_MARK) or scan.is_before_name):
        return _HALVES[found[1]]
    scan.at = before
    return None


def _take_clocks(scan: Scanner) -> list[Clock]:
    opener = scan.take(_OPENER, _OPENER_BEGINS)
    opening = opener[1] if opener else None
    doubt = scan.peek(EITHER, "ft") if opening not in {"from", "between"} else None
    if doubt is not None:
        raise scan.unreadable(scan.typed(doubt))  # ten to four: 3:50, or until four?
    is_at = opening in {"at", "@"}
    first = take_clock(scan, firm=opener is not None, is_at=opening is not None)
    if first is None:
        return []
    before = scan.at
    if to := scan.take(_TO, "-~tua"):
        # 11 is a time in 9:30-11, whatever word follows it
        tight = to[0] in "-~" and not first.is_bare and scan.text[scan.at : scan.at + 1].isdigit()
        if last := take_clock(scan, firm=True, ending=tight, is_last=True):
            last.is_bare = last.is_bare and not tight
            first.is_at |= opening is not None
            return [first, last]
    scan.at = before
    first.is_at |= is_at
    return [first]


def _are_numbers(first: Clock, last: Clock) -> bool:
    """Return whether two times without am and pm must be read together: 9 to 11, 9:30-3:30."""
    is_day = last.is_short and first.hour in _DAY_BEGINS
    return first.half is None and last.half is None and (first.is_bare or is_day)


def _of_numbers(scan: Scanner, first: Clock, last: Clock, day: int) -> Hours | None:
    """Return the hours of 9 to 11, 10 to 4, 9:30-3:30; None where they may be days.

    Days go on from the one before them, so lower numbers than its `day` are hours. From 7 to 9 is
    in the morning or in the evening.
    """
    hours = f"{first.hour:02}:{first.minute:02}", f"{last.hour:02}:{last.minute:02}"
    if max(first.hour, last.hour) > _LAST_HOUR or max(first.minute, last.minute) > _LAST_MINUTE:
        return None
    if last.hour in _DAY_ENDS and first.hour in _DAY_BEGINS:
        return Hours(starts=hours[0], ends=f"{last.hour + HALF_DAY}{hours[1][2:]}")
    is_number = first.is_bare and last.is_bare
    if hours[0] >= hours[1] or (is_number and not first.is_at and first.hour >= day):
        return None
    if first.hour in _MORNING or last.hour >= HALF_DAY:
        return Hours(starts=hours[0], ends=hours[1])
    if first.hour not in _DAY_BEGINS or not first.is_bare:
        return None
    words = scan.raw[scan.raw.rfind(first.words, 0, scan.at) : scan.at].strip()
    later = tuple(f"{clock.hour + HALF_DAY}:{clock.minute:02}" for clock in (first, last))
    raise scan.either(words, "-".join(hours), "-".join(later))


def _times(scan: Scanner, clocks: list[Clock], part: Part | None, day: int) -> Hours | None:
    first, last = clocks[0], clocks[-1]
    if first is last:
        return None if (starts := _at(scan, first, part)) is None else Hours(starts=starts)
    if part is None and _are_numbers(first, last):
        return _of_numbers(scan, first, last, day)
    # 11pm-1am says both halves; of two clocks of 24 hours only an evening runs into a morning.
    overnight = {("p", "a"): _NOON_CLOCK, (None, None): EVENING}.get((first.half, last.half))
    if last.half is None and part is None and last.hour <= HALF_DAY:
        # 9am to 5 ends in the afternoon, 9am to 11 does not.
        turns = first.half == "a" and last.hour % HALF_DAY <= first.hour % HALF_DAY
        last.half = "p" if turns else first.half
    ends = _at(scan, last, part)
    starts = None
    if first.half is None and last.half is not None and first.hour <= HALF_DAY:
        first.half = last.half
        starts = _at(scan, first, part)
        if starts is not None and ends is not None and starts >= ends:
            first.half = "a" if last.half == "p" else "p"
    starts = _at(scan, first, part)
    if starts is None or ends is None:
        return None
    next_day = overnight is not None and runs_overnight(starts, ends, from_clock=overnight)
    return Hours(starts=starts, ends=ends, next_day=next_day)


def _at(scan: Scanner, clock: Clock, part: Part | None) -> str | None:
    """Return `HH:MM`, or None for a bare number that may be no time at all."""
    if clock.is_bare and clock.half is None and part is None:
        is_sure = clock.is_at and clock.hour in _SURE and not clock.is_short
        return f"{clock.hour:02}:00" if is_sure else None
    if (
        clock.hour not in (range(1, 13) if clock.half else range(24))
        or clock.minute > _LAST_MINUTE
    ):
        raise scan.impossible(clock.words)
    hour: int | None = clock.hour
    if clock.half is not None:
        hour = clock.hour % HALF_DAY + (HALF_DAY if clock.half == "p" else 0)
    elif part is not None:
        hour = hour_in(part, clock.hour)
    elif clock.is_short:
        minutes = f"{clock.minute:02}"
        later = f"{clock.hour + HALF_DAY}:{minutes}"
        raise scan.either(clock.words, f"{clock.hour:02}:{minutes}", later)
    if hour is None:
        raise scan.unreadable(clock.words)
    return f"{hour:02}:{clock.minute:02}"
