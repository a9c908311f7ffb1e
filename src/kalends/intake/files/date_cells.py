"""The date of a row, put together from the cells that hold its days and hours."""

from collections.abc import Callable

from kalends.domain.errors import EmptyCellError
from kalends.words import Message

# The fields of a row that hold days, and those that hold hours, or a day and an hour.
DAYS, HOURS = ("when", "first", "last"), ("clock", "begins", "ends")
# A part of the day by itself, in words that are read so behind a date in figures.
_PARTS = {
    "before dawn": "凌晨", "morning": "上午", "noon": "中午", "afternoon": "下午",
    "evening": "晚上",
}  # fmt: skip


def date_phrase(cell: Callable[[str], str]) -> str:
    """Return the phrase of a date: one day with its hours, or a first and a last day or hour.

    Where a day and a first day stand side by side, the day says it all. Raises `EmptyCellError`
    if there is neither.
    """
    day, last = cell("when"), cell("last")
    if not day:
        day = cell("first")
    elif cell("first"):
        last = ""
    if last == day:
        last = ""
    clock = cell("clock")
    begin = _joined(day, _PARTS.get(clock.casefold(), clock), _hours(cell("begins"), day))
    end = _joined(last, _hours(cell("ends"), last or day))
    if not begin:
        raise EmptyCellError(name=Message("date"))
    return f"{begin} — {end}" if end and end != begin else begin


def _hours(text: str, day: str) -> str:
    """Return what a cell for a beginning or an end adds to its day, which may stand there too."""
    return text.removeprefix(day).strip()


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
