"""A list of activities: by month, so many on a page, and what follows them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate, groupby, islice
from typing import Any

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.views.activity_filter import PUBLIC, ActivityFilter
from kalends.web.pages import data, shown
from kalends.web.pages.page_reader import Reader
from kalends.words.plain_dates import plain_month

# So many activities are on a page, and in a document for programs.
MOST, MOST_DATA = 40, 500

_LAST = timedelta(days=30)

# Returns the activities after so many that are left out.
Source = Callable[[int], Iterator[Revision]]


def listed(reader: Reader, path: str, source: Source, **words: str) -> dict[str, Any]:
    """Return the facts of a page with a list: its months, and the links to what is around them.

    `words` are what the links need beside the moment and the filters.
    """
    found = list(islice(source(reader.query.skip), MOST + 1))
    return {
        "sections": list(months(reader, found[:MOST])),
        "around": around(reader, path, has_more=len(found) > MOST, **words),
        "filters": True,
    }


def around(reader: Reader, path: str, *, has_more: bool, **words: str) -> dict[str, str | None]:
    """Return the links to the part of a list before this and after it; None for none."""
    skip = reader.query.skip
    before = {} if skip <= MOST else {"skip": str(skip - MOST)}
    return {
        "before": reader.link(path, **words, **before) if skip else None,
        "after": reader.link(path, **words, skip=str(skip + MOST)) if has_more else None,
    }


def document(reader: Reader, path: str, source: Source) -> Mapping[str, Any]:
    """Return the activities of the list at a path as data, and whether there are more."""
    found = list(islice(source(reader.query.skip), MOST_DATA + 1))
    return {
        "activities": data.activities(reader, found[:MOST_DATA]),
        **more(reader, path, has_more=len(found) > MOST_DATA),
    }


def more(reader: Reader, path: str, *, has_more: bool) -> Mapping[str, Any]:
    """Return whether there is more data than in a document, and the address where it goes on."""
    if not has_more:
        return {"more": False}
    words = {"q": reader.query.search} if reader.query.search else {}
    words["skip"] = str(reader.query.skip + MOST_DATA)
    address = reader.links.file(f"{path}.json", [*reader.query.kept, *words.items()])
    return {"more": True, "next_part": address}


def months(reader: Reader, found: Iterable[Revision]) -> Iterator[dict[str, Any]]:
    """Yield activities by the month in which they begin, what is known to the month first."""
    for month, each in groupby(found, key=month_of):
        in_order = sorted(each, key=_before_its_first_day)
        yield {
            "id": f"m{month:%Y-%m}",
            "title": plain_month(reader.words, month),
            "activities": shown.activities(reader, in_order, year=month.year),
        }


def _before_its_first_day(revision: Revision) -> tuple[date, bool]:
    when = revision.details.when
    return when.first_day, not when.is_coarse


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
            else f"{part_link(reader, path, before)}#m{month:%Y-%m}",
        }
        for (month, count), before in zip(
            counts.items(), accumulate(counts.values(), initial=0), strict=False
        )
    ]


def part_link(reader: Reader, path: str, before: int) -> str:
    """Return the link to the part of a list in which what follows on so many others stands."""
    skip = before - before % MOST
    return reader.link(path, **({"skip": str(skip)} if skip else {}))


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
