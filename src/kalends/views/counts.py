"""How many activities a filter finds: by department, by tag, by day."""

from datetime import date
from typing import NamedTuple

from kalends.views.activity_filter import EVERY, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.revision import STANDING
from kalends.views.schema import OPEN

_FOUND = "SELECT r.position FROM revision AS r WHERE {conditions}"
_THERE = "r.status <> 'retracted'"


class TagCount(NamedTuple):
    """A tag as it was first written, and how many activities bear it."""

    tag: str
    activities: int


class ActivityTotals(NamedTuple):
    """How many activities there are, and the first and the last day of those known to the day."""

    activities: int
    first: date | None
    last: date | None


def totals(db: Views, *, known_at: int, wanted: ActivityFilter = EVERY) -> ActivityTotals:
    """Return how many activities a filter finds, and their first and last day."""
    conditions = joined(*wanted.quickly, STANDING, _THERE, wanted=wanted)
    count, first, last = db.execute(
        "SELECT count(*), min(iif(r.coarse, NULL, r.first_day)), "  # noqa: S608 - our own words
        f"max(iif(r.coarse, NULL, r.last_day)) FROM revision AS r WHERE {conditions}",
        {**wanted.parameters, "p": known_at},
    ).fetchone()
    return ActivityTotals(
        count, first and date.fromisoformat(first), last and date.fromisoformat(last)
    )


def withheld_ids(db: Views) -> set[str]:
    """Return the ids of the activities that are withheld now."""
    query = (
        "SELECT a.id FROM revision AS r JOIN activity AS a ON a.number = r.activity "  # noqa: S608 - our own words
        f"WHERE r.withheld AND r.until = {OPEN}"
    )
    return {str(row[0]) for row in db.execute(query)}


def withheld(db: Views) -> int:
    """Return how many activities are withheld now."""
    query = f"SELECT count(*) FROM revision WHERE withheld AND until = {OPEN}"  # noqa: S608 - our own words
    return int(db.execute(query).fetchone()[0])


def by_department(db: Views, *, known_at: int, wanted: ActivityFilter = EVERY) -> dict[str, int]:
    """Return how many activities each department takes part in, by code, without its children."""
    found = _FOUND.format(conditions=joined(*wanted.quickly, STANDING, _THERE, wanted=wanted))
    return dict(
        db.execute(
            "SELECT code, count(DISTINCT activity) FROM participation "  # noqa: S608 - our own words
            f"WHERE position IN ({found}) GROUP BY code",
            {**wanted.parameters, "p": known_at},
        ).fetchall()
    )


def by_tag(db: Views, *, known_at: int, wanted: ActivityFilter = EVERY) -> list[TagCount]:
    """Return the tags that activities bear, the one with most first, then as they are written."""
    found = _FOUND.format(conditions=joined(*wanted.quickly, STANDING, _THERE, wanted=wanted))
    return [
        TagCount(tag, count)
        for tag, count, _ in db.execute(
            "SELECT tag, count(DISTINCT activity), min(activity) FROM tag "  # noqa: S608 - our own words
            f"WHERE position IN ({found}) GROUP BY key ORDER BY 2 DESC, 1",
            {**wanted.parameters, "p": known_at},
        )
    ]


def by_month(db: Views, *, known_at: int, wanted: ActivityFilter = EVERY) -> dict[date, int]:
    """Return how many activities begin in each month, by its first day, in order."""
    return _by_period(db, "date(r.first_day, 'start of month')", known_at, wanted)


def by_week(db: Views, *, known_at: int, wanted: ActivityFilter = EVERY) -> dict[date, int]:
    """Return how many activities begin in each week, by its Monday, in order.

    Activities of which only the month is known, or less, are left out.
    """
    monday = "iif(r.coarse, NULL, date(r.first_day, 'weekday 0', '-6 days'))"
    return _by_period(db, monday, known_at, wanted)


def _by_period(db: Views, begins: str, known_at: int, wanted: ActivityFilter) -> dict[date, int]:
    conditions = joined(*wanted.quickly, STANDING, _THERE, wanted=wanted)
    found = db.execute(
        f"SELECT {begins}, count(*) FROM revision AS r WHERE {conditions} GROUP BY 1 ORDER BY 1",  # noqa: S608 - our own words
        {**wanted.parameters, "p": known_at},
    )
    return {date.fromisoformat(day): count for day, count in found if day is not None}


def titles(db: Views, most: int, *, known_at: int, wanted: ActivityFilter = EVERY) -> list[str]:
    """Return the titles of the activities recorded last, each once, at most so many."""
    conditions = joined(*wanted.quickly, STANDING, _THERE, wanted=wanted)
    found = db.execute(
        f"SELECT r.title FROM revision AS r WHERE {conditions} "  # noqa: S608 - our own words
        "ORDER BY r.position DESC LIMIT :most",
        {**wanted.parameters, "p": known_at, "most": most},
    )
    return list(dict.fromkeys(title for (title,) in found))
