"""Reads the year of an English date: 2020, of 2020, last year."""

from kalends.dates.date_resolution import DateContext
from kalends.dates.scanner import Scanner

YEAR = "(?P<year>(?:19|20)[0-9]{2})(?![0-9]|[:.,%][0-9])"
YEAR_WORDS = {"last": -1, "this": 0, "the": 0, "next": 1}
_FAR = 10  # years; “July 14, 2000 volunteers” has no year


def take_year(scan: Scanner, context: DateContext) -> int | None:
    """Read the year behind a date, in a sentence one of these years: July 14 next year."""
    before = scan.at
    if " year" in scan.text and (
        said := scan.take("(?:,|of)? ?(this|last|next) year(?![a-z'])", ",otln")
    ):
        return counted_year(said[1], context)
    found = scan.take(f"(?:,|-|(?:,? ?(?:of|in) ))? ?{YEAR}", ",-oi12")
    if found is None:
        return None
    year = int(found["year"])
    if not scan.whole and abs(year - context.now.year) > _FAR:
        scan.at = before
        return None
    return year


def year_behind(scan: Scanner, context: DateContext) -> int | None:
    """Read the year behind a date, in numbers or words: of 2020, last year."""
    found = scan.take("(?:,|of|in)? ?(this|last|next|the) year(?![a-z'])", ",oiltn")
    if found is not None:
        return counted_year(found[1], context)
    return take_year(scan, context)


def counted_year(which: str, context: DateContext) -> int:
    """Return this year, the last or the next one."""
    return context.now.year + YEAR_WORDS[which]
