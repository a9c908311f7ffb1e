"""What changed between two revisions or two positions, and what was recorded late."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from heapq import heappop, heappush
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kalends.domain.details import Details
from kalends.domain.value import replace
from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.moment import moment_of
from kalends.views.revision import (
    OF_ID,
    STANDING,
    STANDING_ONE_BY_ONE,
    Revision,
    at_positions,
    select,
)
from kalends.views.roster_view import campaign
from kalends.views.schema import CHANGED, LATENESS

# An activity before and after, and the revisions in between; see `changes_between`.
Change = tuple[Revision | None, Revision, list[Revision]]

_AT_ONCE = 500
_DAY = 86_400
_LATENESS = LATENESS.replace("recorded", "r.recorded").replace("last_day", "r.last_day")
_FIELDS = tuple(field.name for field in fields(Details))


class Late(NamedTuple):
    """An activity, the day it was recorded as having happened, and how many days late that was.

    Days are counted from its last day, in the campaign's zone.
    """

    revision: Revision
    recorded_on: date
    days: int


def changes(before: Revision | None, after: Revision) -> dict[str, tuple[object, object]]:
    """Return what differs, by field of `Details`, then `status` and `withheld`: old and new.

    The first revision (`before` None) has no changes.
    """
    if before is None:
        return {}
    found: dict[str, tuple[object, object]] = {
        name: (getattr(before.details, name), getattr(after.details, name)) for name in _FIELDS
    }
    found["status"] = (before.status, after.status)
    found["withheld"] = (before.withheld, after.withheld)
    return {name: (old, new) for name, (old, new) in found.items() if old != new}


# A row of `revision AS c`, changed between two positions, whose activity is wanted: as it was at
# one of them, and by who changed it in between.
_WANTED = """ AND EXISTS (
    SELECT 1 FROM revision AS r WHERE r.activity = c.activity
    AND (r.position <= :last AND :last < r.until OR r.position <= :first AND :first < r.until)
    AND {conditions})"""
_WANTED_BY = """ AND EXISTS (
    SELECT 1 FROM revision AS n CROSS JOIN entry AS e ON e.position = n.position
    WHERE n.activity = c.activity AND n.position > :first AND n.position <= :last
    AND e."by" IN (SELECT value FROM json_each(:wanted_by)))"""
_BEGUN = (
    "FROM revision AS c WHERE c.position > :first AND c.position <= :last "
    "AND (c.version = 1 OR NOT EXISTS (SELECT 1 FROM revision AS b "
    "WHERE b.activity = c.activity AND b.position > :first AND b.position < c.position))"
)


def changes_between(
    db: Views, first: int, last: int, *, wanted: ActivityFilter = EVERY
) -> Iterator[Change]:
    """Yield what happened after position `first`, up to `last`, activity by activity.

    Each with its state at `first` (None: not recorded yet), its state at `last`, and the revisions
    in between, oldest first; in the order of their first change. The filter must match an activity
    at `first` or at `last`; if it names handles, one of them must have changed the activity in
    between.
    """
    for made in _changed(db, first, last, wanted):
        yield _before(db, made[0], first), made[-1], made


def count_changed(db: Views, first: int, last: int, *, wanted: ActivityFilter = EVERY) -> int:
    """Return how many activities `changes_between` yields."""
    if wanted != EVERY:
        asked = {"first": first, "last": last, **wanted.parameters}
        statement = f"SELECT count(*) {_BEGUN}{_wanted(wanted)}"
        return int(db.execute(statement, asked).fetchone()[0])
    (found,) = db.execute(
        "SELECT (SELECT count(*) FROM activity WHERE number > :first AND number <= :last) "
        "+ (SELECT count(DISTINCT activity) FROM revision "
        "WHERE version > 1 AND position > :first AND position <= :last AND activity <= :first)",
        {"first": first, "last": last},
    ).fetchone()
    return int(found)


def _wanted(wanted: ActivityFilter) -> str:
    """Return SQL conditions for rows of `revision AS c`."""
    conditions = replace(wanted, by=frozenset()).conditions
    found = _WANTED.format(conditions=" AND ".join(conditions)) if conditions else ""
    return found + (_WANTED_BY if wanted.by else "")


def count_changes(db: Views, *, known_at: int) -> int:
    """Return how many revisions up to a position changed an activity recorded before."""
    (found,) = db.execute(
        "SELECT count(*) FROM revision WHERE version > 1 AND position <= ?", (known_at,)
    ).fetchone()
    return int(found)


def _changed(db: Views, first: int, last: int, wanted: ActivityFilter) -> Iterator[list[Revision]]:
    """Yield the revisions between two positions of each activity, some hundred at a time."""
    begun = db.execute(
        f"SELECT c.position {_BEGUN}{_wanted(wanted)} ORDER BY c.position",
        {"first": first, "last": last, **wanted.parameters},
    )
    while some := begun.fetchmany(_AT_ONCE):
        each = db.execute(
            "SELECT n.position FROM json_each(:begun) AS wanted "
            "CROSS JOIN revision AS r ON r.position = wanted.value "
            "CROSS JOIN revision AS n ON n.activity = r.activity AND n.position > :first "
            "AND n.position <= :last ORDER BY wanted.key, n.position",
            {
                "begun": json.dumps([position for (position,) in some]),
                "first": first,
                "last": last,
            },
        )
        found = at_positions(db, (position for (position,) in each), known_at=last)
        for _, made in groupby(found, key=attrgetter("id")):
            yield list(made)


def recorded_late(
    db: Views, days: int, *, known_at: int, wanted: ActivityFilter = EVERY
) -> Iterator[Late]:
    """Yield the activities recorded more than `days` days after their last day.

    Days are counted from the last day, as known at that position, to the day (in the campaign's
    zone) on which the activity was recorded or marked as held. So a later correction of the date
    counts. Planned, cancelled and retracted activities are not included. The latest recorded come
    first, then by id. The first few cost little.
    """
    coming = _late(db, days, known_at, wanted)
    while some := list(islice(coming, _AT_ONCE)):
        found = at_positions(db, (row.position for row in some), known_at=known_at)
        for row, revision in zip(some, found, strict=True):
            yield Late(revision=revision, recorded_on=row.recorded_on, days=-row.before)


def count_late(db: Views, days: int, *, known_at: int) -> int:
    """Return how many `recorded_late` yields."""
    return sum(1 for _ in _late(db, days, known_at, EVERY))


def late_positions(
    db: Views, days: int, *, known_at: int, wanted: ActivityFilter = EVERY
) -> Iterator[int]:
    """Yield the positions of what `recorded_late` yields, without reading the activities."""
    return (row.position for row in _late(db, days, known_at, wanted))


def latest(db: Views, *, known_at: int, limit: int) -> list[Revision]:
    """Return the last revisions that changed the record, newest first.

    Holding a planned activity does not change the record.
    """
    found = db.execute(
        f"SELECT position FROM entry WHERE {CHANGED} AND position <= :p "  # noqa: S608 - our own words
        "ORDER BY position DESC LIMIT :limit",
        {"p": known_at, "limit": limit},
    )
    return list(at_positions(db, (position for (position,) in found), known_at=known_at))


def _before(db: Views, made: Revision, first: int) -> Revision | None:
    if made.version == 1:
        return None
    return next(
        select(
            db,
            f"WHERE {OF_ID} AND {STANDING}",
            {"id": made.id},
            known_at=first,
        )
    )


class _LateRow(NamedTuple):
    """What was recorded late, for sorting: `before` is the negative number of days late."""

    before: int
    id: str
    position: int
    recorded_on: date


def _late(db: Views, days: int, known_at: int, wanted: ActivityFilter) -> Iterator[_LateRow]:
    """Yield what was recorded so late, the latest first, then by id.

    SQL counts in UTC, the latest first, with a day on each side left for the zone to decide. So
    only rows of two days wait here to be sorted.
    """
    opened = campaign(db, known_at=known_at)
    zone = ZoneInfo("UTC" if opened is None else opened.settings.zone)
    waiting: list[_LateRow] = []
    for position, seconds, last_day, lateness, activity_id in db.execute(
        f"SELECT r.position, r.recorded, r.last_day, {_LATENESS} AS lateness, a.id "  # noqa: S608 - our own words
        "FROM revision AS r CROSS JOIN activity AS a ON a.number = r.activity "
        f"WHERE {joined(STANDING_ONE_BY_ONE, 'r.recorded IS NOT NULL', wanted=wanted)} "
        f"AND {_LATENESS} > :least ORDER BY lateness DESC",
        {"p": known_at, "least": (days - 1) * _DAY, **wanted.parameters},
    ):
        # All that follow are at most this late, in any zone.
        while waiting and -waiting[0].before > lateness // _DAY + 1:
            yield heappop(waiting)
        recorded_on = moment_of(seconds).astimezone(zone).date()
        late_by = (recorded_on - date.fromisoformat(last_day)).days
        if late_by > days:
            heappush(waiting, _LateRow(-late_by, activity_id, position, recorded_on))
    while waiting:
        yield heappop(waiting)
