"""Reads other English dates with `dateparser`, and accepts a result only if it can be proved."""

import re
import warnings
from datetime import datetime
from importlib import import_module

from kalends.dates.date_resolution import DateContext, Found, Hours, check_weekday
from kalends.dates.english_calendar import MONTH, WEEKDAY, month_number, weekday_number
from kalends.dates.joining import found_in_span
from kalends.dates.scanner import Scanner

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CLOCK = re.compile(r"(?<![0-9])(?:[0-9]{2}|[7-9]):[0-9]{2}|[0-9] ?[ap]\.?m\b")
# All words that are believed: of “2y 2020” and “2020 morning” dateparser drops a part.
_WORDS = re.compile(
    rf"(?:(?:{MONTH}|{WEEKDAY})(?![a-z])\.?|[0-9]++(?:st|nd|rd|th|[ap]\.?m)?(?![a-z])|[ap]\.?m\b\.?"
    r"|(?:at|of|on|the|in|year|day|and|t)\b|[^a-z0-9])+"
)
_ZONE = re.compile(r"\b(?:utc|gmt|z|[a-z]{1,2}[sd]t)\b|[0-9] ?[+-] ?[0-9]{1,2}:?[0-9]{2}$")


def natural(scan: Scanner, context: DateContext) -> Found | None:
    """Return a day that dateparser found, or None.

    Only a day whose year, month and day all stand in the words is believed, and only if every
    number of the words stands in the answer. Raises `WrongWeekdayError`.
    """
    named = re.search(rf"\b{MONTH}", scan.text)
    if (
        not _WORDS.fullmatch(scan.text)
        or named is None
        or len(_YEAR.findall(scan.text)) != 1
        or _ZONE.search(scan.text)
    ):
        return None
    answer = _parse(scan.text, context)
    if answer is None or answer.month != month_number(named["month"]):
        return None
    clock = (answer.hour, answer.minute, answer.second) if _CLOCK.search(scan.text) else ()
    apart = [int(number) for number in re.findall("[0-9]+", _CLOCK.sub(" ", scan.text))]
    if answer.day not in apart or not _is_proved(
        [int(digits) for digits in re.findall("[0-9]+", scan.text)], answer, clock
    ):
        return None
    if weekday := re.search(rf"\b{WEEKDAY}", scan.text):
        words = scan.words(*weekday.span())
        check_weekday(scan, answer.date(), weekday_number(weekday["weekday"]), words)
    scan.at = len(scan.text)
    hours = Hours(starts=f"{answer:%H:%M}" if clock else None)
    return found_in_span((answer.date(),) * 2, "day", "en-natural", hours)


def _parse(text: str, context: DateContext) -> datetime | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # strptime's, for which its authors have no cure yet
        dateparser = import_module("dateparser")  # it costs six times what click does
        answer: datetime | None = dateparser.parse(
            text,
            languages=["en"],
            settings={
                "RELATIVE_BASE": context.now.replace(tzinfo=None),
                "TIMEZONE": context.zone,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
                "NORMALIZE": False,
            },
        )
    return answer


def _is_proved(numbers: list[int], answer: datetime, clock: tuple[int, ...]) -> bool:
    """Return whether the words' numbers are the answer's, all of them, year and day among them."""
    named = {answer.year, answer.day}
    shown = {number for hour in clock for number in (hour, (hour - 1) % 12 + 1)}
    return named <= set(numbers) <= named | shown and len(numbers) <= len(named) + len(clock)
