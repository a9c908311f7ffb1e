"""Writes a day as people type it, so that it can be read as that day only."""

from datetime import date

from kalends.dates.vocabulary import MONTHS


def day_phrase(day: date, *, like: str, year: int) -> str:
    """Return a day in the language of another phrase: `7月14日`, `14 July`.

    The year is written where it is another than this one.
    """
    if like.isascii():
        phrase = f"{day.day} {MONTHS[day.month - 1].title()}"
        return phrase if day.year == year else f"{phrase} {day.year}"
    phrase = f"{day.month}月{day.day}日"
    return phrase if day.year == year else f"{day.year}年{phrase}"
