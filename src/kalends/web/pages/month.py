"""A month as a table, Monday first."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from kalends.domain.errors import PageNotFoundError
from kalends.views.activities import Revision
from kalends.web.pages import listing, shown
from kalends.web.pages.holidays import holiday
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader
from kalends.words.dates import WEEKDAYS
from kalends.words.plain_dates import plain_month

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
# What lasts longer than so many days, or is known no better, stands below the table once.
_LONG = timedelta(days=7)
# So many of these are there.
_MOST_LONG = 40
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

    def source(skip: int) -> Iterator[Revision]:
        return reader.record.by_day(first, last, wanted, skip=skip)

    table = _Table(first, last, source(0))
    return Page(
        path=path or f"/month/{month}",
        title=plain_month(reader.words, first),
        template="month.html",
        wide=True,
        facts={
            "filters": True,
            "weekdays": [reader.words.gettext(name) for name in WEEKDAYS],
            "weeks": list(_weeks(reader, table)),
            "long": shown.activities(reader, table.lasting),
            "long_count": shown.count(reader, table.lasting_count),
            "long_others": _others(reader, table.lasting_count - len(table.lasting)),
            "long_link": reader.link("/agenda", **{"from": f"{first}", "to": f"{last}"}),
            "before": _neighbour(reader, first - _DAY),
            "after": _neighbour(reader, last + _DAY),
            "count": table.count,
        },
        data=lambda: {"month": month, **listing.document(reader, f"/month/{month}", source)},
    )


class _Table:
    """The activities of a month: of each day, and of those that last, the first and a count."""

    def __init__(self, first: date, last: date, found: Iterator[Revision]) -> None:
        self.first, self.last = first, last
        self.on: dict[date, list[Revision]] = defaultdict(list)
        self.counts: dict[date, int] = defaultdict(int)
        # How many of the month's activities begin before those of a day.
        self.before: dict[date, int] = {}
        self.begun = 0
        self.lasting: list[Revision] = []
        self.lasting_count = self.count = 0
        for revision in found:
            self._add(revision)
        self.is_full = sum(self.counts.values()) > _MANY

    def _add(self, revision: Revision) -> None:
        when = revision.details.when
        self.count += 1
        if when.first_day >= self.first:
            self.before.setdefault(when.first_day, self.begun)
            self.begun += 1
        if _is_long(revision):
            self.lasting_count += 1
            if len(self.lasting) < _MOST_LONG:
                self.lasting.append(revision)
            return
        for number in range((when.last_day - when.first_day).days + 1):
            day = when.first_day + number * _DAY
            if not self.first <= day <= self.last:
                continue
            self.counts[day] += 1
            if len(self.on[day]) < _MANY:
                self.on[day].append(revision)


def _is_long(revision: Revision) -> bool:
    when = revision.details.when
    return when.is_coarse or when.last_day - when.first_day >= _LONG


def _weeks(reader: Reader, table: _Table) -> Iterator[list[dict[str, Any]]]:
    """Yield the weeks that the month touches, each of seven days."""
    monday = table.first - table.first.weekday() * _DAY
    while monday <= table.last:
        days = [monday + n * _DAY for n in range(7)]
        yield [
            _day(reader, table, day)
            if table.first <= day <= table.last
            else {"is_here": False, "class": "elsewhere"}
            for day in days
        ]
        monday += _WEEK


def _others(reader: Reader, count: int) -> str:
    return reader.words.plural("{count} more", "{count} more", count) if count else ""


def _link(reader: Reader, table: _Table, day: date) -> str:
    """Return the link to all activities of a day: in a site of files, to where the day begins."""
    if reader.links.has_server:
        return reader.link("/agenda", **{"from": f"{day}", "to": f"{day}"})
    counts = reader.record.by_month(reader.wanted)
    earlier = sum(count for month, count in counts.items() if month < table.first)
    return listing.part_link(reader, "/agenda", earlier + table.before.get(day, 0))


def _day(reader: Reader, table: _Table, day: date) -> dict[str, Any]:
    special = holiday(day, reader.record.campaign.settings.zone)
    found, count = table.on[day], table.counts[day]
    # One more than the most is shown rather than spoken of.
    if table.is_full and count > _MOST_OF_DAY + 1:
        found = found[:_MOST_OF_DAY]
    kinds = {"today": day == reader.today, "empty": not found and special is None}
    return {
        "day": day,
        "name": shown.day(reader, day),
        "is_here": True,
        "class": " ".join(name for name, holds in kinds.items() if holds),
        "activities": shown.activities(reader, found),
        "others": _others(reader, count - len(found)),
        "link": _link(reader, table, day) if count > len(found) else "",
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
