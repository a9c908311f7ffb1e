"""A revision: an activity as an event left it, until the next event."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from itertools import islice
from typing import Any, NamedTuple

from kalends.domain.details import Details, Status
from kalends.views.database import Views
from kalends.views.moment import moment_of
from kalends.views.schema import OPEN
from kalends.views.state import decode


class Revision(NamedTuple):
    """An activity as an event left it.

    `position` and `until` are where the revision became valid and where it was replaced; `until`
    is `OPEN` while nothing known has replaced it. `at`, `by`, `via`, `act`, `topic`, `reason` are
    the event's own. `created` is when the activity was first recorded. `dated` is the position of
    its newest revision so far that is known to ten days or better, None when there was none.
    """

    id: str
    version: int
    position: int
    until: int
    at: datetime
    by: str
    via: str
    act: str
    topic: str
    reason: str | None
    details: Details
    status: Status
    withheld: bool
    created: datetime
    dated: int | None


class FirstRevision(NamedTuple):
    """The first revision of an activity, as the views store it; `at` in seconds since 1970."""

    id: str
    position: int
    version: int
    status: Status
    withheld: int
    details: bytes
    at: int


# `CROSS` keeps the order: first the wanted revisions, then what belongs to each.
_COLUMNS = """
    SELECT r.position, r.until, r.version, r.reason, r.status, r.withheld, r.dated, r.details,
        e.at, e."by", e.via, e.act, e.topic, f.at, a.id FROM """
_SELECT = f"""{_COLUMNS} revision AS r CROSS JOIN entry AS e ON e.position = r.position
        CROSS JOIN entry AS f ON f.position = r.activity
        CROSS JOIN activity AS a ON a.number = r.activity """
_AT = f"""{_COLUMNS} json_each(:positions) AS wanted
        CROSS JOIN revision AS r ON r.position = wanted.value
        CROSS JOIN entry AS e ON e.position = r.position
        CROSS JOIN entry AS f ON f.position = r.activity
        CROSS JOIN activity AS a ON a.number = r.activity WHERE r.position <= :p"""
_FIRST_AT = """
    SELECT a.id, r.position, r.version, r.status, r.withheld, r.details, e.at
        FROM json_each(?) AS wanted CROSS JOIN activity AS a ON a.number = wanted.value
        CROSS JOIN revision AS r ON r.position = a.number
        CROSS JOIN entry AS e ON e.position = a.number"""
_AT_ONCE = 500

_POSITIONS = (
    "SELECT r.position FROM revision AS r CROSS JOIN activity AS a ON a.number = r.activity "
)

# As known at `:p`.
STANDING = "r.position <= :p AND :p < r.until"
# The same, for rows found by an index of another column: the plus sign keeps to that index.
STANDING_ONE_BY_ONE = "+r.position <= :p AND :p < r.until"
OF_ID = "r.activity = (SELECT number FROM activity WHERE id = :id)"
BY_DAY = "ORDER BY r.first_day, r.begin, a.id"
# The same, for rows found by an index of another column.
BY_DAY_SORTED = "ORDER BY +r.first_day, r.begin, a.id"


def select(
    db: Views, clauses: str, parameters: Mapping[str, object], *, known_at: int
) -> Iterator[Revision]:
    """Yield the revisions for an SQL condition and order; `:p` in it is the position."""
    for row in db.execute(_SELECT + clauses, {**parameters, "p": known_at}):
        yield _revision(row, known_at)


def at_positions(db: Views, positions: Iterable[int], *, known_at: int) -> Iterator[Revision]:
    """Yield the revisions that these events made, in the given order; skip other positions.

    Some hundred are read at a time: memory does not grow with their number.
    """
    coming = iter(positions)
    while some := list(islice(coming, _AT_ONCE)):
        for row in db.execute(_AT, {"positions": json.dumps(some), "p": known_at}):
            yield _revision(row, known_at)


def first_revisions(db: Views, positions: Sequence[int]) -> Iterator[FirstRevision]:
    """Yield, of the revisions that these events made, those that are the first of an activity."""
    return map(
        partial(tuple.__new__, FirstRevision), db.execute(_FIRST_AT, (json.dumps(positions),))
    )


def positions(
    db: Views, clauses: str, parameters: Mapping[str, object], *, known_at: int
) -> Iterator[int]:
    """Yield only the positions of what `select` would yield: sorting these takes little memory."""
    found = db.execute(_POSITIONS + clauses, {**parameters, "p": known_at})
    return (position for (position,) in found)


def activity_at(db: Views, position: int) -> str:
    """Return the id of the activity that the event at a position belongs to; "" for others."""
    statement = (
        "SELECT a.id FROM revision AS r CROSS JOIN activity AS a ON a.number = r.activity "
        "WHERE r.position = ?"
    )
    found = db.execute(statement, (position,)).fetchone()
    return "" if found is None else str(found[0])


def standing_between(db: Views, activity_id: str, version: int) -> tuple[int, int] | None:
    """Return the positions from which, and up to which (excluded), a version stood."""
    statement = (
        "SELECT r.position, r.until FROM activity AS a CROSS JOIN revision AS r "
        "ON r.activity = a.number WHERE a.id = ? AND r.version = ?"
    )
    found: tuple[int, int] | None = db.execute(statement, (activity_id, version)).fetchone()
    return found


@lru_cache(64)  # most changes leave the details as they were, or take them back
def _details(state: bytes) -> Details:
    return decode(Details, state)


def _revision(row: tuple[Any, ...], known_at: int) -> Revision:
    position, until, version, reason, status, withheld, dated, details, *rest = row
    at, by, via, act, topic, created, activity_id = rest
    moment = moment_of(at)
    return tuple.__new__(  # half the time of `Revision(…)`
        Revision,
        (
            activity_id,
            version,
            position,
            until if until <= known_at else OPEN,
            moment,
            by,
            via,
            act,
            topic,
            reason,
            _details(details),
            status,
            bool(withheld),
            moment if created == at else moment_of(created),
            dated,
        ),
    )
