"""Every event with its position: who recorded it, when, how, and by which act."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from kalends.views.activity_filter import ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.moment import moment_of, seconds_of
from kalends.views.revision import STANDING

SELECT = 'SELECT position, at, "by", via, act, topic, stream, version FROM entry '


def recorded(db: Views, position: int) -> datetime:
    """Return when the event at a position was recorded; `LookupError` when there is none."""
    for (at,) in db.execute("SELECT at FROM entry WHERE position = ?", (position,)):
        return moment_of(at)
    raise LookupError(position)


def position_at(db: Views, moment: datetime) -> int:
    """Return the last position recorded at or before a moment (aware), 0 if there is none.

    An event recorded while the clock was wrong counts as no later than the correction of the
    clock.
    """
    found = db.execute(
        "SELECT position FROM entry WHERE trusted <= ? "
        "ORDER BY trusted DESC, position DESC LIMIT 1",
        (seconds_of(moment),),
    ).fetchone()
    return 0 if found is None else int(found[0])


def positions_of(db: Views, wanted: ActivityFilter, *, known_at: int) -> Iterator[int]:
    """Yield the positions of the events that match a filter, oldest first.

    An event of an activity matches if the activity does, in its current state. If the filter names
    only departments, the events that changed these departments match too; if it names only
    handles, any event may match. `by` are the handles of the events themselves.
    """
    activities = replace(wanted, by=frozenset())
    kinds = []
    if activities.conditions:
        found = joined(STANDING, wanted=activities)
        kinds.append(
            "position IN (SELECT v.position FROM revision AS v WHERE v.activity IN "  # noqa: S608 - our own words
            f"(SELECT r.activity FROM revision AS r WHERE {found}))"
        )
    if activities == ActivityFilter(codes=wanted.codes) and wanted.codes:
        kinds.append(
            "position IN (SELECT position FROM department "
            "WHERE code IN (SELECT value FROM json_each(:wanted_codes)))"
        )
    conditions = ["position <= :p"]
    if kinds:
        conditions.append(f"({' OR '.join(kinds)})")
    if wanted.by:
        conditions.append('"by" IN (SELECT value FROM json_each(:wanted_by))')
    each = db.execute(
        f"SELECT position FROM entry WHERE {' AND '.join(conditions)} ORDER BY position",  # noqa: S608 - our own words
        {**wanted.parameters, "p": known_at},
    )
    return (position for (position,) in each)


def mark(db: Views, position: int) -> bytes:
    """Return what tells this log from others: a hash of its first event and the event there."""
    found = db.execute(SELECT + "WHERE position IN (1, ?)", (position,))
    return hashlib.sha256(repr(found.fetchall()).encode()).digest()
