"""Reads a day whose number is a word: the fourth of September, September the fourth."""

from functools import partial

from kalends.dates.date_resolution import DateContext, Point, month_of
from kalends.dates.english_calendar import MONTH, MONTH_BEGINS, number_of_month
from kalends.dates.english_years import take_year
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import DAYS_IN_WORDS, any_of

_NUMBERS = DAYS_IN_WORDS | {word.replace("-", " "): day for word, day in DAYS_IN_WORDS.items()}
_DAY = f"(?:the )?(?P<day>{any_of(*_NUMBERS)})"
_BEFORE = rf"{_DAY} of {MONTH}", "tfsen"
# Not September first aid course.
_BEHIND = rf"{MONTH} {_DAY}(?= ?(?:$|[,.;:)-]|at |from ))", MONTH_BEGINS
_ENDS = tuple({word[-4:] for word in DAYS_IN_WORDS})


def day_in_words(scan: Scanner, context: DateContext) -> Point | None:
    """Read the fourth of September or September the fourth, with its year."""
    if not any(end in scan.text for end in _ENDS):
        return None
    found = scan.take(*_BEFORE) or scan.take(*_BEHIND)
    if found is None:
        return None
    day = _NUMBERS[found["day"]]
    days = partial(month_of, month=number_of_month(found), first=day, last=day)
    year = take_year(scan, context)
    return Point(days=days, precision="day", rule="en-month-day", year=year)
