"""Reads dates where a time of day alone must not mean today, and answers about unclear ones."""

from datetime import timedelta

from kalends.dates.date_resolution import runs_overnight
from kalends.dates.reader import DateContext, Reading, read
from kalends.domain.errors import TimeAloneError, TwoReadingsError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.domain.value import replace
from kalends.domain.when import When

TIMES_ALONE = frozenset({"zh-time", "en-time"})
_EARLY = {"am", "a.m.", "morning", "上午", "凌晨", "早上", "早晨", "清晨"}
_LATE = {"pm", "p.m.", "afternoon", "evening", "下午", "午后", "傍晚", "晚上"}
_NEVER = "99:99"
_CLOCK = Pattern("[0-9]{2}:[0-9]{2}")


def read_with_day(phrase: str, context: DateContext, day: When | None = None) -> Reading:
    """Return what a whole phrase says; a time alone is on the day of `day`.

    Raises as `read` does, and `TimeAloneError` for a time alone without a `day`, or where that is
    not one day.
    """
    found = read(phrase, context)
    if found.rule not in TIMES_ALONE:
        return found
    if day is None or not _is_of_one_day(day):
        raise TimeAloneError(text=found.when.text)
    first = day.first_day
    then = context.now.replace(year=first.year, month=first.month, day=first.day)
    return read(phrase, replace(context, now=then))


def _is_of_one_day(when: When) -> bool:
    """Return whether it is on one day, or in the night that follows it."""
    if when.first_day == when.last_day:
        return True
    is_next = when.last_day - when.first_day == timedelta(days=1)
    return is_next and runs_overnight(when.starts or "", when.ends or _NEVER)


def readings_of(doubt: TwoReadingsError, context: DateContext) -> tuple[Reading, ...]:
    """Return the two dates that may be meant, or none where one of them cannot be read."""
    try:
        return tuple(
            read_with_day(_with(doubt, str(doubt.fields[name])), context)
            for name in ("first", "second")
        )
    except UnreadableDateError:
        return ()


def read_answer(answer: str, doubt: TwoReadingsError | None, context: DateContext) -> Reading:
    """Return the date that an answer says.

    If only the time was in doubt, a time of day alone is the time of the day that was read: 15:00,
    and pm or 下午 too. Raises as `read_with_day` does.
    """
    is_of_time = doubt is not None and _CLOCK.fullmatch(str(doubt.fields["first"]))
    if doubt is None or not is_of_time:
        return read_with_day(answer, context)
    half = answer.casefold()
    if half in _EARLY or half in _LATE:
        return read(
            _with(doubt, str(doubt.fields["first" if half in _EARLY else "second"])), context
        )
    found = read(answer, context)
    if found.rule not in TIMES_ALONE:
        return found
    clocks = filter(None, (found.when.starts, found.when.ends))
    return read(_with(doubt, "-".join(clocks)), context)


def _with(doubt: TwoReadingsError, meant: str) -> str:
    """Return the phrase with what is meant in place of the part that is in doubt."""
    text, part = str(doubt.fields["text"]), str(doubt.fields["part"])
    before, _, behind = text.rpartition(part)
    return f"{before}{meant}{behind}"
