"""How many activities there are, by department and by week, and what became of them."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from kalends.domain.details import HELD
from kalends.domain.undo_acts import undoing_act
from kalends.views.activity_filter import ActivityFilter, joined
from kalends.views.changes import late_positions
from kalends.views.database import Views
from kalends.views.revision import STANDING


class Figures(NamedTuple):
    """Numbers of activities. All are held, planned or cancelled; some late, some corrected.

    `held` includes activities that were recorded afterwards. `late` were recorded late.
    `corrected` had a mistake in their record put right; an undo and what it undid do not count.
    """

    activities: int = 0
    held: int = 0
    planned: int = 0
    cancelled: int = 0
    late: int = 0
    corrected: int = 0


class ReportFigures(NamedTuple):
    """The figures of a report: all, by the code of a department, by the Monday of a week.

    An activity of several departments counts for each of them, and once in `total`. `undated` are
    those of which only the month is known, or less: they are in no week.
    """

    total: Figures
    departments: dict[str, Figures]
    weeks: dict[date, Figures]
    undated: Figures


# `:since` is the first day asked for: what began before it counts in its week.
_FOUND = """
    WITH found AS (
        SELECT r.position, r.status, r.coarse,
            date(max(r.first_day, coalesce(:since, '')), 'weekday 0', '-6 days') AS monday,
            r.position IN (SELECT value FROM json_each(:late)) AS late,
            r.activity IN (
                SELECT c.activity FROM entry AS e
                CROSS JOIN revision AS c ON c.position = e.position
                WHERE e.topic = 'activity.corrected' AND e.position <= :p
                AND substr(e.act, 1, length(:undo)) <> :undo
                AND NOT EXISTS (
                    SELECT 1 FROM entry AS u
                    WHERE u.act = :undo || e.act AND u.position <= :p)) AS corrected
        FROM revision AS r WHERE {conditions})
"""
_FIGURES = (
    "count(*), total(status IN (SELECT value FROM json_each(:held))), total(status = 'planned'), "
    "total(status = 'cancelled'), total(late), total(corrected)"
)
_TOTAL = "SELECT NULL, {figures} FROM found"
_BY_DEPARTMENT = (
    "SELECT p.code, {figures} FROM found CROSS JOIN participation AS p "
    "ON p.position = found.position GROUP BY p.code"
)
_BY_WEEK = "SELECT iif(coarse, NULL, monday), {figures} FROM found GROUP BY 1 ORDER BY 1"


def report_figures(
    db: Views, wanted: ActivityFilter, *, known_at: int, days: int
) -> ReportFigures:
    """Return the figures of what a filter finds; what was retracted does not count.

    What was recorded more than `days` days after its last day is late.
    """
    rows = _rows(db, wanted, known_at, days)
    weeks = dict(rows(_BY_WEEK))
    undated = weeks.pop(None, Figures())
    return ReportFigures(
        total=next(iter(rows(_TOTAL)))[1],
        departments={code: figures for code, figures in rows(_BY_DEPARTMENT) if code},
        weeks={date.fromisoformat(monday): week for monday, week in weeks.items() if monday},
        undated=undated,
    )


def total_figures(db: Views, wanted: ActivityFilter, *, known_at: int, days: int) -> Figures:
    """Return only the sums of `report_figures`."""
    return next(iter(_rows(db, wanted, known_at, days)(_TOTAL)))[1]


def _rows(
    db: Views, wanted: ActivityFilter, known_at: int, days: int
) -> Callable[[str], Iterable[tuple[str | None, Figures]]]:
    """Return what asks a query of the activities that a filter finds."""
    late = late_positions(db, days, known_at=known_at, wanted=wanted)
    asked = {
        **wanted.parameters,
        "p": known_at,
        "undo": undoing_act(""),
        "late": json.dumps(list(late)),
        "held": json.dumps(HELD),
        "since": wanted.first and wanted.first.isoformat(),
    }
    conditions = joined(*wanted.quickly, STANDING, "r.status <> 'retracted'", wanted=wanted)
    found = _FOUND.format(conditions=conditions)

    def rows(query: str) -> Iterable[tuple[str | None, Figures]]:
        for name, *numbers in db.execute(found + query.format(figures=_FIGURES), asked):
            yield name, Figures(*map(int, numbers))

    return rows
