"""What changed: between two revisions, between two positions, and what was told late."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from zoneinfo import ZoneInfo

from kalends.domain.details import Details
from kalends.views.moment import moment_of
from kalends.views.revision import OF_ID, STANDING, Revision, at_positions, select
from kalends.views.roster import campaign

_FIELDS = tuple(one.name for one in fields(Details))


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An activity, the day on which it was told to have happened, and how many days late that was.

    Days are counted from its last day, in the campaign's zone.
    """

    revision: Revision
    told_on: date
    days: int


def changes(before: Revision | None, after: Revision) -> dict[str, tuple[object, object]]:
    """Return what differs, by field: of `Details`, then `status` and `withheld`; old and new.

    The first revision (`before` None) changes nothing: it is told whole.
    """
    if before is None:
        return {}
    found: dict[str, tuple[object, object]] = {
        name: (getattr(before.details, name), getattr(after.details, name)) for name in _FIELDS
    }
    found["status"] = (before.status, after.status)
    found["withheld"] = (before.withheld, after.withheld)
    return {name: (old, new) for name, (old, new) in found.items() if old != new}


def changed_between(
    db: sqlite3.Connection, first: int, last: int
) -> list[tuple[Revision | None, Revision, list[Revision]]]:
    """Return what happened after position `first`, up to `last`, an activity each.

    How it stood at `first` (None: not yet there), how it stood at `last`, and the revisions from
    the one to the other, oldest first; in the order of their first change.
    """
    since: dict[str, list[Revision]] = {}
    for one in select(
        db,
        "WHERE r.position > :first AND r.position <= :p ORDER BY r.position",
        {"first": first},
        known_at=last,
    ):
        since.setdefault(one.id, []).append(one)
    return [(_before(db, made[0], first), made[-1], made) for made in since.values()]


def late(db: sqlite3.Connection, days: int, *, known_at: int) -> list[Late]:
    """Return the activities told to have happened more than `days` days after their last day.

    Counted from the last day as it stands at that position, so a later correction of the date
    shows, to the day (in the campaign's zone) of the revision that made it `recorded` or `held`
    and since which it is so. What is planned, cancelled or retracted is not told to have happened.
    The latest told first, then by id.
    """
    return sorted(_told(db, days, known_at), key=lambda one: (-one.days, one.revision.id))


def latest(db: sqlite3.Connection, *, known_at: int, limit: int) -> list[Revision]:
    """Return the last revisions that changed what was on record, newest first.

    That a planned activity was held is no change of the record.
    """
    return list(
        select(
            db,
            "WHERE r.position <= :p AND r.version > 1 AND e.topic <> 'activity.held' "
            "ORDER BY r.position DESC LIMIT :limit",
            {"limit": limit},
            known_at=known_at,
        )
    )


def _before(db: sqlite3.Connection, made: Revision, first: int) -> Revision | None:
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


def _told(db: sqlite3.Connection, days: int, known_at: int) -> Iterator[Late]:
    """Yield what was told so late; SQL leaves a day on each side for the zone to decide."""
    opened = campaign(db, known_at=known_at)
    zone = ZoneInfo("UTC" if opened is None else opened.settings.zone)
    told = db.execute(
        f"SELECT r.position, r.told, r.last_day FROM revision AS r WHERE {STANDING} "  # noqa: S608 - our own words
        "AND r.told > strftime('%s', r.last_day) + (:days - 1) * 86400",
        {"p": known_at, "days": days},
    )
    for position, seconds, last_day in told.fetchall():
        told_on = moment_of(seconds).astimezone(zone).date()
        late_by = (told_on - date.fromisoformat(last_day)).days
        if late_by > days:
            for one in at_positions(db, [position], known_at=known_at):
                yield Late(revision=one, told_on=told_on, days=late_by)
