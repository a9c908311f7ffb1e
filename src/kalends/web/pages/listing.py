"""A list of activities: by month, so many on a page, and what follows them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.views.activity_filter import PUBLIC, ActivityFilter
from kalends.web import data, shown
from kalends.web.page_reader import Reader
from kalends.words.plain_dates import plain_month

# So many activities are on a page, and in a document for programs.
MOST, MOST_DATA = 40, 500
# A site of files, of which nobody can ask for the next part, has all in the first.
_MOST_OF_FILE = 1_000_000

_LAST = timedelta(days=30)

# Returns the activities after so many that are left out.
Source = Callable[[int], Iterator[Revision]]


def most(reader: Reader) -> int:
    """Return how many activities a page may have."""
    return MOST if reader.links.has_server else _MOST_OF_FILE


def most_data(reader: Reader) -> int:
    """Return how many activities a document may have."""
    return MOST_DATA if reader.links.has_server else _MOST_OF_FILE


def listed(reader: Reader, path: str, source: Source, **words: str) -> dict[str, Any]:
    """Return the facts of a page with a list: its months, and the links to what is around them.

    `words` are what the links need beside the moment and the filters.
    """
    skip, limit = reader.query.skip, most(reader)
    found = list(islice(source(skip), limit + 1))
    return {
        "sections": list(months(reader, found[:limit])),
        "around": around(reader, path, limit, has_more=len(found) > limit, **words),
        "filters": True,
    }


def around(
    reader: Reader, path: str, limit: int, *, has_more: bool, **words: str
) -> dict[str, str | None]:
    """Return the links to the part of a list before this and after it; None for none."""
    skip = reader.query.skip
    before = {} if skip <= limit else {"skip": str(skip - limit)}
    return {
        "before": reader.link(path, **words, **before) if skip else None,
        "after": reader.link(path, **words, skip=str(skip + limit)) if has_more else None,
    }


def document(reader: Reader, source: Source) -> Mapping[str, Any]:
    """Return the activities as data, and whether there are more."""
    limit = most_data(reader)
    found = list(islice(source(reader.query.skip), limit + 1))
    return {"activities": data.activities(reader, found[:limit]), "more": len(found) > limit}


def months(reader: Reader, found: Iterable[Revision]) -> Iterator[dict[str, Any]]:
    """Yield activities by the month in which they begin."""
    for month, each in groupby(found, key=month_of):
        yield {
            "id": f"m{month:%Y-%m}",
            "title": plain_month(reader.words, month),
            "activities": shown.activities(reader, each, year=month.year),
        }


def month_of(revision: Revision) -> date:
    """Return the first day of the month in which an activity begins."""
    return revision.details.when.first_day.replace(day=1)


def month_links(reader: Reader, path: str, counts: Mapping[date, int]) -> list[dict[str, Any]]:
    """Return a link to each month of a list; none where there is only one."""
    if len(counts) <= 1:
        return []
    years = {month.year for month in counts}
    year = years.pop() if len(years) == 1 else reader.today.year
    return [
        {
            "name": plain_month(reader.words, month, this_year=year),
            "count": count,
            "link": reader.link(path, **{"from": f"{month}"})
            if reader.links.has_server
            else f"#m{month:%Y-%m}",
        }
        for month, count in counts.items()
    ]


def last_days(reader: Reader, limit: int, wanted: ActivityFilter = PUBLIC) -> list[Revision]:
    """Return the last activities of a campaign, the last day first."""
    last = reader.record.totals(wanted).last
    if last is None:
        return []
    found = reader.record.by_day(last - _LAST, last, wanted)
    return list(deque(found, maxlen=limit))[::-1]


def empty(reader: Reader) -> str:
    """Return what is said where a list has nothing."""
    say = reader.words.say
    if not reader.query.words.is_empty:
        return say(N_("No activity matches this choice."))
    return say(N_("No activities yet."))
