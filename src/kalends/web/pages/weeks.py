"""A year as small squares, a week each: the more activities begin in it, the darker."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kalends.web.pages.page_reader import Reader
from kalends.words.plain_dates import plain_day, plain_month

# The width of a month's column, and the side of a square; a month has up to five Mondays.
_STEP, _SIDE, _HEAD = 28, 24, 20
_ROWS, _MONTHS = 5, 12
# So many of the latest years are shown.
_MOST_YEARS = 3
_WEEK = timedelta(days=7)


def strips(reader: Reader, code: str, weeks: Mapping[date, int]) -> Iterator[dict[str, Any]]:
    """Yield the years in which a department has activities, the latest first."""
    most = max(weeks.values(), default=0)
    years = sorted({monday.year for monday in weeks}, reverse=True)
    for year in years[:_MOST_YEARS]:
        squares = list(_squares(reader, code, year, weeks, most))
        yield {
            "year": year,
            "width": _MONTHS * _STEP,
            "height": _HEAD + _ROWS * _STEP,
            "months": [
                # Three characters: `Jun`, `12月`.
                {"x": number * _STEP, "name": plain_month(
                    reader.words, date(year, number + 1, 1), this_year=year
                )[:3]}
                for number in range(_MONTHS)
            ],
            "squares": squares,
            "rows": [each for each in squares if each["count"]],
        }  # fmt: skip


def _squares(
    reader: Reader, code: str, year: int, weeks: Mapping[date, int], most: int
) -> Iterator[dict[str, Any]]:
    monday = date(year, 1, 1)
    monday += timedelta(days=-monday.weekday() % 7)
    while monday.year == year:
        count = weeks.get(monday, 0)
        sunday = monday + timedelta(days=6)
        yield {
            "x": (monday.month - 1) * _STEP,
            "y": _HEAD + (monday.day - 1) // 7 * _STEP,
            "side": _SIDE,
            "class": _darkness(count, most),
            "count": count,
            "title": reader.words.plural(
                "Week of {day}: {count} activity",
                "Week of {day}: {count} activities",
                count,
                day=plain_day(reader.words, monday, this_year=year),
            ),
            "day": plain_day(reader.words, monday, this_year=year),
            "link": reader.links.page(
                "/agenda",
                reader.language,
                [("dept", code), ("from", f"{monday}"), ("to", f"{sunday}"), *reader.query.moment],
            ),
        }
        monday += _WEEK


def _darkness(count: int, most: int) -> str:
    """Return the class of a square: as dark as its part of the fullest week."""
    if not count:
        return "none"
    if count * 3 > most * 2:
        return "many"
    return "some" if count * 3 > most else "few"
