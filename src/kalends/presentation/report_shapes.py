"""A report as JSON, and as rows for spreadsheets."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from kalends.domain.department import Department
from kalends.domain.errors import N_
from kalends.presentation.sheets import Cell, Column, SheetRow
from kalends.views.report import PeriodReport
from kalends.views.report_figures import Figures
from kalends.words import Words

SUNDAY = timedelta(days=6)
FIGURES = {
    "activities": N_("activities"), "held": N_("held"), "planned": N_("planned"),
    "cancelled": N_("cancelled"), "late": N_("late"), "corrected": N_("corrected"),
}  # fmt: skip
REPORT_COLUMNS = (
    Column(N_("row of"), 12),
    Column(N_("code"), 14),
    Column(N_("department"), 32),
    Column(N_("first day"), 12),
    Column(N_("last day"), 12),
    *(Column(heading, 12) for heading in FIGURES.values()),
)


def report_shape(report: PeriodReport) -> dict[str, Any]:
    """Return the shape of a report, without `ok`."""
    last = report.last or date.max
    return {
        "known_at": report.known_at,
        "from": report.first and report.first.isoformat(),
        "to": report.last and report.last.isoformat(),
        "days": report.days,
        "total": report.total._asdict(),
        "departments": [
            {**_named(department, last), **figures._asdict()}
            for department, figures in report.departments
        ],
        "weeks": [
            {
                "from": monday.isoformat(),
                "to": (monday + SUNDAY).isoformat(),
                **figures._asdict(),
            }
            for monday, figures in report.weeks
        ],
        "undated": report.undated._asdict(),
        "silent": [_named(department, last) for department in report.silent],
    }


def report_rows(words: Words, report: PeriodReport) -> Iterator[SheetRow]:
    """Yield the rows of `REPORT_COLUMNS`: the total, the departments, the weeks.

    A department that recorded nothing has a row of zeros.
    """
    last = report.last or date.max
    yield _row(words.say(N_("total")), None, None, report.first, report.last, report.total)
    every = [*report.departments, *((department, Figures()) for department in report.silent)]
    for department, figures in every:
        name = department.name_on(last)
        kind = words.say(N_("department"))
        yield _row(kind, department.code, name, report.first, report.last, figures)
    for monday, figures in report.weeks:
        yield _row(words.say(N_("week")), None, None, monday, monday + SUNDAY, figures)
    if report.undated.activities:
        yield _row(words.say(N_("no exact day")), None, None, None, None, report.undated)


def _row(*cells: Cell | Figures) -> SheetRow:
    *head, figures = cells
    assert isinstance(figures, Figures)
    return SheetRow([*(cell for cell in head if not isinstance(cell, Figures)), *figures])


def _named(department: Department, day: date) -> dict[str, Any]:
    return {
        "code": department.code,
        "name": department.name_on(day),
        "short": department.short_on(day),
    }
