"""The activities by the days on which they fall, and how many there are."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice

from kalends.domain.value import Value
from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.revision import (
    BY_DAY,
    BY_DAY_SORTED,
    STANDING_ONE_BY_ONE,
    Revision,
    at_positions,
    positions,
)

_OVERDUE = (
    f"WHERE {STANDING_ONE_BY_ONE} AND r.status = 'planned' "
    "AND r.first_day < :today AND r.last_day < :today"
)


class Planned(Value):
    """Planned activities: how many there are, and an iterator over them by day."""

    count: int
    each: Iterator[Revision]


def by_day(  # noqa: PLR0913 - each narrows down what is asked for
    db: Views,
    first: date | None = None,
    last: date | None = None,
    *,
    known_at: int,
    retracted: bool = False,
    wanted: ActivityFilter = EVERY,
    skip: int = 0,
) -> Iterator[Revision]:
    """Yield the activities that fall at least in part on these days; None leaves that side open.

    In the order of first day, beginning (whole days first) and id, without the first `skip`.
    Retracted activities only when asked for. They are read lazily: the first few cost little, and
    memory does not grow.
    """
    found = _in_order(db, first, last, known_at, wanted, retracted=retracted)
    return at_positions(db, islice(found, skip, None), known_at=known_at)


def in_order(
    db: Views, first: date | None, last: date | None, *, known_at: int, wanted: ActivityFilter
) -> Sequence[int]:
    """Return only the positions of what `by_day` yields: eight bytes for each."""
    return array("q", _in_order(db, first, last, known_at, wanted, retracted=False))


def _in_order(
    db: Views,
    first: date | None,
    last: date | None,
    known_at: int,
    wanted: ActivityFilter,
    *,
    retracted: bool,
) -> Iterator[int]:
    which = "TRUE" if retracted or wanted.wants_retracted else "r.status <> 'retracted'"
    return _on(db, first, last, joined(which, wanted=wanted), known_at, wanted.parameters)


def count(db: Views, *, known_at: int, retracted: bool = False) -> int:
    """Return how many activities there are as known at a position; retracted only if asked for."""
    (found,) = db.execute(
        "SELECT (SELECT count(*) FROM activity WHERE number <= :p) - (SELECT count(*) "
        "FROM revision WHERE status = 'retracted' AND +position <= :p AND :p < until AND :left)",
        {"p": known_at, "left": not retracted},
    ).fetchone()
    return int(found)


def coming(db: Views, first: date, last: date, *, known_at: int) -> Planned:
    """Return what is planned at least in part for these days."""
    which = "r.status = 'planned'"
    days = {"first": first.isoformat(), "last": last.isoformat()}
    many = sum(_count(db, clause, days, known_at) for clause in _clauses(first, last, which))
    each = _on(db, first, last, which, known_at, {})
    return Planned(count=many, each=at_positions(db, each, known_at=known_at))


def overdue(db: Views, today: date, *, known_at: int) -> Planned:
    """Return what is still planned although its last day has passed."""
    days = {"today": today.isoformat()}
    each = positions(db, f"{_OVERDUE} {BY_DAY}", days, known_at=known_at)
    many = _count(db, _OVERDUE, days, known_at)
    return Planned(count=many, each=at_positions(db, each, known_at=known_at))


def _on(
    db: Views,
    first: date | None,
    last: date | None,
    which: str,
    known_at: int,
    asked: Mapping[str, object],
) -> Iterator[int]:
    """Yield the positions of what falls on these days, in the order of `by_day`."""
    days = {**asked, "first": first and first.isoformat(), "last": last and last.isoformat()}
    *begun, within = _clauses(first, last, which)
    # What began before the first day comes first; few activities last so long.
    found = [
        positions(db, f"{clause} {BY_DAY_SORTED}", days, known_at=known_at) for clause in begun
    ]
    found.append(positions(db, f"{within} {BY_DAY}", days, known_at=known_at))
    return chain.from_iterable(found)


def _clauses(first: date | None, last: date | None, which: str) -> list[str]:
    """Return the conditions for what began before the first day, if there is one, and after."""
    within = f"WHERE {STANDING_ONE_BY_ONE} AND {which}"
    if last is not None:
        within += " AND r.first_day <= :last"
    if first is None:
        return [within]
    # The plus signs keep to the index of activities of several days, by their last day.
    begun = within.replace("AND r.", "AND +r.")
    begun += " AND +r.first_day < :first AND r.first_day < r.last_day AND r.last_day >= :first"
    return [begun, f"{within} AND r.first_day >= :first"]


def _count(db: Views, conditions: str, days: dict[str, str], known_at: int) -> int:
    statement = f"SELECT count(*) FROM revision AS r {conditions}"  # noqa: S608 - our own words
    (found,) = db.execute(statement, {**days, "p": known_at}).fetchone()
    return int(found)
