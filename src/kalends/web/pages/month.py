"""A month as a table, Monday first."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from kalends.domain.errors import PageNotFoundError
from kalends.views.activities import Revision
from kalends.web import data, shown
from kalends.web.holidays import holiday
from kalends.web.page_reader import Reader
from kalends.web.pages.page import Page
from kalends.words.dates import WEEKDAYS
from kalends.words.plain_dates import plain_month

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
# What lasts longer than so many days, or is known no better, stands below the table once.
_LONG = timedelta(days=7)
_MOST = 1_000
# A month with more than so many entries shows so many of a day, and a link to the others.
_MANY, _MOST_OF_DAY = 90, 5


def this_month(reader: Reader) -> Page:
    """Return the month that it is, or the nearest one in which anything is."""
    totals, day = reader.record.totals(), reader.today
    if totals.first is not None and totals.last is not None:
        day = min(max(day, totals.first), totals.last)
    return month(reader, f"{day:%Y-%m}", path="/month")


def month(reader: Reader, month: str, path: str | None = None) -> Page:
    """Return a month, written as in `2020-07`; raises `PageNotFoundError`."""
    found = _MONTH.fullmatch(month)
    if found is None or not 1 < int(found[1]) < date.max.year:
        raise PageNotFoundError(name=month)
    first = date(int(found[1]), int(found[2]), 1)
    last = (first + 31 * _DAY).replace(day=1) - _DAY
    wanted = reader.wanted
    every = list(islice(reader.record.by_day(first, last, wanted), _MOST))
    lasting = [each for each in every if _is_long(each)]
    dated = [each for each in every if not _is_long(each)]
    return Page(
        path=path or f"/month/{month}",
        title=plain_month(reader.words, first),
        template="month.html",
        wide=True,
        facts={
            "filters": True,
            "weekdays": [reader.words.gettext(name) for name in WEEKDAYS],
            "weeks": list(_weeks(reader, first, last, dated)),
            "long": shown.activities(reader, lasting),
            "long_count": shown.count(reader, len(lasting)),
            "before": _neighbour(reader, first - _DAY),
            "after": _neighbour(reader, last + _DAY),
            "count": len(every),
        },
        data=lambda: {"month": month, "activities": data.activities(reader, every)},
    )


def _is_long(revision: Revision) -> bool:
    when = revision.details.when
    return when.is_coarse or when.last_day - when.first_day >= _LONG


def _weeks(
    reader: Reader, first: date, last: date, found: Sequence[Revision]
) -> Iterator[list[dict[str, Any]]]:
    """Yield the weeks that the month touches, each of seven days."""
    on: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for revision, each in zip(found, shown.activities(reader, found), strict=True):
        when = revision.details.when
        for number in range((when.last_day - when.first_day).days + 1):
            on[when.first_day + number * _DAY].append(each)
    is_full = reader.links.has_server and sum(map(len, on.values())) > _MANY
    monday = first - first.weekday() * _DAY
    while monday <= last:
        days = [monday + n * _DAY for n in range(7)]
        yield [
            _day(reader, day, on[day], _MOST_OF_DAY if is_full else _MOST)
            if first <= day <= last
            else {"is_here": False, "class": "elsewhere"}
            for day in days
        ]
        monday += _WEEK


def _day(reader: Reader, day: date, found: list[dict[str, Any]], most: int) -> dict[str, Any]:
    special = holiday(day, reader.record.campaign.settings.zone)
    # One more than the most is shown rather than spoken of.
    left = found[most:] if len(found) > most + 1 else []
    kinds = {"today": day == reader.today, "empty": not found and special is None}
    return {
        "day": day,
        "name": shown.day(reader, day),
        "is_here": True,
        "class": " ".join(name for name, holds in kinds.items() if holds),
        "activities": found[:most] if left else found,
        "others": left and reader.words.plural("{count} more", "{count} more", len(left)),
        "link": reader.link("/agenda", **{"from": f"{day}", "to": f"{day}"}),
        "holiday": special and reader.words.gettext(special.name),
        "is_workday": special is not None and special.kind == "workday",
    }


def _neighbour(reader: Reader, day: date) -> dict[str, str] | None:
    """Return the month of a day, or None: programs follow links without end.

    A server leads a month beyond the campaign, where it shows that nothing is; files do not.
    """
    first = day.replace(day=1)
    beyond = [first - _DAY, first, first + 31 * _DAY] if reader.links.has_server else [first]
    if set(months(reader)).isdisjoint(each.replace(day=1) for each in beyond):
        return None
    return {
        "name": plain_month(reader.words, day),
        "link": reader.link(f"/month/{day:%Y-%m}"),
    }


def months(reader: Reader) -> Iterator[date]:
    """Yield the first days of the months in which the campaign is, and of this one."""
    totals, period = reader.record.totals(), reader.record.campaign.settings.period
    days = [totals.first, totals.last, reader.today]
    if period is not None:
        days += [period.first_day, period.last_day]
    known = [each for each in days if each is not None]
    first = min(known).replace(day=1)
    while first <= max(known):
        yield first
        first = (first + 31 * _DAY).replace(day=1)
